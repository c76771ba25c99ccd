package render

import (
	"html/template"

	"plumb/generator/markdown"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

// quiet reports whether a page asks search engines to pass it over even where
// the site lets them in: it is no part of what the firm says today.
func (r *Renderer) quiet(p *site.Page) bool {
	return p.Meta.Illustrative || p.Meta.Status != playbook.Live || r.draft(p)
}

// outward adds the files that speak to other programs than a browser that
// shows a page: feed readers, search engines, the device a site is installed on.
func (r *Renderer) outward(pages []Page) []Page {
	pages = append(pages, r.manifest(), r.offline())
	if r.site.Config.BaseURL == "" {
		return pages
	}
	return r.sitemaps(r.feeds(pages), sitemapEntries, sitemapBytes)
}

// head is what a page says of itself to programs. It is made here since every
// page has it and a template takes a microsecond for each value.
func (r *Renderer) head(v *View, p Page) template.HTML {
	dst := make([]byte, 0, 1024)
	if v.Description != "" {
		dst = appendTag(dst, `<meta name="description" content="`, v.Description)
	}
	if v.NoIndex {
		dst = append(dst, `<meta name="robots" content="noindex">`...)
	}
	if p.Path != missingPage && p.Path != offlinePage {
		dst = r.appendOpenGraph(dst, v)
	}
	if v.Feed.Href != "" {
		dst = appendTag(dst, `<link rel="alternate" type="application/atom+xml" title="`, v.Feed.Text, `" href="`, v.Feed.Href)
	}
	// Without credentials a browser could not load the manifest of a site behind
	// a password.
	dst = appendTag(dst, `<link rel="manifest" crossorigin="use-credentials" href="`, v.Root+manifestPath)
	dst = appendTag(dst, `<link rel="apple-touch-icon" href="`, v.Root+maskableIcon)
	return template.HTML(dst)
}

// appendOpenGraph writes what a chat shows of a link to the page.
func (r *Renderer) appendOpenGraph(dst []byte, v *View) []byte {
	kind := "website"
	if v.Playbook != nil || v.Page != nil {
		kind = "article"
	}
	dst = appendTag(dst, `<meta property="og:title" content="`, v.Title)
	if v.Description != "" {
		dst = appendTag(dst, `<meta property="og:description" content="`, v.Description)
	}
	dst = appendTag(dst, `<meta property="og:type" content="`, kind)
	dst = appendTag(dst, `<meta property="og:site_name" content="`, v.Site.Title)
	if v.Canonical == "" {
		return dst
	}
	dst = appendTag(dst, `<link rel="canonical" href="`, v.Canonical)
	dst = appendTag(dst, `<meta property="og:url" content="`, v.Canonical)
	return appendTag(dst, `<meta property="og:image" content="`, r.site.Config.BaseURL+largeIcon)
}

// appendTag writes an element without content: pieces of markup and, after each
// of them, the text that belongs there.
func appendTag(dst []byte, pieces ...string) []byte {
	for i, s := range pieces {
		if i%2 == 0 {
			dst = append(dst, s...)
		} else {
			dst = markdown.AppendEscaped(dst, s)
		}
	}
	return append(dst, `">`...)
}
