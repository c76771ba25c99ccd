package desk

import (
	"slices"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

// metrics is the register of metrics.
func (d *Desk) metrics() *Page {
	measured := map[*playbook.Entry]*site.Role{}
	for _, r := range d.Site.Roles {
		for _, u := range r.Metrics {
			measured[u.Entry] = r
		}
	}
	clashes := 0
	for _, g := range d.Site.Metrics.Groups {
		if len(definitions(g)) > 1 {
			clashes++
		}
	}
	return &Page{Name: "metrics", Count: clashes, Tables: []*Table{
		table("metrics", d.Site.Metrics.Groups, columns("metric", "role", "kind", "side", "definition", "where", "playbooks#"), func(g *site.Group) Row {
			return metric(&d.Site.Metrics, g, measured)
		}),
	}}
}

func metric(x *site.Index, g *site.Group, measured map[*playbook.Entry]*site.Role) Row {
	defined := definitions(g)
	row := Row{Odd: len(defined) != 1, Cells: []Cell{{Items: []Item{grouped(x, g)}}}}
	var roles []*site.Role
	var kinds, sides []string
	for _, e := range entriesOf(g) {
		if r := measured[e]; r != nil && !slices.Contains(roles, r) {
			roles = append(roles, r)
		}
		kinds, sides = with(kinds, e.Kind), with(sides, e.Side)
	}
	valued := func(s string) Item { return Item{Word: "desk.value." + s} }
	row.Cells = append(row.Cells,
		list(roles, func(r *site.Role) Item { return Item{Text: r.Title, URL: r.URL} }), list(kinds, valued), list(sides, valued),
		definedAs(defined), list(g.Uses, used), number(len(g.Uses)))
	return row
}

// definedAs shows definitions; two are a clash, none is a hole.
func definedAs(defined []string) Cell {
	if len(defined) == 0 {
		return lacking()
	}
	c := list(defined, func(s string) Item { return Item{Text: s} })
	if len(defined) > 1 {
		c.Items = slices.Insert(c.Items, 0, Item{Word: "desk.clash", Args: []any{len(defined)}, Bad: true})
	}
	return c
}

// definitions are those of a metric that differ, in the words of the first.
func definitions(g *site.Group) (out []string) {
	var keys []string
	for _, e := range entriesOf(g) {
		f := e.Field(playbook.FieldDefinition)
		if f == nil || f.Missing {
			continue
		}
		if key := playbook.Normalize(f.Text); key != "" && !slices.Contains(keys, key) {
			keys, out = append(keys, key), append(out, f.Text)
		}
	}
	return out
}

// entriesOf are the entries of one name: the house's first.
func entriesOf(g *site.Group) (out []*playbook.Entry) {
	if g.House != nil {
		out = append(out, g.House)
	}
	for _, u := range g.Uses {
		out = append(out, u.Entry)
	}
	return out
}

// with adds a text to a list unless it is empty or there.
func with(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// grouped leads to a group on its index.
func grouped(x *site.Index, g *site.Group) Item {
	return Item{Text: g.Name, URL: site.PageURL(x.URL, g.Page), Anchor: g.ID}
}

// used leads to an entry in its playbook.
func used(u site.Use) Item {
	it := titled(u.Playbook)
	if it.URL != "" {
		it.Anchor = u.Entry.ID
	}
	return it
}

// load is who calls on a process.
type load struct {
	tasks     int
	playbooks []*site.Playbook
	roles     []*site.Role
}

// processes is the load on support processes.
func (d *Desk) processes() *Page {
	loads := d.loads()
	idle := 0
	for _, g := range d.Site.Processes.Groups {
		if loads[g.Key].tasks == 0 {
			idle++
		}
	}
	return &Page{Name: "processes", Count: idle, Tables: []*Table{
		table("processes", d.Site.Processes.Groups, columns("process", "owner", "answer-within", "roles", "tasks#", "callers", "playbooks#"), func(g *site.Group) Row {
			l := loads[g.Key]
			row := Row{Odd: l.tasks == 0, Cells: []Cell{{Items: []Item{grouped(&d.Site.Processes, g)}}, told(g, playbook.FieldOwner), told(g, playbook.FieldAnswerWithin)}}
			row.Cells = append(row.Cells, list(l.roles, func(r *site.Role) Item { return Item{Text: r.Title, URL: r.URL} }), number(l.tasks), list(l.playbooks, titled), number(len(g.Uses)))
			if l.tasks == 0 {
				row.Cells[5] = Cell{Items: []Item{{Word: "desk.uncalled", Bad: true}}}
			}
			return row
		}),
	}}
}

// loads counts the tasks that link to each process.
func (d *Desk) loads() map[string]load {
	out := make(map[string]load, len(d.Site.Processes.Groups))
	for _, p := range d.Site.Playbooks {
		for i := range p.Tasks {
			t := &p.Tasks[i]
			for _, ref := range t.Refs {
				if ref.Kind == playbook.SupportProcesses {
					out[ref.Key] = out[ref.Key].plus(p, t)
				}
			}
		}
	}
	return out
}

func (l load) plus(p *site.Playbook, t *site.Task) load {
	l.tasks++
	if n := len(l.playbooks); n == 0 || l.playbooks[n-1] != p {
		l.playbooks = append(l.playbooks, p)
	}
	if t.Role != nil && !slices.Contains(l.roles, t.Role) {
		l.roles = append(l.roles, t.Role)
	}
	return l
}

// told are the different values that the entries of a group give a field.
func told(g *site.Group, id playbook.FieldID) Cell {
	var values []string
	for _, e := range entriesOf(g) {
		if f := e.Field(id); f != nil && !f.Missing {
			values = with(values, f.Text)
		}
	}
	if len(values) == 0 {
		return lacking()
	}
	return list(values, func(s string) Item { return Item{Text: s} })
}
