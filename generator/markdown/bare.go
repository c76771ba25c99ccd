package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// bareLinks are addresses without marks, as GitHub has them: http://a.b,
// www.a.b and x@a.b. Goldmark's own parser looks for one behind every space,
// which costs a fifth of the time of a page; this one looks back from the
// character that every address has, and takes what stands before it out of the
// tree again.
type bareLinks struct {
	triggers string // of “:@.”
}

func (b bareLinks) Trigger() []byte { return []byte(b.triggers) }

func (bareLinks) Parse(parent ast.Node, b text.Reader, pc parser.Context) ast.Node {
	line, seg := b.PeekLine()
	run, src := pc.(*run), b.Source()
	run.pay(triggerCost, b)
	before := src[:seg.Start]
	back, length, kind := 0, 0, ast.AutoLinkURL
	switch line[0] {
	case ':':
		back, length = bareURL(before, line)
	case '.':
		if bytes.HasSuffix(before, []byte("www")) {
			back, length = 3, hostLen(line[1:])
		}
		if length > 0 {
			length++
		}
	case '@':
		kind = ast.AutoLinkEmail
		back, length = bareMail(before, line)
	}
	if length == 0 || pc.IsInLinkLabel() {
		return nil
	}
	start, end := seg.Start-back, seg.Start+length
	if kind == ast.AutoLinkURL {
		end = seg.Start + length + pathLen(line[length:])
		end = start + trimURL(src[start:end])
	}
	if end <= seg.Start || !bounded(parent, src, start) {
		return nil
	}
	takeBack(parent, pc, start)
	b.Advance(end - seg.Start)
	link := ast.NewAutoLink(kind, ast.NewTextSegment(text.NewSegment(start, end)))
	link.SetPos(start)
	if line[0] == '.' {
		link.Protocol = []byte("http")
	}
	return run.made(link, b)
}

// bareURL reads "://host" behind a scheme. It returns the length of the scheme
// and that of the rest, 0 where it is no address.
func bareURL(before, line []byte) (back, length int) {
	if !bytes.HasPrefix(line, []byte("://")) {
		return 0, 0
	}
	switch {
	case bytes.HasSuffix(before, []byte("https")):
		back = 5
	case bytes.HasSuffix(before, []byte("http")):
		back = 4
	default:
		return 0, 0
	}
	if n := hostLen(line[3:]); n > 0 {
		return back, 3 + n
	}
	return 0, 0
}

// maxHost is the length of a name of a host.
const maxHost = 255

// hostLen is the length of the host, with a dot in it, that s begins with, and
// of the port behind it.
func hostLen(s []byte) int {
	n, dot := 0, -1
	for n < min(len(s), maxHost) && (util.IsAlphaNumeric(s[n]) || s[n] == '-' || s[n] == '_' || s[n] == '.' || s[n] >= 0x80) {
		if s[n] == '.' && n > 0 && s[n-1] != '.' && n+1 < len(s) && (util.IsAlphaNumeric(s[n+1]) || s[n+1] >= 0x80) {
			dot = n
		}
		n++
	}
	if dot < 0 {
		return 0
	}
	if n < len(s) && s[n] == ':' {
		port := n + 1
		for port < len(s) && util.IsNumeric(s[port]) {
			port++
		}
		if port > n+1 {
			return port
		}
	}
	return n
}

// pathLen is the length of the path, query and fragment behind a host.
func pathLen(s []byte) int {
	if len(s) == 0 || s[0] != '/' && s[0] != '?' && s[0] != '#' {
		return 0
	}
	n := 0
	for n < len(s) {
		if s[n] >= utf8.RuneSelf {
			r, size := utf8.DecodeRune(s[n:])
			if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r) {
				break
			}
			n += size
			continue
		}
		if s[n] <= ' ' || s[n] == 0x7f || strings.IndexByte("<>|*\\`", s[n]) >= 0 {
			break
		}
		n++
	}
	return n
}

// trimURL is the length of an address without what belongs to the sentence:
// punctuation at its end, a closing parenthesis that has no opening one, an
// entity.
func trimURL(url []byte) int {
	open := bytes.Count(url, []byte{'('}) - bytes.Count(url, []byte{')'})
	n := len(url)
	for n > 0 {
		switch c := url[n-1]; {
		case strings.IndexByte("?!.,:*_~'\"", c) >= 0:
			n--
		case c == ')' && open < 0:
			open++
			n--
		case c == ';':
			name := n - 1
			for name > 0 && util.IsAlphaNumeric(url[name-1]) {
				name--
			}
			if name == 0 || name == n-1 || url[name-1] != '&' {
				return n
			}
			n = name - 1
		default:
			return n
		}
	}
	return n
}

// maxMailbox is the length of what stands before the @ of an address.
const maxMailbox = 64

// bareMail reads an address around its "@".
func bareMail(before, line []byte) (back, length int) {
	for back < min(len(before), maxMailbox) && mailByte(before[len(before)-back-1]) {
		back++
	}
	for back > 0 && !util.IsAlphaNumeric(before[len(before)-back]) {
		back--
	}
	n := 1
	for n < min(len(line), maxHost) && (mailByte(line[n]) && line[n] != '+') {
		n++
	}
	if n < len(line) && line[n] == '@' {
		return 0, 0
	}
	for n > 1 && !util.IsAlphaNumeric(line[n-1]) {
		if line[n-1] != '.' {
			return 0, 0
		}
		n--
	}
	if back == 0 || bytes.IndexByte(line[:n], '.') < 2 || bytes.Contains(line[:n], []byte("..")) {
		return 0, 0
	}
	return back, n
}

func mailByte(c byte) bool {
	return util.IsAlphaNumeric(c) || c == '.' || c == '-' || c == '_' || c == '+'
}

// bounded reports whether an address may begin at start: at the beginning of a
// line or behind another node, behind white space, "*", "_", "~" or "(". All
// that stands in between must be text or delimiters, which can be taken back.
func bounded(parent ast.Node, src []byte, start int) bool {
	for n := parent.LastChild(); n != nil; n = n.PreviousSibling() {
		at := 0
		switch n := n.(type) {
		case *ast.Text:
			at = n.Segment.Start
		case *parser.Delimiter:
			at = n.Segment.Start
		default:
			return false
		}
		if at == start {
			return true
		}
		if at < start {
			c := src[start-1]
			return util.IsSpace(c) || strings.IndexByte("*_~(", c) >= 0 && (start < 2 || src[start-2] != '\\')
		}
	}
	return false
}

// takeBack removes the text and the delimiters from start on.
func takeBack(parent ast.Node, pc parser.Context, start int) {
	for {
		at := 0
		switch n := parent.LastChild().(type) {
		case *ast.Text:
			if at = n.Segment.Start; at < start {
				n.Segment = n.Segment.WithStop(start)
				return
			}
			parent.RemoveChild(parent, n)
		case *parser.Delimiter:
			if at = n.Segment.Start; at < start {
				return
			}
			n.Length = 0 // leaves no text behind
			pc.RemoveDelimiter(n)
		}
		if at == start {
			return
		}
	}
}
