package search

import (
	"slices"
	"unicode/utf16"
)

// field is a text of an entry, cut into words, with the units that each meets.
type field struct {
	text  string
	words []fieldWord
}

type fieldWord struct {
	text     string
	from, to int    // UTF-16 units
	meets    uint32 // units, by bits
}

func newField(text string, units []*unit) field {
	f := field{text: text}
	at := utf16Places(text)
	for w := range Words(text) {
		f.words = append(f.words, fieldWord{text: w.Text, from: at(w.From), to: at(w.To)})
	}
	for i, u := range units {
		if u.phrase {
			f.meetPhrase(u.words, 1<<i)
			continue
		}
		for j, w := range f.words {
			if _, ok := u.forms[w.text]; ok {
				f.words[j].meets |= 1 << i
			}
		}
	}
	return f
}

// utf16Places returns a function from places in bytes to those in UTF-16 units.
func utf16Places(text string) func(int) int {
	places := make([]int, len(text)+1)
	n := 0
	for i, r := range text {
		places[i] = n
		n += max(1, utf16.RuneLen(r))
	}
	places[len(text)] = n
	return func(i int) int { return places[i] }
}

func (f *field) meetPhrase(words []string, bit uint32) {
	for i := range max(0, len(f.words)-len(words)+1) {
		if slices.EqualFunc(f.words[i:i+len(words)], words, func(w fieldWord, s string) bool { return w.text == s }) {
			for j := range words {
				f.words[i+j].meets |= bit
			}
		}
	}
}

// has reports whether a unit is met.
func (f *field) has(bit uint32) bool {
	return slices.ContainsFunc(f.words, func(w fieldWord) bool { return w.meets&bit != 0 })
}

func hasPhrases(l *looked, units []*unit) bool {
	for i, u := range units {
		if u.phrase && !l.head.has(1<<i) && !l.body.has(1<<i) {
			return false
		}
	}
	return true
}

// nearness says in sixteenths how much more an entry counts for how its words
// stand: one behind the other, close together, in a head that has no others.
func nearness(head, body *field, units int) int {
	near := 2 * max(head.inTurn(units), body.inTurn(units))
	from, to, met := head.closest()
	if in, out, more := body.closest(); more > met || more == met && out-in < to-from {
		from, to, met = in, out, more
	}
	if met > 1 {
		near += max(0, 4-(to-from-met))
	}
	if n := len(head.words); n > 0 && head.met() == n {
		_, _, met := head.closest()
		near += 12 * met / units
	}
	return near
}

// inTurn counts the pairs of units that stand one behind the other, each pair
// once.
func (f *field) inTurn(units int) int {
	var turns uint32
	for i := range max(0, len(f.words)-1) {
		turns |= f.words[i].meets << 1 & f.words[i+1].meets
	}
	n := 0
	for i := 1; i < units; i++ {
		n += int(turns >> i & 1)
	}
	return n
}

// met counts the words that meet a unit.
func (f *field) met() int {
	n := 0
	for _, w := range f.words {
		n += btoi(w.meets != 0)
	}
	return n
}

// closest returns the first of the shortest ranges of words that meet all units
// which the field meets, and how many those are.
func (f *field) closest() (from, to, met int) {
	var all uint32
	for _, w := range f.words {
		all |= w.meets
	}
	last := map[uint32]int{}
	best := len(f.words) + 1
	for i, w := range f.words {
		if w.meets == 0 {
			continue
		}
		for bit := uint32(1); bit != 0 && bit <= w.meets; bit <<= 1 {
			if w.meets&bit != 0 {
				last[bit] = i
			}
		}
		first := i
		for _, at := range last {
			first = min(first, at)
		}
		if len(last) == popCount(all) && i+1-first < best {
			best, from, to = i+1-first, first, i+1
		}
	}
	return from, to, popCount(all)
}

// marks are the places of the words that meet a unit; those that touch are one.
func (f *field) marks() [][2]int { return f.marksIn(0, len(f.words)) }

func (f *field) marksIn(from, to int) [][2]int {
	marks := [][2]int{}
	for _, w := range f.words[from:to] {
		if w.meets == 0 {
			continue
		}
		if n := len(marks); n > 0 && w.from <= marks[n-1][1] {
			marks[n-1][1] = max(marks[n-1][1], w.to)
			continue
		}
		marks = append(marks, [2]int{w.from, w.to})
	}
	return marks
}

// How long an excerpt is, and how much of that stands before what was found.
const (
	excerptLength = 158
	excerptBefore = 48
)

// excerpt returns the part of a field around what was found, with the marks in
// it.
func (f *field) excerpt() (string, [][2]int) {
	units := utf16.Encode([]rune(f.text))
	if len(units) <= excerptLength {
		return f.text, f.marks()
	}
	from, to := f.window(len(units))
	first, last := len(f.words), 0
	for i, w := range f.words {
		if w.from >= from && w.to <= to {
			first, last = min(first, i), i+1
		}
	}
	before, behind := "", ""
	if from > 0 {
		before = "…"
	}
	if to < len(units) {
		behind = "…"
	}
	marks := f.marksIn(min(first, last), last)
	for i := range marks {
		marks[i][0] += len(before)/len("…") - from
		marks[i][1] += len(before)/len("…") - from
	}
	return before + string(utf16.Decode(units[from:to])) + behind, marks
}

// window returns where an excerpt of a long text begins and ends: at words.
func (f *field) window(length int) (from, to int) {
	if len(f.words) == 0 {
		return 0, 0
	}
	at, _, _ := f.closest()
	first := f.words[at]
	if first.from > excerptBefore {
		from = first.from
		for _, w := range slices.Backward(f.words[:at]) {
			if first.from-w.from <= excerptBefore {
				from = w.from
			}
		}
	}
	if length <= from+excerptLength {
		return from, length
	}
	to = first.to
	for _, w := range f.words {
		if w.to <= from+excerptLength {
			to = max(to, w.to)
		}
	}
	return from, to
}

func popCount(n uint32) int {
	count := 0
	for ; n != 0; n &= n - 1 {
		count++
	}
	return count
}
