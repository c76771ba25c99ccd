package desk

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"plumb/generator/site"
)

// When a review is due, the most urgent first.
const (
	overdue = iota
	in30Days
	in90Days
	later
	undated
)

var whens = [...]string{"desk.when.overdue", "desk.when.30", "desk.when.90", "desk.when.later", "desk.when.none"}

// when is how soon a playbook's review is due. It is overdue from the day after.
func (d *Desk) when(p *site.Playbook) int {
	switch day := d.Site.AsOf; {
	case p.Due.IsZero():
		return undated
	case p.Due.Before(day):
		return overdue
	case !p.Due.After(day.AddDate(0, 0, 30)):
		return in30Days
	case !p.Due.After(day.AddDate(0, 0, 90)):
		return in90Days
	}
	return later
}

// reviews is the calendar of reviews.
func (d *Desk) reviews() *Page {
	all := d.byDue()
	byOwner := map[string]*[len(whens)]int{}
	for _, p := range all {
		name := owner(&p.Page)
		if byOwner[name] == nil {
			byOwner[name] = &[len(whens)]int{}
		}
		byOwner[name][d.when(p)]++
	}
	people := ordered(byOwner, strings.Compare)
	cols := columns("owner")
	for _, w := range whens {
		cols = append(cols, Column{ID: "when", Word: w, Number: true})
	}
	return &Page{Name: "reviews", Count: d.Count("reviews"), Tables: []*Table{
		table("reviews-by-owner", people, cols, func(name string) Row {
			row := Row{Cells: []Cell{owned(name)}}
			for _, n := range byOwner[name] {
				row.Cells = append(row.Cells, number(n))
			}
			return row
		}),
		table("reviews", all, columns("due", "when", "playbook", "position#", "owner", "reviewed"), d.review),
	}}
}

func (d *Desk) review(p *site.Playbook) Row {
	when := d.when(p)
	due := date(isoDate(p.Due))
	due.Rank = cmp.Or(due.Rank, "9999")
	late := d.told.in(p.File.Path, reviewOverdue)
	return Row{Odd: late, Cells: []Cell{
		due, {Items: []Item{{Word: whens[when], Bad: late}}, Rank: itoa(when)}, {Items: []Item{titled(p)}}, place(p), owned(owner(&p.Page)), date(isoDate(p.Meta.Reviewed)),
	}}
}

// byDue are the playbooks by the day of their next review, those without one last.
func (d *Desk) byDue() []*site.Playbook {
	out := slices.Clone(d.Site.Playbooks)
	slices.SortStableFunc(out, func(a, b *site.Playbook) int {
		if a.Due.IsZero() || b.Due.IsZero() {
			return cmp.Compare(b.Due.Unix(), a.Due.Unix()) // no day is before all days
		}
		return a.Due.Compare(b.Due)
	})
	return out
}

func isoDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
