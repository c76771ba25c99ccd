package render

import (
	"html/template"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

// intro is what the house's page says beside its entries: its prose, and its
// own headings with links to the entries below each, for the page itself lists
// them in order of their names.
func (r *Renderer) intro(at string, x *site.Index) template.HTML {
	w := houseIntro{body: r.newBody(at, x.House, 1), index: x}
	for _, part := range x.House.Section(x.Kind).Parts {
		for _, it := range part.Items {
			w.item(it)
		}
	}
	w.closeLinks()
	defer w.done()
	return w.html() + w.frame.html(x.House.Footnotes)
}

type houseIntro struct {
	*body
	index *site.Index
	// grouped says that a heading of the author's stands above, linked that
	// the list of its entries is open.
	grouped, linked bool
}

func (w *houseIntro) item(it playbook.Item) {
	switch it := it.(type) {
	case *playbook.Prose:
		w.closeLinks()
		w.fragment(it.HTML)
	case *playbook.Subhead:
		w.closeLinks()
		w.heading(it.Depth-1, "group", it.ID, "", it.HTML)
		w.grouped = true
	case *playbook.Entry:
		w.link(it)
	case *playbook.EntryTable:
		for _, e := range it.Rows {
			w.link(e)
		}
	case *playbook.EntryList:
		w.list(it)
	}
}

// list writes the items of a list that are no entries.
func (w *houseIntro) list(l *playbook.EntryList) {
	for _, it := range l.Items {
		if it.Prose == nil {
			w.link(it.Entry)
			continue
		}
		w.closeLinks()
		w.raw("<ul><li>")
		w.fragment(it.Prose.HTML)
		w.raw("</li></ul>")
	}
}

// link leads from the author's heading to an entry below it.
func (w *houseIntro) link(e *playbook.Entry) {
	g := w.index.Find(e.Key)
	if !w.grouped || g == nil {
		return
	}
	if !w.linked {
		w.raw("<ul>")
		w.linked = true
	}
	to := ""
	if url := site.PageURL(w.index.URL, g.Page); url != w.at {
		to = href(w.at, url)
	}
	w.raw("<li><a")
	w.attr("href", to+"#"+escapeAnchor(g.ID))
	w.raw(">")
	w.text(e.Name)
	w.raw("</a></li>")
}

func (w *houseIntro) closeLinks() {
	if w.linked {
		w.raw("</ul>")
		w.linked = false
	}
}
