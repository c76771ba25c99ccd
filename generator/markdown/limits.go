package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A hostile text of a few kilobytes can keep goldmark busy for minutes, or make
// it fill the memory: brackets, delimiters, backticks and definitions are
// looked at again for every other one, short rows of a table are filled up. So
// each construct pays for its worst case before it is read, out of one budget
// a text; who runs out of it is refused with the place it got to.
//
// One unit is about a nanosecond. A playbook of 500 KB needs a seventh of the
// budget, one that is a single table or list half of it; the budget is spent
// within about a second.
const (
	budget = 400_000_000

	// maxDepth is how many blocks may stand in each other: quotes count one,
	// lists two (the list and its item).
	maxDepth = 100
	// maxNesting is how deep emphasis, links and strikes may stand in each
	// other.
	maxNesting = 100
	// maxReferenced is how many bytes of destinations and titles all uses of
	// link reference definitions may come to: a long one, used often, would
	// make pages of any size.
	maxReferenced = 1 << 20

	blockCost    = 1500 // a block of any kind: mostly its memory
	lineCost     = 250  // a line, for every block it stands in
	textLineCost = 800  // a line of a paragraph: two nodes in the end
	nodeCost     = 800  // an inline node
	triggerCost  = 10   // a character that may begin something
	htmlLineCost = 1500 // a line that begins with "<"
	htmlByteCost = 250  // a byte of that line
	autoLinkCost = 300  // a "<"
	tagCost      = 600  // a "<" that begins no address
	lookBackCost = 4    // a line behind a reference: goldmark counts lines from the end
	columnCost   = 1000 // a column in the line below the head of a table
	cellCost     = 1800 // a cell
)

// run is the context of one parse: goldmark's own, the budget, and what the
// wrapped parsers have to remember.
type run struct {
	parser.Context
	left int

	// places are those of blocks that goldmark misses; see [openBlock].
	places map[ast.Node]int
	// ends are the places of links and images; see [links].
	ends []linkEnds
	// notes is the number of footnotes met.
	notes int
	// shortcode is the place of the first shortcode, -1 for none.
	shortcode, shortcodeEnd int
	// noShortcode is, by kind, where the line ends in which none closes any
	// more.
	noShortcode [3]int

	// settled says that all blocks are there.
	settled  bool
	literals literals

	// Of the block of inlines at hand:
	nodes    int          // made
	openers  int          // delimiters that may open emphasis
	brackets []int        // places of brackets that may open a link
	unclosed map[int]bool // lengths of backtick runs that do not close
}

// linkEnds are the places of a link: its first byte, the bracket behind its
// text, and the byte behind it.
type linkEnds struct{ start, bracket, end int }

// tooComplex is thrown by a run whose budget is spent, and caught in parse.
type tooComplex struct{ at int }

func newRun() *run {
	return &run{Context: parser.NewContext(), left: budget, shortcode: -1}
}

// pay takes n off the budget.
func (r *run) pay(n int, at text.Reader) {
	if r.left -= n; r.left < 0 {
		r.refuse(at)
	}
}

func (r *run) payAt(n, at int) {
	if r.left -= n; r.left < 0 {
		panic(tooComplex{at})
	}
}

// refuse ends the parse where the reader stands.
func (r *run) refuse(at text.Reader) {
	_, seg := at.Position()
	panic(tooComplex{seg.Start})
}

// made counts a node, if there is one.
func (r *run) made(node ast.Node, at text.Reader) ast.Node {
	if node != nil {
		r.nodes++
		r.pay(nodeCost, at)
	}
	return node
}

// endBlock forgets what belongs to a block of inlines.
func (r *run) endBlock() {
	r.nodes, r.openers = 0, 0
	r.brackets = r.brackets[:0]
	r.unclosed = nil
}

// PushDelimiter counts a delimiter: goldmark looks for the opener of every
// closer among all that stand before it. A long run of delimiters may become
// as many nodes.
func (r *run) PushDelimiter(d *parser.Delimiter) {
	cost := d.OriginalLength * nodeCost / 2
	if d.CanClose {
		cost += r.openers
	}
	r.payAt(cost, d.Segment.Start)
	if d.CanOpen {
		r.openers++
	}
	r.Context.PushDelimiter(d)
}
