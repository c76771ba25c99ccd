package render

import (
	"bytes"
	"cmp"
	"html/template"
	"slices"
	"strings"

	"plumb/generator/desk"
	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

// Desk is a page for the authors.
type Desk struct {
	// Name is overview, the name of a page of package desk, or file for the page on
	// one file.
	Name string
	// Lead says in a sentence what the page is for.
	Lead string
	// Day is the ISO date for which everything on the page holds.
	Day string
	// First are what to do before all else, Pages the pages of the desk, both on the
	// overview alone.
	First []Link
	Pages []DeskLink
	// None says what it means that nothing is to be done first.
	None string
	// Nav leads to the pages of the desk, as items of a list.
	Nav template.HTML
	// Calendar leads to the dates of the reviews; empty elsewhere.
	Calendar string
	Tables   []DeskTable
	// Compare sets two playbooks side by side, Same is what both have.
	Compare *Compare
	Same    template.HTML
	Pager   Pager
	// CSS and Script are addresses relative to the root; Words are those that the
	// script shows, Rules what it compares by: JSON objects, of that page alone.
	CSS, Script, Words, Rules string
}

// DeskLink leads to a page of the desk and says what it is for.
type DeskLink struct {
	Link
	About string
	// Count is how much there is to do, Unit says it in words.
	Count int
	Unit  string
}

// DeskTable is one table.
type DeskTable struct {
	// Name is of what the table is of, Title its heading.
	Name, Title string
	// CSV leads to all of the table in a file; empty for none.
	CSV string
	// Part says that the table goes on on other pages.
	Part bool
	// HTML is the table; empty where it has no row: then None says what that means.
	HTML template.HTML
	None string
}

const (
	deskHome     = desk.Dir + "/index.html"
	deskCompare  = desk.Dir + "/compare.html"
	deskCalendar = desk.Dir + "/reviews.ics"
	deskCSS      = "theme/desk.css"
	deskScript   = "theme/desk.js"
)

// DeskPart returns the part of the desk that makes a file of the output: the name
// of a page, “overview”, or for a page on one file its address; empty where the
// file is no part of it.
func DeskPart(path string) string {
	rest, ok := strings.CutPrefix(path, desk.Dir+"/")
	switch {
	case !ok:
		return ""
	case path == deskHome:
		return "overview"
	case strings.HasPrefix(path, desk.ReadingDir):
		return path
	}
	if strings.HasPrefix(path, deskKeysDir) {
		return "compare"
	}
	name, _, _ := strings.Cut(rest, ".")
	if name = cmp.Or(deskTables[name], name); slices.Contains(desk.Names(), name) {
		return name
	}
	return ""
}

// deskTables are the pages that tables of other names stand on.
var deskTables = map[string]string{
	"rules": "findings", "silenced": "findings", "findings-by-owner": "owners", "holes": "coverage", "staff": "coverage",
	"reviews-by-owner": "reviews", "pairs": "compare",
}

// DeskOverview returns the page that leads to the others.
func (r *Renderer) DeskOverview(d *desk.Desk) []Page {
	return []Page{{Path: deskHome, Layout: "desk", view: func() View { return r.deskOverview(d) }}}
}

// DeskPages returns the pages of a page of the desk with the files of its tables.
func (r *Renderer) DeskPages(d *desk.Desk, p *desk.Page) []Page {
	pages := r.deskPages(desk.Dir+"/"+p.Name+".html", p)
	for _, t := range p.Tables {
		pages = append(pages, Page{Path: desk.Dir + "/" + t.Name + ".csv", data: func(dst *bytes.Buffer) { r.deskCSV(dst, t) }})
	}
	switch p.Name {
	case "reviews":
		pages = append(pages, Page{Path: deskCalendar, data: func(dst *bytes.Buffer) { dst.Write(d.AppendCalendar(nil, r.deskDates())) }})
	case "compare":
		pages = append(pages, r.deskKeys()...)
	}
	return pages
}

// DeskFile returns the page on one file; its tables have no files of their own.
func (r *Renderer) DeskFile(address string, p func() *desk.Page) Page {
	return Page{Path: address, Layout: "desk", view: func() View { return r.deskView(address, p(), 1, 1) }}
}

// DeskFault says what is wrong with the layout of these pages: it makes one with
// an empty table, which costs nothing, before what they say is known.
func (r *Renderer) DeskFault() []diag.Diagnostic {
	p := &desk.Page{Name: "reading", Tables: []*desk.Table{{Name: "reading", Len: 0}}}
	return r.Render(new(bytes.Buffer), Page{Path: deskHome, Layout: "desk", view: func() View { return r.deskView(deskHome, p, 1, 1) }})
}

func (r *Renderer) deskPages(url string, p *desk.Page) (pages []Page) {
	count := p.Pages()
	for n := 1; n <= count; n++ {
		pages = append(pages, Page{Path: site.PageURL(url, n), Layout: "desk", view: func() View { return r.deskView(url, p, n, count) }})
	}
	return pages
}

// deskFrame is what all pages of the desk have.
func (r *Renderer) deskFrame(at, name string) *Desk {
	return &Desk{Name: name, Day: isoDate(r.site.AsOf), CSS: deskCSS, Script: deskScript}
}

func (r *Renderer) deskNav(at, current string) template.HTML {
	links := []Link{{Href: href(at, deskHome), Text: r.theme.Text("desk"), Current: current == "overview"}}
	for _, name := range desk.Names() {
		links = append(links, Link{Href: href(at, desk.Dir+"/"+name+".html"), Text: r.theme.Text("desk.page." + name), Current: name == current})
	}
	return Items("", links)
}

func (r *Renderer) deskView(url string, p *desk.Page, n, pages int) View {
	at := site.PageURL(url, n)
	v := r.deskFrame(at, p.Name)
	v.Pager = r.pager(url, n, pages)
	title := p.Title
	if title == "" {
		title = r.theme.Text("desk.page." + p.Name)
		v.Lead = r.theme.Text("desk.about." + p.Name)
	}
	if p.Name != "file" { // there are as many as playbooks, and their path leads back
		v.Nav = r.deskNav(at, p.Name)
	}
	for _, t := range p.Tables {
		if n == 1 || t.Len > (n-1)*site.RowsPerPage {
			v.Tables = append(v.Tables, r.deskTable(at, t, n, p.Title != ""))
		}
	}
	crumbs := []Link{r.home(at), {Href: href(at, deskHome), Text: r.theme.Text("desk")}}
	switch p.Name {
	case "reviews":
		v.Calendar = href(at, deskCalendar)
	case "file":
		crumbs = append(crumbs, Link{Href: href(at, desk.Dir+"/reading.html"), Text: r.theme.Text("desk.page.reading")})
	case "compare":
		if n == 1 {
			v.Compare, v.Same = r.deskComparison(at, p.Beside)
			v.Words, v.Rules = r.deskWords(p.Beside), r.deskRules(p.Beside)
		}
	}
	return View{Title: part(title, n), NoIndex: true, Description: r.site.Config.Title + ": " + title, Crumbs: crumbs, Desk: v}
}

func (r *Renderer) deskOverview(d *desk.Desk) View {
	v := r.deskFrame(deskHome, "overview")
	v.Lead = r.theme.Text("desk.lead")
	counts := map[string]int{}
	for _, name := range desk.Names() {
		counts[name] = d.Count(name)
		v.Pages = append(v.Pages, DeskLink{
			Link:  Link{Href: name + ".html", Text: r.theme.Text("desk.page." + name)},
			About: r.theme.Text("desk.about." + name), Count: counts[name], Unit: r.theme.Text("desk.count."+name, counts[name]),
		})
	}
	if n := diag.Count(d.Findings, diag.Error); n > 0 {
		v.First = append(v.First, Link{Href: "findings.html", Text: r.theme.Text("desk.count.errors", n)})
	}
	for _, name := range []string{"roles", "compare", "reviews", "coverage", "completeness", "metrics", "processes", "initiatives"} {
		if n := counts[name]; n > 0 {
			v.First = append(v.First, Link{Href: name + ".html", Text: r.theme.Text("desk.count."+name, n)})
		}
	}
	v.None = r.theme.Text("desk.first.none")
	if len(r.site.Playbooks) == 0 {
		v.None = r.theme.Text("desk.none.playbooks")
	}
	title := r.theme.Text("desk")
	return View{Title: title, NoIndex: true, Description: r.site.Config.Title + ": " + title, Crumbs: []Link{r.home(deskHome)}, Desk: v}
}

// deskDates are the words of the calendar.
func (r *Renderer) deskDates() desk.Words {
	return desk.Words{
		Name: r.site.Config.Title, Program: r.chrome.Generator,
		Review: func(title string) string { return r.theme.Text("desk.review", title) },
	}
}

// ---- tables

// deskTable writes the rows of a table that stand on a page.
func (r *Renderer) deskTable(at string, t *desk.Table, n int, alone bool) DeskTable {
	out := DeskTable{Name: t.Name, Title: r.theme.Text("desk.table." + t.Name), Part: !t.Whole && t.Len > site.RowsPerPage}
	if !alone {
		out.CSV = href(at, desk.Dir+"/"+t.Name+".csv")
	}
	none := cmp.Or(deskNone[t.Name], "desk.nothing")
	if len(r.site.Playbooks) == 0 && deskNone[t.Name] != "" {
		none = "desk.none.playbooks"
	}
	out.None = r.theme.Text(none)
	from, to := (n-1)*site.RowsPerPage, min(n*site.RowsPerPage, t.Len)
	if t.Whole {
		from, to = 0, t.Len
	}
	if from < to {
		b := deskBody{body: r.newBody(at, nil, 2), table: t, heads: r.deskHeads(t)}
		b.write(from, to)
		out.HTML = b.html()
	}
	return out
}

// deskNone are the words for tables of which it is good that they are empty, or of
// which something can be done about it.
var deskNone = map[string]string{
	"findings": "desk.none.findings", "findings-by-owner": "desk.none.findings", "rules": "desk.none.rules", "owners": "desk.none.owners",
	"silenced": "desk.none.silenced", "holes": "desk.none.holes", "pairs": "desk.none.pairs", "initiatives": "desk.none.initiatives",
	"coverage": "desk.none.playbooks", "staff": "desk.none.playbooks", "reviews": "desk.none.playbooks", "reviews-by-owner": "desk.none.playbooks", "completeness": "desk.none.playbooks",
}

func (r *Renderer) deskHeads(t *desk.Table) []string {
	out := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		out[i] = r.theme.Text(cmp.Or(c.Word, "desk.col."+c.ID))
	}
	return out
}

// deskBody writes a table.
type deskBody struct {
	*body
	table *desk.Table
	heads []string
}

func (b *deskBody) write(from, to int) {
	b.raw(`<table class="desk-table"`)
	b.attr("data-path", b.table.Path)
	b.raw(`><thead><tr>`)
	for i, c := range b.table.Columns {
		b.raw(`<th scope="col"`)
		b.attr("data-col", c.ID)
		b.number(c)
		b.raw(">")
		b.text(b.heads[i])
		if c.Core {
			b.raw(` <span class="core">`)
			b.text(b.r.theme.Text("desk.core"))
			b.raw("</span>")
		}
		b.raw("</th>")
	}
	b.raw("</tr></thead><tbody>")
	for i := from; i < to; i++ {
		b.row(b.table.Row(i))
	}
	b.raw("</tbody></table>")
}

func (b *deskBody) number(c desk.Column) {
	if c.Number {
		b.raw(` class="n"`)
	}
}

// deskStyled are the columns whose cells a style sheet has to know.
var deskStyled = []string{"finding", "evidence", "by", "file", "line"}

// row writes a row. A cell says what its column is called, for where it is set
// below the others; there are too many of them to say anything twice.
func (b *deskBody) row(row desk.Row) {
	b.raw("<tr")
	b.attr("id", row.ID)
	if row.Odd {
		b.raw(` class="odd"`)
	}
	b.raw(">")
	for i, c := range row.Cells {
		col, tag := b.table.Columns[i], "td"
		if i == 0 && !b.table.Bare {
			tag = `th scope="row"`
		}
		b.raw("<", tag)
		if slices.Contains(deskStyled, col.ID) {
			b.attr("data-col", col.ID)
		}
		if i > 0 && !b.table.Bare && !c.IsEmpty() {
			b.attr("data-label", b.heads[i])
		}
		b.attr("data-sort", c.Rank)
		b.attr("data-state", c.State.String())
		b.number(col)
		b.raw(">")
		b.cell(c)
		b.raw("</", tag[:2], ">")
	}
	b.raw("</tr>")
}

func (b *deskBody) cell(c desk.Cell) {
	if len(c.Dots) > 0 {
		b.dots(c.Dots)
	}
	if c.State != desk.NoState && len(c.Items) == 0 {
		b.raw(`<span class="state">`)
		b.text(b.r.theme.Text("desk.state." + c.State.String()))
		b.raw("</span>")
	}
	for i, it := range c.Items {
		if i > 0 {
			b.raw("<br>")
		}
		b.item(it)
	}
	if c.More > 0 {
		b.raw(`<br><span class="count">`)
		b.text(b.r.theme.Text("desk.more", c.More))
		b.raw("</span>")
	}
}

// item writes a text, with what it leads to and what is to be known of it.
func (b *deskBody) item(it desk.Item) {
	foreign := string(other(it.Lang, b.r.chrome.Lang))
	if it.URL == "" && !it.Bad && it.At.Path == "" && foreign == "" {
		b.shown(it)
	} else {
		b.marked(it, foreign)
	}
	if it.Note != "" {
		b.raw(` <span class="note"`, string(other("en", b.r.chrome.Lang)), ">")
		b.text(it.Note)
		b.raw("</span>")
	}
}

// marked writes a text in an element of its own.
func (b *deskBody) marked(it desk.Item, foreign string) {
	tag := "span"
	if it.URL != "" {
		tag = "a"
	}
	b.raw("<", tag)
	if it.URL != "" {
		to := href(b.at, it.URL) + it.Query
		if it.Anchor != "" {
			to += "#" + escapeAnchor(it.Anchor)
		}
		b.attr("href", to)
	}
	if it.Bad {
		b.raw(` class="bad"`)
	}
	b.raw(foreign)
	if it.At.Path != "" {
		if it.At.Path != b.table.Path {
			b.attr("data-path", it.At.Path)
		}
		b.attr("data-line", itoa(it.At.Line))
	}
	b.raw(">")
	b.shown(it)
	b.raw("</", tag, ">")
}

func (b *deskBody) shown(it desk.Item) {
	if it.Date {
		b.raw(`<time`)
		b.attr("datetime", it.Text)
		b.raw(">")
		b.text(b.r.theme.Date(it.Text))
		b.raw("</time>")
		return
	}
	b.text(b.r.deskText(it))
}

// deskText is what an item says.
func (r *Renderer) deskText(it desk.Item) string {
	if it.Word != "" {
		return r.theme.Text(it.Word, it.Args...)
	}
	return it.Text
}

// dots draws places on the line, with the stretch between the first and the last.
func (b *deskBody) dots(at []playbook.Position) {
	class, radius := "across", "4"
	if len(at) > crowd {
		class, radius = "across crowd", "2.5"
	}
	b.raw(`<svg class="`, class, `" width="100%" height="13" aria-hidden="true"><line x1="`, itoa(int(at[0])), `%" x2="`, itoa(int(at[len(at)-1])), `%" y1="6.5" y2="6.5"/>`)
	for _, p := range at {
		b.raw(`<circle`)
		b.attr("data-stop", b.r.position(p).Stop)
		b.raw(` cx="`, itoa(int(p)), `%" cy="6.5" r="`, radius, `"/>`)
	}
	b.raw(`</svg><span class="places">`)
	for i, p := range at {
		switch {
		case len(at) <= maxPlaces || i == 0:
		case i == maxPlaces/2:
			b.raw(" …")
			continue
		case i > maxPlaces/2 && i < len(at)-maxPlaces/2:
			continue
		}
		if i > 0 {
			b.raw(" · ")
		}
		b.raw(itoa(int(p)))
	}
	b.raw("</span>")
}

const (
	// maxPlaces is how many places on the line are said in words: those of both ends.
	maxPlaces = 8
	// crowd is from how many places on dots would hide one another.
	crowd = 20
)

// deskCSV writes all of a table.
func (r *Renderer) deskCSV(dst *bytes.Buffer, t *desk.Table) {
	dst.WriteString(desk.Mark)
	record := desk.AppendCSV(nil, r.deskHeads(t)...)
	dst.Write(record)
	fields := make([]string, len(t.Columns))
	for i := range t.Len {
		for j, c := range t.Row(i).Cells {
			fields[j] = r.deskField(c)
		}
		record = desk.AppendCSV(record[:0], fields...)
		dst.Write(record)
	}
}

// deskField is what a cell says, in one line.
func (r *Renderer) deskField(c desk.Cell) string {
	var parts []string
	for _, p := range c.Dots {
		parts = append(parts, itoa(int(p)))
	}
	if c.State != desk.NoState && len(c.Items) == 0 {
		parts = append(parts, r.theme.Text("desk.state."+c.State.String()))
	}
	for _, it := range c.Items {
		s := r.deskText(it)
		if it.Note != "" {
			s += " — " + it.Note
		}
		if s != "" {
			parts = append(parts, s)
		}
	}
	if c.More > 0 {
		parts = append(parts, r.theme.Text("desk.more", c.More))
	}
	return strings.Join(strings.Fields(strings.Join(parts, "; ")), " ")
}
