package render

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

func (r *Renderer) homeView() View {
	s, at := r.site, "index.html"
	v := &Home{Intro: r.prose(at, s.Home), Count: len(s.Playbooks), Spectrum: r.spectrum(at)}
	v.Roles = r.roleLinks(at, chunk(s.Roles, 1, shownOnHome))
	v.MoreRoles = r.more(at, len(s.Roles), "roles.html", "all.roles")
	v.Segments = r.segmentLinks(at, chunk(s.Segments, 1, shownOnHome))
	v.MoreSegments = r.more(at, len(s.Segments), "segments.html", "all.segments")
	v.Reviewed = r.refs(at, lastReviewed(s.Playbooks))
	view := View{Title: s.Config.Title, Description: s.Config.Title, Home: v}
	if s.Home != nil {
		view.Lang, view.TitleID = s.Home.Meta.Lang, s.Home.TitleID
		view.Description = cmp.Or(s.Home.Summary, view.Description)
	}
	return view
}

// more returns the link to a whole list where the home page shows a part of it.
func (r *Renderer) more(at string, total int, all, key string) *Link {
	if total <= shownOnHome {
		return nil
	}
	return &Link{Href: href(at, all), Text: r.theme.Text(key), Count: total}
}

// lastReviewed returns the playbooks reviewed last, newest first.
func lastReviewed(all []*site.Playbook) []*site.Playbook {
	var dated []*site.Playbook
	for _, p := range all {
		if !p.Meta.Reviewed.IsZero() {
			dated = append(dated, p)
		}
	}
	slices.SortStableFunc(dated, func(a, b *site.Playbook) int { return b.Meta.Reviewed.Compare(a.Meta.Reviewed) })
	return dated[:min(len(dated), reviewedOnHome)]
}

// spectrum draws the line with every playbook on it, or bins of them.
func (r *Renderer) spectrum(at string) Spectrum {
	if len(r.site.Playbooks) > maxDots {
		return Spectrum{Bins: r.bins(at)}
	}
	var out Spectrum
	for _, g := range r.site.Segments {
		if len(g.Playbooks) > 0 {
			out.Rows = append(out.Rows, r.row(at, Link{Href: href(at, g.URL), Text: g.Title}, g.Playbooks))
		}
	}
	slices.SortStableFunc(out.Rows, func(a, b SpectrumRow) int {
		return cmp.Compare(a.Dots[0].Position.Value, b.Dots[0].Position.Value)
	})
	return out
}

// The picture's geometry in percent of the line's length, for a label of the
// usual size on a line of about 700 pixels.
const (
	dotRadius   = 1.2
	letterWidth = 1.15
	labelLimit  = 34 // letters
)

// row lays out the dots of one segment: each gets the first lane in which
// neither it nor its label overlaps another.
func (r *Renderer) row(at string, segment Link, list []*site.Playbook) SpectrumRow {
	row := SpectrumRow{Segment: segment, Lanes: 1}
	var lanes [][]interval
	for _, p := range list {
		d := Dot{
			Link:     Link{Href: href(at, p.URL), Text: playbook.Shorten(p.Title, labelLimit)},
			Position: r.position(p.Position), Illustrative: p.Meta.Illustrative, Left: p.Position > 55,
			Roles: roleIDs(p.Roles()), Digest: p.Sum.Short(),
		}
		need := extent(d)
		d.Lane = slices.IndexFunc(lanes, func(taken []interval) bool { return !overlaps(taken, need) })
		if d.Lane < 0 {
			d.Lane = len(lanes)
			lanes = append(lanes, nil)
		}
		lanes[d.Lane] = append(lanes[d.Lane], need)
		row.Dots = append(row.Dots, d)
	}
	row.Lanes = max(1, len(lanes))
	b := r.newBody(at, nil, 2)
	defer b.done()
	row.Items = b.dots(row.Dots)
	return row
}

// interval is a stretch of the line in percent.
type interval struct{ from, to float64 }

func overlaps(taken []interval, need interval) bool {
	return slices.ContainsFunc(taken, func(t interval) bool { return need.from < t.to && t.from < need.to })
}

// extent is the stretch that a dot and its label take.
func extent(d Dot) interval {
	at := float64(d.Position.Value)
	label := 2*dotRadius + letterWidth*float64(utf8.RuneCountInString(d.Text))
	if d.Left {
		return interval{at - label, at + dotRadius}
	}
	return interval{at - dotRadius, at + label}
}

// bins counts the playbooks by ranges of the line.
func (r *Renderer) bins(at string) []Bin {
	lists := binned(r.site.Playbooks)
	most := 1
	for _, l := range lists {
		most = max(most, len(l))
	}
	out := make([]Bin, len(lists))
	for i, l := range lists {
		from, to := binRange(i)
		share := (len(l)*100 + most - 1) / most
		out[i] = Bin{
			Link: Link{Text: r.theme.Text("range", from, to), Count: len(l)},
			From: from, To: to, Share: share, Digits: digits(share), Position: r.position(playbook.Position((from + to) / 2)),
		}
		if len(l) > 0 {
			out[i].Href = href(at, binURL(i))
		}
	}
	return out
}

func binURL(i int) string {
	from, _ := binRange(i)
	return "line/" + itoa(from) + ".html"
}

// binRange returns the first and the last position of a bin; the last bin
// holds 100 as well.
func binRange(i int) (from, to int) {
	from = i * binSize
	if to = from + binSize - 1; to == 99 {
		to = 100
	}
	return from, to
}

func binned(list []*site.Playbook) [][]*site.Playbook {
	out := make([][]*site.Playbook, 100/binSize)
	for _, p := range list {
		i := min(int(p.Position)/binSize, len(out)-1)
		out[i] = append(out[i], p)
	}
	return out
}

// linePages adds the lists that the bins lead to.
func (r *Renderer) linePages(pages []Page) []Page {
	if len(r.site.Playbooks) <= maxDots {
		return pages
	}
	for i, list := range binned(r.site.Playbooks) {
		if len(list) == 0 {
			continue
		}
		pages = paged(pages, binURL(i), "line", pagesOf(len(list), site.RowsPerPage),
			func(n int) View { return r.lineView(i, list, n) },
			func(w *inputs, n int) {
				w.number(len(list))
				w.refs(chunk(list, n, site.RowsPerPage))
			})
	}
	return pages
}

func (r *Renderer) lineView(i int, list []*site.Playbook, n int) View {
	at := site.PageURL(binURL(i), n)
	from, to := binRange(i)
	title := r.theme.Text("line") + ": " + r.theme.Text("range", from, to)
	return View{
		Title: part(title, n), Description: r.site.Config.Title + ": " + title, Crumbs: []Link{r.home(at)},
		List: &List{Rows: r.rows(at, chunk(list, n, site.RowsPerPage)), Pager: r.pager(binURL(i), n, pagesOf(len(list), site.RowsPerPage))},
	}
}
