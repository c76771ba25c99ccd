// Package desk is what the authors of a site look at before its readers do: where
// the line is not covered, what was found, who sells on both sides of it, what is
// due for review, what is thin, defined twice, called on by nobody, copied.
//
// A [Page] is one or more tables, and all of it is plain values: words of the
// theme by their keys, texts of the authors, places in files, addresses in the
// output. Whoever shows a page writes its tables as HTML and as CSV (see
// [AppendCSV]); none of it is stored, rows are made when they are asked for.
package desk

import (
	"net/mail"
	"slices"
	"strings"
	"sync"

	"plumb/generator/align"
	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

// Dir is the folder of the output that holds the desk.
const Dir = "desk"

// Input is what the desk is about.
type Input struct {
	Site *site.Site
	// Findings are all of the build, sorted; Silenced are those that the authors
	// allow.
	Findings []diag.Diagnostic
	Silenced []align.Silenced
	// Broken are the paths of the texts that make no page because of an error.
	Broken []string
}

// Page is one page of the desk, desk/<name>.html; where a table has more than
// [site.RowsPerPage] rows, it goes on on further ones.
type Page struct {
	Name string
	// Title is what the page is called where the theme has no name for it.
	Title string
	// Count is how much there is to do, in the unit of the page's own words.
	Count  int
	Tables []*Table
	// Beside says what two playbooks both have; nil but on the page that sets them
	// side by side.
	Beside *Beside
}

// Pages returns how many pages of the output the page takes.
func (p *Page) Pages() int {
	n := 1
	for _, t := range p.Tables {
		if !t.Whole {
			n = max(n, (t.Len+site.RowsPerPage-1)/site.RowsPerPage)
		}
	}
	return n
}

// Table is a list to sort, to print and to take away.
type Table struct {
	// Name is that of the file desk/<name>.csv and of the theme's words for the
	// table; empty for a table that is shown only.
	Name string
	// Whole tables are shown in one piece, Bare ones without what names rows and
	// cells to those who do not see the columns.
	Whole, Bare bool
	// Path is the file of which the places in the table are; empty where there are
	// several.
	Path    string
	Columns []Column
	Len     int
	// Row returns a row, counted from 0.
	Row func(i int) Row
}

// Column is the head of a column.
type Column struct {
	// ID is the end of the key of its word, desk.col.<id>, and the name by which a
	// style sheet knows it; Word is another key.
	ID, Word string
	// Number columns are set to the right.
	Number bool
	// Core marks a section that no playbook should be without.
	Core bool
}

// Row is a line of a table.
type Row struct {
	// ID is an anchor; empty for none.
	ID string
	// Odd rows want to be looked at.
	Odd   bool
	Cells []Cell
}

// Cell is what a row has in a column: its items, one below the other.
type Cell struct {
	Items []Item
	// Rank is what the column is sorted by, where its text does not say so.
	Rank string
	// State says how well a thing is told.
	State State
	// Dots are places on the line, from less to more, each once.
	Dots []playbook.Position
	// More is how many items are left out.
	More int
}

// IsEmpty reports whether a cell says nothing.
func (c *Cell) IsEmpty() bool { return len(c.Items)+len(c.Dots)+c.More == 0 && c.State == NoState }

// Item is a text, or a word of the theme's; perhaps with an address.
type Item struct {
	Text string
	// Word is the key of a word that stands in place of the text; Args fill its
	// placeholders.
	Word string
	Args []any
	// Lang is the language of the text where it is an author's, else empty.
	Lang string
	// Note stands behind the text and is no part of what leads: words of the check,
	// in English.
	Note string
	// URL is an address in the output and Query what stands behind it; empty for
	// none.
	URL, Query, Anchor string
	// At is a place in a source; its path is empty where there is none.
	At diag.Pos
	// Date says that the text is an ISO date.
	Date bool
	// Bad is something to mend.
	Bad bool
}

// State is how well something is told.
type State uint8

const (
	// NoState is for cells that are about something else.
	NoState State = iota
	Missing
	// Promised is a section that says nothing yet (“TBD”).
	Promised
	Thin
	Full
)

// String returns the end of the key of its word.
func (s State) String() string { return [...]string{"", "missing", "tbd", "thin", "full"}[s] }

// Desk makes the pages. It may be used by several goroutines at once.
type Desk struct {
	Input
	told told
	// finders are those of the files that findings stand in, by path.
	finders sync.Map
}

// New returns the desk of a site. It costs next to nothing; each page costs time
// in proportion to the site.
func New(in Input) *Desk { return &Desk{Input: in, told: tell(in.Findings)} }

// Names are the pages behind the overview, in the order in which it lists them.
func Names() []string {
	return []string{"findings", "owners", "coverage", "roles", "reviews", "completeness", "metrics", "processes", "initiatives", "compare", "reading"}
}

// Page returns a page by its name; nil where there is none.
func (d *Desk) Page(name string) *Page {
	pages := map[string]func() *Page{
		"findings": d.findings, "owners": d.owners, "coverage": d.coverage, "roles": d.roles, "reviews": d.reviews, "completeness": d.completeness,
		"metrics": d.metrics, "processes": d.processes, "initiatives": d.initiatives, "compare": d.compare, "reading": d.reading,
	}
	if pages[name] == nil {
		return nil
	}
	return pages[name]()
}

// ---- cells

func text(s string) Cell { return Cell{Items: []Item{{Text: s}}} }

func number(n int) Cell { return text(itoa(n)) }

// some is a count that is not worth a word where there is none.
func some(n int) Cell {
	if n == 0 {
		return Cell{}
	}
	return number(n)
}

func word(key string, args ...any) Cell { return Cell{Items: []Item{{Word: key, Args: args}}} }

// lacking is a part that is not there; it is bad where a rule says so.
func lacking(bad bool) Cell {
	return Cell{Items: []Item{{Word: "desk.missing", Bad: bad}}, State: Missing}
}

func date(iso string) Cell { return Cell{Items: []Item{{Text: iso, Date: iso != ""}}, Rank: iso} }

// titled leads to a playbook.
func titled(p *site.Playbook) Item { return paged(&p.Page) }

func paged(p *site.Page) Item {
	it := Item{Text: p.Title, Lang: p.Meta.Lang}
	if !p.Homeless {
		it.URL = p.URL
	}
	return it
}

func place(p *site.Playbook) Cell { return number(int(p.Position)) }

// few is how many items of a list a cell shows.
const few = 5

// list is a cell of the first items of a list.
func list[T any](all []T, item func(T) Item) Cell {
	c := Cell{More: max(0, len(all)-few)}
	for _, x := range all[:len(all)-c.More] {
		c.Items = append(c.Items, item(x))
	}
	return c
}

// owner is the name in an owner that may hold an address as well.
func owner(p *site.Page) string {
	s := strings.TrimSpace(p.Meta.Owner.Text)
	if a, err := mail.ParseAddress(s); err == nil {
		if a.Name != "" {
			return a.Name
		}
		return a.Address
	}
	return s
}

// owned is an owner's cell; having none is worth a word.
func owned(name string) Cell {
	if name == "" {
		return Cell{Items: []Item{{Word: "desk.nobody", Bad: true}}}
	}
	return text(name)
}

func columns(ids ...string) (out []Column) {
	for _, id := range ids {
		name, isNumber := strings.CutSuffix(id, "#")
		out = append(out, Column{ID: name, Number: isNumber})
	}
	return out
}

// table makes a table of a list.
func table[T any](name string, all []T, columns []Column, row func(T) Row) *Table {
	return &Table{Name: name, Columns: columns, Len: len(all), Row: func(i int) Row { return row(all[i]) }}
}

// ordered returns the keys of a map by how they are to be listed.
func ordered[K comparable, V any](m map[K]V, compare func(a, b K) int) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compare)
	return keys
}
