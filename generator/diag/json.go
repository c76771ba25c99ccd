package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON writes the findings as a JSON array, an element a line. Those that an
// exception takes out stand behind the others: they alone have the member
// “suppressed”.
func JSON(w io.Writer, list []Diagnostic, silenced []Silenced) error {
	values := make([]any, 0, len(list)+len(silenced))
	for _, d := range list {
		values = append(values, d.brief())
	}
	for _, s := range silenced {
		s.Diagnostic = s.Diagnostic.brief()
		values = append(values, s)
	}
	if len(values) == 0 {
		_, err := io.WriteString(w, "[]\n")
		return err
	}
	var b bytes.Buffer
	for i, v := range values {
		line, err := json.Marshal(v)
		if err != nil {
			return err
		}
		open, end := "", ",\n"
		if i == 0 {
			open = "["
		}
		if i == len(values)-1 {
			end = "]\n"
		}
		b.WriteString(open)
		b.Write(escaped(line))
		b.WriteString(end)
	}
	_, err := b.WriteTo(w)
	return err
}

// escaped writes those characters of a JSON text as \u escapes that [Visible]
// does not show: what is read back is the same, and a log or a terminal is told
// nothing by it.
func escaped(text []byte) []byte {
	if bytes.Contains(text, []byte("##")) {
		text = order.ReplaceAll(text, []byte(`#\u0023$1`))
	}
	if bytes.IndexFunc(text, isUnseen) < 0 {
		return text
	}
	out := make([]byte, 0, len(text)+64)
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		switch high, low := utf16.EncodeRune(r); {
		case !isUnseen(r):
			out = append(out, text[:n]...)
		case high != unicode.ReplacementChar:
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		text = text[n:]
	}
	return out
}

// isUnseen reports whether a character of a JSON text is none that is seen; the
// line feeds between its lines are.
func isUnseen(r rune) bool { return r != '\n' && visible(r) != r }
