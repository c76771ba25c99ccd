package playbook

import (
	"slices"
	"strings"
	"unicode/utf8"

	"plumb/generator/source"
)

// roleNouns are the words that make a heading the name of a role.
type roleNouns struct {
	ends, begins, suffixes []string
	// abbreviations count in capitals only: “AM” is a role, “9 am” is none.
	abbreviations []string
	// genders are endings that stand apart once a name is normalised:
	// “Berater:in”.
	genders []string
	// verbs before a plural make an activity of it: “call executives”.
	verbs  []string
	never  []string
	spaced bool // words stand apart
}

// add takes over the nouns of a file behind those already known. What is never
// a role is the language's own: “a” is no article in Spanish.
func (r *roleNouns) add(root *source.Node) {
	nouns := root.Get("role-nouns")
	r.ends = append(r.ends, normals(nouns.Get("ends"))...)
	r.begins = append(r.begins, normals(nouns.Get("begins"))...)
	r.suffixes = append(r.suffixes, normals(nouns.Get("suffixes"))...)
	r.verbs = append(r.verbs, normals(nouns.Get("verbs"))...)
	r.genders = append(r.genders, normals(nouns.Get("genders"))...)
	if list := nouns.Get("abbreviations"); list != nil {
		for _, item := range list.Items {
			r.abbreviations = append(r.abbreviations, item.Value)
		}
	}
	if len(r.never) == 0 {
		r.never = normals(root.Get("not-in-roles"))
	}
}

// maxRoleWords is how many words the name of a role may have, maxRole how many
// bytes.
const (
	maxRoleWords = 5
	maxRole      = 120
)

// soundsLikeRole reports whether a heading reads as the name of a role.
func (w *Words) soundsLikeRole(heading string) bool {
	before, _ := parentheses(heading)
	if before == "" {
		before = heading
	}
	before = before[enumerator(before):]
	if len(before) > maxRole || isSentence(before) {
		return false
	}
	words := strings.Fields(Normalize(before))
	if n := len(words); n > 1 && slices.Contains(w.roles.genders, words[n-1]) {
		words = words[:n-1]
	}
	if len(words) == 0 || len(words) > maxRoleWords {
		return false
	}
	key := strings.Join(words, " ")
	return !w.roles.excludes(key, words) && (w.roles.match(key, words) || w.roles.abbreviated(before))
}

// isSentence reports whether a heading holds punctuation that the name of a
// role has none of. The colon of “Berater:in” has no space behind it.
func isSentence(s string) bool {
	return strings.ContainsAny(s, "?!.,;→？！。、“”„«»「」\"") || strings.Contains(s+" ", ": ") || strings.Contains(s, "：")
}

func (r *roleNouns) excludes(key string, words []string) bool {
	for _, n := range r.never {
		if slices.Contains(words, n) || !r.spaced && !ascii(n) && strings.Contains(key, n) {
			return true
		}
	}
	return len(words) > 1 && slices.Contains(r.verbs, words[0]) && strings.HasSuffix(key, "s")
}

func (r *roleNouns) match(key string, words []string) bool {
	one, plural := strings.CutSuffix(key, "s")
	for _, n := range r.ends {
		if endsWithWords(key, n) || plural && endsWithWords(one, n) {
			return true
		}
	}
	for _, n := range r.begins {
		if key == n || strings.HasPrefix(key, n+" ") {
			return true
		}
	}
	last := words[len(words)-1]
	for _, n := range r.suffixes {
		if strings.HasSuffix(last, n) {
			return true
		}
	}
	return false
}

// abbreviated reports whether a heading ends in an abbreviation in capitals
// that no number stands before: “SDR”, “Enterprise AE”, “SDRs / BDRs”.
func (r *roleNouns) abbreviated(heading string) bool {
	words := strings.FieldsFunc(heading, func(c rune) bool { return !isWord(c) })
	n := len(words)
	if n == 0 || !slices.Contains(r.abbreviations, strings.TrimSuffix(words[n-1], "s")) {
		return false
	}
	if n == 1 {
		return true
	}
	c, _ := utf8.DecodeLastRuneInString(words[n-2])
	return c < '0' || c > '9'
}

func endsWithWords(key, noun string) bool {
	return key == noun || strings.HasSuffix(key, noun) && key[len(key)-len(noun)-1] == ' '
}
