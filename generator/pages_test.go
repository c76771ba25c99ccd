package generator_test

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"plumb/generator/diag"
)

// TestPages builds the sites of testdata/pages without an error and holds every
// page to what the site promises. The file "want" names, a line each, a file
// and a text that stands in it or, after "!", one that does not; a line "!file"
// names a file that is not there.
func TestPages(t *testing.T) {
	for _, file := range archives(t, "testdata/pages") {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			site, want := split(t, readArchive(t, file))
			tree, report := buildTree(t, site)
			for _, d := range report.Diagnostics {
				if d.Severity < diag.Error {
					continue // testdata/broken shows what is said
				}
				t.Errorf("%s:%d:%d: %s", d.Path, d.Line, d.Column, d.Message)
			}
			pages := parsePages(t, tree)
			for _, p := range pages {
				// 404.html stands at any address; see TestNotFoundIsRooted.
				if p.path != "404.html" && !redirects(p) {
					checkPage(t, tree, pages, p)
				}
			}
			for line := range strings.Lines(want) {
				name, text, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
				text, not := strings.CutPrefix(text, "!")
				name, absent := strings.CutPrefix(name, "!")
				f, ok := tree.Get(name)
				if ok == absent {
					t.Errorf("%s: there is one: %t", name, ok)
				} else if ok && strings.Contains(string(f.Data), text) == not {
					t.Errorf("%s: %s\n%s", name, line, f.Data)
				}
			}
		})
	}
}

// redirects reports whether a page only leads to another.
func redirects(p *page) bool {
	found := false
	each(p.doc, func(n *html.Node) { found = found || attr(n, "http-equiv") == "refresh" })
	return found
}

// TestLaterPages has an index of several pages: links lead to the page on which
// an entry stands, also those to a part of one and those to and from its notes.
func TestLaterPages(t *testing.T) {
	var house strings.Builder
	for i := range 130 {
		fmt.Fprintf(&house, "## Entry %d\n\nText[^%d] of [a part](#inner-%d).\n\n> ### Inner %d\n\n[^%d]: Note.\n\n", i, i, (i+70)%130, i, i)
	}
	tree, report := buildTree(t, fstest.MapFS{
		"playbooks/processes.md": {Data: []byte(house.String())},
		"playbooks/about.md":     {Data: []byte("[an entry](processes.md#entry-99), [a part](processes.md#inner-99)\n")},
	})
	if list := besideRules(report.Diagnostics); len(list) > 0 {
		t.Errorf("%v", list)
	}
	pages := parsePages(t, tree)
	if pages["processes.3.html"] == nil {
		t.Fatal("too few pages for this test")
	}
	for _, p := range pages {
		checkPage(t, tree, pages, p)
	}
}

// TestNotFoundIsRooted has every link of 404.html begin at the server's root,
// for it stands at any address.
func TestNotFoundIsRooted(t *testing.T) {
	for _, site := range []string{"anchors", "below-a-path"} {
		archive, _ := split(t, readArchive(t, "testdata/pages/"+site+".txtar"))
		tree, _ := buildTree(t, archive)
		root := map[string]string{"anchors": "/", "below-a-path": "/sales/team/"}[site]
		links := 0
		each(parsePages(t, tree)["404.html"].doc, func(n *html.Node) {
			to := attr(n, "href") + attr(n, "src")
			if to == "" || strings.HasPrefix(to, "#") {
				return
			}
			if links++; !strings.HasPrefix(to, root) {
				t.Errorf("%s: %s", site, to)
			}
		})
		if links < 3 {
			t.Errorf("%s: %d links", site, links)
		}
	}
}

// TestLists has more of everything than one page of a list holds.
func TestLists(t *testing.T) {
	site := fstest.MapFS{}
	for i := range 151 {
		text := fmt.Sprintf("---\nposition: %d\nsegment: [all, s%d]\n---\n# P%d\n\n## Selling tasks\n\n### Engineer\n\n1. Call.\n\n### Special %d engineer\n\n1. Call.\n\n"+
			"## Support processes\n\n### Loan pool\n\nText.\n\n## Metrics\n\n| Metric | Owner |\n| --- | --- |\n| Calls %d | Engineer |\n", i%101, i, i, i, i)
		site[fmt.Sprintf("playbooks/p%d.md", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, report := buildTree(t, site)
	if list := besideRules(report.Diagnostics); len(list) > 0 {
		t.Errorf("%v", list)
	}
	pages := parsePages(t, tree)
	for _, p := range pages {
		checkPage(t, tree, pages, p)
	}
	for name, want := range map[string]map[string]int{
		"index.html":            {"bins": 1, "more": 3, "dots": 0},
		"line/0.html":           {"ref": 10},
		"line/95.html":          {"ref": 6},
		"roles/engineer.html":   {"card": 26, "from": 25, "pager": 1},
		"roles/engineer.7.html": {"card": 2, "from": 1, "dots": 0},
		"segments/all.7.html":   {"card": 1, "dots": 1},
		"roles.2.html":          {"links": 1, "pager": 1},
		"segments.2.html":       {"links": 1, "pager": 1},
		"processes.html":        {"uses": 1, "refs": 0},
		"processes.3.html":      {"uses": 1, "card": 1},
	} {
		for class, n := range want {
			if got := classes(pages[name])[class]; got != n {
				t.Errorf("%s has %d elements of the class %s, not %d", name, got, class, n)
			}
		}
	}
	for _, name := range []string{"roles/engineer.8.html", "processes.4.html", "metrics.4.html", "roles.3.html"} {
		if pages[name] != nil {
			t.Errorf("there is a page %s", name)
		}
	}
	follow(t, pages, "roles/engineer.html", "next", 7)
	follow(t, pages, "roles/engineer.7.html", "prev", 7)
	if f, _ := tree.Get("processes.2.html"); !strings.Contains(string(f.Data), "(continued)") {
		t.Error("processes.2.html does not say that the process began before")
	}
}

// classes counts the elements of a page by their classes.
func classes(p *page) map[string]int {
	out := map[string]int{}
	if p != nil {
		each(p.doc, func(n *html.Node) {
			for _, c := range strings.Fields(attr(n, "class")) {
				out[c]++
			}
		})
	}
	return out
}

// follow goes through a list by its links of one relation and counts the pages.
func follow(t *testing.T, pages map[string]*page, at, rel string, want int) {
	t.Helper()
	begin, n := at, 0
	for at != "" && n <= want {
		n++
		next := ""
		each(pages[at].doc, func(e *html.Node) {
			if attr(e, "rel") == rel {
				next = path.Join(path.Dir(at), attr(e, "href"))
			}
		})
		at = next
	}
	if n != want {
		t.Errorf("%d pages by %s from %s, not %d", n, rel, begin, want)
	}
}
