// Package site puts all pages together: addresses, the registers of segments
// and roles, neighbours on the line, resolved links, indexes of processes,
// metrics and assets. Linking is linear in the size of the site and never
// cached.
package site

import (
	"time"

	"plumb/generator/config"
	"plumb/generator/playbook"
)

// ContentDir is the folder of a site that holds its pages and assets.
const ContentDir = "playbooks"

// Site is a linked site. It is never changed once linked and its images measured.
type Site struct {
	Config *config.Config
	// AsOf is the day the site is built for.
	AsOf time.Time
	// Playbooks are all that lists show, in their order on the line: position,
	// title, path.
	Playbooks []*Playbook
	// Retired are built but stand in no list.
	Retired []*Playbook
	// Pages are the ordinary pages, by address.
	Pages []*Page
	// Home is index.md, House the pages processes.md and metrics.md; nil where
	// the site has none.
	Home      *Page
	Roles     []*Role
	Segments  []*Segment
	Processes Index
	Metrics   Index
	Assets    Index
	// Files are the assets that a published page links to, by path.
	Files []File
	// Images are where published pages show assets, by page.
	Images []Image
	// Redirects lead from old addresses to pages.
	Redirects []Redirect

	roleNames map[string]*Role     // by normalised id, title and alias
	byPath    map[string]*Playbook // by path of the source; of an ordinary page only its Page counts
}

// Page is a page with its address.
type Page struct {
	*playbook.Page
	// URL is the page's path in the output, not escaped.
	URL string
	// Targets are what the page's links lead to, by the link's index.
	Targets []Target
	// Homeless says that the address is another's, which is an error: no page
	// is made.
	Homeless bool
}

// Playbook is a playbook among the others.
type Playbook struct {
	Page
	Position playbook.Position
	// Rank is the playbook's place in Site.Playbooks; it says nothing of a
	// retired one.
	Rank     int
	Segments []*Segment
	Tasks    []Task
	// Before and After are the neighbours on the line, SegmentBefore and
	// SegmentAfter those within the first segment; nil at the ends.
	Before, After, SegmentBefore, SegmentAfter *Playbook
	// Due is when the next review is due; zero where nothing says so.
	Due time.Time

	roles []*Role // with tasks of their own, as they appear
}

// Task is a task with its role and group settled.
type Task struct {
	*playbook.Task
	// Role is nil for a task that is everyone's.
	Role *Role
	// Group is the nearest heading above that is no role, nil without one.
	Group *playbook.Subhead
	// Refs are the processes, metrics and assets that the task links to.
	Refs []Ref
}

// Ref is a reference to an entry of an index.
type Ref struct {
	Kind playbook.Kind
	// Key is the entry's normalised name.
	Key string
}

// Role is a selling role with what it does.
type Role struct {
	config.Role
	URL string
	// Prose is roles/<id>.md, nil without one.
	Prose *Page
	// Playbooks are those with tasks of the role, in order on the line.
	Playbooks []*Playbook
	// Metrics are those by which the role is measured, in order on the line.
	Metrics []Use

	at int // in Site.Roles
}

// Segment is a segment with its playbooks.
type Segment struct {
	config.Segment
	URL       string
	Prose     *Page
	Playbooks []*Playbook
}

// Index is all entries of a kind, across playbooks, grouped by name.
type Index struct {
	Kind   playbook.Kind
	URL    string
	House  *Page
	Groups []*Group
	// anchors are the ids within the entries of the house, with the groups
	// they stand in.
	anchors map[string]*Group
	// byID are all groups by their anchors.
	byID map[string]*Group
}

// Group is one process, metric or asset and where it stands.
type Group struct {
	// Key is the normalised name, ID the anchor on the index page.
	Key, ID, Name string
	// House is the entry that holds for the whole house, nil without one.
	House *playbook.Entry
	Uses  []Use
	// Row is the row of the index, from 0, with which the group begins, Page
	// the page it stands on, from 1.
	Row, Page int
}

// Use is an entry in a playbook.
type Use struct {
	Playbook *Playbook
	Entry    *playbook.Entry
}

// File is an asset of the content.
type File struct {
	// Path is in the site's sources, URL in the output.
	Path, URL string
}

// Image is a place where a page shows an asset.
type Image struct {
	File
	Page *Page
	// Link is the index of the image among the page's links.
	Link int
}

// Measured keeps the size of the asset, in CSS pixels: at most 65,535 each.
func (m Image) Measured(width, height int) {
	t := &m.Page.Targets[m.Link]
	t.Width, t.Height = uint16(width), uint16(height)
}

// Redirect leads from an old address to a page.
type Redirect struct {
	From string
	To   *Page
}

// TargetKind says what a link leads to.
type TargetKind uint8

// The kinds of targets.
const (
	// Plain is a link that is shown as text alone: what it led to is not part
	// of this site.
	Plain TargetKind = iota
	// Local is a page of the site.
	Local
	// Asset is a file of the site.
	Asset
	// External is another host, or an address that is kept as written.
	External
)

// Target is what a link leads to.
type Target struct {
	Kind TargetKind
	// Width and Height are the size of an Asset that is shown as an image, in CSS
	// pixels; 0 where nobody knows.
	Width, Height uint16
	// URL is a path in the output for Local and Asset, and as written for
	// External; not escaped.
	URL string
	// Anchor is the part of a page, without #.
	Anchor string
	// Suffix is kept behind the address: a query.
	Suffix string
}
