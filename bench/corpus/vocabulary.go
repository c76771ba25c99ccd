package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
)

// A form is a word as it stands in a text.
type form = string

// entryWord is a word with all its forms, the plain one first.
type entryWord struct{ forms []form }

// class is the words of one part of speech, the most common first.
type class struct {
	words []entryWord
	// below is how often a word of this rank or a more common one is drawn.
	below []float64
}

// vocabulary is the words of the English texts. It is the same for all seeds.
type vocabulary struct {
	nouns, verbs, adjectives class
	// bases numbers the words; the forms of one word have the same number.
	bases map[form]uint32
	count uint32
}

// How many words of each class there are: about 20,000 forms in all.
const (
	nounCount      = 4600
	verbCount      = 1700
	adjectiveCount = 2000
)

func newVocabulary() *vocabulary {
	v := &vocabulary{bases: map[form]uint32{}}
	inv := &inventor{rng: rand.New(rand.NewPCG(7, 11)), taken: v.bases}
	for _, w := range strings.Fields(strings.ReplaceAll(strings.Join([]string{englishPrepositions, englishJoins, strings.ToLower(englishOpeners), englishAdverbs}, " "), "|", " ")) {
		v.number(strings.Trim(w, ",;"))
	}
	v.nouns = v.class(englishNouns+" "+accented, nounCount, inv.noun, plurals)
	v.verbs = v.class(englishVerbs, verbCount, inv.verb, inflections)
	v.adjectives = v.class(englishAdjectives, adjectiveCount, inv.adjective, degrees)
	return v
}

// class fills a class: real words, then invented ones.
func (v *vocabulary) class(real string, n int, invent func() string, forms func(string) []form) class {
	var c class
	add := func(word string) {
		if _, taken := v.bases[strings.ToLower(word)]; !taken {
			c.words = append(c.words, entryWord{forms(word)})
			v.number(c.words[len(c.words)-1].forms...)
		}
	}
	words := strings.Fields(real)
	slices.SortStableFunc(words, func(a, b string) int { return rareness(a) - rareness(b) })
	for _, word := range words {
		add(word)
	}
	for len(c.words) < n {
		add(invent())
	}
	c.below = zipf(len(c.words))
	return c
}

// rareness puts words with accents behind the others.
func rareness(word string) int {
	if len(word) > len([]rune(word)) {
		return 1
	}
	return 0
}

// number gives forms of one word their number. A form of two words (“reports”)
// keeps the first: to a reader they are one.
func (v *vocabulary) number(forms ...form) {
	base, known := v.count, false
	for _, f := range forms {
		if n, taken := v.bases[strings.ToLower(f)]; taken && !known {
			base, known = n, true
		}
	}
	if !known {
		v.count++
	}
	for _, f := range forms {
		if _, taken := v.bases[strings.ToLower(f)]; !taken {
			v.bases[strings.ToLower(f)] = base
		}
	}
}

// zipf returns the distribution of n ranks after Zipf and Mandelbrot.
func zipf(n int) []float64 {
	below := make([]float64, n)
	sum := 0.0
	for i := range below {
		sum += math.Pow(float64(i)+3.7, -1.05)
		below[i] = sum
	}
	return below
}

// draw returns the number of a word of the class.
func (c *class) draw(rng *rand.Rand) int {
	at := rng.Float64() * c.below[len(c.below)-1]
	return sort.SearchFloat64s(c.below, at)
}

// tail returns the number of a word that is none of the most common.
func (c *class) tail(rng *rand.Rand) int {
	return len(c.words)/20 + rng.IntN(len(c.words)-len(c.words)/20)
}

func hisses(w string) bool {
	return strings.HasSuffix(w, "s") || strings.HasSuffix(w, "x") || strings.HasSuffix(w, "z") || strings.HasSuffix(w, "ch") || strings.HasSuffix(w, "sh")
}

// withS returns the plural of a noun, the third person of a verb.
func withS(w string) string {
	switch {
	case hisses(w):
		return w + "es"
	case endsInConsonantY(w):
		return w[:len(w)-1] + "ies"
	}
	return w + "s"
}

func endsInConsonantY(w string) bool {
	return len(w) > 2 && w[len(w)-1] == 'y' && !strings.ContainsRune("aeiou", rune(w[len(w)-2]))
}

func plurals(w string) []form { return []form{w, withS(w)} }

// inflections returns a verb, its third person, its past and its -ing.
func inflections(w string) []form {
	switch {
	case strings.HasSuffix(w, "ee"):
		return []form{w, w + "s", w + "d", w + "ing"}
	case strings.HasSuffix(w, "e"):
		return []form{w, w + "s", w + "d", w[:len(w)-1] + "ing"}
	case endsInConsonantY(w):
		return []form{w, withS(w), w[:len(w)-1] + "ied", w + "ing"}
	}
	return []form{w, withS(w), w + "ed", w + "ing"}
}

// degrees returns an adjective and its adverb.
func degrees(w string) []form {
	switch {
	case strings.HasSuffix(w, "ly"):
		return []form{w}
	case strings.HasSuffix(w, "le"):
		return []form{w, w[:len(w)-1] + "y"}
	case endsInConsonantY(w):
		return []form{w, w[:len(w)-1] + "ily"}
	case strings.HasSuffix(w, "ic"):
		return []form{w, w + "ally"}
	}
	return []form{w, w + "ly"}
}

// inventor makes words that can be spoken and are nobody's.
type inventor struct {
	rng   *rand.Rand
	taken map[form]uint32
}

var (
	onsets  = strings.Fields("b b c c d d f f g g h j k l l l m m m n n p p r r r s s s t t t v v w br ch cl cr dr fl fr gl gr pl pr qu sc sh sl sp st th tr")
	nuclei  = strings.Fields("a a a e e e i i i o o o u u ai ea ee ou")
	codas   = strings.Fields("b d ft g l l m m mp n n n nd r r r rd rk rn rm s s sk st th x")
	accents = map[string]string{"a": "á", "e": "é", "i": "í", "o": "ö", "u": "ü"}
)

func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

// stem returns two syllables, now and then three; one in fifty has an accent.
func (v *inventor) stem() string {
	n := 2 + v.rng.IntN(5)/4
	marked := -1
	if v.rng.IntN(50) == 0 {
		marked = v.rng.IntN(n)
	}
	var b strings.Builder
	for i := range n {
		nucleus := pick(v.rng, nuclei)
		if plain := accents[nucleus]; i == marked && plain != "" {
			nucleus = plain
		}
		b.WriteString(pick(v.rng, onsets) + nucleus)
		if v.rng.IntN(4) == 0 && i+1 < n {
			b.WriteString(pick(v.rng, []string{"l", "m", "n", "r", "s"}))
		}
	}
	return b.String() + pick(v.rng, codas)
}

func (v *inventor) noun() string {
	return v.stem() + pick(v.rng, []string{"", "", "", "er", "or", "ion", "ity", "ment", "age", "ide", "ium"})
}

// verb ends so that no letter is doubled.
func (v *inventor) verb() string {
	return v.stem() + pick(v.rng, []string{"ate", "ise", "ect", "end", "ort", "ify"})
}

func (v *inventor) adjective() string {
	return v.stem() + pick(v.rng, []string{"al", "ive", "ous", "ic", "able", "ant", "ful"})
}
