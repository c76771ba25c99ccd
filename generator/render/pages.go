package render

import (
	"cmp"
	"html/template"
	"iter"
	"sort"
	"strconv"
	"strings"

	"plumb/generator/markdown"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

func itoa(n int) string { return strconv.Itoa(n) }

// How many entries one page of a list holds; each is of bounded size, so that
// no page grows with the site.
const (
	playbooksPerPage = 25 // with their tasks or buyers
	linksPerPage     = 120
	shownOnHome      = 24 // roles, segments
	reviewedOnHome   = 6
	// maxDots is how many playbooks the home page draws one by one.
	maxDots = 150
	binSize = 5
)

// Pages returns all pages of the site and the data beside them: the home page
// first, then what takes the longest.
func (r *Renderer) Pages() []Page {
	s := r.site
	pages := make([]Page, 0, 64+2*len(s.Playbooks)+2*len(s.Retired)+len(s.Pages))
	pages = append(pages, Page{Path: "index.html", Layout: "home", view: r.homeView, needs: (*inputs).home}, r.modelFile(), r.schemaFile(),
		Page{Path: "404.html", Layout: "404", view: r.notFound, needs: func(*inputs) {}}, r.siteScript(), r.searchScript())
	for _, list := range [][]*site.Playbook{s.Playbooks, s.Retired} {
		for _, p := range list {
			if !p.Homeless {
				pages = append(pages, Page{Path: p.URL, Layout: "playbook", text: &p.Page, view: func() View { return r.playbookView(p) }, needs: func(w *inputs) { w.playbook(p) }})
			}
		}
	}
	for _, p := range s.Pages {
		if !p.Homeless {
			pages = append(pages, Page{Path: p.URL, Layout: "page", text: p, view: func() View { return r.pageView(p) }, needs: func(w *inputs) { w.page(p) }})
		}
	}
	for _, x := range s.Roles {
		pages = paged(pages, x.URL, "role", pagesOf(len(x.Playbooks), playbooksPerPage),
			func(n int) View { return r.roleView(x, n) }, func(w *inputs, n int) { w.rolePage(x, n) })
	}
	for _, x := range s.Segments {
		pages = paged(pages, x.URL, "segment", pagesOf(len(x.Playbooks), playbooksPerPage),
			func(n int) View { return r.segmentView(x, n) }, func(w *inputs, n int) { w.segmentPage(x, n) })
	}
	pages = r.linkPages(pages, "roles", len(s.Roles), func(at string, n int) []Link { return r.roleLinks(at, chunk(s.Roles, n, linksPerPage)) })
	pages = r.linkPages(pages, "segments", len(s.Segments), func(at string, n int) []Link { return r.segmentLinks(at, chunk(s.Segments, n, linksPerPage)) })
	pages = r.indexPages(pages, &s.Processes, "processes")
	pages = r.indexPages(pages, &s.Metrics, "metrics")
	pages = r.indexPages(pages, &s.Assets, "assets")
	return r.outward(r.modelPages(r.comparePages(r.linePages(pages))))
}

// paged adds the pages of a list, from 1.
func paged(pages []Page, url, layout string, count int, view func(n int) View, needs func(w *inputs, n int)) []Page {
	for n := 1; n <= count; n++ {
		pages = append(pages, Page{Path: site.PageURL(url, n), Layout: layout, view: func() View { return view(n) }, needs: func(w *inputs) { needs(w, n) }})
	}
	return pages
}

// linkPages adds the pages of a list of links.
func (r *Renderer) linkPages(pages []Page, key string, total int, links func(at string, n int) []Link) []Page {
	url := key + ".html"
	on := func(n int) []Link { return links(site.PageURL(url, n), n) }
	return paged(pages, url, key, pagesOf(total, linksPerPage),
		func(n int) View { return r.linksView(url, key, on(n), n, total) },
		func(w *inputs, n int) {
			w.number(total)
			w.linked(on(n))
		})
}

func (r *Renderer) notFound() View {
	return View{Title: r.theme.Text("404.heading")}
}

func (r *Renderer) pageView(p *site.Page) View {
	f := frame{at: p.URL, owner: p}
	b := r.newBody(p.URL, p, 1)
	defer b.done()
	b.contents(p.Headings)
	return View{
		Title: p.Title, TitleID: p.TitleID, Lang: p.Meta.Lang, Description: p.Summary, Extra: p.Meta.Extra.Plain(),
		NoIndex: r.quiet(p), Crumbs: []Link{r.home(p.URL)},
		Page: &Prose{
			Body: f.html(p.Rest), Footnotes: f.html(p.Footnotes), Contents: b.html(),
			Draft: r.draft(p), Retired: p.Meta.Status == playbook.Retired, Illustrative: p.Meta.Illustrative,
		},
	}
}

func escapeAnchor(id string) string {
	if isPlain(id) {
		return id
	}
	return strings.ReplaceAll(escapePath("/" + id)[1:], "#", "%23")
}

func (r *Renderer) playbookView(p *site.Playbook) View {
	v := &Playbook{
		Stance: cmp.Or(p.Meta.Stance, r.stance(p.Position)), Reason: p.Meta.PositionReason,
		Reviewed: isoDate(p.Meta.Reviewed), Due: isoDate(p.Due),
		Draft: r.draft(&p.Page), Retired: p.Meta.Status == playbook.Retired, Illustrative: p.Meta.Illustrative,
		Compare: template.HTMLAttr(` href="` + string(markdown.AppendEscaped(nil, compareHref(p))) + `"`),
	}
	for _, s := range p.Segments {
		v.Segments = append(v.Segments, Link{Href: href(p.URL, s.URL), Text: s.Title})
	}
	var address string
	v.Owner, address = r.owner(p.Meta.Owner.Text)
	v.OwnerHref = writeTo(address, p.Title, r.canonical(p.URL))
	v.Roles = roleAnchors(r.site, p)
	r.card(v, p)
	return View{
		Title: p.Title, TitleID: p.TitleID, Lang: p.Meta.Lang, Description: p.Summary, Extra: p.Meta.Extra.Plain(),
		NoIndex: r.quiet(&p.Page), Position: &r.places[p.Position], Digest: p.Sum.Short(),
		Crumbs: append([]Link{r.home(p.URL)}, v.Segments[:min(1, len(v.Segments))]...), Playbook: v,
	}
}

// roleAnchors lead to the first heading of each role with tasks.
func roleAnchors(s *site.Site, p *site.Playbook) (out []Link) {
	out = make([]Link, 0, len(p.Roles()))
	for _, role := range p.Roles() {
		for i := range p.Tasks {
			t := &p.Tasks[i]
			if t.Role != role {
				continue
			}
			for _, h := range t.Heads {
				if s.RoleOf(h) == role {
					out = append(out, Link{Href: "#" + escapeAnchor(h.ID), Text: role.Title, Role: role.ID})
				}
			}
			break
		}
	}
	return out
}

// titleID is the anchor of the author's title of a page of Plumb's own.
func titleID(prose *site.Page) string {
	if prose == nil {
		return ""
	}
	return prose.TitleID
}

func (r *Renderer) roleView(role *site.Role, n int) View {
	at := site.PageURL(role.URL, n)
	v := &Role{ID: role.ID, Team: role.Team(), Pager: r.pager(role.URL, n, pagesOf(len(role.Playbooks), playbooksPerPage))}
	if n == 1 {
		v.Intro = r.prose(at, role.Prose)
	}
	if k := len(role.Playbooks); k > 0 {
		from, to := r.position(role.Playbooks[0].Position), r.position(role.Playbooks[k-1].Position)
		v.From, v.To = &from, &to
	}
	shown := chunk(role.Playbooks, n, playbooksPerPage)
	b := r.newBody(at, nil, 2)
	defer b.done()
	for _, p := range shown {
		b.rolePair(p, role)
	}
	v.Rows = b.html()
	v.Points = b.points(shown)
	v.Metrics, v.Support = r.roleMetrics(at, role, shown), r.support(at, role, shown)
	if n == 1 {
		v.Never, v.OtherEnd = r.never(at, role)
	}
	return View{
		Title: part(role.Title, n), TitleID: titleID(role.Prose), Description: r.site.Config.Title + ": " + role.Title,
		Crumbs: []Link{r.home(at), {Href: href(at, "roles.html"), Text: r.theme.Text("roles")}}, Role: v,
	}
}

// roleMetrics is a table of how the role is measured in the playbooks shown.
func (r *Renderer) roleMetrics(at string, role *site.Role, shown []*site.Playbook) template.HTML {
	b := r.newBody(at, nil, 2)
	defer b.done()
	for _, use := range shownMetrics(role, shown) {
		b.owner = &use.Playbook.Page
		b.raw(`<li class="entry"><p class="entry-name">`)
		b.name(use.Entry)
		b.raw(`<br><a class="from" href="`, href(at, use.Playbook.URL), `">`)
		b.text(use.Playbook.Title)
		b.raw("</a></p>")
		b.loose(use.Entry.Body)
		b.filled(use.Entry.Fields, playbook.FieldRole)
		b.raw("</li>")
	}
	if len(b.buf) == 0 {
		return ""
	}
	return `<ul class="entries">` + b.settled() + `</ul>`
}

// shownMetrics are the metrics on a page of a role that shows these playbooks.
func shownMetrics(role *site.Role, shown []*site.Playbook) []site.Use {
	if len(shown) == 0 { // measured, though no playbook has a task for the role
		return role.Metrics[:min(len(role.Metrics), playbooksPerPage)]
	}
	return role.MetricsIn(shown)
}

func (r *Renderer) segmentView(g *site.Segment, n int) View {
	at := site.PageURL(g.URL, n)
	v := &Segment{Criteria: g.Criteria, Pager: r.pager(g.URL, n, pagesOf(len(g.Playbooks), playbooksPerPage))}
	if n == 1 {
		v.Intro = r.prose(at, g.Prose)
	}
	shown := chunk(g.Playbooks, n, playbooksPerPage)
	if len(shown) > 0 {
		v.Spectrum = Spectrum{Rows: []SpectrumRow{r.row(at, Link{Text: g.Title}, shown)}}
	}
	b := r.newBody(at, nil, 2)
	defer b.done()
	for _, p := range shown {
		b.segmentPair(p)
	}
	v.Rows = b.html()
	return View{
		Title: part(g.Title, n), TitleID: titleID(g.Prose), Description: r.site.Config.Title + ": " + g.Title,
		Crumbs: []Link{r.home(at), {Href: href(at, "segments.html"), Text: r.theme.Text("segments")}}, Segment: v,
	}
}

// part returns the title of a page of a list in parts: each has one of its own.
func part(title string, n int) string {
	if n == 1 {
		return title
	}
	return title + " · " + itoa(n)
}

func (r *Renderer) roleLinks(at string, list []*site.Role) (out []Link) {
	for _, x := range list {
		out = append(out, Link{Href: href(at, x.URL), Text: x.Title, Count: len(x.Playbooks)})
	}
	return out
}

func (r *Renderer) segmentLinks(at string, list []*site.Segment) (out []Link) {
	for _, x := range list {
		out = append(out, Link{Href: href(at, x.URL), Text: x.Title, Count: len(x.Playbooks)})
	}
	return out
}

func (r *Renderer) linksView(url, key string, links []Link, n, total int) View {
	at := site.PageURL(url, n)
	return View{
		Title: part(r.theme.Text(key), n), Description: r.site.Config.Title + ": " + r.theme.Text(key), Crumbs: []Link{r.home(at)},
		List: &List{Links: links, Pager: r.pager(url, n, pagesOf(total, linksPerPage))},
	}
}

// indexPages adds the pages of an index; a group stands on the page its rows
// begin on and goes on where they do.
func (r *Renderer) indexPages(pages []Page, x *site.Index, layout string) []Page {
	total := 0
	for _, g := range x.Groups {
		total += g.Rows()
	}
	return paged(pages, x.URL, layout, pagesOf(total, site.RowsPerPage),
		func(n int) View { return r.indexView(x, layout, n, total) }, func(w *inputs, n int) { w.indexPage(x, n, total) })
}

// rows is a part of a group.
type rows struct{ from, to int }

// indexRows are the groups on page n of an index, with their rows there.
func indexRows(x *site.Index, n int) iter.Seq2[*site.Group, rows] {
	from, to := (n-1)*site.RowsPerPage, n*site.RowsPerPage
	begin := sort.Search(len(x.Groups), func(i int) bool { return x.Groups[i].Row+x.Groups[i].Rows() > from })
	return func(yield func(*site.Group, rows) bool) {
		for _, g := range x.Groups[begin:] {
			if g.Row >= to || !yield(g, rows{max(from-g.Row, 0), min(to-g.Row, g.Rows())}) {
				return
			}
		}
	}
}

func (r *Renderer) indexView(x *site.Index, key string, n, total int) View {
	at := site.PageURL(x.URL, n)
	v := &Index{Pager: r.pager(x.URL, n, pagesOf(total, site.RowsPerPage))}
	if n == 1 && x.House != nil {
		v.Intro = r.intro(at, x)
	}
	b := r.newBody(at, x.House, 2)
	defer b.done()
	for g, rows := range indexRows(x, n) {
		b.group(x, g, rows.from, rows.to)
	}
	v.Rows = b.html()
	view := View{Title: part(r.theme.Text(key), n), Description: r.site.Config.Title + ": " + r.theme.Text(key), Crumbs: []Link{r.home(at)}, Index: v}
	if x.House != nil && x.House.Meta.Title.Text+x.House.TitleID != "" {
		view.Title, view.TitleID, view.Lang = part(x.House.Title, n), x.House.TitleID, x.House.Meta.Lang
	}
	return view
}

// group is a process, a metric or an asset, and the playbooks that have it: one of
// those on a page, from the first to before the last.
func (b *body) group(x *site.Index, g *site.Group, first, last int) {
	uses := chunkRange(g.Uses, first, last)
	b.openGroup(x.Kind == playbook.Assets, g, first, len(uses))
	if g.House != nil && first == 0 {
		b.house(x.House, g.House)
	}
	if len(uses) > 0 {
		b.raw(`<ul class="uses">`)
		for _, use := range uses {
			b.use(use, x.Kind == playbook.Assets)
		}
		b.raw("</ul>")
	}
	b.raw("</div></details>")
}

// openGroup begins a group, or what of it did not fit on the page before. Assets
// are few and stand open.
func (b *body) openGroup(open bool, g *site.Group, first, count int) {
	b.raw(`<details class="card pair fold"`)
	if open {
		b.raw(" open")
	}
	b.raw("><summary><h2>")
	b.text(g.Name)
	id := g.ID
	if first > 0 {
		id += ":" + itoa(first)
		b.raw(` <span class="count">(`)
		b.text(b.word("continued"))
		b.raw(")</span>")
	}
	b.raw("</h2>")
	if count > 0 {
		b.raw(`<span class="count">`)
		b.text(b.word("uses", count))
		b.raw("</span>")
	}
	b.raw(`</summary><div class="matter" id="`)
	b.text(id)
	b.raw(`">`)
}

// house is the entry that holds for the whole house, nothing where it says no more
// than its name.
func (b *body) house(owner *site.Page, e *playbook.Entry) {
	b.owner, b.own = owner, true
	open := len(b.buf)
	b.raw(`<div class="house"><p class="tag">`)
	b.text(b.word("index.house"))
	b.raw("</p>")
	from := len(b.buf)
	if e.Link >= 0 || e.Name == "" {
		b.raw("<p>")
		b.name(e)
		b.raw("</p>")
	}
	b.fragment(e.Body)
	b.fields(e.Fields)
	if len(b.buf) == from {
		b.buf = b.buf[:open]
	} else {
		settle(b.buf[from:])
		b.raw("</div>")
	}
	b.own = false
}

func chunkRange[T any](list []T, from, to int) []T {
	return list[min(from, len(list)):min(to, len(list))]
}
