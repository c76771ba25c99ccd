package align

import (
	"fmt"

	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// middleWithoutReason asks why a playbook stands where neither end does.
func middleWithoutReason(r *run, p *site.Playbook) {
	if at := int(p.Position); at < r.limit("from") || at > r.limit("to") || p.Meta.PositionReason != "" {
		return
	}
	r.report(p.File.Place(p.Meta.PositionSpan), fmt.Sprintf("position %d is in the middle of the line, and nothing says why", p.Position),
		"say in position_reason: what these customers get here that neither end gives them")
}

// measure is a metric of a playbook with what metrics.md says of it.
type measure struct {
	*playbook.Entry
	house *playbook.Entry
}

// measures are the named metrics of a playbook.
func (r *run) measures(p *site.Playbook) []measure {
	if g := r.glance; !g.measured {
		g.measured = true
		g.measures = r.readMeasures(p)
	}
	return r.glance.measures
}

func (r *run) readMeasures(p *site.Playbook) (out []measure) {
	for _, e := range p.Section(playbook.Metrics).Entries() {
		if e.Name == "" {
			continue
		}
		m := measure{Entry: e}
		if g := r.Site.Metrics.Find(e.Key); g != nil && g.House != e {
			m.house = g.House
		}
		out = append(out, m)
	}
	return out
}

// kind is leading or lagging, side financial or brand; empty where nothing says.
func (m measure) kind() string {
	if m.Kind == "" && m.house != nil {
		return m.house.Kind
	}
	return m.Kind
}

func (m measure) side() string {
	if m.Side == "" && m.house != nil {
		return m.house.Side
	}
	return m.Side
}

// says is the name of a metric and its definition, here or in metrics.md.
func (m measure) says() string {
	text := m.Name
	for _, e := range []*playbook.Entry{m.Entry, m.house} {
		if e == nil {
			continue
		}
		if f := e.Field(playbook.FieldDefinition); f != nil && !f.Missing {
			return text + ". " + f.Text
		}
	}
	return text
}

// minMetrics is from how many metrics on they are judged as a set.
const minMetrics = 3

// reportMetrics reports a set of metrics.
func (r *run) reportMetrics(p *site.Playbook, list []measure, message, hint string) {
	entries := make([]*playbook.Entry, len(list))
	for i, m := range list {
		entries[i] = m.Entry
	}
	r.report(p.File.Place(sectionHeading(p, playbook.Metrics)), fmt.Sprintf(message, len(list)), hint, places(p, entries)...)
}

// sectionHeading is where the heading of a section stands.
func sectionHeading(p *site.Playbook, k playbook.Kind) source.Span {
	return headingWords(p.File, p.Section(k).Parts[0].Heading.Span)
}

func metricsAllLagging(r *run, p *site.Playbook) {
	var list []measure
	for _, m := range r.measures(p) {
		switch m.kind() {
		case "lagging":
			list = append(list, m)
		case "leading":
			return
		}
	}
	if len(list) >= minMetrics {
		r.reportMetrics(p, list, "all %d metrics that say their kind are lagging", "add one that moves before the result does, and that a seller can move this week")
	}
}

func metricsAllVolume(r *run, p *site.Playbook) {
	w := r.metricWords(p)
	if w == nil || int(p.Position) < r.limit("high") {
		return
	}
	list := r.measures(p)
	for _, m := range list {
		if !w.countsVolume(m, r.glance.tokens(m.says())) {
			return
		}
	}
	if len(list) >= minMetrics {
		r.reportMetrics(p, list, "all %d metrics count volume, where the playbook sells for more", "add what shows that customers pay more for it: price realised, margin, renewals, the promise kept")
	}
}

// metricWords returns the words for metrics in a playbook's language.
func (r *run) metricWords(p *site.Playbook) *proseWords { return proseIn(r.languageOf(p)) }

// countsVolume reports whether a metric, by what it says, speaks of an amount, and
// of nothing that the amount is worth.
func (w *proseWords) countsVolume(m measure, text []token) bool {
	worth := w.worth.in(text) || w.brand.in(text)
	return m.side() != "brand" && w.volume.in(text) && !worth
}

func metricsWithoutBrand(r *run, p *site.Playbook) {
	if int(p.Position) < r.limit("from") {
		return
	}
	list, w := r.measures(p), r.metricWords(p)
	sided := 0
	for _, m := range list {
		if m.side() == "brand" || w != nil && w.brand.in(r.glance.tokens(m.says())) {
			return
		}
		if m.side() != "" {
			sided++
		}
	}
	// Without the words of a language only the sides tell.
	if len(list) < minMetrics || w == nil && sided < len(list) {
		return
	}
	r.reportMetrics(p, list, "none of the %d metrics is for the brand", "add one that shows what customers think of you or come back for, and write “brand” behind its kind")
}
