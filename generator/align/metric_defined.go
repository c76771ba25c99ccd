package align

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

// metricWithoutDefinition looks for metrics of a playbook that say nowhere how
// they are counted.
func metricWithoutDefinition(r *run, p *site.Playbook) {
	var list []*playbook.Entry
	all := 0
	for _, n := range p.Outline.Named {
		if n.Kind != playbook.Metrics {
			continue
		}
		if all++; !r.isDefined(n.Entry, r.languageOf(p)) {
			list = append(list, n.Entry)
		}
	}
	r.reportEntries(p, list, all, entryMessages{
		one:     "the metric “%s” has no definition",
		several: "%d of %d metrics have no definition",
		hint:    "say what is counted, over what, and when: “Definition: audits finished in the month, per account manager”",
	})
}

// houseMetricWithoutDefinition looks at metrics.md.
func houseMetricWithoutDefinition(r *run) {
	house := r.Site.Metrics.House
	if house == nil {
		return
	}
	for _, e := range house.Section(playbook.Metrics).Entries() {
		if e.Name != "" && definition(e) == "" && !definesItself(e.Name) {
			r.report(house.File.Place(entryWords(house.Page, e)), fmt.Sprintf("the metric “%s” has no definition", playbook.Shorten(e.Name, 80)),
				"say what is counted, over what, and when: the playbooks that use it rely on it")
		}
	}
}

// isDefined reports whether a playbook's metric is defined, there or for the
// whole house. An entry of the house that lacks it is reported where it stands.
func (r *run) isDefined(e *playbook.Entry, lang string) bool {
	if text := definition(e); text != "" && !playbook.IsMissing(lang, text) || definesItself(e.Name) {
		return true
	}
	x := &r.Site.Metrics
	if x.House == nil && r.Partial {
		return true // metrics.md may be what could not be read
	}
	g := x.Find(e.Key)
	return g != nil && g.House != nil
}

// definition returns the words that say how a metric is counted, else what is
// said of it; empty where nothing is.
func definition(e *playbook.Entry) string {
	if f := e.Field(playbook.FieldDefinition); f != nil && !f.Missing {
		return f.Text
	}
	return e.Text
}

// A name of so many words, or letters in a script that does not part words, says
// what it counts.
const (
	definingWords   = 5
	definingLetters = 12
)

// definesItself reports whether a metric's name says what is counted: “Demos
// held / demos booked”, “Number of discovery calls per week”.
func definesItself(name string) bool {
	if strings.ContainsAny(name, "/÷%") {
		return true
	}
	if strings.ContainsFunc(name, isUnspaced) {
		return utf8.RuneCountInString(name) >= definingLetters
	}
	return len(strings.Fields(playbook.Normalize(name))) >= definingWords
}

// defined is a definition with its place.
type defined struct {
	page *playbook.Page
	*playbook.Entry
	text, key string
}

// metricDefinedTwice looks for names of metrics that have two definitions.
func metricDefinedTwice(r *run) {
	for _, g := range r.Site.Metrics.Groups {
		if len(g.Uses) < 2 && g.House == nil || g.Key == "" {
			continue
		}
		list, more := r.definitions(g)
		if len(list) < 2 {
			continue
		}
		first, second := list[0], list[1]
		related := []diag.Related{also(first.page, entryWords(first.page, first.Entry), "here it is: "+clip(first.text))}
		for i, d := range list[2:] {
			message := "and here: " + clip(d.text)
			if i == len(list)-3 && more > 0 {
				message += fmt.Sprintf(", and %d more", more)
			}
			related = append(related, also(d.page, entryWords(d.page, d.Entry), message))
		}
		r.report(second.page.File.Place(entryWords(second.page, second.Entry)),
			fmt.Sprintf("the metric “%s” is defined in two ways: here as %s, in %s as %s", playbook.Shorten(g.Name, 80), clip(second.text), first.page.File.Path, clip(first.text)),
			"agree on one definition, in metrics.md, or give one of the two another name", related...)
	}
}

func clip(s string) string { return "“" + playbook.Shorten(s, 100) + "”" }

// definitions returns the first few different definitions of a metric, that of
// the whole house first, and how many more there are.
func (r *run) definitions(g *site.Group) (list []defined, more int) {
	seen := map[string]bool{}
	add := func(p *playbook.Page, e *playbook.Entry) {
		text := ownDefinition(e)
		if text == "" || seen[text] {
			return
		}
		seen[text] = true
		d := defined{p, e, text, playbook.Normalize(text)}
		switch {
		case d.key == "" || slices.ContainsFunc(list, d.agrees):
		case len(list) <= handful:
			list = append(list, d)
		default:
			more++
		}
	}
	if g.House != nil && r.Site.Metrics.House != nil {
		add(r.Site.Metrics.House.Page, g.House)
	}
	for _, use := range g.Uses {
		add(use.Playbook.Page.Page, use.Entry)
	}
	return list, more
}

// ownDefinition is like [definition], but what is said beside a link is no
// definition: that is where the link leads.
func ownDefinition(e *playbook.Entry) string {
	if f := e.Field(playbook.FieldDefinition); f != nil && !f.Missing {
		return f.Text
	}
	if e.Link >= 0 {
		return ""
	}
	return e.Text
}

// agrees reports whether two definitions are one, or one says the other and
// more.
func (d defined) agrees(e defined) bool {
	return strings.Contains(d.key, e.key) || strings.Contains(e.key, d.key)
}
