package render

import (
	"bytes"
	"cmp"
	_ "embed"
	"io"
	"iter"
	"strings"

	"plumb/generator/site"
)

// modelVersion is the version of the form of plumb.json: it grows when a
// program that read the one before could misread the new one.
const modelVersion = 1

//go:embed plumb.schema.json
var modelSchema []byte

// modelPages adds what the page of comparisons reads: a script for each
// playbook.
func (r *Renderer) modelPages(pages []Page) []Page {
	for p := range r.published() {
		pages = append(pages, r.modelScript(p))
	}
	return pages
}

// modelFile is plumb.json, schemaFile its schema.
func (r *Renderer) modelFile() Page {
	return Page{Path: "plumb.json", stream: r.catalogue, needs: (*inputs).catalogue}
}

func (r *Renderer) schemaFile() Page {
	return Page{Path: "plumb.schema.json", data: func(dst *bytes.Buffer) { dst.Write(modelSchema) }, needs: func(*inputs) {}}
}

// modelScript hands a playbook's model to whoever asked for it:
//
//	plumb.take("playbooks/a.html", {…});
func (r *Renderer) modelScript(p *site.Playbook) Page {
	return Page{
		Path: modelPath(p),
		data: func(dst *bytes.Buffer) {
			buf := appendString(append(dst.AvailableBuffer(), "plumb.take("...), p.URL)
			buf = r.appendModel(append(buf, ','), p)
			dst.Write(append(buf, ");\n"...))
		},
		needs: func(w *inputs) { w.known(w.of.model(p)) },
	}
}

// modelPath is the place of a playbook's script in the output.
func modelPath(p *site.Playbook) string { return "data/" + strings.TrimSuffix(p.URL, ".html") + ".js" }

// catalogue writes plumb.json: all that the site says, as a program reads it.
// It is as large as the content and more, so that it is never held whole.
func (r *Renderer) catalogue(dst io.Writer) error {
	c := &model{object: object{to: dst}, r: r}
	c.open("", '{')
	c.text("$schema", "plumb.schema.json")
	c.number("version", modelVersion)
	c.site()
	c.roles()
	c.segments()
	c.index("processes", &r.site.Processes, "does")
	c.index("metrics", &r.site.Metrics, "text")
	c.index("assets", &r.site.Assets, "text")
	c.pages()
	c.open("playbooks", '[')
	for p := range r.published() {
		c.next()
		c.buf = r.appendModel(append(c.buf, '\n'), p)
		c.spill(spillAt)
	}
	c.buf = append(c.buf, "\n]}\n"...)
	c.spill(0)
	return c.err
}

// published are the playbooks that have a page, those retired behind the
// others.
func (r *Renderer) published() iter.Seq[*site.Playbook] {
	return func(yield func(*site.Playbook) bool) {
		for _, list := range [][]*site.Playbook{r.site.Playbooks, r.site.Retired} {
			for _, p := range list {
				if !p.Homeless && !yield(p) {
					return
				}
			}
		}
	}
}

func (m *model) site() {
	c := m.r.site.Config
	m.open("site", '{')
	m.text("title", c.Title)
	m.text("language", m.r.chrome.Lang)
	m.text("generator", m.r.chrome.Generator)
	m.text("base_url", c.BaseURL)
	m.text("less", m.r.chrome.Less)
	m.text("more", m.r.chrome.More)
	m.close('}')
}

func (m *model) roles() {
	m.open("roles", '[')
	for _, x := range m.r.site.Roles {
		m.open("", '{')
		m.text("id", x.ID)
		m.text("title", x.Title)
		m.text("url", escapePath(x.URL))
		m.texts("aliases", x.Aliases)
		m.text("team", x.Team())
		m.flag("shared", x.Shared)
		m.close('}')
	}
	m.close(']')
}

func (m *model) segments() {
	m.open("segments", '[')
	for _, g := range m.r.site.Segments {
		m.open("", '{')
		m.text("id", g.ID)
		m.text("title", g.Title)
		m.text("url", escapePath(g.URL))
		m.texts("criteria", g.Criteria)
		m.close('}')
	}
	m.close(']')
}

// index writes what playbooks name in common: where each stands on the page
// of the index, what holds for the whole house, and who names it.
func (m *model) index(name string, x *site.Index, body string) {
	m.open(name, '[')
	for _, g := range x.Groups {
		m.open("", '{')
		m.text("key", g.Key)
		m.text("name", g.Name)
		m.text("url", escapePath(site.PageURL(x.URL, g.Page))+"#"+escapeAnchor(g.ID))
		if g.House != nil {
			m.open("house", '{')
			m.entry(x.House, x.Kind, g.House, body)
			m.close('}')
		}
		m.open("playbooks", '[')
		for i, use := range g.Uses {
			if i == 0 || use.Playbook != g.Uses[i-1].Playbook {
				m.text("", use.Playbook.URL)
			}
		}
		m.close(']')
		m.close('}')
		m.spill(spillAt)
	}
	m.close(']')
}

// pages are the ordinary pages.
func (m *model) pages() {
	m.open("pages", '[')
	for _, p := range m.r.site.Pages {
		if p.Homeless {
			continue
		}
		m.open("", '{')
		m.text("path", p.URL)
		m.text("url", escapePath(p.URL))
		m.text("title", p.Title)
		m.text("lang", cmp.Or(p.Meta.Lang, m.r.chrome.Lang))
		m.text("status", m.r.status(p))
		m.close('}')
		m.spill(spillAt)
	}
	m.close(']')
}

// model is what a playbook's model is made of, reckoned once for all that is
// made of it.
func (f *Fingerprints) model(p *site.Playbook) uint64 {
	retired := isRetired(p)
	if !retired {
		if known := f.models[p.Rank].Load(); known != 0 {
			return known
		}
	}
	w := f.spare.Get().(*inputs)
	defer f.spare.Put(w)
	w.buf = w.buf[:0]
	w.model(p)
	sum := w.sum()
	if !retired {
		f.models[p.Rank].Store(sum)
	}
	return sum
}

// model is what a playbook says, with what other pages make of it: its roles,
// and what its links and tasks refer to.
func (w *inputs) model(p *site.Playbook) {
	w.page(&p.Page)
	w.segments(p)
	for _, h := range p.Subheads {
		w.role(w.r.site.RoleOf(h))
	}
	for i := range p.Tasks {
		for _, ref := range p.Tasks[i].Refs {
			w.number(i)
			w.number(int(ref.Kind))
			w.text(ref.Key)
		}
	}
	for i := range p.Outline.Measures {
		w.role(w.r.site.RoleNamed(p.Outline.Measures[i].Name))
	}
}

// catalogue is what plumb.json is made of.
func (w *inputs) catalogue() {
	s := w.r.site
	for _, list := range [][]*site.Playbook{s.Playbooks, s.Retired} {
		w.number(len(list))
		for _, p := range list {
			w.known(w.of.model(p))
			w.flags(p.Homeless)
		}
	}
	w.number(len(s.Roles))
	for _, x := range s.Roles {
		w.text(x.ID, x.Title, x.URL, x.Team())
		w.text(x.Aliases...)
	}
	w.number(len(s.Segments))
	for _, g := range s.Segments {
		w.text(g.ID, g.Title, g.URL)
		w.text(g.Criteria...)
	}
	for _, x := range []*site.Index{&s.Processes, &s.Metrics, &s.Assets} {
		w.index(x)
	}
	for _, p := range s.Pages {
		w.text(p.URL, p.Title, p.Meta.Lang, w.r.status(p))
		w.flags(p.Homeless)
	}
}

// index is all of an index but for the entries of playbooks.
func (w *inputs) index(x *site.Index) {
	w.number(len(x.Groups))
	for _, g := range x.Groups {
		w.text(g.ID, g.Name)
		w.number(g.Page)
		w.flags(g.House != nil)
	}
	w.page(x.House)
}
