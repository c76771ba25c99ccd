package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A posting is an entry, by its number among those of one harvester, times 4,
// plus the weight of the word there.
const (
	weightBits = 2
	weightMask = 1<<weightBits - 1
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

	entries []entryPlace
	// posts are group and posting of each word of each entry, in parts: a list
	// that grows would be copied over and over.
	posts [][]uint64
	found []uint32 // the groups of the text that is being read
	join  []byte
}

// severalGroups is where numbers begin that stand for several groups.
const severalGroups = 1 << 31

// groupState is what is remembered of a group while words are taken.
type groupState struct {
	last uint32 // the number of the last entry with it, from 1
	kept uint32 // postings
}

// groupForm is a folded form of a group.
type groupForm struct {
	form  string
	group uint32
}

func newHarvester(in inflection) *harvester {
	return &harvester{inflection: in, known: newVocabulary(), byStem: map[string]uint32{}}
}

// entry takes the words of one entry or passage.
func (h *harvester) entry(at entryPlace, it *item, body string, first bool) {
	h.entries = append(h.entries, at)
	if !it.borrowed {
		n := h.read(it.head)
		h.post(headWeight(n))
	}
	if it.topics != "" && first {
		h.read(it.topics)
		h.post(1)
	}
	h.read(body)
	h.post(0)
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

// partSize is how many postings stand in one part.
const partSize = 1 << 16

// post adds postings of the last entry for the groups that were found. The
// first weight of a word in an entry counts; it is the highest.
func (h *harvester) post(weight uint32) {
	number := uint32(len(h.entries))
	for _, group := range h.found {
		g := &h.groups[group]
		if g.last == number {
			continue
		}
		g.last = number
		g.kept++
		if n := len(h.posts); n == 0 || len(h.posts[n-1]) == partSize {
			h.posts = append(h.posts, make([]uint64, 0, partSize))
		}
		part := &h.posts[len(h.posts)-1]
		*part = append(*part, uint64(group)<<32|uint64(number-1)<<weightBits|uint64(weight))
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
	var groups []uint32
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
		h.several = append(h.several, groups)
	}
	h.known.put(form, group)
	return group
}

// group returns the group with a key, to which a form belongs.
func (h *harvester) group(stem, form string) uint32 {
	group, ok := h.byStem[stem]
	if !ok {
		stem = strings.Clone(stem) // not the whole text with it
		group = uint32(len(h.stems))
		h.byStem[stem] = group
		h.stems = append(h.stems, stem)
		h.groups = append(h.groups, groupState{})
	}
	h.forms = append(h.forms, groupForm{strings.Clone(form), group})
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

// sorted returns the postings by group, each group's in the order of entries.
func (h *harvester) sorted() [][]uint32 {
	total := uint32(0)
	for i := range h.groups {
		total += h.groups[i].kept
	}
	room := make([]uint32, total)
	out := make([][]uint32, len(h.groups))
	for i := range h.groups {
		n := h.groups[i].kept
		out[i], room = room[:0:n], room[n:]
	}
	for _, part := range h.posts {
		for _, p := range part {
			out[p>>32] = append(out[p>>32], uint32(p))
		}
	}
	h.posts = nil
	return slices.Clip(out)
}
