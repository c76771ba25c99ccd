package render

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

const comparePath = "compare.html"

// comparePages adds the page that sets two playbooks side by side, and the
// lists of playbooks to choose from. The page as it is made shows the two ends
// of the line; its script compares any other pair by the same rules, from the
// scripts of the two playbooks.
func (r *Renderer) comparePages(pages []Page) []Page {
	pages = append(pages, Page{
		Path: comparePath, Layout: "compare", view: r.compareView,
		needs: func(w *inputs) {
			for _, p := range r.ends() {
				w.compared(r.comparand(p))
			}
		},
	})
	return r.choicePages(pages)
}

// ends are the first and the last playbook of the line that have a page; none
// where there are not two.
func (r *Renderer) ends() []*site.Playbook {
	housed := func(p *site.Playbook) bool { return !p.Homeless }
	all := r.site.Playbooks
	first := slices.IndexFunc(all, housed)
	for i, p := range slices.Backward(all) {
		if housed(p) && i > first {
			return []*site.Playbook{all[first], p}
		}
	}
	return nil
}

// compareHref leads from a playbook's page to its comparison with another.
func compareHref(p *site.Playbook) string {
	return href(p.URL, comparePath) + "?a=" + strings.ReplaceAll(url.QueryEscape(p.URL), "%2F", "/")
}

func (r *Renderer) compareView() View {
	v := &Compare{Words: r.compareWords()}
	if ends := r.ends(); ends != nil {
		c := &comparison{body: r.newBody(comparePath, nil, 1), a: r.comparand(ends[0]), b: r.comparand(ends[1])}
		c.write()
		v.Body = c.html()
	}
	return View{
		Title: r.theme.Text("compare"), Description: r.site.Config.Title + ": " + r.theme.Text("compare.lead"),
		Crumbs: []Link{r.home(comparePath)}, Compare: v,
	}
}

// compareWords are the words that the page's script shows, as JSON.
func (r *Renderer) compareWords() string {
	words := map[string]string{}
	for _, key := range strings.Fields("from to stop start keep only both nothing no-tasks neither everyone others more hire pay train stretch pick said unknown failed") {
		words[key] = r.theme.Text("compare." + key)
	}
	for _, key := range []string{"draft", "retired", "illustrative", "section.buyers", "section.support-processes", "section.metrics", "section.people"} {
		words[key] = r.theme.Text(key)
	}
	var b bytes.Buffer
	appendJSON(&b, words)
	return b.String()
}

// comparand is what the page reads of a playbook's model, in Go as in its
// script.
type comparand struct {
	URL, Title, Lang, Dir, Status, Stance string
	Illustrative                          bool
	Position                              struct {
		Value             int
		Stop, Side, Label string
	}
	Segments  []struct{ Title string }
	Statement struct{ Text string }
	Roles     []namedRole
	Tasks     []struct{ Key, Text, Role, Group string }
	Buyers    []struct{ Key, Name, Part string }
	Processes []struct {
		Key, Name    string
		AnswerWithin string `json:"answer_within"`
	}
	Metrics []struct{ Key, Name, Target string }
	Assets  []struct{ Key string }
	People  struct {
		Hire, Pay, Train string
		Other            []struct{ Label, Text string }
	}
}

type namedRole struct{ ID, Title string }

// comparand reads a playbook's model back, so that what is compared here is
// what the script has.
func (r *Renderer) comparand(p *site.Playbook) *comparand {
	c := &comparand{}
	if err := json.Unmarshal(r.appendModel(nil, p), c); err != nil {
		panic("render: " + err.Error()) // a model is always JSON
	}
	return c
}

// compared is what a comparison shows of a playbook.
func (w *inputs) compared(c *comparand) {
	var b bytes.Buffer
	appendJSON(&b, c)
	w.text(b.String())
}

// item is one thing of a playbook that another playbook may have as well: if
// the keys are equal it is the same thing.
type item struct {
	key, name, detail string
	of                *comparand
}

// tasksOf are a role's tasks with those that are everyone's; of "" the latter
// alone.
func (c *comparand) tasksOf(role string) (out []item) {
	for _, t := range c.Tasks {
		if t.Role == "" || t.Role == role {
			out = append(out, item{t.Key, t.Text, t.Group, c})
		}
	}
	return out
}

// things are what a playbook has of one kind.
func (c *comparand) things(kind playbook.Kind, word func(key string) string) (out []item) {
	add := func(key, name, detail string) { out = append(out, item{key, name, detail, c}) }
	switch kind {
	case playbook.Buyers:
		for _, x := range c.Buyers {
			add(x.Key, x.Name, x.Part)
		}
	case playbook.SupportProcesses:
		for _, x := range c.Processes {
			add(x.Key, x.Name, x.AnswerWithin)
		}
	case playbook.Metrics:
		for _, x := range c.Metrics {
			add(x.Key, x.Name, x.Target)
		}
	case playbook.People:
		for _, x := range [][2]string{{"hire", c.People.Hire}, {"pay", c.People.Pay}, {"train", c.People.Train}} {
			if x[1] != "" {
				add(x[0]+x[1], word("compare."+x[0]), x[1])
			}
		}
		for _, x := range c.People.Other {
			add(x.Label+x.Text, x.Label, x.Text)
		}
	}
	return out
}

// split returns what only one of two playbooks has and what both have, in the
// words of the second, with the details of both where they differ. What stands
// twice in one counts once; what has no key is nothing to compare.
func split(a, b []item) (onlyA, onlyB, both []item) {
	a, inA := keyed(a)
	b, inB := keyed(b)
	for _, x := range a {
		if _, ok := inB[x.key]; !ok {
			onlyA = append(onlyA, x)
		}
	}
	for _, x := range b {
		was, ok := inA[x.key]
		if !ok {
			onlyB = append(onlyB, x)
			continue
		}
		x.detail = change(was.detail, x.detail)
		both = append(both, x)
	}
	return onlyA, onlyB, both
}

// keyed returns the first item of each key, in order and by key.
func keyed(list []item) (out []item, byKey map[string]item) {
	byKey = map[string]item{}
	for _, x := range list {
		if _, ok := byKey[x.key]; !ok && x.key != "" {
			byKey[x.key] = x
			out = append(out, x)
		}
	}
	return out, byKey
}

// change says what a detail was and is.
func change(was, is string) string {
	if was == is || was == "" || is == "" {
		return cmp.Or(is, was)
	}
	return was + " → " + is
}

// rolesOf are the roles with tasks of their own in either playbook: those of
// both, of the first, of the second; "" stands for everyone else where some tasks
// are nobody's in particular.
func rolesOf(a, b *comparand) (out []namedRole) {
	for _, role := range a.Roles {
		if slices.Contains(b.Roles, role) {
			out = append(out, role)
		}
	}
	everyones := false
	for _, c := range []*comparand{a, b} {
		for _, role := range c.Roles {
			if !slices.Contains(out, role) {
				out = append(out, role)
			}
		}
		for _, t := range c.Tasks {
			everyones = everyones || t.Role == ""
		}
	}
	if everyones {
		out = append(out, namedRole{})
	}
	return out
}

// comparison writes the comparison of two playbooks as compare.js does: a test
// holds the two to the same document.
type comparison struct {
	*body
	a, b *comparand
}

func (c *comparison) word(key string, args ...any) string { return c.r.theme.Text(key, args...) }

func (c *comparison) write() {
	c.raw(`<div class="between" aria-hidden="true">`)
	for _, s := range []*comparand{c.a, c.b} {
		c.raw(`<span class="at `, digits(s.Position.Value), `"`)
		c.place(s)
		c.raw(`><span class="mark"></span></span>`)
	}
	c.raw(`</div><div class="sides">`)
	c.side("compare.from", c.a)
	c.side("compare.to", c.b)
	c.raw("</div>")
	for _, role := range rolesOf(c.a, c.b) {
		c.moves(role)
	}
	for _, kind := range []playbook.Kind{playbook.Buyers, playbook.SupportProcesses, playbook.Metrics, playbook.People} {
		c.differ(kind)
	}
}

func (c *comparison) place(s *comparand) {
	c.attr("data-stop", s.Position.Stop)
	c.attr("data-side", s.Position.Side)
}

// foreign writes the language of a playbook's text where it is not the page's.
func (c *comparison) foreign(s *comparand) { c.raw(string(other(s.Lang, c.r.chrome.Lang))) }

func (c *comparison) side(word string, s *comparand) {
	c.raw("<section")
	c.place(s)
	c.raw(`><p class="end">`)
	c.text(c.word(word))
	c.raw(`</p><h2><a href="`)
	c.raw(strings.Repeat("../", strings.Count(c.at, "/")))
	c.text(s.URL)
	c.raw(`"`)
	c.foreign(s)
	c.raw(">")
	c.text(s.Title)
	c.raw("</a></h2>")
	c.tags(s)
	c.raw(`<p class="place"><span class="mark"></span><bdi>`)
	c.text(s.Position.Label)
	c.raw("</bdi>")
	for _, g := range s.Segments {
		c.raw(" · ")
		c.text(g.Title)
	}
	c.raw("</p>")
	if s.Statement.Text != "" {
		c.raw(`<p class="pitch"`)
		c.foreign(s)
		c.raw(">")
		c.text(s.Statement.Text)
		c.raw("</p>")
	}
	c.raw(`<p class="stance">`)
	c.text(s.Stance)
	c.raw("</p></section>")
}

// tags says what a reader must know before using a playbook.
func (c *comparison) tags(s *comparand) {
	tags := []string{}
	if s.Status != playbook.Live.String() {
		tags = append(tags, s.Status)
	}
	if s.Illustrative {
		tags = append(tags, "illustrative")
	}
	for _, t := range tags {
		c.raw(`<em class="tag">`)
		c.text(c.word(t))
		c.raw("</em>")
	}
}

// moves are what a role stops, starts and keeps doing.
func (c *comparison) moves(role namedRole) {
	title := role.Title
	if role.ID == "" {
		title = c.word("compare.everyone")
		if len(c.a.Roles)+len(c.b.Roles) > 0 {
			title = c.word("compare.others")
		}
	}
	was, is := c.a.tasksOf(role.ID), c.b.tasksOf(role.ID)
	stop, start, keep := split(was, is)
	c.raw(`<section class="moves"`)
	c.attr("data-role", role.ID)
	c.raw("><h2>")
	c.text(title)
	c.raw(`</h2><div class="thirds">`)
	c.third("gone", c.a, c.word("compare.stop"), stop, c.idle(c.a, was))
	c.third("come", c.b, c.word("compare.start"), start, c.idle(c.b, is))
	if len(was) > 0 && len(is) > 0 {
		c.third("both", nil, c.word("compare.keep"), keep, c.word("compare.nothing"))
	}
	c.raw("</div></section>")
}

// idle says why a playbook has nothing that the other has not.
func (c *comparison) idle(s *comparand, tasks []item) string {
	if len(tasks) == 0 {
		return c.word("compare.no-tasks", s.Title)
	}
	return c.word("compare.nothing")
}

// third is one of three lists beside each other: of what is the one playbook's,
// or of what is both's.
func (c *comparison) third(class string, of *comparand, heading string, items []item, none string) {
	c.raw("<section")
	c.attr("class", class)
	if of != nil {
		c.place(of)
	}
	c.raw("><h3>")
	c.text(heading)
	c.raw(` <span class="count">`, itoa(len(items)), "</span></h3>")
	if len(items) == 0 {
		c.raw(`<p class="none">`)
		c.text(none)
		c.raw("</p></section>")
		return
	}
	c.raw("<ul>")
	for _, x := range items {
		c.raw("<li")
		c.foreign(x.of)
		c.raw(">")
		c.text(x.name)
		if x.detail != "" {
			c.raw(` <span class="detail">`)
			c.text(x.detail)
			c.raw("</span>")
		}
		c.raw("</li>")
	}
	c.raw("</ul></section>")
}

// differ is what the two playbooks have of one kind, unless they have nothing.
func (c *comparison) differ(kind playbook.Kind) {
	word := func(key string) string { return c.word(key) }
	onlyA, onlyB, both := split(c.a.things(kind, word), c.b.things(kind, word))
	if len(onlyA)+len(onlyB)+len(both) == 0 {
		return
	}
	c.raw(`<section class="differ"`)
	c.attr("data-kind", kind.String())
	c.raw("><h2>")
	c.text(c.word("section." + kind.String()))
	c.raw(`</h2><div class="thirds">`)
	if len(onlyA) > 0 {
		c.third("gone", c.a, c.word("compare.only", c.a.Title), onlyA, "")
	}
	if len(onlyB) > 0 {
		c.third("come", c.b, c.word("compare.only", c.b.Title), onlyB, "")
	}
	if len(both) > 0 {
		c.third("both", nil, c.word("compare.both"), both, "")
	}
	c.raw("</div></section>")
}
