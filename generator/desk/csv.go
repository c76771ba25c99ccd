package desk

import (
	"strings"
	"unicode/utf8"
)

// Mark begins a CSV file: the byte order mark by which spreadsheets know that it is
// UTF-8.
const Mark = "\uFEFF"

// AppendCSV appends a record as RFC 4180 has it, every field in quotes. A field
// that a spreadsheet would take for a formula gets an apostrophe before it, as
// OWASP advises (“CSV Injection”); so does one whose first character is such a
// sign in its full-width form, which some programs fold, and what stands behind a
// semicolon, a tab or a line break: there a cell begins for a spreadsheet of a
// country where these part the fields.
func AppendCSV(dst []byte, fields ...string) []byte {
	for i, f := range fields {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, '"')
		dst = append(dst, strings.ReplaceAll(guarded(f), `"`, `""`)...)
		dst = append(dst, '"')
	}
	return append(dst, "\r\n"...)
}

// guarded puts an apostrophe before everything in a field that may be taken for a
// formula.
func guarded(field string) string {
	var b strings.Builder
	for rest := field; ; {
		if isFormula(rest) {
			b.WriteByte('\'')
		}
		i := strings.IndexAny(rest, ";\t\r\n")
		if i < 0 {
			b.WriteString(rest)
			return b.String()
		}
		b.WriteString(rest[:i+1])
		rest = rest[i+1:]
	}
}

// isFormula reports whether a spreadsheet may reckon with a field. White space
// before the sign is passed over, for programs trim it.
func isFormula(s string) bool {
	if strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") || strings.HasPrefix(s, "\n") {
		return true
	}
	s = strings.TrimLeft(s, " \u00a0\u3000\ufeff\u200b")
	first, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠−", first)
}
