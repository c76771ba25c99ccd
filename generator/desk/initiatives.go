package desk

import (
	"slices"
	"strings"
	"time"

	"plumb/generator/align"
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
	for _, p := range d.Site.Playbooks {
		if s := p.Section(playbook.Initiatives); s != nil {
			for _, e := range s.Entries() {
				all = append(all, site.Use{Playbook: p, Entry: e})
			}
		}
	}
	return &Page{Name: "initiatives", Count: d.Count("initiatives"), Tables: []*Table{
		table("initiatives", all, columns("initiative", "playbook", "position#", "financial", "brand", "metric", "ends"), d.initiative),
	}}
}

// initiative marks what the rules find: an end may be left out, and one of the two
// values.
func (d *Desk) initiative(u site.Use) Row {
	found := func(code diag.Code, fields ...playbook.FieldID) bool { return d.lacks(u, code, fields...) }
	worthless, unmeasured := found(initiativeWithoutValue, financial, brand), found(initiativeWithoutMetric, metricOf)
	unknown, ended := d.wrong(u, unknownMetric, metricOf), d.wrong(u, initiativeEnded, ends)
	name, lang := used(u), u.Playbook.Meta.Lang
	name.Text = u.Entry.Name
	measure, end := value(u.Entry, metricOf, lang, unmeasured), value(u.Entry, ends, lang, false)
	if unknown {
		measure.Items = append(measure.Items, Item{Word: "desk.unknown", Bad: true})
	}
	if ended {
		end.Items = append(end.Items, Item{Word: "desk.ended", Bad: true})
	}
	return Row{Odd: worthless || unmeasured || unknown || ended, Cells: []Cell{
		{Items: []Item{name}}, {Items: []Item{titled(u.Playbook)}}, place(u.Playbook),
		value(u.Entry, financial, lang, worthless), value(u.Entry, brand, lang, worthless), measure, end,
	}}
}

// lacks reports whether a rule misses all of some fields of an entry.
func (d *Desk) lacks(u site.Use, code diag.Code, fields ...playbook.FieldID) bool {
	if !d.told.in(u.Playbook.File.Path, code) || !d.told.at(align.EntryAt(u.Playbook.Page.Page, u.Entry), code) {
		return false
	}
	return !slices.ContainsFunc(fields, func(id playbook.FieldID) bool { return said(u.Entry, id) != nil })
}

// wrong reports whether a rule finds fault with what a field of an entry says.
func (d *Desk) wrong(u site.Use, code diag.Code, id playbook.FieldID) bool {
	f := said(u.Entry, id)
	return f != nil && d.told.in(u.Playbook.File.Path, code) && d.told.at(u.Playbook.File.Place(f.Span).Pos, code)
}

// said is a field that says something; nil where there is none.
func said(e *playbook.Entry, id playbook.FieldID) *playbook.Field {
	if f := e.Field(id); f != nil && !f.Missing && strings.TrimSpace(f.Text) != "" {
		return f
	}
	return nil
}

func value(e *playbook.Entry, id playbook.FieldID, lang string, bad bool) Cell {
	f := said(e, id)
	if f == nil {
		return lacking(bad)
	}
	if day := strings.TrimRight(f.Text, ". "); isDay(day) {
		return date(day)
	}
	return Cell{Items: []Item{{Text: f.Text, Lang: lang}}}
}

// isDay reports whether a text is an ISO date.
func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

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
		if !slices.Contains(codesOf["compare"], f.Code) {
			continue
		}
		if p, ok := d.pair(f); ok {
			all = append(all, p)
		}
	}
	return &Page{Name: "compare", Count: d.Count("compare"), Beside: &Beside{d.Site, align.NewBeside(d.Site)}, Tables: []*Table{
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
