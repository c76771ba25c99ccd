package render

import (
	"bytes"
	"slices"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

// How much of a playbook's title a list to choose from shows, and about how
// many bytes one script of such a list holds.
const (
	choiceTitle = 100
	partTitle   = 30
	choiceBytes = 48 << 10
)

// choicePages adds the lists of playbooks to choose from, in order on the line.
// All that a small site has stands in one script; that of a large one names the
// parts, each in a script of its own, so that none grows with the site:
//
//	plumb.take("playbooks", {ends: [choice, choice], groups: [["Make it for less", [choice, …]], …]});
//	plumb.take("playbooks", {ends: [choice, choice], parts: ["0 to 12 · Alpha … Kappa", …]});
//	plumb.take("playbooks-0", {groups: [["Make it for less", [choice, …]], …]});
//
// A choice is a playbook's path, title and position.
func (r *Renderer) choicePages(pages []Page) []Page {
	ends := r.ends()
	parts := r.choiceParts()
	pages = append(pages, Page{
		Path: "data/playbooks.js",
		data: func(dst *bytes.Buffer) { r.choiceIndex(dst, ends, parts) },
		needs: func(w *inputs) {
			w.choices(ends)
			w.number(len(parts))
			for _, list := range parts {
				if len(parts) > 1 {
					list = []*site.Playbook{list[0], list[len(list)-1]}
				}
				w.choices(list)
			}
		},
	})
	if len(parts) < 2 {
		return pages
	}
	for i, list := range parts {
		name := "playbooks-" + itoa(i)
		pages = append(pages, Page{
			Path:  "data/" + name + ".js",
			data:  func(dst *bytes.Buffer) { r.choicePart(dst, name, list) },
			needs: func(w *inputs) { w.choices(list) },
		})
	}
	return pages
}

// choices are playbooks in a list to choose from.
func (w *inputs) choices(list []*site.Playbook) {
	w.number(len(list))
	for _, p := range list {
		w.text(p.URL, p.Title)
		w.number(int(p.Position))
		w.number(int(p.Meta.Status))
	}
}

// choiceParts are the playbooks that can be chosen: one list where a script
// holds them, else lists that one holds each, the retired apart.
func (r *Renderer) choiceParts() (parts [][]*site.Playbook) {
	all := slices.Collect(r.published())
	for from, size := 0, 0; from < len(all); {
		to := from
		for size = 0; to < len(all) && size < choiceBytes; to++ {
			size += len(all[to].URL) + min(len(all[to].Title), choiceTitle) + len(`["","",100],`)
		}
		if from > 0 || to < len(all) {
			to = from + sameStatus(all[from:to])
		}
		parts = append(parts, all[from:to])
		from = to
	}
	return parts
}

// sameStatus returns how many playbooks, from the first on, are all retired or
// all not.
func sameStatus(list []*site.Playbook) int {
	for i, p := range list {
		if isRetired(p) != isRetired(list[0]) {
			return i
		}
	}
	return len(list)
}

func isRetired(p *site.Playbook) bool { return p.Meta.Status == playbook.Retired }

func (r *Renderer) choiceIndex(dst *bytes.Buffer, ends []*site.Playbook, parts [][]*site.Playbook) {
	o := begin("playbooks")
	o.open("ends", '[')
	for _, p := range ends {
		o.choice(p)
	}
	o.close(']')
	if len(parts) > 1 {
		var labels []string
		for _, list := range parts {
			labels = append(labels, r.partLabel(list))
		}
		o.texts("parts", labels)
	} else {
		r.choiceGroups(o, slices.Concat(parts...))
	}
	o.end(dst)
}

func (r *Renderer) choicePart(dst *bytes.Buffer, name string, list []*site.Playbook) {
	o := begin(name)
	r.choiceGroups(o, list)
	o.end(dst)
}

// begin begins a script that hands an object to whoever asked for the name.
func begin(name string) *object {
	o := &object{buf: append(appendString([]byte("plumb.take("), name), ',')}
	o.open("", '{')
	return o
}

func (o *object) end(dst *bytes.Buffer) { dst.Write(append(o.buf, "});\n"...)) }

// choiceGroups groups playbooks by the stop of the line that they are nearest
// to; the retired are a group of their own.
func (r *Renderer) choiceGroups(o *object, list []*site.Playbook) {
	o.open("groups", '[')
	last := ""
	for _, p := range list {
		if label := r.choiceGroup(p); label != last {
			if last != "" {
				o.buf = append(o.buf, "]]"...)
			}
			o.open("", '[')
			o.text("", label)
			o.open("", '[')
			last = label
		}
		o.choice(p)
	}
	if last != "" {
		o.buf = append(o.buf, "]]"...)
	}
	o.close(']')
}

func (r *Renderer) choiceGroup(p *site.Playbook) string {
	if isRetired(p) {
		return r.theme.Text("retired")
	}
	stop := p.Position.Stop()
	if own := r.site.Config.Stops[stop]; own != "" {
		return own
	}
	return r.theme.Text("stop." + playbook.StopNames()[stop])
}

func (o *object) choice(p *site.Playbook) {
	o.open("", '[')
	o.text("", p.URL)
	o.text("", playbook.Shorten(p.Title, choiceTitle))
	o.number("", int(p.Position))
	o.close(']')
}

// partLabel says which playbooks a part of the list holds.
func (r *Renderer) partLabel(list []*site.Playbook) string {
	first, last := list[0], list[len(list)-1]
	where := r.theme.Text("range", int(first.Position), int(last.Position))
	if isRetired(first) {
		where = r.theme.Text("retired") + ", " + where
	}
	return where + " · " + playbook.Shorten(first.Title, partTitle) + " … " + playbook.Shorten(last.Title, partTitle)
}
