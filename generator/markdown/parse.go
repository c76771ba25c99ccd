package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unsafe"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"plumb/generator/diag"
	"plumb/generator/source"
)

// Parse reads the Markdown of a file from the offset on, which is where its
// front matter ends. All places in the document are offsets in the file.
//
// The document is nil, with one error, where the text would take too long to
// read. Diagnostics come in no order. Both are for reading only: they may be
// kept and shared.
func Parse(f *source.File, from int) (doc *Document, list []diag.Diagnostic) {
	return parseWith(engineFor(f.Data[from:]), newRun(), f, from)
}

func parseWith(engine parser.Parser, run *run, f *source.File, from int) (doc *Document, list []diag.Diagnostic) {
	c := &converter{file: f, base: from, data: f.Data[from:], src: textOf(f.Data[from:]), run: run, fence: -1}
	defer func() {
		if fault := recover(); fault != nil {
			doc, list = nil, []diag.Diagnostic{c.refusal(fault)}
		}
	}()
	root := engine.Parse(text.NewReader(c.data), parser.WithContext(c.run))
	c.run.literals.putBack()
	c.doc = &Document{}
	c.doc.Blocks = c.blocks(root)
	c.footnotes()
	c.identify()
	c.shortcodes()
	return c.doc, c.summary()
}

// textOf returns data as a string that shares its memory: texts of the document
// are parts of it, so that a copy would be kept as long as the file is. The data
// of a file is never changed.
func textOf(data []byte) string { return unsafe.String(unsafe.SliceData(data), len(data)) }

// refusal is the error for a text over the limits, or one that goldmark fails
// on: that is a fault of one file, not of the build. A panic of this package
// is passed on.
func (c *converter) refusal(fault any) diag.Diagnostic {
	stop, ok := fault.(tooComplex)
	switch {
	case ok:
		return diag.New(diag.Error, diag.TooComplex, c.file.Place(c.span(stop.at, stop.at+1)),
			"this text is too complex to read: about here, too many marks nest or repeat",
			"split the file, or take away brackets, asterisks and columns that mean nothing")
	case c.doc == nil:
		return diag.New(diag.Error, diag.TooComplex, diag.File(c.file.Path),
			"the Markdown parser fails on this text: "+fmt.Sprint(fault),
			"find the passage by halving the text, and please report it")
	}
	panic(fault)
}

// converter turns goldmark's tree of one text into a document.
type converter struct {
	file *source.File
	base int    // of data in the file
	data []byte // the parsed text
	src  string // the same
	run  *run
	doc  *Document

	diags []diag.Diagnostic
	count map[diag.Code]int

	stack      []Inline // scratch: the lists of inlines that are open
	lists      []Inline // room for the lists that are done
	texts      []Text   // room for texts
	paragraphs []Paragraph
	items      []Item
	itemLists  []*Item
	cells      []Cell
	rows       [][]Cell
	headed     []Heading
	openBlocks []Block // scratch: the lists of blocks that are open
	blockLists []Block // room for the lists that are done
	text       pendingText
	depth      int // of inlines in each other
	cell       bool
	inLink     bool
	tight      bool
	referenced int // bytes of destinations by reference
	fence      int // the first ":::", -1 for none

	headings []heading
	notes    []*note
	noteOf   map[int]*note // by goldmark's number
	noteList *extast.FootnoteList
}

// span makes a place in the file of one in the parsed text.
func (c *converter) span(start, end int) source.Span {
	start = min(max(start, 0), len(c.src))
	return source.Span{Start: c.base + start, End: c.base + min(max(end, start), len(c.src))}
}

// maxRepeats is how many diagnostics of one code a file may have: more would
// hide the others, and each carries its line of source.
const maxRepeats = 20

// report adds a diagnostic and returns it for additions; nil where the file has
// enough of the kind.
func (c *converter) report(s diag.Severity, code diag.Code, at source.Span, message, hint string) *diag.Diagnostic {
	if c.count == nil {
		c.count = map[diag.Code]int{}
	}
	c.count[code]++
	if c.count[code] > maxRepeats {
		return nil
	}
	c.diags = append(c.diags, diag.New(s, code, c.file.Place(at), message, hint))
	return &c.diags[len(c.diags)-1]
}

// once adds a note about the first occurrence of something.
func (c *converter) once(code diag.Code, at source.Span, message, hint string) {
	if c.count[code] == 0 {
		c.report(diag.Note, code, at, message, hint)
	}
}

// summary returns the diagnostics, with a word on those that were left out.
func (c *converter) summary() []diag.Diagnostic {
	for _, code := range []diag.Code{diag.UnsafeURL, diag.RemoteImage, diag.StrayRule, diag.DuplicateID} {
		if more := c.count[code] - maxRepeats; more > 0 {
			c.diags = append(c.diags, diag.New(diag.Warning, code, diag.File(c.file.Path),
				strconv.Itoa(more)+" more of this kind in this file", ""))
		}
	}
	return c.diags
}

// shortcodes adds the note on the first shortcode or fence.
func (c *converter) shortcodes() {
	at, end := c.run.shortcode, c.run.shortcodeEnd
	if c.fence >= 0 && (at < 0 || c.fence < at) {
		at, end = c.fence, c.lineEnd(c.fence)
	}
	if at >= 0 {
		c.once(diag.Shortcode, c.span(at, end), "a shortcode is for another tool: it is shown as text",
			"write what it stands for in Markdown, or take it out")
	}
}

// blocks converts the children of a block.
func (c *converter) blocks(parent ast.Node) []Block {
	mark := len(c.openBlocks)
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		c.openBlocks = c.block(c.openBlocks, n)
	}
	done := c.openBlocks[mark:]
	c.openBlocks = c.openBlocks[:mark]
	return carve(&c.blockLists, done)
}

func (c *converter) block(out []Block, n ast.Node) []Block {
	switch n := n.(type) {
	case *ast.Heading:
		return append(out, c.heading(n))
	case *ast.Paragraph:
		return c.paragraph(out, n, false)
	case *ast.TextBlock:
		return c.paragraph(out, n, true)
	case *ast.List:
		return append(out, c.list(n))
	case *extast.Table:
		return append(out, c.table(n))
	case *ast.Blockquote:
		return append(out, c.quote(n))
	case *ast.FencedCodeBlock:
		return append(out, c.fenced(n))
	case *ast.CodeBlock:
		return append(out, c.code(n))
	case *ast.ThematicBreak:
		return append(out, &Rule{At: c.span(c.place(n), c.lineEnd(c.place(n)))})
	case *ast.HTMLBlock:
		return c.htmlBlock(out, n)
	case *extast.FootnoteList:
		c.noteList = n
	}
	return out
}

// place is where a block begins.
func (c *converter) place(n ast.Node) int {
	if at, ok := c.run.places[n]; ok {
		return at
	}
	return n.Pos()
}

// lineEnd is the end of the line that holds an offset, without its line feed.
func (c *converter) lineEnd(at int) int {
	at = min(max(at, 0), len(c.src))
	if i := strings.IndexByte(c.src[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(c.src)
}

// linesSpan is the place of a block's lines.
func (c *converter) linesSpan(lines *text.Segments) source.Span {
	if lines.Len() == 0 {
		return c.span(0, 0)
	}
	end := lines.At(lines.Len() - 1).Stop
	return c.span(lines.At(0).Start, trimmedEnd(c.src, end))
}

// trimmedEnd is end without the white space before it.
func trimmedEnd(src string, end int) int {
	for end > 0 && strings.IndexByte(space, src[end-1]) >= 0 {
		end--
	}
	return end
}

func (c *converter) paragraph(out []Block, n ast.Node, tight bool) []Block {
	text := afterRemarks(c.inlines(n))
	if len(text) == 0 {
		return out
	}
	return append(out, made(&c.paragraphs, Paragraph{At: c.linesSpan(n.Lines()), Text: text, Tight: tight}))
}

// afterRemarks takes the white space away behind comments that a paragraph
// begins with.
func afterRemarks(text []Inline) []Inline {
	for i := 0; i < len(text); i++ {
		switch in := text[i].(type) {
		case *Remark:
			continue
		case *Text:
			if value := strings.TrimLeft(in.Value, " \t"); i > 0 && value != "" {
				in.At.Start += len(in.Value) - len(value)
				in.Value = value
			} else if i > 0 {
				text = slices.Delete(text, i, i+1)
				i--
				continue
			}
		}
		break
	}
	return text
}

func (c *converter) heading(n *ast.Heading) *Heading {
	lines := n.Lines()
	h := made(&c.headed, Heading{Level: n.Level, Text: c.inlines(n)})
	start := c.place(n)
	end := c.lineEnd(start)
	if lines.Len() > 0 {
		end = c.lineEnd(lines.At(lines.Len() - 1).Start)
		if lines.At(0).Start == start {
			end = c.underline(n, end)
		}
	}
	h.At = c.span(start, end)
	wait := heading{block: h}
	if id, ok := n.AttributeString(idAttribute); ok {
		wait.id = id.(explicitID)
	}
	c.headings = append(c.headings, wait)
	return h
}

// longHeading is the length in bytes from which on a paragraph that an
// underline made a heading was hardly meant as one.
const longHeading = 120

// underline returns the end of the line below a setext heading that ends at
// end, and warns where it was hardly meant as a heading.
func (c *converter) underline(n *ast.Heading, end int) int {
	lines := n.Lines()
	stop := c.lineEnd(min(end+1, len(c.src)))
	if first := lines.At(0); lines.Len() == 1 && first.Len() <= longHeading {
		return stop
	}
	last := trimmedEnd(c.src, stop)
	start := last
	for start > 0 && c.src[start-1] == c.src[last-1] {
		start--
	}
	c.report(diag.Warning, diag.StrayRule, c.span(start, last),
		"this line makes the whole paragraph above it a heading",
		"put an empty line before it for a rule, or take it out")
	return stop
}

func (c *converter) list(n *ast.List) *List {
	l := &List{Ordered: n.IsOrdered(), Tight: n.IsTight, Items: vacant(&c.itemLists, n.ChildCount())}
	if l.Ordered {
		l.Start = n.Start
	}
	before := c.tight
	c.tight = n.IsTight
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		blocks := c.blocks(item)
		l.Items = append(l.Items, made(&c.items, Item{At: c.around(c.place(item), blocks), Blocks: blocks}))
	}
	c.tight = before
	l.At = source.Span{Start: l.Items[0].At.Start, End: l.Items[len(l.Items)-1].At.End}
	return l
}

// around is the place of a block that begins at an offset and holds others.
func (c *converter) around(start int, blocks []Block) source.Span {
	span := c.span(start, c.lineEnd(start))
	if len(blocks) > 0 {
		span.End = max(span.Start+1, blocks[len(blocks)-1].Span().End)
	}
	return span
}

func (c *converter) quote(n *ast.Blockquote) *Quote {
	before := c.tight
	c.tight = false
	q := &Quote{Blocks: c.blocks(n)}
	c.tight = before
	q.At = c.around(c.place(n), q.Blocks)
	return q
}

func (c *converter) fenced(n *ast.FencedCodeBlock) *CodeBlock {
	b := &CodeBlock{Text: c.lines(n.Lines())}
	end := c.lineEnd(c.place(n))
	if n.Info != nil {
		info := n.Info.Segment
		b.Info, _, _ = strings.Cut(resolve(strings.TrimSpace(c.src[info.Start:info.Stop])), " ")
		b.Info, _, _ = strings.Cut(b.Info, "\t")
	}
	if k := n.Lines().Len(); k > 0 {
		end = max(end, trimLineFeed(c.src, n.Lines().At(k-1).Stop))
	}
	b.At = c.span(c.place(n), c.closingFence(end))
	return b
}

// closingFence returns the end of the closing fence below a code block that ends at
// end; end itself where the block runs to the end of its container.
func (c *converter) closingFence(end int) int {
	stop := c.lineEnd(min(end+1, len(c.src)))
	if stop <= end {
		return end
	}
	line := strings.Trim(c.src[end:stop], " \t\n>")
	if len(line) >= 3 && (strings.Trim(line, "`") == "" || strings.Trim(line, "~") == "") {
		return stop
	}
	return end
}

func trimLineFeed(src string, end int) int {
	if end > 0 && src[end-1] == '\n' {
		return end - 1
	}
	return end
}

func (c *converter) code(n *ast.CodeBlock) *CodeBlock {
	return &CodeBlock{At: c.linesSpan(n.Lines()), Text: c.lines(n.Lines())}
}

// lines returns the text of a block's lines: a piece of the source where they
// stand together.
func (c *converter) lines(lines *text.Segments) string {
	if lines.Len() == 0 {
		return ""
	}
	start, end := lines.At(0).Start, lines.At(0).Start
	for i := range lines.Len() {
		line := lines.At(i)
		if line.Start != end || line.Padding != 0 {
			return c.gathered(lines)
		}
		end = line.Stop
	}
	if c.src[end-1] != '\n' {
		return c.src[start:end] + "\n"
	}
	return c.src[start:end]
}

func (c *converter) gathered(lines *text.Segments) string {
	var b bytes.Buffer
	for i := range lines.Len() {
		line := lines.At(i)
		b.Write(line.Value(c.data))
	}
	return b.String()
}

var alignOf = [...]Align{
	extast.AlignNone: AlignNone, extast.AlignLeft: AlignLeft,
	extast.AlignCenter: AlignCenter, extast.AlignRight: AlignRight,
}

func (c *converter) table(n *extast.Table) *Table {
	t := &Table{Align: make([]Align, len(n.Alignments)), Rows: vacant(&c.rows, n.ChildCount())}
	for i, a := range n.Alignments {
		t.Align[i] = alignOf[a]
	}
	c.cell = true
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		cells := c.row(row)
		if row.Kind() == extast.KindTableHeader {
			t.Head = cells
		} else {
			t.Rows = append(t.Rows, cells)
		}
	}
	c.cell = false
	start := n.FirstChild().Pos()
	end := c.lineEnd(n.LastChild().Pos())
	if n.ChildCount() == 1 {
		end = c.lineEnd(min(end+1, len(c.src))) // the line below the head
	}
	t.At = c.span(start, end)
	return t
}

// row converts the cells of a row. What stands behind the last column, most
// often for a pipe that was not escaped, is kept in the last cell.
func (c *converter) row(n ast.Node) []Cell {
	cells := vacant(&c.cells, n.ChildCount())
	end := c.lineEnd(n.Pos())
	for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
		if cell.Lines().Len() == 0 {
			cells = append(cells, Cell{At: c.span(end, end)})
			continue
		}
		cells = append(cells, Cell{At: c.linesSpan(cell.Lines()), Text: c.inlines(cell)})
	}
	if last := n.LastChild(); last != nil && last.Lines().Len() > 0 {
		c.overflow(&cells[len(cells)-1], last.Lines().At(0).Stop, end)
	}
	return cells
}

func (c *converter) overflow(cell *Cell, start, end int) {
	if start >= end {
		return
	}
	more := strings.Trim(c.src[start:end], space+"|")
	if more == "" {
		return
	}
	at := start + strings.Index(c.src[start:end], more)
	cell.At.End = c.base + at + len(more)
	cell.Text = append(cell.Text, &Text{At: c.span(at, at+len(more)), Value: " | " + resolve(more)})
}
