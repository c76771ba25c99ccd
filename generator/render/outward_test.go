package render

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"

	"plumb/generator/config"
	"plumb/generator/site"
)

// TestSitemapParts shares pages out among files of which each may hold little: no
// page is lost, no file holds too much, and a file names them all.
func TestSitemapParts(t *testing.T) {
	r := &Renderer{site: &site.Site{Config: &config.Config{BaseURL: "https://example.com/a&b/"}}}
	var pages []Page
	var want []string
	for i := range 25 {
		p := Page{Path: fmt.Sprintf("p/%s%d & é.html", strings.Repeat("x", i*3), i), Layout: "page"}
		pages, want = append(pages, p), append(want, r.canonical(p.Path))
	}
	for _, limit := range []struct{ entries, size, parts int }{{50_000, 50 << 20, 1}, {25, 50 << 20, 1}, {24, 50 << 20, 2}, {7, 50 << 20, 4}, {50_000, 2000, 8}, {50_000, 1, 25}} {
		files := map[string][]byte{}
		for _, p := range r.sitemaps(slices.Clone(pages), limit.entries, limit.size)[len(pages):] {
			var b bytes.Buffer
			p.data(&b)
			files[p.Path] = b.Bytes()
		}
		var got []string
		names := []string{"sitemap.xml"}
		if limit.parts > 1 {
			names = nil
			for _, loc := range locs(t, files["sitemap.xml"], "sitemapindex") {
				names = append(names, strings.TrimPrefix(loc, r.site.Config.BaseURL))
			}
		}
		for _, name := range names {
			in := locs(t, files[name], "urlset")
			if len(in) > limit.entries || len(in) > 1 && len(files[name]) > limit.size {
				t.Errorf("%v: %s holds %d pages in %d bytes", limit, name, len(in), len(files[name]))
			}
			got = append(got, in...)
		}
		if len(names) != limit.parts || !slices.Equal(got, want) {
			t.Errorf("%v: %q hold %q", limit, names, got)
		}
	}
}

// locs are the addresses in a file of a sitemap.
func locs(t *testing.T, data []byte, root string) (out []string) {
	t.Helper()
	var f struct {
		XMLName xml.Name
		Entries []struct {
			Loc string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 loc"`
		} `xml:",any"`
	}
	if err := xml.Unmarshal(data, &f); err != nil || f.XMLName.Local != root {
		t.Fatal(err, f.XMLName)
	}
	for _, e := range f.Entries {
		out = append(out, e.Loc)
	}
	return out
}

// TestShortName: as many words as fit below an icon, and never none.
func TestShortName(t *testing.T) {
	for title, want := range map[string]string{
		"Playbooks": "Playbooks", "Northline Tools playbooks": "Northline", "The firm we are": "The firm we", "Verkaufshandbücher": "Verkaufshand",
		"  Two  words ": "Two words", "営業プレイブック集とその使い方": "営業プレイブック集とその", "": "",
	} {
		if got := shortName(title); got != want {
			t.Errorf("%q: %q", title, got)
		}
	}
}
