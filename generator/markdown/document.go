// Package markdown turns Markdown into a document of plain values, and prints
// documents as safe HTML or as plain text. It is the only door to goldmark:
// no type of that library leaves the package.
//
// The model follows go/doc/comment: a [Block] or an [Inline] is one of a closed
// set of types, and every consumer is one type switch.
package markdown

import "plumb/generator/source"

// Document is one Markdown text.
type Document struct {
	// Blocks are the top-level blocks in source order. Link reference
	// definitions leave none.
	Blocks []Block
	// Links are the targets of all links and images in source order, those of
	// footnotes behind the others; a [Link] or [Image] names its own by index.
	Links []Target
	// Footnotes in order of first reference, then those never referred to; the
	// references are links to "#fn-1" and so on.
	Footnotes []Footnote
}

// Target is what a link or an image points at, as the author wrote it.
type Target struct {
	// Dest is the destination, with escapes and entities resolved, not
	// percent-decoded.
	Dest  string
	Title string
	// Image tells an image from a link.
	Image bool
	// Footnote marks a target that Parse made up: the anchor of a footnote or
	// of its reference. It exists in this document and needs no check.
	Footnote bool
	// Span is the destination in the file, or the whole link where the
	// destination stands elsewhere (a reference).
	Span source.Span
}

// Footnote is the text of a footnote.
type Footnote struct {
	// ID is the anchor of the text, "fn-1"; its first reference has the
	// anchor "fnref-1".
	ID string
	// Back is the target of the link back to the first reference, an index
	// into Document.Links; -1 where nothing refers to the footnote.
	Back   int
	Blocks []Block
}

// Block is a [*Heading], [*Paragraph], [*List], [*Table], [*Quote],
// [*CodeBlock], [*Rule] or [*Comment].
type Block interface {
	// Span is the block in the file, from its first to its last line.
	Span() source.Span
	block()
}

// Heading is an ATX or setext heading.
type Heading struct {
	At    source.Span
	Level int // 1 to 6
	// ID is unique in the document and never empty: an explicit {#id}, else
	// made from the text as GitHub does it.
	ID   string
	Text []Inline // without the {#id}
}

// Paragraph is running text.
type Paragraph struct {
	At   source.Span
	Text []Inline
	// Tight paragraphs stand in a tight list item and print without <p>.
	Tight bool
}

// List is an ordered or a bullet list.
type List struct {
	At      source.Span
	Ordered bool
	Start   int // number of the first item of an ordered list
	Tight   bool
	Items   []*Item
}

// Item is one item of a list.
type Item struct {
	At     source.Span
	Blocks []Block
}

// Table is a GitHub table. Every row has as many cells as the head.
type Table struct {
	At    source.Span
	Align []Align
	Head  []Cell
	Rows  [][]Cell
}

// Cell is one cell of a table.
type Cell struct {
	At   source.Span
	Text []Inline
}

// Align is the alignment of a column.
type Align uint8

// The alignments of a table's columns.
const (
	AlignNone Align = iota
	AlignLeft
	AlignCenter
	AlignRight
)

// Quote is a block quote.
type Quote struct {
	At     source.Span
	Blocks []Block
}

// CodeBlock is a fenced or indented block of code.
type CodeBlock struct {
	At   source.Span
	Info string // first word of the info string
	Text string
}

// Rule is a thematic break.
type Rule struct{ At source.Span }

// Comment is an HTML comment that stands as a block: it prints nothing.
type Comment struct {
	At   source.Span
	Text string // between <!-- and -->, white space trimmed
}

func (b *Heading) Span() source.Span   { return b.At }
func (b *Paragraph) Span() source.Span { return b.At }
func (b *List) Span() source.Span      { return b.At }
func (b *Table) Span() source.Span     { return b.At }
func (b *Quote) Span() source.Span     { return b.At }
func (b *CodeBlock) Span() source.Span { return b.At }
func (b *Rule) Span() source.Span      { return b.At }
func (b *Comment) Span() source.Span   { return b.At }

func (*Heading) block()   {}
func (*Paragraph) block() {}
func (*List) block()      {}
func (*Table) block()     {}
func (*Quote) block()     {}
func (*CodeBlock) block() {}
func (*Rule) block()      {}
func (*Comment) block()   {}

// Inline is a [*Text], [*Code], [*Emphasis], [*Strike], [*Link], [*Image],
// [*Break], [*Checkbox] or [*Remark].
type Inline interface{ inline() }

// Text is literal text, escapes and entities resolved.
type Text struct {
	At    source.Span
	Value string
}

// Code is a code span.
type Code struct {
	At    source.Span
	Value string
}

// Emphasis is emphasised text.
type Emphasis struct {
	At source.Span
	// Strong tells bold from italics.
	Strong bool
	Text   []Inline
}

// Strike is text struck through.
type Strike struct{ Text []Inline }

// Link is a link; its target is Document.Links[Index].
type Link struct {
	At    source.Span
	Index int
	Text  []Inline
	// Footnote marks the reference to a footnote; its text is the number.
	Footnote bool
	// FootnoteRef is the anchor of a footnote's first reference, "fnref-1";
	// empty for the later ones and for an ordinary link.
	FootnoteRef string
}

// Image is an image; its target is Document.Links[Index].
type Image struct {
	At    source.Span
	Index int
	Alt   string // plain text of the description
}

// Break is a line break: hard (shown) or soft (white space).
type Break struct{ Hard bool }

// Checkbox is the box of a task-list item.
type Checkbox struct{ Checked bool }

// Remark is an HTML comment within text: it prints nothing.
type Remark struct{ Value string }

func (*Text) inline()     {}
func (*Code) inline()     {}
func (*Emphasis) inline() {}
func (*Strike) inline()   {}
func (*Link) inline()     {}
func (*Image) inline()    {}
func (*Break) inline()    {}
func (*Checkbox) inline() {}
func (*Remark) inline()   {}
