package generator

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// Inspection is what Plumb understood of one file.
type Inspection struct {
	Path     string             `json:"path"`
	Title    string             `json:"title"`
	Position *playbook.Position `json:"position,omitempty"`
	Segments []string           `json:"segments,omitempty"`
	URL      string             `json:"url,omitempty"`
	// Reading says what each heading, list and table was taken for.
	Reading  []ReadingLine `json:"reading"`
	Sections []SectionView `json:"sections,omitempty"`
	// Prose is the text that stands in no section.
	Prose string `json:"prose,omitempty"`
	// Places are where the headings, entries and tasks of the page come from.
	Places      []PlaceView       `json:"places,omitempty"`
	Diagnostics []diag.Diagnostic `json:"diagnostics"`
}

// PlaceView is the source of an element of the built page.
type PlaceView struct {
	// ID is that of the element.
	ID     string `json:"id"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	// What is heading, entry or task.
	What string `json:"what"`
}

// ReadingLine is one construct of the file.
type ReadingLine struct {
	Line      int      `json:"line"`
	Column    int      `json:"column"`
	Construct string   `json:"construct"`
	Text      string   `json:"text"`
	As        string   `json:"as"`
	Columns   []string `json:"columns,omitempty"`
}

// SectionView is a recognised section.
type SectionView struct {
	Kind      string      `json:"kind"`
	Headings  []string    `json:"headings"`
	Statement string      `json:"statement,omitempty"`
	Fields    []FieldView `json:"fields,omitempty"`
	Entries   []EntryView `json:"entries,omitempty"`
	Tasks     []TaskView  `json:"tasks,omitempty"`
	Prose     []string    `json:"prose,omitempty"`
}

// EntryView is an entry of a section.
type EntryView struct {
	Name string `json:"name"`
	// Part is set where the heading names a part of its section.
	Part  string `json:"part,omitempty"`
	ID    string `json:"id,omitempty"`
	Kind  string `json:"kind,omitempty"`
	Side  string `json:"side,omitempty"`
	Share string `json:"share,omitempty"`
	// Role is the role that a metric measures.
	Role   string      `json:"role,omitempty"`
	Fields []FieldView `json:"fields,omitempty"`
	Text   string      `json:"text,omitempty"`
}

// FieldView is a labelled value; the field is empty where the label is not
// known.
type FieldView struct {
	Field   string `json:"field"`
	Label   string `json:"label"`
	Text    string `json:"text"`
	Missing bool   `json:"missing,omitempty"`
}

// TaskView is a selling task.
type TaskView struct {
	Text  string   `json:"text"`
	Role  string   `json:"role,omitempty"`
	Group string   `json:"group,omitempty"`
	Refs  []string `json:"refs,omitempty"`
}

// ErrNotInSite means that the file to inspect is not one of the site's texts.
var ErrNotInSite = fmt.Errorf("the file is no Markdown file of the folder %s", site.ContentDir)

// Inspect says what Plumb understood of a file of the site. Drafts are read
// as if they were published.
func Inspect(ctx context.Context, o Options, path string) (*Inspection, error) {
	o.Drafts = true
	b := &build{Options: o, memory: &memory{}, ctx: ctx, report: &Report{}}
	if _, err := b.link(); err != nil {
		return nil, err
	}
	b.report.Diagnostics = diag.Sort(b.report.Diagnostics)
	return b.report.Inspect(path)
}

// Inspect says what the build understood of a file of the site. It may be called
// from several goroutines.
func (r *Report) Inspect(path string) (*Inspection, error) { return r.inspections().of(path) }

// inspections is what the inspection of any file asks of the whole site.
type inspections struct {
	report *Report
	found  map[string][]diag.Diagnostic // by path
	// measured are the ids of the roles that metrics measure.
	measured map[*playbook.Entry]string
}

func (r *Report) inspections() *inspections {
	in := &inspections{r, map[string][]diag.Diagnostic{}, map[*playbook.Entry]string{}}
	for _, d := range r.Diagnostics {
		in.found[d.Path] = append(in.found[d.Path], d)
	}
	for _, role := range r.Site.Roles {
		for _, use := range role.Metrics {
			in.measured[use.Entry] = role.ID
		}
	}
	return in
}

func (in *inspections) of(path string) (*Inspection, error) {
	r := in.report
	out := &Inspection{Path: path, Reading: []ReadingLine{}, Diagnostics: append([]diag.Diagnostic{}, in.found[path]...)}
	page := r.Site.Page(path)
	if page == nil {
		if len(out.Diagnostics) == 0 {
			return nil, ErrNotInSite
		}
		return out, nil
	}
	inspector{site: r.Site, page: page, book: r.Site.Playbook(path), measured: in.measured}.fill(out, r.reading(page))
	return out, nil
}

// reading is what the constructs of a page were taken for, noted when the page was
// decoded if the build is to show all of it.
func (r *Report) reading(page *site.Page) []playbook.Reading {
	if len(page.Reading) > 0 {
		return slices.Clone(page.Reading)
	}
	tracer := r.decoder
	tracer.Trace = true
	f := &source.File{Path: page.File.Path, Data: page.File.Text(), Digest: page.File.Digest}
	traced, _ := tracer.Decode(f, houseKind(f.Path))
	return traced.Reading
}

type inspector struct {
	site *site.Site
	page *site.Page
	book *site.Playbook // nil for an ordinary page
	// measured are the ids of the roles that metrics measure.
	measured map[*playbook.Entry]string
}

func (in inspector) fill(out *Inspection, read []playbook.Reading) {
	p := in.page
	out.Title, out.Position, out.URL, out.Prose = p.Title, p.Meta.Position, p.URL, p.RestText
	for _, s := range p.Meta.Segments {
		out.Segments = append(out.Segments, s.Text)
	}
	in.reading(out, read)
	for _, s := range p.Sections {
		out.Sections = append(out.Sections, in.section(s))
	}
	in.places(out)
}

// places lists where the page's headings, entries and tasks come from.
func (in inspector) places(out *Inspection) {
	add := func(id, what string, span source.Span) {
		if id != "" {
			at := in.page.File.Place(span)
			out.Places = append(out.Places, PlaceView{id, at.Line, at.Column, what})
		}
	}
	for _, h := range in.page.Headings {
		add(h.ID, "heading", h.Span)
	}
	for _, s := range in.page.Sections {
		for _, part := range s.Parts {
			add(part.Heading.ID, "heading", part.Heading.Span)
			for _, it := range part.Items {
				if h, ok := it.(*playbook.Subhead); ok {
					add(h.ID, "heading", h.Span)
				}
			}
		}
		for _, e := range s.Entries() {
			add(e.ID, "entry", e.Span)
		}
		for _, t := range s.Tasks() {
			add(t.ID, "task", t.Span)
		}
	}
}

// reading lists the constructs in source order, with roles and groups told
// apart.
func (in inspector) reading(out *Inspection, lines []playbook.Reading) {
	roles := in.rolesAt()
	slices.SortStableFunc(lines, func(a, b playbook.Reading) int { return a.Span.Start - b.Span.Start })
	for _, r := range lines {
		at := in.page.File.Place(r.Span)
		if r.As == "role or group" {
			r.As = "group of tasks"
			if id := roles[r.Span.Start]; id != "" {
				r.As = "role " + id
			}
		}
		out.Reading = append(out.Reading, ReadingLine{at.Line, at.Column, r.Construct, r.Text, r.As, r.Columns})
	}
}

// rolesAt returns the ids of the roles that headings among the tasks name, by
// the place of the heading.
func (in inspector) rolesAt() map[int]string {
	at := map[int]string{}
	for _, s := range in.page.Sections {
		for _, part := range s.Parts {
			for _, it := range part.Items {
				if h, ok := it.(*playbook.Subhead); ok {
					if role := in.site.RoleOf(h); role != nil {
						at[h.Span.Start] = role.ID
					}
				}
			}
		}
	}
	return at
}

func (in inspector) section(s *playbook.Section) SectionView {
	v := SectionView{Kind: s.Kind.String(), Headings: []string{}}
	for _, part := range s.Parts {
		v.Headings = append(v.Headings, part.Heading.Text)
		if v.Statement == "" {
			v.Statement = part.StatementText
		}
		for _, it := range part.Items {
			switch it := it.(type) {
			case *playbook.FieldList:
				v.Fields = append(v.Fields, fieldViews(it.Fields)...)
			case *playbook.Prose:
				v.Prose = append(v.Prose, it.Text)
			case *playbook.EntryList:
				for _, li := range it.Items {
					if li.Prose != nil {
						v.Prose = append(v.Prose, li.Prose.Text)
					}
				}
			}
		}
	}
	for _, e := range s.Entries() {
		v.Entries = append(v.Entries, EntryView{Name: e.Name, Part: string(e.Part), ID: e.ID, Kind: e.Kind, Side: e.Side, Share: e.Share, Role: in.measured[e], Fields: fieldViews(e.Fields), Text: e.Text})
	}
	if s.Kind == playbook.SellingTasks && in.book != nil {
		for _, t := range in.book.Tasks {
			v.Tasks = append(v.Tasks, taskView(t))
		}
	}
	return v
}

func fieldViews(fields []playbook.Field) (out []FieldView) {
	for _, f := range fields {
		out = append(out, FieldView{string(f.ID), f.Label, f.Text, f.Missing})
	}
	return out
}

func taskView(t site.Task) TaskView {
	v := TaskView{Text: t.Text}
	if t.Role != nil {
		v.Role = t.Role.ID
	}
	if t.Group != nil {
		v.Group = t.Group.Text
	}
	for _, r := range t.Refs {
		v.Refs = append(v.Refs, r.Kind.String()+": "+r.Key)
	}
	return v
}

// Text writes the inspection for a person.
func (i *Inspection) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: “%s”", i.Path, i.Title)
	if i.Position != nil {
		fmt.Fprintf(&b, ", %d on the line, %s", *i.Position, strings.Join(i.Segments, ", "))
	}
	b.WriteString("\n")
	for _, r := range i.Reading {
		fmt.Fprintf(&b, "%5d  %-10s %-44s %s", r.Line, r.Construct, clip(r.Text, 42), r.As)
		if len(r.Columns) > 0 {
			fmt.Fprintf(&b, " [%s]", strings.Join(r.Columns, ", "))
		}
		b.WriteString("\n")
	}
	for _, s := range i.Sections {
		s.text(&b)
	}
	return b.String()
}

func clip(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most-1]) + "…"
}

func (s SectionView) text(b *strings.Builder) {
	fmt.Fprintf(b, "\n%s (%s)\n", s.Kind, strings.Join(s.Headings, "; "))
	if s.Statement != "" {
		fmt.Fprintf(b, "  statement: %s\n", s.Statement)
	}
	writeFields(b, "  ", s.Fields)
	for _, e := range s.Entries {
		fmt.Fprintf(b, "  • %s\n", e.Name)
		if e.Part != "" {
			fmt.Fprintf(b, "      part %s\n", e.Part)
		}
		for _, v := range []string{e.Kind, e.Side, e.Share} {
			if v != "" {
				fmt.Fprintf(b, "      = %s\n", v)
			}
		}
		if e.Role != "" {
			fmt.Fprintf(b, "      measures %s\n", e.Role)
		}
		writeFields(b, "      ", e.Fields)
		if e.Text != "" {
			fmt.Fprintf(b, "      text: %s\n", clip(oneLine(e.Text), 100))
		}
	}
	for _, t := range s.Tasks {
		fmt.Fprintf(b, "  • [%s] %s\n", strings.TrimSuffix(cmp.Or(t.Role, "everyone")+" › "+t.Group, " › "), clip(oneLine(t.Text), 100))
		for _, r := range t.Refs {
			fmt.Fprintf(b, "      → %s\n", r)
		}
	}
	for _, p := range s.Prose {
		fmt.Fprintf(b, "  prose: %s\n", clip(oneLine(p), 100))
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func writeFields(b *strings.Builder, indent string, fields []FieldView) {
	for _, f := range fields {
		name, note := f.Field, ""
		if name == "" {
			name = "?"
		}
		if f.Missing {
			note = " (missing)"
		}
		fmt.Fprintf(b, "%s%s (“%s”): %s%s\n", indent, name, f.Label, clip(oneLine(f.Text), 100), note)
	}
}
