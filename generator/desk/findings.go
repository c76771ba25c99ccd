package desk

import (
	"cmp"
	"slices"
	"strings"

	"plumb/generator/align"
	"plumb/generator/diag"
	"plumb/generator/site"
)

// tally is how much was found of one kind or of one owner's.
type tally struct {
	name  string
	count [diag.Error + 1]int
	worst diag.Severity
	// first is the row of its first finding in the list below.
	first int
}

func (t *tally) total() int { return t.count[diag.Note] + t.count[diag.Warning] + t.count[diag.Error] }

// tallies counts sorted findings by a name, in their order.
func tallies(list []*diag.Diagnostic, name func(*diag.Diagnostic) string) (out []*tally) {
	for i, f := range list {
		n := name(f)
		if len(out) == 0 || out[len(out)-1].name != n {
			out = append(out, &tally{name: n, first: i})
		}
		last := out[len(out)-1]
		last.count[f.Severity]++
		last.worst = max(last.worst, f.Severity)
	}
	return out
}

// sortedBy returns the findings by a name; those with one name stay by place.
func (d *Desk) sortedBy(compare func(a, b *diag.Diagnostic) int) []*diag.Diagnostic {
	out := make([]*diag.Diagnostic, len(d.Findings))
	for i := range d.Findings {
		out[i] = &d.Findings[i]
	}
	slices.SortStableFunc(out, compare)
	return out
}

// findings lists what was found by rule: the worst first.
func (d *Desk) findings() *Page {
	worst := map[diag.Code]diag.Severity{}
	for _, f := range d.Findings {
		worst[f.Code] = max(worst[f.Code], f.Severity)
	}
	all := d.sortedBy(func(a, b *diag.Diagnostic) int {
		return cmp.Or(cmp.Compare(worst[b.Code], worst[a.Code]), strings.Compare(string(a.Code), string(b.Code)), cmp.Compare(b.Severity, a.Severity))
	})
	rules := tallies(all, func(f *diag.Diagnostic) string { return string(f.Code) })
	return &Page{Name: "findings", Count: len(all), Tables: []*Table{
		table("rules", rules, columns("rule", "severity", "says", "count#"), func(t *tally) Row {
			return Row{Cells: []Cell{leading("findings", t), severity(t.worst), {Items: []Item{{Text: ruleTitle(t.name), Lang: "en"}}}, number(t.total())}}
		}),
		d.list("findings", all, rules), d.silenced(),
	}}
}

// owners lists the same by owner.
func (d *Desk) owners() *Page {
	names := make(map[string]string, len(d.Findings)/2)
	name := func(f *diag.Diagnostic) string {
		n, ok := names[f.Path]
		if !ok {
			n = d.ownerOf(f.Path)
			names[f.Path] = n
		}
		return n
	}
	all := d.sortedBy(func(a, b *diag.Diagnostic) int {
		return cmp.Or(strings.Compare(name(a), name(b)), cmp.Compare(b.Severity, a.Severity))
	})
	people := tallies(all, name)
	return &Page{Name: "owners", Count: len(people), Tables: []*Table{
		table("owners", people, columns("owner", "errors#", "warnings#", "notes#"), func(t *tally) Row {
			return Row{Cells: []Cell{leading("owners", t), number(t.count[diag.Error]), number(t.count[diag.Warning]), number(t.count[diag.Note])}}
		}),
		d.list("findings-by-owner", all, people),
	}}
}

// ownerOf is who sees to a file.
func (d *Desk) ownerOf(path string) string {
	if p := d.Site.Page(path); p != nil {
		return owner(p)
	}
	return ""
}

// leading leads to the first finding of a tally on its page.
func leading(page string, t *tally) Cell {
	it := Item{Text: t.name, URL: site.PageURL(Dir+"/"+page+".html", t.first/site.RowsPerPage+1), Anchor: anchorOf(t)}
	if t.name == "" {
		it.Word = "desk.nobody"
	}
	return Cell{Items: []Item{it}}
}

func anchorOf(t *tally) string { return "f" + itoa(t.first) }

func severity(s diag.Severity) Cell {
	return Cell{Items: []Item{{Word: "desk.severity." + s.String(), Bad: s == diag.Error}}, Rank: itoa(int(diag.Error - s))}
}

// ruleTitle says in a line what a code is about.
func ruleTitle(code string) string {
	if e, ok := align.Explain(diag.Code(code)); ok {
		return e.Title
	}
	e, _ := diag.Explain(diag.Code(code))
	return e.Title
}

// list is the findings themselves; the first of each tally is an anchor.
func (d *Desk) list(name string, all []*diag.Diagnostic, groups []*tally) *Table {
	first := make(map[int]string, len(groups))
	for _, g := range groups {
		first[g.first] = anchorOf(g)
	}
	return &Table{Name: name, Columns: columns("rule", "severity", "finding", "evidence", "owner"), Len: len(all), Row: func(i int) Row {
		f := all[i]
		says := Cell{Items: []Item{{Text: f.Message, Lang: "en", Note: f.Hint}}}
		return Row{ID: first[i], Cells: []Cell{text(string(f.Code)), severity(f.Severity), says, d.evidence(f), owned(d.ownerOf(f.Path))}}
	}}
}

// silenced are the findings that the authors know of.
func (d *Desk) silenced() *Table {
	return table("silenced", d.Silenced, columns("rule", "finding", "evidence", "reason", "until", "by"), func(s align.Silenced) Row {
		return Row{Cells: []Cell{
			text(string(s.Code)), {Items: []Item{{Text: s.Message, Lang: "en"}}}, d.evidence(&s.Diagnostic), text(s.Reason), date(s.Until), {Items: []Item{d.at(s.By.Pos)}},
		}}
	})
}

// evidence is every place of a finding.
func (d *Desk) evidence(f *diag.Diagnostic) Cell {
	c := Cell{Items: []Item{d.at(f.Pos)}}
	for _, r := range f.Related {
		it := d.at(r.Pos)
		it.Note = r.Message
		c.Items = append(c.Items, it)
	}
	return c
}

// at is a place in a file, with the part of a page that is made of it.
func (d *Desk) at(pos diag.Pos) Item { return d.places(pos.Path).at(pos) }
