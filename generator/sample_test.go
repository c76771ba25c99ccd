package generator_test

import (
	"context"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"os"
	"path"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"

	"plumb/generator"
	"plumb/generator/output"
	"plumb/themes"
)

// sampleDay is the day the sample site is built for in tests.
var sampleDay = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

// buildTree builds a site into memory.
func buildTree(t testing.TB, root fs.FS) (*output.Tree, *generator.Report) {
	t.Helper()
	tree := new(output.Tree)
	report, err := generator.Build(context.Background(), generator.Options{Root: root, Themes: themes.FS(), AsOf: sampleDay}, tree)
	if err != nil {
		t.Fatal(err)
	}
	return tree, report
}

func TestSampleHasNoFinding(t *testing.T) {
	_, report := buildTree(t, os.DirFS(".."))
	for _, d := range report.Diagnostics {
		t.Errorf("%s:%d:%d: %s", d.Path, d.Line, d.Column, d.Message)
	}
}

// shuffled is a file system whose folders list their entries in random order.
type shuffled struct{ fs.FS }

func (s shuffled) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(s.FS, name)
	rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list, err
}

// TestSameBytes builds the sample under other circumstances: none of them may
// show in a byte of the output.
func TestSameBytes(t *testing.T) {
	want, _ := buildTree(t, os.DirFS(".."))
	circumstances := map[string]func() fs.FS{
		"again":         func() fs.FS { return os.DirFS("..") },
		"one processor": func() fs.FS { runtime.GOMAXPROCS(1); return os.DirFS("..") },
		"eight":         func() fs.FS { runtime.GOMAXPROCS(8); return os.DirFS("..") },
		"shuffled":      func() fs.FS { return shuffled{os.DirFS("..")} },
		"time zone": func() fs.FS {
			time.Local = time.FixedZone("far east", 14*3600)
			return os.DirFS("..")
		},
		"locale": func() fs.FS {
			t.Setenv("LANG", "tr_TR.UTF-8")
			t.Setenv("LC_ALL", "tr_TR.UTF-8")
			return os.DirFS("..")
		},
	}
	processors, local := runtime.GOMAXPROCS(0), time.Local
	for name, set := range circumstances {
		got, _ := buildTree(t, set())
		runtime.GOMAXPROCS(processors)
		time.Local = local
		if diff := want.Diff(got); len(diff) > 0 {
			t.Errorf("%s: %v", name, diff)
		}
	}
}

// page is one parsed page of the output.
type page struct {
	path string
	doc  *html.Node
	ids  map[string]int
}

func parsePages(t *testing.T, tree *output.Tree) map[string]*page {
	t.Helper()
	pages := map[string]*page{}
	for _, name := range tree.Paths() {
		if path.Ext(name) != ".html" {
			continue
		}
		f, _ := tree.Get(name)
		doc, err := html.Parse(strings.NewReader(string(f.Data)))
		if err != nil {
			t.Fatal(err)
		}
		p := &page{name, doc, map[string]int{}}
		each(doc, func(n *html.Node) {
			if id := attr(n, "id"); id != "" {
				p.ids[id]++
			}
		})
		pages[name] = p
	}
	return pages
}

// each calls f for every element below a node.
func each(n *html.Node, f func(*html.Node)) {
	if n.Type == html.ElementNode {
		f(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, f)
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// TestSamplePages holds every page of the sample to what the site promises:
// links that lead somewhere, ids that stand once, one h1, no heading level left
// out, nothing inline, nothing from another host.
func TestSamplePages(t *testing.T) {
	tree, _ := buildTree(t, os.DirFS(".."))
	pages := parsePages(t, tree)
	for _, p := range pages {
		checkPage(t, tree, pages, p)
	}
}

func checkPage(t *testing.T, tree *output.Tree, pages map[string]*page, p *page) {
	for id, n := range p.ids {
		if n > 1 {
			t.Errorf("%s: the id %s stands %d times", p.path, id, n)
		}
	}
	h1, level := 0, 0
	each(p.doc, func(n *html.Node) {
		if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
			now := int(n.Data[1] - '0')
			if now == 1 {
				h1++
			}
			if now > level+1 {
				t.Errorf("%s: h%d follows h%d", p.path, now, level)
			}
			level = now
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
				t.Errorf("%s: the attribute %s on %s", p.path, a.Key, n.Data)
			case attr(n, "rel") == "canonical":
			case a.Key == "href" || a.Key == "src":
				checkLink(t, tree, pages, p, n, a.Val)
			}
		}
		if n.Data == "style" || n.Data == "script" && attr(n, "src") == "" {
			t.Errorf("%s: an inline %s", p.path, n.Data)
		}
	})
	if h1 != 1 {
		t.Errorf("%s has %d h1", p.path, h1)
	}
}

func checkLink(t *testing.T, tree *output.Tree, pages map[string]*page, p *page, n *html.Node, to string) {
	u, err := url.Parse(to)
	if err != nil {
		t.Errorf("%s: %v", p.path, err)
		return
	}
	if u.Scheme != "" {
		if n.Data != "a" || u.Scheme == "javascript" {
			t.Errorf("%s: %s loads %s", p.path, n.Data, to)
		}
		return
	}
	at := path.Join(path.Dir(p.path), u.Path)
	if strings.HasPrefix(u.Path, "/") {
		if p.path != "404.html" {
			t.Errorf("%s: a link from the server's root: %s", p.path, to)
		}
		at = strings.TrimPrefix(u.Path, "/")
	}
	if u.Path == "" {
		at = p.path
	}
	if at == "" || at == "." {
		at = "index.html"
	}
	if _, ok := tree.Get(at); !ok {
		t.Errorf("%s: %s leads nowhere", p.path, to)
		return
	}
	if target := pages[at]; u.Fragment != "" && (target == nil || target.ids[u.Fragment] == 0) {
		t.Errorf("%s: %s names no place on the page", p.path, to)
	}
}

// TestHeadingsOfOneRank: lines of bold text among tasks are headings of one
// rank, whatever stands between them; below a heading they are one deeper.
func TestHeadingsOfOneRank(t *testing.T) {
	const text = "---\nposition: 1\nsegment: s\n---\n## Selling tasks\n\n**One**\n\n- a\n\n**Two**\n\n- b\n\n#### Deep\n\n**Three**\n\n- c\n"
	tree, _ := buildTree(t, fstest.MapFS{"playbooks/p.md": {Data: []byte(text)}})
	f, _ := tree.Get("playbooks/p.html")
	for _, want := range []string{`<h3 class="group" id="one">`, `<h3 class="group" id="two">`, `<h3 class="group" id="deep">`, `<h4 class="group" id="three">`} {
		if !strings.Contains(string(f.Data), want) {
			t.Errorf("no %s in\n%s", want, f.Data)
		}
	}
}
