package site

import (
	"bytes"
	"fmt"
	"maps"
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
	for _, s := range l.in.Config.Segments {
		l.newSegment(s)
	}
	for _, r := range l.in.Config.Roles {
		l.newRole(r)
	}
	for _, p := range l.registered {
		rel := relative(p.File.Path)
		if registerPage(rel, "roles/") {
			l.rolePage(p, pageID(rel))
		} else {
			l.segmentPage(p, pageID(rel))
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
				fmt.Sprintf("no role has the id “%s”", id), l.nearID(id, l.roleIDs())))
			return
		}
		if !l.isID(p, id, "role") {
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

// isID reports whether the name of a register's page is an id, or says that it
// is none.
func (l *linker) isID(p *Page, id, what string) bool {
	if config.IsID(id) {
		return true
	}
	l.add(diag.New(diag.Error, diag.BadID, diag.File(p.File.Path), fmt.Sprintf("“%s” is no id of a %s", id, what),
		"use lower-case letters, digits and hyphens: "+config.Slug(id)+".md"))
	return false
}

func (l *linker) segmentPage(p *Page, id string) {
	g := l.segments[id]
	if g == nil {
		if len(l.in.Config.Segments) > 0 {
			l.add(diag.New(diag.Error, diag.UnknownSegment, diag.File(p.File.Path),
				fmt.Sprintf("no segment has the id “%s”", id), l.nearID(id, l.segmentIDs())))
			return
		}
		if !l.isID(p, id, "segment") {
			return
		}
		g = l.newSegment(config.Segment{ID: id, Title: titleOr(p, id)})
	}
	g.Prose = p
}

func (l *linker) roleIDs() []string {
	return l.known.roles.get(func() (ids []string) {
		for _, r := range l.in.Config.Roles {
			ids = append(ids, r.ID)
		}
		return ids
	})
}

func (l *linker) segmentIDs() []string {
	return l.known.segments.get(func() (ids []string) {
		for _, s := range l.in.Config.Segments {
			ids = append(ids, s.ID)
		}
		return ids
	})
}

// maxCompared is how many ids are looked at for near misses in one build: that
// takes about half a second, and no site comes near it but one whose register
// and mistakes both count by the thousand.
const maxCompared = 1_000_000

// nearID is the hint for an id that a register does not have.
func (l *linker) nearID(id string, ids []string) string {
	if l.compared += len(ids); l.compared > maxCompared {
		return ""
	}
	return diag.DidYouMean(id, ids)
}

// segment returns the segment that a playbook names; without a register it is
// taken as it comes.
func (l *linker) segment(p *Page, v source.Value) *Segment {
	if g := l.segments[v.Text]; g != nil {
		return g
	}
	if len(l.in.Config.Segments) > 0 {
		l.add(diag.New(diag.Error, diag.UnknownSegment, l.placing.place(p.File, v.Span),
			fmt.Sprintf("plumb.yaml declares no segment “%s”", v.Text), l.nearID(v.Text, l.segmentIDs())).Mended(l.segmentFix(p, v)))
		return nil
	}
	return l.newSegment(config.Segment{ID: v.Text, Title: config.Humanize(v.Text)})
}

// segmentFix is the fix that writes the declared segment that was meant, unless
// the playbook names it anyway.
func (l *linker) segmentFix(p *Page, v source.Value) *diag.Fix {
	if l.compared > maxCompared {
		return nil
	}
	meant := diag.Meant(v.Text, l.segmentIDs())
	for _, other := range p.Meta.Segments {
		if meant == "" || other.Text == meant || other != v && diag.Meant(other.Text, l.segmentIDs()) == meant {
			return nil
		}
	}
	return l.placing.place(p.File, v.Span).Replace(v.Text, meant)
}

// roles settles which headings among the tasks are roles, and gives every
// task its role and group.
func (l *linker) roles() {
	if len(l.in.Config.Roles) == 0 {
		l.rolesAsTheyCome()
	} else {
		l.rolesInBrief()
	}
	l.measured = make([][]measured, len(l.slots))
	chunked(len(l.slots), func(from, to int) struct{} {
		var w tasker
		for i := from; i < to; i++ {
			if p := &l.slots[i]; p.Page.Page != nil && p.IsPlaybook() {
				w.tasks(l.site, p)
				l.measured[i] = w.measures(l.site, p)
			}
		}
		return struct{}{}
	})
	if len(l.in.Config.Roles) > 0 {
		for _, p := range l.all {
			l.nearMisses(p)
		}
	} else {
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
	for _, c := range l.surveys {
		maps.Copy(named, c.named)
	}
	for _, c := range l.surveys {
		for _, s := range c.heads {
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

// rolesInBrief makes headings that add its initials to the name of a declared
// role names of it.
func (l *linker) rolesInBrief() {
	for _, c := range l.surveys {
		for _, h := range c.heads {
			if before := playbook.WithoutInitials(h.Text); before != "" && l.site.roleNames[h.Key] == nil {
				if r := l.site.RoleNamed(before); r != nil {
					l.site.roleNames[h.Key] = r
				}
			}
		}
	}
}

// RoleOf returns the role that a heading among tasks names, nil for a group.
func (s *Site) RoleOf(h *playbook.Subhead) *Role { return s.roleNames[h.Key] }

// RoleNamed returns the role with an id, a title or an alias; nil where there
// is none.
func (s *Site) RoleNamed(heading string) *Role { return s.roleNames[playbook.Normalize(heading)] }

// tasker settles the tasks of playbooks.
type tasker struct {
	taskRoom     room[Task]
	places       []place
	roleRoom     room[*Role]
	measuredRoom room[measured]
}

// place is the nearest role and the nearest group above a task.
type place struct {
	role  *Role
	group *playbook.Subhead
}

// tasks gives the tasks of a playbook their roles and groups.
func (w *tasker) tasks(s *Site, p *Playbook) {
	o := &p.Outline
	w.settle(s, o.Heads)
	p.Tasks = w.taskRoom.take(len(o.Tasks))
	p.roles = w.roleRoom.take(len(o.Runs))[:0]
	var seen map[*Role]bool
	i := int32(0)
	for _, run := range o.Runs {
		at := w.places[run.Head+1]
		for ; i < run.End; i++ {
			p.Tasks[i] = Task{Task: o.Tasks[i], Role: at.role, Group: at.group}
		}
		p.addRole(at.role, &seen)
	}
}

// settle settles the place of what stands directly below each heading, behind
// that of what stands below none.
func (w *tasker) settle(s *Site, heads []playbook.Head) {
	w.places = append(w.places[:0], place{})
	for i := range heads {
		h := &heads[i]
		at := w.places[h.Above+1]
		if r := s.roleNames[h.Key]; r != nil {
			at.role = r
		} else {
			at.group = h.Subhead
		}
		w.places = append(w.places, at)
	}
}

// few is how many things are looked through one by one before a map of them
// pays.
const few = 16

// addRole adds a role to those of the playbook, once; seen are all of them
// where they are many.
func (p *Playbook) addRole(r *Role, seen *map[*Role]bool) {
	if r == nil || *seen == nil && slices.Contains(p.roles, r) || (*seen)[r] {
		return
	}
	p.roles = append(p.roles, r)
	if *seen == nil && len(p.roles) > few {
		*seen = map[*Role]bool{}
		for _, r := range p.roles {
			(*seen)[r] = true
		}
	}
	if *seen != nil {
		(*seen)[r] = true
	}
}

// measured is a metric with the role it measures.
type measured struct {
	role   *Role
	metric *playbook.Entry
}

// measures returns the metrics of a playbook that measure a role: their role,
// else their owner where that is one.
func (w *tasker) measures(s *Site, p *Playbook) []measured {
	out := w.measuredRoom.take(len(p.Outline.Measures))[:0]
	for i := range p.Outline.Measures {
		m := &p.Outline.Measures[i]
		if n := len(out); n > 0 && out[n-1].metric == m.Entry {
			continue
		}
		if r := s.roleNames[m.Name]; r != nil {
			out = append(out, measured{r, m.Entry})
		}
	}
	return out
}

// nearMisses warns of headings that are nearly the name of a declared role.
func (l *linker) nearMisses(p *Playbook) {
	for i := range p.Outline.Heads {
		s := &p.Outline.Heads[i]
		if l.site.roleNames[s.Key] != nil || len(s.Text) <= 4 {
			continue
		}
		if near := l.nearRole(s.Text); near.name != "" {
			l.add(diag.New(diag.Warning, diag.RoleNearMiss, l.placing.place(p.File, words(p.File, s.Span)),
				fmt.Sprintf("“%s” is no role, so it is taken for a group", s.Text), "did you mean “"+near.name+"”?").Mended(near.fix))
		}
	}
}

// words is the place of a heading without the marks before its words.
func words(f *source.File, s source.Span) source.Span {
	text := f.Text()[s.Start:s.End]
	s.Start += len(text) - len(bytes.TrimLeft(text, "#* "))
	return s
}

// nearRole is the name of a role that a heading is nearly, with the fix that
// makes the heading another name of the role: the heading itself is prose.
type nearRole struct {
	name string
	fix  *diag.Fix
}

// nearRole returns the name that a heading is nearly, with or without what it
// adds in parentheses.
func (l *linker) nearRole(heading string) nearRole {
	near, known := l.nearRoles[heading]
	if known {
		return near
	}
	before, _, _ := strings.Cut(heading, "(")
	for _, text := range []string{heading, before} {
		key := playbook.Normalize(text)
		name := diag.Nearest(key, l.rolesOfLength(utf8.RuneCountInString(key)))
		if name != "" && playbook.Normalize(name)[0] == key[0] { // few slip in the first letter: “Next steps” is not “AE steps”
			near = nearRole{name, l.in.Config.AliasFix(l.site.RoleNamed(name).ID, heading)}
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
		l.nearRoles, l.byLength = map[string]nearRole{}, map[int][]string{}
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
