package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"plumb/generator/diag"
	"plumb/generator/source"
)

// role is what becomes of an element of HTML.
type role uint8

const (
	unknown   role = iota // "<Customer>": no HTML, shown as it is written
	phrase                // the tag is dropped
	part                  // a block: what it holds stands apart
	cell                  // a cell: what it holds is parted by a space
	hidden                // a reader would not see what it holds
	lineBreak             // br
	picture               // img
	verbatim              // pre
)

// roles holds the elements of HTML. What is not in it is taken for text in
// angle brackets, such as a placeholder.
var roles = elementRoles(map[role]string{
	phrase: "a abbr acronym area audio b base bdi bdo big button canvas circle cite code col colgroup data datalist " +
		"defs del dfn ellipse em embed font g i input ins kbd keygen label line link map mark marquee math meta meter " +
		"nobr object output param path picture polygon polyline progress q rb rect rp rt rtc ruby s samp select slot " +
		"small source span strike strong sub sup svg text time track tt tspan u use var video wbr",
	part: "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption " +
		"figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol " +
		"optgroup option p plaintext search section summary table tbody textarea tfoot thead title tr ul xmp",
	cell:      "td th",
	hidden:    "script style template noscript noframes noembed iframe",
	lineBreak: "br",
	picture:   "img image",
	verbatim:  "pre listing",
})

func elementRoles(names map[role]string) map[string]role {
	out := map[string]role{}
	for r, list := range names {
		for _, name := range strings.Fields(list) {
			out[name] = r
		}
	}
	return out
}

// noteHTML says once a file that HTML is left out.
func (c *converter) noteHTML(at source.Span, name string) {
	c.once(diag.RawHTML, at, "HTML such as <"+name+"> is left out; the text in it is kept",
		"write it in Markdown; of HTML only <br> and comments are understood")
}

// rawHTML converts a tag or comment within text.
func (c *converter) rawHTML(n *ast.RawHTML) {
	from, to := start(n, c), end(n, c)
	at, raw := c.span(from, to), joined(c, n.Segments)
	if strings.HasPrefix(raw, "<!--") {
		c.push(&Remark{Value: commentText(raw)})
		return
	}
	name := tagName(raw)
	switch roles[name] {
	case unknown:
		c.pushText(at, strings.ReplaceAll(raw, "\n", " "))
		return
	case lineBreak:
		c.lineBreak(true)
		return
	case picture:
		c.pushText(at, altOf(raw))
	case part, cell, verbatim:
		c.partLine()
	}
	c.noteHTML(at, name)
}

// partLine breaks the line where a block of HTML begins or ends within text,
// such as the items of a list in a cell.
func (c *converter) partLine() {
	c.flush()
	if k := len(c.stack); k > 0 && !isHard(c.stack[k-1]) {
		c.lineBreak(true)
	}
}

// joined is the text of segments, a piece of the source if there is but one.
func joined(c *converter, segs *text.Segments) string {
	if segs.Len() == 1 {
		seg := segs.At(0)
		return c.src[seg.Start:seg.Stop]
	}
	return string(segs.Value(c.data))
}

// commentText is what stands between the marks of a comment.
func commentText(raw string) string {
	if raw == "<!-->" || raw == "<!--->" {
		return ""
	}
	raw = strings.TrimPrefix(raw, "<!--")
	raw = strings.TrimSuffix(strings.TrimSuffix(raw, "-->"), "--!>")
	return strings.TrimSpace(raw)
}

// tagName is the name of a start or end tag in lower case; "" for what is no
// tag.
func tagName(raw string) string {
	name := strings.TrimPrefix(strings.TrimPrefix(raw, "<"), "/")
	for i := range len(name) {
		if c := name[i]; !(c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '-') {
			name = name[:i]
			break
		}
	}
	return strings.ToLower(name)
}

// altOf is the description of an image's tag.
func altOf(raw string) string {
	z := html.NewTokenizer(strings.NewReader(raw))
	z.Next()
	return tokenAlt(z)
}

func tokenAlt(z *html.Tokenizer) string {
	_, more := z.TagName()
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if string(key) == "alt" {
			return strings.TrimSpace(string(value))
		}
	}
	return ""
}

// htmlBlock converts a block of HTML: what a reader would see of it, as
// paragraphs.
func (c *converter) htmlBlock(out []Block, n *ast.HTMLBlock) []Block {
	r := htmlReader{c: c, out: out}
	for i := range n.Lines().Len() {
		r.lines = append(r.lines, n.Lines().At(i))
	}
	if n.HasClosure() {
		r.lines = append(r.lines, n.ClosureLine)
	}
	r.read()
	return r.out
}

// htmlReader reads one block of HTML.
type htmlReader struct {
	c     *converter
	lines []text.Segment
	line  int // that off stands in
	begun int // where that line begins in src

	src string // the lines, joined
	off int    // of the next token in src
	out []Block

	text     []Inline // of the open paragraph
	at       source.Span
	pre      *strings.Builder // of the open pre
	skip     string           // the hidden element that is open
	lastEnds map[string]int   // by hidden element: its last end tag in src
}

// read goes through the tokens. The tokenizer drops nothing, so the lengths of
// the raw tokens are their places.
func (r *htmlReader) read() {
	var b strings.Builder
	for _, line := range r.lines {
		b.Write(line.Value(r.c.data))
	}
	r.src = b.String()
	if r.onlyComment() {
		return
	}
	z := html.NewTokenizer(strings.NewReader(r.src))
	for {
		kind := z.Next()
		if kind == html.ErrorToken && len(z.Raw()) == 0 {
			break
		}
		raw := r.src[r.off : r.off+len(z.Raw())]
		at := source.Span{Start: r.place(r.off), End: r.place(r.off + len(raw))}
		r.off += len(raw)
		r.token(z, kind, raw, at)
		if kind == html.ErrorToken {
			break
		}
	}
	r.closePre()
	r.flush()
}

// onlyComment reads the most frequent block, a single comment, without a
// tokenizer.
func (r *htmlReader) onlyComment() bool {
	v := strings.TrimSpace(r.src)
	inner, ok := strings.CutPrefix(v, "<!--")
	if !ok || strings.Index(inner, "-->") != len(inner)-3 || strings.HasPrefix(inner, "-") || strings.Contains(inner, "--!>") {
		return false
	}
	start := r.place(strings.Index(r.src, "<!--"))
	end := r.place(len(strings.TrimRight(r.src, space)))
	r.out = append(r.out, &Comment{At: source.Span{Start: start, End: end}, Text: commentText(v)})
	return true
}

// place is where an offset of src is in the file. Offsets must not go back by
// more than a line.
func (r *htmlReader) place(off int) int {
	for r.line+1 < len(r.lines) && off >= r.begun+length(r.lines[r.line]) {
		r.begun += length(r.lines[r.line])
		r.line++
	}
	if len(r.lines) == 0 {
		return r.c.base
	}
	line := r.lines[r.line]
	return r.c.base + min(max(line.Start, line.Start+off-r.begun-line.Padding), line.Stop)
}

// length is that of a line's value.
func length(line text.Segment) int { return line.Len() }

func (r *htmlReader) token(z *html.Tokenizer, kind html.TokenType, raw string, at source.Span) {
	name := ""
	if kind == html.StartTagToken || kind == html.EndTagToken || kind == html.SelfClosingTagToken {
		name = tagName(raw)
	}
	switch {
	case r.skip != "":
		if kind == html.EndTagToken && name == r.skip {
			r.skip = ""
		}
	case kind == html.TextToken:
		r.words(string(z.Text()), at)
	case kind == html.CommentToken:
		r.comment(raw, at)
	case name != "":
		r.tag(z, kind, name, raw, at)
	case kind == html.DoctypeToken:
		r.c.noteHTML(at, "!DOCTYPE")
	default:
		r.words(raw, at)
	}
}

// comment takes a comment for one only if it is closed: all that follows would
// be lost otherwise. What is no comment at all, such as "<?php ?>", is text.
func (r *htmlReader) comment(raw string, at source.Span) {
	if !strings.HasPrefix(raw, "<!--") {
		r.words(raw, at)
		return
	}
	if !strings.HasSuffix(raw, "-->") && !strings.HasSuffix(raw, "--!>") {
		r.c.report(diag.Warning, diag.RawHTML, source.Span{Start: at.Start, End: at.Start + 4},
			"this comment is never closed: what follows is shown as plain text", "close it with -->")
		r.words(raw[4:], at)
		return
	}
	inPre := r.pre != nil
	r.closePre()
	r.flush()
	r.out = append(r.out, &Comment{At: at, Text: commentText(raw)})
	if inPre {
		r.openPre(source.Span{Start: at.End, End: at.End})
	}
}

func (r *htmlReader) openPre(at source.Span) { r.pre, r.at = &strings.Builder{}, at }

func (r *htmlReader) tag(z *html.Tokenizer, kind html.TokenType, name, raw string, at source.Span) {
	switch roles[name] {
	case unknown:
		r.words(raw, at)
		return
	case lineBreak:
		r.lineBreak(at)
		return
	case picture:
		r.words(tokenAlt(z), at)
	case part:
		r.flush()
	case cell:
		if kind == html.StartTagToken {
			r.words(" ", at)
		}
	case verbatim:
		if r.pre != nil {
			r.at.End = at.End
		}
		r.closePre()
		if kind == html.StartTagToken {
			r.flush()
			r.openPre(at)
		}
	case hidden:
		if kind == html.StartTagToken && r.ends(name) {
			r.skip = name
		}
	}
	r.c.noteHTML(at, name)
}

// ends reports whether the end tag of an element is still to come: one that is
// never closed would hide all that follows.
func (r *htmlReader) ends(name string) bool {
	if r.lastEnds == nil {
		r.lastEnds = map[string]int{}
	}
	last, known := r.lastEnds[name]
	if !known {
		last = lastIndexFold(r.src, "</"+name)
		r.lastEnds[name] = last
	}
	return last >= r.off
}

// lastIndexFold is strings.LastIndex that ignores the case of ASCII letters;
// sep is in lower case.
func lastIndexFold(s, sep string) int {
	for i := len(s) - len(sep); i >= 0; i-- {
		if s[i] == sep[0] && strings.EqualFold(s[i:i+len(sep)], sep) {
			return i
		}
	}
	return -1
}

// words adds text. An empty line ends the paragraph, as in Markdown; other
// white space is one space.
func (r *htmlReader) words(s string, at source.Span) {
	if r.pre != nil {
		r.pre.WriteString(s)
		r.at.End = at.End
		return
	}
	for {
		line, rest, more := cutParagraph(s)
		v := collapse(line)
		if r.spaced() {
			v = strings.TrimPrefix(v, " ")
		}
		if v != "" {
			r.add(&Text{At: at, Value: v}, at)
		}
		if !more {
			return
		}
		r.flush()
		s = rest
	}
}

// spaced reports whether the open paragraph is empty or ends with a space.
func (r *htmlReader) spaced() bool {
	if len(r.text) == 0 {
		return true
	}
	switch last := r.text[len(r.text)-1].(type) {
	case *Text:
		return strings.HasSuffix(last.Value, " ")
	case *Break:
		return true
	}
	return false
}

// cutParagraph cuts s at its first empty line.
func cutParagraph(s string) (before, after string, found bool) {
	for i := 0; ; {
		j := strings.IndexByte(s[i:], '\n')
		if j < 0 {
			return s, "", false
		}
		i += j + 1
		if rest := strings.TrimLeft(s[i:], " \t"); strings.HasPrefix(rest, "\n") {
			return s[:i], rest, true
		}
	}
}

// collapse makes every run of white space one space.
func collapse(s string) string {
	if strings.Trim(s, " \t\n\f") == "" {
		if s == "" {
			return ""
		}
		return " "
	}
	words := strings.FieldsFunc(s, isHTMLSpace)
	v := strings.Join(words, " ")
	if isHTMLSpace(rune(s[0])) {
		v = " " + v
	}
	if isHTMLSpace(rune(s[len(s)-1])) {
		v += " "
	}
	return v
}

func isHTMLSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\f' || r == '\r' }

func (r *htmlReader) lineBreak(at source.Span) {
	if r.pre != nil {
		r.pre.WriteByte('\n')
		return
	}
	r.add(&Break{Hard: true}, at)
}

func (r *htmlReader) add(in Inline, at source.Span) {
	if len(r.text) == 0 {
		r.at.Start = at.Start
	}
	r.text = append(r.text, in)
	r.at.End = at.End
}

// flush ends the open paragraph.
func (r *htmlReader) flush() {
	if text := Trim(r.text); len(text) > 0 {
		r.out = append(r.out, &Paragraph{At: r.at, Text: text, Tight: r.c.tight})
	}
	r.text = nil
}

// closePre ends the open pre, a block of code.
func (r *htmlReader) closePre() {
	if r.pre == nil {
		return
	}
	if v := strings.Trim(r.pre.String(), "\n"); strings.TrimSpace(v) != "" {
		r.out = append(r.out, &CodeBlock{At: r.at, Text: v + "\n"})
	}
	r.pre = nil
}
