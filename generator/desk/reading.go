package desk

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"plumb/generator/diag"
	"plumb/generator/playbook"
)

// ReadingDir is the folder of the pages on single files.
const ReadingDir = Dir + "/reading/"

// Files are the texts of the site by their paths, with the address of the page on
// what was understood of each. Texts whose names not every file system tells apart
// get a number.
func (d *Desk) Files() (paths []string, addresses map[string]string) {
	for p := range d.Site.Sources() {
		paths = append(paths, p.File.Path)
	}
	paths = append(paths, d.Broken...)
	slices.Sort(paths)
	paths = slices.Compact(paths)
	addresses = make(map[string]string, len(paths))
	taken := make(map[string]bool, len(paths))
	for _, p := range paths {
		stem := ReadingDir + strings.TrimSuffix(p, ".md")
		address := stem + ".html"
		for n := 2; taken[folding(address)]; n++ {
			address = stem + "~" + itoa(n) + ".html"
		}
		taken[folding(address)], addresses[p] = true, address
	}
	return paths, addresses
}

// folding maps names that a file system may take for one to one of them.
func folding(s string) string {
	return norm.NFC.String(strings.ToLower(strings.ToUpper(norm.NFC.String(s))))
}

// reading is the list of files.
func (d *Desk) reading() *Page {
	paths, addresses := d.Files()
	found := make(map[string]int, len(paths))
	for _, f := range d.Findings {
		found[f.Path]++
	}
	return &Page{Name: "reading", Count: len(paths), Tables: []*Table{
		table("reading", paths, columns("file", "page", "as", "sections#", "tasks#", "prose#", "findings#"), func(path string) Row {
			row := Row{Cells: []Cell{{Items: []Item{{Text: path, URL: addresses[path]}}}}}
			row.Cells = append(row.Cells, d.understood(path)...)
			row.Odd = d.Site.Page(path) == nil
			row.Cells = append(row.Cells, number(found[path]))
			return row
		}),
	}}
}

// understood is what a file was taken for, and how much was.
func (d *Desk) understood(path string) []Cell {
	p := d.Site.Page(path)
	if p == nil {
		return []Cell{{}, {Items: []Item{{Word: "desk.as.broken", Bad: true}}}, {}, {}, {}}
	}
	as := word("desk.as.page")
	if p.IsPlaybook() {
		as = word("desk.as.playbook")
	}
	tasks := 0
	if s := p.Section(playbook.SellingTasks); s != nil {
		tasks = len(s.Tasks())
	}
	return []Cell{{Items: []Item{paged(p)}}, as, number(len(p.Sections)), number(tasks), number(len(strings.Fields(p.RestText)))}
}

// Line is one construct of a file and what it was taken for.
type Line struct {
	Line, Column        int
	Construct, Text, As string
	Columns             []string
}

// Part is a section that was found in a file.
type Part struct {
	// Kind is the id of the section's kind.
	Kind      string
	Headings  []string
	Statement string
	// Entries, Tasks and Fields are how many there are, Prose how many texts were
	// left as they stand.
	Entries, Tasks, Fields, Prose int
}

// File is what was understood of one file.
type File struct {
	Path, Title string
	Lines       []Line
	Parts       []Part
	Findings    []diag.Diagnostic
}

// Reading is the page on a file.
func (d *Desk) Reading(f File) *Page {
	found := make([]*diag.Diagnostic, len(f.Findings))
	for i := range f.Findings {
		found[i] = &f.Findings[i]
	}
	places := d.finder(f.Path).prepare()
	p := &Page{Name: "file", Title: f.Path, Count: len(f.Findings), Tables: []*Table{
		inside(d.list("findings", found, nil), f.Path),
		table("parts", f.Parts, columns("section", "headings", "statement", "entries#", "tasks#", "fields#", "prose#"), part),
		{Name: "lines", Bare: true, Path: f.Path, Columns: columns("row#", "construct", "text", "as"), Len: len(f.Lines), Row: liner(places, f)},
	}}
	for _, t := range p.Tables {
		t.Whole = true
	}
	return p
}

// inside says the places of a table that are in a file by their lines alone.
func inside(t *Table, path string) *Table {
	t.Path = path
	row := t.Row
	t.Row = func(i int) Row {
		r := row(i)
		for _, c := range r.Cells {
			for j := range c.Items {
				if it := &c.Items[j]; it.At.Path == path && it.At.Line > 0 {
					it.Word, it.Args = "desk.line", []any{it.At.Line}
				}
			}
		}
		return r
	}
	return t
}

func part(p Part) Row {
	return Row{Cells: []Cell{
		word("section." + p.Kind), list(p.Headings, func(s string) Item { return Item{Text: s} }), text(p.Statement),
		some(p.Entries), some(p.Tasks), some(p.Fields), some(p.Prose),
	}}
}

// liner makes the rows of a file's constructs. A place is led to once: what stands
// below it is found there too.
func liner(places *finder, f File) func(int) Row {
	anchor := func(i int) string { return places.at(diag.Pos{Path: f.Path, Line: f.Lines[i].Line}).Anchor }
	return func(i int) Row {
		l := f.Lines[i]
		at := places.at(diag.Pos{Path: f.Path, Line: l.Line, Column: l.Column})
		at.Text = itoa(l.Line)
		if i > 0 && at.Anchor == anchor(i-1) {
			at.URL, at.Anchor = "", ""
		}
		as := l.As
		if len(l.Columns) > 0 {
			as += ": " + strings.Join(l.Columns, ", ")
		}
		return Row{Cells: []Cell{{Items: []Item{at}}, {Items: []Item{{Text: l.Construct, Lang: "en"}}}, text(l.Text), {Items: []Item{{Text: as, Lang: "en"}}}}}
	}
}

// escapeURL is a path of the output within an address.
func escapeURL(p string) string {
	return strings.ReplaceAll((&url.URL{Path: p}).EscapedPath(), "+", "%2B")
}
