package render

import (
	"cmp"
	"fmt"
	"html/template"
	"iter"
	"sort"
	"strconv"
	"strings"

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
	return View{
		Title: p.Title, TitleID: p.TitleID, Lang: p.Meta.Lang, Description: p.Summary, Extra: p.Meta.Extra.Plain(),
		NoIndex: r.quiet(p), Crumbs: []Link{r.home(p.URL)},
		Page: &Prose{
			Body: f.html(p.Rest), Footnotes: f.html(p.Footnotes), Contents: Items("", contents(p.Headings)),
			Draft: r.draft(p), Retired: p.Meta.Status == playbook.Retired, Illustrative: p.Meta.Illustrative,
		},
	}
}

// contents are the two highest levels of a page's headings.
func contents(headings []playbook.Heading) (out []Link) {
	for _, h := range headings {
		if h.Level <= 3 && h.ID != "" {
			out = append(out, Link{Href: "#" + escapeAnchor(h.ID), Text: h.Text})
		}
	}
	return out
}

func escapeAnchor(id string) string {
	if isPlain(id) {
		return id
	}
	return strings.ReplaceAll(escapePath("/" + id)[1:], "#", "%23")
}

func (r *Renderer) playbookView(p *site.Playbook) View {
	f := frame{at: p.URL, owner: &p.Page}
	position := r.position(p.Position)
	v := &Playbook{
		Stance: cmp.Or(p.Meta.Stance, r.stance(p.Position)), Reason: p.Meta.PositionReason,
		Reviewed: isoDate(p.Meta.Reviewed), Due: isoDate(p.Due),
		Draft: r.draft(&p.Page), Retired: p.Meta.Status == playbook.Retired, Illustrative: p.Meta.Illustrative, CompareHref: compareHref(p),
	}
	for _, s := range p.Segments {
		v.Segments = append(v.Segments, Link{Href: href(p.URL, s.URL), Text: s.Title})
	}
	var address string
	v.Owner, address = r.owner(p.Meta.Owner.Text)
	v.OwnerHref = writeTo(address, p.Title, r.canonical(p.URL))
	v.Roles = roleAnchors(r.site, p)
	r.card(v, p, f)
	return View{
		Title: p.Title, TitleID: p.TitleID, Lang: p.Meta.Lang, Description: p.Summary, Extra: p.Meta.Extra.Plain(),
		NoIndex: r.quiet(&p.Page), Position: &position, Digest: p.Sum.Short(),
		Crumbs: append([]Link{r.home(p.URL)}, v.Segments[:min(1, len(v.Segments))]...), Playbook: v,
	}
}

// roleAnchors lead to the first heading of each role with tasks.
func roleAnchors(s *site.Site, p *site.Playbook) (out []Link) {
	for _, role := range p.Roles() {
		for _, t := range p.Tasks {
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
	for g, rows := range indexRows(x, n) {
		v.Groups = append(v.Groups, r.group(at, x, g, rows.from, rows.to))
	}
	view := View{Title: part(r.theme.Text(key), n), Description: r.site.Config.Title + ": " + r.theme.Text(key), Crumbs: []Link{r.home(at)}, Index: v}
	if x.House != nil && x.House.Meta.Title.Text+x.House.TitleID != "" {
		view.Title, view.TitleID, view.Lang = part(x.House.Title, n), x.House.TitleID, x.House.Meta.Lang
	}
	return view
}

func (r *Renderer) group(at string, x *site.Index, g *site.Group, first, last int) IndexGroup {
	out := IndexGroup{ID: g.ID, Name: g.Name, Continued: first > 0}
	if out.Continued {
		out.ID = fmt.Sprintf("%s:%d", g.ID, first)
	}
	b := r.newBody(at, x.House, 2)
	defer b.done()
	if g.House != nil && first == 0 {
		b.own = true
		if g.House.Link >= 0 || g.House.Name == "" {
			b.raw("<p>")
			b.name(g.House)
			b.raw("</p>")
		}
		b.fragment(g.House.Body)
		b.fields(g.House.Fields)
		out.House = b.settled()
	}
	b.own = false
	uses := chunkRange(g.Uses, first, last)
	for _, use := range uses {
		b.use(use, x.Kind == playbook.Assets)
	}
	out.Count, out.Rows = len(uses), b.html()
	return out
}

func chunkRange[T any](list []T, from, to int) []T {
	return list[min(from, len(list)):min(to, len(list))]
}
