package render

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"slices"
	"strings"
	"time"

	"plumb/generator/site"
)

// feedEntries is how many playbooks a feed tells of.
const feedEntries = 30

// feeds adds the Atom feeds (RFC 4287) of the site, of each role and of each
// segment, and has the first page of each lead to its feed. A feed without an
// entry would need the clock for its date, so there is none.
func (r *Renderer) feeds(pages []Page) []Page {
	title := r.chrome.Title
	list := []feed{{"index.html", "feed.xml", title, r.newest(r.site.Playbooks)}}
	for _, x := range r.site.Roles {
		list = append(list, feed{x.URL, feedPath(x.URL), x.Title + " · " + title, r.newest(x.Playbooks)})
	}
	for _, x := range r.site.Segments {
		list = append(list, feed{x.URL, feedPath(x.URL), x.Title + " · " + title, r.newest(x.Playbooks)})
	}
	of := map[string]*feed{}
	for i := range list {
		if len(list[i].news) > 0 {
			of[list[i].about] = &list[i]
			pages = append(pages, r.feedPage(&list[i]))
		}
	}
	for i := range pages {
		if pages[i].text == nil {
			pages[i].feed = of[pages[i].Path]
		}
	}
	return pages
}

// feed is what has changed in a list of playbooks.
type feed struct {
	// about is the page that the feed is of, path the feed's own place.
	about, path, title string
	news               []*site.Playbook // newest first
}

func feedPath(page string) string { return strings.TrimSuffix(page, ".html") + ".xml" }

// newest returns the playbooks that a feed tells of: the newest first, those of
// one day by their addresses. Illustrative ones are left out, for a feed reader
// shows no banner, and so are drafts.
func (r *Renderer) newest(list []*site.Playbook) (out []*site.Playbook) {
	for _, p := range list {
		full := len(out) == feedEntries
		if changed(&p.Page).IsZero() || full && newer(out[feedEntries-1], p) < 0 || r.quiet(&p.Page) || p.Homeless {
			continue
		}
		at, _ := slices.BinarySearchFunc(out, p, newer)
		out = slices.Insert(out[:min(len(out), feedEntries-1)], at, p)
	}
	return out
}

func newer(a, b *site.Playbook) int {
	return cmp.Or(changed(&b.Page).Compare(changed(&a.Page)), strings.Compare(a.URL, b.URL))
}

// changed is the day a page was last changed or, where nobody says so, reviewed;
// zero where neither is known.
func changed(p *site.Page) time.Time {
	if p.Meta.Changed.IsZero() {
		return p.Meta.Reviewed
	}
	return p.Meta.Changed
}

func (r *Renderer) feedPage(f *feed) Page {
	return Page{
		Path: f.path,
		data: func(dst *bytes.Buffer) { r.appendFeed(dst, f) },
		needs: func(w *inputs) {
			w.text(f.about, f.title)
			for _, p := range f.news {
				w.ref(p)
				w.text(isoDate(changed(&p.Page)), p.Meta.Owner.Text)
			}
		},
	}
}

func (r *Renderer) appendFeed(dst *bytes.Buffer, f *feed) {
	self := r.canonical(f.path)
	out := atomFeed{
		Lang: r.chrome.Lang, ID: self, Title: r.theme.Text("feed.title", f.title), Updated: stamp(f.news[0]),
		Links:  []atomLink{{"self", "application/atom+xml", self}, {"alternate", "text/html", r.canonical(f.about)}},
		Author: &atomAuthor{r.chrome.Title}, Generator: r.chrome.Generator,
	}
	for _, p := range f.news {
		at := r.canonical(p.URL)
		e := atomEntry{ID: at, Title: p.Title, Updated: stamp(p), Link: atomLink{"alternate", "text/html", at}, Summary: p.Summary}
		if p.Meta.Lang != r.chrome.Lang {
			e.Lang = p.Meta.Lang
		}
		if name, address := owner(p.Meta.Owner.Text); name != address {
			e.Author = &atomAuthor{name}
		}
		out.Entries = append(out.Entries, e)
	}
	dst.WriteString(xml.Header)
	if err := xml.NewEncoder(dst).Encode(out); err != nil {
		panic("render: " + err.Error()) // a value of this package's own types
	}
}

// stamp is the beginning of the day a playbook was changed: what was said is a
// day, and the build's clock has no part in it.
func stamp(p *site.Playbook) string { return isoDate(changed(&p.Page)) + "T00:00:00Z" }

type atomFeed struct {
	XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang      string      `xml:"xml:lang,attr"`
	ID        string      `xml:"id"`
	Title     string      `xml:"title"`
	Updated   string      `xml:"updated"`
	Links     []atomLink  `xml:"link"`
	Author    *atomAuthor `xml:"author"`
	Generator string      `xml:"generator"`
	Entries   []atomEntry `xml:"entry"`
}

// atomEntry is known by its address for as long as the site stands there.
type atomEntry struct {
	Lang    string      `xml:"xml:lang,attr,omitempty"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Link    atomLink    `xml:"link"`
	Author  *atomAuthor `xml:"author"`
	Summary string      `xml:"summary,omitempty"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}
