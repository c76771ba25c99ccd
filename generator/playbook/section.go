package playbook

import (
	"slices"
	"strconv"
	"strings"

	"plumb/generator/diag"
	"plumb/generator/markdown"
	"plumb/generator/source"
)

func itoa(n int) string { return strconv.Itoa(n) }

// section decodes one recognised section and merges it into the page's
// section of its kind.
func (r *reader) section(o *open) {
	p := &partReader{reader: r, kind: o.kind, part: &Part{Field: o.field}}
	if o.heading != nil {
		p.part.Heading = r.heading(o.heading)
		p.level = o.heading.Level
	} else {
		p.level = max(1, topLevel(o.blocks)-1)
	}
	switch {
	case o.field != "":
		p.prose(o.blocks...)
	case o.kind == SellingTasks:
		p.tasks(o.blocks)
	case o.kind.labelled():
		p.parts(o.blocks)
	default:
		p.entries(o.blocks)
	}
	p.flush()
	p.complain(o)
	r.merge(o.kind, p.part)
}

// topLevel returns the highest heading level among blocks, 2 without headings.
func topLevel(blocks []markdown.Block) int {
	top := 7
	for _, b := range blocks {
		if h, ok := b.(*markdown.Heading); ok {
			top = min(top, h.Level)
		}
	}
	if top == 7 {
		return 2
	}
	return top
}

func (r *reader) merge(kind Kind, part *Part) {
	at, found := slices.BinarySearchFunc(r.page.Sections, kind, func(s *Section, k Kind) int { return int(s.Kind) - int(k) })
	if !found {
		r.page.Sections = slices.Insert(r.page.Sections, at, &Section{Kind: kind})
	}
	s := r.page.Sections[at]
	s.Parts = append(s.Parts, part)
}

// partReader decodes what stands below one heading.
type partReader struct {
	*reader
	kind  Kind
	level int // of the section's heading
	part  *Part
	// pending are blocks that will become one piece of prose.
	pending []markdown.Block
	stack   []*Subhead // headings above, among tasks
	counted int        // tasks since the last heading
}

func (p *partReader) writer() markdown.Writer { return markdown.Writer{Shift: 2 - p.level} }

func (p *partReader) html(blocks ...markdown.Block) markdown.Fragment {
	w := p.writer()
	w.Blocks(blocks)
	return w.Fragment()
}

// prose keeps blocks that were not taken for anything.
func (p *partReader) prose(blocks ...markdown.Block) {
	for _, b := range blocks {
		if constructOf(b) != "" {
			p.noteBlock(b, "prose")
		}
	}
	p.pending = append(p.pending, blocks...)
}

// flush makes one Prose of what is pending. Rules at its ends, which divided
// the author's sections, say nothing in a section.
func (p *partReader) flush() {
	for len(p.pending) > 0 && isRule(p.pending[0]) {
		p.pending = p.pending[1:]
	}
	for len(p.pending) > 0 && isRule(p.pending[len(p.pending)-1]) {
		p.pending = p.pending[:len(p.pending)-1]
	}
	if len(p.pending) == 0 {
		p.pending = nil
		return
	}
	text := strings.TrimSpace(markdown.BlockText(p.pending))
	html := p.html(p.pending...)
	span := source.Span{Start: p.pending[0].Span().Start, End: p.pending[len(p.pending)-1].Span().End}
	p.pending = nil
	if html.IsZero() {
		return
	}
	p.part.Items = append(p.part.Items, &Prose{HTML: html, Text: text, Span: span})
}

func isRule(b markdown.Block) bool {
	_, ok := b.(*markdown.Rule)
	return ok
}

func (p *partReader) add(it Item) {
	p.flush()
	p.part.Items = append(p.part.Items, it)
}

// wanted are the kinds whose sections are of use only with entries.
var wanted = map[Kind]string{
	SellingTasks:     "no task in this section: a task is an item of a list",
	Objections:       "no objection in this section: one is a table row, a deeper heading with its answer, or a list item that begins in bold",
	Buyers:           "no buyer in this section: one is a table row, a deeper heading, or a list item that begins in bold",
	SupportProcesses: "no process in this section: one is a table row, a deeper heading, or a list item that begins in bold",
	Metrics:          "no metric in this section: one is a table row, a deeper heading, or a list item that begins in bold",
}

// complain notes a section in which nothing of its kind was found though it
// has text.
func (p *partReader) complain(o *open) {
	message, ok := wanted[p.kind]
	if !ok || o.heading == nil || len(p.part.Items) == 0 {
		return
	}
	section := &Section{Parts: []*Part{p.part}}
	if len(section.Entries())+len(section.Tasks()) > 0 {
		return
	}
	at := o.heading.At
	if len(o.blocks) > 0 {
		at = firstLine(p.file, o.blocks[0].Span())
	}
	p.list = append(p.list, diag.New(diag.Note, diag.NoEntries, p.file.Place(at), message, "the text is kept and shown; plumb inspect shows what was understood"))
}

func firstLine(f *source.File, s source.Span) source.Span {
	if i := strings.IndexByte(string(f.Data[s.Start:s.End]), '\n'); i >= 0 {
		s.End = s.Start + i
	}
	return s
}

// parts decodes a section of labelled parts: the value proposition, whom to
// qualify, people.
func (p *partReader) parts(blocks []markdown.Block) {
	for i := 0; i < len(blocks); i++ {
		switch b := blocks[i].(type) {
		case *markdown.Heading:
			end := blockEnd(blocks, i)
			p.partHeading(b, blocks[i+1:end])
			i = end - 1
		case *markdown.Paragraph:
			if i+1 < len(blocks) && p.labelAbove(b, blocks[i+1]) {
				i++
				continue
			}
			p.labelledParagraph(b)
		case *markdown.Quote:
			p.quote(b)
		case *markdown.List:
			p.labelledList(b)
		case *markdown.Table:
			p.labelledTable(b)
		default:
			p.prose(b)
		}
	}
}

// blockEnd returns the index behind the block of the heading at i: the next
// heading of its own or a higher level, or the end.
func blockEnd(blocks []markdown.Block, i int) int {
	level := blocks[i].(*markdown.Heading).Level
	for j := i + 1; j < len(blocks); j++ {
		if h, ok := blocks[j].(*markdown.Heading); ok && h.Level <= level {
			return j
		}
	}
	return len(blocks)
}

// partHeading decodes a deeper heading: a part where it names one, else text.
func (p *partReader) partHeading(h *markdown.Heading, blocks []markdown.Block) {
	text := markdown.InlineText(h.Text)
	id, known := p.words.field(p.kind, text)
	if !known {
		p.prose(h)
		p.parts(blocks)
		return
	}
	p.note(h.At, "heading", text, "part "+string(id))
	e := p.headingEntry(h)
	e.Part = id
	e.Body, e.Text = p.html(blocks...), strings.TrimSpace(markdown.BlockText(blocks))
	p.add(e)
}

// statement takes a text as the value proposition's statement, if that is
// still wanted.
func (p *partReader) statement(text []markdown.Inline, at source.Span) bool {
	plain := strings.TrimSpace(markdown.InlineText(text))
	if p.kind != ValueProposition || plain == "" || p.part.StatementText != "" || p.hasStatement() {
		return false
	}
	p.note(at, "paragraph", plain, "statement of the value proposition")
	if p.words.isMissing(plain) {
		return false
	}
	p.part.Statement, p.part.StatementText, p.part.StatementSpan = inlineHTML(text), plain, at
	return true
}

// hasStatement reports whether an earlier part of the section has one.
func (p *partReader) hasStatement() bool {
	s := p.page.Section(ValueProposition)
	return s != nil && slices.ContainsFunc(s.Parts, func(q *Part) bool { return q.StatementText != "" })
}

func (p *partReader) labelledParagraph(b *markdown.Paragraph) {
	lead, fields := p.labels(b.Text, labelRules{kind: p.kind, unknown: true})
	if len(fields) == 0 {
		if !p.statement(b.Text, b.At) {
			p.prose(b)
		}
		return
	}
	if lead := markdown.Trim(lead); len(lead) > 0 && !p.statement(lead, b.At) {
		p.prose(&markdown.Paragraph{At: b.At, Text: lead})
	}
	p.fieldList(fields)
}

// labelAbove takes a paragraph that is nothing but a label as the label of the
// list, table or quote below it.
func (p *partReader) labelAbove(b *markdown.Paragraph, next markdown.Block) bool {
	switch next.(type) {
	case *markdown.List, *markdown.Table, *markdown.Quote:
	default:
		return false
	}
	lead, raw := p.labels(b.Text, labelRules{kind: p.kind, unknown: true})
	if len(raw) != 1 || len(markdown.Trim(lead)) > 0 || len(markdown.Trim(raw[0].value)) > 0 {
		return false
	}
	raw[0].blocks = []markdown.Block{next}
	p.fieldList(raw)
	return true
}

func (p *partReader) quote(b *markdown.Quote) {
	if first, ok := firstParagraph(b.Blocks); ok && p.statement(first.Text, first.At) {
		if rest := without(b.Blocks, first); len(rest) > 0 {
			p.prose(&markdown.Quote{At: b.At, Blocks: rest})
		}
		return
	}
	p.prose(b)
}

func firstParagraph(blocks []markdown.Block) (*markdown.Paragraph, bool) {
	if len(blocks) == 0 {
		return nil, false
	}
	b, ok := blocks[0].(*markdown.Paragraph)
	return b, ok
}

func without(blocks []markdown.Block, first *markdown.Paragraph) []markdown.Block {
	return slices.DeleteFunc(slices.Clone(blocks), func(b markdown.Block) bool { return b == markdown.Block(first) })
}

// fieldList adds fields to the list being built.
func (p *partReader) fieldList(raw []rawField) {
	if len(raw) == 0 {
		return
	}
	p.flush()
	if n := len(p.part.Items); n > 0 {
		if list, ok := p.part.Items[n-1].(*FieldList); ok {
			list.Fields = append(list.Fields, p.fields(raw)...)
			return
		}
	}
	p.add(&FieldList{Fields: p.fields(raw)})
}

// labelledList takes the items of a list that begin with a label as fields;
// the others stay a list.
func (p *partReader) labelledList(b *markdown.List) {
	plain := *b
	plain.Items = nil
	flush := func() {
		if len(plain.Items) > 0 {
			list := plain
			p.prose(&list)
			plain.Items = nil
		}
	}
	for _, item := range b.Items {
		if raw, ok := p.labelledItem(item, labelRules{kind: p.kind, unknown: true}); ok {
			flush()
			p.fieldList(raw)
			continue
		}
		plain.Items = append(plain.Items, item)
	}
	flush()
}

// labelledItem reads a list item that begins with a label. What is nested in
// it belongs to the last label.
func (p *partReader) labelledItem(item *markdown.Item, rules labelRules) ([]rawField, bool) {
	first, ok := firstParagraph(item.Blocks)
	if !ok {
		return nil, false
	}
	lead, raw := p.labels(first.Text, rules)
	if len(raw) == 0 || len(markdown.Trim(lead)) > 0 {
		return nil, false
	}
	raw[len(raw)-1].blocks = item.Blocks[1:]
	return raw, true
}

// labelledTable takes a table whose first column holds labels as fields.
func (p *partReader) labelledTable(t *markdown.Table) {
	rows, ok := p.labelRows(t)
	if !ok {
		p.prose(t)
		return
	}
	p.noteBlock(t, "fields")
	p.fieldList(rows)
}

func cellText(cells []markdown.Cell) string {
	var all []string
	for _, c := range cells {
		all = append(all, strings.TrimSpace(markdown.InlineText(c.Text)))
	}
	return strings.Join(all, " | ")
}
