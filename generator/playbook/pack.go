package playbook

import (
	"slices"
	"strings"

	"plumb/generator/markdown"
)

// packer moves the texts of a decoded page into one piece of memory, and lets go
// of the file's.
type packer struct {
	*markdown.Packer
	page *Page
	// anchors are the places of the page's anchors, which stand again where they
	// belong.
	anchors []int
}

func (p *Page) pack(to *markdown.Packer) {
	w := &packer{Packer: to, page: p, anchors: make([]int, len(p.Anchors))}
	for i := range p.Anchors {
		w.anchors[i] = w.Text(&p.Anchors[i])
	}
	w.meta(&p.Meta)
	w.Text(&p.Title)
	w.id(&p.TitleID)
	w.rest()
	for _, s := range p.Sections {
		for _, part := range s.Parts {
			w.part(part, s.Kind)
		}
	}
	w.links()
	for i := range p.Allows {
		w.Text(&p.Allows[i].Code)
		w.Text(&p.Allows[i].Reason)
	}
	w.Pack()
}

// id adds the id of a part of the page.
func (w *packer) id(s *string) {
	if at, known := slices.BinarySearch(w.page.Anchors, *s); known {
		w.Again(s, w.anchors[at])
	} else {
		w.Text(s)
	}
}

func (w *packer) meta(m *Meta) {
	w.Text(&m.Title.Text)
	for i := range m.Segments {
		w.Text(&m.Segments[i].Text)
	}
	for i := range m.Aliases {
		w.Text(&m.Aliases[i].Text)
	}
	for _, s := range []*string{&m.PositionReason, &m.Stance, &m.Owner.Text, &m.Audience.Text, &m.Lang} {
		w.Text(s)
	}
}

// rest adds what stands in no section. The parts of its text follow one another,
// so that each is looked for behind the one before.
func (w *packer) rest() {
	p := w.page
	w.Fragment(&p.Rest)
	w.Fragment(&p.Footnotes)
	at := w.Text(&p.RestText)
	w.Within(p.RestText, at, &p.Summary)
	from := 0
	for i := range p.RestParts {
		from += max(0, strings.Index(p.RestText[from:], p.RestParts[i]))
		w.Again(&p.RestParts[i], at+from)
		from += len(p.RestParts[i])
	}
	for i := range p.Headings {
		w.heading(&p.Headings[i])
	}
}

func (w *packer) heading(h *Heading) {
	w.id(&h.ID)
	w.Shown(&h.HTML, &h.Text)
}

func (w *packer) part(p *Part, kind Kind) {
	w.heading(&p.Heading)
	at := w.Text(&p.StatementText)
	w.Part(p.StatementText, at, &p.Statement)
	w.Part(p.StatementText, at, &p.Onward)
	for _, it := range p.Items {
		w.item(it, kind)
	}
}

func (w *packer) item(it Item, kind Kind) {
	switch it := it.(type) {
	case *Prose:
		w.Shown(&it.HTML, &it.Text)
	case *Subhead:
		w.heading(&it.Heading)
		if kind != SellingTasks { // those are interned
			w.Text(&it.Key)
		}
	case *FieldList:
		w.fields(it.Fields)
	case *Entry:
		w.entry(it, kind)
		w.tags(it.Fields)
	case *EntryTable:
		w.table(it, kind)
	case *EntryList:
		for i := range it.Items {
			w.listItem(&it.Items[i], kind)
		}
	case *TaskList:
		for _, t := range it.Tasks {
			w.task(t)
		}
	}
}

func (w *packer) table(t *EntryTable, kind Kind) {
	for i := range t.Columns {
		c := &t.Columns[i]
		w.Shown(&c.HTML, &c.Label)
	}
	for _, e := range t.Rows {
		w.entry(e, kind)
	}
}

func (w *packer) listItem(it *ListItem, kind Kind) {
	if it.Prose != nil {
		w.Shown(&it.Prose.HTML, &it.Prose.Text)
		return
	}
	w.entry(it.Entry, kind)
	w.tags(it.Entry.Fields)
}

func (w *packer) entry(e *Entry, kind Kind) {
	w.id(&e.ID)
	w.Shown(&e.HTML, &e.Name)
	if !slices.Contains(indexed, kind) { // those are interned
		w.Text(&e.Key)
	}
	w.Shown(&e.Body, &e.Text)
	w.values(e.Fields)
}

func (w *packer) fields(fields []Field) {
	w.tags(fields)
	w.values(fields)
}

func (w *packer) values(fields []Field) {
	for i := range fields {
		w.Shown(&fields[i].HTML, &fields[i].Text)
	}
}

func (w *packer) tags(fields []Field) {
	for i := range fields {
		w.Text(&fields[i].Label)
		w.id(&fields[i].Anchor)
	}
}

func (w *packer) task(t *Task) {
	w.id(&t.ID)
	w.Text(&t.Key)
	w.Shown(&t.HTML, &t.Text)
	w.Fragment(&t.Notes)
}

func (w *packer) links() {
	p := w.page
	for i := range p.Links {
		to, apart := &p.Links[i], &p.Outline.Links[i]
		at := w.Text(&to.Dest)
		w.Text(&to.Title)
		w.Text(&apart.File)
		w.Within(to.Dest, at, &apart.Query)
		w.Within(to.Dest, at, &apart.Anchor)
	}
}
