package search

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the form in which words are compared: compatibility forms as
// what they stand for, without accents, points and what has no width, in small
// letters, without apostrophes. A folded text folds to itself.
//
// In turn: NFKD; out with silent characters and apostrophes; NFKC; small
// letters, without regard to a language or to the end of a word; last the
// letters that do not decompose (ß ss, æ ae, œ oe, ø o, ł l, đ and ð d, þ th, ı i,
// ς σ).
func Fold(s string) string {
	if isASCII(s) {
		s = strings.ToLower(s)
		if strings.IndexByte(s, '\'') >= 0 {
			s = strings.ReplaceAll(s, "'", "")
		}
		return s
	}
	s = strings.Map(dropSilent, norm.NFKD.String(s))
	s = strings.ToLower(norm.NFKC.String(s))
	if isASCII(s) {
		return s
	}
	return foldLetters(s)
}

func dropSilent(r rune) rune {
	if c := classes.of(r); c == classSilent || c == classApostrophe {
		return -1
	}
	return r
}

func foldLetters(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch r {
		case 'ß':
			b.WriteString("ss")
		case 'æ':
			b.WriteString("ae")
		case 'œ':
			b.WriteString("oe")
		case 'þ':
			b.WriteString("th")
		default:
			b.WriteRune(foldLetter(r))
		}
	}
	return b.String()
}

func foldLetter(r rune) rune {
	switch r {
	case 'ø':
		return 'o'
	case 'ł':
		return 'l'
	case 'đ', 'ð':
		return 'd'
	case 'ı':
		return 'i'
	case 'ς':
		return 'σ'
	}
	return r
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
