package devserver

import (
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
		n.Tree, n.Sources, n.Drafts, n.kept = m.Tree, m.Sources, m.Drafts, m.kept
	case n.failed():
		n.kept = n.keep(m)
	}
	n.styles = sync.OnceValue(stylesOf(n.Tree))
	return n
}

// failed reports whether an error stands.
func (m *moment) failed() bool {
	return m.Degraded || m.counts[diag.Error] > 0 || len(m.Missing) > 0
}

// keep returns what the moment before served and m's tree lacks. Which error
// took a page away cannot be told in general (a role's page goes with the only
// playbook that names the role), so while any error stands nothing goes: a page
// that was deleted meanwhile stays until the site is healthy again.
func (m *moment) keep(before *moment) map[string]kept {
	list := map[string]kept{}
	for path, k := range before.kept {
		if _, ok := m.file(path); !ok {
			list[path] = k
		}
	}
	if before.Tree == nil || before.Tree == m.Tree {
		return list
	}
	for _, path := range before.Tree.Paths() {
		if _, ok := m.file(path); !ok {
			f, _ := before.Tree.Get(path)
			list[path] = kept{f, before.Sources[path], before.Drafts[path]}
		}
	}
	return list
}

// file returns a file of the tree.
func (m *moment) file(path string) (output.File, bool) {
	if m.Tree == nil {
		return output.File{}, false
	}
	return m.Tree.Get(path)
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

// latest returns the page of the file edited last, the first in byte order if
// there are several; "" if there is none or it is the one that is shown.
func (m *moment) latest(shown string) string {
	if len(m.Edited) == 0 {
		return ""
	}
	edited, page := m.Edited[len(m.Edited)-1], ""
	for _, sources := range [...]map[string]string{m.Sources, m.Missing} {
		for p, source := range sources {
			if source == edited && p == shown {
				return ""
			}
			if source == edited && (page == "" || p < page) {
				page = p
			}
		}
	}
	return page
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
