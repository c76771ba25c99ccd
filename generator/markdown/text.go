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
	return string(inlineWords(make([]byte, 0, mostWords), list))
}

// mostWords is room for most texts, so that they are put together without one
// of their own.
const mostWords = 512

func inlineWords(b []byte, list []Inline) []byte {
	for _, in := range list {
		switch in := in.(type) {
		case *Text:
			b = append(b, in.Value...)
		case *Code:
			b = append(b, in.Value...)
		case *Emphasis:
			b = inlineWords(b, in.Text)
		case *Strike:
			b = inlineWords(b, in.Text)
		case *Link:
			if !in.Footnote {
				b = inlineWords(b, in.Text)
			}
		case *Image:
			b = append(b, in.Alt...)
		case *Break:
			b = append(b, ' ')
		}
	}
	return b
}

// BlockText returns the plain words of blocks. Paragraphs, items and rows
// stand on lines of their own, the cells of a row are parted by spaces, and the
// lines of code stay as they are.
func BlockText(list []Block) string {
	if len(list) == 1 {
		if p, ok := list[0].(*Paragraph); ok {
			return InlineText(p.Text)
		}
	}
	return string(blockWords(make([]byte, 0, mostWords), list))
}

func blockWords(b []byte, list []Block) []byte {
	for _, block := range list {
		switch block := block.(type) {
		case *Heading:
			b = inlineWords(newline(b), block.Text)
		case *Paragraph:
			b = inlineWords(newline(b), block.Text)
		case *List:
			for _, item := range block.Items {
				b = blockWords(b, item.Blocks)
			}
		case *Table:
			b = rowWords(b, block.Head)
			for _, row := range block.Rows {
				b = rowWords(b, row)
			}
		case *Quote:
			b = blockWords(b, block.Blocks)
		case *CodeBlock:
			b = append(newline(b), strings.TrimSuffix(block.Text, "\n")...)
		case *Rule, *Comment:
		}
	}
	return b
}

func rowWords(b []byte, row []Cell) []byte {
	b = newline(b)
	for i, cell := range row {
		if i > 0 {
			b = append(b, ' ')
		}
		b = inlineWords(b, cell.Text)
	}
	return b
}

func newline(b []byte) []byte {
	if len(b) > 0 {
		b = append(b, '\n')
	}
	return b
}
