package diag

import (
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the candidate that word is most likely a slip of, or "". It
// is the one at the smallest Levenshtein distance, letter case ignored, of at
// most a third of the word's letters (at least one, at most three); of equals
// the first.
func Nearest(word string, candidates []string) string {
	best, at := "", min(max(utf8.RuneCountInString(word)/3, 1), 3)+1
	word = strings.ToLower(word)
	for _, c := range candidates {
		if d := levenshtein.ComputeDistance(word, strings.ToLower(c)); d < at {
			best, at = c, d
		}
	}
	return best
}

// DidYouMean returns a hint that names the nearest candidate, or lists all of
// them where none is near and they are few.
func DidYouMean(word string, candidates []string) string {
	if near := Nearest(word, candidates); near != "" {
		return "did you mean “" + near + "”?"
	}
	if len(candidates) == 0 || len(candidates) > 15 {
		return ""
	}
	return "known: " + strings.Join(candidates, ", ")
}
