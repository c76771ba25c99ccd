package render

import (
	"html/template"

	"plumb/generator/markdown"
	"plumb/generator/site"
)

// pager returns the pager of a list in pages.
func (r *Renderer) pager(url string, page, pages int) Pager {
	out := Pager{Page: page, Pages: pages}
	if pages < 2 {
		return out
	}
	b := &turns{r: r, url: url, at: site.PageURL(url, page), page: page}
	if page > 1 {
		b.turn(page-1, ` rel="prev"`, r.theme.Text("previous"))
	}
	last := 0
	for n := 1; n <= pages; n++ {
		if n > 2 && n < pages-1 && (n < page-2 || n > page+2) {
			continue
		}
		if n > last+1 {
			b.buf = append(b.buf, "<li>…</li>"...)
		}
		b.number(n)
		last = n
	}
	if page < pages {
		b.turn(page+1, ` rel="next"`, r.theme.Text("next"))
	}
	out.Items = template.HTML(b.buf)
	return out
}

// turns writes the items of a pager.
type turns struct {
	r       *Renderer
	url, at string // of the list, of the page
	page    int
	buf     []byte
}

func (t *turns) number(n int) {
	rel := ""
	if n == t.page {
		rel = ` aria-current="page"`
	}
	t.turn(n, rel, itoa(n))
}

// turn leads to page n.
func (t *turns) turn(n int, rel, text string) {
	t.buf = append(t.buf, `<li><a href="`...)
	t.buf = markdown.AppendEscaped(t.buf, href(t.at, site.PageURL(t.url, n)))
	t.buf = append(append(append(t.buf, '"'), rel...), '>')
	t.buf = append(markdown.AppendEscaped(t.buf, text), "</a></li>"...)
}
