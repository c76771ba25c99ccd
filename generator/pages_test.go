package generator_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"
)

// TestPages builds the sites of testdata/pages without an error and holds every
// page to what the site promises. The file "want" names, a line each, a page
// and a text that stands in its HTML, or, after "!", one that does not.
func TestPages(t *testing.T) {
	for _, file := range archives(t, "testdata/pages") {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			site, want := split(t, readArchive(t, file))
			tree, report := buildTree(t, site)
			for _, d := range report.Diagnostics {
				t.Errorf("%s:%d:%d: %s", d.Path, d.Line, d.Column, d.Message)
			}
			pages := parsePages(t, tree)
			for _, p := range pages {
				if p.path != "404.html" { // which stands at any address
					checkPage(t, tree, pages, p)
				}
			}
			for line := range strings.Lines(want) {
				name, text, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
				text, not := strings.CutPrefix(text, "!")
				f, ok := tree.Get(name)
				if !ok {
					t.Errorf("there is no %s", name)
				} else if strings.Contains(string(f.Data), text) == not {
					t.Errorf("%s: %s\n%s", name, line, f.Data)
				}
			}
		})
	}
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
	if len(report.Diagnostics) > 0 {
		t.Errorf("%v", report.Diagnostics)
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
