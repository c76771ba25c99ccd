package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// engine is the configured parser. It is never changed after this line, keeps
// what belongs to one text in that text's [run], and is safe for concurrent
// use.
var engine = newEngine(bareLinks{":@"})

// engineForWWW is the same for a text that holds “www.”: to look at every full
// stop is to cut every sentence off the next.
var engineForWWW = newEngine(bareLinks{":@."})

// engineFor returns the parser for a text.
func engineFor(data []byte) parser.Parser {
	if bytes.Contains(data, []byte("www.")) {
		return engineForWWW
	}
	return engine
}

// newEngine puts goldmark together: CommonMark with tables, strikethrough, task
// lists, bare links and footnotes. Every parser is wrapped so that it pays for
// its work (see limits.go). The transformers of footnotes and tables are left
// out: they would drop notes that nothing refers to, and compare every escaped
// pipe with every other.
func newEngine(addresses bareLinks) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(underlines{headings{parser.NewSetextHeadingParser()}}, 100),
			util.Prioritized(leaf{parser.NewThematicBreakParser(), lineCost}, 200),
			util.Prioritized(container{parser.NewListParser()}, 300),
			util.Prioritized(container{parser.NewListItemParser()}, 400),
			util.Prioritized(leaf{parser.NewCodeBlockParser(), lineCost}, 500),
			util.Prioritized(headings{parser.NewATXHeadingParser()}, 600),
			util.Prioritized(leaf{parser.NewFencedCodeBlockParser(), lineCost}, 700),
			util.Prioritized(container{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(htmlBlocks{leaf{parser.NewHTMLBlockParser(), lineCost}}, 900),
			util.Prioritized(notes{container{extension.NewFootnoteBlockParser()}}, 999),
			util.Prioritized(leaf{parser.NewParagraphParser(), textLineCost}, 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(tasks{extension.NewTaskCheckBoxParser()}, 0),
			util.Prioritized(shortcodes{}, 50),
			util.Prioritized(codeSpans{parser.NewCodeSpanParser()}, 100),
			util.Prioritized(footnotes{extension.NewFootnoteParser()}, 101),
			util.Prioritized(links{parser.NewLinkParser()}, 200),
			util.Prioritized(inline{parser.NewAutoLinkParser(), autoLinkCost}, 300),
			util.Prioritized(inline{parser.NewRawHTMLParser(), tagCost}, 400),
			util.Prioritized(inline{parser.NewEmphasisParser(), 0}, 500),
			util.Prioritized(strikes{inline{extension.NewStrikethroughParser(), 0}}, 500),
			util.Prioritized(addresses, 999),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(references{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(tables{extension.NewTableParagraphTransformer()}, 200),
		),
	)
}

// container is a parser of blocks that hold blocks.
type container struct{ parser.BlockParser }

func (p container) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	node, state := openBlock(p.BlockParser, parent, r, pc)
	if node != nil && len(pc.OpenedBlocks()) >= maxDepth {
		pc.(*run).refuse(r)
	}
	return node, state
}

// openBlock opens a block, pays for it, and keeps its place where goldmark
// will miss it: behind a tab of which some columns belong to the container, it
// counts them as bytes.
func openBlock(p parser.BlockParser, parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	_, before := r.Position()
	node, state := p.Open(parent, r, pc)
	if node == nil {
		return nil, state
	}
	run := pc.(*run)
	run.pay(blockCost, r)
	if before.Padding > 0 {
		if run.places == nil {
			run.places = map[ast.Node]int{}
		}
		run.places[node] = before.Start + max(0, pc.BlockOffset()-before.Padding)
	}
	return node, state
}

func (p container) Continue(node ast.Node, r text.Reader, pc parser.Context) parser.State {
	pc.(*run).pay(lineCost, r)
	return p.BlockParser.Continue(node, r, pc)
}

// notes are the texts of footnotes. In each other they would tie goldmark's
// tree into a ring; the inner one is text.
type notes struct{ container }

func (p notes) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	for outer := parent; outer != nil; outer = outer.Parent() {
		if outer.Kind() == extast.KindFootnote {
			return nil, parser.NoChildren
		}
	}
	node, state := p.container.Open(parent, r, pc)
	if node != nil {
		pc.(*run).notes++
	}
	return node, state
}

// leaf is a parser of blocks that hold lines.
type leaf struct {
	parser.BlockParser
	lineCost int
}

func (p leaf) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	return openBlock(p.BlockParser, parent, r, pc)
}

func (p leaf) Continue(node ast.Node, r text.Reader, pc parser.Context) parser.State {
	pc.(*run).pay(p.lineCost, r)
	return p.BlockParser.Continue(node, r, pc)
}

// htmlBlocks tries regular expressions at every line that begins with "<".
type htmlBlocks struct{ leaf }

func (p htmlBlocks) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := r.PeekLine()
	pc.(*run).pay(htmlLineCost+len(line)*htmlByteCost, r)
	if beginsWithComment(line) {
		return nil, parser.NoChildren
	}
	return p.leaf.Open(parent, r, pc)
}

// beginsWithComment reports whether text stands behind a comment on its line.
// CommonMark would make HTML of the text; to its author it is text.
func beginsWithComment(line []byte) bool {
	line = bytes.TrimSpace(line)
	if !bytes.HasPrefix(line, []byte("<!--")) {
		return false
	}
	_, behind, closed := bytes.Cut(line[len("<!--"):], []byte("-->"))
	behind = bytes.TrimSpace(behind)
	return closed && len(behind) > 0 && behind[0] != '<'
}

// headings takes the attributes off a heading before its text is read, so that
// no underscore in an id becomes emphasis.
type headings struct{ parser.BlockParser }

func (p headings) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	return openBlock(p.BlockParser, parent, r, pc)
}

func (p headings) Close(node ast.Node, r text.Reader, pc parser.Context) {
	p.BlockParser.Close(node, r, pc)
	if node.Parent() != nil {
		cutAttributes(node, r.Source())
	}
}

// underlines are setext headings. Below a paragraph that ends in a table there
// is none: goldmark would make one of the text before the table, and put it
// behind.
type underlines struct{ headings }

func (p underlines) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	before := pc.LastOpenedBlock().Node
	node, state := p.BlockParser.Open(parent, r, pc)
	if node == nil {
		return nil, state
	}
	lines := before.Lines()
	pc.(*run).pay(blockCost+lines.Len()*triggerCost, r)
	for i := 2; i < lines.Len(); i++ {
		line := lines.At(i)
		if delimiters(r.Source()[line.Start:line.Stop]) > 0 {
			return nil, parser.NoChildren
		}
	}
	return node, state
}

// inline is a parser of inlines of a fixed cost.
type inline struct {
	parser.InlineParser
	cost int
}

func (p inline) Parse(parent ast.Node, b text.Reader, pc parser.Context) ast.Node {
	run := pc.(*run)
	run.pay(p.cost+triggerCost, b)
	return run.made(p.InlineParser.Parse(parent, b, pc), b)
}

// strikes are strikethroughs, of one or two tildes. In a longer run goldmark
// would count the rest at every tilde.
type strikes struct{ inline }

func (p strikes) Parse(parent ast.Node, b text.Reader, pc parser.Context) ast.Node {
	if line, _ := b.PeekLine(); bytes.HasPrefix(line, []byte("~~~")) {
		return nil
	}
	return p.inline.Parse(parent, b, pc)
}

// codeSpans remembers which lengths of backtick runs have no second one in the
// block: goldmark would look for it again and again.
type codeSpans struct{ parser.InlineParser }

func (p codeSpans) Parse(parent ast.Node, b text.Reader, pc parser.Context) ast.Node {
	run := pc.(*run)
	line, seg := b.PeekLine()
	n := 0
	for n < len(line) && line[n] == '`' {
		n++
	}
	if run.unclosed[n] {
		b.Advance(n)
		return run.made(ast.NewTextSegment(seg.WithStop(seg.Start+n)), b)
	}
	node := p.InlineParser.Parse(parent, b, pc)
	if node.Kind() != ast.KindCodeSpan {
		run.pay(rest(parent, seg), b)
		if run.unclosed == nil {
			run.unclosed = map[int]bool{}
		}
		run.unclosed[n] = true
	}
	return run.made(node, b)
}

// rest is the number of bytes from a segment to the end of its block.
func rest(block ast.Node, seg text.Segment) int {
	lines := block.Lines()
	return max(0, lines.At(lines.Len()-1).Stop-seg.Start)
}

// shortcodes are what other site generators expand. They stay as they are
// written, so that neither the "<" nor an underscore in them means anything.
type shortcodes struct{}

func (shortcodes) Trigger() []byte { return []byte{'{'} }

func (shortcodes) Parse(_ ast.Node, b text.Reader, pc parser.Context) ast.Node {
	run := pc.(*run)
	line, seg := b.PeekLine()
	kind, end := shortcodeKind(line)
	if kind < 0 {
		return nil
	}
	length := -1
	if seg.Start >= run.noShortcode[kind] {
		length = bytes.Index(line, []byte(end))
	}
	if length < 0 {
		run.noShortcode[kind] = seg.Stop
		return nil
	}
	length += len(end)
	if run.shortcode < 0 {
		run.shortcode, run.shortcodeEnd = seg.Start, seg.Start+length
	}
	b.Advance(length)
	return run.made(&shortcode{segment: seg.WithStop(seg.Start + length)}, b)
}

// shortcode is a node of goldmark's tree. A text node would not do: what
// follows is merged into it.
type shortcode struct {
	ast.BaseInline
	segment text.Segment
}

var kindShortcode = ast.NewNodeKind("Shortcode")

func (*shortcode) Kind() ast.NodeKind { return kindShortcode }

func (n *shortcode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// shortcodeKind returns which kind of shortcode a line begins with, and what
// closes it; -1 where it begins with none.
func shortcodeKind(line []byte) (kind int, end string) {
	switch {
	case bytes.HasPrefix(line, []byte("{{<")):
		return 0, ">}}"
	case bytes.HasPrefix(line, []byte("{{%")):
		return 1, "%}}"
	case bytes.HasPrefix(line, []byte("{%")):
		return 2, "%}"
	}
	return -1, ""
}

// footnotes are references to footnotes: goldmark looks through all notes.
type footnotes struct{ parser.InlineParser }

func (p footnotes) Parse(parent ast.Node, b text.Reader, pc parser.Context) ast.Node {
	run := pc.(*run)
	line, seg := b.PeekLine()
	if label := bytes.TrimPrefix(line, []byte{'!'}); len(label) < 2 || label[1] != '^' {
		return nil
	}
	at, _ := b.Position()
	run.pay(run.notes*3+(parent.Lines().Len()-at)*lookBackCost+min(rest(parent, seg), 1000), b)
	return run.made(p.InlineParser.Parse(parent, b, pc), b)
}

// tasks are the boxes of task lists. As GitHub has it, white space follows the
// box: "[x](page.md)" is a link.
type tasks struct{ parser.InlineParser }

func (p tasks) Parse(parent ast.Node, b text.Reader, pc parser.Context) ast.Node {
	line, _ := b.PeekLine()
	if len(line) < 4 || line[2] != ']' || !util.IsSpace(line[3]) {
		return nil
	}
	return pc.(*run).made(p.InlineParser.Parse(parent, b, pc), b)
}

// links are links and images. Where one ends is not kept in goldmark's tree,
// so the node's position is replaced by an index into run.ends.
type links struct{ parser.InlineParser }

func (p links) Parse(parent ast.Node, b text.Reader, pc parser.Context) ast.Node {
	run := pc.(*run)
	line, seg := b.PeekLine()
	if line[0] != ']' {
		node := p.InlineParser.Parse(parent, b, pc)
		if node != nil {
			run.brackets = append(run.brackets, seg.Start)
		}
		return run.made(node, b)
	}
	if len(run.brackets) == 0 {
		return nil
	}
	open := run.brackets[len(run.brackets)-1]
	run.brackets = run.brackets[:len(run.brackets)-1]
	at, _ := b.Position()
	run.pay(run.nodes*2+(parent.Lines().Len()-at)*lookBackCost+min(seg.Start-open, 1000)*4, b)
	node := p.InlineParser.Parse(parent, b, pc)
	if node == nil {
		if len(line) > 1 && (line[1] == '(' || line[1] == '[') {
			run.pay(rest(parent, seg)*4, b)
		}
		return nil
	}
	start := node.Pos()
	node.SetPos(len(run.ends))
	_, after := b.Position()
	run.ends = append(run.ends, linkEnds{start, seg.Start, after.Start})
	return run.made(node, b)
}

// CloseBlock ends a block of inlines.
func (p links) CloseBlock(parent ast.Node, b text.Reader, pc parser.Context) {
	p.InlineParser.(parser.CloseBlocker).CloseBlock(parent, b, pc)
	run := pc.(*run)
	run.endBlock()
	if !run.settled {
		run.settled = true
		run.literals.take(parent.OwnerDocument(), b.Source())
	}
}

// references are the link reference definitions of a paragraph: goldmark moves
// the remaining lines at every one.
type references struct{ parser.ParagraphTransformer }

func (p references) Transform(node *ast.Paragraph, r text.Reader, pc parser.Context) {
	lines, source := node.Lines(), r.Source()
	if lines.Len() == 0 || !begins(source, lines.At(0), "[") {
		return
	}
	definitions, titles, size := 0, 0, 0
	for i := range lines.Len() {
		line := lines.At(i)
		size += line.Len()
		if begins(source, line, "[") {
			definitions++
		} else if begins(source, line, `"'(`) {
			titles++
		}
	}
	pc.(*run).payAt(definitions*lines.Len()*4+titles*size*2, lines.At(0).Start)
	p.ParagraphTransformer.Transform(node, r, pc)
}

// begins reports whether a line's first character that is no space is one of
// the set.
func begins(source []byte, line text.Segment, set string) bool {
	for i := line.Start; i < line.Stop; i++ {
		if c := source[i]; c != ' ' && c != '\t' {
			for j := range len(set) {
				if set[j] == c {
					return true
				}
			}
			return false
		}
	}
	return false
}

// tables fills short rows up to the width of the head: the work is columns
// times rows, whatever the text's size.
type tables struct{ parser.ParagraphTransformer }

func (p tables) Transform(node *ast.Paragraph, r text.Reader, pc parser.Context) {
	lines, source := node.Lines(), r.Source()
	widest, columns := 0, 0
	for i := 1; i < lines.Len(); i++ {
		line := lines.At(i)
		if n := delimiters(source[line.Start:line.Stop]); n > 0 {
			columns += n
			widest = max(widest, n)
		}
	}
	if columns == 0 {
		return
	}
	pc.(*run).payAt(columns*columnCost+widest*lines.Len()*cellCost, lines.At(0).Start)
	p.ParagraphTransformer.Transform(node, r, pc)
}

// delimiters returns how many columns a line would have as the line below the
// head of a table; 0 where it is no such line.
func delimiters(line []byte) int {
	columns, dash := 1, false
	for _, c := range line {
		switch c {
		case '|':
			columns++
		case '-':
			dash = true
		case ':', ' ', '\t', '\n':
		default:
			return 0
		}
	}
	if !dash {
		return 0
	}
	return columns
}
