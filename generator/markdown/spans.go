package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"plumb/generator/diag"
	"plumb/generator/source"
)

// pendingText is text that is still being put together: goldmark cuts it at
// every character that might have begun something.
type pendingText struct{ start, end int }

// inlines converts the text of a block.
func (c *converter) inlines(n ast.Node) []Inline {
	mark := len(c.stack)
	if isTaken(n) {
		line := n.Lines().At(0)
		c.text = pendingText{line.Start, max(line.Start, trimmedEnd(c.src, line.Stop))}
		c.flush()
	} else {
		c.children(n)
	}
	for len(c.stack) > mark && isBreak(c.stack[len(c.stack)-1]) {
		c.stack = c.stack[:len(c.stack)-1]
	}
	list := c.pop(mark)
	if lines := n.Lines(); lines.Len() > 0 {
		fit(list, c.span(lines.At(0).Start, lines.At(lines.Len()-1).Stop))
	}
	return list
}

// fit moves the places of inlines into their container's, each behind the one
// before. They stand there already but where a run of delimiters was used in
// part: goldmark keeps its first characters, of closing ones the wrong ones.
func fit(list []Inline, outer source.Span) {
	for _, in := range list {
		var at *source.Span
		var inner []Inline
		switch in := in.(type) {
		case *Text:
			at = &in.At
		case *Code:
			at = &in.At
		case *Emphasis:
			at, inner = &in.At, in.Text
		case *Link:
			at, inner = &in.At, in.Text
		case *Image:
			at = &in.At
		case *Strike:
			fit(in.Text, outer)
			continue
		default:
			continue
		}
		at.Start = min(max(at.Start, outer.Start), outer.End)
		at.End = min(max(at.End, at.Start), outer.End)
		outer.Start = at.Start
		fit(inner, *at)
	}
}

func isBreak(in Inline) bool {
	_, ok := in.(*Break)
	return ok
}

// nested converts the text of an inline.
func (c *converter) nested(n ast.Node) []Inline {
	c.flush()
	mark := len(c.stack)
	c.children(n)
	return c.pop(mark)
}

// pop takes a finished list off the stack.
func (c *converter) pop(mark int) []Inline {
	done := c.stack[mark:]
	c.stack = c.stack[:mark]
	return carve(&c.lists, done)
}

// newText makes a text.
func (c *converter) newText(at source.Span, value string) *Text {
	return made(&c.texts, Text{At: at, Value: value})
}

// children puts the inlines in a node on the stack.
func (c *converter) children(n ast.Node) {
	if c.depth++; c.depth > maxNesting {
		panic(tooComplex{start(n, c)})
	}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		c.inline(child)
	}
	c.flush()
	c.depth--
}

func (c *converter) push(in Inline) {
	c.flush()
	c.stack = append(c.stack, in)
}

// flush puts the pending text on the stack.
func (c *converter) flush() {
	t := c.text
	if t.start == t.end {
		return
	}
	c.text = pendingText{}
	v := c.src[t.start:t.end]
	if strings.HasPrefix(v, ":::") && c.fence < 0 && c.lineBegins(t.start) {
		c.fence = t.start
	}
	if v = resolve(v); len(c.stack) > 0 && isBreak(c.stack[len(c.stack)-1]) {
		v = strings.TrimLeft(v, " \t")
	}
	if v != "" {
		c.stack = append(c.stack, c.newText(c.span(t.start, t.end), v))
	}
}

// lineBegins reports whether only white space and marks of containers stand
// before an offset in its line.
func (c *converter) lineBegins(at int) bool {
	begin := strings.LastIndexByte(c.src[:at], '\n') + 1
	return strings.Trim(c.src[begin:at], " \t>-*+") == ""
}

func (c *converter) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		c.textNode(n)
	case *ast.CodeSpan:
		c.push(&Code{At: c.span(start(n, c), end(n, c)), Value: c.codeValue(n)})
	case *ast.Emphasis:
		e := &Emphasis{At: c.span(start(n, c), end(n, c)), Strong: n.Level == 2}
		e.Text = c.nested(n)
		c.push(e)
	case *extast.Strikethrough:
		c.push(&Strike{Text: c.nested(n)})
	case *ast.Link:
		c.link(n, n.Destination, n.Title, n.Reference)
	case *ast.Image:
		c.image(n)
	case *ast.AutoLink:
		c.autoLink(n)
	case *ast.RawHTML:
		c.rawHTML(n)
	case *extast.TaskCheckBox:
		c.push(&Checkbox{Checked: n.IsChecked})
	case *extast.FootnoteLink:
		c.footnoteLink(n)
	case *shortcode:
		c.push(&Text{At: c.span(n.segment.Start, n.segment.Stop), Value: c.src[n.segment.Start:n.segment.Stop]})
	}
}

func (c *converter) textNode(n *ast.Text) {
	seg := n.Segment
	if seg.Start < seg.Stop {
		if c.text.end != seg.Start || c.text.start == c.text.end {
			c.flush()
			c.text = pendingText{seg.Start, seg.Start}
		}
		c.text.end = seg.Stop
	}
	if n.HardLineBreak() || n.SoftLineBreak() {
		c.lineBreak(n.HardLineBreak())
	}
}

// lineBreak ends a line: the spaces at its end are no text. A line that ended
// with <br>, or held nothing but dropped tags, has had its break.
func (c *converter) lineBreak(hard bool) {
	c.flush()
	if k := len(c.stack); k > 0 {
		switch last := c.stack[k-1].(type) {
		case *Break:
			if !hard {
				return
			}
			if !last.Hard {
				c.stack = c.stack[:k-1]
			}
		case *Text:
			if last.Value = strings.TrimRight(last.Value, " \t"); last.Value == "" {
				c.stack = c.stack[:k-1]
			}
		}
	}
	c.stack = append(c.stack, &Break{Hard: hard})
}

func isHard(in Inline) bool {
	b, ok := in.(*Break)
	return ok && b.Hard
}

// codeValue is the text of a code span: line feeds are spaces and, in a cell,
// a pipe is escaped even here.
func (c *converter) codeValue(n *ast.CodeSpan) string {
	v := ""
	if first := n.FirstChild(); first != nil && first == n.LastChild() {
		seg := first.(*ast.Text).Segment
		v = c.src[seg.Start:seg.Stop]
	} else {
		var b strings.Builder
		for child := first; child != nil; child = child.NextSibling() {
			seg := child.(*ast.Text).Segment
			b.WriteString(c.src[seg.Start:seg.Stop])
		}
		v = b.String()
	}
	if strings.IndexByte(v, '\n') >= 0 {
		v = strings.ReplaceAll(v, "\n", " ")
	}
	if c.cell {
		v = strings.ReplaceAll(v, `\|`, "|")
	}
	return v
}

// target adds a target and returns its index.
func (c *converter) target(t Target) int {
	c.doc.Links = append(c.doc.Links, t)
	return len(c.doc.Links) - 1
}

// linked reads the destination and title of a link or image.
func (c *converter) linked(n ast.Node, dest, title []byte, ref *ast.ReferenceLink) Target {
	if ref != nil {
		if c.referenced += len(dest) + len(title); c.referenced > maxReferenced {
			panic(tooComplex{start(n, c)})
		}
	}
	return Target{
		Dest:  resolve(string(dest)),
		Title: resolve(string(title)),
		Span:  c.destination(n, string(dest), ref != nil),
	}
}

// destination is the place of an inline link's destination; of a reference,
// the link's.
func (c *converter) destination(n ast.Node, dest string, reference bool) source.Span {
	ends := c.run.ends[n.Pos()]
	rest := c.src[min(ends.bracket+1, len(c.src)):]
	if reference || dest == "" || !strings.HasPrefix(rest, "(") {
		return c.span(ends.start, ends.end)
	}
	at := len(c.src) - len(strings.TrimLeft(rest[1:], space+">"))
	if strings.HasPrefix(c.src[at:], "<") {
		at++
	}
	if !strings.HasPrefix(c.src[at:], dest) {
		return c.span(ends.start, ends.end)
	}
	return c.span(at, at+len(dest))
}

// link converts a link; one that is not safe leaves its text.
func (c *converter) link(n ast.Node, dest, title []byte, ref *ast.ReferenceLink) {
	t := c.linked(n, dest, title, ref)
	if c.refuseURL(t) || c.inLink {
		c.flush()
		c.children(n)
		return
	}
	ends := c.run.ends[n.Pos()]
	l := &Link{At: c.span(ends.start, ends.end), Index: c.target(t)}
	c.inLink = true
	l.Text = c.nested(n)
	c.inLink = false
	c.push(l)
}

// refuseURL reports whether a destination is unsafe, and says so.
func (c *converter) refuseURL(t Target) bool {
	message := unsafeDest(t.Dest)
	if message == "" {
		return false
	}
	c.report(diag.Warning, diag.UnsafeURL, t.Span, message+": the text is kept without it", schemesHint)
	return true
}

// image converts an image. One on another host becomes a link to it: pages
// load nothing from elsewhere.
func (c *converter) image(n *ast.Image) {
	t := c.linked(n, n.Destination, n.Title, n.Reference)
	ends := c.run.ends[n.Pos()]
	at := c.span(ends.start, ends.end)
	alt := InlineText(c.description(n))
	switch {
	case c.refuseURL(t):
		c.pushText(at, alt)
	case remote(t.Dest):
		c.report(diag.Warning, diag.RemoteImage, t.Span, "an image on another host becomes a link to it",
			"put the image beside the text and link to that: a page loads nothing from other hosts")
		if alt == "" {
			alt = t.Dest
		}
		c.pushLink(at, t, alt)
	default:
		t.Image = true
		c.push(&Image{At: at, Index: c.target(t), Alt: alt})
	}
}

// description converts an image's text. Links in it are none, as in a link, and
// the targets of images in it are not the document's.
func (c *converter) description(n ast.Node) []Inline {
	before, inLink := len(c.doc.Links), c.inLink
	c.inLink = true
	list := c.nested(n)
	c.inLink = inLink
	c.doc.Links = c.doc.Links[:before]
	return list
}

func (c *converter) pushText(at source.Span, value string) {
	if value != "" {
		c.push(&Text{At: at, Value: value})
	}
}

// pushLink adds a link with plain text; within a link, the text alone.
func (c *converter) pushLink(at source.Span, t Target, text string) {
	if c.inLink {
		c.pushText(t.Span, text)
		return
	}
	c.push(&Link{At: at, Index: c.target(t), Text: []Inline{&Text{At: t.Span, Value: text}}})
}

func (c *converter) autoLink(n *ast.AutoLink) {
	label := string(n.Label(c.data))
	from, to := start(n, c), end(n, c)
	at := c.span(from, to)
	if c.src[from] == '<' {
		from++
	}
	t := Target{Dest: string(n.URL(c.data)), Span: c.span(from, from+len(label))}
	if n.AutoLinkType == ast.AutoLinkEmail {
		t.Dest = "mailto:" + t.Dest
	}
	if c.refuseURL(t) {
		c.pushText(t.Span, label)
		return
	}
	c.pushLink(at, t, label)
}

// start is the first byte of a node. Goldmark keeps it for most nodes; of
// emphasis it keeps the beginning of the whole run of delimiters, so that is
// counted back from what is inside.
func start(n ast.Node, c *converter) int {
	switch n := n.(type) {
	case *ast.Text:
		return n.Segment.Start
	case *ast.Emphasis:
		return start(n.FirstChild(), c) - n.Level
	case *extast.Strikethrough:
		at := start(n.FirstChild(), c)
		return at - tildes(c.src[:at])
	case *ast.Link, *ast.Image:
		return c.run.ends[n.Pos()].start
	}
	return max(n.Pos(), 0)
}

// end is the byte behind a node.
func end(n ast.Node, c *converter) int {
	switch n := n.(type) {
	case *ast.Text:
		return n.Segment.Stop
	case *ast.Emphasis:
		return end(n.LastChild(), c) + n.Level
	case *extast.Strikethrough:
		at := start(n.FirstChild(), c)
		return end(n.LastChild(), c) + tildes(c.src[:at])
	case *ast.Link, *ast.Image:
		return c.run.ends[n.Pos()].end
	case *ast.AutoLink:
		return autoLinkEnd(n, c)
	case *ast.CodeSpan:
		return c.codeEnd(n)
	case *shortcode:
		return n.segment.Stop
	case *ast.RawHTML:
		return n.Segments.At(n.Segments.Len() - 1).Stop
	case *extast.FootnoteLink:
		return n.Pos() + strings.IndexByte(c.src[n.Pos():], ']') + 1
	}
	return max(n.Pos(), 0)
}

// tildes is the number of tildes that s ends with, at most two: more are no
// strikethrough.
func tildes(s string) int {
	if strings.HasSuffix(s, "~~") {
		return 2
	}
	return 1
}

func autoLinkEnd(n *ast.AutoLink, c *converter) int {
	at := n.Pos()
	if c.src[at] == '<' {
		return at + len(n.Label(c.data)) + 2
	}
	return at + len(n.Label(c.data))
}

func (c *converter) codeEnd(n *ast.CodeSpan) int {
	at := n.Pos()
	ticks := len(c.src[at:]) - len(strings.TrimLeft(c.src[at:], "`"))
	last := n.LastChild()
	if last == nil {
		return at + 2*ticks
	}
	stop := last.(*ast.Text).Segment.Stop
	return stop + strings.IndexByte(c.src[stop:], '`') + ticks
}
