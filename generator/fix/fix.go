// Package fix makes the corrections that diagnostics carry: it changes the bytes
// of files where an edit says so, and nowhere else, and writes them back.
package fix

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"plumb/generator/diag"
)

// Text makes edits in the bytes of a file, and returns them changed with the
// number of fixes that were made. The edits of a fix are made together or not at
// all; a fix is left out if one of them overlaps with an edit of a fix before it,
// or if its old text does not stand there. Byte order mark, line endings and all
// bytes outside of the edits stay as they are.
func Text(raw []byte, fixes []*diag.Fix) ([]byte, int) {
	t := &text{raw: raw, lines: lines(raw)}
	made := 0
	for _, f := range fixes {
		if t.take(f) {
			made++
		}
	}
	slices.SortFunc(t.taken, func(a, b change) int { return cmp.Compare(a.start, b.start) })
	var out bytes.Buffer
	at := 0
	for _, c := range t.taken {
		out.Write(raw[at:c.start])
		out.WriteString(c.text)
		at = c.end
	}
	out.Write(raw[at:])
	return out.Bytes(), made
}

// Distinct returns the fixes without repetitions: one alias serves many
// headings.
func Distinct(list []diag.Diagnostic) []*diag.Fix {
	var out []*diag.Fix
	seen := map[diag.Edit]bool{}
	for _, d := range list {
		if d.Fix == nil || len(d.Fix.Edits) == 0 || seen[d.Fix.Edits[0]] {
			continue
		}
		seen[d.Fix.Edits[0]] = true
		out = append(out, d.Fix)
	}
	return out
}

// text is a file that is being changed.
type text struct {
	raw   []byte
	lines []line
	taken []change
}

// line is a range of bytes without its line ending, which is end.
type line struct {
	start, stop int
	end         string
}

// change replaces a range of bytes.
type change struct {
	start, end int
	text       string
}

var bom = []byte("\xef\xbb\xbf")

// lines finds the lines of a file as its reader counts them: CRLF, LF and a lone
// CR each end one, and a byte order mark is no part of the first.
func lines(raw []byte) []line {
	var out []line
	start := len(raw) - len(bytes.TrimPrefix(raw, bom))
	for i := start; i < len(raw); i++ {
		end := ""
		switch {
		case raw[i] == '\n':
			end = "\n"
		case raw[i] == '\r' && i+1 < len(raw) && raw[i+1] == '\n':
			end = "\r\n"
		case raw[i] == '\r':
			end = "\r"
		default:
			continue
		}
		out = append(out, line{start, i, end})
		i += len(end) - 1
		start = i + 1
	}
	return append(out, line{start, len(raw), ""})
}

// take notes the changes of a fix, and reports whether all of them can be made.
func (t *text) take(f *diag.Fix) bool {
	var changes []change
	for _, e := range f.Edits {
		c, ok := t.change(e)
		if !ok || overlaps(t.taken, c) || overlaps(changes, c) {
			return false
		}
		changes = append(changes, c)
	}
	t.taken = append(t.taken, changes...)
	return len(changes) > 0
}

// overlaps reports whether a change touches one of others: where two would be
// made at one place, nobody can say in which order.
func overlaps(others []change, c change) bool {
	return slices.ContainsFunc(others, func(o change) bool { return c.start <= o.end && o.start <= c.end })
}

// change finds the bytes that an edit replaces.
func (t *text) change(e diag.Edit) (change, bool) {
	if e.Line < 1 || e.Line > len(t.lines) || e.Column < 1 {
		return change{}, false
	}
	l := t.lines[e.Line-1]
	at := l.start
	for range e.Column - 1 {
		if at >= l.stop {
			return change{}, false
		}
		_, n := utf8.DecodeRune(t.raw[at:l.stop])
		at += n
	}
	if !bytes.HasPrefix(t.raw[at:l.stop], []byte(e.Old)) {
		return change{}, false
	}
	return change{at, at + len(e.Old), strings.ReplaceAll(e.New, "\n", t.ending(e.Line-1))}, true
}

// ending returns the line ending near a line: its own, else that of the first.
func (t *text) ending(i int) string {
	return cmp.Or(t.lines[i].end, t.lines[0].end, "\n")
}
