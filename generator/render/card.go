package render

import (
	"cmp"
	"html/template"

	"plumb/generator/markdown"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

// card fills in what the page of a playbook shows besides its prose. It is made
// here since there are more such pages than of all other kinds, and a template takes
// a microsecond for each value.
func (r *Renderer) card(v *Playbook, p *site.Playbook, f frame) {
	b := r.newBody(p.URL, &p.Page, 2)
	defer b.done()
	own := string(other(r.chrome.Lang, cmp.Or(p.Meta.Lang, r.chrome.Lang)))
	toc := make([]Link, 0, len(p.Sections)+len(p.Headings))
	for _, s := range p.Sections {
		head := &s.Parts[0].Heading
		toc = append(toc, Link{Href: "#" + escapeAnchor(head.ID), Text: head.Text})
		if s.Kind == playbook.ValueProposition {
			v.proposition(r, p, s, f)
		}
	}
	b.fragment(p.Rest)
	v.Rest = b.html()
	b.fragment(p.Footnotes)
	v.Footnotes = b.html()
	v.Contents = Items("", append(toc, contents(p.Headings)...))
	b.sections(v, p, own)
	v.For = b.segments(v.Segments)
	reviewed, due := b.date(v.Reviewed), b.date(v.Due)
	v.Stamp, v.Meta = b.stamp(v.Owner, reviewed, due), b.meta(v, reviewed, due)
	v.Near = b.near(p)
}

// proposition fills in the value proposition, the head of the card.
func (v *Playbook) proposition(r *Renderer, p *site.Playbook, s *playbook.Section, f frame) {
	b := r.newBody(p.URL, &p.Page, 2)
	defer b.done()
	head := &s.Parts[0].Heading
	v.Proposition = &Section{Kind: s.Kind.String(), ID: head.ID, Name: r.theme.Text("section." + s.Kind.String())}
	b.headingText(head.ID, head.HTML)
	v.Proposition.Heading = b.html()
	b.section(s)
	v.Proposition.Body = b.html()
	for _, part := range s.Parts {
		if part.StatementText != "" && v.Statement == "" {
			v.Statement, v.StatementRest = f.html(part.Statement), f.html(part.Onward)
		}
	}
}

// span is a part of what a body wrote.
type span struct{ from, to int }

// sections writes the other sections. Each is handed to templates as well, as a
// part of the same text.
func (b *body) sections(v *Playbook, p *site.Playbook, own string) {
	_, address := b.r.owner(p.Meta.Owner.Text)
	list := make([]Section, 0, len(p.Sections))
	parts := make([][2]span, 0, len(p.Sections)) // heading, body
	for _, s := range p.Sections {
		if s.Kind == playbook.ValueProposition {
			continue
		}
		head := &s.Parts[0].Heading
		view := Section{Kind: s.Kind.String(), ID: head.ID, Name: b.word("section." + s.Kind.String())}
		if address != "" {
			view.Write = b.letter(address, p.Title+": "+head.Text, head.ID)
		}
		tasks := s.Kind == playbook.SellingTasks
		b.among = nil
		if tasks {
			b.among, view.Whose = newAmong(p), whose(p)
		}
		heading := b.openCard(&view, head, own)
		if tasks {
			b.jump(v.Roles, own)
		}
		from := len(b.buf)
		b.section(s)
		parts = append(parts, [2]span{heading, {from, len(b.buf)}})
		b.raw("</section>")
		list = append(list, view)
	}
	v.Cards, v.Sections = b.html(), list
	for i, part := range parts {
		list[i].Heading, list[i].Body = v.Cards[part[0].from:part[0].to], v.Cards[part[1].from:part[1].to]
	}
}

// letter opens a letter to the owner about a section.
func (b *body) letter(address, subject, anchor string) string {
	where := b.r.canonical(b.at)
	if where != "" {
		where += "#" + escapeAnchor(anchor)
	}
	return writeTo(address, subject, where)
}

// openCard begins a section, and returns where its heading's text stands.
func (b *body) openCard(s *Section, head *playbook.Heading, own string) span {
	b.raw(`<section class="card" data-kind="`, s.Kind, `"`, string(s.Whose), `><h2 id="`)
	b.text(s.ID)
	b.raw(`">`)
	from := len(b.buf)
	b.headingText(head.ID, head.HTML)
	to := len(b.buf)
	b.raw("</h2>")
	if s.Write != "" {
		b.raw(`<a class="write"`)
		b.attr("href", s.Write)
		b.raw(own, ">")
		b.text(b.word("write"))
		b.raw("</a>")
	}
	return span{from, to}
}

// jump leads to the tasks of each role.
func (b *body) jump(roles []Link, own string) {
	if len(roles) == 0 {
		return
	}
	b.raw(`<p class="no-tasks"`, own, ">")
	b.text(b.word("tasks.none"))
	b.raw(`</p><nav class="jump" id="page:jump"`)
	b.attr("aria-label", b.word("jump.tasks"))
	b.raw("><ul>")
	for _, role := range roles {
		b.raw("<li><a")
		b.attr("href", role.Href)
		b.attr("data-role", role.Role)
		b.raw(">")
		b.text(role.Text)
		b.raw("</a></li>")
	}
	b.raw(`<li class="all" hidden`, own, `><a href="#page:jump" data-role>`)
	b.text(b.word("all.roles"))
	b.raw("</a></li></ul></nav>")
}

func (b *body) segments(list []Link) template.HTML {
	for i, s := range list {
		if i > 0 {
			b.raw("&nbsp;· ")
		}
		b.raw("<a")
		b.attr("href", s.Href)
		b.raw(">")
		b.text(s.Text)
		b.raw("</a>")
	}
	return b.html()
}

// date writes an ISO date out, as the template function of that name does.
func (b *body) date(iso string) string {
	if iso == "" {
		return ""
	}
	shown := string(markdown.AppendEscaped(nil, b.r.theme.Date(iso)))
	return `<time datetime="` + iso + `">` + shown + "</time>"
}

// stamp says whose the playbook is and when it is reviewed.
func (b *body) stamp(owner, reviewed, due string) template.HTML {
	b.stamped("owner", string(markdown.AppendEscaped(nil, owner)))
	b.stamped("reviewed", reviewed)
	b.stamped("due", due)
	return b.html()
}

func (b *body) stamped(key, value string) {
	if value != "" {
		b.raw("<span>")
		b.text(b.word(key))
		b.raw(": ", value, "</span>")
	}
}

// meta is the same for a column beside the page.
func (b *body) meta(v *Playbook, reviewed, due string) template.HTML {
	if v.Owner != "" {
		b.raw("<div><dt>")
		b.text(b.word("owner"))
		b.raw("</dt><dd>")
		if v.OwnerHref != "" {
			b.raw("<a")
			b.attr("href", v.OwnerHref)
			b.raw(">")
		}
		b.text(v.Owner)
		if v.OwnerHref != "" {
			b.raw("</a>")
		}
		b.raw("</dd></div>")
	}
	if reviewed != "" {
		b.raw("<div><dt>")
		b.text(b.word("reviewed"))
		b.raw("</dt><dd>", reviewed, "</dd></div>")
	}
	if due != "" {
		b.raw("<div><dt>")
		b.text(b.word("due"))
		b.raw(`</dt><dd data-due="`, v.Due, `">`, due, ` <span class="late">`)
		b.text(b.word("overdue"))
		b.raw("</span></dd></div>")
	}
	return b.html()
}

// near leads to a playbook's neighbours.
func (b *body) near(p *site.Playbook) template.HTML {
	b.side("before", "near.less", "prev", p.Before)
	b.side("after", "near.more", "next", p.After)
	if p.SegmentBefore != nil || p.SegmentAfter != nil {
		b.raw(`<div class="within"><p class="end">`)
		b.text(b.word("near.segment"))
		b.raw("</p>")
		b.neighbour("", p.SegmentBefore)
		b.neighbour("", p.SegmentAfter)
		b.raw("</div>")
	}
	return b.html()
}

// side is the neighbour on one side of the line.
func (b *body) side(class, key, rel string, p *site.Playbook) {
	if p == nil {
		return
	}
	b.raw(`<div class="`, class, `"><p class="end">`)
	b.text(b.word(key))
	b.raw("</p>")
	b.neighbour(rel, p)
	b.raw("</div>")
}

func (b *body) neighbour(rel string, p *site.Playbook) {
	if p == nil {
		return
	}
	at := &b.r.places[p.Position]
	b.raw(`<p data-stop="`, at.Stop, `" data-side="`, at.Side, `"><a`)
	b.attr("rel", rel)
	b.attr("href", href(b.at, p.URL))
	b.raw(string(other(p.Meta.Lang, b.r.chrome.Lang)), ">")
	b.text(p.Title)
	b.raw(`</a> <span class="place"><span class="mark"></span><bdi>`)
	b.text(at.Label)
	b.raw("</bdi></span></p>")
}
