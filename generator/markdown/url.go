package markdown

import (
	"strings"
	"unicode"
)

// allowedSchemes are what a link may begin with. All else is left out, for what
// a scheme does is up to the reader's computer.
var allowedSchemes = map[string]bool{"http": true, "https": true, "mailto": true, "tel": true, "sms": true}

// schemesHint lists them for the author.
const schemesHint = "a link may be relative, or begin with http:, https:, mailto:, tel: or sms:"

// runnable are schemes that run or carry a document of their own. They are
// looked for in disguise, too.
var runnable = map[string]bool{"javascript": true, "vbscript": true, "livescript": true, "data": true, "blob": true}

// Scheme returns what the destination begins with, in lower case and without
// the colon: "https", "mailto"; "//" where it names a host without a scheme;
// "" for a path, a query or a fragment of this site.
func (t Target) Scheme() string { return scheme(t.Dest) }

func scheme(dest string) string {
	if strings.HasPrefix(dest, "//") {
		return "//"
	}
	if i := schemeEnd(dest); i > 0 {
		return strings.ToLower(dest[:i])
	}
	return ""
}

// schemeEnd is the place of the colon behind a scheme, -1 where there is none.
func schemeEnd(dest string) int {
	for i := range len(dest) {
		switch c := dest[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z':
		case i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'):
		case i > 0 && c == ':':
			return i
		default:
			return -1
		}
	}
	return -1
}

// unsafeDest says what is wrong with a destination, "" where nothing is. Browsers
// drop control characters from URLs and read a backslash as a slash, so that
// what is no scheme here may be one there.
func unsafeDest(dest string) string {
	if strings.IndexFunc(dest, unicode.IsControl) >= 0 {
		return "this destination holds control characters"
	}
	trimmed := strings.TrimFunc(dest, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	if i := schemeEnd(trimmed); i > 0 {
		return badScheme(strings.ToLower(trimmed[:i]))
	}
	if len(trimmed) > 1 && isSlash(trimmed[0]) && isSlash(trimmed[1]) && trimmed[:2] != "//" {
		return "“" + trimmed[:2] + "” leads to another computer"
	}
	if name := disguised(trimmed); name != "" {
		return "“" + name + ":” is not allowed in a link, disguised or not"
	}
	return ""
}

func badScheme(name string) string {
	switch {
	case allowedSchemes[name]:
		return ""
	case len(name) == 1:
		return "“" + strings.ToUpper(name) + ":” is a drive of one computer"
	}
	return "“" + name + ":” is not allowed in a link"
}

func isSlash(c byte) bool { return c == '/' || c == '\\' }

// disguised returns the runnable scheme that the letters before the first
// colon spell, whatever stands between them, the colon percent-encoded or not.
func disguised(dest string) string {
	end := -1
	for _, colon := range []string{":", "%3a", "%3A"} {
		if i := strings.Index(dest, colon); i >= 0 && (end < 0 || i < end) {
			end = i
		}
	}
	if end < 0 || end > 100 || strings.ContainsAny(dest[:end], "/?#") {
		return ""
	}
	name := strings.Map(func(r rune) rune {
		if r |= 0x20; r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, dest[:end])
	if runnable[name] {
		return name
	}
	return ""
}

// remote reports whether a destination that is not unsafe is on another host.
func remote(dest string) bool {
	switch scheme(strings.TrimSpace(dest)) {
	case "http", "https", "//":
		return true
	}
	return false
}
