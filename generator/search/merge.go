package search

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"
)

// posting is an entry that holds a word, with the word's weight there: page,
// column, place and weight, so that their order is that of entries.
type posting uint64

const (
	placeBits  = 16 // of maxPlace
	columnBits = 16
)

func newPosting(page, column, placeAndWeight uint64) posting {
	return posting((page<<columnBits|column)<<(placeBits+weightBits) | placeAndWeight)
}

func (p posting) weight() uint32 { return uint32(p) & weightMask }

// entry is the posting without its weight.
func (p posting) entry() posting { return p >> weightBits }

// bundle is a group as it is written, or a part of it: its forms in order.
type bundle struct {
	forms []string
	group uint32
	// parted says that the group has other bundles.
	parted bool
}

// merger puts together what the harvesters took.
type merger struct {
	from []*harvester
	// parent numbers the groups of all harvesters by their stems; what is one
	// group by now has another number in parent, the least of them its own.
	parent []uint32
	// forms are all forms in order, each with the number of a group.
	forms []groupForm
	// parts are, by group, where its postings are.
	parts []part
	first []uint32 // of each group among the parts
}

// part is a group of a harvester.
type part struct{ group, harvester, local uint32 }

func newMerger(from []*harvester) *merger {
	m := &merger{from: from}
	byStem := map[string]uint32{}
	for i, h := range from {
		of := make([]uint32, len(h.stems))
		for local, stem := range h.stems {
			n, ok := byStem[stem]
			if !ok {
				n = uint32(len(byStem))
				byStem[stem] = n
				m.parent = append(m.parent, n)
			}
			of[local] = n
			m.parts = append(m.parts, part{n, uint32(i), uint32(local)})
		}
		for _, f := range h.forms {
			m.forms = append(m.forms, groupForm{f.form, of[f.group]})
		}
	}
	slices.SortFunc(m.forms, func(a, b groupForm) int { return strings.Compare(a.form, b.form) })
	m.uniteForms()
	m.sortParts()
	return m
}

// uniteForms leaves each form once. Groups that have one in common, written with
// accents here and without there, are one.
func (m *merger) uniteForms() {
	for i := range m.forms[:max(0, len(m.forms)-1)] {
		if a, b := m.forms[i], m.forms[i+1]; a.form == b.form {
			m.unite(a.group, b.group)
		}
	}
	m.forms = slices.CompactFunc(m.forms, func(a, b groupForm) bool { return a.form == b.form })
	for i := range m.forms {
		m.forms[i].group = m.root(m.forms[i].group)
	}
}

// sortParts puts the parts into the order of their groups, by counting.
func (m *merger) sortParts() {
	m.first = make([]uint32, len(m.parent)+1)
	for i := range m.parts {
		m.parts[i].group = m.root(m.parts[i].group)
		m.first[m.parts[i].group+1]++
	}
	for g := range m.parent {
		m.first[g+1] += m.first[g]
	}
	next, sorted := slices.Clone(m.first), make([]part, len(m.parts))
	for _, p := range m.parts {
		sorted[next[p.group]] = p
		next[p.group]++
	}
	m.parts = sorted
}

func (m *merger) unite(a, b uint32) {
	a, b = m.root(a), m.root(b)
	m.parent[max(a, b)] = min(a, b)
}

func (m *merger) root(group uint32) uint32 {
	for m.parent[group] != group {
		m.parent[group] = m.parent[m.parent[group]]
		group = m.parent[group]
	}
	return group
}

// bundles returns the groups in the order of their first forms. The forms of a
// group are parted by their first two letters: “die” and “dying” would else keep
// all words between them in one shard. Each part is written with all postings.
func (m *merger) bundles() []bundle {
	all := make([]bundle, 0, len(m.parent))
	last := make([]int, len(m.parent)) // the last bundle of each group, from 1
	for _, f := range m.forms {
		at := last[f.group]
		if at > 0 && firstLetters(all[at-1].forms[0], 2) == firstLetters(f.form, 2) {
			all[at-1].forms = append(all[at-1].forms, f.form)
			continue
		}
		all = append(all, bundle{[]string{f.form}, f.group, at > 0})
		if at > 0 {
			all[at-1].parted = true
		}
		last[f.group] = len(all)
	}
	return all
}

func firstLetters(s string, n int) string {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return s[:at]
}

// appendPostings reads a list of a harvester.
func appendPostings(dst []posting, list []byte) []posting {
	page := uint64(0)
	for at := 0; at < len(list); {
		gap, n := binary.Uvarint(list[at:])
		at += n
		column, n := binary.Uvarint(list[at:])
		at += n
		place, n := binary.Uvarint(list[at:])
		at += n
		page += gap
		dst = append(dst, newPosting(page, column, place))
	}
	return dst
}

// merged appends two lists to dst, in order. An entry that both have is left
// once, with the higher weight.
func merged(dst, a, b []posting) []posting {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].entry() < b[0].entry():
			dst, a = append(dst, a[0]), a[1:]
		case a[0].entry() > b[0].entry():
			dst, b = append(dst, b[0]), b[1:]
		default:
			dst, a, b = append(dst, max(a[0], b[0])), a[1:], b[1:]
		}
	}
	return append(append(dst, a...), b...)
}

// heaviest leaves the postings of the highest weights where there are more than
// so many; of the last weight, the first ones.
func heaviest(list []posting, most int) []posting {
	if len(list) <= most {
		return list
	}
	var of [weightMask + 1]int
	for _, p := range list {
		of[p.weight()]++
	}
	room := most
	for w := weightMask; w >= 0; w-- {
		of[w] = min(of[w], room)
		room -= of[w]
	}
	return slices.DeleteFunc(list, func(p posting) bool {
		of[p.weight()]--
		return of[p.weight()] < 0
	})
}

// written is a group as it stands in a shard of terms.
type written struct {
	bundle
	text  []byte
	count int // of its postings, with those that were left out
}

// writer writes groups, with room that it uses again.
type writer struct {
	list, more, both      []posting
	gaps, columns, places []byte
}

// read reads the postings of a group and returns how many there would be if none
// were left out.
func (w *writer) read(m *merger, group uint32) (count int) {
	w.list = w.list[:0]
	for i, p := range m.parts[m.first[group]:m.first[group+1]] {
		list := m.from[p.harvester].groups[p.local].list
		if i == 0 {
			w.list = appendPostings(w.list, list)
			continue
		}
		w.more = appendPostings(w.more[:0], list)
		w.both = merged(w.both[:0], w.list, w.more)
		w.list, w.both = w.both, w.list
	}
	count = len(w.list)
	w.list = heaviest(w.list, MostPostings)
	return count
}

// forget gives back the room of postings that are written. On a large site they
// are as much as what is written of them.
func (m *merger) forget(b bundle) {
	if b.parted {
		return
	}
	for _, p := range m.parts[m.first[b.group]:m.first[b.group+1]] {
		m.from[p.harvester].groups[p.local].list = nil
	}
}

// mostBytes is how long the lists of a group are at most: a third more than most
// postings of a usual site take. They compress to three quarters, for each of
// their characters says six bits, and no shard may take more than 64 KB.
const mostBytes = 40 << 10

// lists writes the three lists and returns how long they are.
func (w *writer) lists() int {
	w.gaps, w.columns, w.places = w.gaps[:0], w.columns[:0], w.places[:0]
	page := uint32(0)
	for _, p := range w.list {
		at := uint32(p >> (columnBits + placeBits + weightBits))
		w.gaps = appendNumber(w.gaps, at-page)
		w.columns = appendNumber(w.columns, uint32(p>>(placeBits+weightBits))&(1<<columnBits-1))
		w.places = appendNumber(w.places, uint32(p)&(1<<(placeBits+weightBits)-1))
		page = at
	}
	return len(w.gaps) + len(w.columns) + len(w.places)
}

// write appends a group and returns how many postings it has with those that
// are left out.
func (w *writer) write(dst []byte, m *merger, b bundle) (out []byte, count int) {
	count = w.read(m, b.group)
	for size := w.lists(); size > mostBytes; size = w.lists() {
		w.list = heaviest(w.list, len(w.list)*mostBytes/(size+1))
	}
	for i, form := range b.forms {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, form...)
	}
	for _, list := range [...][]byte{w.gaps, w.columns, w.places} {
		dst = append(append(dst, '.'), list...)
	}
	if count > len(w.list) {
		dst = appendNumber(append(dst, '.'), uint32(count))
	}
	return dst, count
}

// write returns all groups as they are written, but for those that no entry
// holds: they were met in synonyms alone.
func (m *merger) write() []written {
	all := m.bundles()
	out := make([]written, len(all))
	share := (len(all) + len(m.from) - 1) / len(m.from)
	inParallel(len(m.from), func(i int) {
		var w writer
		room := make([]byte, 0, roomSize)
		for j := i * share; j < min((i+1)*share, len(all)); j++ {
			if len(room) > cap(room)/2 {
				room = make([]byte, 0, roomSize)
			}
			at := len(room)
			var count int
			room, count = w.write(room, m, all[j])
			m.forget(all[j])
			out[j] = written{all[j], room[at:len(room):len(room)], count}
		}
	})
	return slices.DeleteFunc(out, func(w written) bool { return w.count == 0 })
}

// roomSize is how many bytes of groups stand together: twice what the longest
// takes, and more.
const roomSize = 1 << 17
