package devserver

import (
	"cmp"
	"iter"
	"maps"
	"strings"
	"sync"

	"plumb/generator/diag"
	"plumb/generator/output"
)

// moment is what is answered between two Publishes. It is never changed, and
// knows nothing of the moments before it but the files it has to keep.
type moment struct {
	State // its Tree is the one served: the last good one while degraded

	build  int
	counts [diag.Error + 1]int
	// ahead are files that stand before those of the tree until the next Publish.
	ahead map[string]output.File
	// kept are the last good files that the tree lacks because of an error.
	kept map[string]kept
	// styles are the digests of the tree's style sheets and scripts. Finding them
	// walks over all paths, so it waits until a browser asks.
	styles func() map[string]string
	over   chan struct{} // closed by the next Publish
}

// kept is a file that an error keeps from being made anew.
type kept struct {
	file   output.File
	source string
	draft  bool
}

// next returns the moment that follows m with a new state.
func (m *moment) next(st State) *moment {
	n := &moment{State: st, build: m.build + 1, over: make(chan struct{})}
	for _, d := range st.Diagnostics {
		n.counts[d.Severity]++
	}
	switch {
	case st.Degraded && m.Tree == nil:
		n.Tree = nil
	case st.Degraded:
		n.Tree, n.Sources, n.Drafts, n.kept, n.ahead = m.Tree, m.Sources, m.Drafts, m.kept, m.ahead
	default:
		n.Missing = n.missing()
		if n.failed() {
			n.kept = n.keep(m)
		}
	}
	n.styles = sync.OnceValue(stylesOf(n.Tree))
	return n
}

// failed reports whether an error stands.
func (m *moment) failed() bool {
	return m.Degraded || m.counts[diag.Error] > 0 || len(m.Missing) > 0
}

// missing returns the state's missing pages and those that have a source but no
// file: their layout failed.
func (m *moment) missing() map[string]string {
	all := make(map[string]string, len(m.Missing))
	maps.Copy(all, m.Missing)
	for path, source := range m.Sources {
		if _, ok := m.file(path); !ok {
			all[path] = source
		}
	}
	return all
}

// keep returns what the moment before served and m's tree lacks because of an
// error. A page with a source goes with it, unless it is that source, or the page
// itself, that has the error. What has no source of its own stays while any error
// stands, for which one took it away cannot be told: a role's page goes with the
// only playbook that names the role.
func (m *moment) keep(before *moment) map[string]kept {
	list, broken := map[string]kept{}, map[string]bool{"": true}
	for _, source := range m.Missing {
		broken[source] = true
	}
	add := func(path string, k kept) {
		_, lacks := m.Missing[path]
		if _, ok := m.file(path); !ok && (lacks || broken[k.source]) {
			list[path] = k
		}
	}
	for path, k := range before.kept {
		add(path, k)
	}
	if before.Tree == nil {
		return list
	}
	for _, path := range before.Tree.Paths() {
		f, _ := before.Tree.Get(path)
		add(path, kept{f, before.Sources[path], before.Drafts[path]})
	}
	return list
}

// file returns a file of the tree.
func (m *moment) file(path string) (output.File, bool) {
	if f, ok := m.ahead[path]; ok {
		return f, true
	}
	if m.Tree == nil {
		return output.File{}, false
	}
	return m.Tree.Get(path)
}

// with returns the moment with some files in the place of its own.
func (m *moment) with(files []output.File) *moment {
	n := *m
	n.build++
	n.ahead, n.over, n.Edited = map[string]output.File{}, make(chan struct{}), nil
	for _, f := range files {
		n.ahead[f.Path] = f
	}
	return &n
}

// answer returns what a GET of a page says: the file of the tree, else the last
// good one, else a bare page where there should be one, else that there is none.
func (m *moment) answer(page string) answer {
	if f, ok := m.file(page); ok {
		return fileAnswer(f, m.Degraded)
	}
	if k, ok := m.kept[page]; ok {
		return fileAnswer(k.file, true)
	}
	if _, missing := m.Missing[page]; missing || page == home {
		return m.bare(found)
	}
	if f, ok := m.file(notFoundPage); ok {
		a := fileAnswer(f, false)
		a.status = notFound
		return a
	}
	return m.bare(notFound)
}

// source returns the path of the source of a page, or "".
func (m *moment) source(page string) string {
	if s, ok := m.Sources[page]; ok {
		return s
	}
	if s, ok := m.Missing[page]; ok {
		return s
	}
	return m.kept[page].source
}

// latest returns the page to look at after an edit: of several edited files that
// of the first that has one. It is "" if there is none, or if a page of an edited
// file is shown already.
func (m *moment) latest(shown string) string {
	turn := make(map[string]int, len(m.Edited))
	for i, source := range m.Edited {
		turn[source] = i
	}
	best := lead{turn: len(m.Edited)}
	for page, source := range m.pages() {
		i, edited := turn[source]
		if edited && page == shown {
			return ""
		}
		if l := (lead{i, m.rank(page), page}); edited && l.compare(best) < 0 {
			best = l
		}
	}
	return best.page
}

// lead is a page that an edit may lead to.
type lead struct {
	turn int // of its source among the edited ones
	rank int
	page string
}

func (l lead) compare(other lead) int {
	return cmp.Or(cmp.Compare(l.turn, other.turn), cmp.Compare(l.rank, other.rank), strings.Compare(l.page, other.page))
}

// rank says how much of a page there is to see, 0 the most. Of a text that
// cannot be read both pages that it could be are missing; most texts are playbooks.
func (m *moment) rank(page string) int {
	if _, ok := m.file(page); ok {
		return 0
	}
	if _, ok := m.kept[page]; ok {
		return 1
	}
	if strings.HasPrefix(page, playbooks) {
		return 2
	}
	return 3
}

// pages leads from every page that is or should be there to its source; some
// come twice.
func (m *moment) pages() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, list := range [...]map[string]string{m.Sources, m.Missing} {
			for page, source := range list {
				if !yield(page, source) {
					return
				}
			}
		}
		for page := range m.kept {
			if !yield(page, m.source(page)) {
				return
			}
		}
	}
}

// stylesOf returns a function that digests what a tree's pages are dressed with.
func stylesOf(tree *output.Tree) func() map[string]string {
	if tree == nil {
		return noStyles
	}
	return func() map[string]string {
		sums := noStyles()
		for _, path := range tree.Paths() {
			if strings.HasPrefix(path, "theme/") && (strings.HasSuffix(path, ".css") || strings.HasSuffix(path, ".js")) {
				f, _ := tree.Get(path)
				sums[path] = f.Sum.String()
			}
		}
		return sums
	}
}

func noStyles() map[string]string { return map[string]string{} }
