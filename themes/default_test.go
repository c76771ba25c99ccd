package themes_test

import (
	"bytes"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"plumb/generator/render"
	"plumb/generator/theme"
	"plumb/themes"
)

func load(t testing.TB, lang string) *theme.Theme {
	t.Helper()
	files, err := fs.Sub(themes.FS(), "default")
	if err != nil {
		t.Fatal(err)
	}
	th, list := theme.Load([]fs.FS{files}, []string{"themes/default/"}, lang)
	for _, d := range list {
		t.Errorf("%v", d)
	}
	return th
}

// TestMinifiedIsTheSameDocument compares the pages that the minified templates
// make with those of the templates as written.
func TestMinifiedIsTheSameDocument(t *testing.T) {
	th := load(t, "en")
	for name, v := range views() {
		render.Enclose(th, &v)
		var small, plain bytes.Buffer
		if list := th.Execute(&small, v.Kind, v); len(list) > 0 {
			t.Fatalf("%s: %v", name, list)
		}
		if err := th.Plain(&plain, v.Kind, v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, want := outline(t, &small), outline(t, &plain)
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Errorf("%s differs from node %d:\nminified %q\nplain    %q", name, i, window(got, i), window(want, i))
				break
			}
		}
	}
}

func window(list []string, i int) []string {
	return list[max(0, min(i-3, len(list))):min(i+4, len(list))]
}

// outline lists a document's nodes: elements with their attributes, texts with
// their white space as a browser shows it, and which element ends.
func outline(t *testing.T, page *bytes.Buffer) []string {
	doc, err := html.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			if s := visible(n); s != "" {
				out = append(out, s)
			}
		case html.ElementNode:
			out = append(out, "<"+n.Data+">"+attributes(n))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if n.Type == html.ElementNode {
			out = append(out, "</"+n.Data+">")
		}
	}
	walk(doc)
	return out
}

const inline = " a b bdi code em i img input span strong sup svg time "

// visible returns a text with its white space collapsed, and without any at
// the edge of a block.
func visible(n *html.Node) string {
	s := spaces.ReplaceAllString(n.Data, " ")
	if beside := n.PrevSibling; beside == nil || !strings.Contains(inline, " "+beside.Data+" ") {
		s = strings.TrimLeft(s, " ")
	}
	if beside := n.NextSibling; beside == nil || !strings.Contains(inline, " "+beside.Data+" ") {
		s = strings.TrimRight(s, " ")
	}
	return s
}

var spaces = regexp.MustCompile(`[ \t\r\n]+`)

func attributes(n *html.Node) string {
	var list []string
	for _, a := range n.Attr {
		list = append(list, a.Key+"="+strings.Join(strings.Fields(a.Val), " "))
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

func BenchmarkPlaybook(b *testing.B) {
	th, v := load(b, "en"), playbookView()
	render.Enclose(th, &v)
	var page bytes.Buffer
	for b.Loop() {
		page.Reset()
		if list := th.Execute(&page, "playbook", &v); len(list) > 0 {
			b.Fatal(list)
		}
	}
	b.SetBytes(int64(page.Len()))
}
