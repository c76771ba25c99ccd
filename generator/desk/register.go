package desk

import (
	"slices"

	"plumb/generator/align"
	"plumb/generator/diag"
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
	return &Page{Name: "metrics", Count: d.Count("metrics"), Tables: []*Table{
		table("metrics", d.Site.Metrics.Groups, columns("metric", "role", "kind", "side", "definition", "where", "playbooks#"), func(g *site.Group) Row {
			return d.metric(g, measured)
		}),
	}}
}

func (d *Desk) metric(g *site.Group, measured map[*playbook.Entry]*site.Role) Row {
	defined, odd := d.definitions(g)
	row := Row{Odd: odd, Cells: []Cell{{Items: []Item{grouped(&d.Site.Metrics, g)}}}}
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
		defined, list(g.Uses, used), number(len(g.Uses)))
	return row
}

// definitions shows how a metric is defined, as the rules tell definitions apart,
// and reports whether they find fault with that.
func (d *Desk) definitions(g *site.Group) (c Cell, odd bool) {
	texts, more := align.Definitions(d.Site, g)
	if len(texts) == 0 {
		odd = d.foundOf(&d.Site.Metrics, g, metricWithoutDefinition)
		return lacking(odd), odd
	}
	c = list(texts, func(s string) Item { return Item{Text: s} })
	c.More += more
	if len(texts) > 1 {
		odd = d.foundOf(&d.Site.Metrics, g, metricDefinedTwice)
		c.Items = slices.Insert(c.Items, 0, Item{Word: "desk.clash", Args: []any{len(texts) + more}, Bad: odd})
	}
	return c, odd
}

// foundOf reports whether a rule found fault with an entry of a group.
func (d *Desk) foundOf(x *site.Index, g *site.Group, code diag.Code) bool {
	if g.House != nil && x.House != nil && d.told.at(align.EntryAt(x.House.Page, g.House), code) {
		return true
	}
	return slices.ContainsFunc(g.Uses, func(u site.Use) bool {
		return d.told.in(u.Playbook.File.Path, code) && d.told.at(align.EntryAt(u.Playbook.Page.Page, u.Entry), code)
	})
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
	// idle is in how many of the playbooks that list it nothing calls on it.
	idle int
}

// processes is the load on support processes.
func (d *Desk) processes() *Page {
	loads := d.loads()
	return &Page{Name: "processes", Count: d.Count("processes"), Tables: []*Table{
		table("processes", d.Site.Processes.Groups, columns("process", "owner", "answer-within", "calling", "tasks#", "callers", "listed#"), func(g *site.Group) Row {
			l := loads[g.Key]
			callers, odd := d.callers(g, l)
			return Row{Odd: odd, Cells: []Cell{
				{Items: []Item{grouped(&d.Site.Processes, g)}}, values(g, playbook.FieldOwner), values(g, playbook.FieldAnswerWithin),
				list(l.roles, func(r *site.Role) Item { return Item{Text: r.Title, URL: r.URL} }), number(l.tasks), callers, number(len(g.Uses)),
			}}
		}),
	}}
}

// callers are the playbooks whose tasks link to a process; where none do, its name
// may stand in a text.
func (d *Desk) callers(g *site.Group, l load) (c Cell, odd bool) {
	c = list(l.playbooks, titled)
	alone := len(g.Uses) == 0 && g.House != nil && d.foundOf(&d.Site.Processes, g, processNotCalled)
	switch {
	case alone || len(g.Uses) > 0 && l.idle == len(g.Uses) && l.tasks == 0:
		odd = alone || d.foundOf(&d.Site.Processes, g, processNotCalled)
		c.Items = []Item{{Word: "desk.uncalled", Bad: odd}}
	case l.tasks == 0:
		c.Items = []Item{{Word: "desk.named"}}
	}
	if n := l.idle; n > 0 && (n < len(g.Uses) || l.tasks > 0) {
		odd = d.foundOf(&d.Site.Processes, g, processNotCalled)
		c.Items = append(c.Items, Item{Word: "desk.uncalled-in", Args: []any{n, len(g.Uses)}, Bad: odd})
	}
	return c, odd
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
		for _, e := range align.Uncalled(p) {
			l := out[e.Key]
			l.idle++
			out[e.Key] = l
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

// values are the different values that the entries of a group give a field, in the
// words of the first.
func values(g *site.Group, id playbook.FieldID) Cell {
	var keys, said []string
	for _, e := range entriesOf(g) {
		if f := e.Field(id); f != nil && !f.Missing {
			if key := playbook.Normalize(f.Text); !slices.Contains(keys, key) {
				keys, said = append(keys, key), append(said, f.Text)
			}
		}
	}
	if len(said) == 0 {
		return lacking(false)
	}
	return list(said, func(s string) Item { return Item{Text: s} })
}
