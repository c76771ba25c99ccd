package playbook

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"plumb/generator/markdown"
	"plumb/generator/source"
)

func itoa(n int) string { return strconv.Itoa(n) }

// section decodes one recognised section and merges it into the page's
// section of its kind.
func (r *reader) section(o *open) {
	p := &partReader{reader: r, kind: o.kind, part: &Part{Field: o.field}, house: o.heading == nil}
	p.rules = labelRules{kind: o.kind, unknown: o.field == "", besides: o.field}
	if o.heading != nil {
		p.part.Heading = r.heading(o.heading)
		p.level = o.heading.Level
	} else {
		p.level = max(1, topLevel(o.blocks)-1)
	}
	switch {
	case o.kind == SellingTasks:
		p.tasks(o.blocks)
	case o.kind.labelled():
		p.parts(o.blocks)
	default:
		p.entries(o.blocks)
	}
	p.flush()
	p.part.Missing = o.field != "" && p.words.isMissing(markdown.BlockText(o.blocks))
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
	// rules say which labels are the section's own.
	rules labelRules
	// house marks a page all of whose entries are of one kind.
	house bool
	// group is the depth of the heading that groups the entries here, 0
	// without one.
	group int
}

func (p *partReader) html(blocks ...markdown.Block) markdown.Fragment {
	w := p.writer(2 - p.level)
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

func firstLine(f *source.File, s source.Span) source.Span {
	if i := bytes.IndexByte(f.Data[s.Start:s.End], '\n'); i >= 0 {
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
			if i+1 < len(blocks) {
				if raw := p.labelAbove(b, blocks[i+1], p.rules); len(raw) > 0 {
					p.fieldList(raw)
					i++
					continue
				}
			}
			p.labelledParagraph(b, i+1 < len(blocks) && isIntroduction(b, blocks[i+1]))
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

// isIntroduction reports whether a paragraph only leads up to the block below
// it: it ends in a colon above a quote, or it is a short bold line above a
// list or a paragraph.
func isIntroduction(b *markdown.Paragraph, below markdown.Block) bool {
	text := strings.TrimSpace(markdown.InlineText(b.Text))
	switch below.(type) {
	case *markdown.Quote:
		return cutColon(text) != text || boldLine(b) != nil
	case *markdown.List, *markdown.Table, *markdown.Paragraph:
		return boldLine(b) != nil && isTitle(text)
	}
	return false
}

// maxTitleWords is how many words a line of bold text used as a heading may
// have.
const maxTitleWords = 9

// isTitle reports whether a line of bold text reads as a heading and not as a
// sentence.
func isTitle(text string) bool {
	c, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, " \"”“»」’"))
	return !endsSentence(c) && len(strings.Fields(text)) <= maxTitleWords && utf8.RuneCountInString(text) <= maxTitleWords*8
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
	id, known := p.words.partNamed(p.kind, text)
	if !known || id == p.part.Field {
		p.prose(h)
		p.parts(blocks)
		return
	}
	p.note(h.At, "heading", text, "part "+string(id))
	e := p.headingEntry(h)
	e.Traits = &Traits{Part: id}
	e.Body, e.Text = p.html(blocks...), strings.TrimSpace(markdown.BlockText(blocks))
	e.Missing = p.words.isMissing(e.Text)
	p.add(e)
}

// statement takes a text as the value proposition's statement, if that is
// still wanted.
func (p *partReader) statement(text []markdown.Inline, at source.Span) bool {
	plain := strings.TrimSpace(markdown.InlineText(text))
	if p.kind != ValueProposition || plain == "" || p.part.StatementText != "" || p.hasStatement() {
		return false
	}
	if p.words.isMissing(plain) {
		return false
	}
	p.note(at, "paragraph", plain, "statement of the value proposition")
	first, onward := cutSentence(text)
	p.part.Statement, p.part.Onward = p.inlineHTML(first), p.inlineHTML(onward)
	p.part.StatementText, p.part.StatementSpan = plain, at
	return true
}

// hasStatement reports whether an earlier part of the section has one.
func (p *partReader) hasStatement() bool {
	s := p.page.Section(ValueProposition)
	return s != nil && slices.ContainsFunc(s.Parts, func(q *Part) bool { return q.StatementText != "" })
}

// labelledParagraph takes the labels of a paragraph as fields, and what stands
// before them as the statement unless it only leads up to the block below.
func (p *partReader) labelledParagraph(b *markdown.Paragraph, introduces bool) {
	lead, fields := p.labels(b.Text, p.rules)
	if len(fields) == 0 || p.isStatementLabel(lead, fields) {
		if introduces || !p.statement(b.Text, b.At) {
			p.prose(b)
		}
		return
	}
	if lead := markdown.Trim(lead); len(lead) > 0 && !p.statement(lead, b.At) {
		p.prose(&markdown.Paragraph{At: b.At, Text: lead})
	}
	p.fieldList(fields)
}

// isStatementLabel reports whether all of a paragraph is a value behind a
// label that only names the section: “Positioning statement: …”.
func (p *partReader) isStatementLabel(lead []markdown.Inline, fields []rawField) bool {
	if p.kind != ValueProposition || len(fields) != 1 || fields[0].id != "" || len(markdown.Trim(lead)) > 0 {
		return false
	}
	t, ok := p.words.section(fields[0].label)
	return ok && t.kind == ValueProposition
}

// labelAbove takes a paragraph that is nothing but a label as the label of the
// list, table, quote or code below it, a known one also of a paragraph.
func (p *partReader) labelAbove(b *markdown.Paragraph, below markdown.Block, rules labelRules) []rawField {
	switch below.(type) {
	case *markdown.List, *markdown.Table, *markdown.Quote, *markdown.CodeBlock, *markdown.Paragraph:
	default:
		return nil
	}
	raw := p.onlyLabel(b, rules)
	if para, ok := below.(*markdown.Paragraph); ok && raw != nil {
		if _, more := p.labels(para.Text, rules); raw[0].id == "" || len(more) > 0 || boldLine(para) != nil {
			return nil
		}
	}
	if raw == nil {
		return nil
	}
	raw[0].blocks = []markdown.Block{below}
	return raw
}

// onlyLabel returns the label that is all of a paragraph, nil where there is
// none.
func (p *partReader) onlyLabel(b *markdown.Paragraph, rules labelRules) []rawField {
	lead, raw := p.labels(b.Text, rules)
	if len(raw) != 1 || len(markdown.Trim(lead)) > 0 || len(markdown.Trim(raw[0].value)) > 0 {
		return nil
	}
	return raw
}

func (p *partReader) quote(b *markdown.Quote) {
	if p.isLabelled(b.Blocks) {
		p.parts(b.Blocks)
		return
	}
	if first, ok := firstParagraph(b.Blocks); ok && p.statement(first.Text, first.At) {
		if rest := without(b.Blocks, first); len(rest) > 0 {
			p.prose(&markdown.Quote{At: b.At, Blocks: rest})
		}
		return
	}
	p.prose(b)
}

// isLabelled reports whether blocks begin with a label.
func (p *partReader) isLabelled(blocks []markdown.Block) bool {
	first, ok := firstParagraph(blocks)
	if !ok {
		return false
	}
	lead, fields := p.labels(first.Text, p.rules)
	return len(fields) > 0 && fields[0].id != "" && len(markdown.Trim(lead)) == 0
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
	p.noteFields(raw)
	if n := len(p.part.Items); n > 0 {
		if list, ok := p.part.Items[n-1].(*FieldList); ok {
			list.Fields = append(list.Fields, p.fields(raw)...)
			return
		}
	}
	p.add(&FieldList{Fields: p.fields(raw)})
}

// noteFields is note for labels that are the section's own.
func (p *partReader) noteFields(raw []rawField) {
	for _, f := range raw {
		as := "a label of the author's own"
		if f.id != "" {
			as = "part " + string(f.id)
		}
		p.note(f.at, "label", f.label, as)
	}
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
		if raw, ok := p.labelledItem(item, p.rules); ok {
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
	lead, raw := p.labels(withoutBox(first.Text), rules)
	if len(raw) == 0 || len(markdown.Trim(lead)) > 0 {
		return nil, false
	}
	raw[len(raw)-1].blocks = item.Blocks[1:]
	return raw, true
}

// labelledTable takes a table whose first column holds labels as fields.
func (p *partReader) labelledTable(t *markdown.Table) {
	rows, ok := p.labelRows(t)
	if !ok || p.part.Field != "" {
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
