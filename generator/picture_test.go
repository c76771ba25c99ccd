package generator_test

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"plumb/generator"
	"plumb/generator/output"
	"plumb/themes"
)

// shown returns the img elements of a page's content, each as its attributes.
func shown(t *testing.T, tree *output.Tree, page string) (out []string) {
	t.Helper()
	f, ok := tree.Get(page)
	if !ok {
		t.Fatalf("no %s among %v", page, tree.Paths())
	}
	doc, err := html.Parse(strings.NewReader(string(f.Data)))
	if err != nil {
		t.Fatal(err)
	}
	each(doc, func(n *html.Node) {
		if n.Data != "img" {
			return
		}
		var attrs []string
		for _, a := range n.Attr {
			attrs = append(attrs, a.Key+"="+a.Val)
		}
		out = append(out, strings.Join(attrs, " "))
	})
	return out
}

// TestPictures shows a picture on its own page and, with a task, on the page of
// a role; the logo stands on both, as high as the header.
func TestPictures(t *testing.T) {
	tree, report := buildTree(t, fstest.MapFS{
		"plumb.yaml":             {Data: []byte("theme: {logo: logo.svg}\n")},
		"logo.svg":               {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"/>`)},
		"playbooks/a.md":         {Data: []byte("---\nposition: 10\nsegment: s\n---\n# A\n\n## Selling tasks\n\n### Account manager\n\n- Show ![the \"plan\"](img/plan.svg \"Plan\")\n")},
		"playbooks/img/plan.svg": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"/>`)},
	})
	if list := besideRules(report.Diagnostics); len(list) > 0 {
		t.Errorf("%v", list)
	}
	for page, root := range map[string]string{"playbooks/a.html": "../", "roles/account-manager.html": "../"} {
		plan := "img/plan.svg"
		if strings.HasPrefix(page, "roles/") {
			plan = "../playbooks/img/plan.svg"
		}
		want := []string{
			"src=" + root + "theme/logo.svg alt= width=96 height=32",
			`src=` + plan + ` alt=the "plan" title=Plan width=640 height=480 loading=lazy decoding=async`,
		}
		if got := shown(t, tree, page); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %q, want %q", page, got, want)
		}
	}
}

// counted is a site that counts how often each file is opened.
type counted struct {
	*edited
	mu     sync.Mutex
	opened map[string]int
}

func (c *counted) Open(name string) (fs.File, error) {
	c.mu.Lock()
	c.opened[name]++
	c.mu.Unlock()
	return c.edited.Open(name)
}

// TestPictureIsMeasuredOnce builds again and again: a picture is read once for
// each of its versions, however many pages show it, and a new size makes the pages
// anew that show it, and no others.
func TestPictureIsMeasuredOnce(t *testing.T) {
	m := &edited{files: fstest.MapFS{}, versions: map[string]uint64{}}
	site := &counted{edited: m, opened: map[string]int{}}
	m.write("playbooks/a.md", "# A\n\n![Plan](plan.svg)\n")
	m.write("playbooks/b.md", "# B\n\n![Plan](plan.svg) and ![Plan](plan.svg)\n")
	m.write("playbooks/c.md", "# C\n\n[Plan](plan.svg)\n")
	b := generator.NewBuilder(generator.Options{Root: site, Themes: themes.FS()})
	for i, step := range []struct {
		size         string
		opened, made int
	}{{"640x480", 1, -1}, {"640x480", 1, 0}, {"800x600", 2, 2}} {
		w, h, _ := strings.Cut(step.size, "x")
		m.write("playbooks/plan.svg", `<svg width="`+w+`" height="`+h+`"/>`)
		tree := &output.Tree{}
		report, err := b.Build(context.Background(), tree)
		if err != nil || len(report.Diagnostics) > 0 {
			t.Fatal(err, report.Diagnostics)
		}
		if step.made >= 0 && report.Made != step.made {
			t.Errorf("%d: %d pages made, not %d", i, report.Made, step.made)
		}
		if got := site.opened["playbooks/plan.svg"]; got != step.opened {
			t.Errorf("%d: the picture was opened %d times, not %d", i, got, step.opened)
		}
		for page, n := range map[string]int{"a.html": 1, "b.html": 2, "c.html": 0} {
			list := strings.Join(shown(t, tree, page), "\n")
			if got := strings.Count(list, "width="+w+" height="+h+" "); got != n {
				t.Errorf("%d: %s shows %d pictures of %s: %s", i, page, got, step.size, list)
			}
		}
	}
}

// TestBrandIsPublished has the site's own colours at the end of the style sheet,
// of Plumb's theme and of the site's own.
func TestBrandIsPublished(t *testing.T) {
	site := fstest.MapFS{
		"plumb.yaml":     {Data: []byte("theme:\n  accent: rgb(0 64 0)\n  more: '#900'\n")},
		"playbooks/a.md": {Data: []byte("# A\n")},
	}
	for _, own := range []string{"", ":root { --paper: #fff }"} {
		if own != "" {
			site["themes/default/assets/plumb.css"] = &fstest.MapFile{Data: []byte(own)}
		}
		tree, report := buildTree(t, site)
		if len(report.Diagnostics) > 0 {
			t.Errorf("%v", report.Diagnostics)
		}
		css, _ := tree.Get("theme/plumb.css")
		_, rule, ok := strings.Cut(string(css.Data), ":root{--brand:light-dark(#004000,#")
		if !ok || !strings.Contains(rule, ";--more:light-dark(#990000,#") || !strings.HasSuffix(rule, ")}") {
			t.Errorf("the style sheet ends in %q", css.Data[max(0, len(css.Data)-200):])
		}
		page, _ := tree.Get("a.html")
		if strings.Contains(string(page.Data), "004000") || strings.Contains(string(page.Data), "style=") {
			t.Errorf("%s", page.Data)
		}
	}
}
