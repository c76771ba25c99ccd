package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// posting is an entry that holds a word, with the word's weight there.
type posting struct {
	entryPlace
	weight uint32
}

// bundle is a group as it is written: its forms in order, and its postings as a
// merger keeps them.
type bundle struct {
	forms []string
	group uint32
}

// merger puts together what the harvesters took, each of them from the pages
// behind those of the one before.
type merger struct {
	from  []*harvester
	posts [][][]uint32 // of each harvester, of each of its groups
	// of are, for each harvester, the numbers of its groups among all; what is one
	// group by now has another number in parent, the least of them its own.
	of     [][]uint32
	parent []uint32
	// parts are, for each group, where its postings are.
	parts [][]part
}

// part is a group of a harvester.
type part struct{ harvester, group uint32 }

// entries is how many entries there are.
func (m *merger) entries() int {
	n := 0
	for _, h := range m.from {
		n += len(h.entries)
	}
	return n
}

func newMerger(from []*harvester) *merger {
	m := &merger{from: from, posts: make([][][]uint32, len(from))}
	inParallel(len(from), func(i int) { m.posts[i] = from[i].sorted() })
	byStem := map[string]uint32{}
	for _, h := range from {
		of := make([]uint32, len(h.stems))
		for i, stem := range h.stems {
			n, ok := byStem[stem]
			if !ok {
				n = uint32(len(byStem))
				byStem[stem] = n
				m.parent = append(m.parent, n)
			}
			of[i] = n
		}
		m.of = append(m.of, of)
	}
	return m
}

// bundles returns the groups in the order of their first forms. Groups that
// have a form in common, written with accents here and without there, are one.
func (m *merger) bundles() []bundle {
	owner := map[string]uint32{}
	for i, h := range m.from {
		for _, f := range h.forms {
			group := m.of[i][f.group]
			if known, ok := owner[f.form]; ok {
				m.unite(known, group)
			} else {
				owner[f.form] = group
			}
		}
	}
	forms := make([][]string, len(m.parent))
	for form, group := range owner {
		group = m.root(group)
		forms[group] = append(forms[group], form)
	}
	m.parts = make([][]part, len(m.parent))
	for i, of := range m.of {
		for local, group := range of {
			group = m.root(group)
			m.parts[group] = append(m.parts[group], part{uint32(i), uint32(local)})
		}
	}
	var all []bundle
	for group, list := range forms {
		for _, near := range neighbours(list) {
			all = append(all, bundle{near, uint32(group)})
		}
	}
	slices.SortFunc(all, func(a, b bundle) int { return strings.Compare(a.forms[0], b.forms[0]) })
	return all
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

// neighbours parts the forms of a group by their first two letters, each part in
// order: “die” and “dying” would else keep all words between them in one shard.
// Each part is written with all postings.
func neighbours(forms []string) (out [][]string) {
	slices.Sort(forms)
	for from := 0; from < len(forms); {
		beginning := firstLetters(forms[from], 2)
		to := from + 1
		for to < len(forms) && firstLetters(forms[to], 2) == beginning {
			to++
		}
		out = append(out, forms[from:to])
		from = to
	}
	return out
}

func firstLetters(s string, n int) string {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return s[:at]
}

// postings appends the postings of a group to dst, in the order of entries,
// and returns how many there would be if none were left out.
func (m *merger) postings(dst []posting, group uint32) (kept []posting, count int) {
	mixed := false
	for i, p := range m.parts[group] {
		h := m.from[p.harvester]
		for _, packed := range m.posts[p.harvester][p.group] {
			dst = append(dst, posting{h.entries[packed>>weightBits], packed & weightMask})
		}
		mixed = mixed || i > 0 && p.harvester == m.parts[group][i-1].harvester
	}
	if mixed {
		dst = inOrder(dst)
	}
	count += len(dst)
	return heaviest(dst, MostPostings), count
}

// inOrder orders postings of several groups that are one, and leaves each entry
// one, of the highest weight.
func inOrder(list []posting) []posting {
	slices.SortFunc(list, func(a, b posting) int {
		return cmp.Or(cmp.Compare(a.page, b.page), cmp.Compare(a.column, b.column), cmp.Compare(a.place, b.place), cmp.Compare(b.weight, a.weight))
	})
	return slices.CompactFunc(list, func(a, b posting) bool { return a.entryPlace == b.entryPlace })
}

// heaviest leaves the postings of the highest weights where there are more than
// so many; of the last weight, the first ones.
func heaviest(list []posting, most int) []posting {
	if len(list) <= most {
		return list
	}
	var of [weightMask + 1]int
	for _, p := range list {
		of[p.weight]++
	}
	room := most
	for w := weightMask; w >= 0; w-- {
		of[w] = min(of[w], room)
		room -= of[w]
	}
	return slices.DeleteFunc(list, func(p posting) bool {
		of[p.weight]--
		return of[p.weight] < 0
	})
}

// written is a group as it stands in a shard of terms.
type written struct {
	forms []string
	text  []byte
	count int // of its postings, with those that were left out
}

// writer writes groups, with room that it uses again.
type writer struct {
	list                  []posting
	gaps, columns, places []byte
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
		w.gaps = appendNumber(w.gaps, p.page-page)
		w.columns = appendNumber(w.columns, uint32(p.column))
		w.places = appendNumber(w.places, p.place<<weightBits|p.weight)
		page = p.page
	}
	return len(w.gaps) + len(w.columns) + len(w.places)
}

// write appends a group and returns how many postings it has with those that
// are left out.
func (w *writer) write(dst []byte, m *merger, b bundle) (out []byte, count int) {
	w.list, count = m.postings(w.list[:0], b.group)
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

// write returns all groups as they are written.
func (m *merger) write() []written {
	all := m.bundles()
	out := make([]written, len(all))
	share := (len(all) + len(m.from) - 1) / len(m.from)
	inParallel(len(m.from), func(i int) {
		var w writer
		room := make([]byte, 0, 1<<18)
		for j := i * share; j < min((i+1)*share, len(all)); j++ {
			if len(room) > cap(room)/2 {
				room = make([]byte, 0, 1<<18)
			}
			at := len(room)
			var count int
			room, count = w.write(room, m, all[j])
			out[j] = written{all[j].forms, room[at:len(room):len(room)], count}
		}
	})
	// What no entry holds was met in synonyms alone.
	return slices.DeleteFunc(out, func(w written) bool { return w.count == 0 })
}
