package align

import (
	"fmt"
	"slices"

	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

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
		there, here := apart(first.text, second.text)
		related := []diag.Related{also(first.page, entryWords(first.page, first.Entry), "here it is: "+there)}
		for i, d := range list[2:] {
			_, other := apart(first.text, d.text)
			message := "and here: " + other
			if i == len(list)-3 && more > 0 {
				message += fmt.Sprintf(", and %d more", more)
			}
			related = append(related, also(d.page, entryWords(d.page, d.Entry), message))
		}
		r.report(second.page.File.Place(entryWords(second.page, second.Entry)),
			fmt.Sprintf("the metric “%s” is defined in two ways: here as %s, in %s as %s", playbook.Shorten(g.Name, 80), here, first.page.File.Path, there),
			"agree on one definition, in metrics.md, or give one of the two another name", related...)
	}
}

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
		d := defined{p, e, newWording(text)}
		switch {
		case d.key == "" || slices.ContainsFunc(list, func(e defined) bool { return d.agrees(e.wording) }):
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

// defined is a definition with its place.
type defined struct {
	page *playbook.Page
	*playbook.Entry
	wording
}
