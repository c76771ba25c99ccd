package site

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/markdown"
	"plumb/generator/playbook"
	"plumb/generator/source"
)

func itoa(n int) string { return strconv.Itoa(n) }

// resolve settles what every link of every page leads to.
func (l *linker) resolve() {
	for _, p := range l.sortedPages() {
		p.Targets = make([]Target, len(p.Links))
		for i, t := range p.Links {
			p.Targets[i] = l.target(p, t)
		}
		l.redirects(p)
	}
}

// sortedPages returns all pages by path, so that messages and addresses do
// not depend on the order of a map.
func (l *linker) sortedPages() []*Page {
	paths := slices.Sorted(maps.Keys(l.pages))
	pages := make([]*Page, len(paths))
	for i, p := range paths {
		pages[i] = l.pages[p]
	}
	return pages
}

// dest is a link's destination taken apart and decoded.
type dest struct{ path, query, anchor string }

func parseDest(s string) dest {
	var d dest
	s, d.anchor, _ = strings.Cut(s, "#")
	s, d.query, _ = strings.Cut(s, "?")
	if d.query != "" {
		d.query = "?" + d.query
	}
	d.path, d.anchor = unescape(s), unescape(d.anchor)
	return d
}

func unescape(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// target settles one link. The markdown package lets through only schemes
// that are safe, so that what has one leads elsewhere.
func (l *linker) target(p *Page, t markdown.Target) Target {
	if hasScheme(t.Dest) || strings.HasPrefix(t.Dest, "//") {
		return Target{Kind: External, URL: t.Dest}
	}
	d := parseDest(t.Dest)
	if t.Footnote {
		return l.part(p, d)
	}
	if d.path == "" && d.query == "" {
		return l.anchor(p, p, d, t)
	}
	full, ok := l.locate(p, d.path)
	if !ok {
		l.fail(p, t, diag.LinkOutside, "the link leads out of the folder "+ContentDir, "move the file into it, or link to an address that begins with https://")
		return Target{}
	}
	if page := l.page(full); page != nil {
		return l.anchor(p, page, d, t)
	}
	if target, ok := l.generated(relative(full), d); ok {
		return l.entry(p, target, d, t)
	}
	if found, ok := l.asset(full); ok {
		return l.useAsset(p, t, found, d)
	}
	return l.missing(p, t, full, d)
}

func hasScheme(s string) bool {
	i := strings.IndexAny(s, ":/?#")
	return i > 0 && s[i] == ':'
}

// locate returns the source path a relative link means; one that begins with
// a slash counts from the content folder. False where it leaves the content.
func (l *linker) locate(p *Page, to string) (string, bool) {
	full := path.Join(path.Dir(p.File.Path), to)
	if strings.HasPrefix(to, "/") {
		full = path.Join(ContentDir, strings.TrimPrefix(to, "/"+ContentDir+"/"))
	}
	if strings.HasSuffix(to, "/") {
		full += "/"
	}
	return full, strings.HasPrefix(full, ContentDir+"/")
}

// candidates are the ways in which authors name a page's file.
func candidates(full string) []string {
	if strings.HasSuffix(full, "/") {
		return []string{full + "index.md"}
	}
	out := []string{full}
	if base, ok := strings.CutSuffix(full, ".html"); ok {
		out = append(out, base+".md")
	} else if path.Ext(full) != ".md" {
		out = append(out, full+".md", full+"/index.md")
	}
	return out
}

func (l *linker) page(full string) *Page {
	for _, c := range candidates(full) {
		if p := l.pages[l.actual(c)]; p != nil {
			return p
		}
	}
	return nil
}

// generated resolves links to pages that Plumb makes without a file of their
// own: registers and indexes.
func (l *linker) generated(rel string, d dest) (Target, bool) {
	rel = compose(rel)
	base := strings.TrimSuffix(strings.TrimSuffix(rel, ".md"), ".html")
	url := base + ".html"
	t := Target{Kind: Local, URL: url, Anchor: d.anchor}
	switch base {
	case "index", "processes", "metrics", "assets", "roles", "segments":
		return t, true
	}
	if id, ok := strings.CutPrefix(base, "roles/"); ok {
		r := l.site.roleNames[playbook.Normalize(id)]
		return t, r != nil && r.ID == id
	}
	if id, ok := strings.CutPrefix(base, "segments/"); ok {
		return t, l.segments[id] != nil
	}
	return Target{}, false
}

// entry resolves the part of an index that a link names: an entry, on whichever
// page of the index it stands.
func (l *linker) entry(from *Page, out Target, d dest, t markdown.Target) Target {
	for _, x := range []*Index{&l.site.Processes, &l.site.Metrics, &l.site.Assets} {
		if x.URL != out.URL || d.anchor == "" || len(l.in.Dropped) > 0 {
			continue
		}
		house := ContentDir + "/" + strings.TrimSuffix(x.URL, ".html") + ".md"
		var known []string
		for _, g := range x.Groups {
			if g.ID == d.anchor {
				out.URL = PageURL(x.URL, g.Page)
				return out
			}
			known = append(known, g.ID)
		}
		if l.hidden[house] {
			l.linkToHidden(from, t, house)
			return Target{}
		}
		l.noAnchor(from, t, d, "on "+x.URL, known)
		return Target{}
	}
	return out
}

// anchor resolves the part of a page that a link names.
func (l *linker) anchor(from, to *Page, d dest, t markdown.Target) Target {
	out := l.part(to, d)
	if _, known := to.Anchors[d.anchor]; known || d.anchor == "" || d.anchor == to.TitleID {
		return out
	}
	where := "on this page"
	if from != to {
		where = "on " + to.File.Path
	}
	l.noAnchor(from, t, d, where, slices.Sorted(maps.Keys(to.Anchors)))
	return Target{}
}

// part returns a part of a page: of an index, on whichever of its pages the
// entry stands that holds it.
func (l *linker) part(to *Page, d dest) Target {
	out := Target{Kind: Local, URL: to.URL, Anchor: d.anchor, Suffix: d.query}
	if x := l.indexOf(to); x != nil {
		if g := x.anchors[d.anchor]; g != nil {
			out.URL = PageURL(x.URL, g.Page)
		}
	}
	return out
}

// noAnchor reports a link to a part that a page does not have; the place is
// that of the part alone.
func (l *linker) noAnchor(from *Page, t markdown.Target, d dest, where string, known []string) {
	if i := bytes.IndexByte(from.File.Data[t.Span.Start:t.Span.End], '#'); i >= 0 {
		t.Span.Start += i
	}
	hint := l.nearHint(d.anchor, known, "#")
	if hint == "" && len(known) > 0 && len(known) <= 6 {
		hint = "headings there: #" + strings.Join(known, ", #")
	}
	l.fail(from, t, diag.BrokenAnchor, fmt.Sprintf("there is no heading “#%s” %s", d.anchor, where), hint)
}

func (l *linker) indexOf(p *Page) *Index {
	for _, x := range []*Index{&l.site.Processes, &l.site.Metrics} {
		if x.House == p {
			return x
		}
	}
	return nil
}

func (l *linker) asset(full string) (string, bool) {
	full = l.actual(full)
	return full, l.assets[full]
}

// actual returns the path of a file as it is stored, where the link has another
// Unicode form of it.
func (l *linker) actual(path string) string {
	if stored, known := l.forms[compose(path)]; known {
		return stored
	}
	return path
}

// active are the kinds of files that a browser would run as a page of the
// site; content is not trusted with that.
var active = []string{".html", ".htm", ".xhtml", ".xht", ".js", ".mjs", ".wasm", ".swf", ".svgz", ".xml", ".xsl", ".xslt"}

func (l *linker) useAsset(p *Page, t markdown.Target, found string, d dest) Target {
	if slices.Contains(active, strings.ToLower(path.Ext(found))) {
		l.list = append(l.list, diag.New(diag.Warning, diag.ActiveAsset, p.File.Place(t.Span),
			fmt.Sprintf("%s could run in the reader's browser, so it is not published", path.Base(found)), "publish it elsewhere and link to its address, or as PDF or spreadsheet"))
		return Target{}
	}
	l.used[found] = true
	return Target{Kind: Asset, URL: compose(found), Anchor: d.anchor, Suffix: d.query}
}

// missing reports a link to nothing, unless what it led to is left out of this
// build.
func (l *linker) missing(p *Page, t markdown.Target, full string, d dest) Target {
	for _, c := range candidates(full) {
		if c := l.actual(c); l.hidden[c] {
			l.linkToHidden(p, t, c)
			return Target{}
		}
	}
	if l.perhapsRegister(relative(full)) {
		return Target{}
	}
	if by := l.keptRegister(relative(full)); by != "" {
		l.linkToHidden(p, t, by)
		return Target{}
	}
	if strings.HasPrefix(t.Dest, "/") && path.Ext(d.path) != ".md" && !t.Image {
		l.list = append(l.list, diag.New(diag.Warning, diag.LinkOutside, p.File.Place(t.Span),
			"the link counts from the root of the server, where this site may not stand", "if it leads out of the site, write the whole address; if not, write it relative to this file"))
		return Target{Kind: External, URL: t.Dest}
	}
	if ext := path.Ext(d.path); t.Image || ext != "" && ext != ".md" && ext != ".html" {
		l.fail(p, t, diag.BrokenAsset, fmt.Sprintf("there is no file %s", full), l.nearFile(p, full, slices.Sorted(maps.Keys(l.assets))))
		return Target{}
	}
	if strings.HasSuffix(full, "/") {
		full += "index.md"
	}
	l.fail(p, t, diag.BrokenLink, fmt.Sprintf("there is no page %s", full), l.nearFile(p, full, slices.Sorted(maps.Keys(l.pages))))
	return Target{}
}

// perhapsRegister reports whether a path may be that of a role or a segment
// that is not known only because plumb.yaml or the page that names it has an
// error, which says enough.
func (l *linker) perhapsRegister(rel string) bool {
	c := l.in.Config
	unknown := func(declared int) bool { return c.Broken || declared == 0 && len(l.in.Dropped) > 0 }
	return registerPage(rel, "roles/") && unknown(len(c.Roles)) || registerPage(rel, "segments/") && unknown(len(c.Segments))
}

// keptRegister returns the playbook that would bring the role or the segment
// with a path into the registers, were it not kept back; empty for none.
func (l *linker) keptRegister(rel string) string {
	rel = strings.TrimSuffix(strings.TrimSuffix(rel, ".md"), ".html")
	role, isRole := strings.CutPrefix(rel, "roles/")
	segment, isSegment := strings.CutPrefix(rel, "segments/")
	for _, p := range l.kept {
		if isSegment && slices.ContainsFunc(p.Meta.Segments, func(v source.Value) bool { return v.Text == segment }) ||
			isRole && slices.ContainsFunc(subheads(p.Section(playbook.SellingTasks)), func(s *playbook.Subhead) bool { return s.RoleNoun && config.Slug(s.Key) == role }) {
			return p.File.Path
		}
	}
	return ""
}

// linkToHidden warns of a link to a draft; a link to a file that is dropped
// because of an error says nothing, for the error says it.
func (l *linker) linkToHidden(p *Page, t markdown.Target, path string) {
	if slices.Contains(l.in.Dropped, path) {
		return
	}
	l.list = append(l.list, diag.New(diag.Warning, diag.LinkToDraft, p.File.Place(t.Span),
		fmt.Sprintf("%s is not published, so this link is shown as text", path), "publish the page, or leave the link out"))
}

func (l *linker) fail(p *Page, t markdown.Target, c diag.Code, message, hint string) {
	l.list = append(l.list, diag.New(diag.Error, c, p.File.Place(t.Span), message, hint))
}

// maxNear is how many near misses are looked for in one build: each costs a
// walk over all names.
const maxNear = 50

func (l *linker) nearHint(word string, among []string, prefix string) string {
	if l.near++; l.near > maxNear {
		return ""
	}
	if near := diag.Nearest(word, among); near != "" {
		return "did you mean “" + prefix + near + "”?"
	}
	return ""
}

// nearFile names the file that was likely meant, relative to the page: the
// same name elsewhere, else a similar path.
func (l *linker) nearFile(p *Page, full string, among []string) string {
	if l.near++; l.near > maxNear {
		return ""
	}
	full = strings.ReplaceAll(full, `\`, "/")
	base := strings.TrimSuffix(path.Base(full), path.Ext(full))
	for _, a := range among {
		if base != "index" && strings.EqualFold(strings.TrimSuffix(path.Base(a), path.Ext(a)), base) {
			return "did you mean “" + Relative(p.File.Path, a) + "”?"
		}
	}
	for _, c := range candidates(full) {
		if near := diag.Nearest(c, among); near != "" {
			return "did you mean “" + Relative(p.File.Path, near) + "”?"
		}
	}
	return ""
}

// publish lists the assets that pages link to.
func (l *linker) publish() {
	for _, a := range slices.Sorted(maps.Keys(l.used)) {
		f := File{Path: a, URL: compose(a)}
		if owner, taken := l.urls.claim(f.URL, a); taken {
			l.add(diag.New(diag.Error, diag.URLCollision, diag.File(a), fmt.Sprintf("%s and this file would have one address", cmp.Or(owner, "a page of Plumb's own")), "rename one of them"))
			continue
		}
		l.site.Files = append(l.site.Files, f)
	}
}
