package render

import (
	"bytes"
	"html/template"
	"strconv"

	"plumb/generator/markdown"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

// body writes the inside of a section: the semantic markup that themes style.
// It is made here and not by templates, since it is most of a page.
type body struct {
	frame
	r   *Renderer
	buf []byte
	// level is that of the heading above everything written here.
	level int
	// depths are those of the headings that are open, outermost first: what
	// an author skipped between two of them is not skipped on the page.
	depths []int
	// among is of the tasks that are being written, nil elsewhere.
	among *among
}

func (b *body) raw(parts ...string) {
	for _, s := range parts {
		b.buf = append(b.buf, s...)
	}
}

func (b *body) text(s string) { b.buf = markdown.AppendEscaped(b.buf, s) }

func (b *body) fragment(f markdown.Fragment) { b.buf = f.Append(b.buf, &b.frame) }

// attr writes an attribute; an empty value is left out.
func (b *body) attr(name, value string) {
	if value != "" {
		b.raw(" ", name, `="`)
		b.text(value)
		b.raw(`"`)
	}
}

// href writes the attribute that leads to an address of the output, and there to an
// anchor where one is given.
func (b *body) href(to, anchor string) {
	b.raw(` href="`)
	b.text(href(b.at, to))
	if anchor != "" {
		b.raw("#")
		b.text(escapeAnchor(anchor))
	}
	b.raw(`"`)
}

// id writes an anchor on the fragment's own page.
func (b *body) id(id string) {
	if id != "" {
		b.buf = b.ID(b.buf, id)
	}
}

// html returns what was written, and makes the writer ready for more.
func (b *body) html() template.HTML {
	out := template.HTML(b.buf)
	b.buf = b.buf[:0]
	return out
}

// settled is html for text that is settled.
func (b *body) settled() template.HTML {
	settle(b.buf)
	return b.html()
}

// settle is for text shown below an h2 of another page than its own: the
// headings in it move up so that the highest is an h3.
func settle(text []byte) {
	if up := highest(text) - '3'; up > 0 && up <= 3 {
		eachHeading(text, func(level *byte) { *level -= up })
	}
}

// highest returns the digit of the highest heading, 0 without one.
func highest(text []byte) byte {
	var best byte
	eachHeading(text, func(level *byte) {
		if best == 0 || *level < best {
			best = *level
		}
	})
	return best
}

// eachHeading calls f for the digit in each tag of a heading. Text is escaped,
// so that what looks like a tag is one.
func eachHeading(text []byte, f func(level *byte)) {
	for at := text; ; {
		i := bytes.IndexByte(at, '<')
		if i < 0 {
			return
		}
		at = bytes.TrimPrefix(at[i+1:], []byte("/"))
		if len(at) > 1 && at[0] == 'h' && '1' <= at[1] && at[1] <= '6' {
			f(&at[1])
		}
	}
}

// newBody returns a writer for fragments of a page as shown on another.
func (r *Renderer) newBody(at string, owner *site.Page, level int) *body {
	b, _ := r.bodies.Get().(*body)
	if b == nil {
		b = &body{buf: make([]byte, 0, 16<<10)}
	}
	*b = body{frame: frame{at: at, owner: owner}, r: r, level: level, buf: b.buf[:0], depths: b.depths[:0]}
	return b
}

// done hands the writer's memory to the next one.
func (b *body) done() { b.r.bodies.Put(b) }

// section writes a section's parts. The first part's heading is the section's
// own and is left to the template.
func (b *body) section(s *playbook.Section) {
	b.depths = b.depths[:0]
	for i, p := range s.Parts {
		if i > 0 {
			b.heading(0, "", p.Heading.ID, "", p.Heading.HTML)
		}
		if s.Kind == playbook.ValueProposition && i > 0 && p.StatementText != "" && s.Parts[0].StatementText != "" {
			b.raw("<p>")
			b.fragment(p.Statement)
			b.raw("</p>")
		}
		for _, it := range p.Items {
			b.item(it)
		}
	}
}

func (b *body) item(it playbook.Item) {
	switch it := it.(type) {
	case *playbook.Prose:
		b.prose(it)
	case *playbook.Subhead:
		b.subhead(it)
	case *playbook.FieldList:
		b.fields(it.Fields)
	case *playbook.Entry:
		b.entry(it)
	case *playbook.EntryTable:
		b.table(it)
	case *playbook.EntryList:
		b.list(it)
	case *playbook.TaskList:
		b.tasks(it)
	}
}

// heading writes a heading one level below the nearest one above it that is
// of less depth.
func (b *body) heading(depth int, class, id, roles string, text markdown.Fragment) {
	for len(b.depths) > 0 && b.depths[len(b.depths)-1] >= depth {
		b.depths = b.depths[:len(b.depths)-1]
	}
	b.depths = append(b.depths, depth)
	tag := "h" + strconv.Itoa(min(b.level+len(b.depths), 6))
	b.raw("<", tag)
	b.attr("class", class)
	b.id(id)
	b.attr("data-roles", roles)
	b.raw(">")
	b.headingText(id, text)
	b.raw("</", tag, ">")
}

// headingText writes a heading's text as a link to the heading; where it holds
// a link already, one stands behind it.
func (b *body) headingText(id string, text markdown.Fragment) {
	for range text.Links() {
		b.fragment(text)
		b.buf = markdown.AppendSelf(b.buf, &b.frame, id)
		return
	}
	if id == "" || text.IsZero() {
		b.fragment(text)
		return
	}
	b.buf = b.OpenSelf(b.buf, id)
	b.fragment(text)
	b.buf = b.CloseSelf(b.buf)
}

// fields writes labelled values, and labels that still want one.
func (b *body) fields(fields []playbook.Field) {
	b.fieldsBut(fields, func(f *playbook.Field) bool { return f.Text == "" && f.Label == "" })
}

// filled writes the fields that say something, but for one that the page says
// already.
func (b *body) filled(fields []playbook.Field, said playbook.FieldID) {
	b.fieldsBut(fields, func(f *playbook.Field) bool { return f.Text == "" || said != "" && f.ID == said })
}

func (b *body) fieldsBut(fields []playbook.Field, idle func(*playbook.Field) bool) {
	open := false
	for i := range fields {
		f := &fields[i]
		if idle(f) {
			continue
		}
		if !open {
			b.raw(`<dl class="fields">`)
			open = true
		}
		b.raw("<div")
		b.attr("data-field", string(f.ID))
		b.raw("><dt")
		b.id(f.Anchor)
		b.raw(">")
		b.text(f.Label)
		b.raw("</dt><dd>")
		b.fragment(f.HTML)
		b.raw("</dd></div>")
	}
	if open {
		b.raw("</dl>")
	}
}

func (b *body) entry(e *playbook.Entry) {
	b.raw(`<article class="entry"`)
	b.attr("data-part", string(e.Part))
	b.raw(">")
	b.heading(e.Depth, "", e.ID, "", e.HTML)
	b.loose(e.Body)
	b.fields(e.Fields)
	b.raw("</article>")
}

// openList begins the start tag of a list and returns its name.
func (b *body) openList(class string, ordered bool, start int) string {
	tag := "ul"
	if ordered {
		tag = "ol"
	}
	b.raw("<", tag)
	b.attr("class", class)
	if ordered && start != 1 {
		b.attr("start", strconv.Itoa(start))
	}
	return tag
}

func (b *body) list(l *playbook.EntryList) {
	tag := b.openList("entries", l.Ordered, l.Start)
	b.raw(">")
	for _, it := range l.Items {
		if it.Prose != nil {
			b.raw("<li>")
			b.fragment(it.Prose.HTML)
			b.raw("</li>")
			continue
		}
		b.raw(`<li class="entry"`)
		b.id(it.Entry.ID)
		b.raw(`><p class="entry-name">`)
		b.name(it.Entry)
		b.raw("</p>")
		b.loose(it.Entry.Body)
		b.fields(it.Entry.Fields)
		b.raw("</li>")
	}
	b.raw("</", tag, ">")
}

// loose writes text that may be without a paragraph of its own.
func (b *body) loose(f markdown.Fragment) {
	if !f.IsZero() {
		b.raw(`<div class="entry-text">`)
		b.fragment(f)
		b.raw("</div>")
	}
}

func (b *body) name(e *playbook.Entry) { b.fragment(e.HTML) }

var alignClass = [...]string{markdown.AlignNone: "", markdown.AlignLeft: "align-left", markdown.AlignCenter: "align-center", markdown.AlignRight: "align-right"}

func (b *body) table(t *playbook.EntryTable) {
	b.raw(`<div class="table-scroll" tabindex="0" role="group"`)
	b.attr("aria-label", b.r.theme.Text("table"))
	b.raw(`><table class="entries"><thead><tr>`)
	for _, c := range t.Columns {
		b.raw(`<th scope="col"`)
		b.attr("class", alignClass[c.Align])
		b.raw(">")
		b.fragment(c.HTML)
		b.raw("</th>")
	}
	b.raw("</tr></thead><tbody>")
	for _, e := range t.Rows {
		b.row(t, e)
	}
	b.raw("</tbody></table></div>")
}

func (b *body) row(t *playbook.EntryTable, e *playbook.Entry) {
	b.raw("<tr")
	b.id(e.ID)
	b.raw(">")
	next := 0
	for i := range t.Columns {
		c := &t.Columns[i]
		if i == t.NameColumn {
			b.raw(`<th scope="row"`)
			b.attr("data-label", c.Label)
			b.raw(">")
			b.fragment(e.HTML)
			b.raw("</th>")
			continue
		}
		f := &e.Fields[next]
		next++
		b.raw("<td")
		b.attr("class", alignClass[c.Align])
		b.attr("data-label", c.Label)
		b.attr("data-field", string(f.ID))
		b.raw(">")
		b.fragment(f.HTML)
		b.raw("</td>")
	}
	b.raw("</tr>")
}
