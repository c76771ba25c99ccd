package markdown

import (
	"strconv"
	"strings"

	extast "github.com/yuin/goldmark/extension/ast"
)

// note is a footnote on its way into the document; its place in
// converter.notes is the one in Document.Footnotes.
type note struct {
	number     int   // goldmark's
	place      int   // in converter.notes
	first      *Link // the first reference that is a link
	references []int // the targets of all references
}

// footnotes converts the notes: in the order they are referred to, which may
// be from within other notes, then those that nothing refers to.
func (c *converter) footnotes() {
	if c.noteList == nil {
		return
	}
	byNumber := map[int]*extast.Footnote{}
	for n := c.noteList.FirstChild(); n != nil; n = n.NextSibling() {
		f := n.(*extast.Footnote)
		byNumber[f.Index] = f
	}
	c.convertNotes(byNumber)
	for n := c.noteList.FirstChild(); n != nil; n = n.NextSibling() {
		f := n.(*extast.Footnote)
		if f.Index < 0 {
			c.notes = append(c.notes, &note{})
			c.appendNote(f)
		} else if c.noteOf[f.Index] == nil {
			c.note(f.Index)
		}
		c.convertNotes(byNumber)
	}
	for i, n := range c.notes {
		c.doc.Footnotes[i].Back = -1
		if n.first != nil {
			c.doc.Footnotes[i].Back = c.target(Target{Footnote: true, Span: n.first.At})
		}
	}
}

// convertNotes converts the notes that were met and not converted yet.
func (c *converter) convertNotes(byNumber map[int]*extast.Footnote) {
	for len(c.doc.Footnotes) < len(c.notes) {
		n := c.notes[len(c.doc.Footnotes)]
		c.appendNote(byNumber[n.number])
	}
}

func (c *converter) appendNote(f *extast.Footnote) {
	i := len(c.doc.Footnotes)
	c.doc.Footnotes = append(c.doc.Footnotes, Footnote{})
	blocks := c.blocks(f)
	c.doc.Footnotes[i].Blocks = blocks
}

// note returns the note of goldmark's number, taken up if it is new.
func (c *converter) note(number int) *note {
	if n := c.noteOf[number]; n != nil {
		return n
	}
	if c.noteOf == nil {
		c.noteOf = map[int]*note{}
	}
	n := &note{number: number, place: len(c.notes)}
	c.noteOf[number] = n
	c.notes = append(c.notes, n)
	return n
}

// footnoteLink converts a reference. In the text of a link it cannot be a link
// of its own.
func (c *converter) footnoteLink(n *extast.FootnoteLink) {
	note := c.note(n.Index)
	end := n.Pos() + strings.IndexByte(c.src[n.Pos():], ']') + 1
	at := c.span(n.Pos(), end)
	number := strconv.Itoa(note.place + 1)
	if c.inLink {
		c.push(&Text{At: at, Value: "[" + number + "]"})
		return
	}
	link := &Link{At: at, Footnote: true, Index: c.target(Target{Footnote: true, Span: at})}
	link.Text = []Inline{&Text{At: at, Value: number}}
	note.references = append(note.references, link.Index)
	if note.first == nil {
		note.first = link
	}
	c.push(link)
}

// identifyNote gives the i-th note its anchors, and its links their
// destinations.
func (c *converter) identifyNote(i int, n *note, ids idSet) {
	f, number := &c.doc.Footnotes[i], strconv.Itoa(i+1)
	f.ID = ids.unique("fn-" + number)
	for _, link := range n.references {
		c.doc.Links[link].Dest = "#" + f.ID
	}
	if n.first != nil {
		n.first.FootnoteRef = ids.unique("fnref-" + number)
		c.doc.Links[f.Back].Dest = "#" + n.first.FootnoteRef
	}
}
