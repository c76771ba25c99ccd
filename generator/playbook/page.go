package playbook

import (
	"slices"
	"time"

	"plumb/generator/markdown"
	"plumb/generator/source"
)

// Status says whether a page is shown.
type Status uint8

// The states of a page.
const (
	Live Status = iota
	Draft
	// Retired pages are built but stand in no list.
	Retired
)

// String returns "live", "draft" or "retired".
func (s Status) String() string { return [...]string{"live", "draft", "retired"}[s] }

// Meta is the front matter of a page.
type Meta struct {
	Title source.Value
	// Position is nil for an ordinary page.
	Position *Position
	// PositionSpan is the value of the key position.
	PositionSpan   source.Span
	Segments       []source.Value
	PositionReason string
	// Stance is what the position asks of a rep, where the author says it in
	// words of their own.
	Stance       string
	Owner        source.Value
	Reviewed     time.Time // zero where it is not said
	ReviewedSpan source.Span
	ReviewEvery  source.Period
	Status       Status
	Audience     source.Value
	// Lang is a BCP 47 tag; empty for the site's language.
	Lang         string
	Aliases      []source.Value
	Illustrative bool
	Changed      time.Time
	PublishFrom  time.Time
	Expires      time.Time
	// Extra is the free map for themes.
	Extra *source.Node
}

// Page is one Markdown file, understood. It is never changed once decoded.
type Page struct {
	File *source.File
	Meta Meta
	// Title is shown; it is never empty.
	Title string
	// TitleID is the anchor of the H1 that is the title; empty without one.
	TitleID string
	// Summary is one plain sentence about the page, at most 320 characters.
	Summary string
	// Sections are the recognised sections, one a kind, in the order of the
	// card.
	Sections []*Section
	// Rest is what stands in no recognised section.
	Rest     markdown.Fragment
	RestText string
	// Headings are those of the rest, for a table of contents.
	Headings []Heading
	// RestParts are the text of the rest that stands above all of the headings, and
	// then what stands below each. They are parts of RestText.
	RestParts []string
	Footnotes markdown.Fragment
	// Subheads are those of all sections.
	Subheads []*Subhead
	// Links are the targets that the page's fragments refer to by index.
	Links []markdown.Target
	// Anchors are the ids that a link can lead to, sorted.
	Anchors []string
	// Allows are the exceptions that the author wrote among the text, in source
	// order.
	Allows []Allow
	// Reading is what was taken for what, in source order.
	Reading []Reading
	// Sum is of all that the page says to a reader, its place on the line and its
	// segments; not of its review, its owner or where links lead.
	Sum source.Digest
	// Outline is for linking the page with the others.
	Outline Outline
}

// IsPlaybook reports whether the page has a place on the line.
func (p *Page) IsPlaybook() bool { return p.Meta.Position != nil }

// Section returns the section of a kind, nil where the page has none.
func (p *Page) Section(k Kind) *Section {
	for _, s := range p.Sections {
		if s.Kind == k {
			return s
		}
	}
	return nil
}

// Heading is a heading as the author wrote it.
type Heading struct {
	ID    string
	Level int // of the source, 1 to 6
	HTML  markdown.Fragment
	Text  string
	Span  source.Span
}

// Section is all that a page says about one kind of thing.
type Section struct {
	Kind  Kind
	Parts []*Part
	// Sum is of all that is shown of the section.
	Sum source.Digest
	// Linked says that a text of the section holds a link or an image.
	Linked bool
}

// Part is what stands below one heading.
type Part struct {
	Heading Heading
	// Field is set where the heading names a part of the section ("Walk away").
	Field FieldID
	// Statement is the first paragraph of a value proposition, its first
	// sentence, and Onward the rest of it; zero elsewhere. StatementText is both.
	Statement     markdown.Fragment
	Onward        markdown.Fragment
	StatementText string
	StatementSpan source.Span
	Items         []Item
	// Missing says that a part with a Field is empty or only a promise.
	Missing bool
}

// Item is a [*Prose], [*Subhead], [*FieldList], [*Entry], [*EntryTable],
// [*EntryList] or [*TaskList].
type Item interface{ item() }

// Prose is text that was not taken for anything else.
type Prose struct {
	HTML markdown.Fragment
	Text string
	Span source.Span
}

// Subhead is a heading within a section that is no entry: among tasks a role
// or a group.
type Subhead struct {
	Heading
	// Depth counts from 1 below the section's own heading.
	Depth int
	// Key is the normalised text.
	Key string
	// Bold marks a line of bold text used as a heading.
	Bold bool
	// RoleNoun says that the text reads as the name of a role.
	RoleNoun bool
}

// FieldList is labelled values that belong to the section itself.
type FieldList struct{ Fields []Field }

// Entry is one buyer, objection, process, metric and so on.
type Entry struct {
	ID   string
	Name string // plain
	// Key is the normalised name: entries with one key are one thing.
	Key  string
	HTML markdown.Fragment
	// Link is the index of the first link of the name, -1 without one.
	Link  int
	Depth int // as of a Subhead; 0 where the entry is no heading
	*Traits
	Fields []Field
	Body   markdown.Fragment
	Text   string // of the body
	Span   source.Span
	// Sum is of all that is shown of the entry.
	Sum source.Digest
	// Missing says that the block of a part is empty or only a promise.
	Missing bool
	// Linked says that a text of the entry holds a link or an image.
	Linked bool
}

// Traits are what few entries have.
type Traits struct {
	// Part is set where the heading names a part of the section ("Good fit").
	Part FieldID
	// Kind (leading, lagging) and Side (financial, brand) are a metric's,
	// Share (customer, us-only) is an asset's; empty where not said.
	Kind, Side, Share string
}

// noTraits are those of most entries.
var noTraits = &Traits{}

// Field returns the field with an id, nil where the entry has none.
func (e *Entry) Field(id FieldID) *Field { return fieldOf(e.Fields, id) }

func fieldOf(fields []Field, id FieldID) *Field {
	for i := range fields {
		if fields[i].ID == id {
			return &fields[i]
		}
	}
	return nil
}

// Tag is what a field is called. All fields of a column share it, and so do copies
// of a field: it is never changed.
type Tag struct {
	// ID is empty where the label is not known.
	ID    FieldID
	Label string // as the author wrote it
	// Anchor is the id of a heading that names the field; empty for a label.
	Anchor string
}

// Field is a labelled value of an entry or a part.
type Field struct {
	*Tag
	HTML markdown.Fragment
	Text string
	Span source.Span
	// Block says that the value is paragraphs and lists.
	Block bool
	// Missing says that the value is empty or only a promise ("TBD").
	Missing bool
}

// EntryTable is a table whose rows are entries; every entry has a field for
// every column but the name's.
type EntryTable struct {
	Columns []Column
	Rows    []*Entry
	// NameColumn is the index of the column that names the entry.
	NameColumn int
}

// Column is the head of a column.
type Column struct {
	Tag
	HTML  markdown.Fragment
	Align markdown.Align
}

// EntryList is a list in which some items are entries.
type EntryList struct {
	Ordered bool
	Start   int
	Items   []ListItem
}

// ListItem is an entry or prose.
type ListItem struct {
	Entry *Entry
	Prose *Prose
}

// TaskList is a list of selling tasks.
type TaskList struct {
	Ordered bool
	// Start is the number of the first task, counted on from the list above
	// where only text stands between the two.
	Start int
	Tasks []*Task
}

// Task is one selling task.
type Task struct {
	// ID is the task's anchor, made from its words.
	ID string
	// Key is equal for tasks that say the same once normalised, wherever they
	// stand.
	Key   string
	HTML  markdown.Fragment
	Text  string
	Notes markdown.Fragment
	// Heads are the headings above the task, outermost first.
	Heads []*Subhead
	Links []int
	Span  source.Span
	// Sum is of all that is shown of the task and of the headings above it.
	Sum source.Digest
}

func (*Prose) item()      {}
func (*Subhead) item()    {}
func (*FieldList) item()  {}
func (*Entry) item()      {}
func (*EntryTable) item() {}
func (*EntryList) item()  {}
func (*TaskList) item()   {}

// Entries returns the entries of the section in source order. The slice may be the
// section's own: it is not to be changed.
func (s *Section) Entries() []*Entry {
	if s == nil {
		return nil
	}
	var all []*Entry
	for _, p := range s.Parts {
		for _, it := range p.Items {
			if more := entriesOf(it); all == nil {
				all = slices.Clip(more)
			} else {
				all = append(all, more...)
			}
		}
	}
	return all
}

func entriesOf(it Item) []*Entry {
	switch it := it.(type) {
	case *Entry:
		return []*Entry{it}
	case *EntryTable:
		return it.Rows
	case *EntryList:
		var all []*Entry
		for _, li := range it.Items {
			if li.Entry != nil {
				all = append(all, li.Entry)
			}
		}
		return all
	}
	return nil
}

// Tasks returns the tasks of the section in source order.
func (s *Section) Tasks() []*Task {
	if s == nil {
		return nil
	}
	var all []*Task
	for _, p := range s.Parts {
		for _, it := range p.Items {
			if list, ok := it.(*TaskList); ok {
				all = append(all, list.Tasks...)
			}
		}
	}
	return all
}

// Field returns the first labelled value of the section itself with an id,
// whether a label, a heading within the section or the section's own heading
// names it; nil where it has none.
func (s *Section) Field(id FieldID) *Field {
	if s == nil {
		return nil
	}
	for _, p := range s.Parts {
		if p.Field == id {
			return p.asField()
		}
		for _, it := range p.Items {
			switch it := it.(type) {
			case *FieldList:
				if f := fieldOf(it.Fields, id); f != nil {
					return f
				}
			case *Entry:
				if it.Part == id {
					return &Field{Tag: &Tag{ID: id, Label: it.Name}, HTML: it.Body, Text: it.Text, Block: true, Span: it.Span, Missing: it.Missing}
				}
			}
		}
	}
	return nil
}

// asField returns the prose of a part whose own heading names a field.
func (p *Part) asField() *Field {
	f := &Field{Tag: &Tag{ID: p.Field, Label: p.Heading.Text}, Block: true, Span: p.Heading.Span, Missing: p.Missing}
	for _, it := range p.Items {
		if prose, ok := it.(*Prose); ok && f.Text == "" {
			f.HTML, f.Text = prose.HTML, prose.Text
		}
	}
	return f
}

// Reading says what a heading, a list or a table was taken for.
type Reading struct {
	Span source.Span
	// Construct is heading, table, list, paragraph, …
	Construct string
	// Text is its first words.
	Text string
	// As is what it was taken for: "section objections", "entries", "role or
	// group", "prose", …
	As string
	// Columns are, for a table of entries, the fields its columns were taken
	// for, "?" where unknown.
	Columns []string
}
