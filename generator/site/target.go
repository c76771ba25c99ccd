package site

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"plumb/generator/diag"
	"plumb/generator/playbook"
)

func itoa(n int) string { return strconv.Itoa(n) }

// resolve settles what every link of every page leads to, and what tasks refer
// to. Links are followed for many pages at once; what is to be said of them is
// said page by page.
func (l *linker) resolve() {
	l.house = l.houseTargets()
	found := chunked(len(l.slots), func(from, to int) follower {
		f := follower{linker: l, leads: map[string]lead{}, used: map[string]bool{}}
		f.follow(l.slots[from:to])
		return f
	})
	for _, f := range found {
		for a := range f.used {
			l.used[a] = true
		}
		l.site.Images = append(l.site.Images, f.images...)
		for _, e := range f.events {
			if e.fault == 0 {
				l.redirects(e.page)
			} else {
				e.page.Targets[e.link] = l.report(e)
			}
		}
	}
}

// broken checks what pages that are left out link to.
func (l *linker) broken() {
	for _, p := range l.in.Broken {
		page := &Page{Page: p, URL: l.address(p)}
		if p.IsPlaybook() && len(l.in.Config.Segments) > 0 {
			for _, v := range p.Meta.Segments {
				l.segment(page, v)
			}
		}
		f := follower{linker: l, leads: map[string]lead{}, used: l.used}
		for i := range p.Links {
			f.target(page, i)
		}
		for _, e := range f.events {
			l.report(e)
		}
	}
}

// follower follows the links of some pages. It changes nothing of the linker's.
type follower struct {
	*linker
	events  []event
	leads   map[string]lead // of paths that are not those of a page, as they stand
	used    map[string]bool // assets
	images  []Image
	targets room[Target]
	refs    room[Ref]
}

// event is a link that something is to be said of, or a page with old
// addresses.
type event struct {
	page  *Page
	fault fault // 0 for a page with old addresses
	link  int
	// to is the page, index the index whose part is missing; path is the file
	// that is meant.
	to    *Page
	index *Index
	path  string
}

// fault is why a link is not shown as it is written.
type fault uint8

const (
	leadsOut  fault = iota + 1 // of the content folder
	isActive                   // the asset is
	noPart                     // of a page
	noEntry                    // of an index
	isMissing                  // the file is
)

func (f *follower) follow(slots []Playbook) {
	n := 0
	for i := range slots {
		if p := slots[i].Page.Page; p != nil {
			n += len(p.Links)
		}
	}
	f.targets.free = make([]Target, n)
	for i := range slots {
		p := &slots[i]
		if p.Page.Page == nil {
			continue
		}
		p.Targets = f.targets.take(len(p.Links))
		for i := range p.Links {
			p.Targets[i] = f.target(&p.Page, i)
		}
		if len(p.Meta.Aliases) > 0 {
			f.events = append(f.events, event{page: &p.Page})
		}
		if len(p.Outline.TaskLinks) > 0 && p.IsPlaybook() {
			f.references(p)
		}
	}
}

// target settles one link.
func (f *follower) target(p *Page, i int) Target {
	link := &p.Outline.Links[i]
	switch link.Kind {
	case playbook.LinkAway:
		return Target{Kind: External, URL: p.Links[i].Dest}
	case playbook.LinkHere:
		return f.part(p, link)
	case playbook.LinkNowhere:
		return f.fault(event{page: p, link: i, fault: noPart, to: p})
	}
	full, ok := locate(p, i)
	if !ok {
		return f.fault(event{page: p, link: i, fault: leadsOut})
	}
	to := f.lead(full)
	switch {
	case to.page != nil && to.page.HasAnchor(link.Anchor):
		return f.part(to.page, link)
	case to.page != nil:
		return f.fault(event{page: p, link: i, fault: noPart, to: to.page})
	case to.url != "":
		return f.entry(p, i, to.url)
	case to.asset == "":
		return f.fault(event{page: p, link: i, fault: isMissing, path: full})
	case slices.Contains(active, strings.ToLower(path.Ext(to.asset))):
		return f.fault(event{page: p, link: i, fault: isActive, path: to.asset})
	}
	f.used[to.asset] = true
	out := Target{Kind: Asset, URL: compose(to.asset), Anchor: link.Anchor, Suffix: link.Query}
	if p.Links[i].Image {
		f.images = append(f.images, Image{File{to.asset, out.URL}, p, i})
	}
	return out
}

// fault notes that something is to be said of a link.
func (f *follower) fault(e event) Target {
	f.events = append(f.events, e)
	return Target{}
}

// locate returns the source path a relative link means; one that begins with
// a slash counts from the content folder. False where it leaves the content.
func locate(p *Page, i int) (string, bool) {
	full := p.Outline.Links[i].File
	if full == "" {
		to, _, _ := playbook.SplitDest(p.Links[i].Dest)
		full = path.Join(ContentDir, strings.TrimPrefix(to, "/"+ContentDir+"/"))
		if strings.HasSuffix(to, "/") {
			full += "/"
		}
	}
	return full, strings.HasPrefix(full, ContentDir+"/")
}

// candidates are the ways in which authors name a page's file.
func candidates(full string) []string {
	if strings.HasSuffix(full, "/") {
		return []string{full + "index.md"}
	}
	out := []string{full}
	if base, ok := strings.CutSuffix(full, ".html"); ok {
		out = append(out, base+".md")
	} else if path.Ext(full) != ".md" {
		out = append(out, full+".md", full+"/index.md")
	}
	return out
}

// lead is what a path leads to: a page, the address of a page that Plumb makes
// without a file of its own, or an asset; zero for nothing.
type lead struct {
	page       *Page
	url, asset string
}

func (f *follower) lead(full string) lead {
	if slot := f.pages[full]; slot != nil && len(f.forms) == 0 {
		return lead{page: &slot.Page}
	}
	to, known := f.leads[full]
	if !known {
		to = f.linker.lead(full)
		f.leads[full] = to
	}
	return to
}

func (l *linker) lead(full string) lead {
	for _, c := range candidates(full) {
		if slot := l.pages[l.actual(c)]; slot != nil {
			return lead{page: &slot.Page}
		}
	}
	if url := l.generated(relative(full)); url != "" {
		return lead{url: url}
	}
	if a := l.actual(full); l.assets[a] {
		return lead{asset: a}
	}
	return lead{}
}

// generated returns the address of a page that Plumb makes without a file of
// its own, of a register or an index; empty for any other path.
func (l *linker) generated(rel string) string {
	base := strings.TrimSuffix(strings.TrimSuffix(compose(rel), ".md"), ".html")
	switch base {
	case "index", "processes", "metrics", "assets", "roles", "segments":
		return base + ".html"
	}
	if id, ok := strings.CutPrefix(base, "roles/"); ok {
		if r := l.site.roleNames[playbook.Normalize(id)]; r != nil && r.ID == id {
			return r.URL
		}
	} else if id, ok := strings.CutPrefix(base, "segments/"); ok && l.segments[id] != nil {
		return l.segments[id].URL
	}
	return ""
}

// entry resolves the part of a generated page that a link names: of an index,
// an entry, on whichever page of it the entry stands.
func (f *follower) entry(p *Page, i int, url string) Target {
	out := Target{Kind: Local, URL: url, Anchor: p.Outline.Links[i].Anchor}
	x := f.site.indexAt(url)
	if x == nil || out.Anchor == "" || len(f.in.Dropped) > 0 {
		return out
	}
	g := x.byID[out.Anchor]
	if g == nil {
		return f.fault(event{page: p, link: i, fault: noEntry, index: x})
	}
	out.URL = PageURL(x.URL, g.Page)
	return out
}

// part returns a part of a page: of an index, on whichever of its pages the
// entry stands that holds it.
func (l *linker) part(to *Page, link *playbook.Link) Target {
	out := Target{Kind: Local, URL: to.URL, Anchor: link.Anchor, Suffix: link.Query}
	if x := l.indexOf(to); x != nil {
		if g := x.anchors[link.Anchor]; g != nil {
			out.URL = PageURL(x.URL, g.Page)
		}
	}
	return out
}

func (l *linker) indexOf(p *Page) *Index {
	for _, x := range [...]*Index{&l.site.Processes, &l.site.Metrics} {
		if x.House == p {
			return x
		}
	}
	return nil
}

// indexAt returns the index with an address, nil where there is none.
func (s *Site) indexAt(url string) *Index {
	for _, x := range [...]*Index{&s.Processes, &s.Metrics, &s.Assets} {
		if x.URL == url {
			return x
		}
	}
	return nil
}

// actual returns the path of a file as it is stored, where the link has another
// Unicode form of it.
func (l *linker) actual(path string) string {
	if len(l.forms) == 0 {
		return path
	}
	if stored, known := l.forms[compose(path)]; known {
		return stored
	}
	return path
}

// active are the kinds of files that a browser would run as a page of the
// site; content is not trusted with that.
var active = []string{".html", ".htm", ".xhtml", ".xht", ".js", ".mjs", ".wasm", ".swf", ".svgz", ".xml", ".xsl", ".xslt"}

// publish lists the assets that pages link to.
func (l *linker) publish() {
	for _, a := range slices.Sorted(maps.Keys(l.used)) {
		f := File{Path: a, URL: compose(a)}
		if owner, taken := l.urls.claim(f.URL, a); taken {
			l.add(diag.New(diag.Error, diag.URLCollision, diag.File(a), fmt.Sprintf("%s and this file would have one address", cmp.Or(owner, "a page of Plumb's own")), "rename one of them"))
			continue
		}
		l.site.Files = append(l.site.Files, f)
	}
}
