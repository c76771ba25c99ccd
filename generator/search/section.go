package search

import (
	"cmp"
	"slices"
	"strings"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

// sectionGatherer gathers one section.
type sectionGatherer struct {
	*gatherer
	page  *site.Playbook // nil for a page of the house
	kind  playbook.Kind
	tasks []site.Task // still to come
}

// walk gathers the items of a part.
func (g *sectionGatherer) walk(list []playbook.Item) {
	for _, it := range list {
		switch it := it.(type) {
		case *playbook.Prose:
			g.say(it.Text)
		case *playbook.Subhead:
			g.subhead(it)
		case *playbook.FieldList:
			g.text.fields(it.Fields, true)
		case *playbook.Entry:
			g.entry(it, true)
		case *playbook.EntryTable:
			g.table(it)
		case *playbook.EntryList:
			g.list(it)
		case *playbook.TaskList:
			for range it.Tasks {
				g.task(&g.tasks[0])
				g.tasks = g.tasks[1:]
			}
		}
	}
}

// subhead goes on under a heading within the section. One that only names a role
// is no entry: the role's page is.
func (g *sectionGatherer) subhead(h *playbook.Subhead) {
	g.begin(KindSection, h.ID, h.Text)
	if g.kind == playbook.SellingTasks {
		role := g.site.RoleOf(h)
		g.idle = role != nil && (h.Text == role.Title || slices.Equal(cut(h.Text), cut(role.Title)))
	}
}

func (g *sectionGatherer) list(l *playbook.EntryList) {
	for _, it := range l.Items {
		if it.Prose != nil {
			g.say(it.Prose.Text)
		} else {
			g.entry(it.Entry, true)
		}
	}
}

// table gathers the rows. The heads that no row says stay with the heading
// above.
func (g *sectionGatherer) table(t *playbook.EntryTable) {
	if g.page == nil {
		return
	}
	field := 0
	for i, c := range t.Columns {
		if i != t.NameColumn {
			at := field
			field++
			if slices.ContainsFunc(t.Rows, func(e *playbook.Entry) bool { return e.Fields[at].Text != "" }) {
				continue
			}
		} else if c.ID == playbook.FieldName && oneWord(c.Label) {
			continue
		}
		g.say(c.Label)
	}
	for _, e := range t.Rows {
		if e.ID == "" {
			g.text.fragment(e.HTML)
			g.text.fields(e.Fields, false)
			continue
		}
		g.entry(e, false)
	}
}

func oneWord(text string) bool { return !strings.Contains(strings.TrimSpace(text), " ") }

// filled returns the texts that are not empty.
func filled(texts ...string) []string {
	return slices.DeleteFunc(texts, func(s string) bool { return s == "" })
}

// entry gathers an entry of a playbook, with or without labels that have no
// value. Those of the house stand on the pages of the index.
func (g *sectionGatherer) entry(e *playbook.Entry, labels bool) {
	if g.page != nil {
		g.named(e, e.ID, e.Name, labels)
	}
}

// houseEntry gathers an entry of the house under the name of its group.
func (g *gatherer) houseEntry(x *site.Index, group *site.Group) {
	w := sectionGatherer{gatherer: g, kind: x.Kind}
	w.named(group.House, group.ID, cmp.Or(group.House.Name, group.House.HTML.Text(), group.Name), true)
}

func (g *sectionGatherer) named(e *playbook.Entry, anchor, name string, labels bool) {
	it := item{kind: entryKind(g.kind), anchor: anchor, head: name}
	if e.Part != "" {
		it.kind = KindSection
	}
	if it.kind == KindMetric {
		it.role = g.measured(e)
	}
	g.bodies.line(e.Text)
	g.bodies.fields(e.Fields, labels)
	g.add(it)
}

// entryKind is what the entries of a section are found as.
func entryKind(k playbook.Kind) Kind {
	switch k {
	case playbook.Objections:
		return KindObjection
	case playbook.SupportProcesses:
		return KindProcess
	case playbook.Metrics, playbook.CustomerMetrics:
		return KindMetric
	case playbook.Assets:
		return KindAsset
	case playbook.Buyers:
		return KindBuyer
	}
	return KindSection
}

// measured returns the role that a metric measures: its role, else its owner
// where that is one.
func (g *sectionGatherer) measured(e *playbook.Entry) *site.Role {
	if g.kind != playbook.Metrics {
		return nil
	}
	for _, id := range []playbook.FieldID{playbook.FieldRole, playbook.FieldOwner} {
		if f := e.Field(id); f != nil && !f.Missing {
			if role := g.site.RoleNamed(f.Text); role != nil {
				return role
			}
		}
	}
	return nil
}

func (g *sectionGatherer) task(t *site.Task) {
	if t.Group != nil {
		g.bodies.line(t.Group.Text)
	}
	g.bodies.fragment(t.Notes)
	g.add(item{kind: KindTask, role: t.Role, anchor: t.ID, head: t.Text})
}
