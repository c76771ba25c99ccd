package playbook

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normalize returns the form in which headings, labels and names are compared:
// lower case, compatibility forms and Latin accents folded, emoji and
// punctuation as white space, white space single, a leading number or step
// dropped.
func Normalize(s string) string {
	if !ascii(s) {
		s = foldAccents(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		if r == '\'' || r == '’' {
			continue
		}
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.M, r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return dropNumber(b.String())
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// foldAccents decomposes the text, drops the combining marks that Latin
// letters take, and composes the rest again, so that Japanese voicing marks
// keep their meaning.
func foldAccents(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36f || r == 0xfe0f || r == 0x200d {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
	return strings.ReplaceAll(norm.NFKC.String(s), "ß", "ss")
}

// dropNumber drops “3 ” and “2 1 ” at the beginning where words follow.
func dropNumber(s string) string {
	for {
		i := strings.IndexByte(s, ' ')
		if i <= 0 || strings.Trim(s[:i], "0123456789") != "" {
			return s
		}
		s = s[i+1:]
	}
}

// parentheses splits a heading into what stands before a trailing parenthesis
// and what stands in it; both are empty where there is none.
func parentheses(s string) (before, inside string) {
	s = strings.TrimSpace(strings.NewReplacer("（", "(", "）", ")").Replace(s))
	if !strings.HasSuffix(s, ")") {
		return "", ""
	}
	i := strings.LastIndexByte(s, '(')
	if i < 0 {
		return "", ""
	}
	return strings.TrimSpace(s[:i]), s[i+1 : len(s)-1]
}
