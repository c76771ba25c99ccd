package playbook

import (
	"slices"
	"strings"

	"plumb/generator/markdown"
	"plumb/generator/source"
)

// An entry may be written without any of the three shapes, as labels one of
// which is its name: “Objection: too dear. Response: …”.

// nameLabel returns the labels of a paragraph that begins with the label of an
// entry's name and has others, or whose value is all of it; nil for any other.
func (p *partReader) nameLabel(text []markdown.Inline) []rawField {
	lead, fields := p.labels(text, labelRules{kind: p.kind})
	if len(fields) == 0 || fields[0].id != FieldName || len(markdown.Trim(lead)) > 0 || len(markdown.Trim(fields[0].value)) == 0 {
		return nil
	}
	if _, whole := p.words.exactField(p.kind, fields[0].label); !whole {
		return nil
	}
	return fields
}

// labelledEnd returns the index behind an entry that is written as labelled
// paragraphs from block i on; i where none begins. It ends where the next name
// stands, or text without a label. A name alone is no entry.
func (p *partReader) labelledEnd(blocks []markdown.Block, i int) int {
	fields := p.nameLabel(blocks[i].(*markdown.Paragraph).Text)
	if fields == nil {
		return i
	}
	n := len(fields)
	end := i + 1
	for ; end < len(blocks); end++ {
		more := p.fieldsOnly(blocks[end])
		if len(more) == 0 || more[0].id == FieldName {
			break
		}
		n += len(more)
	}
	if n < 2 {
		return i
	}
	return end
}

// fieldsOnly returns the labels of a paragraph, or a list, that is nothing but
// known labels with their values.
func (p *partReader) fieldsOnly(b markdown.Block) []rawField {
	rules := labelRules{kind: p.kind}
	switch b := b.(type) {
	case *markdown.Paragraph:
		if lead, fields := p.labels(b.Text, rules); len(markdown.Trim(lead)) == 0 {
			return fields
		}
	case *markdown.List:
		if rest, fields := p.listFields(b, rules); rest == nil {
			return fields
		}
	}
	return nil
}

// oneThing returns the labels of a list whose items are the labels of one entry
// and not entries of their own: two or more, each of another known field.
func (p *partReader) oneThing(b *markdown.List) []rawField {
	fields := p.fieldsOnly(b)
	seen := map[FieldID]bool{}
	for _, f := range fields {
		if seen[f.id] {
			return nil
		}
		seen[f.id] = true
	}
	if len(fields) < 2 {
		return nil
	}
	return fields
}

func isName(f rawField) bool { return f.id == FieldName }

// labelled makes one entry of blocks of labels.
func (p *partReader) labelled(blocks []markdown.Block) {
	var raw []rawField
	for _, b := range blocks {
		raw = append(raw, p.fieldsOnly(b)...)
	}
	e := p.namedBy(raw, firstLine(p.file, blocks[0].Span()), nil)
	e.Depth = p.group + 1
	p.note(e.Span, "labels", e.Name, "entry of "+p.kind.String())
	p.add(e)
}

// itemNamed makes an entry of a list item that begins with the label of its
// name and has others, perhaps nested in it; nil of any other.
func (p *partReader) itemNamed(item *markdown.Item) *Entry {
	raw := p.nameLabel(withoutBox(item.Blocks[0].(*markdown.Paragraph).Text))
	nested := item.Blocks[1:]
	if raw == nil || len(raw) == 1 && !slices.ContainsFunc(nested, func(b markdown.Block) bool { return len(p.fieldsOnly(b)) > 0 }) {
		return nil
	}
	return p.namedBy(raw, source.Span{Start: item.At.Start, End: firstLine(p.file, item.At).End}, nested)
}

// namedBy makes an entry of labels and more blocks; the label of the name stays
// with it.
func (p *partReader) namedBy(raw []rawField, at source.Span, more []markdown.Block) *Entry {
	i := slices.IndexFunc(raw, isName)
	value := markdown.Trim(raw[i].value)
	e := &Entry{
		Traits: noTraits,
		Name:   strings.TrimSpace(markdown.InlineText(value)), Link: firstLink(value), Span: at,
		HTML: p.inlineHTML(slices.Concat([]markdown.Inline{&markdown.Text{Value: raw[i].label + ": "}}, value)),
	}
	e.Key, e.ID = Normalize(e.Name), p.uniqueID(p.kind.String(), e.Name)
	e.Fields = p.fields(slices.Concat(raw[:i], raw[i+1:]))
	p.body(e, slices.Concat(raw[i].blocks, more))
	return e
}
