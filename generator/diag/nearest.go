package diag

import (
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the candidate that word is most likely a slip of, or "". It
// is the one at the smallest Levenshtein distance, letter case ignored and two
// letters in the wrong order taken for one slip, of at most a third of the
// word's letters (at least one, at most three); of equals the first.
func Nearest(word string, candidates []string) string {
	best, at := "", min(max(utf8.RuneCountInString(word)/3, 1), 3)+1
	word = strings.ToLower(word)
	for _, c := range candidates {
		if d := distance(word, strings.ToLower(c)); d < at {
			best, at = c, d
		}
	}
	return best
}

// distance is the Levenshtein distance, one less where two neighbouring
// letters are exchanged.
func distance(a, b string) int {
	d := levenshtein.ComputeDistance(a, b)
	if d < 2 || len(a) != len(b) {
		return d
	}
	for i := range len(a) - 1 {
		if a[i] != b[i] {
			if a[i] == b[i+1] && a[i+1] == b[i] {
				return d - 1
			}
			break
		}
	}
	return d
}

// form returns the first candidate that begins with the word, or that the word
// begins with, of at least four letters.
func form(word string, candidates []string) string {
	for _, c := range candidates {
		if len(word) >= 4 && strings.HasPrefix(c, word) || len(c) >= 4 && strings.HasPrefix(word, c) {
			return c
		}
	}
	return ""
}

// Meant returns the nearest candidate, else the one that is a shorter or longer
// form of the word, or "".
func Meant(word string, candidates []string) string {
	if near := Nearest(word, candidates); near != "" {
		return near
	}
	return form(word, candidates)
}

// DidYouMean returns a hint that names the candidate that was meant, or lists
// all of them where they are few.
func DidYouMean(word string, candidates []string) string {
	if near := Meant(word, candidates); near != "" {
		return "did you mean “" + near + "”?"
	}
	if len(candidates) == 0 || len(candidates) > 15 {
		return ""
	}
	return "known: " + strings.Join(candidates, ", ")
}
