package align

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

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
// held / demos booked”, “Number of discovery calls per week”, “Downloads (48h)”.
func definesItself(name string) bool {
	if strings.ContainsAny(name, "/÷%") || timeWindow().MatchString(name) {
		return true
	}
	if strings.ContainsFunc(name, isUnspaced) {
		return utf8.RuneCountInString(name) >= definingLetters
	}
	return len(strings.Fields(playbook.Normalize(name))) >= definingWords
}

// timeWindow is a time with its number in a last parenthesis.
var timeWindow = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)[(（][^()（）]*?(?:\d+\s*-?(?:h|hrs?|hours?|stunden?|heures?|horas?|d|days?|tagen?|jours?|d[ií]as?|w|wks?|weeks?|wochen?|semaines?|semanas?|months?|monaten?|mois|mes|meses|m[eê]s|quarters?|quartalen?|trimestres?|years?|jahren?|ans?|años?|anos?|日間?|週間?|[かヶ]月間?|年間?)|(?:week|day|month|quarter|year|woche|tag|monat|quartal|semaine|jour|mois|trimestre|semana|d[ií]a|mes|m[eê]s)\s*\d+|第?\d+[週日])\s*[)）]\s*$`)
})
