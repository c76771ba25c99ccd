package desk

import (
	"slices"
	"unicode/utf8"

	"plumb/generator/align"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

// shortText is how many characters of text alone are little for a section.
const shortText = 80

// completeness is which sections each playbook has.
func (d *Desk) completeness() *Page {
	core := align.Core()
	cols := columns("playbook", "position#")
	for _, k := range playbook.Kinds() {
		cols = append(cols, Column{ID: "section", Word: "section." + k.String(), Core: slices.Contains(core, k)})
	}
	return &Page{Name: "completeness", Count: d.Count("completeness"), Tables: []*Table{
		table("completeness", d.Site.Playbooks, cols, func(p *site.Playbook) Row {
			row := Row{Odd: d.told.in(p.File.Path, sectionMissing), Cells: []Cell{{Items: []Item{titled(p)}}, place(p)}}
			for _, k := range playbook.Kinds() {
				state := stateOf(p, k)
				row.Cells = append(row.Cells, Cell{State: state, Rank: itoa(int(state))})
			}
			return row
		}),
	}}
}

// stateOf is how well a playbook tells a section. It is thin if it says one thing
// alone, or in place of entries a sentence.
func stateOf(p *site.Playbook, k playbook.Kind) State {
	s := p.Section(k)
	if s == nil {
		return Missing
	}
	c := contents(s)
	switch {
	case c.things+c.characters == 0:
		return Promised
	case c.things >= 2 || k == playbook.ValueProposition && c.characters >= shortText || c.characters >= 3*shortText:
		return Full
	}
	return Thin
}

// content is how much a section says: how many things, and in how many characters
// of text.
type content struct{ things, characters int }

func contents(s *playbook.Section) (c content) {
	for _, part := range s.Parts {
		c.characters += utf8.RuneCountInString(part.StatementText)
		for _, it := range part.Items {
			c.add(it)
		}
	}
	return c
}

func (c *content) add(it playbook.Item) {
	switch it := it.(type) {
	case *playbook.Prose:
		c.characters += utf8.RuneCountInString(it.Text)
	case *playbook.FieldList:
		for i := range it.Fields {
			c.field(&it.Fields[i])
		}
	case *playbook.Entry:
		c.entry(it)
	case *playbook.EntryTable:
		for _, e := range it.Rows {
			c.entry(e)
		}
	case *playbook.EntryList:
		for _, li := range it.Items {
			if li.Entry != nil {
				c.entry(li.Entry)
			} else {
				c.things++
			}
		}
	case *playbook.TaskList:
		c.things += len(it.Tasks)
	}
}

func (c *content) field(f *playbook.Field) {
	if !f.Missing {
		c.things++
		c.characters += utf8.RuneCountInString(f.Text)
	}
}

func (c *content) entry(e *playbook.Entry) {
	if !e.Missing {
		c.things++
		c.characters += utf8.RuneCountInString(e.Text)
	}
}
