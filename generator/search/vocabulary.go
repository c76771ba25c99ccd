package search

import (
	"math/bits"
	"math/rand/v2"
	"strings"
)

// vocabulary is a map of written forms to numbers. A large site looks up some
// ten million words, each a wait for memory: short forms stand in the table
// itself, so that it is one wait and not three.
type vocabulary struct {
	slots []slot // a power of two of them, at most half of them taken
	taken int
	long  map[string]uint32 // forms that are too long for a slot
	// seeds keep texts from being made to have all words in one place.
	seeds [2]uint64
}

// slot is a form of at most maxShort bytes: its bytes, and its length in the last
// byte, which is 0 in an empty slot.
type slot struct {
	key   [2]uint64
	value uint32
}

const maxShort = 15

func newVocabulary() *vocabulary {
	return &vocabulary{slots: make([]slot, 1<<10), long: map[string]uint32{}, seeds: [2]uint64{rand.Uint64(), rand.Uint64()}}
}

// short packs a form for a slot; ok is false of one that is too long.
func short(form string) (key [2]uint64, ok bool) {
	n := len(form)
	switch {
	case n > maxShort:
		return key, false
	case n >= 8:
		key = [2]uint64{eight(form), eight(form[n-8:]) >> (8 * (16 - n))}
	case n >= 4:
		key[0] = four(form) | four(form[n-4:])<<(8*(n-4))
	case n > 0:
		key[0] = uint64(form[0]) | uint64(form[n/2])<<(8*(n/2)) | uint64(form[n-1])<<(8*(n-1))
	}
	key[1] |= uint64(n) << 56 // the last of the sixteen bytes
	return key, true
}

// four packs the first four bytes of a text, eight the first eight.
func four(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}

func eight(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// find returns the slot of a key, or the empty one where it belongs.
func (v *vocabulary) find(key [2]uint64) *slot {
	high, low := bits.Mul64(key[0]^v.seeds[0], key[1]^v.seeds[1])
	mask := uint64(len(v.slots) - 1)
	for at := (high ^ low) & mask; ; at = (at + 1) & mask {
		if s := &v.slots[at]; s.key == key || s.key[1] == 0 {
			return s
		}
	}
}

// get returns the number of a form that is not empty.
func (v *vocabulary) get(form string) (value uint32, ok bool) {
	if key, ok := short(form); ok {
		s := v.find(key)
		return s.value, s.key[1] != 0
	}
	value, ok = v.long[form]
	return value, ok
}

// put gives a form that it does not have a number.
func (v *vocabulary) put(form string, value uint32) {
	key, ok := short(form)
	if !ok {
		v.long[strings.Clone(form)] = value
		return
	}
	if v.taken++; 2*v.taken > len(v.slots) {
		old := v.slots
		v.slots = make([]slot, 2*len(old))
		for _, s := range old {
			if s.key[1] != 0 {
				*v.find(s.key) = s
			}
		}
	}
	*v.find(key) = slot{key, value}
}
