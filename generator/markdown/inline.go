package markdown

import "strings"

// SplitBreaks returns the lines of inlines parted by hard breaks, as a list
// written with <br> in a cell of a table, each trimmed. Empty lines are left
// out. A break inside of emphasis or a link does not part.
func SplitBreaks(list []Inline) [][]Inline {
	var lines [][]Inline
	add := func(line []Inline) {
		if line = Trim(line); len(line) > 0 {
			lines = append(lines, line)
		}
	}
	start := 0
	for i, in := range list {
		if b, ok := in.(*Break); ok && b.Hard {
			add(list[start:i])
			start = i + 1
		}
	}
	add(list[start:])
	return lines
}

// Trim returns the inlines without white space and breaks at both ends. The
// list that was passed is not changed.
func Trim(list []Inline) []Inline {
	for len(list) > 0 && blank(list[0]) {
		list = list[1:]
	}
	for len(list) > 0 && blank(list[len(list)-1]) {
		list = list[:len(list)-1]
	}
	if len(list) == 0 {
		return nil
	}
	list = trimEnd(list, 0, strings.TrimLeft)
	return trimEnd(list, len(list)-1, strings.TrimRight)
}

// space is the white space of Markdown; a no-break space is text.
const space = " \t\n"

func blank(in Inline) bool {
	switch in := in.(type) {
	case *Break:
		return true
	case *Text:
		return strings.Trim(in.Value, space) == ""
	}
	return false
}

// trimEnd returns the list with the text at i cut, copied where it changes.
func trimEnd(list []Inline, i int, trim func(s, cutset string) string) []Inline {
	t, ok := list[i].(*Text)
	if !ok {
		return list
	}
	v := trim(t.Value, space)
	if v == t.Value {
		return list
	}
	out := make([]Inline, len(list))
	copy(out, list)
	out[i] = &Text{At: t.At, Value: v}
	return out
}

// LinksIn returns the indexes into Document.Links of the links and images in
// blocks, in their order.
func LinksIn(blocks []Block) []int {
	var out []int
	for _, b := range blocks {
		out = blockLinks(out, b)
	}
	return out
}

func blockLinks(out []int, b Block) []int {
	switch b := b.(type) {
	case *Heading:
		return inlineLinks(out, b.Text)
	case *Paragraph:
		return inlineLinks(out, b.Text)
	case *List:
		for _, item := range b.Items {
			for _, sub := range item.Blocks {
				out = blockLinks(out, sub)
			}
		}
	case *Table:
		out = rowLinks(out, b.Head)
		for _, row := range b.Rows {
			out = rowLinks(out, row)
		}
	case *Quote:
		for _, sub := range b.Blocks {
			out = blockLinks(out, sub)
		}
	}
	return out
}

func rowLinks(out []int, row []Cell) []int {
	for _, cell := range row {
		out = inlineLinks(out, cell.Text)
	}
	return out
}

// LinksInText is [LinksIn] for inlines.
func LinksInText(list []Inline) []int { return inlineLinks(nil, list) }

func inlineLinks(out []int, list []Inline) []int {
	for _, in := range list {
		switch in := in.(type) {
		case *Link:
			out = inlineLinks(append(out, in.Index), in.Text)
		case *Image:
			out = append(out, in.Index)
		case *Emphasis:
			out = inlineLinks(out, in.Text)
		case *Strike:
			out = inlineLinks(out, in.Text)
		}
	}
	return out
}
