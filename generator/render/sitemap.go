package render

import (
	"bytes"
	"time"

	"plumb/generator/markdown"
)

// What one file of a sitemap may hold (sitemaps.org/protocol.html).
const (
	sitemapEntries = 50_000
	sitemapBytes   = 50 << 20
)

const (
	sitemapPath = "sitemap.xml"
	sitemapHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	sitemapNS   = ` xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n"
)

// sitemaps adds the list of all pages that say nothing against being found: one
// file or, where that would hold too much, several with a file that names them.
func (r *Renderer) sitemaps(pages []Page, entries, size int) []Page {
	parts := r.sitemapParts(pages, entries, size)
	if len(parts) == 1 {
		return append(pages, r.sitemap(sitemapPath, parts[0]))
	}
	pages = append(pages, r.sitemapIndex(len(parts)))
	for i, part := range parts {
		pages = append(pages, r.sitemap(sitemapPart(i), part))
	}
	return pages
}

// sitemapPart names a part, from 0.
func sitemapPart(i int) string { return "sitemap." + itoa(i+1) + ".xml" }

// mapped is a page in a sitemap, with the day it was changed: zero where nobody
// says so, and for a page that is made of several texts.
type mapped struct {
	path string
	day  time.Time
}

// sitemapParts shares the pages out, in their order.
func (r *Renderer) sitemapParts(pages []Page, entries, size int) [][]mapped {
	parts, free := [][]mapped{make([]mapped, 0, min(len(pages), entries))}, 0
	for _, p := range pages {
		if p.Layout == "" || p.Path == missingPage || p.Path == offlinePage || p.text != nil && r.quiet(p.text) {
			continue
		}
		last := &parts[len(parts)-1]
		// The most an entry can take: each byte of the address as an entity.
		most := 100 + 5*len(r.site.Config.BaseURL) + 5*len(p.Path)
		if len(*last) == entries || len(*last) > 0 && most > free {
			parts = append(parts, nil)
			last = &parts[len(parts)-1]
		}
		if len(*last) == 0 {
			free = size - 200
		}
		m := mapped{path: p.Path}
		if p.text != nil {
			m.day = changed(p.text)
		}
		*last, free = append(*last, m), free-most
	}
	return parts
}

func (r *Renderer) sitemap(path string, pages []mapped) Page {
	return Page{
		Path: path,
		data: func(dst *bytes.Buffer) {
			dst.WriteString(sitemapHead + "<urlset" + sitemapNS)
			for _, p := range pages {
				dst.WriteString("<url><loc>")
				dst.Write(markdown.AppendEscaped(dst.AvailableBuffer(), r.canonical(p.path)))
				dst.WriteString("</loc>")
				if !p.day.IsZero() {
					dst.WriteString("<lastmod>" + isoDate(p.day) + "</lastmod>")
				}
				dst.WriteString("</url>\n")
			}
			dst.WriteString("</urlset>\n")
		},
		needs: func(w *inputs) {
			for _, p := range pages {
				w.text(p.path)
				w.number(int(p.day.Unix()))
			}
		},
	}
}

func (r *Renderer) sitemapIndex(parts int) Page {
	return Page{
		Path: sitemapPath,
		data: func(dst *bytes.Buffer) {
			dst.WriteString(sitemapHead + "<sitemapindex" + sitemapNS)
			for i := range parts {
				dst.WriteString("<sitemap><loc>")
				dst.Write(markdown.AppendEscaped(dst.AvailableBuffer(), r.canonical(sitemapPart(i))))
				dst.WriteString("</loc></sitemap>\n")
			}
			dst.WriteString("</sitemapindex>\n")
		},
		needs: func(w *inputs) { w.number(parts) },
	}
}
