package align

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"plumb/generator/source"
)

// token is a word of a text.
type token struct {
	text string // in small letters, with a plain apostrophe
	// class is what a number stands for: “<year>”, “<percent>”, “<money>” or
	// “<number>”; empty for a word.
	class string
	// at is where it stands in the text, in bytes.
	at source.Span
	// first says that a sentence, or what follows a colon, begins here.
	first bool
	// mark says that it is a comma or a question mark and no word.
	mark bool
}

// maxTokens is how many words of a text are looked at. A statement is a sentence
// or two.
const maxTokens = 400

// tokens parts a text into words. “Plumb’s” is two: the name, and “'s”.
func tokens(text string) []token {
	return tokenize(make([]token, 0, min(len(text)/4+1, maxTokens)), text)
}

// tokenize adds the words of a text to an empty list.
func tokenize(out []token, text string) []token {
	t := tokenizer{text: text, first: true, out: out}
	for t.at < len(text) && len(t.out) < maxTokens {
		c, n := utf8.DecodeRuneInString(text[t.at:])
		switch {
		case unicode.IsDigit(c) || isCurrency(c):
			t.number()
		case unicode.IsLetter(c):
			t.word()
		case c == ',' || c == '?':
			t.at += n
			t.out = append(t.out, token{text: string(c), at: source.Span{Start: t.at - n, End: t.at}, mark: true})
		default:
			t.first = t.first || c == ':' && len(t.out) > 0
			t.at += n
		}
	}
	return t.out
}

type tokenizer struct {
	text  string
	at    int
	first bool
	out   []token
}

func (t *tokenizer) add(text, class string, from int) {
	t.out = append(t.out, token{text: text, class: class, at: source.Span{Start: from, End: t.at}, first: t.first})
	t.first = false
}

// word reads letters, marks and apostrophes between letters.
func (t *tokenizer) word() {
	from := t.at
	for t.at < len(t.text) {
		if c := t.text[t.at] | 0x20; c >= 'a' && c <= 'z' {
			t.at++
			continue
		}
		c, n := utf8.DecodeRuneInString(t.text[t.at:])
		if !unicode.IsLetter(c) && !unicode.IsMark(c) && !unicode.IsDigit(c) && !t.apostrophe(c, n) {
			break
		}
		t.at += n
	}
	word := strings.ToLower(t.text[from:t.at])
	if strings.Contains(word, "’") {
		word = strings.ReplaceAll(word, "’", "'")
	}
	name, possessive := strings.CutSuffix(word, "'s")
	if !possessive || name == "it" || name == "let" || name == "that" {
		t.add(word, "", from)
		return
	}
	t.add(name, "", from)
	t.add("'s", "", from)
}

// apostrophe reports whether a character joins two letters.
func (t *tokenizer) apostrophe(c rune, n int) bool {
	if c != '\'' && c != '’' {
		return false
	}
	after, _ := utf8.DecodeRuneInString(t.text[t.at+n:])
	return unicode.IsLetter(after)
}

func isCurrency(c rune) bool { return unicode.Is(unicode.Sc, c) }

// number reads “2030”, “10%”, “10 percent”, “$1.5 billion”.
func (t *tokenizer) number() {
	from := t.at
	end := strings.IndexFunc(t.text[t.at:], func(c rune) bool { return !unicode.IsDigit(c) && !isCurrency(c) && c != '.' && c != ',' })
	if end < 0 {
		end = len(t.text) - from
	}
	digits := strings.TrimRight(t.text[from:from+end], ".,")
	t.at = from + len(digits)
	class := classOf(digits)
	rest := t.text[t.at:]
	for _, unit := range units {
		if len(rest) >= len(unit.text) && strings.EqualFold(rest[:len(unit.text)], unit.text) {
			t.at += len(unit.text)
			if class != "<money>" {
				class = unit.class
			}
			break
		}
	}
	t.add(digits, class, from)
}

// units are what a number may be followed by.
var units = []struct{ text, class string }{
	{"%", "<percent>"}, {" %", "<percent>"}, {" percent", "<percent>"}, {" per cent", "<percent>"},
	{" billion", "<number>"}, {" million", "<number>"}, {" trillion", "<number>"}, {"bn", "<number>"},
}

// classOf returns what digits stand for.
func classOf(digits string) string {
	switch {
	case strings.IndexFunc(digits, isCurrency) >= 0:
		return "<money>"
	case len(digits) == 4 && (strings.HasPrefix(digits, "19") || strings.HasPrefix(digits, "20")):
		return "<year>"
	}
	return "<number>"
}

// cue is a phrase that says something of a text, with what it says.
type cue struct {
	words []string
	group *cueGroup
}

// cueGroup is a list of phrases that say the same.
type cueGroup struct {
	as     string
	points int
	most   int  // 0 for no end
	start  bool // only where a text begins
}

// cues find phrases in a text.
type cues struct {
	byFirst map[string][]cue
	// endings are those that begin with the ending of a word: “*ing”.
	endings []cue
}

// add takes over a phrase.
func (c *cues) add(phrase string, g *cueGroup) {
	words := strings.Fields(phrase)
	if strings.HasPrefix(words[0], "*") {
		c.endings = append(c.endings, cue{words, g})
		return
	}
	list := append(c.byFirst[words[0]], cue{words, g})
	slices.SortStableFunc(list, func(a, b cue) int {
		return cmp.Or(len(b.words)-len(a.words), open(a.words)-open(b.words))
	})
	c.byFirst[words[0]] = list
}

// open counts the words of a phrase that may be any.
func open(words []string) (n int) {
	for _, w := range words {
		if strings.HasPrefix(w, "*") {
			n++
		}
	}
	return n
}

// hit is a phrase that was found.
type hit struct {
	cue
	from, to int // of the tokens
}

// find returns the phrases in a text, from its beginning; of two that begin with
// one word the longer. None is part of another.
func (c *cues) find(text []token) (out []hit) {
	for i := 0; i < len(text); {
		h, ok := c.at(text, i)
		if !ok {
			i++
			continue
		}
		out = append(out, h)
		i = h.to
	}
	return out
}

// in reports whether a text has any of the phrases.
func (c *cues) in(text []token) bool {
	for i := range text {
		if _, ok := c.at(text, i); ok {
			return true
		}
	}
	return false
}

// at returns the longest phrase that begins at a word.
func (c *cues) at(text []token, i int) (best hit, ok bool) {
	best, ok = longest(c.byFirst[text[i].text], text, i, best, ok)
	if text[i].class != "" {
		best, ok = longest(c.byFirst[text[i].class], text, i, best, ok)
	}
	return longest(c.endings, text, i, best, ok)
}

// longest returns the first phrase of a list that begins at a word, if it is
// longer than what was found; the list has the long ones first.
func longest(list []cue, text []token, i int, best hit, ok bool) (hit, bool) {
	for _, q := range list {
		if ok && len(q.words) <= len(best.words) {
			break
		}
		if (!q.group.start || text[i].first) && matches(q.words, text[i:]) {
			return hit{q, i, i + len(q.words)}, true
		}
	}
	return best, ok
}

func matches(words []string, text []token) bool {
	if len(words) > len(text) {
		return false
	}
	for i, w := range words {
		if !text[i].is(w) {
			return false
		}
	}
	return true
}

// is reports whether a word is what a phrase asks for. An ending is one of a word
// that is longer by three letters at least: “king” does not end in “-ing”.
func (t token) is(w string) bool {
	ending, open := strings.CutPrefix(w, "*")
	switch {
	case !open:
		return w == t.text || w == t.class && w != ""
	case ending == "":
		return !t.mark
	}
	return len(t.text) >= len(ending)+3 && strings.HasSuffix(t.text, ending)
}
