package playbook

import (
	"slices"
	"strings"

	"plumb/generator/markdown"
)

// table decodes a table that stands in a section of entries: its rows are
// entries, or its columns where it lies on its side.
func (p *partReader) table(t *markdown.Table) {
	as := "entries of " + p.kind.String()
	if p.onItsSide(t) {
		t = transpose(t)
		as += ", lying on its side"
	}
	out := p.entryTable(t)
	p.noteTable(t, as, out.Columns)
	p.add(out)
}

// columns reads the heads. A field stands once: of two heads for one field the
// one that is its very name counts, else the first, and the other stays
// unknown. Where no head is the name's, the first unknown column is, else the
// first one.
func (p *partReader) columns(t *markdown.Table) []Column {
	out := make([]Column, len(t.Head))
	seen := map[FieldID]bool{}
	for i, c := range t.Head {
		label := strings.TrimSpace(markdown.InlineText(c.Text))
		out[i] = Column{Tag: Tag{Label: label}, HTML: p.inlineHTML(c.Text), Align: t.Align[i]}
		out[i].take(seen)(p.words.exactField(p.kind, label))
	}
	for i := range out {
		if out[i].ID == "" {
			out[i].take(seen)(p.words.field(p.kind, out[i].Label))
		}
	}
	if !seen[FieldName] {
		at := max(0, slices.IndexFunc(out, func(c Column) bool { return c.ID == "" }))
		out[at].ID = FieldName
	}
	return out
}

// take returns a function that gives the column a field which no other has.
func (c *Column) take(seen map[FieldID]bool) func(FieldID, bool) {
	return func(id FieldID, ok bool) {
		if ok && !seen[id] {
			c.ID, seen[id] = id, true
		}
	}
}

func (p *partReader) entryTable(t *markdown.Table) *EntryTable {
	out := &EntryTable{Columns: p.columns(t)}
	out.NameColumn = slices.IndexFunc(out.Columns, func(c Column) bool { return c.ID == FieldName })
	rows := joinRows(t.Rows, out.NameColumn)
	entries, fields := make([]Entry, len(rows)), make([]Field, 0, len(rows)*(len(t.Head)-1))
	out.Rows = make([]*Entry, len(rows))
	for i, row := range rows {
		out.Rows[i] = &entries[i]
		before := len(fields)
		fields = p.row(&entries[i], out, row, fields)
		entries[i].Fields = fields[before:len(fields):len(fields)]
		p.values(&entries[i])
	}
	return out
}

// joinRows adds a row whose name is empty to the row above, cell by cell.
func joinRows(rows [][]markdown.Cell, name int) [][]markdown.Cell {
	var out [][]markdown.Cell
	own := false // the last row is a copy already
	for _, row := range rows {
		if len(out) == 0 || !emptyCell(row[name]) {
			out, own = append(out, row), false
			continue
		}
		if !own {
			out[len(out)-1], own = copyRow(out[len(out)-1]), true
		}
		joinRow(out[len(out)-1], row)
	}
	return out
}

func copyRow(row []markdown.Cell) []markdown.Cell {
	out := slices.Clone(row)
	for i := range out {
		out[i].Text = slices.Clone(out[i].Text)
	}
	return out
}

func joinRow(above, row []markdown.Cell) {
	for i, c := range row {
		if emptyCell(c) {
			continue
		}
		if !emptyCell(above[i]) {
			above[i].Text = append(above[i].Text, &markdown.Break{Hard: true})
		}
		above[i].Text = append(above[i].Text, c.Text...)
	}
}

// emptyCell reports whether a cell shows nothing. The text of a long cell is
// not put together for it.
func emptyCell(c markdown.Cell) bool {
	for i, n := range c.Text {
		switch n := n.(type) {
		case *markdown.Image:
			return false
		case *markdown.Link:
			if n.Footnote {
				return false
			}
		}
		if strings.TrimSpace(markdown.InlineText(c.Text[i:i+1])) != "" {
			return false
		}
	}
	return true
}

// row reads a row as an entry, and adds its fields to those of the rows above.
func (p *partReader) row(e *Entry, t *EntryTable, row []markdown.Cell, fields []Field) []Field {
	name := row[t.NameColumn]
	text := strings.TrimSpace(markdown.InlineText(name.Text))
	if p.words.isMissing(text) {
		text = "" // it is shown, and is the name of nothing
	}
	*e = Entry{
		Name: text, HTML: p.inlineHTML(name.Text), Traits: noTraits,
		Link: firstLink(name.Text), Span: name.At,
	}
	if e.Name != "" {
		e.Key, e.ID = Normalize(e.Name), p.uniqueID(p.kind.String(), e.Name)
	}
	for i, c := range row {
		if i != t.NameColumn {
			fields = append(fields, p.field(&t.Columns[i].Tag, rawField{at: c.At, value: c.Text}))
		}
	}
	return fields
}

// onItsSide reports whether the labels stand in the first column and every
// other column is an entry: the first head and most of the cells below it are
// known labels, and no other head is.
func (p *partReader) onItsSide(t *markdown.Table) bool {
	if len(t.Head) < 2 || len(t.Rows) == 0 || !p.isLabel(t.Head[0]) {
		return false
	}
	for _, c := range t.Head[1:] {
		if p.isLabel(c) {
			return false
		}
	}
	return p.labelsBelow(t)*3 >= len(t.Rows)*2
}

func (p *partReader) isLabel(c markdown.Cell) bool {
	_, ok := p.words.field(p.kind, cutColon(strings.TrimSpace(markdown.InlineText(c.Text))))
	return ok
}

// labelsBelow counts the known labels in the first column.
func (p *partReader) labelsBelow(t *markdown.Table) int {
	n := 0
	for _, row := range t.Rows {
		if p.isLabel(row[0]) {
			n++
		}
	}
	return n
}

// transpose turns a table by its diagonal; the first column becomes the head.
func transpose(t *markdown.Table) *markdown.Table {
	all := append([][]markdown.Cell{t.Head}, t.Rows...)
	out := &markdown.Table{At: t.At, Align: make([]markdown.Align, len(all))}
	for column := range t.Head {
		row := make([]markdown.Cell, len(all))
		for i, r := range all {
			row[i] = r[column]
		}
		if column == 0 {
			out.Head = row
		} else {
			out.Rows = append(out.Rows, row)
		}
	}
	return out
}

// labelRows reads a table of two columns whose first one holds labels, its
// head included or not, as fields of one thing.
func (p *partReader) labelRows(t *markdown.Table) ([]rawField, bool) {
	if len(t.Head) != 2 || len(t.Rows) == 0 || p.isLabel(t.Head[1]) || p.labelsBelow(t)*3 < len(t.Rows)*2 {
		return nil, false
	}
	rows := t.Rows
	if !emptyHead(t) {
		rows = append([][]markdown.Cell{t.Head}, rows...)
	}
	var raw []rawField
	for _, row := range rows {
		label := cutColon(strings.TrimSpace(markdown.InlineText(row[0].Text)))
		if len(linksOf(row[0].Text)) > 0 {
			return nil, false // a label is plain: the link would be lost
		}
		if label == "" && len(raw) > 0 {
			last := &raw[len(raw)-1]
			last.value = append(append(last.value, &markdown.Break{Hard: true}), row[1].Text...)
			continue
		}
		id, _ := p.words.field(p.kind, label)
		raw = append(raw, rawField{id: id, label: label, at: row[0].At, value: slices.Clone(row[1].Text)})
	}
	return raw, true
}

func emptyHead(t *markdown.Table) bool {
	return !slices.ContainsFunc(t.Head, func(c markdown.Cell) bool { return !emptyCell(c) })
}
