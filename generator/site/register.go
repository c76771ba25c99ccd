package site

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/source"
)

// registers sets up segments and roles: as declared, or as the pages of the
// register say.
func (l *linker) registers() {
	l.site.roleNames, l.segments, l.named = map[string]*Role{}, map[string]*Segment{}, map[string]*Role{}
	for _, s := range l.in.Config.Segments {
		l.newSegment(s)
	}
	for _, r := range l.in.Config.Roles {
		l.newRole(r)
	}
	for _, p := range l.in.Pages {
		rel := relative(p.File.Path)
		page := l.pages[p.File.Path]
		if page == nil || p.IsPlaybook() {
			continue
		}
		if registerPage(rel, "roles/") {
			l.rolePage(page, pageID(rel))
		}
		if registerPage(rel, "segments/") {
			l.segmentPage(page, pageID(rel))
		}
	}
}

func pageID(rel string) string {
	return compose(strings.TrimSuffix(rel[strings.IndexByte(rel, '/')+1:], ".md"))
}

func (l *linker) newSegment(s config.Segment) *Segment {
	g := &Segment{Segment: s, URL: "segments/" + s.ID + ".html"}
	l.segments[s.ID] = g
	l.site.Segments = append(l.site.Segments, g)
	l.own(g.URL)
	return g
}

func (l *linker) newRole(c config.Role) *Role {
	r := &Role{Role: c, URL: "roles/" + c.ID + ".html"}
	for _, n := range append([]string{c.ID, c.Title}, c.Aliases...) {
		if key := playbook.Normalize(n); l.site.roleNames[key] == nil {
			l.site.roleNames[key] = r
		}
	}
	l.site.Roles = append(l.site.Roles, r)
	l.own(r.URL)
	return r
}

func (l *linker) rolePage(p *Page, id string) {
	r := l.site.roleNames[playbook.Normalize(id)]
	if r == nil || r.ID != id {
		if len(l.in.Config.Roles) > 0 {
			l.add(diag.New(diag.Error, diag.UnknownRole, diag.File(p.File.Path),
				fmt.Sprintf("no role has the id “%s”", id), diag.DidYouMean(id, l.roleIDs())))
			return
		}
		r = l.newRole(config.Role{ID: id, Title: titleOr(p, id)})
	}
	r.Prose = p
}

// titleOr returns a page's own title, else the one its id stands for.
func titleOr(p *Page, id string) string {
	if p.Meta.Title.Text != "" || p.TitleID != "" {
		return p.Title
	}
	return config.Humanize(id)
}

func (l *linker) segmentPage(p *Page, id string) {
	g := l.segments[id]
	if g == nil {
		if len(l.in.Config.Segments) > 0 {
			l.add(diag.New(diag.Error, diag.UnknownSegment, diag.File(p.File.Path),
				fmt.Sprintf("no segment has the id “%s”", id), diag.DidYouMean(id, l.segmentIDs())))
			return
		}
		g = l.newSegment(config.Segment{ID: id, Title: titleOr(p, id)})
	}
	g.Prose = p
}

func (l *linker) roleIDs() (ids []string) {
	for _, r := range l.in.Config.Roles {
		ids = append(ids, r.ID)
	}
	return ids
}

func (l *linker) segmentIDs() (ids []string) {
	for _, s := range l.in.Config.Segments {
		ids = append(ids, s.ID)
	}
	return ids
}

// segment returns the segment that a playbook names; without a register it is
// taken as it comes.
func (l *linker) segment(p *Playbook, v source.Value) *Segment {
	if g := l.segments[v.Text]; g != nil {
		return g
	}
	if len(l.in.Config.Segments) > 0 {
		l.add(diag.New(diag.Error, diag.UnknownSegment, p.File.Place(v.Span),
			fmt.Sprintf("plumb.yaml declares no segment “%s”", v.Text), diag.DidYouMean(v.Text, l.segmentIDs())))
		return nil
	}
	return l.newSegment(config.Segment{ID: v.Text, Title: config.Humanize(v.Text)})
}

// roles settles which headings among the tasks are roles, and gives every
// task its role and group.
func (l *linker) roles() {
	if len(l.in.Config.Roles) == 0 {
		l.rolesAsTheyCome()
	}
	for _, p := range l.all {
		section := p.Section(playbook.SellingTasks)
		for _, t := range section.Tasks() {
			p.Tasks = append(p.Tasks, l.task(t))
		}
		l.nearMisses(p, section)
	}
	if len(l.in.Config.Roles) == 0 {
		slices.SortFunc(l.site.Roles, func(a, b *Role) int { return strings.Compare(a.ID, b.ID) })
	}
	if len(l.in.Config.Segments) == 0 {
		slices.SortFunc(l.site.Segments, func(a, b *Segment) int { return strings.Compare(a.ID, b.ID) })
	}
}

// rolesAsTheyCome makes roles of headings that read as one, and of those that
// a metric names.
func (l *linker) rolesAsTheyCome() {
	named := map[string]bool{}
	for _, p := range l.all {
		for _, e := range p.Section(playbook.Metrics).Entries() {
			if f := e.Field(playbook.FieldRole); f != nil && !f.Missing {
				named[playbook.Normalize(f.Text)] = true
			}
		}
	}
	for _, p := range l.all {
		for _, s := range subheads(p.Section(playbook.SellingTasks)) {
			key := s.Key
			if l.site.roleNames[key] != nil || !s.RoleNoun && !named[key] {
				continue
			}
			id := config.Slug(key)
			if r := l.site.roleNames[playbook.Normalize(id)]; r != nil {
				l.site.roleNames[key] = r
				continue
			}
			l.newRole(config.Role{ID: id, Title: s.Text})
		}
	}
}

func subheads(s *playbook.Section) (out []*playbook.Subhead) {
	if s == nil {
		return nil
	}
	for _, part := range s.Parts {
		for _, it := range part.Items {
			if h, ok := it.(*playbook.Subhead); ok {
				out = append(out, h)
			}
		}
	}
	return out
}

// roleOf returns the role that a heading among tasks names, nil for a group.
func (l *linker) roleOf(s *playbook.Subhead) *Role { return l.site.roleNames[s.Key] }

// RoleOf returns the role that a heading among tasks names, nil for a group.
func (s *Site) RoleOf(h *playbook.Subhead) *Role { return s.roleNames[h.Key] }

// RoleNamed returns the role with an id, a title or an alias; nil where there
// is none.
func (s *Site) RoleNamed(heading string) *Role { return s.roleNames[playbook.Normalize(heading)] }

func (l *linker) task(t *playbook.Task) Task {
	out := Task{Task: t}
	for _, s := range slices.Backward(t.Heads) {
		if r := l.roleOf(s); r != nil {
			if out.Role == nil {
				out.Role = r
			}
		} else if out.Group == nil {
			out.Group = s
		}
	}
	return out
}

// nearMisses warns of headings that are nearly the name of a declared role.
func (l *linker) nearMisses(p *Playbook, section *playbook.Section) {
	if len(l.in.Config.Roles) == 0 {
		return
	}
	for _, s := range subheads(section) {
		if l.roleOf(s) != nil || len(s.Text) <= 4 {
			continue
		}
		if near := l.nearRole(s.Text); near != "" {
			l.add(diag.New(diag.Warning, diag.RoleNearMiss, p.File.Place(words(p.File, s.Span)),
				fmt.Sprintf("“%s” is no role, so it is taken for a group", s.Text), "did you mean “"+near+"”?"))
		}
	}
}

// words is the place of a heading without the marks before its words.
func words(f *source.File, s source.Span) source.Span {
	text := f.Data[s.Start:s.End]
	s.Start += len(text) - len(bytes.TrimLeft(text, "#* "))
	return s
}

// nearRole returns the name that a heading is nearly, with or without what it
// adds in parentheses.
func (l *linker) nearRole(heading string) string {
	near, known := l.nearRoles[heading]
	if known {
		return near
	}
	before, _, _ := strings.Cut(heading, "(")
	for _, text := range []string{heading, before} {
		key := playbook.Normalize(text)
		if near = diag.Nearest(key, l.rolesOfLength(utf8.RuneCountInString(key))); near != "" {
			break
		}
	}
	l.nearRoles[heading] = near
	return near
}

// maxSlip is by how many letters a name may differ from its near miss.
const maxSlip = 3

// rolesOfLength returns the names of the declared roles, in the register's
// order, that are about so many letters long: others are no near miss, and to
// compare every heading with every name would take a large site seconds.
func (l *linker) rolesOfLength(n int) []string {
	if l.nearRoles == nil {
		l.nearRoles, l.byLength = map[string]string{}, map[int][]string{}
		for _, r := range l.in.Config.Roles {
			for _, name := range append([]string{r.Title, r.ID}, r.Aliases...) {
				for at, letters := -maxSlip, utf8.RuneCountInString(name); at <= maxSlip; at++ {
					l.byLength[letters+at] = append(l.byLength[letters+at], name)
				}
			}
		}
	}
	return l.byLength[n]
}

// metricRole returns the role a metric measures: its role, else its owner
// where that is one.
func (l *linker) metricRole(e *playbook.Entry) *Role {
	for _, id := range []playbook.FieldID{playbook.FieldRole, playbook.FieldOwner} {
		if f := e.Field(id); f != nil && !f.Missing {
			r, known := l.named[f.Text]
			if !known {
				r = l.site.RoleNamed(f.Text)
				l.named[f.Text] = r
			}
			if r != nil {
				return r
			}
		}
	}
	return nil
}
