package playbook

import (
	"slices"
	"strings"
)

// values reads the fields whose values are words of the language.
func (p *partReader) values(e *Entry) {
	has := *e.Traits
	switch p.kind {
	case Metrics, CustomerMetrics:
		for _, id := range [...]FieldID{FieldKind, FieldSide} {
			if f := e.Field(id); f != nil && !f.Missing {
				p.metricValue(&has, f)
			}
		}
	case Assets:
		if f := e.Field(FieldShare); f != nil {
			has.Share = p.share(f.Text)
		}
	}
	if has != *e.Traits {
		e.Traits = &Traits{has.Part, has.Kind, has.Side, has.Share}
	}
}

// metricValue reads “lagging (brand)”, “Leading indicator – financial”: the
// words in any order and spelling.
func (p *partReader) metricValue(e *Traits, f *Field) {
	for _, piece := range strings.FieldsFunc(f.Text, partsWords) {
		for _, word := range append([]string{piece}, strings.Fields(piece)...) {
			if v := p.word(word, "leading", "lagging"); v != "" && e.Kind == "" {
				e.Kind = v
			}
			if v := p.word(word, "financial", "brand"); v != "" && e.Side == "" {
				e.Side = v
			}
		}
	}
}

func partsWords(c rune) bool { return strings.ContainsRune("()（）[],/;、・·|+&–—-:：\n", c) }

// share reads whom an asset may be shown to. Only what stands before an aside
// counts, and only if it is nothing but the word: where in doubt, nobody.
func (p *partReader) share(text string) string {
	if i := strings.IndexAny(text, "(（,，;–—"); i > 0 {
		text = text[:i]
	}
	return p.word(text, "customer", "us-only")
}

// word returns the value that a word means, if it is one of those wanted.
func (p *partReader) word(text string, wanted ...string) string {
	v, _ := lookUp(p.words.values, text)
	if slices.Contains(wanted, v) {
		return v
	}
	return ""
}
