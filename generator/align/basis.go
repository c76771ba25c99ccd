package align

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// basisWords are the words of a language by which a playbook says what it
// competes on, normalised.
type basisWords struct {
	phrases map[string]basisSense // a phrase of words with single spaces
	longest int                   // words of the longest phrase
	// unspaced is set for a script that does not part words.
	unspaced bool
}

// basisSense is what a phrase means.
type basisSense uint8

const (
	saysCost      basisSense = iota + 1 // we make it for less
	saysPay                             // we sell it for more
	saysCostAlone                       // the same, where the clause says nothing else
	saysPayAlone
	saysNeither // “lowest cost of ownership” is the customer's; “our” is nobody's
	negates     // what follows in the clause is not it
	negated     // what stands before in the clause is not it
	joins       // “but”: what follows is it again
)

// basisKeys are the keys of the word lists.
var basisKeys = map[string]basisSense{
	"cost": saysCost, "pay": saysPay, "cost-alone": saysCostAlone, "pay-alone": saysPayAlone,
	"neither": saysNeither, "not": negates, "not-before": negated, "but": joins,
}

// loadBasis reads the words of a language; nil where it has none for this rule.
func loadBasis(root *source.Node) *basisWords {
	lists := root.Get("basis")
	if lists == nil {
		return nil
	}
	w := &basisWords{phrases: map[string]basisSense{}}
	for _, f := range lists.Fields {
		for _, item := range f.Value.Items {
			key := playbook.Normalize(item.Value)
			w.phrases[key] = basisKeys[f.Key]
			w.longest = max(w.longest, len(strings.Fields(key)))
			w.unspaced = w.unspaced || strings.ContainsFunc(key, isUnspaced)
		}
	}
	return w
}

// basisAgainstPosition compares what a playbook says it competes on with its
// place on the line. Where it names both ends, or neither, it says nothing.
func basisAgainstPosition(r *run, p *site.Playbook) {
	less, more := int(p.Position) <= r.limit("low"), int(p.Position) >= r.limit("high")
	if !less && !more {
		return
	}
	f := p.Section(playbook.ValueProposition).Field(playbook.FieldBasis)
	load := wordLists[playbook.BaseLanguage(r.languageOf(p))]
	if f == nil || f.Missing || load == nil || load().basis == nil {
		return
	}
	cost, pay := load().basis.read(f.Text)
	switch {
	case more && cost != "" && pay == "":
		r.basis(p, f, fmt.Sprintf("this says that you compete on cost (%s), and the position is %d, on the side that sells it for more", clip(cost), p.Position))
	case less && pay != "" && cost == "":
		r.basis(p, f, fmt.Sprintf("this says that you compete on what customers pay more for (%s), and the position is %d, on the side that makes it for less", clip(pay), p.Position))
	}
}

func (r *run) basis(p *site.Playbook, f *playbook.Field, message string) {
	r.report(p.File.Place(headingWords(p.File, f.Span)), message, "one of the two is not so: decide which, and change it", also(p.Page.Page, p.Meta.PositionSpan, "the position"))
}

// read returns the first clause of a text that says cost, and the first that
// says willingness to pay; each empty where none does.
func (w *basisWords) read(text string) (cost, pay string) {
	for clause := range clauses(text) {
		for _, sense := range w.clause(clause) {
			switch {
			case sense == saysCost && cost == "":
				cost = strings.TrimSpace(clause)
			case sense == saysPay && pay == "":
				pay = strings.TrimSpace(clause)
			}
		}
	}
	return cost, pay
}

// clauses are the parts of a text between marks.
func clauses(text string) func(func(string) bool) {
	return strings.FieldsFuncSeq(text, func(c rune) bool { return strings.ContainsRune(",;:.!?()[]—–、。，；（）「」", c) })
}

// saying is a phrase with what it means.
type saying struct {
	phrase string
	sense  basisSense
}

// clause returns what a clause says, without what it says is not so.
func (w *basisWords) clause(text string) []basisSense {
	var out []basisSense
	not := false
	all, whole := w.sayings(playbook.Normalize(text))
	for _, s := range all {
		if whole && (s.sense == saysCostAlone || s.sense == saysPayAlone) {
			s.sense -= saysCostAlone - saysCost
		}
		switch s.sense {
		case negates:
			not = true
		case joins:
			not = false
		case negated:
			out = nil
		case saysCost, saysPay:
			if !not {
				out = append(out, s.sense)
			}
		}
	}
	return out
}

// sayings finds phrases, the longest first, and reports whether the text is made
// of nothing else.
func (w *basisWords) sayings(key string) (out []saying, whole bool) {
	if w.unspaced {
		return w.unspacedSayings(key)
	}
	whole = true
	words := strings.Fields(key)
	for at := 0; at < len(words); {
		n := min(w.longest, len(words)-at)
		for ; n > 0; n-- {
			phrase := strings.Join(words[at:at+n], " ")
			if sense, ok := w.phrases[phrase]; ok {
				out = append(out, saying{phrase, sense})
				break
			}
		}
		whole = whole && n > 0
		at += max(n, 1)
	}
	return out, whole
}

// unspacedSayings is sayings for a script that does not part words.
func (w *basisWords) unspacedSayings(key string) (out []saying, whole bool) {
	whole = true
	for at := 0; at < len(key); {
		best := saying{}
		for phrase, sense := range w.phrases {
			if len(phrase) > len(best.phrase) && strings.HasPrefix(key[at:], phrase) {
				best = saying{phrase, sense}
			}
		}
		if best.phrase != "" {
			out = append(out, best)
			at += len(best.phrase)
			continue
		}
		whole = whole && key[at] == ' '
		_, n := utf8.DecodeRuneInString(key[at:])
		at += n
	}
	return out, whole
}
