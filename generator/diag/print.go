package diag

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Text prints diagnostics as a compiler does: place, severity, message and
// code in one line, then the source line with a caret, then the hint.
type Text struct {
	// Color adds ANSI colours.
	Color bool
	// Dir is put before every path, so that a terminal can open it; empty for
	// paths relative to the site.
	Dir string
	// Apart puts a blank line between the findings of two files.
	Apart bool
}

// maxSource is the number of columns of a source line that is shown.
const maxSource = 120

// Print writes the list to w, in its order.
func (t Text) Print(w io.Writer, list []Diagnostic) error {
	var b strings.Builder
	for i, d := range list {
		if t.Apart && i > 0 && list[i-1].Path != d.Path {
			b.WriteByte('\n')
		}
		t.one(&b, d)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (t Text) one(b *strings.Builder, d Diagnostic) {
	tint := [...]string{"36", "33", "31"}[d.Severity]
	fmt.Fprintf(b, "%s: %s %s [%s]\n", t.paint("1", t.at(d.Pos)), t.paint("1;"+tint, d.Severity.String()+":"), Visible(d.Message), d.Code)
	t.excerpt(b, d.Place, "    ", tint)
	t.related(b, d.Related)
	if d.Hint != "" {
		fmt.Fprintf(b, "  %s %s\n", t.paint("1", "hint:"), Visible(d.Hint))
	}
}

// Silenced writes the findings that exceptions take out, each with the reason.
func (t Text) Silenced(w io.Writer, list []Silenced) error {
	var b strings.Builder
	for _, s := range list {
		fmt.Fprintf(&b, "%s: %s %s [%s]\n", t.paint("1", t.at(s.Pos)), t.paint("1", "silenced:"), Visible(s.Message), s.Code)
		until := ""
		if s.By.Until != "" {
			until = " until " + Visible(s.By.Until)
		}
		fmt.Fprintf(&b, "  %s: allowed%s: %s\n", t.at(s.By.Pos), until, Visible(s.By.Reason))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// related writes the places that explain a finding, each with its line of
// source; the caret is there where it picks out a part of the line.
func (t Text) related(b *strings.Builder, list []Related) {
	for _, r := range list {
		fmt.Fprintf(b, "  %s: %s\n", t.at(r.Pos), Visible(r.Message))
		if r.toTheEnd() {
			r.Column = 0
		}
		t.excerpt(b, r.Place, "      ", "36")
	}
}

// toTheEnd reports whether a place is its line as a whole, but for marks and
// white space before it.
func (p Place) toTheEnd() bool {
	line := []rune(strings.TrimRight(p.Source, " \t"))
	before := line[:min(max(p.Column-1, 0), len(line))]
	return p.Column-1+p.Width >= len(line) && strings.Trim(string(before), " \t#*+->0123456789.)") == ""
}

func (t Text) at(p Pos) string {
	s := Visible(t.Dir + p.Path)
	if p.Line > 0 {
		s += fmt.Sprintf(":%d", p.Line)
		if p.Column > 0 {
			s += fmt.Sprintf(":%d", p.Column)
		}
	}
	return s
}

func (t Text) paint(code, s string) string {
	if !t.Color {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// excerpt writes the source line and the caret below it.
func (t Text) excerpt(b *strings.Builder, p Place, indent, tint string) {
	if p.Source == "" {
		return
	}
	line := []rune(upTo(p.Source, p.Column+maxSource))
	at := min(max(p.Column-1, 0), len(line))
	from := 0
	if at > maxSource*2/3 {
		from = at - maxSource/3
	}
	to := min(len(line), from+maxSource)
	head, tail := "", ""
	if from > 0 {
		head = "…"
	}
	if to < len(line) {
		tail = "…"
	}
	shown := Visible(string(line[from:to]))
	pad := columns(head) + columns(Visible(string(line[from:at])))
	mark := max(1, columns(Visible(string(line[at:min(to, at+p.Width)]))))
	fmt.Fprintf(b, "%s%s%s%s\n", indent, head, Inert(shown), tail)
	if p.Column == 0 {
		return // the line as a whole
	}
	fmt.Fprintf(b, "%s%s%s\n", indent,
		strings.Repeat(" ", pad), t.paint("1;"+tint, "^"+strings.Repeat("~", mark-1)))
}

// upTo returns the first characters of a line, one more than n where it has
// them.
func upTo(line string, n int) string {
	for i := range line {
		if n--; n < -1 {
			return line[:i]
		}
	}
	return line
}

// columns returns how many columns a terminal gives to s: two for wide East
// Asian characters and emoji, none for combining marks.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			n++
		case unicode.In(r, unicode.Mn, unicode.Me) || r == 0x200d || (r >= 0xfe00 && r <= 0xfe0f):
		case wide(r):
			n += 2
		default:
			n++
		}
	}
	return n
}

func wide(r rune) bool {
	k := width.LookupRune(r).Kind()
	return k == width.EastAsianWide || k == width.EastAsianFullwidth
}

// Inert makes a line of source harmless to a service that runs Plumb and takes
// a line that begins with two colons for an order to itself.
func Inert(line string) string {
	rest := strings.TrimLeftFunc(line, unicode.IsSpace)
	if len(rest) < 3 || rest[:2] != "::" || rest[2] == ':' {
		return line
	}
	return line[:len(line)-len(rest)] + "∶" + rest[1:]
}

// order is how an order to such a service begins anywhere in a line.
var order = regexp.MustCompile(`##([A-Za-z]*\[)`)

// Visible makes control characters harmless to a terminal: a tab becomes a
// space, any other its picture or the replacement character. So do characters
// that are not seen, but for those that join letters and emoji, and so does what a
// build service would take for an order.
func Visible(s string) string {
	s = strings.Map(visible, s)
	if strings.Contains(s, "##") && strings.Contains(s, "[") {
		s = order.ReplaceAllString(s, "#♯$1")
	}
	return s
}

func visible(r rune) rune {
	switch {
	case r >= ' ' && r < 0x7f: // nearly all of them, which the tables would be asked about one by one
		return r
	case r == '\t':
		return ' '
	case r < ' ':
		return 0x2400 + r
	case r == 0x200c || r == 0x200d:
		return r
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co):
		return unicode.ReplacementChar
	}
	return r
}
