package align

import (
	"bytes"
	"fmt"

	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// roleWithoutTasks looks for the headings of roles below which no task stands
// anywhere in a playbook.
func roleWithoutTasks(r *run, p *site.Playbook) {
	var seen map[*site.Role]bool
	for i := range p.Outline.Heads {
		h := &p.Outline.Heads[i]
		role := r.Site.RoleOf(h.Subhead)
		if role == nil || seen[role] || r.hasTasks(p, role) {
			continue
		}
		if seen == nil {
			seen = map[*site.Role]bool{}
		}
		seen[role] = true
		f := r.report(p.File.Place(headingWords(p.File, h.Span)), fmt.Sprintf("“%s” has no task in this playbook", h.Text),
			"list below the heading what this role does, an item a task, or take the heading out")
		f.roles = []string{role.ID}
	}
}

// hasTasks reports whether a task stands below a heading of the role, also where
// another role's heading stands between.
func (r *run) hasTasks(p *site.Playbook, role *site.Role) bool {
	for _, own := range p.Roles() {
		if own == role {
			return true
		}
	}
	heads := p.Outline.Heads
	for _, tasks := range p.Outline.Runs {
		for at := tasks.Head; at >= 0; at = heads[at].Above {
			if r.Site.RoleOf(heads[at].Subhead) == role {
				return true
			}
		}
	}
	return false
}

// headingWords is the place of a heading, or of an item, without the marks before
// and behind its words; of several lines the first.
func headingWords(f *source.File, s source.Span) source.Span {
	line, _, _ := bytes.Cut(f.Text()[s.Start:s.End], []byte{'\n'})
	from := len(line) - len(bytes.TrimLeft(line, "#*_-+ \t"))
	to := len(bytes.TrimRight(line, "#*_: \t"))
	if to <= from {
		return s
	}
	return source.Span{Start: s.Start + from, End: s.Start + to}
}

// registerWithoutTasks looks for roles of the register that no playbook gives a
// task of their own. One that a playbook gives a heading was reported there.
func registerWithoutTasks(r *run) {
	if r.Partial || len(r.Site.Playbooks) == 0 {
		return
	}
	var idle []*site.Role
	for _, role := range r.Site.Roles {
		if len(role.Playbooks) == 0 {
			idle = append(idle, role)
		}
	}
	if len(idle) == 0 {
		return
	}
	headed := r.headedRoles()
	for _, role := range idle {
		if c := r.Site.Config; role.Span != (source.Span{}) && c.File != nil && !headed[role] {
			f := r.report(c.File.Place(role.Span), fmt.Sprintf("the role “%s” has no task of its own in any playbook", role.Title),
				"give it a heading below Selling tasks where it sells, or take it out of the register")
			f.roles = []string{role.ID}
		}
	}
}

// headedRoles are the roles that a heading among tasks names.
func (r *run) headedRoles() map[*site.Role]bool {
	out := map[*site.Role]bool{}
	for _, p := range r.Site.Playbooks {
		for i := range p.Outline.Heads {
			out[r.Site.RoleOf(p.Outline.Heads[i].Subhead)] = true
		}
	}
	return out
}

// entryWords is the place of an entry's name.
func entryWords(p *playbook.Page, e *playbook.Entry) source.Span {
	if i := bytes.Index(p.File.Text()[e.Span.Start:e.Span.End], []byte(e.Name)); i >= 0 && e.Name != "" {
		return source.Span{Start: e.Span.Start + i, End: e.Span.Start + i + len(e.Name)}
	}
	return headingWords(p.File, e.Span)
}
