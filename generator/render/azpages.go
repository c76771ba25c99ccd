package render

import (
	"bytes"
	"html/template"

	"plumb/generator/diag"
	"plumb/generator/markdown"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

const searchPath = "search.html"

// azWhole is how many names search.html shows by itself; where there are more,
// each letter has pages of its own.
const azWhole = 400

// SearchPages returns search.html and the pages of the A–Z that it leads to.
// They come with the index and not among [Renderer.Pages], for all names of the
// site have to be sorted to know what is on them.
func (r *Renderer) SearchPages() []Page {
	letters, total := azLetters(r.site), 0
	for _, l := range letters {
		total += len(l.rows)
	}
	whole := total <= azWhole
	pages := []Page{{
		Path: searchPath, Layout: "search",
		view:  func() View { return r.searchView(letters, whole) },
		needs: func(w *inputs) { w.letters(letters, whole) },
	}}
	if whole {
		return pages
	}
	for i := range letters {
		pages = paged(pages, letterURL(letters[i]), "search", pagesOf(len(letters[i].rows), linksPerPage),
			func(n int) View { return r.letterView(letters, i, n) },
			func(w *inputs, n int) { w.letterPage(letters, i, n) })
	}
	return pages
}

// SearchFault says what is wrong with the layout of these pages: it makes one
// without names, which costs nothing, where the others are made later.
func (r *Renderer) SearchFault() []diag.Diagnostic {
	return r.Render(new(bytes.Buffer), Page{Path: searchPath, Layout: "search", view: func() View { return r.searchView(nil, true) }})
}

// letterURL is the address of a letter's first page.
func letterURL(l azLetter) string { return "a-z/" + l.id + ".html" }

func (r *Renderer) searchView(letters []azLetter, whole bool) View {
	v := &AZ{Letters: r.letterLinks(searchPath, letters, -1, whole)}
	if whole {
		for _, l := range letters {
			v.Groups = append(v.Groups, AZGroup{ID: l.id, Name: r.letterName(l), Rows: r.azRows(searchPath, l.rows)})
		}
	}
	title := r.theme.Text("search.title")
	return View{Title: title, NoIndex: true, Description: r.site.Config.Title + ": " + title, Crumbs: []Link{r.home(searchPath)}, AZ: v}
}

// letterView is page n of a letter.
func (r *Renderer) letterView(letters []azLetter, i, n int) View {
	l := letters[i]
	at := site.PageURL(letterURL(l), n)
	title := r.theme.Text("az.letter", r.letterName(l))
	return View{
		Title: part(title, n), NoIndex: true, Description: r.site.Config.Title + ": " + title,
		Crumbs: []Link{r.home(at), {Href: href(at, searchPath), Text: r.theme.Text("search.title")}},
		AZ: &AZ{
			Letter: r.letterName(l), Letters: r.letterLinks(at, letters, i, true),
			Groups: []AZGroup{{Rows: r.azRows(at, chunk(l.rows, n, linksPerPage))}},
			Pager:  r.pager(letterURL(l), n, pagesOf(len(l.rows), linksPerPage)),
		},
	}
}

func (r *Renderer) letterName(l azLetter) string {
	if l.name == "" {
		return r.theme.Text("az.other")
	}
	return l.name
}

// letterLinks lead to the letters: to their places on search.html, or to their
// own pages; bare they do not say how many names there are.
func (r *Renderer) letterLinks(at string, letters []azLetter, current int, bare bool) template.HTML {
	dst := make([]byte, 0, 80*len(letters))
	for i, l := range letters {
		to := "#" + l.id
		if at != searchPath || !bare {
			to = href(at, letterURL(l))
		}
		dst = append(append(append(dst, `<li><a href="`...), to...), '"')
		if i == current {
			dst = append(dst, ` aria-current="page"`...)
		}
		dst = markdown.AppendEscaped(append(dst, "><bdi>"...), r.letterName(l))
		dst = append(dst, "</bdi>"...)
		if !bare {
			dst = append(dst, ` <span class="count">`+itoa(len(l.rows))+`</span>`...)
		}
		dst = append(dst, "</a></li>"...)
	}
	return template.HTML(dst)
}

// azRows writes rows as the items of a list. They are made here and not by a
// template: a large site has a hundred thousand.
func (r *Renderer) azRows(at string, rows []*azRow) template.HTML {
	b := r.newBody(at, nil, 2)
	defer b.done()
	for _, row := range rows {
		if row.kind == azPlaybook {
			b.azPlaybook(row)
		} else {
			b.azEntry(row)
		}
	}
	return b.html()
}

// azPlaybook writes a playbook with its place on the line.
func (b *body) azPlaybook(row *azRow) {
	p := row.places[0]
	at := b.r.position(p.Position)
	b.raw(`<li data-stop="`, at.Stop, `" data-side="`, at.Side, `"><p class="name">`)
	b.azLink(row.url, "", row.lang, row.text)
	b.raw(`</p><p class="count"><span class="mark"></span>`)
	b.text(b.word(azWords[row.kind]))
	b.raw(` · <bdi>`)
	b.text(at.Label)
	b.raw("</bdi>")
	b.azTag("draft", b.r.draft(&p.Page))
	b.azTag("illustrative", p.Meta.Illustrative)
	b.raw("</p></li>")
}

func (b *body) azTag(key string, is bool) {
	if is {
		b.raw(` <em class="tag">`)
		b.text(b.word(key))
		b.raw("</em>")
	}
}

// azEntry writes what stands in playbooks, with what it is, whose, and where.
func (b *body) azEntry(row *azRow) {
	b.raw("<li>")
	b.azLink(row.url, row.anchor, row.lang, row.text)
	b.raw(`<p class="count">`)
	b.text(b.word(azWords[row.kind]))
	b.azRoles(row.roles)
	switch {
	case row.kind == azTask:
		b.azPlaces(row)
	case row.of > 0:
		b.raw(" · ")
		b.text(b.word("uses", row.of))
	default:
		b.raw(" · ")
		b.text(b.word("index.house"))
	}
	b.raw("</p></li>")
}

func (b *body) word(key string, args ...any) string { return b.r.theme.Text(key, args...) }

func (b *body) azLink(url, anchor, lang, text string) {
	b.raw("<a")
	b.href(url, anchor)
	b.raw(string(other(lang, b.r.chrome.Lang)), ">")
	b.text(text)
	b.raw("</a>")
}

// azRoles names the roles, unless it is everyone's alone.
func (b *body) azRoles(roles []*site.Role) {
	if len(roles) == 1 && roles[0] == nil {
		return
	}
	for i, role := range roles[:min(len(roles), azNamed)] {
		b.raw([]string{" · ", ", "}[min(i, 1)])
		if role == nil {
			b.text(b.word("az.everyone"))
		} else {
			b.text(role.Title)
		}
	}
	if len(roles) > azNamed {
		b.raw(" …")
	}
}

// azPlaces names the playbooks of a task. The only one is no link, for the task
// itself leads there.
func (b *body) azPlaces(row *azRow) {
	if row.of == 1 {
		p := row.places[0]
		b.raw(" · <span", string(other(p.Meta.Lang, b.r.chrome.Lang)), ">")
		b.text(playbook.Shorten(p.Title, azTitle))
		b.raw("</span>")
		return
	}
	for i, p := range row.places {
		b.raw([]string{" · ", ", "}[min(i, 1)])
		b.azLink(p.URL, p.anchor, p.Meta.Lang, playbook.Shorten(p.Title, azTitle))
	}
	if more := row.of - len(row.places); more > 0 {
		b.raw(" ")
		b.text(b.word("az.more", more))
	}
}

// letters is what search.html is made of.
func (w *inputs) letters(letters []azLetter, whole bool) {
	w.flags(whole)
	w.number(len(letters))
	for _, l := range letters {
		w.text(l.id)
		w.number(len(l.rows))
		if whole {
			w.azRows(l.rows)
		}
	}
}

// letterPage is what page n of a letter is made of: its rows, and which other
// letters there are.
func (w *inputs) letterPage(letters []azLetter, i, n int) {
	w.number(len(letters))
	for _, l := range letters {
		w.text(l.id)
	}
	w.number(len(letters[i].rows))
	w.azRows(chunk(letters[i].rows, n, linksPerPage))
}

func (w *inputs) azRows(rows []*azRow) {
	w.number(len(rows))
	for _, row := range rows {
		w.number(int(row.kind))
		w.number(row.of)
		w.text(row.text, row.lang, row.url, row.anchor)
		w.number(len(row.roles))
		for _, role := range row.roles {
			w.role(role)
		}
		switch row.kind {
		case azPlaybook:
			w.ref(row.places[0].Playbook)
		case azTask:
			w.azPlaces(row.places)
		}
	}
}

func (w *inputs) azPlaces(places []azPlace) {
	w.number(len(places))
	for _, p := range places {
		w.text(p.URL, p.anchor, p.Title, p.Meta.Lang)
	}
}
