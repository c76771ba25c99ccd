package search

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
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

// shardOf is a shard of terms or words, with the least of its words.
type shardOf struct {
	first string
	text  []byte
}

// termShards cuts the groups into shards. No form of a group may be beyond the
// first form of the next shard.
func termShards(all []written) (out []shardOf) {
	total := 0
	for _, g := range all {
		total += len(g.text) + 1
	}
	cut := termCutting(total)
	var now shardOf
	farthest := ""
	for i, g := range all {
		if len(now.text) == 0 {
			now.first = g.forms[0]
		} else {
			now.text = append(now.text, ' ')
		}
		now.text = append(now.text, g.text...)
		farthest = max(farthest, g.forms[len(g.forms)-1])
		if i+1 == len(all) || farthest < all[i+1].forms[0] && endsBefore(cut, len(now.text), len(g.text), all[i+1]) {
			out = append(out, now)
			now = shardOf{}
		}
	}
	return out
}

// endsBefore is cutting.ends, and true before a group that is a shard by its own
// size.
func endsBefore(c cutting, size, added int, next written) bool {
	return len(next.text) > c.most || c.ends(size, added, next.forms[0])
}

// wordShards cuts all forms into shards, each behind the digit that says how
// common its group is.
func wordShards(all []written) (out []shardOf) {
	type word struct {
		form  string
		digit byte
	}
	var words []word
	for _, g := range all {
		for _, form := range g.forms {
			words = append(words, word{form, digits[bits.Len(uint(g.count))-1]})
		}
	}
	slices.SortFunc(words, func(a, b word) int { return strings.Compare(a.form, b.form) })
	var now shardOf
	for i, w := range words {
		if len(now.text) == 0 {
			now.first = w.form
		} else {
			now.text = append(now.text, ' ')
		}
		now.text = append(append(now.text, w.digit), w.form...)
		if i+1 == len(words) || wordCutting.ends(len(now.text), len(w.form)+2, words[i+1].form) {
			out = append(out, now)
			now = shardOf{}
		}
	}
	return out
}

// shelf names shards and keeps them.
type shelf struct {
	files []File
	taken map[string][sha256.Size]byte
}

const (
	shardCall  = `plumb.search.shard("`
	nameLength = 7
	// shardHead is where the value begins in a shard with a name of the usual
	// length.
	shardHead = len(shardCall) + nameLength + len(`",`)
)

// beginShard appends what stands before the value, but for the name.
func beginShard(dst []byte) []byte {
	dst = append(dst, shardCall...)
	return append(append(dst, "-------"[:nameLength]...), `",`...)
}

// endShard appends what stands behind the value.
func endShard(dst []byte) []byte { return append(dst, ");\n"...) }

// shard is a shard without its name.
type shard struct {
	data   []byte
	digest [sha256.Size]byte
}

// sealed takes the digest of a shard's value.
func sealed(data []byte) shard {
	data = endShard(data)
	return shard{data, sha256.Sum256(data[shardHead:])}
}

// textShard returns a shard whose value is one text.
func textShard(text string) shard {
	return sealed(appendText(beginShard(make([]byte, 0, len(text)+shardHead+8)), text))
}

// add names a shard: by the first characters of its digest, by more where
// another shard has those.
func (s *shelf) add(one shard) string {
	all := digestName(one.digest)
	for n := nameLength; ; n++ {
		name := all[:min(n, len(all))]
		digest, taken := s.taken[name]
		if taken && digest == one.digest {
			return name
		}
		if !taken || n >= len(all) {
			s.taken[name] = one.digest
			s.files = append(s.files, File{name, withName(one.data, name)})
			return name
		}
	}
}

// withName puts the name into its place.
func withName(data []byte, name string) []byte {
	if len(name) == nameLength {
		copy(data[len(shardCall):], name)
		return data
	}
	return slices.Concat([]byte(shardCall), []byte(name), data[len(shardCall)+nameLength:])
}

// digestName writes the beginning of a digest in base 36, the least digit first.
func digestName(digest [sha256.Size]byte) string {
	var name []byte
	for part := range slices.Chunk(digest[:], 8) {
		n := binary.BigEndian.Uint64(part)
		for range 12 { // the digits of 64 bits that are not much rarer than others
			name = append(name, "0123456789abcdefghijklmnopqrstuvwxyz"[n%36])
			n /= 36
		}
	}
	return string(name)
}

// ranged adds shards and returns “first name first name …”.
func (s *shelf) ranged(all []shardOf) string {
	sealedOnes := make([]shard, len(all))
	inParallel(len(all), func(i int) { sealedOnes[i] = textShard(string(all[i].text)) })
	var out []string
	for i, one := range sealedOnes {
		out = append(out, all[i].first, s.add(one))
	}
	return strings.Join(out, " ")
}

// maxNamed is how many pages' texts the root names itself.
const maxNamed = 512

// texts adds the shards of the pages' texts and returns what the root says of
// them: their names, or those of lists of names.
func (s *shelf) texts(all []shard) (texts, dirs string) {
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = s.add(one)
	}
	if len(names) <= maxNamed {
		return strings.Join(names, " "), ""
	}
	var lists []string
	for list := range slices.Chunk(names, dirSize) {
		lists = append(lists, s.add(textShard(strings.Join(list, " "))))
	}
	return "", strings.Join(lists, " ")
}

// inOrderOfName puts the files into a fixed order, the root first.
func inOrderOfName(root File, shards []File) []File {
	slices.SortFunc(shards, func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	return slices.Insert(shards, 0, root)
}
