package render

import (
	"bytes"
	"cmp"
	"html/template"
	"io"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"plumb/generator/diag"
	"plumb/generator/markdown"
	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/theme"
)

// Renderer makes the pages of one site in one theme. It does not change and
// may be used by several goroutines at once.
type Renderer struct {
	site  *site.Site
	theme *theme.Theme
	// chrome is what all pages share.
	chrome Site
	nav    []Link // pages of the header, from the root
	// places are the 101 places on the line with their words.
	places [101]Position
	// stances are what the five stops ask of a rep, by their names.
	stances map[string]string
	frames  sync.Map  // of around to *framed
	scales  sync.Map  // of *Position to *scaled
	dates   sync.Map  // of ISO dates to them as pages show them
	bodies  sync.Pool // of *body
	owners  sync.Map  // of texts to ownedBy: many playbooks have one owner
}

// Page is one page to be made.
type Page struct {
	// Path is the page's place in the output.
	Path string
	// Layout is the theme's layout; empty for a file that is data.
	Layout string
	// text is what the page is made of, nil for a page of Plumb's own.
	text *site.Page
	// feed is of what the page lists, nil without one.
	feed *feed
	view func() View
	// data appends the content of a file that no layout makes.
	data func(dst *bytes.Buffer)
	// stream writes the content of a file that is too large for memory.
	stream func(to io.Writer) error
	// needs describes what the view is made of.
	needs func(*inputs)
}

// Stream returns what writes a file that may be too large for memory, nil for any
// other; each call writes the same.
func (p Page) Stream() func(to io.Writer) error { return p.stream }

// Logo is the picture in the header.
type Logo struct {
	// Path is its address in the output, empty for none.
	Path string
	// Width and Height are its own, in CSS pixels; 0 where they are not known.
	Width, Height int
}

// logoHeight is how high a logo stands in the header, in CSS pixels.
const logoHeight = 32

// size returns the attributes of the logo at the header's height.
func (l Logo) size() template.HTMLAttr {
	if l.Width == 0 || l.Height == 0 {
		return ""
	}
	width := max(1, (l.Width*logoHeight+l.Height/2)/l.Height)
	return template.HTMLAttr(appendSize(nil, width, logoHeight))
}

// New returns a renderer.
func New(s *site.Site, t *theme.Theme, generator string, logo Logo) *Renderer {
	r := &Renderer{site: s, theme: t}
	r.chrome = Site{
		Title: s.Config.Title, Lang: s.Config.Language, Generator: generator,
		Less: cmp.Or(s.Config.Stops[0], t.Text("end.less")), More: cmp.Or(s.Config.Stops[4], t.Text("end.more")),
		Logo: logo.Path, LogoSize: logo.size(), CSS: "theme/plumb.css", Icon: "theme/plumb.svg", Data: "site.js", Script: "theme/plumb.js",
	}
	for _, key := range []string{"roles", "segments", "processes", "metrics", "assets"} {
		r.nav = append(r.nav, Link{Href: key + ".html", Text: t.Text(key)})
	}
	for p := range r.places {
		r.places[p] = r.place(playbook.Position(p))
	}
	r.stances = map[string]string{}
	for stop, name := range playbook.StopNames() {
		r.stances[name] = cmp.Or(s.Config.Stances[stop], t.Text("stance."+name))
	}
	return r
}

// ShowDesk says whether pages lead to those for the authors. It is called before
// any page is made.
func (r *Renderer) ShowDesk(shown bool) {
	if shown {
		r.chrome.Desk = deskHome
	}
	r.frames.Clear() // those of a trial do not know
	r.scales.Clear()
}

// Render makes a page. Its bytes are appended to dst.
func (r *Renderer) Render(dst *bytes.Buffer, p Page) []diag.Diagnostic {
	switch {
	case p.data != nil:
		p.data(dst)
		return nil
	case p.stream != nil:
		p.stream(dst) // a buffer takes everything
		return nil
	}
	view := p.view()
	if list := r.frame(&view, p); len(list) > 0 {
		return list
	}
	return r.theme.Execute(dst, p.Layout, &view)
}

// frame fills in what every view has.
func (r *Renderer) frame(v *View, p Page) []diag.Diagnostic {
	v.Site, v.Kind = r.chrome, p.Layout
	v.Lang = cmp.Or(v.Lang, r.chrome.Lang)
	v.Dir = direction(v.Lang)
	v.Own = other(r.chrome.Lang, v.Lang)
	if p.Layout == "404" {
		v.Root = r.basePath()
	} else {
		v.Root = strings.Repeat("../", strings.Count(p.Path, "/"))
	}
	if p.Layout != "404" {
		v.Canonical = r.canonical(p.Path)
	}
	v.NoIndex = v.NoIndex || !r.site.Config.Indexing || p.Layout == "404"
	if p.feed != nil {
		v.Feed = Link{Href: href(p.Path, p.feed.path), Text: r.theme.Text("feed.title", p.feed.title)}
	}
	v.Head = r.head(v, p)
	v.Trail, v.Marks = Items("", v.Crumbs), marks(v)
	return r.enclose(v, p.Path)
}

// canonical returns the address of a page for the world, empty where the
// site's is not known.
func (r *Renderer) canonical(path string) string {
	base := r.site.Config.BaseURL
	if base == "" || path == "index.html" {
		return base
	}
	return base + strings.TrimPrefix(escapePath(path), "./")
}

// stance says what a place on the line asks of a rep.
func (r *Renderer) stance(p playbook.Position) string { return r.stances[r.places[p].Stop] }

// Items writes links as the items of a list, their addresses below a root. It
// is made here since every page has such lists and a template takes a
// microsecond for each value.
func Items(root string, links []Link) template.HTML {
	dst := make([]byte, 0, 64*len(links))
	for _, l := range links {
		dst = append(dst, `<li><a href="`...)
		dst = markdown.AppendEscaped(append(dst, root...), l.Href)
		dst = append(dst, '"')
		if l.Current {
			dst = append(dst, ` aria-current="page"`...)
		}
		dst = markdown.AppendEscaped(append(dst, '>'), l.Text)
		dst = append(dst, "</a></li>"...)
	}
	return template.HTML(dst)
}

// direction returns the writing direction of a language.
func direction(lang string) string {
	base, _, _ := strings.Cut(lang, "-")
	if slices.Contains([]string{"ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv"}, base) {
		return "rtl"
	}
	return "ltr"
}

// other returns the attributes of text in a language that stands within text
// of another; empty where the two are one.
func other(lang, within string) template.HTMLAttr {
	if lang == within || lang == "" {
		return ""
	}
	return template.HTMLAttr(` lang="` + string(markdown.AppendEscaped(nil, lang)) + `" dir="` + direction(lang) + `"`)
}

// home returns the crumb that leads home.
func (r *Renderer) home(from string) Link {
	return Link{Href: href(from, "index.html"), Text: r.theme.Text("home")}
}

// position returns a place on the line with its words.
func (r *Renderer) position(p playbook.Position) Position { return r.places[p] }

// Place returns the words for a place on the line, from 0 to 100.
func (r *Renderer) Place(at int) string { return r.places[at].Label }

func (r *Renderer) place(p playbook.Position) Position {
	stop := p.Stop()
	name := playbook.StopNames()[stop]
	out := Position{Value: int(p), Digits: digits(int(p)), Stop: name, Side: [...]string{"less", "less", "middle", "more", "more"}[stop]}
	if own := r.site.Config.Stops[stop]; own != "" && 0 < stop && stop < 4 {
		out.Label = r.theme.Text("place.own", int(p), own)
	} else if end := r.site.Config.Stops[[...]int{0, 0, 2, 4, 4}[stop]]; end != "" {
		out.Label = r.theme.Text("place.named."+name, int(p), end)
	} else {
		out.Label = r.theme.Text("place."+name, int(p))
	}
	return out
}

// digits are the classes that hold a number from 0 to 100 in the style sheet:
// there are no style attributes, and a class for each number would take a twentieth
// of the sheet.
func digits(n int) string { return "t" + itoa(n/10) + " u" + itoa(n%10) }

func isoDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// ref returns a playbook as lists on a page show it.
func (r *Renderer) ref(from string, p *site.Playbook) Ref {
	return Ref{
		Href: href(from, p.URL), Text: p.Title, In: other(p.Meta.Lang, r.chrome.Lang),
		Position: r.position(p.Position), Line: r.line(from, p), Statement: p.Summary,
		Reviewed: isoDate(p.Meta.Reviewed), Illustrative: p.Meta.Illustrative, Draft: r.draft(&p.Page),
	}
}

// listed is a playbook in a list whose readers are told what has changed.
func (r *Renderer) listed(from string, p *site.Playbook) Ref {
	ref := r.ref(from, p)
	ref.Digest = p.Sum.Short()
	return ref
}

// line is a playbook's place in words, with its segments.
func (r *Renderer) line(from string, p *site.Playbook) template.HTML {
	return template.HTML(r.appendLine(make([]byte, 0, 200), from, p))
}

func (r *Renderer) appendLine(dst []byte, from string, p *site.Playbook) []byte {
	dst = append(dst, `<span class="mark"></span><bdi>`...)
	dst = markdown.AppendEscaped(dst, r.places[p.Position].Label)
	dst = append(dst, "</bdi>"...)
	for _, s := range p.Segments {
		dst = append(dst, `&nbsp;· <a href="`...)
		dst = markdown.AppendEscaped(dst, href(from, s.URL))
		dst = append(dst, `">`...)
		dst = append(markdown.AppendEscaped(dst, s.Title), "</a>"...)
	}
	return dst
}

// draft reports whether a page is only in a build with drafts: one that is not
// yet published and one that is expired are shown as drafts too.
func (r *Renderer) draft(p *site.Page) bool { return site.Hidden(p.Meta, r.site.AsOf) }

func (r *Renderer) refs(from string, list []*site.Playbook) []Ref {
	out := make([]Ref, len(list))
	for i, p := range list {
		out[i] = r.listed(from, p)
	}
	return out
}

// prose returns the text of a page as shown on another address; nil is empty.
func (r *Renderer) prose(at string, p *site.Page) template.HTML {
	if p == nil {
		return ""
	}
	f := frame{at: at, owner: p}
	return f.html(p.Rest) + f.html(p.Footnotes)
}

// chunk returns the part of a list that stands on a page, from 1.
func chunk[T any](list []T, page, size int) []T {
	from := min((page-1)*size, len(list))
	return list[from:min(from+size, len(list))]
}

// pagesOf returns how many pages a list takes, at least one.
func pagesOf(n, size int) int { return max(1, (n+size-1)/size) }

// basePath is the path of the site's root on its server.
func (r *Renderer) basePath() string {
	_, rest, _ := strings.Cut(r.site.Config.BaseURL, "://")
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		return path.Clean(rest[i:] + "/x")[:len(path.Clean(rest[i:]+"/x"))-1]
	}
	return "/"
}
