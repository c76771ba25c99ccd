package render

import (
	"html/template"
	"strconv"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

// Lists of playbooks are made here and not by templates: a large site has a hundred
// thousand rows, each with a dozen values.

// marked writes the attributes of a playbook in a list.
func (b *body) marked(at *Position) {
	b.raw(` data-stop="`, at.Stop, `" data-side="`, at.Side, `"`)
}

// digest lets a reader be told what has changed.
func (b *body) digest(p *site.Playbook) { b.raw(` data-digest="`, p.Sum.Short(), `"`) }

// in is the language of what comes from a playbook.
func (b *body) in(p *site.Playbook) string {
	return string(other(p.Meta.Lang, b.r.chrome.Lang))
}

// link leads to a place in a playbook, to its page where the anchor is empty.
func (b *body) link(p *site.Playbook, anchor string) {
	b.raw("<a")
	b.href(p.URL, anchor)
	b.raw(b.in(p), ">")
	b.text(p.Title)
	b.raw("</a>")
}

// tags say what a reader should know before following a link.
func (b *body) tags(p *site.Playbook) {
	b.azTag("draft", b.r.draft(&p.Page))
	b.azTag("illustrative", p.Meta.Illustrative)
}

// line is a playbook's place in words, with its segments.
func (b *body) line(p *site.Playbook) {
	b.raw(`<p class="place">`)
	b.buf = b.r.appendLine(b.buf, b.at, p)
	b.raw("</p>")
}

// openPair begins a playbook with its matter on the page of a role or a segment.
func (b *body) openPair(p *site.Playbook) {
	b.raw(`<section class="card pair"`)
	b.marked(&b.r.places[p.Position])
	b.digest(p)
	b.raw(`><div class="stub"><h2>`)
	b.link(p, "")
	b.tags(p)
	b.raw("</h2>")
}

// rolePair is a playbook with a role's tasks in it.
func (b *body) rolePair(p *site.Playbook, role *site.Role) {
	b.owner = &p.Page
	b.openPair(p)
	b.raw(`<span class="mini `, b.r.places[p.Position].Digits, `"></span>`)
	b.line(p)
	b.raw(`</div><div class="matter"`, b.in(p), ">")
	from := len(b.buf)
	b.roleTasks(p.TasksOf(role))
	settle(b.buf[from:])
	b.raw("</div></section>")
}

// segmentPair is a playbook with its buyers, nil where it names none.
func (b *body) segmentPair(p *site.Playbook) {
	b.owner = &p.Page
	b.openPair(p)
	b.raw(`<p class="place"><span class="mark"></span><bdi>`)
	b.text(b.r.places[p.Position].Label)
	b.raw(`</bdi></p></div><div class="matter"`, b.in(p), ">")
	b.statement(p, "")
	if s := p.Section(playbook.Buyers); s != nil {
		from := len(b.buf)
		b.section(s)
		settle(b.buf[from:])
	}
	b.raw("</div></section>")
}

// statement is the first sentence of the value proposition.
func (b *body) statement(p *site.Playbook, in string) {
	if p.Summary != "" {
		b.raw(`<p class="text"`, in, ">")
		b.text(p.Summary)
		b.raw("</p>")
	}
}

// use is an entry of a playbook on the page of an index.
func (b *body) use(u site.Use, named bool) {
	p := u.Playbook
	b.owner = &p.Page
	b.raw("<li")
	b.marked(&b.r.places[p.Position])
	b.raw(`><p class="name">`)
	b.link(p, u.Entry.ID)
	b.tags(p)
	b.raw("</p>")
	b.line(p)
	open := len(b.buf)
	b.raw(`<div class="use"`, b.in(p), ">")
	from := len(b.buf)
	if named {
		b.name(u.Entry)
	}
	b.loose(u.Entry.Body)
	b.filled(u.Entry.Fields, "")
	if len(b.buf) == from {
		b.buf = b.buf[:open]
	} else {
		settle(b.buf[from:])
		b.raw("</div>")
	}
	b.raw("</li>")
}

// rows lists playbooks by name.
func (r *Renderer) rows(at string, list []*site.Playbook) template.HTML {
	b := r.newBody(at, nil, 2)
	defer b.done()
	for _, p := range list {
		b.raw(`<li class="ref"`)
		b.marked(&r.places[p.Position])
		b.digest(p)
		b.raw(`><p class="name">`)
		b.link(p, "")
		b.tags(p)
		b.raw(`</p><span class="mini `, r.places[p.Position].Digits, `"></span>`)
		b.line(p)
		b.statement(p, b.in(p))
		b.raw("</li>")
	}
	return b.html()
}

// points are playbooks drawn on the line of a role.
func (b *body) points(list []*site.Playbook) template.HTML {
	for _, p := range list {
		b.raw(`<circle data-stop="`, b.r.places[p.Position].Stop, `" cx="`, itoa(int(p.Position)), `%" cy="6.5" r="4"/>`)
	}
	return b.html()
}

// dots writes the dots of a row of the picture.
func (b *body) dots(list []Dot) template.HTML {
	for i := range list {
		b.dot(&list[i])
	}
	return b.html()
}

func (b *body) dot(d *Dot) {
	b.raw(`<li class="dot `, d.Position.Digits, " l", itoa(d.Lane))
	if d.Left {
		b.raw(" left")
	}
	b.raw(`"`)
	b.marked(&d.Position)
	b.raw(` data-roles="`)
	b.text(d.Roles)
	b.raw(`" data-digest="`, d.Digest, `"><a`)
	b.attr("href", d.Href)
	b.raw(`><span class="mini"></span><span class="name">`)
	b.text(d.Text)
	b.raw("</span>")
	b.azTag("illustrative", d.Illustrative)
	b.raw(` <span class="value">`)
	b.buf = strconv.AppendInt(b.buf, int64(d.Position.Value), 10)
	b.raw("</span></a></li>")
}
