package playbook

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normalize returns the form in which headings, labels and names are compared:
// lower case, compatibility forms and Latin accents folded, emoji and
// punctuation as white space, white space single, without the number that an
// author put before it ("3.", "2)", "4.1"). A number that is part of the name
// stays: “90-day retention” is not “30-day retention”.
func Normalize(s string) string {
	if plain(s) && enumerator(s) == 0 {
		return s
	}
	return string(appendNormal(make([]byte, 0, mostKey), s))
}

// mostKey is room for nearly all normal forms.
const mostKey = 256

// lookUp returns what a table of normal forms has for a text. The form is not
// kept.
func lookUp[V any](table map[string]V, text string) (V, bool) {
	v, ok := table[string(appendNormal(make([]byte, 0, mostKey), text))]
	return v, ok
}

// appendNormal appends the normal form of a text.
func appendNormal(b []byte, s string) []byte {
	if !ascii(s) && strings.IndexFunc(s, mayFold) >= 0 {
		s = foldAccents(s)
	}
	s = s[enumerator(s):]
	gap, start := false, len(b)
	for _, r := range s {
		switch {
		case isApostrophe(r):
			continue
		case !isWord(r):
			gap = len(b) > start
			continue
		case gap:
			b, gap = append(b, ' '), false
		}
		if r < utf8.RuneSelf {
			b = append(b, lower(byte(r)))
		} else {
			b = utf8.AppendRune(b, unicode.ToLower(r))
		}
	}
	return b
}

// lower returns a letter or digit of ASCII in lower case.
func lower(c byte) byte { return c | 0x20 }

// plain reports whether a text is already in its normal form, as the words of
// most labels in small letters are.
func plain(s string) bool {
	for i := range len(s) {
		c := s[i]
		word := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		if !word && (c != ' ' || i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return false
		}
	}
	return true
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r) && !isInvisible(r)
}

// isApostrophe reports whether a character joins letters of one word.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', '`', '′':
		return true
	}
	return false
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// mayFold reports whether folding may change a text that holds the character:
// it never changes ASCII, dashes and quotation marks, which most texts have no
// others than.
func mayFold(r rune) bool {
	return r >= utf8.RuneSelf && !(r >= 0x2012 && r <= 0x2015 || r >= 0x2018 && r <= 0x201f)
}

// foldAccents decomposes the text, drops the combining marks that Latin
// letters take and what has no width, and composes the rest again, so that
// Japanese voicing marks keep their meaning.
func foldAccents(s string) string {
	s = strings.ReplaceAll(s, "´", "'") // its decomposition begins with a space
	s = strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36f || isInvisible(r) {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
	return strings.ReplaceAll(norm.NFKC.String(s), "ß", "ss")
}

// isInvisible reports whether a character only joins or styles its neighbours:
// variation selectors, joiners, soft hyphens, the frame of a keycap.
func isInvisible(r rune) bool {
	return r == 0xfe0e || r == 0xfe0f || r >= 0x200b && r <= 0x200f || r == 0xad || r == 0xfeff || r == 0x20e3 || r == 0x2060
}

// enumerator returns the length of the number that stands before the words of
// a heading: “3. ”, “2) ”, “4.1 ”, “IV. ”, “b) ”. Emoji may stand before it.
func enumerator(s string) int {
	at := 0
	for at < len(s) {
		r, n := utf8.DecodeRuneInString(s[at:])
		if isWord(r) {
			break
		}
		at += n
	}
	digits := at
	for digits < len(s) && (isDigit(s[digits]) || s[digits] == '.' && digits > at && isDigit(s[digits-1])) {
		digits++
	}
	if digits == at {
		return letterEnumerator(s, at)
	}
	dotted := strings.IndexByte(s[at:digits], '.') >= 0
	end := markEnd(s, digits)
	if !dotted && end == digits {
		return dashEnd(s, digits)
	}
	if end < len(s) && s[end] != ' ' && s[end] != '\t' && s[end] < utf8.RuneSelf && !marked(s, digits, end) {
		return 0 // “4.1x”, “3.5mm”
	}
	if strings.TrimLeft(s[end:], " \t.)") == "" {
		return 0 // a number and no words
	}
	return end
}

// marked reports whether a parenthesis closed the number: “2)Buyers”.
func marked(s string, from, to int) bool { return from < to && s[from] == ')' }

// markEnd skips the mark behind a number or a letter.
func markEnd(s string, at int) int {
	if at < len(s) && (s[at] == '.' || s[at] == ')') {
		return at + 1
	}
	return at
}

// dashEnd returns the index behind “ - ” or “: ” that parts a number from the
// words of a heading; 0 where nothing does.
func dashEnd(s string, at int) int {
	rest := strings.TrimLeft(s[at:], " ")
	for _, mark := range [...]string{": ", "- ", "– ", "— ", "| ", "、"} {
		if strings.HasPrefix(rest, mark) {
			return len(s) - len(rest) + len(mark)
		}
	}
	return 0
}

// letterEnumerator is enumerator for letters and Roman numbers, which need
// their mark: “a) ”, “B. ”, “iv. ”.
func letterEnumerator(s string, at int) int {
	end := at
	for end < len(s) && strings.IndexByte("ivxIVX", s[end]) >= 0 {
		end++
	}
	if end == at && at < len(s) && strings.IndexByte("abcdefghABCDEFGH", s[at]) >= 0 {
		end++
	}
	after := markEnd(s, end)
	if end == at || after == end || after+1 >= len(s) || s[after] != ' ' {
		return 0
	}
	return after
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// dropNumber drops bare numbers before the words of a normal form.
func dropNumber(key string) string {
	for {
		first, rest, ok := strings.Cut(key, " ")
		if !ok || strings.Trim(first, "0123456789") != "" {
			return key
		}
		key = rest
	}
}

// withoutNumbers drops the words of a normal form that are numbers: “top 5
// objections”, “metrics 2026”.
func withoutNumbers(key string) string {
	if strings.IndexFunc(key, func(r rune) bool { return r >= '0' && r <= '9' }) < 0 {
		return key
	}
	words := strings.Fields(key)
	kept := words[:0]
	for _, w := range words {
		if strings.Trim(w, "0123456789") != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// WithoutInitials returns what stands in a heading before its own initials:
// “Customer success manager (CSM)” is “Customer success manager”. It is empty
// where the heading does not end in them.
func WithoutInitials(heading string) string {
	before, inside := parentheses(heading)
	words := strings.Fields(before)
	if len(words) < 2 || utf8.RuneCountInString(inside) != len(words) {
		return ""
	}
	for i, r := range []rune(inside) {
		if first, _ := utf8.DecodeRuneInString(words[i]); unicode.ToLower(first) != unicode.ToLower(r) {
			return ""
		}
	}
	return before
}

// parentheses splits a heading into what stands before a trailing parenthesis
// and what stands in it; both are empty where there is none.
func parentheses(s string) (before, inside string) {
	s = strings.TrimRightFunc(s, func(r rune) bool { return !isWord(r) && !isParenthesis(r) })
	if !strings.HasSuffix(s, ")") && !strings.HasSuffix(s, "）") {
		return "", ""
	}
	depth := 0
	for i := len(s); i > 0; {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		i -= n
		switch r {
		case ')', '）':
			depth++
		case '(', '（':
			depth--
		}
		if depth == 0 {
			_, last := utf8.DecodeLastRuneInString(s)
			return strings.TrimSpace(s[:i]), s[i+n : len(s)-last]
		}
	}
	return "", ""
}

func isParenthesis(r rune) bool {
	switch r {
	case '(', ')', '（', '）':
		return true
	}
	return false
}
