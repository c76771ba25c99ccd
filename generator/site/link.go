package site

import (
	"cmp"
	"iter"
	"slices"
	"sort"
	"strings"
	"time"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/playbook"
)

// Input is what a site is linked from.
type Input struct {
	Config *config.Config
	// Pages are the decoded pages, sorted by path.
	Pages []*playbook.Page
	// Dropped are the paths of pages that are left out because of an error;
	// a link to one is text, without a message.
	Dropped []string
	// Broken are those of them that could be read: their links are checked all
	// the same, so that one run shows every message.
	Broken []*playbook.Page
	// Assets are the paths of all other files of the content.
	Assets []string
	// AsOf is the day the site is built for, in UTC.
	AsOf time.Time
	// Drafts builds drafts, pages not yet published and expired ones.
	Drafts bool
}

// Link puts the pages together. A draft that is not built gives warnings
// where it would give errors.
func Link(in Input) (*Site, []diag.Diagnostic) {
	l := newLinker(in)
	l.sort()
	l.registers()
	l.playbooks()
	l.roles()
	l.order()
	l.indexes()
	l.resolve()
	l.broken()
	l.publish()
	l.site.byPath = l.pages
	return l.site, l.list
}

// linker collects a site. Work on one page alone is done for many pages at
// once; whatever says something or gives something a name is done page by
// page, in order of path.
type linker struct {
	in   Input
	site *Site
	// slots have a place for each of the input's pages, which is left empty if
	// the page is hidden; an ordinary page takes the Page alone of its slot.
	slots []Playbook
	// pages are the slots of all pages that are built, by path; hidden are
	// those that exist and are not built, dropped those of them with an error.
	pages           map[string]*Playbook
	hidden, dropped map[string]bool
	// kept are those of them that are kept back: drafts and the like.
	kept   []*playbook.Page
	urls   *registry
	assets map[string]bool
	// forms are the paths that are not stored in composed form, by that form.
	forms map[string]string
	used  map[string]bool // assets that a page links to
	// all are the playbooks, retired ones too, in order of path; line are the
	// slots of those that are not retired, in order on the line.
	all  []*Playbook
	line []int
	// surveys are what the pages hold, by chunk; measured are the metrics of each
	// slot with the roles they measure.
	surveys  []*survey
	measured [][]measured
	// registered are the pages of roles and segments.
	registered []*Page

	segments map[string]*Segment
	// nearRoles are the headings that are no role to the one they are nearly, or
	// to nothing; byLength are the names of roles by about their length.
	nearRoles map[string]nearRole
	byLength  map[int][]string
	// near is how many near misses were looked for, compared how many ids of
	// the registers were looked at for them.
	near, compared int
	// house are the entries of the house by the targets that mean them.
	house   map[Target]Ref
	known   known
	placing placer
	list    []diag.Diagnostic
}

func newLinker(in Input) *linker {
	n := len(in.Pages)
	return &linker{
		in: in, site: &Site{Config: in.Config, AsOf: in.AsOf, roleNames: map[string]*Role{}},
		slots: make([]Playbook, n), pages: make(map[string]*Playbook, n), all: make([]*Playbook, 0, n),
		hidden: map[string]bool{}, dropped: map[string]bool{}, urls: newRegistry(n),
		assets: map[string]bool{}, used: map[string]bool{}, forms: map[string]string{},
		segments: map[string]*Segment{},
	}
}

func (l *linker) add(d diag.Diagnostic) { l.list = append(l.list, d) }

// Hidden reports whether a page is kept back on a day: a draft, a page not yet
// published, or an expired one.
func Hidden(m playbook.Meta, asOf time.Time) bool { return hidden(&m, asOf) }

func hidden(m *playbook.Meta, asOf time.Time) bool {
	return m.Status == playbook.Draft ||
		!m.PublishFrom.IsZero() && asOf.Before(m.PublishFrom) ||
		!m.Expires.IsZero() && !asOf.Before(m.Expires)
}

// sort gives every page its kind and its address.
func (l *linker) sort() {
	for _, a := range l.in.Assets {
		l.assets[a] = true
		l.form(a)
	}
	for _, d := range l.in.Dropped {
		l.hidden[d], l.dropped[d] = true, true
		l.form(d)
	}
	l.reserve()
	l.surveys = chunked(len(l.slots), l.survey)
	steps := [...]func(){l.file, l.claims}
	inParallel(len(steps), func(i int) { steps[i]() })
}

// file files the pages by path.
func (l *linker) file() {
	for i, p := range l.in.Pages {
		l.form(p.File.Path)
		if slot := &l.slots[i]; slot.Page.Page != nil {
			l.pages[p.File.Path] = slot
		} else {
			l.hidden[p.File.Path] = true
			l.kept = append(l.kept, p)
		}
	}
}

// claims gives the pages that are built their addresses.
func (l *linker) claims() {
	for i := range l.slots {
		p := &l.slots[i]
		if p.Page.Page == nil {
			continue
		}
		if p.IsPlaybook() {
			l.all = append(l.all, p)
		} else {
			l.ordinary(&p.Page)
		}
		l.claim(&p.Page)
	}
}

// fill fills the slot of a page that is built.
func (l *linker) fill(i int) {
	p, slot := l.in.Pages[i], &l.slots[i]
	if !l.in.Drafts && hidden(&p.Meta, l.in.AsOf) {
		return
	}
	slot.Page = Page{Page: p, URL: l.address(p)}
	if !p.IsPlaybook() {
		return
	}
	slot.Position = *p.Meta.Position
	every := p.Meta.ReviewEvery
	if every.IsZero() {
		every = l.in.Config.ReviewEvery
	}
	if !p.Meta.Reviewed.IsZero() && !every.IsZero() {
		slot.Due = every.After(p.Meta.Reviewed)
	}
}

func (l *linker) form(path string) {
	if c := compose(path); c != path {
		l.forms[c] = path
	}
}

// ordinary files a page that is no playbook.
func (l *linker) ordinary(p *Page) {
	s := l.site
	switch rel := relative(p.File.Path); {
	case rel == "index.md":
		s.Home = p
	case rel == "processes.md":
		s.Processes.House = p
	case rel == "metrics.md":
		s.Metrics.House = p
	case registerPage(rel, "roles/") || registerPage(rel, "segments/"):
		l.registered = append(l.registered, p)
	default:
		s.Pages = append(s.Pages, p)
	}
}

// relative returns a path within the content folder.
func relative(path string) string { return strings.TrimPrefix(path, ContentDir+"/") }

// registerPage reports whether a path is that of a page of a register: directly
// in its folder.
func registerPage(rel, folder string) bool {
	return strings.HasPrefix(rel, folder) && !strings.Contains(rel[len(folder):], "/")
}

// address returns the path of a page in the output.
func (l *linker) address(p *playbook.Page) string {
	path := compose(strings.TrimSuffix(p.File.Path, ".md") + ".html")
	if p.IsPlaybook() {
		return path
	}
	return relative(path)
}

// playbooks settles the segments of every playbook.
func (l *linker) playbooks() {
	var segments room[*Segment]
	for _, p := range l.all {
		p.Segments = segments.take(len(p.Meta.Segments))[:0]
		for _, v := range p.Meta.Segments {
			if s := l.segment(&p.Page, v); s != nil {
				p.Segments = append(p.Segments, s)
			}
		}
	}
}

// order sorts the playbooks along the line and makes them neighbours.
func (l *linker) order() {
	s := l.site
	sorted := l.sorted()
	s.Playbooks, l.line = make([]*Playbook, 0, len(sorted)), make([]int, 0, len(sorted))
	for _, i := range sorted {
		p := &l.slots[i]
		if p.Meta.Status == playbook.Retired {
			s.Retired = append(s.Retired, p)
			continue
		}
		if n := len(s.Playbooks); n > 0 {
			p.Before, s.Playbooks[n-1].After = s.Playbooks[n-1], p
		}
		p.Rank = len(s.Playbooks)
		s.Playbooks = append(s.Playbooks, p)
		l.line = append(l.line, i)
		p.join()
	}
	l.share()
}

// sorted returns the slots of the playbooks by position, title and path: put
// first at the stops of the line, then each stop is sorted.
func (l *linker) sorted() []int {
	type key struct {
		title string
		slot  int // slots are in order of path
	}
	const stops = 101
	var from [stops + 1]int // where the keys of each stop begin
	for _, p := range l.all {
		from[p.Position+1]++
	}
	for i := range stops {
		from[i+1] += from[i]
	}
	keys, next := make([]key, len(l.all)), from
	for i := range l.slots {
		if p := &l.slots[i]; p.Page.Page != nil && p.IsPlaybook() {
			keys[next[p.Position]] = key{p.Title, i}
			next[p.Position]++
		}
	}
	inParallel(stops, func(i int) {
		slices.SortFunc(keys[from[i]:from[i+1]], func(a, b key) int {
			return cmp.Or(strings.Compare(a.title, b.title), a.slot-b.slot)
		})
	})
	out := make([]int, len(keys))
	for i, k := range keys {
		out[i] = k.slot
	}
	return out
}

// join lists a playbook with its segments.
func (p *Playbook) join() {
	for i, g := range p.Segments {
		if n := len(g.Playbooks); n > 0 && i == 0 {
			p.SegmentBefore = g.Playbooks[n-1]
			if q := p.SegmentBefore; q.Segments[0] == g {
				q.SegmentAfter = p
			}
		}
		g.Playbooks = append(g.Playbooks, p)
	}
}

// share lists the playbooks and metrics with the roles. A playbook stands on the
// pages of the roles with tasks of their own in it, or of all roles where its
// tasks are nobody's in particular. Where some have tasks of their own, what is
// everyone's does not make it a playbook of the others.
func (l *linker) share() {
	type size struct{ playbooks, metrics int }
	of := make([]size, len(l.site.Roles))
	for i, r := range l.site.Roles {
		r.at = i
	}
	for _, i := range l.line {
		for _, r := range l.slots[i].roles {
			of[r.at].playbooks++
		}
		for _, m := range l.measured[i] {
			of[m.role.at].metrics++
		}
	}
	for i, r := range l.site.Roles {
		r.Playbooks, r.Metrics = make([]*Playbook, 0, of[i].playbooks), make([]Use, 0, of[i].metrics)
	}
	var everyones []*Playbook
	for _, i := range l.line {
		p := &l.slots[i]
		for _, r := range p.roles {
			r.Playbooks = append(r.Playbooks, p)
		}
		if len(p.roles) == 0 && len(p.Tasks) > 0 {
			everyones = append(everyones, p)
		}
		for _, m := range l.measured[i] {
			m.role.Metrics = append(m.role.Metrics, Use{p, m.metric})
		}
	}
	for _, r := range l.site.Roles {
		r.Playbooks = merged(r.Playbooks, everyones)
	}
}

// merged returns the playbooks of two lists in order on the line. Where one is
// empty it is the other itself: ten thousand roles may share one list.
func merged(a, b []*Playbook) []*Playbook {
	if len(b) == 0 {
		return a
	}
	if len(a) == 0 {
		return b
	}
	out := make([]*Playbook, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].Rank < b[0].Rank {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// MetricsIn returns the metrics, by which the role is measured, of playbooks that
// are given in their order on the line.
func (r *Role) MetricsIn(list []*Playbook) (out []Use) {
	rest := r.Metrics
	for i, p := range list {
		if i == 0 {
			rest = rest[sort.Search(len(rest), func(i int) bool { return rest[i].Playbook.Rank >= p.Rank }):]
		}
		for ; len(rest) > 0 && rest[0].Playbook.Rank <= p.Rank; rest = rest[1:] {
			if rest[0].Playbook == p {
				out = append(out, rest[0])
			}
		}
	}
	return out
}

// TasksOf returns a role's tasks in the playbook with those that are
// everyone's.
func (p *Playbook) TasksOf(r *Role) []Task {
	var out []Task
	for _, t := range p.Tasks {
		if t.Of(r) {
			out = append(out, t)
		}
	}
	return out
}

// Of reports whether the task is a role's own or everyone's.
func (t *Task) Of(r *Role) bool { return t.Role == nil || t.Role == r }

// Roles returns the roles that have tasks of their own in the playbook, in
// the order in which they appear.
func (p *Playbook) Roles() []*Role { return p.roles }

// Page returns the page made of a source file, nil where none is.
func (s *Site) Page(path string) *Page {
	if slot := s.byPath[path]; slot != nil {
		return &slot.Page
	}
	return nil
}

// Sources are the pages made of source files, in no particular order.
func (s *Site) Sources() iter.Seq[*Page] {
	return func(yield func(*Page) bool) {
		for _, slot := range s.byPath {
			if !yield(&slot.Page) {
				return
			}
		}
	}
}

// Playbook returns the playbook made of a source file, nil where none is.
func (s *Site) Playbook(path string) *Playbook {
	if slot := s.byPath[path]; slot != nil && slot.IsPlaybook() {
		return slot
	}
	return nil
}
