package brand

import (
	"strings"

	"plumb/generator/colour"
)

// pair is a colour of both schemes.
type pair struct{ light, dark colour.RGB }

// token returns the colour that a style sheet gives a custom property where it
// names it first: “light-dark(a, b)”, or one colour for both. False for what is
// not there or is reckoned from others.
func token(css, name string) (p pair, ok bool) {
	value, ok := declared(css, name)
	if !ok {
		return pair{}, false
	}
	first, second := value, value
	if inner, both := strings.CutPrefix(value, "light-dark("); both {
		i := end(inner, ",")
		first, second = inner[:i], strings.TrimSuffix(strings.TrimPrefix(inner[i:], ","), ")")
	}
	light, err := colour.Parse(first)
	if err != nil {
		return pair{}, false
	}
	dark, err := colour.Parse(second)
	return pair{light, dark}, err == nil
}

// declared returns the text of a property's first declaration.
func declared(css, name string) (string, bool) {
	for {
		_, rest, found := strings.Cut(css, name)
		if !found {
			return "", false
		}
		css = rest
		if value, is := strings.CutPrefix(strings.TrimLeft(rest, " \t\n"), ":"); is {
			return strings.TrimSpace(value[:end(value, ";}")]), true
		}
	}
}

// end returns where one of the marks stands that is in no brackets, or the
// length of the text.
func end(text, marks string) int {
	depth := 0
	for i := range len(text) {
		switch c := text[i]; {
		case depth == 0 && strings.IndexByte(marks, c) >= 0:
			return i
		case c == '(':
			depth++
		case c == ')':
			depth--
		}
	}
	return len(text)
}
