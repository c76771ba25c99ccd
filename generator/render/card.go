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
func (r *Renderer) card(v *Playbook, p *site.Playbook) {
	b := r.newBody(p.URL, &p.Page, 2)
	defer b.done()
	own := string(other(r.chrome.Lang, cmp.Or(p.Meta.Lang, r.chrome.Lang)))
	b.fragment(p.Rest)
	v.Rest = b.html()
	b.fragment(p.Footnotes)
	v.Footnotes = b.html()
	for _, s := range p.Sections {
		b.content(&s.Parts[0].Heading)
	}
	b.contents(p.Headings)
	v.Contents = b.html()
	b.lead(v, p, own)
	b.sections(v, p, own)
	reviewed, due := b.date(v.Reviewed), b.date(v.Due)
	v.Stamp, v.Meta = b.stamp(v.Owner, reviewed, due), b.meta(v, reviewed, due)
	v.Near = b.near(p)
}

// contents writes the two highest levels of a page's headings.
func (b *body) contents(headings []playbook.Heading) {
	for i := range headings {
		if h := &headings[i]; h.Level <= 3 && h.ID != "" {
			b.content(h)
		}
	}
}

// content writes a heading as an item of the contents.
func (b *body) content(h *playbook.Heading) {
	b.raw(`<li><a href="#`)
	b.text(escapeAnchor(h.ID))
	b.raw(`">`)
	b.text(h.Text)
	b.raw("</a></li>")
}

// lead writes the head of the card.
func (b *body) lead(v *Playbook, p *site.Playbook, own string) {
	b.raw(`<p class="place"`, own, `><span class="mark"></span><bdi>`)
	b.text(b.r.places[p.Position].Label)
	b.raw(`</bdi></p><div class="title"><h1`)
	b.attr("id", p.TitleID)
	b.raw(">")
	b.text(p.Title)
	b.raw("</h1>")
	if len(v.Segments) > 0 {
		b.raw(`<p class="for"`, own, ">")
		b.segments(v.Segments)
		b.raw("</p>")
	}
	b.raw("</div>")
	statement := b.proposition(p.Section(playbook.ValueProposition))
	if v.Stance != "" {
		b.raw(`<p class="stance"`, own, ">")
		b.text(v.Stance)
		b.raw("</p>")
	}
	if v.Reason != "" {
		b.raw(`<p class="reason"><strong>`)
		b.text(b.word("reason"))
		b.raw(":</strong> ")
		b.text(v.Reason)
		b.raw("</p>")
	}
	v.Lead = b.html()
	v.Statement = v.Lead[statement.from:statement.to]
}

// proposition writes the heading of the value proposition, nil where a playbook has
// none, and what it says first. It returns where the statement stands.
func (b *body) proposition(s *playbook.Section) (statement span) {
	if s == nil {
		return span{}
	}
	head := &s.Parts[0].Heading
	b.raw(`<h2 class="eyebrow" id="`)
	b.text(head.ID)
	b.raw(`">`)
	from := len(b.buf)
	b.headingText(head.ID, head.HTML)
	if len(b.buf) == from {
		b.text(b.word("section." + s.Kind.String()))
	}
	b.raw("</h2>")
	for _, part := range s.Parts {
		if part.StatementText == "" {
			continue
		}
		b.raw(`<p class="statement">`)
		statement.from = len(b.buf)
		b.fragment(part.Statement)
		statement.to = len(b.buf)
		b.raw("</p>")
		if !part.Onward.IsZero() {
			b.raw(`<p class="onward">`)
			b.fragment(part.Onward)
			b.raw("</p>")
		}
		break
	}
	return statement
}

// rest writes what the value proposition says besides, as the first card.
func (b *body) rest(s *playbook.Section) {
	if s == nil {
		return
	}
	open := len(b.buf)
	b.raw(`<div class="card" data-kind="`, s.Kind.String(), `">`)
	from := len(b.buf)
	if b.section(s); len(b.buf) == from {
		b.buf = b.buf[:open]
		return
	}
	b.raw("</div>")
}

// span is a part of what a body wrote.
type span struct{ from, to int }

// sections writes the cards. Each but the first is handed to templates as well, as
// a part of the same text.
func (b *body) sections(v *Playbook, p *site.Playbook, own string) {
	_, address := b.r.owner(p.Meta.Owner.Text)
	list := make([]Section, 0, len(p.Sections))
	parts := make([][2]span, 0, len(p.Sections)) // heading, body
	b.rest(p.Section(playbook.ValueProposition))
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
			b.among, view.Whose = &among{tasks: p.Tasks}, whose(p)
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

func (b *body) segments(list []Link) {
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
}

// date writes an ISO date out, as the template function of that name does; many
// playbooks have one date.
func (b *body) date(iso string) string {
	if iso == "" {
		return ""
	}
	known, ok := b.r.dates.Load(iso)
	if !ok {
		shown := string(markdown.AppendEscaped(nil, b.r.theme.Date(iso)))
		known, _ = b.r.dates.LoadOrStore(iso, `<time datetime="`+iso+`">`+shown+"</time>")
	}
	return known.(string)
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
	b.href(p.URL, "")
	b.raw(string(other(p.Meta.Lang, b.r.chrome.Lang)), ">")
	b.text(p.Title)
	b.raw(`</a> <span class="place"><span class="mark"></span><bdi>`)
	b.text(at.Label)
	b.raw("</bdi></span></p>")
}
