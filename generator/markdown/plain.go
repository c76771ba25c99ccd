package markdown

import (
	"html"
	"strings"
)

// Text returns the words of the fragment; paragraphs, items and rows stand on
// lines of their own. The number of a footnote is nothing.
func (f Fragment) Text() string {
	if f.isPlain() {
		return strings.TrimRight(f.html, " ")
	}
	return string(f.AppendText(make([]byte, 0, len(f.html))))
}

func (f Fragment) isPlain() bool { return !strings.ContainsAny(f.html, "<&\n\x00") }

// AppendText appends to dst what Text returns.
func (f Fragment) AppendText(dst []byte) []byte {
	if f.isPlain() {
		return append(dst, strings.TrimRight(f.html, " ")...)
	}
	rest := f.html
	if strings.IndexByte(rest, 0) >= 0 {
		rest = string(f.Append(nil, plain{}))
	}
	out := lineWriter{text: dst, first: len(dst), from: len(dst)}
	code, number := false, false
	for rest != "" {
		var text, tag string
		text, tag, _ = strings.Cut(rest, "<")
		if !code {
			text = strings.ReplaceAll(text, "\n", " ")
		}
		if !number {
			out.write(html.UnescapeString(text))
		}
		tag, rest, _ = strings.Cut(tag, ">") // one in an attribute is escaped
		out.write(apart(tag))
		code = strings.HasPrefix(tag, "pre") || code && tag != "/pre"
		number = strings.HasPrefix(tag, "sup") || number && tag != "/sup"
	}
	return out.end()
}

// lineWriter writes lines without the spaces at their ends, and none that is
// empty.
type lineWriter struct {
	text  []byte
	first int // where the first line begins
	from  int // where the last one does
}

func (w *lineWriter) write(text string) {
	for {
		i := strings.IndexByte(text, '\n')
		if i < 0 {
			w.text = append(w.text, text...)
			return
		}
		w.text = append(w.text, text[:i]...)
		w.endLine()
		text = text[i+1:]
	}
}

// endLine ends the last line and begins another if it is not empty.
func (w *lineWriter) endLine() {
	for len(w.text) > w.from && w.text[len(w.text)-1] == ' ' {
		w.text = w.text[:len(w.text)-1]
	}
	if len(w.text) > w.from {
		w.text = append(w.text, '\n')
		w.from = len(w.text)
	}
}

// end ends the text: nothing stands behind its last line.
func (w *lineWriter) end() []byte {
	w.endLine()
	if w.from > w.first {
		w.text = w.text[:w.from-1]
	}
	return w.text
}

// apart returns the white space that a tag stands for.
func apart(tag string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(tag, "/"), " ")
	switch name {
	case "p", "ul", "ol", "li", "table", "tr", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "br", "div":
		return "\n"
	case "td", "th":
		return " "
	}
	return ""
}

// plain fills the holes of fragments that are to be plain text.
type plain struct{}

var _ Resolver = plain{}

func (plain) OpenLink(dst []byte, _ int) []byte    { return dst }
func (plain) CloseLink(dst []byte, _ int) []byte   { return dst }
func (plain) ID(dst []byte, _ string) []byte       { return dst }
func (plain) OpenSelf(dst []byte, _ string) []byte { return dst }
func (plain) CloseSelf(dst []byte) []byte          { return dst }

func (plain) Image(dst []byte, _ int, alt string) []byte { return AppendEscaped(dst, alt) }
