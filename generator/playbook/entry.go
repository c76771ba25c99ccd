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
			if p.headed(b, blocks[i+1:end]) {
				i = end - 1
			}
		case *markdown.Table:
			if p.isEntryTable(b) {
				p.table(b)
			} else {
				p.prose(b)
			}
		case *markdown.List:
			p.listOf(b)
		case *markdown.Paragraph:
			if end := p.objectionEnd(blocks, i); end > i {
				p.objection(b, blocks[i+1:end])
				i = end - 1
			} else if end := p.labelledEnd(blocks, i); end > i {
				p.labelled(blocks[i:end])
				i = end - 1
			} else {
				p.prose(b)
			}
		default:
			p.prose(b)
		}
	}
}

// headed decodes a deeper heading: a group of entries, or an entry with the
// block below it, in which case it is true.
func (p *partReader) headed(h *markdown.Heading, blocks []markdown.Block) bool {
	text := markdown.InlineText(h.Text)
	switch {
	case p.isGroup(text, blocks):
		p.group = p.subhead(h).Depth
	case p.words.isMissing(text):
		p.prose(h)
	default:
		e := p.entryUnder(h, blocks)
		p.group = min(p.group, e.Depth-1)
		p.add(e)
		return true
	}
	return false
}

// isGroup reports whether the block below a heading holds entries of its own,
// so that the heading only groups them: deeper headings that are no fields, a
// table with a column that names an entry, what customers say in quotation
// marks, or deeper headings with labels below them. The heading of a house page that names its section is one as well.
func (p *partReader) isGroup(heading string, blocks []markdown.Block) bool {
	if len(blocks) == 0 {
		return false
	}
	if p.house {
		if t, ok := p.words.sectionNamed(heading); ok && t.kind == p.kind {
			return true
		}
	}
	switch b := blocks[0].(type) {
	case *markdown.Heading:
		return !slices.ContainsFunc(blocks, p.isFieldHeading)
	case *markdown.Table:
		_, isLabels := p.labelRows(b)
		return !isLabels && p.namesEntries(b)
	}
	if p.kind == Objections {
		return !isQuoted(heading) && slices.ContainsFunc(blocks, quotesObjection)
	}
	return p.headsEntries(blocks)
}

// headsEntries reports whether blocks begin with text that has no label and go
// on with a heading below which the labels stand: what is described is below.
func (p *partReader) headsEntries(blocks []markdown.Block) bool {
	first := slices.IndexFunc(blocks, isHeading)
	if first <= 0 || p.isFieldHeading(blocks[first]) || slices.ContainsFunc(blocks[:first], p.hasLabel) {
		return false
	}
	return slices.ContainsFunc(blocks[first:blockEnd(blocks, first)], p.hasLabel)
}

// hasLabel reports whether a paragraph or a list item holds a known label.
func (p *partReader) hasLabel(b markdown.Block) bool {
	rules := labelRules{kind: p.kind}
	switch b := b.(type) {
	case *markdown.Paragraph:
		_, fields := p.labels(b.Text, rules)
		return len(fields) > 0
	case *markdown.List:
		return slices.ContainsFunc(b.Items, func(item *markdown.Item) bool {
			_, ok := p.labelledItem(item, rules)
			return ok
		})
	}
	return false
}

// isFieldHeading reports whether a block is a heading that names a field.
func (p *partReader) isFieldHeading(b markdown.Block) bool {
	h, ok := b.(*markdown.Heading)
	if !ok {
		return false
	}
	id, ok := p.words.exactField(p.kind, markdown.InlineText(h.Text))
	return ok && id != FieldName
}

func (p *partReader) namesEntries(t *markdown.Table) bool {
	return slices.ContainsFunc(t.Head, func(c markdown.Cell) bool {
		id, _ := p.words.field(p.kind, markdown.InlineText(c.Text))
		return id == FieldName
	})
}

// isEntryTable reports whether the rows of a table are entries. Where things
// are compared, a table of which no head is known is a matrix of features.
func (p *partReader) isEntryTable(t *markdown.Table) bool {
	return p.kind != Buyers && p.kind != Alternatives || slices.ContainsFunc(t.Head, p.isLabel)
}

func (p *partReader) subhead(h *markdown.Heading) *Subhead {
	s := &Subhead{Heading: p.heading(h), Depth: max(1, h.Level-p.level)}
	s.Key, s.RoleNoun = headKey(s.Text), p.words.soundsLikeRole(s.Text)
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
	return &Entry{Traits: noTraits, ID: heading.ID, Name: heading.Text, Key: Normalize(heading.Text), HTML: heading.HTML, Link: firstLink(h.Text), Depth: max(1, h.Level-p.level), Span: h.At}
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
// and list items, tables of labels and deeper headings that name a field are
// fields, all else is text.
func (p *partReader) body(e *Entry, blocks []markdown.Block) {
	var text []markdown.Block
	var raw []rawField
	rules := labelRules{kind: p.kind, unknown: p.kind != Objections}
	for i := 0; i < len(blocks); i++ {
		b := blocks[i]
		var rest markdown.Block
		var fields []rawField
		switch b := b.(type) {
		case *markdown.Heading:
			if rest = b; p.isFieldHeading(b) {
				end := blockEnd(blocks, i)
				rest, fields = nil, p.headingField(b, blocks[i+1:end])
				i = end - 1
			}
		case *markdown.Paragraph:
			if i+1 < len(blocks) {
				fields = p.labelAbove(b, blocks[i+1], rules)
			}
			if len(fields) > 0 {
				i++
			} else {
				rest, fields = p.paragraphFields(b, rules)
			}
		case *markdown.List:
			rest, fields = p.listFields(b, rules)
		case *markdown.Table:
			var ok bool
			if fields, ok = p.labelRows(b); !ok {
				rest = b
			}
		default:
			rest = b
		}
		if rest != nil {
			text = append(text, rest)
		}
		raw = append(raw, fields...)
	}
	e.Fields = append(e.Fields, p.fields(raw)...)
	e.Body, e.Text = p.html(text...), strings.TrimSpace(markdown.BlockText(text))
	p.values(e)
}

// headingField makes a field of a heading that names one and its block.
func (p *partReader) headingField(h *markdown.Heading, blocks []markdown.Block) []rawField {
	text := strings.TrimSpace(markdown.InlineText(h.Text))
	id, _ := p.words.exactField(p.kind, text)
	return []rawField{{id: id, label: text, anchor: h.ID, at: h.At, blocks: blocks}}
}

// paragraphFields takes the labelled values out of a paragraph; what stands
// before the first label is left, nil where nothing does.
func (p *partReader) paragraphFields(b *markdown.Paragraph, rules labelRules) (markdown.Block, []rawField) {
	lead, fields := p.labels(b.Text, rules)
	if len(fields) == 0 {
		return b, nil
	}
	if lead = markdown.Trim(lead); len(lead) == 0 {
		return nil, fields
	}
	return &markdown.Paragraph{At: b.At, Text: lead, Tight: b.Tight}, fields
}

// listFields takes the labelled items out of a list; the list of the others
// is nil where none is left.
func (p *partReader) listFields(b *markdown.List, rules labelRules) (markdown.Block, []rawField) {
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
	if fields := p.oneThing(b); fields != nil {
		if slices.ContainsFunc(fields, isName) {
			p.labelled([]markdown.Block{b})
		} else {
			p.prose(b) // of what, it does not say
		}
		return
	}
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
		w := p.writer(2 - p.level)
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
	at := lead(first.Text)
	if at == len(first.Text) {
		return false
	}
	switch n := first.Text[at].(type) {
	case *markdown.Emphasis:
		return n.Strong && !p.words.isMissing(markdown.InlineText(n.Text))
	case *markdown.Link:
		dest := p.doc.Links[n.Index].Dest
		return p.kind == Assets || p.kind == Proof || !strings.Contains(dest, ":") && !strings.HasPrefix(dest, "/")
	}
	return false
}

// lead returns the index of the first inline that is more than a task box or a
// sign such as an emoji.
func lead(text []markdown.Inline) int {
	for i, n := range text {
		switch n := n.(type) {
		case *markdown.Checkbox, *markdown.Remark:
			continue
		case *markdown.Text:
			if strings.IndexFunc(n.Value, isWord) < 0 {
				continue
			}
		}
		return i
	}
	return len(text)
}

// itemEntry makes an entry of a list item: the name is its bold text or link,
// what follows is its block.
func (p *partReader) itemEntry(item *markdown.Item) *Entry {
	first := item.Blocks[0].(*markdown.Paragraph)
	at := lead(first.Text)
	named := first.Text[at]
	name, rest := []markdown.Inline{named}, afterName(slices.Clone(first.Text[at+1:]))
	if bold, ok := named.(*markdown.Emphasis); ok {
		name = cutInlineColon(bold.Text)
	}
	if signs := markdown.Trim(withoutBox(first.Text[:at])); len(signs) > 0 {
		name = slices.Concat(signs, []markdown.Inline{&markdown.Text{Value: " "}}, name)
	}
	if e := p.itemNamed(item); e != nil {
		return e
	}
	e := &Entry{
		Traits: noTraits, Name: strings.TrimSpace(markdown.InlineText(name)), HTML: p.inlineHTML(name), Link: firstLink([]markdown.Inline{named}),
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
