package align

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"plumb/generator/playbook"
	"plumb/generator/source"
)

// proseWords are the words by which the prose of a language is judged.
type proseWords struct {
	common, shared, elsewhere map[string]bool
	// cues are about the statement of a value proposition, parts about what it
	// names: one for each of [partNames].
	cues  cues
	parts []cues
	// enough is how many points make it something else, bare what is added where
	// nothing speaks for an offer.
	enough, bare int
	// volume, worth and brand are about what a metric counts.
	volume, worth, brand cues
}

// proseLanguages are the words of each language by its name; nil for one that
// has none for prose.
var proseLanguages = func() map[string]func() *proseWords {
	out := map[string]func() *proseWords{}
	for _, lang := range wordLanguages() {
		out[lang] = sync.OnceValue(func() *proseWords { return loadProse(wordFile(lang)) })
	}
	return out
}()

// proseIn returns the words for a language, a BCP 47 tag; nil where it is not
// known.
func proseIn(tag string) *proseWords {
	if load := proseLanguages[playbook.BaseLanguage(tag)]; load != nil {
		return load()
	}
	return nil
}

func loadProse(root *source.Node) *proseWords {
	n := root.Get("statement")
	if n == nil {
		return nil
	}
	w := &proseWords{common: wordSet(n.Get("common")), shared: wordSet(n.Get("shared")), elsewhere: wordSet(n.Get("elsewhere"))}
	w.enough, w.bare = number(n.Get("enough")), number(n.Get("bare"))
	w.cues = loadCues(n.Get("cues"))
	for _, part := range partNames {
		w.parts = append(w.parts, loadList(n.Get("parts"), part.list))
	}
	metrics := root.Get("metrics")
	w.volume, w.worth, w.brand = loadList(metrics, "volume"), loadList(metrics, "worth"), loadList(metrics, "brand")
	return w
}

func wordSet(n *source.Node) map[string]bool {
	out := make(map[string]bool, len(n.Items))
	for _, item := range n.Items {
		out[item.Value] = true
	}
	return out
}

func number(n *source.Node) int {
	if n == nil {
		return 0
	}
	i, err := strconv.Atoi(n.Value)
	if err != nil {
		panic(err) // the file is part of the program
	}
	return i
}

// loadCues reads lists with their points.
func loadCues(n *source.Node) cues {
	c := cues{byFirst: map[string][]cue{}}
	for _, item := range n.Items {
		g := &cueGroup{as: item.Get("as").Value, points: number(item.Get("points")), most: number(item.Get("most")), start: item.Get("at") != nil}
		for _, phrase := range item.Get("words").Items {
			c.add(phrase.Value, g)
		}
	}
	return c
}

// loadList reads a list that has no points, and the one of phrases that count
// only where a text begins.
func loadList(n *source.Node, key string) cues {
	c := cues{byFirst: map[string][]cue{}}
	for _, list := range []string{key, key + "-first"} {
		if items := n.Get(list); items != nil {
			g := &cueGroup{as: key, start: list != key}
			for _, phrase := range items.Items {
				c.add(phrase.Value, g)
			}
		}
	}
	return c
}

// speaks reports whether a text is in the language: its letters, and more of its
// common words than those of others; or, as in a slogan, hardly a word that is
// not known here at all.
func (w *proseWords) speaks(plain string, text []token, hits []hit) bool {
	if !latin(plain) {
		return false
	}
	words, own, others, known := 0, 0, 0, 0
	for _, t := range text {
		switch {
		case t.mark:
			continue
		case w.common[t.text]:
			own++
		case w.elsewhere[t.text]:
			others++
		case w.shared[t.text] || t.class != "":
			known++
		}
		words++
	}
	for _, h := range hits {
		known += w.news(text[h.from:h.to])
	}
	return own > 2*others && own*10 >= words || others == 0 && (own+known)*2 >= words
}

// news counts the words of a phrase that are known by it alone.
func (w *proseWords) news(phrase []token) (n int) {
	for _, t := range phrase {
		if !t.mark && !w.common[t.text] && !w.elsewhere[t.text] && !w.shared[t.text] && t.class == "" {
			n++
		}
	}
	return n
}

// latin reports whether nearly all letters are those of English.
func latin(text string) bool {
	letters, foreign := 0, 0
	for _, c := range text {
		switch {
		case c < 0x80 && unicode.IsLetter(c):
			letters++
		case unicode.IsLetter(c):
			foreign++
		}
	}
	return letters > 25*foreign
}

// reading is what a statement reads as.
type reading struct {
	// as is mission, vision, purpose, values, goal or forecast; empty for a value
	// proposition.
	as string
	// goal says that it is one of the two last.
	goal bool
	// words are the phrases that decided it, at is where the weightiest stands in
	// the statement.
	words []string
	at    source.Span
}

// read returns what a statement reads as. The facts are what labelled fields
// say for it besides: points for an offer.
func (w *proseWords) read(plain string, facts int) reading {
	text := tokens(plain)
	hits := w.cues.find(text)
	if !w.speaks(plain, text, hits) {
		return reading{}
	}
	return w.weigh(text, hits).verdict(plain, text, w.enough+facts, w.bare)
}

// weighing is the sum of what was found.
type weighing struct {
	hits   []hit
	groups map[*cueGroup]int
	seen   map[string]bool
}

func (w *proseWords) weigh(text []token, hits []hit) *weighing {
	t := &weighing{groups: map[*cueGroup]int{}, seen: map[string]bool{}}
	for _, h := range hits {
		phrase := strings.Join(h.words, " ")
		if t.seen[phrase] || h.group.most > 0 && t.groups[h.group] >= h.group.most {
			continue
		}
		t.seen[phrase] = true
		t.groups[h.group] += h.group.points
		t.hits = append(t.hits, h)
	}
	return t
}

// isGoal, isOffer: the rest is a mission's, or nothing's.
func isGoal(as string) bool  { return as == "goal" || as == "forecast" }
func isOffer(as string) bool { return as == "offer" || as == "nothing" }

// verdict weighs the sums.
func (t *weighing) verdict(plain string, text []token, enough, bare int) reading {
	mission, goal, offer := 0, 0, 0
	for g, points := range t.groups {
		switch {
		case isGoal(g.as):
			goal += points
		case isOffer(g.as):
			offer += points
		default:
			mission += points
		}
	}
	most := max(mission, goal)
	if offer == 0 && t.telling() > 1 {
		most += bare
	}
	if most-offer < enough {
		return reading{}
	}
	return t.decisive(plain, text, goal > mission)
}

// telling counts the phrases that have points.
func (t *weighing) telling() (n int) {
	for _, h := range t.hits {
		if h.group.points > 0 {
			n++
		}
	}
	return n
}

// decisiveWords is how many phrases a message quotes.
const decisiveWords = 3

// decisive collects the phrases that weigh most, in their order.
func (t *weighing) decisive(plain string, text []token, goal bool) reading {
	list := slices.DeleteFunc(t.hits, func(h hit) bool {
		return h.group.points == 0 || isOffer(h.group.as) || isGoal(h.group.as) != goal
	})
	slices.SortStableFunc(list, func(a, b hit) int { return b.group.points - a.group.points })
	list = list[:min(len(list), decisiveWords)]
	r := reading{as: list[0].group.as, goal: goal, at: list[0].place(text)}
	slices.SortFunc(list, func(a, b hit) int { return a.from - b.from })
	for _, h := range list {
		at := h.place(text)
		r.words = append(r.words, plain[at.Start:at.End])
	}
	return r
}

// place is where a phrase stands, without a comma before it.
func (h hit) place(text []token) source.Span {
	from := h.from
	for text[from].mark && from < h.to-1 {
		from++
	}
	return source.Span{Start: text[from].at.Start, End: text[h.to-1].at.End}
}
