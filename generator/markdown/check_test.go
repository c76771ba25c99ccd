package markdown

import (
	"testing"

	"plumb/generator/source"
)

// checkSpans fails where a place is outside of its container, reversed, or
// before the one of an earlier sibling.
func checkSpans(t testing.TB, doc *Document, from, to int) {
	t.Helper()
	c := spanChecker{t: t}
	whole := source.Span{Start: from, End: to}
	c.blocks(doc.Blocks, whole)
	for _, n := range doc.Footnotes {
		c.blocks(n.Blocks, whole)
	}
	for _, l := range doc.Links {
		c.inside("target", l.Span, whole)
	}
}

type spanChecker struct{ t testing.TB }

func (c spanChecker) inside(what string, s, outer source.Span) {
	if s.Start > s.End || s.Start < outer.Start || s.End > outer.End {
		c.t.Errorf("%s at %v is not within %v", what, s, outer)
	}
}

func (c spanChecker) blocks(list []Block, outer source.Span) {
	last := outer.Start
	for _, b := range list {
		s := b.Span()
		c.inside("block", s, outer)
		if s.Start < last {
			c.t.Errorf("%T at %v begins before %d", b, s, last)
		}
		last = s.Start
		switch b := b.(type) {
		case *Heading:
			c.inlines(b.Text, s)
		case *Paragraph:
			c.inlines(b.Text, s)
		case *Quote:
			c.blocks(b.Blocks, s)
		case *List:
			for _, item := range b.Items {
				c.inside("item", item.At, s)
				c.blocks(item.Blocks, item.At)
			}
		case *Table:
			for _, row := range append([][]Cell{b.Head}, b.Rows...) {
				if len(row) != len(b.Head) {
					c.t.Errorf("a row of %d cells under a head of %d", len(row), len(b.Head))
				}
				for _, cell := range row {
					c.inside("cell", cell.At, s)
					c.inlines(cell.Text, cell.At)
				}
			}
		}
	}
}

func (c spanChecker) inlines(list []Inline, outer source.Span) {
	last := outer.Start
	for _, in := range list {
		var s source.Span
		var inner []Inline
		switch in := in.(type) {
		case *Text:
			s = in.At
		case *Code:
			s = in.At
		case *Emphasis:
			s, inner = in.At, in.Text
		case *Link:
			s, inner = in.At, in.Text
		case *Image:
			s = in.At
		case *Strike:
			c.inlines(in.Text, outer)
			continue
		default:
			continue
		}
		c.inside("inline", s, outer)
		if s.Start < last {
			c.t.Errorf("%T at %v begins before %d", in, s, last)
		}
		last = s.Start
		c.inlines(inner, s)
	}
}
