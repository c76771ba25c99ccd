package search

import (
	"hash/fnv"
	"math"
	"math/bits"
	"slices"
	"strings"
)

// cutting says how large shards become, in bytes before compression. Where one
// ends depends on what stands there and not on how much stands before it, so
// that a new word does not move the ends of all shards behind it.
type cutting struct{ least, usual, most int }

// Words compress to a third of their size.
var wordCutting = cutting{12 << 10, 22 << 10, 40 << 10}

// termCutting returns how terms of so many bytes are cut. A question of three
// words loads three shards, and the root with the names of all of them: with
// shards of S bytes that compress to two fifths, and names that take nine bytes of the line,
// that is least at S = 2.7·√bytes.
func termCutting(bytes int) cutting {
	usual := min(max(int(2.7*math.Sqrt(float64(bytes))), 2<<10), 24<<10)
	return cutting{usual / 2, usual, 2 * usual}
}

// ends reports whether a shard of a size ends behind the last thing that was
// added to it, of a size of its own, and before the next word.
func (c cutting) ends(size, added int, next string) bool {
	if size < c.least || size >= c.most {
		return size >= c.most
	}
	h := fnv.New32a()
	h.Write([]byte(next))
	// The hash of a short word is far from random in its high bits.
	spread := uint64(h.Sum32()*2654435761) * uint64(c.usual-c.least)
	return spread < uint64(added)<<32
}

// cutTerms returns where shards of the groups end. No form of a group may be
// beyond the first form of the next shard.
func cutTerms(all []written) (ends []int) {
	total := 0
	for _, g := range all {
		total += len(g.text) + 1
	}
	cut := termCutting(total)
	size, farthest := -1, ""
	for i, g := range all {
		size += 1 + len(g.text)
		farthest = max(farthest, g.forms[len(g.forms)-1])
		if i+1 == len(all) || farthest < all[i+1].forms[0] && endsBefore(cut, size, len(g.text), all[i+1]) {
			ends = append(ends, i+1)
			size = -1
		}
	}
	return ends
}

// endsBefore is cutting.ends, and true before a group that is a shard by its own
// size.
func endsBefore(c cutting, size, added int, next written) bool {
	return len(next.text) > c.most || c.ends(size, added, next.forms[0])
}

// word is a form as it stands in a shard of words: behind the digit that says
// how common its group is.
type word struct {
	form  string
	digit byte
}

// words are the forms of the groups that were written, in order.
func (m *merger) words(all []written) []word {
	counts := make([]int, len(m.parent))
	for _, g := range all {
		counts[g.group] = g.count
	}
	words := make([]word, 0, len(m.forms))
	for _, f := range m.forms {
		if n := counts[f.group]; n > 0 {
			words = append(words, word{f.form, digits[bits.Len(uint(n))-1]})
		}
	}
	return words
}

// cutWords returns where shards of the words end.
func cutWords(all []word) (ends []int) {
	size := -1
	for i, w := range all {
		size += 2 + len(w.form)
		if i+1 == len(all) || wordCutting.ends(size, len(w.form)+2, all[i+1].form) {
			ends = append(ends, i+1)
			size = -1
		}
	}
	return ends
}

// ranged makes shards of what ends where, and returns “first name first name …”.
// add appends one of what is cut, but for what stands between two.
func (s *shelf) ranged(ends []int, workers int, first func(i int) string, add func(dst []byte, i int) []byte) string {
	from := func(shard int) int {
		if shard == 0 {
			return 0
		}
		return ends[shard-1]
	}
	names := s.fill(len(ends), workers, func(_, shard int, to *sheaf) {
		to.begin()
		to.text = append(to.text, '"')
		for i := from(shard); i < ends[shard]; i++ {
			if i > from(shard) {
				to.text = append(to.text, ' ')
			}
			to.text = add(to.text, i)
		}
		to.text = append(to.text, '"')
		to.end()
	})
	var out []string
	for i, name := range names {
		out = append(out, first(from(i)), name)
	}
	return strings.Join(out, " ")
}

// terms makes the shards of terms.
func (s *shelf) terms(all []written, workers int) string {
	first := func(i int) string { return all[i].forms[0] }
	return s.ranged(cutTerms(all), workers, first, func(dst []byte, i int) []byte { return append(dst, all[i].text...) })
}

// words makes the shards of words.
func (s *shelf) words(all []word, workers int) string {
	first := func(i int) string { return all[i].form }
	return s.ranged(cutWords(all), workers, first, func(dst []byte, i int) []byte {
		return append(append(dst, all[i].digit), all[i].form...)
	})
}

// maxNamed is how many pages' texts the root names itself.
const maxNamed = 512

// dirs makes lists of the names of the pages' texts where they are too many for
// the root.
func (s *shelf) dirs(names []string, workers int) (texts, dirs string) {
	if len(names) <= maxNamed {
		return strings.Join(names, " "), ""
	}
	lists := slices.Collect(slices.Chunk(names, dirSize))
	named := s.fill(len(lists), workers, func(_, i int, to *sheaf) { to.add(strings.Join(lists[i], " ")) })
	return "", strings.Join(named, " ")
}
