package playbook

import (
	"slices"
	"strings"
	"unicode/utf8"

	"plumb/generator/markdown"
)

// objectionEnd returns the index behind an objection written as a line of bold
// text with its answer below, a shape met in many playbooks; i where none
// begins. A bold line above a table, a heading or a list of objections only
// announces it, and one that is a label is none.
func (p *partReader) objectionEnd(blocks []markdown.Block, i int) int {
	if p.kind != Objections {
		return i
	}
	name, rest := boldFirstLine(blocks[i])
	if name == nil || p.isLabelLine(name) {
		return i
	}
	end := i + 1
	for end < len(blocks) && p.isAnswer(blocks[end]) {
		end++
	}
	if len(rest) == 0 && (end == i+1 || p.announces(name, blocks[i+1])) {
		return i
	}
	return end
}

// announces reports whether a bold line is no objection but stands above a
// list of them.
func (p *partReader) announces(name *markdown.Emphasis, below markdown.Block) bool {
	list, ok := below.(*markdown.List)
	return ok && !isQuoted(markdown.InlineText(name.Text)) && slices.ContainsFunc(list.Items, p.isEntryItem)
}

// isAnswer reports whether a block may belong to the bold line above it.
func (p *partReader) isAnswer(b markdown.Block) bool {
	switch b.(type) {
	case *markdown.Heading, *markdown.Table, *markdown.Rule:
		return false
	}
	name, _ := boldFirstLine(b)
	return name == nil || p.isLabelLine(name)
}

// isLabelLine reports whether a bold line is a label of what follows.
func (p *partReader) isLabelLine(bold *markdown.Emphasis) bool {
	text := strings.TrimSpace(markdown.InlineText(bold.Text))
	if cutColon(text) != text {
		return true
	}
	id, ok := p.words.exactField(p.kind, text)
	return ok && id != FieldName
}

// boldFirstLine returns the bold text that is the whole first line of a
// paragraph, or what a customer says at its beginning, and what follows; nil
// where there is none.
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
	rest = text[1:]
	if len(rest) > 0 && !isBreak(rest[0]) {
		if !isQuoted(markdown.InlineText(bold.Text)) {
			return nil, nil
		}
		return bold, afterName(slices.Clone(rest))
	}
	return bold, markdown.Trim(rest)
}

func isBreak(n markdown.Inline) bool {
	_, ok := n.(*markdown.Break)
	return ok
}

// quotesObjection reports whether a block is a heading with words of a customer
// in quotation marks, or has such words in bold.
func quotesObjection(b markdown.Block) bool {
	switch b := b.(type) {
	case *markdown.Heading:
		return isQuoted(markdown.InlineText(b.Text))
	case *markdown.Paragraph:
		bold, _ := boldFirstLine(b)
		return bold != nil && isQuoted(markdown.InlineText(bold.Text))
	case *markdown.List:
		return slices.ContainsFunc(b.Items, func(item *markdown.Item) bool {
			first, ok := firstParagraph(item.Blocks)
			if !ok {
				return false
			}
			at := lead(first.Text)
			if at == len(first.Text) {
				return false
			}
			bold, ok := first.Text[at].(*markdown.Emphasis)
			return ok && bold.Strong && isQuoted(markdown.InlineText(bold.Text))
		})
	}
	return false
}

// isQuoted reports whether a text is what someone says: it begins with a
// quotation mark.
func isQuoted(s string) bool {
	c, _ := utf8.DecodeRuneInString(strings.TrimSpace(s))
	return strings.ContainsRune("\"“„«「『‘'", c)
}

func (p *partReader) objection(b *markdown.Paragraph, blocks []markdown.Block) {
	bold, rest := boldFirstLine(b)
	name := cutInlineColon(bold.Text)
	e := &Entry{
		Traits: noTraits,
		Name:   strings.TrimSpace(markdown.InlineText(name)), HTML: p.inlineHTML(name), Link: firstLink(name),
		Depth: p.group + 1, Span: firstLine(p.file, b.At),
	}
	e.Key, e.ID = Normalize(e.Name), p.uniqueID(p.kind.String(), e.Name)
	p.note(e.Span, "bold line", e.Name, "entry of "+p.kind.String())
	if len(rest) > 0 {
		blocks = slices.Insert(slices.Clone(blocks), 0, markdown.Block(&markdown.Paragraph{At: b.At, Text: rest}))
	}
	p.body(e, blocks)
	p.add(e)
}
