package align

import (
	"slices"
	"strconv"
	"unicode"

	"plumb/generator/playbook"
	"plumb/generator/source"
)

// proseWords are the words by which the prose of a language is judged.
type proseWords struct {
	known map[string]wordKind
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

// wordKind is whose word one is.
type wordKind uint8

const (
	unknown   wordKind = iota
	shared             // of many languages
	elsewhere          // a common one of others
	common             // a common one of the language
)

// proseIn returns the words for a language, a BCP 47 tag; nil where it is not
// known.
func proseIn(tag string) *proseWords {
	if load := wordLists[playbook.BaseLanguage(tag)]; load != nil {
		return load().prose
	}
	return nil
}

func loadProse(root *source.Node) *proseWords {
	n := root.Get("statement")
	if n == nil {
		return nil
	}
	w := &proseWords{known: map[string]wordKind{}}
	for kind, list := range []string{shared: "shared", elsewhere: "elsewhere", common: "common"} {
		if list != "" {
			w.learn(n.Get(list), wordKind(kind))
		}
	}
	w.enough, w.bare = number(n.Get("enough")), number(n.Get("bare"))
	w.cues = loadCues(n.Get("cues"))
	for _, part := range partNames {
		w.parts = append(w.parts, loadList(n.Get("parts"), part.list))
	}
	metrics := root.Get("metrics")
	w.volume, w.worth, w.brand = loadList(metrics, "volume"), loadList(metrics, "worth"), loadList(metrics, "brand")
	return w
}

// learn notes words; what a later list calls them holds.
func (w *proseWords) learn(list *source.Node, kind wordKind) {
	for _, item := range list.Items {
		w.known[item.Value] = kind
	}
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
	for i := range text {
		t := &text[i]
		if t.mark {
			continue
		}
		words++
		switch kind := w.known[t.text]; {
		case kind == common:
			own++
		case kind == elsewhere:
			others++
		case kind == shared || t.class != "":
			known++
		}
	}
	for _, h := range hits {
		known += w.news(text[h.from:h.to])
	}
	return own > 2*others && own*10 >= words || others == 0 && (own+known)*2 >= words
}

// news counts the words of a phrase that are known by it alone.
func (w *proseWords) news(phrase []token) (n int) {
	for _, t := range phrase {
		if !t.mark && t.class == "" && w.known[t.text] == unknown {
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

// read returns what a statement, with its words, reads as. The facts are what
// labelled fields say for it besides: points for an offer.
func (w *proseWords) read(plain string, text []token, facts int) reading {
	hits := w.cues.find(text)
	t := weigh(hits)
	if !t.isOther(w.enough+facts, w.bare) || !w.speaks(plain, text, hits) {
		return reading{}
	}
	return t.decisive(plain, text)
}

// weighing is the sum of what was found.
type weighing struct {
	hits []hit // those that count
	// mission, goal and offer are the points of each.
	mission, goal, offer int
}

func weigh(hits []hit) *weighing {
	t := &weighing{}
	for _, h := range hits {
		if t.has(h) || h.group.most > 0 && t.points(h.group) >= h.group.most {
			continue
		}
		t.hits = append(t.hits, h)
		switch n := h.group.points; {
		case isGoal(h.group.as):
			t.goal += n
		case isOffer(h.group.as):
			t.offer += n
		default:
			t.mission += n
		}
	}
	return t
}

// has reports whether a phrase counts already.
func (t *weighing) has(h hit) bool {
	return slices.ContainsFunc(t.hits, func(known hit) bool { return slices.Equal(known.words, h.words) })
}

// points are what a group has so far.
func (t *weighing) points(g *cueGroup) (sum int) {
	for _, h := range t.hits {
		if h.group == g {
			sum += g.points
		}
	}
	return sum
}

// isGoal, isOffer: the rest is a mission's, or nothing's.
func isGoal(as string) bool  { return as == "goal" || as == "forecast" }
func isOffer(as string) bool { return as == "offer" || as == "nothing" }

// isOther reports whether the sums make it something else than a value
// proposition.
func (t *weighing) isOther(enough, bare int) bool {
	most := max(t.mission, t.goal)
	if t.offer == 0 && t.telling() > 1 {
		most += bare
	}
	return most-t.offer >= enough
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
func (t *weighing) decisive(plain string, text []token) reading {
	goal := t.goal > t.mission
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
