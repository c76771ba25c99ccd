package render

import (
	"cmp"
	"iter"
	"strings"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

// model writes what a playbook says, as plain text: for the script that
// compares playbooks and, in plumb.json, for other programs. Its schema is
// plumb.schema.json.
type model struct {
	object
	r *Renderer
	p *site.Playbook
	// settled are the fields of the entry that is being written.
	settled []playbook.Field
	// role is the one that was named last, asked for twice.
	role  *site.Role
	named string
}

// roleNamed is [site.Site.RoleNamed].
func (m *model) roleNamed(text string) *site.Role {
	if m.named != text {
		m.role, m.named = m.r.site.RoleNamed(text), text
	}
	return m.role
}

// appendModel appends the model of a playbook.
func (r *Renderer) appendModel(dst []byte, p *site.Playbook) []byte {
	m := &model{object: object{buf: dst}, r: r, p: p}
	m.open("", '{')
	m.front()
	m.value()
	m.entries("buyers", playbook.Buyers, "text")
	m.labelled("qualify", playbook.Qualify)
	m.entries("questions", playbook.Questions, "text")
	m.tasks()
	m.entries("objections", playbook.Objections, "answer")
	m.entries("alternatives", playbook.Alternatives, "text")
	m.entries("proof", playbook.Proof, "text")
	m.entries("assets", playbook.Assets, "text")
	m.entries("processes", playbook.SupportProcesses, "does")
	m.entries("metrics", playbook.Metrics, "text")
	m.entries("customer_metrics", playbook.CustomerMetrics, "text")
	m.labelled("people", playbook.People)
	m.entries("initiatives", playbook.Initiatives, "text")
	m.prose()
	m.links()
	m.close('}')
	return m.buf
}

// front is what stands above the card.
func (m *model) front() {
	p := m.p
	m.text("path", p.URL)
	m.text("url", escapePath(p.URL))
	m.text("title", p.Title)
	lang := cmp.Or(p.Meta.Lang, m.r.chrome.Lang)
	m.text("lang", lang)
	m.text("dir", direction(lang))
	m.text("status", m.r.status(&p.Page))
	m.flag("illustrative", p.Meta.Illustrative)
	m.position(p.Position)
	m.open("segments", '[')
	for _, s := range p.Segments {
		m.open("", '{')
		m.text("id", s.ID)
		m.text("title", s.Title)
		m.close('}')
	}
	m.close(']')
	name, address := m.r.owner(p.Meta.Owner.Text)
	m.text("owner", name)
	m.text("owner_address", address)
	m.text("reviewed", isoDate(p.Meta.Reviewed))
	m.text("due", isoDate(p.Due))
	m.text("digest", p.Sum.Short())
}

// status returns live, draft or retired.
func (r *Renderer) status(p *site.Page) string {
	if r.draft(p) {
		return playbook.Draft.String()
	}
	return p.Meta.Status.String()
}

func (m *model) position(at playbook.Position) {
	p := m.r.position(at)
	m.open("position", '{')
	m.number("value", p.Value)
	m.text("stop", p.Stop)
	m.text("side", p.Side)
	m.text("label", p.Label)
	m.close('}')
}

// value is the value proposition, with what the position asks of a rep.
func (m *model) value() {
	m.open("statement", '{')
	if s := m.p.Section(playbook.ValueProposition); s != nil {
		for _, part := range s.Parts {
			if part.StatementText != "" {
				m.text("text", part.StatementText)
				break
			}
		}
		m.fields(ownFields(s))
	}
	m.close('}')
	m.text("stance", cmp.Or(m.p.Meta.Stance, m.r.stance(m.p.Position)))
	m.text("reason", m.p.Meta.PositionReason)
}

// labelled is a section whose labels are its own.
func (m *model) labelled(name string, kind playbook.Kind) {
	m.open(name, '{')
	if s := m.p.Section(kind); s != nil {
		m.fields(ownFields(s))
	}
	m.close('}')
}

// ownFields are the labelled values of a section itself, whether a label, a
// heading within the section or the section's own heading names them.
func ownFields(s *playbook.Section) (out []playbook.Field) {
	for _, part := range s.Parts {
		heads := part.Field != ""
		for _, it := range part.Items {
			switch it := it.(type) {
			case *playbook.Prose:
				if heads {
					out = append(out, playbook.Field{Tag: &playbook.Tag{ID: part.Field, Label: part.Heading.Text}, Text: it.Text, Missing: part.Missing})
					heads = false
				}
			case *playbook.FieldList:
				out = append(out, it.Fields...)
			case *playbook.Entry:
				if it.Part != "" {
					out = append(out, playbook.Field{Tag: &playbook.Tag{ID: it.Part, Label: it.Name}, Text: it.Text, Missing: it.Missing})
				}
			}
		}
	}
	return out
}

// fields writes labelled values by their ids; a label that is not known, or
// stands there before, goes with its value to the others.
func (m *model) fields(list []playbook.Field) {
	var other []*playbook.Field
	for i := range list {
		f := &list[i]
		switch {
		case f.Missing || f.Text == "":
		case f.ID == "" || f.ID == playbook.FieldName || anyField(list[:i], func(g *playbook.Field) bool { return g.ID == f.ID && !g.Missing && g.Text != "" }):
			other = append(other, f)
		default:
			m.text(property(f.ID), f.Text)
		}
	}
	if len(other) == 0 {
		return
	}
	m.open("other", '[')
	for _, f := range other {
		m.open("", '{')
		m.text("label", f.Label)
		m.text("text", f.Text)
		m.close('}')
	}
	m.close(']')
}

// anyField is slices.ContainsFunc without a copy of each field, which is large.
func anyField(list []playbook.Field, of func(*playbook.Field) bool) bool {
	for i := range list {
		if of(&list[i]) {
			return true
		}
	}
	return false
}

// property returns a field's name in the model: answer_within.
func property(id playbook.FieldID) string {
	if strings.IndexByte(string(id), '-') < 0 {
		return string(id)
	}
	return strings.ReplaceAll(string(id), "-", "_")
}

// entries writes the entries of a section. Text of an entry that has no label
// is the value of the property named body, where no label gives it one.
func (m *model) entries(name string, kind playbook.Kind, body string) {
	m.open(name, '[')
	if s := m.p.Section(kind); s != nil {
		for e, group := range grouped(s) {
			m.open("", '{')
			m.entry(&m.p.Page, kind, e, body)
			m.text("group", group)
			m.close('}')
		}
	}
	m.close(']')
}

// grouped are the entries of a section, each with the heading nearest above
// that groups them.
func grouped(s *playbook.Section) iter.Seq2[*playbook.Entry, string] {
	return func(yield func(*playbook.Entry, string) bool) {
		for _, part := range s.Parts {
			group := ""
			for _, it := range part.Items {
				more := true
				switch it := it.(type) {
				case *playbook.Subhead:
					group = it.Text
				case *playbook.Entry:
					more = yield(it, group)
				case *playbook.EntryTable:
					for i := 0; more && i < len(it.Rows); i++ {
						more = yield(it.Rows[i], group)
					}
				case *playbook.EntryList:
					for i := 0; more && i < len(it.Items); i++ {
						if e := it.Items[i].Entry; e != nil {
							more = yield(e, group)
						}
					}
				}
				if !more {
					return
				}
			}
		}
	}
}

// entry is what an entry of a page says.
func (m *model) entry(owner *site.Page, kind playbook.Kind, e *playbook.Entry, body string) {
	m.text("key", e.Key)
	name := "name"
	if kind == playbook.Objections {
		name = "objection"
	}
	m.text(name, e.Name)
	if e.Link >= 0 {
		m.text("url", address(owner.Targets[e.Link]))
	}
	m.text("kind", e.Kind)
	m.text("side", e.Side)
	m.text("share", e.Share)
	m.text("role", m.measures(kind, e))
	fields := e.Fields
	if kind == playbook.Metrics || kind == playbook.CustomerMetrics || kind == playbook.Assets {
		m.settled = append(m.settled[:0], fields...)
		fields = m.settled
		for i := range fields {
			m.settle(kind, e, &fields[i])
		}
	}
	if anyField(fields, func(f *playbook.Field) bool { return string(f.ID) == body && !f.Missing }) {
		body = "text"
	}
	m.text(body, e.Text)
	m.fields(fields)
}

// measures returns the id of the role that a metric measures: its role, else
// its owner where that is one.
func (m *model) measures(kind playbook.Kind, e *playbook.Entry) string {
	if kind != playbook.Metrics {
		return ""
	}
	for _, id := range []playbook.FieldID{playbook.FieldRole, playbook.FieldOwner} {
		if f := e.Field(id); f != nil && !f.Missing {
			if role := m.roleNamed(f.Text); role != nil {
				return role.ID
			}
		}
	}
	return ""
}

// settle takes a field out that is said as one of few values, and makes one
// that should be and is not understood a label like any other.
func (m *model) settle(kind playbook.Kind, e *playbook.Entry, f *playbook.Field) {
	said := ""
	switch f.ID {
	default:
		return
	case playbook.FieldRole:
		if kind == playbook.Metrics && m.roleNamed(f.Text) != nil {
			said = f.Text
		}
	case playbook.FieldKind: // or both, as in “leading (financial)”
		said = e.Kind
	case playbook.FieldSide:
		said = e.Side
	case playbook.FieldShare:
		said = e.Share
	}
	if said != "" {
		f.Missing = true
	} else if !f.Missing {
		f.Tag = &playbook.Tag{Label: f.Label, Anchor: f.Anchor} // the entry keeps its own
	}
}

// tasks are the selling tasks, behind the roles that have some of their own.
func (m *model) tasks() {
	m.open("roles", '[')
	for _, role := range m.p.Roles() {
		m.open("", '{')
		m.text("id", role.ID)
		m.text("title", role.Title)
		m.close('}')
	}
	m.close(']')
	m.open("tasks", '[')
	for i := range m.p.Tasks {
		m.task(&m.p.Tasks[i])
	}
	m.close(']')
}

func (m *model) task(t *site.Task) {
	m.open("", '{')
	m.text("key", t.Key)
	m.text("text", t.Text)
	m.text("notes", t.Notes.Text())
	if t.Role != nil {
		m.text("role", t.Role.ID)
	}
	if t.Group != nil {
		m.text("group", t.Group.Text)
	}
	if len(t.Refs) > 0 {
		m.open("refs", '[')
		for _, ref := range t.Refs {
			m.open("", '{')
			m.text("kind", ref.Kind.String())
			m.text("key", ref.Key)
			m.close('}')
		}
		m.close(']')
	}
	m.close('}')
}

// prose is what stands in a section and was not taken for anything else.
func (m *model) prose() {
	m.open("prose", '[')
	for _, s := range m.p.Sections {
		for _, part := range s.Parts {
			heads := part.Field != ""
			for _, it := range part.Items {
				m.proseIn(s.Kind, it, &heads)
			}
		}
	}
	m.close(']')
}

// proseIn writes the prose of an item; the first below a heading that names a
// field is that field's.
func (m *model) proseIn(kind playbook.Kind, it playbook.Item, heads *bool) {
	switch it := it.(type) {
	case *playbook.Prose:
		if !*heads {
			m.proseOf(kind, it.Text)
		}
		*heads = false
	case *playbook.EntryList:
		for _, li := range it.Items {
			if li.Prose != nil {
				m.proseOf(kind, li.Prose.Text)
			}
		}
	}
}

func (m *model) proseOf(kind playbook.Kind, text string) {
	if text == "" {
		return
	}
	m.open("", '{')
	m.text("section", kind.String())
	m.text("text", text)
	m.close('}')
}

// links are where the page leads to, each once.
func (m *model) links() {
	m.open("links", '[')
	seen := make(map[string]bool, len(m.p.Targets))
	for _, t := range m.p.Targets {
		to := address(t)
		if t.Kind == site.Local && t.URL == m.p.URL || to == "" || seen[to] {
			continue
		}
		seen[to] = true
		m.open("", '{')
		m.text("kind", [...]string{site.Local: "page", site.Asset: "asset", site.External: "external"}[t.Kind])
		m.text("url", to)
		m.close('}')
	}
	m.close(']')
}

// address returns what a link leads to, from the site's root; empty where it
// is not part of the site.
func address(t site.Target) string {
	switch t.Kind {
	case site.Plain:
		return ""
	case site.External:
		return t.URL
	}
	to := escapePath(t.URL) + t.Suffix
	if t.Anchor != "" {
		to += "#" + escapeAnchor(t.Anchor)
	}
	return to
}
