package generator_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"plumb/generator"
	"plumb/generator/diag"
	"plumb/generator/output"
	"plumb/themes"
)

// deskSite is the sample with an address, so that all that speaks to the world is
// made too.
func deskSite(t *testing.T, change func(*generator.Options)) (*output.Tree, *generator.Report) {
	t.Helper()
	root := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS(".."), "playbooks", func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			data, _ := os.ReadFile("../" + p)
			root[p] = &fstest.MapFile{Data: data}
		}
		return err
	})
	settings, more := os.ReadFile("../plumb.yaml")
	if err = errors.Join(err, more); err != nil {
		t.Fatal(err)
	}
	root["plumb.yaml"] = &fstest.MapFile{Data: append(settings, "\nbase_url: https://example.com/x/\nindexing: true\n"...)}
	o := generator.Options{Root: root, Themes: themes.FS(), AsOf: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)}
	change(&o)
	tree := &output.Tree{}
	report, err := generator.Build(context.Background(), o, tree)
	if err != nil {
		t.Fatal(err)
	}
	return tree, report
}

func isDesk(path string) bool {
	return strings.HasPrefix(path, "desk/") || strings.HasPrefix(path, "theme/desk")
}

// TestNoDeskUnlessAsked: a build without the desk has no file of it, no link to it
// and not a word about it; one with it has the same files beside it, but for the
// link at the foot of the pages.
func TestNoDeskUnlessAsked(t *testing.T) {
	without, _ := deskSite(t, func(*generator.Options) {})
	with, _ := deskSite(t, func(o *generator.Options) { o.Desk = true })
	link := strings.NewReplacer(`<p><a href="desk/index.html">The desk</a></p>`, "", `<p><a href="../desk/index.html">The desk</a></p>`, "", `<p><a href="../../desk/index.html">The desk</a></p>`, "", `<p><a href="/x/desk/index.html">The desk</a></p>`, "")
	for _, p := range without.Paths() {
		f, _ := without.Get(p)
		if isDesk(p) || bytes.Contains(f.Data, []byte("desk/index")) || bytes.Contains(f.Data, []byte("theme/desk")) || bytes.Contains(f.Data, []byte("desk-table")) {
			t.Errorf("%s is of the desk", p)
		}
		g, ok := with.Get(p)
		if p != "sw.js" && (!ok || link.Replace(string(g.Data)) != string(f.Data)) {
			t.Errorf("%s is another with the desk", p)
		}
	}
	some := 0
	for _, p := range with.Paths() {
		if isDesk(p) {
			some++
		} else if _, ok := without.Get(p); !ok {
			t.Errorf("%s comes with the desk and stands outside of it", p)
		}
	}
	if some < 50 {
		t.Errorf("the desk has %d files", some)
	}
}

// TestDeskIsNotFound: no page of the desk is in the search, the sitemap, a feed, the
// data for programs or what a device keeps, and none wants to be.
func TestDeskIsNotFound(t *testing.T) {
	tree, _ := deskSite(t, func(o *generator.Options) { o.Desk = true })
	for _, p := range tree.Paths() {
		f, _ := tree.Get(p)
		switch {
		case isDesk(p) && strings.HasSuffix(p, ".html"):
			if !bytes.Contains(f.Data, []byte(`<meta name="robots" content="noindex">`)) {
				t.Errorf("%s may be indexed", p)
			}
		case !isDesk(p) && !strings.HasSuffix(p, ".html"):
			if bytes.Contains(f.Data, []byte("desk/index")) || bytes.Contains(f.Data, []byte("desk/findings")) || bytes.Contains(f.Data, []byte("theme/desk")) || bytes.Contains(f.Data, []byte(`"desk"`)) {
				t.Errorf("%s names the desk", p)
			}
		}
	}
}

// TestDeskComesWhenAskedFor: a preview lists no page of the desk and has each that
// a build has; links on them lead to what is there.
func TestDeskComesWhenAskedFor(t *testing.T) {
	all, _ := deskSite(t, func(o *generator.Options) { o.Desk = true })
	late, _ := deskSite(t, func(o *generator.Options) { o.Desk, o.PagesOnly = true, true })
	for _, p := range late.Paths() {
		if strings.HasPrefix(p, "desk/") {
			t.Errorf("%s is made before anybody asks", p)
		}
	}
	for _, p := range all.Paths() {
		if !isDesk(p) {
			continue
		}
		f, ok := late.Get(p)
		g, _ := all.Get(p)
		if !ok || strings.HasSuffix(p, ".csv") && f.Sum != g.Sum {
			t.Errorf("%s is not there, or another", p)
		}
	}
	for _, p := range []string{"desk/", "desk/nothing.html", "desk/reading/playbooks/nothing.html", "desk/findings.9.html", "desk/index.2.html"} {
		if _, ok := late.Get(p); ok {
			t.Errorf("there is a %s", p)
		}
	}
}

// TestDeskHasNames of all pages, tables and columns: no key stands on a page.
func TestDeskHasNames(t *testing.T) {
	for _, lang := range []string{"en", "de", "ja"} {
		tree, _ := deskSite(t, func(o *generator.Options) {
			o.Desk = true
			settings := o.Root.(fstest.MapFS)["plumb.yaml"]
			settings.Data = bytes.Replace(settings.Data, []byte("language: en"), []byte("language: "+lang), 1)
		})
		for _, p := range tree.Paths() {
			if f, _ := tree.Get(p); strings.HasPrefix(p, "desk/") && (bytes.Contains(f.Data, []byte(">desk.")) || bytes.Contains(f.Data, []byte(`"desk.`))) {
				i := max(bytes.Index(f.Data, []byte(">desk.")), bytes.Index(f.Data, []byte(`"desk.`)))
				t.Errorf("%s, %s: %s", lang, p, f.Data[i:min(i+40, len(f.Data))])
			}
		}
	}
}

// TestDeskFaultIsTold: a site's own layout of the desk that fails is an error, and
// is told before anybody opens a page.
func TestDeskFaultIsTold(t *testing.T) {
	for _, preview := range []bool{false, true} {
		_, report := deskSite(t, func(o *generator.Options) {
			o.Desk, o.PagesOnly = true, preview
			o.Root.(fstest.MapFS)["themes/default/layouts/desk.html"] = &fstest.MapFile{Data: []byte(`{{define "main"}}{{.Desk.Nonsense}}{{end}}`)}
		})
		paths := []string{}
		for _, d := range report.Diagnostics {
			if d.Severity == diag.Error {
				paths = append(paths, d.Path)
			}
		}
		if !slices.Equal(paths, []string{"themes/default/layouts/desk.html"}) {
			t.Errorf("preview %v: %v", preview, report.Diagnostics)
		}
	}
}
