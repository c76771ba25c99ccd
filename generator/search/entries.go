package search

import (
	"strings"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

// sheet is a page with its entries.
type sheet struct {
	url, title, lang string
	// at is the place on the line, -1 of a page that is no playbook.
	at       int
	segments []*site.Segment
	items    []item
}

// item is an entry before its body is parted into passages.
type item struct {
	kind       Kind
	role       *site.Role
	column     uint16 // once it is known
	anchor     string
	head, body string
	// end is where the body ends among those of the page, while they are gathered.
	end int
	// topics are words of the body that tell what the entry is about.
	topics string
	// borrowed says that the head is that of another entry: it is shown, and its
	// words lead to that one.
	borrowed bool
}

// gatherer gathers the entries of one page.
type gatherer struct {
	site *site.Site
	sheet
	// now is the text that is being gathered under a heading.
	now  item
	text lines
	// idle says that the heading alone is no entry.
	idle bool
	// bodies are those of all items, one behind the other: a page has a hundred,
	// and makes one text of them.
	bodies lines
	// room is for the items of the next page.
	room []item
}

// gather gathers the entries of a page. They are gone with the next page's.
func (g *gatherer) gather(from *origin) *sheet {
	g.sheet = from.sheet
	g.items = g.room[:0]
	from.gather(g)
	g.room = g.items
	text, at := string(g.bodies.text), 0
	for i := range g.items {
		it := &g.items[i]
		it.body, at = text[at:it.end], it.end
	}
	g.bodies.clear()
	return &g.sheet
}

// add adds an item whose body has been written.
func (g *gatherer) add(it item) {
	g.bodies.begin()
	it.end = len(g.bodies.text)
	g.items = append(g.items, it)
}

// begin goes on under another heading.
func (g *gatherer) begin(kind Kind, anchor, head string) {
	g.end()
	g.now = item{kind: kind, anchor: anchor, head: head}
}

// say adds text to what stands under the heading.
func (g *gatherer) say(text string) { g.text.line(text) }

// end makes an entry of the heading and its text.
func (g *gatherer) end() {
	if len(g.text.text) > 0 || g.now.head != "" && !g.idle {
		g.bodies.text = append(g.bodies.text, g.text.text...)
		g.add(g.now)
	}
	g.text.clear()
	g.now, g.idle = item{}, false
}

// playbook gathers a playbook.
func (g *gatherer) playbook(p *site.Playbook) {
	g.at, g.segments = int(p.Position), p.Segments
	g.begin(KindPlaybook, "", p.Title)
	g.say(proposition(p.Page.Page))
	g.say(p.RestParts[0])
	g.say(p.Meta.PositionReason)
	g.say(p.Meta.Stance)
	g.say(p.Meta.Owner.Text)
	var segments []string
	for _, s := range p.Segments {
		segments = append(segments, s.Title)
	}
	g.now.topics = strings.Join(segments, ", ")
	g.say(g.now.topics)
	for _, s := range p.Sections {
		w := sectionGatherer{g, p, s.Kind, p.Tasks}
		for _, part := range s.Parts {
			g.begin(KindSection, part.Heading.ID, part.Heading.Text)
			w.walk(part.Items)
		}
	}
	g.rest(p.Page.Page)
}

// proposition returns the statement of the value proposition.
func proposition(p *playbook.Page) string {
	if s := p.Section(playbook.ValueProposition); s != nil {
		for _, part := range s.Parts {
			if part.StatementText != "" {
				return part.StatementText
			}
		}
	}
	return ""
}

// rest gathers what stands under the headings that were not recognised, and the
// footnotes.
func (g *gatherer) rest(p *playbook.Page) {
	for i, h := range p.Headings {
		g.begin(KindSection, h.ID, h.Text)
		g.say(p.RestParts[i+1])
	}
	if notes := p.Footnotes.Text(); notes != "" {
		g.begin(KindSection, "fn-1", p.Title)
		g.now.borrowed = true
		g.say(notes)
	}
	g.end()
}

// page gathers an ordinary page, or one of a register with its prose.
func (g *gatherer) page(p *playbook.Page, also ...string) {
	g.begin(KindPage, "", g.title)
	g.now.topics = strings.Join(also, ", ")
	for _, text := range also {
		g.say(text)
	}
	if p == nil {
		g.end()
		return
	}
	if Fold(p.Title) != Fold(g.title) && p.TitleID != "" {
		g.say(p.Title)
	}
	g.say(p.RestParts[0])
	g.rest(p)
}

// house gathers what the page of a house index says beside its entries.
func (g *gatherer) house(x *site.Index) {
	p := x.House.Page
	g.begin(KindPage, "", g.title)
	w := sectionGatherer{gatherer: g, kind: x.Kind}
	if s := p.Section(x.Kind); s != nil {
		for _, part := range s.Parts {
			w.walk(part.Items)
		}
	}
	g.rest(p)
}
