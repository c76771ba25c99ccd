package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"
)

// writer writes the texts of one playbook. It has subjects: a few words that
// come again and again in it and rarely elsewhere, as in real texts.
type writer struct {
	rng      *rand.Rand
	words    *vocabulary
	glue     *glue
	subjects [3][]int
}

// glue is the lists of small words, parted once.
type glue struct {
	prepositions, joins, openers, adverbs, names               []string
	germanNouns, germanHeads, germanVerbs, germanGlue          []string
	japaneseNouns, japaneseLinks, japaneseVerbs, japaneseOpens []string
}

func newGlue() *glue {
	bars := func(s string) []string { return strings.Split(s, "|") }
	return &glue{
		prepositions: bars(englishPrepositions), joins: bars(englishJoins), openers: bars(englishOpeners), adverbs: bars(englishAdverbs), names: bars(englishNames),
		germanNouns: bars(germanNouns), germanHeads: bars(germanHeads), germanVerbs: bars(germanVerbs), germanGlue: bars(germanGlue),
		japaneseNouns: bars(japaneseNouns), japaneseLinks: bars(japaneseLinks), japaneseVerbs: bars(japaneseVerbs), japaneseOpens: bars(japaneseOpens),
	}
}

// newWriter returns the writer of playbook i.
func newWriter(seed uint64, i int, words *vocabulary, glue *glue) *writer {
	w := &writer{rng: rand.New(rand.NewPCG(seed, uint64(i))), words: words, glue: glue}
	for c, class := range w.classes() {
		for range []int{14, 6, 5}[c] {
			w.subjects[c] = append(w.subjects[c], class.tail(w.rng))
		}
	}
	return w
}

func (w *writer) classes() [3]*class {
	return [3]*class{&w.words.nouns, &w.words.verbs, &w.words.adjectives}
}

func (w *writer) pick(list []string) string { return pick(w.rng, list) }

func (w *writer) one(in int) bool { return w.rng.IntN(in) == 0 }

// word draws a word: one in four is of the playbook's subjects.
func (w *writer) word(c int) entryWord {
	class := w.classes()[c]
	if w.one(4) {
		return class.words[pick(w.rng, w.subjects[c])]
	}
	return class.words[class.draw(w.rng)]
}

func (w *writer) noun() string {
	forms := w.word(0).forms
	if w.one(3) {
		return forms[1]
	}
	return forms[0]
}

func (w *writer) verb() string      { return w.word(1).forms[0] }
func (w *writer) says() string      { return w.word(1).forms[1] }
func (w *writer) verbForm() string  { return pick(w.rng, w.word(1).forms) }
func (w *writer) adjective() string { return w.word(2).forms[0] }

// things is a noun, half the time with an adjective before it.
func (w *writer) things() string {
	if w.one(2) {
		return w.adjective() + " " + w.noun()
	}
	return w.noun()
}

// rare is a noun that nobody else uses.
func (w *writer) rare() string {
	list := w.words.nouns.words
	return list[len(list)*9/10+w.rng.IntN(len(list)/10)].forms[0]
}

// length draws the length of a sentence in words that carry meaning.
func (w *writer) length() int {
	return min(max(int(math.Exp(w.rng.NormFloat64()*0.45+math.Log(6))), 3), 20)
}

// imperative says what to do.
func (w *writer) imperative() string {
	return w.goOn(upper(w.verb())+" the "+w.things(), w.length()-2)
}

// statement says how it is.
func (w *writer) statement() string {
	opener := w.pick(w.glue.openers) + " " + w.things() + " "
	if w.one(6) {
		opener += w.pick(w.glue.adverbs) + " "
	}
	return w.goOn(opener+w.says()+" the "+w.things(), w.length()-3)
}

// goOn adds n content words to a clause, more or less.
func (w *writer) goOn(clause string, n int) string {
	var b strings.Builder
	b.WriteString(clause)
	for n > 0 {
		switch w.rng.IntN(6) {
		case 0:
			join := w.pick(w.glue.joins)
			if !strings.HasPrefix(join, ",") && !strings.HasPrefix(join, ";") {
				join = " " + join
			}
			b.WriteString(join + " " + w.verbForm() + " the " + w.things())
			n -= 2
		case 1:
			b.WriteString(" " + w.quantity())
			n--
		default:
			b.WriteString(" " + w.pick(w.glue.prepositions) + " " + w.things())
			n--
		}
	}
	b.WriteByte('.')
	return b.String()
}

func (w *writer) quantity() string {
	switch w.rng.IntN(4) {
	case 0:
		return fmt.Sprintf("within %d days", 2+w.rng.IntN(28))
	case 1:
		return fmt.Sprintf("above %d%%", 1+w.rng.IntN(60))
	case 2:
		return fmt.Sprintf("for £%d,%03d", 1+w.rng.IntN(90), w.rng.IntN(10)*100)
	}
	return fmt.Sprintf("on %d sites", 2+w.rng.IntN(200))
}

// sentences returns n sentences.
func (w *writer) sentences(n int) string {
	list := make([]string, n)
	for i := range list {
		if list[i] = w.statement(); w.one(3) {
			list[i] = w.imperative()
		}
	}
	return strings.Join(list, " ")
}

// name is a short name of a thing: two or three words.
func (w *writer) name() string {
	if w.one(2) {
		return upper(w.adjective()) + " " + w.noun() + " " + w.noun()
	}
	return upper(w.noun()) + " " + w.noun()
}

func (w *writer) german() string {
	noun := func() string {
		n := w.pick(w.glue.germanNouns)
		if w.one(2) {
			n += linking(n) + w.pick(w.glue.germanHeads)
		}
		return n
	}
	var b strings.Builder
	b.WriteString(noun())
	for range 1 + w.rng.IntN(4) {
		b.WriteString(" " + w.pick(w.glue.germanGlue) + " " + noun())
	}
	return b.String() + " " + w.pick(w.glue.germanVerbs) + "."
}

// linking is the s of German compounds.
func linking(noun string) string {
	for _, end := range []string{"ung", "heit", "keit", "tät", "ion"} {
		if strings.HasSuffix(noun, end) {
			return "s"
		}
	}
	return ""
}

func (w *writer) japanese() string {
	var b strings.Builder
	b.WriteString(w.pick(w.glue.japaneseOpens))
	b.WriteString(w.japaneseThing())
	for range w.rng.IntN(3) {
		b.WriteString(w.pick(w.glue.japaneseLinks) + w.japaneseThing())
	}
	return b.String() + w.pick(w.glue.japaneseVerbs) + "。"
}

func (w *writer) japaneseThing() string {
	if w.one(3) {
		return w.pick(w.glue.japaneseNouns)
	}
	return w.pick(w.glue.japaneseNouns) + w.pick(w.glue.japaneseNouns)
}

func upper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
