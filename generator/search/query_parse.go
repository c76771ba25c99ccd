package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A question is cut off behind so many characters and units: each unit can
// need shards of its own.
const (
	mostCharacters = 1000
	mostUnits      = 30
)

// quotes begin and end a phrase, whichever way they are turned.
const quotes = "\"“”„«»「」"

// unit is what of a question is found or not found as one: a word, a run of
// pairs, a name of several words, a phrase.
type unit struct {
	text   string // as it was typed
	words  []string
	names  [][]string // of the member of synonyms that the words are, if they are one
	phrase bool
	open   bool // the word may go on

	how    How
	as     []string
	forms  map[string]bool // what of a text is its match
	hits   []hit
	size   int  // how many entries hold it
	left   bool // not all of them are in hits
	common bool
	idf    int
	titled []bool // by page: its title, or that of a segment of its, has it
	roles  []bool // by column: the title of its role has it
}

// parse cuts a question into units; none is there twice.
func (x *Index) parse(text string) []*unit {
	p := parser{index: x, seen: map[string]bool{}}
	text = clip(strings.ToValidUTF8(text, "\uFFFD"))
	for i := 0; ; i++ {
		part, rest, quoted := cutQuote(text)
		words := slices.Collect(Words(part))
		typing := !quoted && len(words) > 0 && words[len(words)-1].To == len(part)
		p.take(part, words, i%2 == 1, typing)
		if !quoted {
			return x.telling(p.units)
		}
		text = rest
	}
}

// telling returns the units that a question is about: all but little words, if
// there are others. The word that is being typed may become another yet.
func (x *Index) telling(all []*unit) []*unit {
	some := slices.DeleteFunc(slices.Clone(all), func(u *unit) bool {
		return len(u.words) == 1 && !u.phrase && !u.open && x.little[u.words[0]]
	})
	if len(some) == 0 {
		return all
	}
	return some
}

func clip(text string) string {
	n := 0
	for i := range text {
		if n++; n > mostCharacters {
			return text[:i]
		}
	}
	return text
}

// cutQuote returns what stands before the first quote and behind it.
func cutQuote(text string) (part, rest string, ok bool) {
	i := strings.IndexAny(text, quotes)
	if i < 0 {
		return text, "", false
	}
	_, n := utf8.DecodeRuneInString(text[i:])
	return text[:i], text[i+n:], true
}

type parser struct {
	index *Index
	units []*unit
	seen  map[string]bool
}

// take adds the units of a part of the question. The last word of a phrase that
// is being typed is not of the phrase yet.
func (p *parser) take(part string, words []Word, phrase, typing bool) {
	n := len(words)
	if phrase && typing && n > 1 && words[n-1].Run != words[n-2].Run {
		p.take(part, words[:n-1], true, false)
		p.take(part, words[n-1:], false, true)
		return
	}
	if phrase {
		p.add(part, words, false, true)
		return
	}
	for i := 0; i < n; {
		to := p.index.unitEnd(words, i)
		last := words[to-1]
		open := to-i == 1 && (typing && to == n && !last.Pair || last.Pair && utf8.RuneCountInString(last.Text) == 1)
		p.add(part, words[i:to], open, false)
		i = to
	}
}

func (p *parser) add(part string, words []Word, open, phrase bool) {
	if len(words) == 0 || len(p.units) == mostUnits {
		return
	}
	u := &unit{text: part[words[0].From:words[len(words)-1].To], open: open, phrase: phrase}
	for _, w := range words {
		u.words = append(u.words, w.Text)
	}
	if key := strings.Join(u.words, " "); !p.seen[key] {
		p.seen[key] = true
		p.units = append(p.units, u)
	}
}

// unitEnd returns the end of the unit that begins with a word: the run it is of,
// or the longest name of several words that the site has others for.
func (x *Index) unitEnd(words []Word, from int) int {
	to := from + 1
	for to < len(words) && words[to].Pair && words[from].Pair && words[to].Run == words[from].Run {
		to++
	}
	for _, set := range x.synonyms {
		for _, m := range set {
			if n := from + len(m.words); n > to && n <= len(words) && x.same(words[from:n], m.words) {
				to = n
			}
		}
	}
	return to
}

func (x *Index) same(words []Word, as []string) bool {
	for i, w := range words {
		if !x.related(w.Text, as[i]) {
			return false
		}
	}
	return true
}

// related reports whether two words may be forms of one: both remainders behind a
// common beginning of three letters and more are endings, and one of them is
// empty or both are shorter than the beginning.
func (x *Index) related(a, b string) bool {
	if a == b {
		return true
	}
	for letters := 0; ; letters++ {
		if letters >= 3 && x.endings[a] && x.endings[b] {
			return a == "" || b == "" || letters > max(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
		}
		if a == "" || b == "" {
			return false
		}
		r, n := utf8.DecodeRuneInString(a)
		if s, _ := utf8.DecodeRuneInString(b); r != s {
			return false
		}
		a, b = a[n:], b[n:]
	}
}
