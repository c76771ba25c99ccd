package playbook

import (
	"bytes"
	"slices"
	"strings"

	"plumb/generator/markdown"
	"plumb/generator/source"
)

// Allow is an exception that an author wrote where it holds:
//
//	<!-- plumb: allow CODE reason -->
type Allow struct {
	// Code is what stands behind the word “allow”, Reason the rest; empty where
	// nothing does.
	Code, Reason string
	Span         source.Span // of the comment, or of the text that holds it
	// From and To are the lines that it holds for, counted from 1, both included.
	// From is 0 where it holds for the file as a whole.
	From, To int
}

// Covers reports whether the exception holds for a line, 0 for the file as a
// whole.
func (a *Allow) Covers(line int) bool { return a.From <= line && line <= a.To }

// allower collects the exceptions of a document.
type allower struct {
	file *source.File
	list []Allow
	// whole is set until something of the text was met: an exception above it all
	// holds for the file.
	whole bool
}

// allowMarks are how a comment that speaks to Plumb begins.
var allowMarks = [][]byte{[]byte("plumb:"), []byte("Plumb:"), []byte("PLUMB:")}

// allows returns the exceptions among the blocks of a file. One that stands by
// itself holds for what follows it: above a heading, all of its section; above
// all of the text, but for a title, the file. One within a paragraph or a row
// holds for that, one in a list item for the item, one within a heading for its
// section.
func allows(f *source.File, blocks []markdown.Block) []Allow {
	if !slices.ContainsFunc(allowMarks, func(mark []byte) bool { return bytes.Contains(f.Data, mark) }) {
		return nil
	}
	a := &allower{file: f, whole: true}
	a.blocks(blocks)
	return a.list
}

func (a *allower) blocks(blocks []markdown.Block) {
	for i, b := range blocks {
		switch b := b.(type) {
		case *markdown.Comment:
			a.add(b.Text, b.At, reach(blocks, i))
		case *markdown.Heading:
			a.whole = a.whole && b.Level == 1
			a.inlines(b.Text, b.At, reach(blocks, i-1))
		default:
			a.whole = false
			a.within(b)
		}
	}
}

// within takes the exceptions within a block of text.
func (a *allower) within(b markdown.Block) {
	switch b := b.(type) {
	case *markdown.Paragraph:
		a.inlines(b.Text, b.At, b.At)
	case *markdown.Quote:
		a.blocks(b.Blocks)
	case *markdown.List:
		for _, it := range b.Items {
			a.item(it)
		}
	case *markdown.Table:
		a.row(b.Head)
		for _, row := range b.Rows {
			a.row(row)
		}
	}
}

// item takes the exceptions of a list item. One that stands in its text or
// between its blocks holds for the item: findings are about items, not about what is nested.
func (a *allower) item(it *markdown.Item) {
	for _, b := range it.Blocks {
		switch b := b.(type) {
		case *markdown.Comment:
			a.add(b.Text, b.At, it.At)
		case *markdown.Paragraph:
			a.inlines(b.Text, b.At, it.At)
		default:
			a.blocks([]markdown.Block{b})
		}
	}
}

func (a *allower) row(cells []markdown.Cell) {
	for _, c := range cells {
		a.inlines(c.Text, c.At, c.At)
	}
}

func (a *allower) inlines(list []markdown.Inline, at, reach source.Span) {
	for _, in := range list {
		switch in := in.(type) {
		case *markdown.Remark:
			a.add(in.Value, at, reach)
		case *markdown.Emphasis:
			a.inlines(in.Text, at, reach)
		case *markdown.Link:
			a.inlines(in.Text, at, reach)
		case *markdown.Strike:
			a.inlines(in.Text, at, reach)
		}
	}
}

// reach is what a comment holds for that stands behind the block i: the next
// block that is no comment, with its section where that is a heading. Behind
// the last one it holds for the one before it.
func reach(blocks []markdown.Block, i int) source.Span {
	next := i + 1
	for next < len(blocks) && isComment(blocks[next]) {
		next++
	}
	if next == len(blocks) {
		if i > 0 {
			return blocks[i-1].Span()
		}
		return blocks[max(i, 0)].Span()
	}
	span := blocks[next].Span()
	if h, ok := blocks[next].(*markdown.Heading); ok {
		for _, b := range blocks[next+1:] {
			if other, ok := b.(*markdown.Heading); ok && other.Level <= h.Level {
				break
			}
			span.End = b.Span().End
		}
	}
	return span
}

func isComment(b markdown.Block) bool {
	_, ok := b.(*markdown.Comment)
	return ok
}

// add takes a comment for an exception if it speaks to Plumb.
func (a *allower) add(text string, at, reach source.Span) {
	mark, order, ok := strings.Cut(text, ":")
	if !ok || !strings.EqualFold(mark, "plumb") {
		return
	}
	out := Allow{Span: at, From: a.line(reach.Start), To: a.line(max(reach.Start, reach.End-1))}
	if a.whole {
		out.From, out.To = 0, a.line(len(a.file.Data))
	}
	words := strings.Fields(order)
	if len(words) > 1 && words[0] == "allow" {
		out.Code, out.Reason = words[1], strings.Join(words[2:], " ")
	}
	a.list = append(a.list, out)
}

func (a *allower) line(at int) int {
	return bytes.Count(a.file.Data[:min(at, len(a.file.Data))], []byte{'\n'}) + 1
}
