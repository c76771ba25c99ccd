package markdown

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// Most blocks are one line of words that holds no mark at all. Goldmark would
// try every byte of it for one, and make a large node of what it is. So such
// lines are put out of its sight once all blocks are there, which is known when
// it is through with the text of the first; [converter.inlines] takes them as
// they are. A test holds this against goldmark.

// literals are lines that hold nothing but text.
type literals []literal

type literal struct {
	lines *text.Segments
	line  text.Segment
}

// take puts the literal lines among a block's children out of goldmark's sight.
func (l *literals) take(parent ast.Node, src []byte) {
	for n := parent.FirstChild(); n != nil && n.Type() == ast.TypeBlock; n = n.NextSibling() {
		switch n.(type) {
		case *ast.Paragraph, *ast.TextBlock, *ast.Heading, *extast.TableCell:
			if lines := n.Lines(); lines.Len() == 1 && n.FirstChild() == nil && isLiteral(src, lines.At(0)) {
				line := lines.At(0)
				*l = append(*l, literal{lines, line})
				lines.Set(0, line.WithStop(line.Start))
			}
		default:
			l.take(n, src)
		}
	}
}

// putBack makes the lines what they were.
func (l literals) putBack() {
	for _, it := range l {
		it.lines.Set(0, it.line)
	}
}

// isLiteral reports whether no parser of inlines would find anything in a line.
func isLiteral(src []byte, line text.Segment) bool {
	if line.Padding != 0 {
		return false
	}
	for i := line.Start; i < line.Stop; i++ {
		switch c := src[i]; c {
		case '[', ']', '!', '`', '<', '*', '_', '~', '{', '@', '\\':
			return false
		case ':':
			if i+1 < line.Stop && src[i+1] == '/' {
				return false
			}
		case '.':
			if i > line.Start && src[i-1] == 'w' {
				return false
			}
		default:
			if c < ' ' && c != '\n' {
				return false
			}
		}
	}
	return true
}

// isTaken reports whether a block's text was put out of goldmark's sight: it
// would have made something of any other.
func isTaken(n ast.Node) bool { return n.FirstChild() == nil && n.Lines().Len() == 1 }
