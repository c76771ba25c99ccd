package desk

import (
	"strconv"

	"plumb/generator/align"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

func itoa(n int) string { return strconv.Itoa(n) }

// stops is how many stops the line has.
const stops = 5

// coverage is which segments are served where on the line, and by whom.
func (d *Desk) coverage() *Page {
	holes := d.holes()
	return &Page{Name: "coverage", Count: len(holes), Tables: []*Table{
		table("holes", holes, columns("hole", "what"), func(h hole) Row {
			return Row{Cells: []Cell{{Items: []Item{{Text: h.name, Word: h.stop, URL: h.url}}}, word(h.what)}}
		}),
		d.matrix(), d.staff(),
	}}
}

// hole is a thing that no playbook serves.
type hole struct {
	// name is a segment's or a role's; stop is the word of a stop.
	name, stop, url, what string
}

// holes are named in words: segments without a playbook or without anybody who
// sells there, stops that no segment uses (once there are playbooks), roles without
// a task.
func (d *Desk) holes() (out []hole) {
	var used [stops]bool
	for _, g := range d.Site.Segments {
		if len(g.Playbooks) == 0 {
			out = append(out, hole{name: g.Title, url: g.URL, what: "desk.hole.segment"})
			continue
		}
		sold := false
		for _, p := range g.Playbooks {
			used[p.Position.Stop()] = true
			sold = sold || len(p.Tasks) > 0
		}
		if !sold {
			out = append(out, hole{name: g.Title, url: g.URL, what: "desk.hole.nobody"})
		}
	}
	for i, name := range playbook.StopNames() {
		if !used[i] && len(d.Site.Playbooks) > 0 {
			out = append(out, hole{stop: "stop." + name, what: "desk.hole.stop"})
		}
	}
	for _, r := range d.Site.Roles {
		if len(r.Playbooks) == 0 {
			out = append(out, hole{name: r.Title, url: r.URL, what: "desk.hole.role"})
		}
	}
	return out
}

// matrix has a row a segment and a column a stop.
func (d *Desk) matrix() *Table {
	two := d.twoAnswers()
	cols := columns("segment")
	for _, name := range playbook.StopNames() {
		cols = append(cols, Column{ID: "stop", Word: "stop." + name})
	}
	return table("coverage", d.Site.Segments, cols, func(g *site.Segment) Row {
		name := Cell{Items: []Item{{Text: g.Title, URL: g.URL}}}
		if two[g] {
			name.Items = append(name.Items, Item{Word: "desk.two-answers", Bad: true})
		}
		row := Row{Odd: two[g] || len(g.Playbooks) == 0, Cells: []Cell{name}}
		for _, here := range byStop(g.Playbooks) {
			c := list(here, func(p *site.Playbook) Item {
				it := titled(p)
				it.Text = itoa(int(p.Position)) + " · " + it.Text
				return it
			})
			c.Rank = itoa(len(here))
			row.Cells = append(row.Cells, c)
		}
		return row
	})
}

// twoAnswers are the segments that are found to be sold to at both ends.
func (d *Desk) twoAnswers() map[*site.Segment]bool {
	out := map[*site.Segment]bool{}
	for _, f := range d.told.of[align.OneSegmentTwoAnswer] {
		p := d.Site.Playbook(f.Path)
		if p == nil {
			continue
		}
		for _, g := range p.Segments {
			if align.SegmentAt(p, g.ID) == f.Pos {
				out[g] = true
			}
		}
	}
	return out
}

// byStop parts playbooks that are in order on the line.
func byStop(list []*site.Playbook) (out [stops][]*site.Playbook) {
	for _, p := range list {
		out[p.Position.Stop()] = append(out[p.Position.Stop()], p)
	}
	return out
}

// stretch is the playbooks of a segment at one stop.
type stretch struct {
	segment   *site.Segment
	stop      int
	playbooks []*site.Playbook
}

// staff is which roles have tasks where.
func (d *Desk) staff() *Table {
	var all []stretch
	for _, g := range d.Site.Segments {
		for stop, here := range byStop(g.Playbooks) {
			if len(here) > 0 {
				all = append(all, stretch{g, stop, here})
			}
		}
	}
	return table("staff", all, columns("segment", "stop", "playbooks#", "roles"), func(s stretch) Row {
		roles := rolesIn(s.playbooks)
		who := list(roles, func(r *site.Role) Item { return Item{Text: r.Title, URL: r.URL} })
		if len(roles) == 0 {
			who = word("desk.everyone")
		}
		return Row{Cells: []Cell{
			{Items: []Item{{Text: s.segment.Title, URL: s.segment.URL}}},
			{Items: []Item{{Word: "stop." + playbook.StopNames()[s.stop]}}, Rank: itoa(s.stop)},
			number(len(s.playbooks)), who,
		}}
	})
}

// rolesIn are the roles with tasks of their own in some playbooks, as they come.
func rolesIn(list []*site.Playbook) (out []*site.Role) {
	seen := map[*site.Role]bool{}
	for _, p := range list {
		for _, r := range p.Roles() {
			if !seen[r] {
				seen[r] = true
				out = append(out, r)
			}
		}
	}
	return out
}
