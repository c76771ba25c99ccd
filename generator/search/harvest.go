package search

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"
)

// entryPlace is where an entry stands: its page, its column, and its place
// there.
type entryPlace struct {
	page, place uint32
	column      uint16
}

// harvester takes the words out of entries. It knows each written form once:
// what it is folded to and which group that belongs to.
type harvester struct {
	inflection inflection
	// known are the written forms met so far: the number of a group, or from
	// severalGroups on an index of several.
	known   *vocabulary
	several [][]uint32
	// byStem are the groups by their keys, stems the keys in their order.
	byStem map[string]uint32
	stems  []string
	groups []groupState
	forms  []groupForm

	entries uint32   // how many there were
	found   []uint32 // the groups of the text that is being read
	join    []byte
	order   []uint64 // of a page's items: column and number
}

// severalGroups is where numbers begin that stand for several groups.
const severalGroups = 1 << 31

// groupState is what is remembered of a group while words are taken.
type groupState struct {
	last uint32 // the number of the last entry with it, from 1
	page uint32 // of that entry
	// list are the postings, one behind the other: how many pages behind the one
	// before, the column, and place and weight as a shard of terms has them. Three
	// bytes are usual, and a large site has six hundred postings a page.
	list []byte
}

// weightBits are those of a place that say the weight.
const (
	weightBits = 2
	weightMask = 1<<weightBits - 1
)

// firstRoom is how many bytes of postings a group has room for at first: most
// groups have ten, and room that grows is copied.
const firstRoom = 32

// add adds a posting behind the others.
func (g *groupState) add(at entryPlace, weight uint32) {
	gap, place := at.page-g.page, at.place<<weightBits|weight
	g.page = at.page
	if g.list == nil {
		g.list = make([]byte, 0, firstRoom)
	}
	if gap|uint32(at.column)|place < 0x80 { // three bytes, as most
		g.list = append(g.list, byte(gap), byte(at.column), byte(place))
		return
	}
	g.list = binary.AppendUvarint(g.list, uint64(gap))
	g.list = binary.AppendUvarint(g.list, uint64(at.column))
	g.list = binary.AppendUvarint(g.list, uint64(place))
}

// groupForm is a folded form of a group.
type groupForm struct {
	form  string
	group uint32
}

func newHarvester(in inflection) *harvester {
	return &harvester{inflection: in, known: newVocabulary(), byStem: map[string]uint32{}}
}

// entry takes the words of one entry or passage. Entries come in the order of
// their pages, columns and places.
func (h *harvester) entry(at entryPlace, it *item, body string, first bool) {
	h.entries++
	if !it.borrowed {
		n := h.read(it.head)
		h.post(at, headWeight(n))
	}
	if it.topics != "" && first {
		h.read(it.topics)
		h.post(at, 1)
	}
	h.read(body)
	h.post(at, 0)
}

// headWeight is the weight of the words of a head with so many of them.
func headWeight(words int) uint32 {
	switch {
	case words <= 3:
		return 3
	case words <= 8:
		return 2
	}
	return 1
}

// post adds postings of the last entry for the groups that were found. The
// first weight of a word in an entry counts; it is the highest.
func (h *harvester) post(at entryPlace, weight uint32) {
	for _, group := range h.found {
		if g := &h.groups[group]; g.last != h.entries {
			g.last = h.entries
			g.add(at, weight)
		}
	}
}

// read finds the groups of a text and returns how many words it has; two pairs
// of a script without spaces count as one.
func (h *harvester) read(text string) (words int) {
	h.found = h.found[:0]
	pairs := 0
	for last, at := (run{}), 0; ; {
		r, ok := nextRun(text, at)
		if !ok {
			return words + (pairs+1)/2
		}
		at = r.to
		if r.pairs {
			pairs += h.pairs(text, r)
		} else {
			h.written(text[r.from:r.to])
			h.joined(text, last, r)
			words++
		}
		last = r
	}
}

// longestTerm is how long, in bytes, the words are that can be found: what is
// longer is data that was pasted, and would stand in the root whole.
const longestTerm = 96

// written finds the groups of a written form.
func (h *harvester) written(form string) {
	if len(form) > longestTerm {
		return
	}
	group, ok := h.known.get(form)
	if !ok {
		group = h.learn(form)
	}
	h.add(group)
}

func (h *harvester) add(group uint32) {
	if group >= severalGroups {
		h.found = append(h.found, h.several[group-severalGroups]...)
	} else {
		h.found = append(h.found, group)
	}
}

// learn settles the groups of a written form.
func (h *harvester) learn(form string) uint32 {
	folded := Fold(form)
	var room [4]uint32
	groups := room[:0]
	for piece := range pieces(folded) {
		stem := piece
		if len(piece) == len(folded) {
			stem = h.inflection.of(form, piece)
		}
		groups = append(groups, h.group(stem, piece))
	}
	group := uint32(severalGroups + len(h.several))
	if len(groups) == 1 {
		group = groups[0]
	} else {
		h.several = append(h.several, slices.Clone(groups))
	}
	h.known.put(form, group)
	return group
}

// group returns the group with a key, to which a form belongs.
func (h *harvester) group(stem, form string) uint32 {
	form = strings.Clone(form) // not the whole text with it
	group, ok := h.byStem[stem]
	if !ok {
		if stem == form {
			stem = form
		} else {
			stem = strings.Clone(stem)
		}
		group = uint32(len(h.stems))
		h.byStem[stem] = group
		h.stems = append(h.stems, stem)
		h.groups = append(h.groups, groupState{})
	}
	h.forms = append(h.forms, groupForm{form, group})
	return group
}

// pairs finds the groups of a run that is cut into pairs, and of its last
// character: it begins no pair and may be asked for alone.
func (h *harvester) pairs(text string, r run) int {
	folded, letters := foldPairs(text, r)
	for i, l := range letters {
		end := l.end
		if i+1 < len(letters) {
			end = letters[i+1].end
		}
		pair := folded[l.at:end]
		group, ok := h.byStem[pair]
		if !ok {
			group = h.group(pair, pair)
		}
		h.found = append(h.found, group)
	}
	return len(letters) - 1
}

// done forgets what serves reading alone.
func (h *harvester) done() { h.known, h.several, h.byStem = nil, nil, nil }

// joined finds the group of two words in one: “follow-up” may be asked for as
// followup, “O’Neill” as oneill.
func (h *harvester) joined(text string, a, b run) {
	if a.pairs || a.to == 0 || !joiner(text[a.to:b.from]) {
		return
	}
	long, short := a.to-a.from, b.to-b.from
	if min(long, short) > 4 || digitAt(text, a.to-1) || digitAt(text, b.from) {
		return
	}
	h.join = append(append(h.join[:0], text[a.from:a.to]...), text[b.from:b.to]...)
	h.written(string(h.join))
}

// joiner reports whether what stands between two words is nothing but an
// apostrophe or a hyphen.
func joiner(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n == len(s) && (r == '-' || r == '‐' || r == '‑' || classes.of(r) == classApostrophe)
}

func digitAt(text string, i int) bool { return text[i] >= '0' && text[i] <= '9' }
