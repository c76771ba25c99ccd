package render

import (
	"html/template"
	"slices"
	"strings"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

// among is where the writer of a section of tasks stands, so that everything
// in it says whose it is and a reader may be shown one role's part: data-roles
// names the roles, and what has none is everyone's.
type among struct {
	tasks []site.Task
	// below are the roles of the tasks below each heading; nil until one is asked
	// for.
	below map[*playbook.Subhead][]*site.Role
	// heads are the headings above, outermost first.
	heads []*playbook.Subhead
}

// roles are those of the tasks below a heading; "" where some are everyone's.
func (a *among) roles(below *playbook.Subhead) string {
	if a.below == nil {
		a.below = map[*playbook.Subhead][]*site.Role{}
		for _, t := range a.tasks {
			for _, h := range t.Heads {
				if !slices.Contains(a.below[h], t.Role) {
					a.below[h] = append(a.below[h], t.Role)
				}
			}
		}
	}
	return roleIDs(a.below[below])
}

// roleIDs joins the ids of roles, "" if one of them is everyone.
func roleIDs(roles []*site.Role) string {
	if len(roles) == 1 && roles[0] != nil {
		return roles[0].ID
	}
	ids := make([]string, len(roles))
	for i, r := range roles {
		if r == nil {
			return ""
		}
		ids[i] = r.ID
	}
	return strings.Join(ids, " ")
}

// enter goes on below a heading, as the decoder does.
func (a *among) enter(s *playbook.Subhead) {
	a.heads = slices.DeleteFunc(a.heads, func(h *playbook.Subhead) bool { return h.Depth >= s.Depth })
	a.heads = append(a.heads, s)
}

// role returns the role nearest above, nil without one.
func (b *body) role() *site.Role {
	if b.among == nil {
		return nil
	}
	for _, h := range slices.Backward(b.among.heads) {
		if r := b.r.site.RoleOf(h); r != nil {
			return r
		}
	}
	return nil
}

func (b *body) subhead(s *playbook.Subhead) {
	if b.among == nil {
		b.heading(s.Depth, "group", s.ID, "", s.HTML)
		return
	}
	b.among.enter(s)
	if role := b.r.site.RoleOf(s); role != nil {
		b.heading(s.Depth, "role", s.ID, role.ID, s.HTML)
		return
	}
	if own := b.role(); own != nil {
		b.heading(s.Depth, "group", s.ID, own.ID, s.HTML)
		return
	}
	b.heading(s.Depth, "group", s.ID, b.among.roles(s), s.HTML)
}

// prose writes text that was not taken for anything else; among tasks it is
// its role's.
func (b *body) prose(p *playbook.Prose) {
	role := b.role()
	if role == nil {
		b.fragment(p.HTML)
		return
	}
	b.raw(`<div class="said"`)
	b.attr("data-roles", role.ID)
	b.raw(">")
	b.fragment(p.HTML)
	b.raw("</div>")
}

// tasks writes a list of tasks as the author ordered it.
func (b *body) tasks(l *playbook.TaskList) {
	tag := b.openList("tasks", l.Ordered, l.Start)
	if role := b.role(); role != nil {
		b.attr("data-roles", role.ID)
	}
	b.raw(">")
	for _, t := range l.Tasks {
		b.task(t)
	}
	b.raw("</", tag, ">")
}

func (b *body) task(t *playbook.Task) {
	b.raw("<li")
	b.id(t.ID)
	b.attr("data-key", t.Key)
	b.raw(`><div class="task">`)
	b.fragment(t.HTML)
	b.raw("</div>")
	if !t.Notes.IsZero() {
		b.raw(`<details class="notes"><summary>`)
		b.text(b.r.theme.Text("notes"))
		b.raw("</summary><div>")
		b.fragment(t.Notes)
		b.raw("</div></details>")
	}
	b.raw("</li>")
}

// roleTasks writes a role's tasks in a playbook, with the groups they stand
// in.
func (b *body) roleTasks(tasks []site.Task) {
	var group *playbook.Subhead
	for i, t := range tasks {
		if i > 0 && t.Group == group {
			b.task(t.Task)
			continue
		}
		if i > 0 {
			b.raw("</ol>")
		}
		if group = t.Group; group != nil {
			b.raw(`<p class="group">`)
			b.fragment(group.HTML)
			b.raw("</p>")
		}
		b.raw(`<ol class="tasks">`)
		b.task(t.Task)
	}
	if len(tasks) > 0 {
		b.raw("</ol>")
	}
}

// whose are the attributes of a section of tasks: data-has names the roles with
// tasks of their own, data-all says that some are everyone's.
func whose(p *site.Playbook) template.HTMLAttr {
	attrs := ` data-has="` + roleIDs(p.Roles()) + `"`
	if slices.ContainsFunc(p.Tasks, func(t site.Task) bool { return t.Role == nil }) {
		attrs += ` data-all`
	}
	return template.HTMLAttr(attrs)
}
