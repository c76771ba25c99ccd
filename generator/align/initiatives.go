package align

import (
	"fmt"
	"time"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

// The fields of an initiative.
const (
	fieldFinancial playbook.FieldID = "financial"
	fieldBrand     playbook.FieldID = "brand"
	fieldMetric    playbook.FieldID = "metric"
	fieldEnds      playbook.FieldID = "ends"
)

// initiatives are the named ones of a playbook that lack all of some fields.
func initiatives(p *site.Playbook, lacking ...playbook.FieldID) (list []*playbook.Entry, all int) {
	for _, e := range p.Section(playbook.Initiatives).Entries() {
		if e.Name == "" {
			continue
		}
		all++
		said := false
		for _, id := range lacking {
			f := e.Field(id)
			said = said || f != nil && !f.Missing
		}
		if !said {
			list = append(list, e)
		}
	}
	return list, all
}

func initiativeWithoutValue(r *run, p *site.Playbook) {
	list, all := initiatives(p, fieldFinancial, fieldBrand)
	r.reportEntries(p, list, all, entryMessages{
		one:     "the initiative “%s” says neither what it is worth in money nor what it does for the brand",
		several: "%d of %d initiatives say neither what they are worth in money nor what they do for the brand",
		hint:    "write “Financial value: …” or “Brand value: …”, or let it go",
	})
}

func initiativeWithoutMetric(r *run, p *site.Playbook) {
	list, all := initiatives(p, fieldMetric)
	r.reportEntries(p, list, all, entryMessages{
		one:     "nothing measures the initiative “%s”",
		several: "nothing measures %d of %d initiatives",
		hint:    "name a metric of this playbook or of metrics.md: “Metric: …”",
	})
}

// initiativeEnded looks for ends that are past. What is no date is left alone.
func initiativeEnded(r *run, p *site.Playbook) {
	for _, e := range p.Section(playbook.Initiatives).Entries() {
		f := e.Field(fieldEnds)
		if f == nil || f.Missing {
			continue
		}
		if day, ok := lastDay(f.Text); ok && day.Before(r.Site.AsOf) {
			r.report(p.File.Place(headingWords(p.File, f.Span)), fmt.Sprintf("the initiative “%s” ended on %s, %s ago", playbook.Shorten(e.Name, 80), day.Format(time.DateOnly), days(day, r.Site.AsOf)),
				"say what came of it and take it out, or give it a new end")
		}
	}
}

// days says how many days lie between two.
func days(from, to time.Time) string {
	if n := int(to.Sub(from).Hours() / 24); n != 1 {
		return fmt.Sprintf("%d days", n)
	}
	return "1 day"
}
