package generator_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"image/png"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"

	"plumb/generator/output"
)

const base = "https://playbooks.example.com/sales&co/"

// sampleAt is the sample with more settings, and with pages of every status.
func sampleAt(t *testing.T, settings string) fs.FS {
	site := sampleSite(t)
	site.write("plumb.yaml", string(site.files["plumb.yaml"].Data)+"\n"+settings)
	for name, tags := range map[string]string{
		"retired": "status: retired", "draft": "status: draft", "case": "illustrative: true", "undated": "owner: Nobody",
		"new": "changed: 2026-10-30\nowner: Dana Okafor <dana@example.com>\nlang: de", "twice": "changed: 2026-10-30",
		"reviewed": "reviewed: 2026-10-31", "later": "publish_from: 2027-01-01",
	} {
		if !strings.Contains(tags, "reviewed:") && !strings.Contains(tags, "changed:") && name != "undated" {
			tags += "\nchanged: 2026-10-31"
		}
		site.write("playbooks/x/"+name+".md", "---\ntitle: The <"+name+"> & more\nposition: 20\nsegment: hospitals\n"+tags+"\n---\n## Value proposition\n\nFor “them” & us.\n\n## Selling tasks\n\n### Legal\n\n1. Read\n")
	}
	site.write("playbooks/x & y.md", "---\nchanged: 2026-02-03\n---\n# X & y\n")
	return site
}

// headOf are the elements of a page's head that carry a name and a value.
func headOf(p *page) map[string]string {
	out := map[string]string{}
	each(p.doc, func(n *html.Node) {
		switch n.Data {
		case "meta":
			if key := attr(n, "name") + attr(n, "property"); key != "" {
				out[key] += attr(n, "content")
			}
		case "link":
			out[attr(n, "rel")] += attr(n, "href")
		}
	})
	return out
}

// TestHeads holds the head of every page to what its page is.
func TestHeads(t *testing.T) {
	for _, settings := range []string{"", "base_url: " + base, "base_url: " + base + "\nindexing: true"} {
		tree, _ := buildTree(t, sampleAt(t, settings))
		for _, p := range parsePages(t, tree) {
			head := headOf(p)
			want := map[string]string{}
			if !redirects(p) && p.path != "404.html" && p.path != "offline.html" {
				want["og:site_name"] = "Northline Tools playbooks"
				want["og:type"] = "website"
				if strings.HasPrefix(p.path, "playbooks/") || p.path == "about.html" || p.path == "x & y.html" || p.path == "assets/audit-form.html" {
					want["og:type"] = "article"
				}
				want["og:description"] = head["description"]
				if settings != "" {
					at := base + (&url.URL{Path: p.path}).EscapedPath()
					if p.path == "index.html" {
						at = base
					}
					want["og:url"], want["canonical"], want["og:image"] = at, at, base+"theme/icon-512.png"
				}
			}
			for _, key := range []string{"og:site_name", "og:type", "og:description", "og:url", "og:image", "canonical"} {
				if head[key] != want[key] {
					t.Errorf("%s: %s is %q, not %q", p.path, key, head[key], want[key])
				}
			}
			if title := head["og:title"]; (title == "") != (want["og:type"] == "") {
				t.Errorf("%s: og:title is %q", p.path, title)
			}
			if link := head["manifest"]; !redirects(p) && path.Join(path.Dir("/"+p.path), link) != "/manifest.webmanifest" && p.path != "404.html" {
				t.Errorf("%s leads to the manifest %s", p.path, link)
			}
		}
	}
}

type sitemapFile struct {
	XMLName xml.Name
	URLs    []struct {
		Loc     string `xml:"loc"`
		Lastmod string `xml:"lastmod"`
	} `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 url"`
}

// TestSitemap: of a site that lets search engines in, it names just the pages
// that say nothing against it.
func TestSitemap(t *testing.T) {
	tree, _ := buildTree(t, sampleAt(t, "base_url: "+base+"\nindexing: true"))
	var m sitemapFile
	decodeXML(t, tree, "sitemap.xml", &m)
	got, days := map[string]bool{}, map[string]string{}
	for _, u := range m.URLs {
		rest, ok := strings.CutPrefix(u.Loc, base)
		name, err := url.PathUnescape(rest)
		if !ok || err != nil || got[name] {
			t.Errorf("%q, %v", u.Loc, err)
		}
		if name == "" {
			name = "index.html"
		}
		got[name], days[name] = true, u.Lastmod
	}
	want := map[string]bool{}
	for _, p := range parsePages(t, tree) {
		if headOf(p)["robots"] == "" {
			want[p.path] = true
		}
	}
	if !maps.Equal(got, want) || len(got) < 30 {
		t.Errorf("it names %v, not %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
	for name, day := range map[string]string{"playbooks/x/new.html": "2026-10-30", "playbooks/x/reviewed.html": "2026-10-31", "playbooks/x/undated.html": "", "x & y.html": "2026-02-03", "index.html": ""} {
		if days[name] != day {
			t.Errorf("%s was changed on %q, not %q", name, days[name], day)
		}
	}
	if m.XMLName.Local != "urlset" {
		t.Error(m.XMLName)
	}
}

func decodeXML(t *testing.T, tree *output.Tree, name string, into any) {
	t.Helper()
	f, ok := tree.Get(name)
	if !ok || !bytes.HasPrefix(f.Data, []byte(`<?xml version="1.0" encoding="UTF-8"?>`+"\n")) {
		t.Fatalf("no %s: %.80s", name, f.Data)
	}
	if err := xml.Unmarshal(f.Data, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// TestRobots reads robots.txt for each way a site may be set.
func TestRobots(t *testing.T) {
	for settings, want := range map[string]string{
		"": "User-agent: *\nDisallow: /\n", "indexing: true": "User-agent: *\nAllow: /\n",
		"base_url: https://example.com":                 "User-agent: *\nDisallow: /\n",
		"base_url: https://example.com\nindexing: true": "User-agent: *\nAllow: /\nSitemap: https://example.com/sitemap.xml\n",
	} {
		tree, _ := buildTree(t, fstest.MapFS{"plumb.yaml": {Data: []byte(settings + "\n")}, "playbooks/a.md": {Data: []byte("---\nreviewed: 2026-01-01\nposition: 1\nsegment: s\n---\n")}})
		if f, _ := tree.Get("robots.txt"); string(f.Data) != want {
			t.Errorf("%q: %q", settings, f.Data)
		}
		for _, name := range []string{"sitemap.xml", "feed.xml", "segments/s.xml"} {
			if _, ok := tree.Get(name); ok != strings.Contains(settings, "base_url") {
				t.Errorf("%q: %s: %t", settings, name, ok)
			}
		}
	}
}

type atomPerson struct {
	Name  string `xml:"http://www.w3.org/2005/Atom name"`
	Email string `xml:"http://www.w3.org/2005/Atom email"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

// atom is what RFC 4287 asks of a feed and of an entry.
type atom struct {
	XMLName xml.Name
	Lang    string       `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID      []string     `xml:"http://www.w3.org/2005/Atom id"`
	Title   []string     `xml:"http://www.w3.org/2005/Atom title"`
	Updated []string     `xml:"http://www.w3.org/2005/Atom updated"`
	Summary []string     `xml:"http://www.w3.org/2005/Atom summary"`
	Author  []atomPerson `xml:"http://www.w3.org/2005/Atom author"`
	Links   []atomLink   `xml:"http://www.w3.org/2005/Atom link"`
	Entries []atom       `xml:"http://www.w3.org/2005/Atom entry"`
}

func (a atom) link(rel string) (out string) {
	for _, l := range a.Links {
		if l.Rel == rel {
			out += l.Href
		}
	}
	return out
}

// valid holds a feed or an entry to RFC 4287.
func (a atom) valid(t *testing.T, what string) {
	if len(a.ID) != 1 || len(a.Title) != 1 || len(a.Updated) != 1 || len(a.Summary) > 1 || len(a.Author) > 1 || a.Title[0] == "" {
		t.Fatalf("%s: %+v", what, a)
	}
	if u, err := url.Parse(a.ID[0]); err != nil || !u.IsAbs() {
		t.Errorf("%s: the id %q is no IRI", what, a.ID[0])
	}
	if day, err := time.Parse(time.RFC3339, a.Updated[0]); err != nil || !day.Equal(day.Truncate(24*time.Hour)) {
		t.Errorf("%s: updated %q", what, a.Updated[0])
	}
	if to := a.link("alternate"); !strings.HasPrefix(to, base) {
		t.Errorf("%s leads to %q", what, to)
	}
}

func feedOf(t *testing.T, tree *output.Tree, name string) atom {
	t.Helper()
	var a atom
	decodeXML(t, tree, name, &a)
	if a.valid(t, name); a.XMLName.Local != "feed" || len(a.Author) != 1 || a.Author[0].Name == "" || len(a.Entries) == 0 || len(a.Entries) > 30 {
		t.Fatalf("%s: %+v", name, a)
	}
	if self := a.link("self"); self != base+name || a.ID[0] != self {
		t.Errorf("%s calls itself %s", name, self)
	}
	seen := map[string]bool{}
	for i, e := range a.Entries {
		if e.valid(t, name); seen[e.ID[0]] || i > 0 && e.Updated[0] > a.Entries[i-1].Updated[0] {
			t.Errorf("%s: %s stands twice, or out of order", name, e.ID[0])
		}
		seen[e.ID[0]] = true
		if page, err := url.PathUnescape(strings.TrimPrefix(e.link("alternate"), base)); err != nil || !has(tree, page) {
			t.Errorf("%s: %s leads nowhere", name, e.link("alternate"))
		}
	}
	if a.Updated[0] != a.Entries[0].Updated[0] {
		t.Errorf("%s: updated %s", name, a.Updated[0])
	}
	return a
}

func has(tree *output.Tree, name string) bool {
	_, ok := tree.Get(name)
	return ok
}

// TestFeeds reads all feeds of the sample, and what leads to them.
func TestFeeds(t *testing.T) {
	tree, _ := buildTree(t, sampleAt(t, "base_url: "+base))
	linked := map[string]bool{}
	for _, p := range parsePages(t, tree) {
		if to := headOf(p)["alternate"]; to != "" {
			name := path.Join(path.Dir(p.path), to)
			linked[name] = true
			if a := feedOf(t, tree, name); a.link("alternate") != strings.TrimSuffix(base+p.path, "index.html") {
				t.Errorf("%s leads to %s, the feed of %s", p.path, name, a.link("alternate"))
			}
		}
	}
	for _, name := range tree.Paths() {
		if path.Ext(name) == ".xml" && name != "sitemap.xml" && !linked[name] {
			t.Errorf("nothing leads to %s", name)
		}
	}
	if !linked["feed.xml"] || !linked["roles/legal.xml"] || !linked["segments/hospitals.xml"] {
		t.Error(linked)
	}
	legal := feedOf(t, tree, "roles/legal.xml")
	var titles []string
	for _, e := range legal.Entries {
		if at := e.link("alternate"); strings.Contains(at, "/x/") {
			titles = append(titles, e.Title[0]+" "+e.Updated[0][:10])
		}
	}
	// Of one day, by address.
	if want := []string{"The <reviewed> & more 2026-10-31", "The <new> & more 2026-10-30", "The <twice> & more 2026-10-30"}; !slices.Equal(titles, want) {
		t.Errorf("%q", titles)
	}
	german := legal.Entries[1]
	if german.Lang != "de" || german.Author[0] != (atomPerson{Name: "Dana Okafor"}) || german.Summary[0] != "For “them” & us." {
		t.Errorf("%+v", german)
	}
}

// TestFeedsAreBounded: a feed holds the newest thirty, however the site is made.
func TestFeedsAreBounded(t *testing.T) {
	site := fstest.MapFS{"plumb.yaml": {Data: []byte("base_url: " + base + "\n")}}
	for i := range 90 {
		site[fmt.Sprintf("playbooks/p%02d.md", i*37%90)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: P\nposition: 1\nsegment: s\nreviewed: 2026-%02d-01\n---\n", i%9+1)}
	}
	tree, _ := buildTree(t, site)
	a := feedOf(t, tree, "feed.xml")
	if len(a.Entries) != 30 || a.Entries[9].Updated[0] != "2026-09-01T00:00:00Z" || a.Entries[29].Updated[0] != "2026-07-01T00:00:00Z" {
		t.Error(len(a.Entries), a.Entries)
	}
	for i := range 29 {
		if a.Entries[i].Updated[0] == a.Entries[i+1].Updated[0] && a.Entries[i].ID[0] > a.Entries[i+1].ID[0] {
			t.Errorf("%s before %s", a.Entries[i].ID[0], a.Entries[i+1].ID[0])
		}
	}
}

// TestManifest reads the web manifest: what it names is there, and it holds
// wherever the site stands.
func TestManifest(t *testing.T) {
	tree, _ := buildTree(t, os.DirFS(".."))
	f, _ := tree.Get("manifest.webmanifest")
	var m struct {
		Name, Lang, Dir, Scope, Display string
		ShortName                       string `json:"short_name"`
		StartURL                        string `json:"start_url"`
		Background, Theme               string
		Icons                           []struct{ Src, Sizes, Type, Purpose string }
	}
	if err := json.Unmarshal(f.Data, &m); err != nil {
		t.Fatal(err)
	}
	if m.Name != "Northline Tools playbooks" || m.ShortName != "Northline" || m.Lang != "en" || m.Dir != "ltr" || m.Scope != "." || m.Display != "minimal-ui" || !has(tree, m.StartURL) {
		t.Errorf("%+v", m)
	}
	purposes := map[string]bool{}
	for _, i := range m.Icons {
		icon, ok := tree.Get(i.Src)
		if !ok {
			t.Errorf("there is no %s", i.Src)
		}
		purposes[i.Type+" "+i.Sizes+" "+i.Purpose] = true
		if i.Type != "image/png" {
			continue
		}
		picture, err := png.DecodeConfig(bytes.NewReader(icon.Data))
		if err != nil || fmt.Sprintf("%dx%[1]d", picture.Width) != i.Sizes || picture.Height != picture.Width {
			t.Errorf("%s is %dx%d, %v", i.Src, picture.Width, picture.Height, err)
		}
	}
	if want := []string{"image/png 192x192 any", "image/png 512x512 any", "image/png 512x512 maskable", "image/svg+xml any any"}; !slices.Equal(slices.Sorted(maps.Keys(purposes)), want) {
		t.Error(purposes)
	}
}
