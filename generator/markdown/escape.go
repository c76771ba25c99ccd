package markdown

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// entities maps the bytes that HTML text and quoted attributes do not hold as
// they are. A NUL, which HTML knows no way to write, becomes the replacement
// character.
var entities = [256]string{
	'&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&quot;", 0: "\ufffd",
}

// special are the bytes that have an entity.
const special = "&<>\"\x00"

// AppendEscaped appends s to dst as HTML text; it also fits a quoted attribute.
func AppendEscaped(dst []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		if e := entities[s[i]]; e != "" {
			dst = append(dst, s[from:i]...)
			dst = append(dst, e...)
			from = i + 1
		}
	}
	return append(dst, s[from:]...)
}

// urlBytes holds 1 for the bytes that a URL in HTML holds as they are: all
// that RFC 3986 allows, without the brackets, which browsers keep to hosts.
var urlBytes = [256]byte{
	'-': 1, '_': 1, '.': 1, '!': 1, '~': 1, '*': 1, '\'': 1, '(': 1, ')': 1, ';': 1, '/': 1, '?': 1,
	':': 1, '@': 1, '&': 1, '=': 1, '+': 1, '$': 1, ',': 1, '#': 1, '%': 1,
	'0': 1, '1': 1, '2': 1, '3': 1, '4': 1, '5': 1, '6': 1, '7': 1, '8': 1, '9': 1,
	'A': 1, 'B': 1, 'C': 1, 'D': 1, 'E': 1, 'F': 1, 'G': 1, 'H': 1, 'I': 1, 'J': 1, 'K': 1, 'L': 1, 'M': 1,
	'N': 1, 'O': 1, 'P': 1, 'Q': 1, 'R': 1, 'S': 1, 'T': 1, 'U': 1, 'V': 1, 'W': 1, 'X': 1, 'Y': 1, 'Z': 1,
	'a': 1, 'b': 1, 'c': 1, 'd': 1, 'e': 1, 'f': 1, 'g': 1, 'h': 1, 'i': 1, 'j': 1, 'k': 1, 'l': 1, 'm': 1,
	'n': 1, 'o': 1, 'p': 1, 'q': 1, 'r': 1, 's': 1, 't': 1, 'u': 1, 'v': 1, 'w': 1, 'x': 1, 'y': 1, 'z': 1,
}

// AppendURL appends a destination to dst, percent-encoded where a URL needs it
// and escaped for a quoted attribute. Percent signs stay as they are where two
// hexadecimal digits follow.
func AppendURL(dst []byte, url string) []byte {
	const hex = "0123456789ABCDEF"
	for i := 0; i < len(url); i++ {
		switch c := url[i]; {
		case c == '&':
			dst = append(dst, "&amp;"...)
		case c == '%' && !(i+2 < len(url) && util.IsHexDecimal(url[i+1]) && util.IsHexDecimal(url[i+2])):
			dst = append(dst, "%25"...)
		case urlBytes[c] == 1:
			dst = append(dst, c)
		default:
			dst = append(dst, '%', hex[c>>4], hex[c&15])
		}
	}
	return dst
}

// resolve returns s with backslash escapes and entities resolved, in one pass:
// what an escape protects is not read again as an entity.
func resolve(s string) string {
	if strings.IndexByte(s, '\\') < 0 && strings.IndexByte(s, '&') < 0 {
		return s
	}
	dst := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		n := 0
		switch s[i] {
		case '\\':
			if i+1 < len(s) && util.IsPunct(s[i+1]) {
				dst, n = append(dst, s[i+1]), 2
			}
		case '&':
			dst, n = appendEntity(dst, s[i:])
		}
		if n == 0 {
			dst, n = append(dst, s[i]), 1
		}
		i += n
	}
	return string(dst)
}

// maxEntity is the length of the longest name of an entity,
// CounterClockwiseContourIntegral, with room for "&" and ";".
const maxEntity = 34

// appendEntity appends the text of the entity that s begins with and returns
// its length in s; 0 where there is none.
func appendEntity(dst []byte, s string) ([]byte, int) {
	end := strings.IndexByte(s[:min(len(s), maxEntity)], ';')
	if end < 2 {
		return dst, 0
	}
	name := s[1:end]
	if name[0] == '#' {
		if r := codePoint(name[1:]); r >= 0 {
			return utf8.AppendRune(dst, r), end + 1
		}
		return dst, 0
	}
	if e, ok := util.LookUpHTML5EntityByName(name); ok {
		return append(dst, e.Characters...), end + 1
	}
	return dst, 0
}

// codePoint reads the number of a numeric entity, behind the "#"; -1 where it
// is none. One that is no character of text is the replacement character.
func codePoint(s string) rune {
	base, digits := rune(10), 7
	if s != "" && (s[0] == 'x' || s[0] == 'X') {
		s, base, digits = s[1:], 16, 6
	}
	if s == "" || len(s) > digits {
		return -1
	}
	v := rune(0)
	for _, c := range []byte(s) {
		d := strings.IndexByte("0123456789abcdef", c|0x20)
		if c >= '0' && c <= '9' {
			d = int(c - '0')
		}
		if d < 0 || rune(d) >= base {
			return -1
		}
		v = v*base + rune(d)
	}
	if v == 0 || !utf8.ValidRune(v) {
		return utf8.RuneError
	}
	return v
}
