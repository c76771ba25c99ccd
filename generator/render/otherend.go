package render

import (
	"html/template"
	"slices"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

// How much of the other end a role's page shows: enough to see the contrast.
const (
	neverPlaybooks = 2
	neverTasks     = 4
	// farApart is how far two places on the line are apart that ask opposite
	// things of a rep: half of it.
	farApart = 50
)

// otherEnd are the playbooks at the end of the line that is the farthest from
// where a role sells, the farthest first; none where it is near, and none for a
// shared role, which sells at no end.
func otherEnd(s *site.Site, role *site.Role) []*site.Playbook {
	own, all := role.Playbooks, s.Playbooks
	if len(own) == 0 || role.Shared {
		return nil
	}
	first, last := own[0].Position, own[len(own)-1].Position
	below, above := first-all[0].Position, all[len(all)-1].Position-last
	var out []*site.Playbook
	if below >= above {
		for _, p := range all {
			if first-p.Position < farApart || len(out) == neverPlaybooks {
				break
			}
			out = append(out, p)
		}
		return out
	}
	for _, p := range slices.Backward(all) {
		if p.Position-last < farApart || len(out) == neverPlaybooks {
			break
		}
		out = append(out, p)
	}
	return out
}

// othersTasks are the first tasks of a playbook that are not a role's.
func othersTasks(p *site.Playbook, role *site.Role) []site.Task {
	var out []site.Task
	for _, t := range p.Tasks {
		if !t.Of(role) && len(out) < neverTasks {
			out = append(out, t)
		}
	}
	return out
}

// never is what others do at the other end of the line, and what that end asks.
func (r *Renderer) never(at string, role *site.Role) (rows template.HTML, stance string) {
	b := r.newBody(at, nil, 2)
	defer b.done()
	for _, p := range otherEnd(r.site, role) {
		tasks := othersTasks(p, role)
		if len(tasks) == 0 {
			continue
		}
		if stance == "" {
			stance = r.stance(p.Position)
		}
		b.owner = &p.Page
		b.raw("<div")
		b.marked(&r.places[p.Position])
		b.raw("><h3>")
		b.link(p, "")
		b.raw("</h3>")
		b.line(p)
		b.raw("<div", b.in(p), "><ul>")
		for _, t := range tasks {
			b.raw("<li>")
			b.fragment(t.HTML)
			b.raw(` <span class="count">`)
			b.text(t.Role.Title)
			b.raw("</span></li>")
		}
		b.raw("</ul></div></div>")
	}
	return b.html(), stance
}

// supporters are the processes that a role's tasks in the playbooks call on, in
// the order in which they do.
func supporters(s *site.Site, role *site.Role, shown []*site.Playbook) (out []*site.Group) {
	for _, p := range shown {
		for _, t := range p.TasksOf(role) {
			for _, ref := range t.Refs {
				if ref.Kind != playbook.SupportProcesses {
					continue
				}
				if g := s.Processes.Find(ref.Key); g != nil && !slices.Contains(out, g) {
					out = append(out, g)
				}
			}
		}
	}
	return out
}

// support lists the processes that a role's tasks call on: who helps, how to
// ask, how fast.
func (r *Renderer) support(at string, role *site.Role, shown []*site.Playbook) template.HTML {
	b := r.newBody(at, nil, 2)
	defer b.done()
	for _, g := range supporters(r.site, role, shown) {
		owner, entry := described(&r.site.Processes, g)
		b.owner = owner
		b.raw(`<li class="entry"><p class="entry-name"><a`)
		b.href(site.PageURL(r.site.Processes.URL, g.Page), g.ID)
		b.raw(">")
		b.text(g.Name)
		b.raw("</a></p>")
		b.filled(entry.Fields, "")
		b.raw("</li>")
	}
	if len(b.buf) == 0 {
		return ""
	}
	return `<ul class="entries">` + b.settled() + `</ul>`
}

// described returns the entry that describes a group: the house's, else that of
// the first playbook.
func described(x *site.Index, g *site.Group) (*site.Page, *playbook.Entry) {
	if g.House != nil {
		return x.House, g.House
	}
	return &g.Uses[0].Playbook.Page, g.Uses[0].Entry
}
