package desk

import (
	"slices"

	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

// The fields of an initiative.
const (
	financial playbook.FieldID = "financial"
	brand     playbook.FieldID = "brand"
	metricOf  playbook.FieldID = "metric"
	ends      playbook.FieldID = "ends"
)

// initiatives is what each initiative is worth, and until when.
func (d *Desk) initiatives() *Page {
	var all []site.Use
	wanting := 0
	for _, p := range d.Site.Playbooks {
		s := p.Section(playbook.Initiatives)
		if s == nil {
			continue
		}
		for _, e := range s.Entries() {
			all = append(all, site.Use{Playbook: p, Entry: e})
			if isWanting(e) {
				wanting++
			}
		}
	}
	return &Page{Name: "initiatives", Count: wanting, Tables: []*Table{
		table("initiatives", all, columns("initiative", "playbook", "position#", "financial", "brand", "metric", "ends"), func(u site.Use) Row {
			name := used(u)
			name.Text = u.Entry.Name
			lang := u.Playbook.Meta.Lang
			return Row{Odd: isWanting(u.Entry), Cells: []Cell{
				{Items: []Item{name}}, {Items: []Item{titled(u.Playbook)}}, place(u.Playbook),
				value(u.Entry, financial, lang), value(u.Entry, brand, lang), value(u.Entry, metricOf, lang), value(u.Entry, ends, lang),
			}}
		}),
	}}
}

// isWanting reports whether an initiative lacks a part.
func isWanting(e *playbook.Entry) bool {
	return slices.ContainsFunc([]playbook.FieldID{financial, brand, metricOf, ends}, func(id playbook.FieldID) bool {
		f := e.Field(id)
		return f == nil || f.Missing
	})
}

func value(e *playbook.Entry, id playbook.FieldID, lang string) Cell {
	f := e.Field(id)
	if f == nil || f.Missing {
		return lacking()
	}
	return orLacking(f.Text, lang)
}

// pairCodes are findings on two playbooks that are told to be opposites and are
// not.
var pairCodes = []diag.Code{"copied-across-the-line", "kit-copied-across-the-line", "one-segment-two-answers"}

// pair is two playbooks of a finding.
type pair struct {
	a, b    *site.Playbook
	finding *diag.Diagnostic
}

// compare is the pairs that the check found; the page sets any two side by side.
func (d *Desk) compare() *Page {
	var all []pair
	for i := range d.Findings {
		f := &d.Findings[i]
		if !slices.Contains(pairCodes, f.Code) {
			continue
		}
		if p, ok := d.pair(f); ok {
			all = append(all, p)
		}
	}
	return &Page{Name: "compare", Count: len(all), Tables: []*Table{
		table("pairs", all, columns("playbook", "other", "apart#", "finding", "beside"), func(p pair) Row {
			return Row{Cells: []Cell{
				{Items: []Item{titled(p.a)}}, {Items: []Item{titled(p.b)}}, number(int(p.b.Position - p.a.Position)), {Items: []Item{{Text: p.finding.Message, Lang: "en"}}},
				{Items: []Item{{Word: "desk.beside", URL: Dir + "/compare.html", Query: "?a=" + escapeURL(p.a.URL) + "&b=" + escapeURL(p.b.URL)}}},
			}}
		}),
	}}
}

// pair returns the two playbooks that a finding is about, the lesser first.
func (d *Desk) pair(f *diag.Diagnostic) (p pair, ok bool) {
	a := d.Site.Playbook(f.Path)
	for _, r := range f.Related {
		b := d.Site.Playbook(r.Path)
		if a == nil || b == nil || a == b || a.Homeless || b.Homeless {
			continue
		}
		if b.Position < a.Position {
			a, b = b, a
		}
		return pair{a, b, f}, true
	}
	return pair{}, false
}
