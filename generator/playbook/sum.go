package playbook

import (
	"encoding/binary"
	"iter"
	"slices"

	"plumb/generator/markdown"
	"plumb/generator/source"
)

// sums gives every entry, task and section its digest: of what is shown of it,
// not of where it stands in the file. So a page that shows it elsewhere knows
// that it is the same without looking into it. A link counts by what the author
// wrote; what that leads to is for the site to say. The buffer is scratch, and
// returned for the next page.
func (p *Page) sums(buf []byte) []byte {
	w := &summer{page: p, buf: buf}
	for _, s := range p.Sections {
		w.buf, w.linked = w.buf[:0], false
		for _, part := range s.Parts {
			w.heading(&part.Heading)
			w.text(string(part.Field), part.StatementText)
			w.fragment(part.Statement)
			w.fragment(part.Onward)
			for _, it := range part.Items {
				w.item(it)
			}
		}
		s.Sum, s.Linked = source.Sum(w.buf), w.linked
	}
	p.Subheads = slices.Clip(p.Subheads)
	w.whole()
	return w.buf
}

// whole gives the page its digest.
func (w *summer) whole() {
	p := w.page
	w.buf = w.buf[:0]
	w.text(p.Title, p.Meta.PositionReason, p.Meta.Stance)
	if p.Meta.Position != nil {
		w.number(int(*p.Meta.Position))
	}
	for _, s := range p.Meta.Segments {
		w.text(s.Text)
	}
	for _, s := range p.Sections {
		w.buf = append(w.buf, s.Sum[:]...)
	}
	w.fragment(p.Rest)
	w.fragment(p.Footnotes)
	p.Sum = source.Sum(w.buf)
}

// summer describes what is shown, each text with its length before it, so that
// no two descriptions are equal that mean different things.
type summer struct {
	buf  []byte
	page *Page
	// linked says that a link was met.
	linked bool
}

func (w *summer) number(n int) { w.buf = binary.AppendVarint(w.buf, int64(n)) }

func (w *summer) flag(b bool) {
	if b {
		w.number(1)
	} else {
		w.number(0)
	}
}

func (w *summer) text(texts ...string) {
	for _, s := range texts {
		w.number(len(s))
		w.buf = append(w.buf, s...)
	}
}

func (w *summer) fragment(f markdown.Fragment) {
	w.number(f.Len())
	w.buf = f.Append(w.buf, w)
}

// link describes a link by what the author wrote.
func (w *summer) link(dst []byte, mark byte, index int) []byte {
	w.linked = true
	t := &w.page.Links[index]
	dst = append(append(dst, 0, mark), t.Dest...)
	return append(append(append(dst, 0), t.Title...), 0)
}

// OpenLink appends the link as the author wrote it.
func (w *summer) OpenLink(dst []byte, index int) []byte { return w.link(dst, 'a', index) }

// CloseLink appends a mark.
func (w *summer) CloseLink(dst []byte, _ int) []byte { return append(dst, 0, 'e') }

// Image appends the image as the author wrote it.
func (w *summer) Image(dst []byte, index int, alt string) []byte {
	return append(append(w.link(dst, 'i', index), alt...), 0)
}

// ID appends the anchor.
func (w *summer) ID(dst []byte, id string) []byte {
	return append(append(append(dst, 0, '#'), id...), 0)
}

// OpenSelf appends nothing: the anchor is described already.
func (w *summer) OpenSelf(dst []byte, _ string) []byte { return dst }

// CloseSelf appends nothing.
func (w *summer) CloseSelf(dst []byte) []byte { return dst }

func (w *summer) heading(h *Heading) {
	w.text(h.ID, h.Text)
	w.number(h.Level)
	w.fragment(h.HTML)
}

func (w *summer) subhead(h *Subhead) {
	w.heading(&h.Heading)
	w.number(h.Depth)
}

func (w *summer) fields(fields []Field) {
	w.number(len(fields))
	for i := range fields {
		f := &fields[i]
		w.text(string(f.ID), f.Label, f.Anchor)
		w.flag(f.Text == "")
		w.fragment(f.HTML)
	}
}

// from returns the digest of what was described since the buffer was so long.
func (w *summer) from(start int) source.Digest { return source.Sum(w.buf[start:]) }

func (w *summer) entry(e *Entry) {
	start, before := len(w.buf), w.linked
	w.linked = false
	w.text(e.ID, e.Name, string(e.Part), e.Kind, e.Side, e.Share)
	w.flag(e.Link >= 0)
	w.number(e.Depth)
	w.fragment(e.HTML)
	w.fragment(e.Body)
	w.fields(e.Fields)
	e.Sum, e.Linked = w.from(start), w.linked
	w.linked = w.linked || before
}

func (w *summer) task(t *Task) {
	start := len(w.buf)
	w.text(t.ID)
	w.fragment(t.HTML)
	w.fragment(t.Notes)
	for _, h := range t.Heads {
		w.subhead(h)
	}
	t.Sum = w.from(start)
}

func (w *summer) item(it Item) {
	switch it := it.(type) {
	case *Prose:
		w.text("prose")
		w.fragment(it.HTML)
	case *Subhead:
		w.text("heading")
		w.subhead(it)
		w.page.Subheads = append(w.page.Subheads, it)
	case *FieldList:
		w.text("fields")
		w.fields(it.Fields)
	case *Entry:
		w.text("entry")
		w.entry(it)
	case *EntryTable:
		w.table(it)
	case *EntryList:
		w.list(it)
	case *TaskList:
		w.text("tasks")
		w.flag(it.Ordered)
		w.number(it.Start)
		for _, t := range it.Tasks {
			w.task(t)
		}
	}
}

func (w *summer) table(t *EntryTable) {
	w.text("table")
	w.number(len(t.Columns))
	w.number(t.NameColumn)
	for i := range t.Columns {
		c := &t.Columns[i]
		w.text(string(c.ID), c.Label)
		w.number(int(c.Align))
		w.fragment(c.HTML)
	}
	for _, e := range t.Rows {
		w.entry(e)
	}
}

func (w *summer) list(l *EntryList) {
	w.text("list")
	w.flag(l.Ordered)
	w.number(l.Start)
	for _, li := range l.Items {
		w.flag(li.Prose != nil)
		if li.Prose != nil {
			w.fragment(li.Prose.HTML)
			continue
		}
		w.entry(li.Entry)
	}
}

// Fragments are the texts of the section that stand on a page which shows the
// section.
func (s *Section) Fragments() iter.Seq[markdown.Fragment] {
	return func(yield func(markdown.Fragment) bool) {
		for _, part := range s.Parts {
			if !yield(part.Heading.HTML) || !yield(part.Statement) || !yield(part.Onward) {
				return
			}
			for _, it := range part.Items {
				if !itemFragments(it, yield) {
					return
				}
			}
		}
	}
}

func itemFragments(it Item, yield func(markdown.Fragment) bool) bool {
	switch it := it.(type) {
	case *Prose:
		return yield(it.HTML)
	case *Subhead:
		return yield(it.HTML)
	case *FieldList:
		return fieldFragments(it.Fields, yield)
	case *Entry:
		return it.fragments(yield)
	case *EntryTable:
		for i := range it.Columns {
			if !yield(it.Columns[i].HTML) {
				return false
			}
		}
		for _, e := range it.Rows {
			if !e.fragments(yield) {
				return false
			}
		}
	case *EntryList:
		for _, li := range it.Items {
			if li.Prose != nil && !yield(li.Prose.HTML) || li.Entry != nil && !li.Entry.fragments(yield) {
				return false
			}
		}
	case *TaskList:
		for _, t := range it.Tasks {
			if !yield(t.HTML) || !yield(t.Notes) {
				return false
			}
		}
	}
	return true
}

func fieldFragments(fields []Field, yield func(markdown.Fragment) bool) bool {
	for i := range fields {
		if !yield(fields[i].HTML) {
			return false
		}
	}
	return true
}

// Fragments are the texts of the entry.
func (e *Entry) Fragments() iter.Seq[markdown.Fragment] {
	return func(yield func(markdown.Fragment) bool) { e.fragments(yield) }
}

func (e *Entry) fragments(yield func(markdown.Fragment) bool) bool {
	return yield(e.HTML) && yield(e.Body) && fieldFragments(e.Fields, yield)
}
