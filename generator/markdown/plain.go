package markdown

import (
	"html"
	"slices"
	"strings"
)

// Text returns the words of the fragment; paragraphs, items and rows stand on
// lines of their own. The number of a footnote is nothing.
func (f Fragment) Text() string {
	if !strings.ContainsAny(f.html, "<&\n\x00") {
		return strings.TrimRight(f.html, " ")
	}
	var out strings.Builder
	code, number := false, false
	for rest := string(f.Append(nil, plain{})); rest != ""; {
		text, tag, _ := strings.Cut(rest, "<")
		if !code {
			text = strings.ReplaceAll(text, "\n", " ")
		}
		if !number {
			out.WriteString(html.UnescapeString(text))
		}
		tag, rest, _ = strings.Cut(tag, ">") // one in an attribute is escaped
		out.WriteString(apart(tag))
		code = strings.HasPrefix(tag, "pre") || code && tag != "/pre"
		number = strings.HasPrefix(tag, "sup") || number && tag != "/sup"
	}
	lines := strings.Split(out.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
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
