package markdown

import "strings"

// InlineText returns the plain words of inlines: a break is a space, an image
// its description; a comment, the box of a task and the number of a footnote
// are nothing.
func InlineText(list []Inline) string {
	if len(list) == 1 {
		if t, ok := list[0].(*Text); ok {
			return t.Value
		}
	}
	var b strings.Builder
	inlineWords(&b, list)
	return b.String()
}

func inlineWords(b *strings.Builder, list []Inline) {
	for _, in := range list {
		switch in := in.(type) {
		case *Text:
			b.WriteString(in.Value)
		case *Code:
			b.WriteString(in.Value)
		case *Emphasis:
			inlineWords(b, in.Text)
		case *Strike:
			inlineWords(b, in.Text)
		case *Link:
			if !in.Footnote {
				inlineWords(b, in.Text)
			}
		case *Image:
			b.WriteString(in.Alt)
		case *Break:
			b.WriteByte(' ')
		}
	}
}

// BlockText returns the plain words of blocks. Paragraphs, items and rows
// stand on lines of their own, the cells of a row are parted by spaces, and the
// lines of code stay as they are.
func BlockText(list []Block) string {
	var b strings.Builder
	blockWords(&b, list)
	return b.String()
}

func blockWords(b *strings.Builder, list []Block) {
	for _, block := range list {
		switch block := block.(type) {
		case *Heading:
			newline(b)
			inlineWords(b, block.Text)
		case *Paragraph:
			newline(b)
			inlineWords(b, block.Text)
		case *List:
			for _, item := range block.Items {
				blockWords(b, item.Blocks)
			}
		case *Table:
			rowWords(b, block.Head)
			for _, row := range block.Rows {
				rowWords(b, row)
			}
		case *Quote:
			blockWords(b, block.Blocks)
		case *CodeBlock:
			newline(b)
			b.WriteString(strings.TrimSuffix(block.Text, "\n"))
		case *Rule, *Comment:
		}
	}
}

func rowWords(b *strings.Builder, row []Cell) {
	newline(b)
	for i, cell := range row {
		if i > 0 {
			b.WriteByte(' ')
		}
		inlineWords(b, cell.Text)
	}
}

func newline(b *strings.Builder) {
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
}
