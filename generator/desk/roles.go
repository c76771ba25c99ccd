package desk

import (
	"plumb/generator/align"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

// middle is the place between the two sides of the line, and farApart how far two
// places are apart that ask opposite things of one person, if plumb.yaml says no
// other number.
const (
	middle   = playbook.Position(50)
	farApart = 50
)

// roles is where on the line each role sells.
func (d *Desk) roles() *Page {
	tasks, torn := d.tasksOf(), d.torn()
	apart := align.LimitOf(d.Site.Config, align.RoleOnBothSides, "apart", farApart)
	return &Page{Name: "roles", Count: d.Count("roles"), Tables: []*Table{
		table("roles", d.Site.Roles, columns("role", "line", "from#", "to#", "span#", "playbooks#", "tasks#", "sides"), func(r *site.Role) Row {
			row := Row{Cells: []Cell{{Items: []Item{{Text: r.Title, URL: r.URL}}}}}
			if len(r.Playbooks) == 0 {
				row.Cells = append(row.Cells, Cell{}, Cell{}, Cell{}, Cell{}, number(0), number(0), word("desk.hole.role"))
				return row
			}
			from, to := r.Playbooks[0].Position, r.Playbooks[len(r.Playbooks)-1].Position
			row.Odd = torn[r]
			row.Cells = append(row.Cells, Cell{Dots: places(r.Playbooks), Rank: itoa(int(from))}, number(int(from)), number(int(to)), number(int(to-from)),
				number(len(r.Playbooks)), number(tasks[r]), sidesOf(r, apart, torn[r]))
			return row
		}),
	}}
}

// tasksOf counts the tasks that are a role's own.
func (d *Desk) tasksOf() map[*site.Role]int {
	out := make(map[*site.Role]int, len(d.Site.Roles))
	for _, p := range d.Site.Playbooks {
		for i := range p.Tasks {
			if r := p.Tasks[i].Role; r != nil {
				out[r]++
			}
		}
	}
	return out
}

// torn are the roles that are found to sell at both ends.
func (d *Desk) torn() map[*site.Role]bool {
	out := map[*site.Role]bool{}
	for _, f := range d.told.of[align.RoleOnBothSides] {
		p := d.Site.Playbook(f.Path)
		if p == nil {
			continue
		}
		for _, r := range p.Roles() {
			if align.RoleAt(d.Site, p, r) == f.Pos {
				out[r] = true
			}
		}
	}
	return out
}

// sidesOf says which side a role sells on, and what explains it where that is both.
func sidesOf(r *site.Role, apart int, torn bool) Cell {
	team := Item{Text: r.Team()}
	if torn {
		c := Cell{Items: []Item{{Word: "desk.side.both", Bad: true}}, Rank: "0"}
		if team.Text != "" {
			c.Items = append(c.Items, team)
		}
		return c
	}
	if onBoth(r, apart) {
		return Cell{Items: []Item{{Word: "desk.side.both"}, excuse(r)}, Rank: "1"}
	}
	c := Cell{Rank: "2"}
	if r.Shared {
		c.Items = append(c.Items, Item{Word: "desk.side.shared"})
	}
	if team.Text != "" {
		c.Items = append(c.Items, team)
	}
	return c
}

// onBoth reports whether a role sells on both sides of the line, far apart.
func onBoth(r *site.Role, apart int) bool {
	from, to := r.Playbooks[0].Position, r.Playbooks[len(r.Playbooks)-1].Position
	return from < middle && to > middle && int(to-from) >= apart
}

// excuse is why a role may be on both sides.
func excuse(r *site.Role) Item {
	switch {
	case r.Shared:
		return Item{Word: "desk.side.shared"}
	case len(r.Teams) > 1:
		return Item{Word: "desk.side.split", Args: []any{r.Team()}}
	}
	return Item{Word: "desk.side.allowed"}
}

// places are where playbooks stand, each place once.
func places(list []*site.Playbook) (out []playbook.Position) {
	for _, p := range list {
		if n := len(out); n == 0 || out[n-1] != p.Position {
			out = append(out, p.Position)
		}
	}
	return out
}
