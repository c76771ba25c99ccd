// Package render makes pages: views of plain values for the templates of a
// theme, and bytes of the views. A template never sees a Site, so that a page
// depends on nothing but its view.
package render

import "html/template"

// View is what a layout is executed with.
type View struct {
	Site Site
	// Kind names the layout and the page's body class: home, playbook, page,
	// role, segment, roles, segments, line, processes, metrics, assets, compare,
	// search, desk, offline, 404.
	Kind  string
	Title string
	// TitleID is the anchor of the title; empty for none.
	TitleID string
	// Description is one plain sentence, at most about 160 characters.
	Description string
	// Lang is the language of the page's content, a BCP 47 tag; Dir is its
	// direction, ltr or rtl.
	Lang, Dir string
	// Own is ` lang="en" dir="ltr"` for the theme's own words on a page whose
	// content is in another language; empty where it is in the site's.
	Own template.HTMLAttr
	// Root leads from the page to the site's root: "", "../", "../../"; on the
	// 404 page it begins with a slash.
	Root string
	// Canonical is the page's address where the site's is known.
	Canonical string
	NoIndex   bool
	// Feed leads to the Atom feed of what the page lists; empty without one.
	Feed Link
	// Head is what the page says of itself to programs, as elements of the head:
	// description, robots, Open Graph, canonical address, feed, manifest.
	Head template.HTML
	// Digest is of what a playbook says, eight characters; empty on other pages.
	Digest string
	// Crumbs lead from home to the page's parent, Trail is the same as items of a
	// list.
	Crumbs []Link
	Trail  template.HTML
	// Marks are the attributes of the body.
	Marks template.HTMLAttr
	// Frame is what many pages have alike.
	Frame Frame
	// Extra is the free map of the page's front matter, nil where it has none;
	// what stands in it is text, or lists and maps of text.
	Extra any
	// Position is the page's own stop on the line, nil where it has none.
	Position *Position

	// One of these holds what the page is about.
	Home     *Home
	Playbook *Playbook
	Page     *Prose
	Role     *Role
	Segment  *Segment
	Index    *Index
	List     *List
	Compare  *Compare
	AZ       *AZ
	Desk     *Desk
}

// Site is what all pages of one site share.
type Site struct {
	Title string
	// Lang is the language of the site's own words.
	Lang string
	// Less and More name the two ends of the line.
	Less, More string
	// Generator is "Plumb 0.1".
	Generator string
	// CSS and Icon are addresses relative to the root.
	CSS, Icon string
	// Data is the script that holds what all pages share and what has to be
	// settled before they are painted; Script is the rest. Relative to the root.
	Data, Script string
	// Logo is an address relative to the root, or empty.
	Logo string
	// LogoSize is ` width="96" height="32"`: as high as the header, so that nothing
	// moves when the logo comes; empty where its size is not known.
	LogoSize template.HTMLAttr
	// Nav are the pages of the header, as items of a list ([Items]).
	Nav template.HTML
	// Desk is the address of the pages for the authors, relative to the root; empty
	// where no page leads to them.
	Desk string
}

// Link is a text with an address; an empty Href is plain text.
type Link struct {
	Href, Text string
	// Count is how many playbooks stand behind the link; 0 where that says
	// nothing.
	Count int
	// Current marks the page itself.
	Current bool
	// Role is the id of the role that the link is about.
	Role string
}

// Position is a place on the line.
type Position struct {
	// Value runs from 0 (make it for less) to 100 (sell it for more).
	Value int
	// Digits are the classes by which a style sheet knows the value: “t7 u8”, its
	// tens and its units.
	Digits string
	// Stop is one of make-it-for-less, lean-less, middle, lean-more,
	// sell-it-for-more: the one nearest to the value.
	Stop string
	// Side is less, middle or more.
	Side string
	// Label says it in words: "78 of 100, leans to sell it for more".
	Label string
}

// Ref is a playbook as lists show it.
type Ref struct {
	Href, Text string
	// In is ` lang="de" dir="ltr"` for what comes from a playbook that is in
	// another language than the site's own words; else empty.
	In       template.HTMLAttr
	Position Position
	// Line is the place in words and the segments, as HTML: lists show it many
	// times, and a template takes a microsecond for each value.
	Line template.HTML
	// Statement is the first sentence of the value proposition, plain.
	Statement string
	Reviewed  string // ISO date or empty
	// Digest is of what the playbook says, eight characters; empty where a reader
	// is not told what has changed.
	Digest       string
	Illustrative bool
	// Draft marks what only a build with drafts shows: a draft, a page not yet
	// published, an expired one.
	Draft bool
}

// Home is the front page.
type Home struct {
	Intro    template.HTML
	Spectrum Spectrum
	Roles    []Link
	Segments []Link
	// MoreRoles and MoreSegments lead to the whole list where only a part is
	// shown.
	MoreRoles, MoreSegments *Link
	// Reviewed are the playbooks reviewed last, newest first.
	Reviewed []Ref
	Count    int
}

// Spectrum is the picture of the line with the playbooks on it. It has Rows
// or, where there are too many playbooks, Bins.
type Spectrum struct {
	Rows []SpectrumRow
	Bins []Bin
}

// SpectrumRow is the playbooks of one segment.
type SpectrumRow struct {
	Segment Link
	// Dots are the playbooks, Items the same as items of a list.
	Dots  []Dot
	Items template.HTML
	// Lanes is how many lines of dots the row needs so that neither dots nor
	// labels overlap, at least 1.
	Lanes int
}

// Dot is one playbook in the picture.
type Dot struct {
	Link
	Position Position
	// Lane counts from 0.
	Lane int
	// Left says that the label stands to the left of the dot.
	Left         bool
	Illustrative bool
	// Roles are the ids of the roles with tasks in the playbook, a space between
	// two.
	Roles string
	// Digest is of what the playbook says, eight characters.
	Digest string
}

// Bin is a range of the line that holds several playbooks.
type Bin struct {
	Link
	From, To int // inclusive
	// Share is the bin's count in percent of the fullest bin's, at least 1
	// where the bin is not empty.
	Share int
	// Digits are the classes of the share, as those of a position.
	Digits string
	// Position is the middle of the range.
	Position Position
}

// Playbook is a playbook's page: the card, then the rest.
type Playbook struct {
	// Segments are those that the playbook is for.
	Segments []Link
	// Stance says in a sentence what the position asks of a rep.
	Stance string
	// Reason is the author's position_reason.
	Reason string
	// Lead is the head of the card as HTML: the place on the line, the title, the
	// segments, the statement, the stance and the reason. Statement is the part of it
	// that is the first sentence of the value proposition; empty where the playbook has
	// none.
	Lead, Statement template.HTML
	// Sections are the sections of the card in its order, but for the value
	// proposition; Cards is all of them as HTML, with what it says behind the
	// statement: a template takes a microsecond for each value.
	Sections []Section
	Cards    template.HTML
	// Rest is everything else in source order.
	Rest      template.HTML
	Footnotes template.HTML
	// Roles lead to the tasks of each role on the page.
	Roles []Link
	// Contents are the headings of the page, as items of a list.
	Contents template.HTML

	Owner string
	// OwnerHref writes to the owner; empty where no address is known.
	OwnerHref string
	Reviewed  string // ISO date or empty
	// Due is when the next review is due, ISO date or empty.
	Due                          string
	Draft, Retired, Illustrative bool
	// Compare is the attribute of a link to the comparison of the playbook with
	// another.
	Compare template.HTMLAttr
	// Stamp says whose the playbook is and when it is reviewed in a line, Meta in
	// the items of a definition list.
	Stamp, Meta template.HTML
	// Near leads to the neighbours on the line and within the first segment; empty
	// where there are none.
	Near template.HTML
}

// Section is a section of the card.
type Section struct {
	// Kind is the id of the section's kind, "objections".
	Kind string
	// ID is the anchor of the heading.
	ID string
	// Name is the standard name of the kind in the site's language.
	Name string
	// Heading is what the author called it, inline HTML.
	Heading template.HTML
	Body    template.HTML
	// Whose are the attributes that name the roles with tasks in a section of
	// tasks.
	Whose template.HTMLAttr
	// Write opens a letter to the owner about the section; empty where no
	// address is known.
	Write string
}

// Prose is an ordinary page.
type Prose struct {
	Body      template.HTML
	Footnotes template.HTML
	// Contents are the headings of the page, as items of a list.
	Contents template.HTML

	Draft, Retired, Illustrative bool
}

// Role is the page of one role.
type Role struct {
	ID, Team string
	// Intro is the prose of roles/<id>.md.
	Intro template.HTML
	// From and To are the ends of the role's stretch of the line, nil without
	// playbooks.
	From, To *Position
	// Rows are the playbooks with the role's tasks in them, Points the same drawn on
	// the line, in percent of its length.
	Rows, Points template.HTML
	// Never are playbooks at the other end of the line, with what others do there
	// and the role does not; empty where it sells at both ends.
	Never template.HTML
	// OtherEnd says in a sentence what the other end asks of a rep.
	OtherEnd string
	// Support are the processes that the tasks shown call on.
	Support template.HTML
	Metrics template.HTML
	Pager   Pager
}

// Segment is the page of one segment.
type Segment struct {
	Criteria []string
	Intro    template.HTML
	Spectrum Spectrum
	// Rows are the playbooks with their buyers.
	Rows  template.HTML
	Pager Pager
}

// Index is the page of all processes, metrics or assets.
type Index struct {
	Intro template.HTML
	// Rows are the processes, metrics or assets, each with what holds for the whole
	// house and the playbooks that have it.
	Rows  template.HTML
	Pager Pager
}

// List is a page that only lists: playbooks of a stretch of the line, all
// roles, all segments.
type List struct {
	Links []Link
	// Rows are the playbooks, as items of a list.
	Rows  template.HTML
	Pager Pager
}

// Compare is two playbooks side by side: the two ends of the line, until the
// page's script compares others.
type Compare struct {
	// Body is the comparison; empty where there are no two playbooks.
	Body template.HTML
	// Words are those that the script shows, a JSON object.
	Words string
}

// AZ is the names of all playbooks, tasks, processes and metrics by their first
// letter: all of them, or on a large site the letters, and pages for each.
type AZ struct {
	// Letter is the one that the page is of; empty on the page of the search.
	Letter string
	// Letters lead to all letters, as items of a list.
	Letters template.HTML
	Groups  []AZGroup
	Pager   Pager
}

// AZGroup is the names that begin with one letter.
type AZGroup struct {
	// ID is the letter's anchor, Name the letter; both are empty on a page of
	// the letter's own.
	ID, Name string
	// Rows are the names, as items of a list.
	Rows template.HTML
}

// Pager leads through the parts of a long list.
type Pager struct {
	Page, Pages int // from 1
	// Items are the page before, the pages to choose from and the next one, as items
	// of a list; empty where there is but one.
	Items template.HTML
}
