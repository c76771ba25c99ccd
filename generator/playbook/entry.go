package playbook

import (
	"slices"
	"strings"

	"plumb/generator/markdown"
	"plumb/generator/source"
)

// entries decodes a section made of entries, in the three shapes: a table
// row, a deeper heading with its block, a list item that begins with bold text
// or a link.
func (p *partReader) entries(blocks []markdown.Block) {
	for i := 0; i < len(blocks); i++ {
		switch b := blocks[i].(type) {
		case *markdown.Heading:
			end := blockEnd(blocks, i)
			if p.isGroup(blocks[i+1 : end]) {
				p.subhead(b)
				continue
			}
			p.add(p.entryUnder(b, blocks[i+1:end]))
			i = end - 1
		case *markdown.Table:
			p.table(b)
		case *markdown.List:
			p.listOf(b)
		case *markdown.Paragraph:
			if end := p.objectionEnd(blocks, i); end > i {
				p.objection(b, blocks[i+1:end])
				i = end - 1
				continue
			}
			p.prose(b)
		default:
			p.prose(b)
		}
	}
}

// objectionEnd returns the index behind an objection written as a line of bold
// text with its answer below, a shape met in many playbooks; i where none
// begins. A bold line above a table or a heading only announces it.
func (p *partReader) objectionEnd(blocks []markdown.Block, i int) int {
	name, rest := boldFirstLine(blocks[i])
	if p.kind != Objections || name == nil {
		return i
	}
	end := i + 1
	for end < len(blocks) && isAnswer(blocks[end]) {
		end++
	}
	if end == i+1 && len(rest) == 0 {
		return i
	}
	return end
}

// isAnswer reports whether a block may belong to the bold line above it.
func isAnswer(b markdown.Block) bool {
	switch b.(type) {
	case *markdown.Heading, *markdown.Table, *markdown.Rule:
		return false
	}
	name, _ := boldFirstLine(b)
	return name == nil
}

// boldFirstLine returns the bold text that is the whole first line of a
// paragraph, and what follows; nil where there is none.
func boldFirstLine(b markdown.Block) (name *markdown.Emphasis, rest []markdown.Inline) {
	para, ok := b.(*markdown.Paragraph)
	if !ok {
		return nil, nil
	}
	text := markdown.Trim(para.Text)
	if len(text) == 0 {
		return nil, nil
	}
	bold, ok := text[0].(*markdown.Emphasis)
	if !ok || !bold.Strong {
		return nil, nil
	}
	if len(text) > 1 {
		if _, ok := text[1].(*markdown.Break); !ok {
			return nil, nil
		}
	}
	return bold, markdown.Trim(text[1:])
}

func (p *partReader) objection(b *markdown.Paragraph, blocks []markdown.Block) {
	bold, rest := boldFirstLine(b)
	name := cutInlineColon(bold.Text)
	e := &Entry{
		Name: strings.TrimSpace(markdown.InlineText(name)), HTML: inlineHTML(name), Link: firstLink(name),
		Depth: 1, Span: firstLine(p.file, b.At),
	}
	e.Key, e.ID = Normalize(e.Name), p.uniqueID(p.kind.String(), e.Name)
	p.note(e.Span, "bold line", e.Name, "entry of "+p.kind.String())
	if len(rest) > 0 {
		blocks = slices.Insert(slices.Clone(blocks), 0, markdown.Block(&markdown.Paragraph{At: b.At, Text: rest}))
	}
	p.body(e, blocks)
	p.add(e)
}

// isGroup reports whether the block below a heading holds entries of its own,
// so that the heading only groups them: deeper headings, or a table with a
// column that names an entry.
func (p *partReader) isGroup(blocks []markdown.Block) bool {
	if len(blocks) == 0 {
		return false
	}
	switch b := blocks[0].(type) {
	case *markdown.Heading:
		return true
	case *markdown.Table:
		_, isLabels := p.labelRows(b)
		return !isLabels && p.namesEntries(b)
	}
	return false
}

func (p *partReader) namesEntries(t *markdown.Table) bool {
	return slices.ContainsFunc(t.Head, func(c markdown.Cell) bool {
		id, _ := p.words.field(p.kind, markdown.InlineText(c.Text))
		return id == FieldName
	})
}

func (p *partReader) subhead(h *markdown.Heading) *Subhead {
	s := &Subhead{Heading: p.heading(h), Depth: max(1, h.Level-p.level)}
	s.Key, s.RoleNoun = Normalize(s.Text), p.words.soundsLikeRole(s.Text)
	as := "group of entries"
	if p.kind == SellingTasks {
		as = "role or group"
	}
	p.note(h.At, "heading", s.Text, as)
	p.add(s)
	return s
}

func (p *partReader) headingEntry(h *markdown.Heading) *Entry {
	heading := p.heading(h)
	return &Entry{ID: heading.ID, Name: heading.Text, Key: Normalize(heading.Text), HTML: heading.HTML, Link: firstLink(h.Text), Depth: max(1, h.Level-p.level), Span: h.At}
}

func firstLink(text []markdown.Inline) int {
	if links := markdown.LinksInText(text); len(links) > 0 {
		return links[0]
	}
	return -1
}

// entryUnder makes an entry of a deeper heading and its block.
func (p *partReader) entryUnder(h *markdown.Heading, blocks []markdown.Block) *Entry {
	e := p.headingEntry(h)
	p.note(h.At, "heading", e.Name, "entry of "+p.kind.String())
	p.body(e, blocks)
	return e
}

// body fills an entry's fields and text from its block: labels in paragraphs
// and list items and tables of labels are fields, all else is text.
func (p *partReader) body(e *Entry, blocks []markdown.Block) {
	var text []markdown.Block
	var raw []rawField
	rules := labelRules{kind: p.kind, unknown: p.kind != Objections}
	for _, b := range blocks {
		switch b := b.(type) {
		case *markdown.Paragraph:
			lead, fields := p.labels(b.Text, rules)
			if lead = markdown.Trim(lead); len(lead) > 0 {
				text = append(text, &markdown.Paragraph{At: b.At, Text: lead, Tight: b.Tight})
			}
			raw = append(raw, fields...)
		case *markdown.List:
			rest, fields := p.listFields(b, rules)
			if rest != nil {
				text = append(text, rest)
			}
			raw = append(raw, fields...)
		case *markdown.Table:
			if fields, ok := p.labelRows(b); ok {
				raw = append(raw, fields...)
			} else {
				text = append(text, b)
			}
		default:
			text = append(text, b)
		}
	}
	e.Fields = append(e.Fields, p.fields(raw)...)
	e.Body, e.Text = p.html(text...), strings.TrimSpace(markdown.BlockText(text))
	p.values(e)
}

// listFields takes the labelled items out of a list; the list of the others
// is nil where none is left.
func (p *partReader) listFields(b *markdown.List, rules labelRules) (*markdown.List, []rawField) {
	var raw []rawField
	rest := *b
	rest.Items = nil
	for _, item := range b.Items {
		if fields, ok := p.labelledItem(item, rules); ok && (fields[0].id != "" || p.kind != Questions) {
			raw = append(raw, fields...)
		} else {
			rest.Items = append(rest.Items, item)
		}
	}
	if len(rest.Items) == 0 {
		return nil, raw
	}
	return &rest, raw
}

// listOf decodes a list that stands directly in a section.
func (p *partReader) listOf(b *markdown.List) {
	if !slices.ContainsFunc(b.Items, p.isEntryItem) {
		p.prose(b)
		return
	}
	p.noteBlock(b, "entries of "+p.kind.String())
	out := &EntryList{Ordered: b.Ordered, Start: b.Start}
	for _, item := range b.Items {
		if p.isEntryItem(item) {
			out.Items = append(out.Items, ListItem{Entry: p.itemEntry(item)})
			continue
		}
		one := *b
		one.Items = []*markdown.Item{item}
		w := p.writer()
		w.Blocks(item.Blocks)
		out.Items = append(out.Items, ListItem{Prose: &Prose{HTML: w.Fragment(), Text: strings.TrimSpace(markdown.BlockText(item.Blocks)), Span: item.At}})
	}
	p.add(out)
}

// isEntryItem reports whether a list item begins with bold text or a link. A
// link to another host is an entry only where things to show are listed:
// elsewhere it points away from what the section is about.
func (p *partReader) isEntryItem(item *markdown.Item) bool {
	first, ok := firstParagraph(item.Blocks)
	if !ok {
		return false
	}
	switch n := lead(first.Text).(type) {
	case *markdown.Emphasis:
		return n.Strong && markdown.InlineText(n.Text) != ""
	case *markdown.Link:
		dest := p.doc.Links[n.Index].Dest
		return p.kind == Assets || p.kind == Proof || !strings.Contains(dest, ":") && !strings.HasPrefix(dest, "/")
	}
	return false
}

// lead returns the first inline that is shown, a task box aside.
func lead(text []markdown.Inline) markdown.Inline {
	for _, n := range text {
		switch n := n.(type) {
		case *markdown.Checkbox, *markdown.Remark:
			continue
		case *markdown.Text:
			if strings.TrimSpace(n.Value) == "" {
				continue
			}
		}
		return n
	}
	return nil
}

// itemEntry makes an entry of a list item: the name is its bold text or link,
// what follows is its block.
func (p *partReader) itemEntry(item *markdown.Item) *Entry {
	first := item.Blocks[0].(*markdown.Paragraph)
	named := lead(first.Text)
	at := slices.Index(first.Text, named)
	name, rest := []markdown.Inline{named}, slices.Clone(first.Text[at+1:])
	if bold, ok := named.(*markdown.Emphasis); ok {
		name = cutInlineColon(bold.Text)
	}
	rest = afterName(rest)
	e := &Entry{
		Name: strings.TrimSpace(markdown.InlineText(name)), HTML: inlineHTML(name), Link: firstLink([]markdown.Inline{named}),
		Span: source.Span{Start: item.At.Start, End: firstLine(p.file, item.At).End},
	}
	e.Key, e.ID = Normalize(e.Name), p.uniqueID(p.kind.String(), e.Name)
	blocks := slices.Clone(item.Blocks[1:])
	if len(rest) > 0 {
		blocks = slices.Insert(blocks, 0, markdown.Block(&markdown.Paragraph{At: first.At, Text: rest, Tight: first.Tight}))
	}
	p.body(e, blocks)
	return e
}

// cutInlineColon drops the punctuation that ends a name: “Operations manager:”,
// “Audits done.”
func cutInlineColon(text []markdown.Inline) []markdown.Inline {
	if len(text) == 0 {
		return text
	}
	last, ok := text[len(text)-1].(*markdown.Text)
	if !ok {
		return text
	}
	value := strings.TrimRight(last.Value, " :：.。")
	if strings.HasSuffix(last.Value, "...") {
		return text
	}
	return append(slices.Clone(text[:len(text)-1]), &markdown.Text{At: last.At, Value: value})
}

// afterName drops the punctuation that joins a name to what follows.
func afterName(text []markdown.Inline) []markdown.Inline {
	text = markdown.Trim(text)
	first, ok := firstText(text)
	if !ok {
		return text
	}
	cut := strings.TrimLeft(first.Value, " .:：–—-")
	text[0] = cutText(first, len(first.Value)-len(cut))
	return markdown.Trim(text)
}

// values reads the fields whose values are words of the language.
func (p *partReader) values(e *Entry) {
	switch p.kind {
	case Metrics, CustomerMetrics:
		for _, id := range []FieldID{FieldKind, FieldSide} {
			if f := e.Field(id); f != nil && !f.Missing {
				p.metricValue(e, f)
			}
		}
	case Assets:
		if f := e.Field(FieldShare); f != nil {
			e.Share = p.word(f.Text, "customer", "us-only")
		}
	}
}

// metricValue reads “lagging (brand)”: the words in any order and spelling.
func (p *partReader) metricValue(e *Entry, f *Field) {
	for _, word := range strings.FieldsFunc(f.Text, func(c rune) bool { return strings.ContainsRune("()（）,/;、", c) }) {
		if v := p.word(word, "leading", "lagging"); v != "" && e.Kind == "" {
			e.Kind = v
		}
		if v := p.word(word, "financial", "brand"); v != "" && e.Side == "" {
			e.Side = v
		}
	}
}

// word returns the value that a word means, if it is one of those wanted.
func (p *partReader) word(text string, wanted ...string) string {
	v := p.words.values[Normalize(strings.TrimRight(text, ". "))]
	if slices.Contains(wanted, v) {
		return v
	}
	return ""
}
