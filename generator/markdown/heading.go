package markdown

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"plumb/generator/diag"
	"plumb/generator/source"
)

// explicitID is a {#id} of a heading, kept as an attribute of goldmark's node.
type explicitID struct {
	value      string
	start, end int // of the value, in the parsed text
}

// idAttribute is the name explicitID is kept under.
const idAttribute = "id"

// cutAttributes takes a trailing {#id .class key="value"} off a heading's lines
// and keeps its id. Braces that hold anything else are text and stay.
func cutAttributes(heading ast.Node, src []byte) {
	lines := heading.Lines()
	last := lines.Len() - 1
	if last < 0 {
		return
	}
	line := lines.At(last)
	if line.Stop <= line.Start || src[line.Stop-1] != '}' {
		return
	}
	v := string(line.Value(src))
	open := strings.LastIndexByte(v, '{')
	if open < 0 || !strings.HasSuffix(v, "}") || escaped(v, open) {
		return
	}
	id, ok := attributes(v[open+1 : len(v)-1])
	if !ok {
		return
	}
	if id != "" {
		at := line.Start + open + strings.Index(v[open:], id)
		heading.SetAttributeString(idAttribute, explicitID{id, at, at + len(id)})
	}
	line.Stop = line.Start + len(closing(strings.TrimRight(v[:open], space)))
	lines.Set(last, line)
	if line.Stop == line.Start {
		dropLastLine(heading, src)
	}
}

// dropLastLine removes a line that held nothing but attributes.
func dropLastLine(heading ast.Node, src []byte) {
	lines := heading.Lines()
	lines.SetSliced(0, lines.Len()-1)
	if n := lines.Len(); n > 0 {
		line := lines.At(n - 1)
		lines.Set(n-1, line.TrimRightSpace(src))
	}
}

// closing cuts the closing sequence of an ATX heading, "## Title ## {#id}".
func closing(v string) string {
	cut := strings.TrimRight(v, "#")
	if cut != v && strings.HasSuffix(cut, " ") {
		return strings.TrimRight(cut, space)
	}
	return v
}

// escaped reports whether the character at i follows an odd number of
// backslashes.
func escaped(s string, i int) bool {
	n := 0
	for i-n > 0 && s[i-n-1] == '\\' {
		n++
	}
	return n%2 == 1
}

// attributes reads what stands between braces. It is a list of attributes only
// where every word is one and the list could not be meant as text: it holds an
// id or a class, or nothing but attributes of HTML.
func attributes(s string) (id string, ok bool) {
	rest := strings.TrimSpace(s)
	if rest == "" || len(rest) > 500 {
		return "", false
	}
	known, marked := true, false
	for rest != "" {
		word := rest
		if n := attributeLen(rest); n > 0 {
			word = rest[:n]
		} else {
			return "", false
		}
		rest = strings.TrimLeft(rest[len(word):], space)
		key, value, _ := strings.Cut(word, "=")
		switch {
		case word[0] == '#' && id == "":
			id, marked = word[1:], true
		case word[0] == '#' || word[0] == '.':
			marked = true
		case key == "id" && id == "":
			id, marked = strings.Trim(value, `"'`), true
		default:
			known = known && htmlAttribute(key)
		}
	}
	if id != "" && !validID(id) {
		return "", false
	}
	return id, marked || known
}

// attributeLen is the length of the #id, .class or key=value that s begins
// with, 0 where it begins with none.
func attributeLen(s string) int {
	word := s
	if i := strings.IndexAny(s, space); i >= 0 {
		word = s[:i]
	}
	if s[0] == '#' || s[0] == '.' {
		if len(word) == 1 || !nameByte(word[1]) && word[1] < 0x80 || s[0] == '.' && util.IsNumeric(word[1]) {
			return 0
		}
		return len(word)
	}
	eq := strings.IndexByte(word, '=')
	if eq < 1 || !isName(word[:eq]) {
		return 0
	}
	if quote := s[eq+1:]; quote != "" && (quote[0] == '"' || quote[0] == '\'') {
		end := strings.IndexByte(quote[1:], quote[0])
		if end < 0 {
			return 0
		}
		return eq + 1 + end + 2
	}
	return len(word)
}

func isName(s string) bool {
	for i := range len(s) {
		if !nameByte(s[i]) {
			return false
		}
	}
	return true
}

func nameByte(c byte) bool { return util.IsAlphaNumeric(c) || c == '-' || c == '_' || c == ':' }

// htmlAttribute reports whether a heading of HTML may have the attribute.
func htmlAttribute(key string) bool {
	switch key {
	case "class", "style", "lang", "dir", "title", "align", "role", "hidden", "tabindex":
		return true
	}
	return strings.HasPrefix(key, "data-") || strings.HasPrefix(key, "aria-")
}

// validID reports whether an explicit id is made of letters and digits of any
// script, "-", "_" and ".".
func validID(id string) bool {
	for _, r := range id {
		if !idRune(r) && r != '.' {
			return false
		}
	}
	return id != ""
}

func idRune(r rune) bool {
	return r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// slug makes an id of a heading's words as GitHub does.
func slug(words string) string {
	id := strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '\t' || r == '\n':
			return '-'
		case idRune(r):
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(words))
	if id == "" {
		return "section"
	}
	return id
}

// heading is a heading that waits for its id.
type heading struct {
	block *Heading
	id    explicitID
}

// identify gives every heading and footnote its id: explicit ones first, since
// somebody may link to them from elsewhere, then those that were taken, then
// footnotes, then the rest.
func (c *converter) identify() {
	ids := idSet{}
	first := map[string]source.Span{}
	for _, h := range c.headings {
		if _, taken := ids[h.id.value]; h.id.value != "" && !taken {
			h.block.ID = ids.unique(h.id.value)
			first[h.id.value] = c.span(h.id.start, h.id.end)
		}
	}
	for _, h := range c.headings {
		if h.id.value != "" && h.block.ID == "" {
			h.block.ID = ids.unique(h.id.value)
			c.duplicate(h, first[h.id.value])
		}
	}
	for i, n := range c.notes {
		c.identifyNote(i, n, ids)
	}
	for _, h := range c.headings {
		if h.block.ID == "" {
			h.block.ID = ids.unique(slug(InlineText(h.block.Text)))
		}
	}
}

func (c *converter) duplicate(h heading, first source.Span) {
	d := c.report(diag.Warning, diag.DuplicateID, c.span(h.id.start, h.id.end),
		"the id “"+h.id.value+"” is already taken by another heading",
		"links to it lead to the first one; this one is “"+h.block.ID+"” now")
	if d != nil {
		d.Related = []diag.Related{{Place: c.file.Place(first), Message: "first here"}}
	}
}

// idSet holds the ids of a document, each with the last number that was added
// to it.
type idSet map[string]int

// unique returns the id, with -1, -2 and so on where it is taken.
func (s idSet) unique(id string) string {
	n, taken := s[id]
	if !taken {
		s[id] = 0
		return id
	}
	for {
		n++
		next := id + "-" + strconv.Itoa(n)
		if _, taken := s[next]; !taken {
			s[id], s[next] = n, 0
			return next
		}
	}
}
