package site

import (
	"cmp"
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
	l := &linker{
		in: in, site: &Site{Config: in.Config, AsOf: in.AsOf},
		pages: map[string]*Page{}, hidden: map[string]bool{}, urls: newRegistry(),
		assets: map[string]bool{}, used: map[string]bool{}, forms: map[string]string{},
	}
	l.sort()
	l.registers()
	l.playbooks()
	l.roles()
	l.order()
	l.indexes()
	l.resolve()
	l.broken()
	l.references()
	l.publish()
	l.site.byPath = l.pages
	return l.site, l.list
}

// broken checks what pages that are left out link to.
func (l *linker) broken() {
	for _, p := range l.in.Broken {
		page := &Page{Page: p, URL: l.address(p)}
		if p.IsPlaybook() && len(l.in.Config.Segments) > 0 {
			for _, v := range p.Meta.Segments {
				l.segment(&Playbook{Page: *page}, v)
			}
		}
		for _, t := range p.Links {
			l.target(page, t)
		}
	}
}

// linker collects a site.
type linker struct {
	in   Input
	site *Site
	// pages are all pages that are built, by path; hidden are those that
	// exist and are not built.
	pages  map[string]*Page
	hidden map[string]bool
	// kept are those of them that are kept back: drafts and the like.
	kept   []*playbook.Page
	urls   *registry
	assets map[string]bool
	// forms are the paths that are not stored in composed form, by that form.
	forms map[string]string
	used  map[string]bool // assets that a page links to
	// all are the playbooks, retired ones too, in order of path.
	all []*Playbook

	segments map[string]*Segment
	named    map[string]*Role // what a metric says to the role it means, or nil
	// nearRoles are the headings that are no role to the one they are nearly, or
	// to nothing; byLength are the names of roles by about their length.
	nearRoles map[string]string
	byLength  map[int][]string
	near      int // how many near misses were looked for
	list      []diag.Diagnostic
}

func (l *linker) add(d diag.Diagnostic) { l.list = append(l.list, d) }

// Hidden reports whether a page is kept back on a day: a draft, a page not yet
// published, or an expired one.
func Hidden(m playbook.Meta, asOf time.Time) bool {
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
		l.hidden[d] = true
		l.form(d)
	}
	l.reserve()
	for _, p := range l.in.Pages {
		l.form(p.File.Path)
		if !l.in.Drafts && Hidden(p.Meta, l.in.AsOf) {
			l.hidden[p.File.Path] = true
			l.kept = append(l.kept, p)
			continue
		}
		page := &Page{Page: p, URL: l.address(p)}
		l.pages[p.File.Path] = page
		if p.IsPlaybook() {
			pb := &Playbook{Page: *page, Position: *p.Meta.Position}
			l.pages[p.File.Path] = &pb.Page
			l.all = append(l.all, pb)
		} else {
			l.ordinary(page)
		}
		l.claim(l.pages[p.File.Path])
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

// playbooks settles segments, tasks and roles of every playbook.
func (l *linker) playbooks() {
	for _, p := range l.all {
		for _, v := range p.Meta.Segments {
			if s := l.segment(p, v); s != nil {
				p.Segments = append(p.Segments, s)
			}
		}
		every := p.Meta.ReviewEvery
		if every.IsZero() {
			every = l.in.Config.ReviewEvery
		}
		if !p.Meta.Reviewed.IsZero() && !every.IsZero() {
			p.Due = every.After(p.Meta.Reviewed)
		}
	}
}

// order sorts the playbooks along the line and makes them neighbours.
func (l *linker) order() {
	s := l.site
	slices.SortFunc(l.all, func(a, b *Playbook) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.Title, b.Title), cmp.Compare(a.File.Path, b.File.Path))
	})
	for _, p := range l.all {
		if p.Meta.Status == playbook.Retired {
			s.Retired = append(s.Retired, p)
			continue
		}
		if n := len(s.Playbooks); n > 0 {
			p.Before, s.Playbooks[n-1].After = s.Playbooks[n-1], p
		}
		p.Rank = len(s.Playbooks)
		s.Playbooks = append(s.Playbooks, p)
		l.join(p)
	}
}

// join lists a playbook with its segments and roles.
func (l *linker) join(p *Playbook) {
	for i, g := range p.Segments {
		if n := len(g.Playbooks); n > 0 && i == 0 {
			p.SegmentBefore = g.Playbooks[n-1]
			if q := p.SegmentBefore; q.Segments[0] == g {
				q.SegmentAfter = p
			}
		}
		g.Playbooks = append(g.Playbooks, p)
	}
	for _, r := range p.concerned(l.site.Roles) {
		r.Playbooks = append(r.Playbooks, p)
	}
	for _, e := range p.Section(playbook.Metrics).Entries() {
		if r := l.metricRole(e); r != nil {
			r.Metrics = append(r.Metrics, Use{p, e})
		}
	}
}

// concerned returns the roles on whose pages a playbook stands: those with
// tasks of their own in it, or all roles where its tasks are nobody's in
// particular. Where some have tasks of their own, what is everyone's does not
// make it a playbook of the others.
func (p *Playbook) concerned(all []*Role) []*Role {
	if own := p.Roles(); len(own) > 0 || len(p.Tasks) == 0 {
		return own
	}
	return all
}

// MetricsIn returns the metrics of a playbook by which the role is measured.
func (r *Role) MetricsIn(p *Playbook) []Use {
	at := func(rank int) int {
		return sort.Search(len(r.Metrics), func(i int) bool { return r.Metrics[i].Playbook.Rank >= rank })
	}
	return r.Metrics[at(p.Rank):at(p.Rank+1)]
}

// TasksOf returns a role's tasks in the playbook with those that are
// everyone's.
func (p *Playbook) TasksOf(r *Role) []Task {
	var out []Task
	for _, t := range p.Tasks {
		if t.Role == nil || t.Role == r {
			out = append(out, t)
		}
	}
	return out
}

// Roles returns the roles that have tasks of their own in the playbook, in
// the order in which they appear.
func (p *Playbook) Roles() []*Role {
	var out []*Role
	for _, t := range p.Tasks {
		if t.Role != nil && !slices.Contains(out, t.Role) {
			out = append(out, t.Role)
		}
	}
	return out
}

// Page returns the page made of a source file, nil where none is.
func (s *Site) Page(path string) *Page { return s.byPath[path] }

// Playbook returns the playbook made of a source file, nil where none is.
func (s *Site) Playbook(path string) *Playbook {
	for _, list := range [][]*Playbook{s.Playbooks, s.Retired} {
		for _, p := range list {
			if p.File.Path == path {
				return p
			}
		}
	}
	return nil
}
