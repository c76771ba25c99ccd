package render

import (
	"plumb/generator/markdown"
	"plumb/generator/site"
)

// Extra is a file of the output that no layout makes.
type Extra struct {
	Path string
	Data []byte
}

// Extras returns robots.txt and the pages that lead from old addresses to new
// ones.
func (r *Renderer) Extras() []Extra {
	robots := "User-agent: *\nDisallow: /\n"
	if r.site.Config.Indexing {
		robots = "User-agent: *\nAllow: /\n"
		if base := r.site.Config.BaseURL; base != "" {
			robots += "Sitemap: " + base + sitemapPath + "\n"
		}
	}
	out := []Extra{{"robots.txt", []byte(robots)}}
	for _, d := range r.site.Redirects {
		out = append(out, Extra{d.From, r.redirect(d)})
	}
	return out
}

// redirect is a page that leads to another one without a script.
func (r *Renderer) redirect(d site.Redirect) []byte {
	to := markdown.AppendEscaped(nil, href(d.From, d.To.URL))
	title := markdown.AppendEscaped(nil, d.To.Title)
	dst := append([]byte(`<!doctype html><html lang="`), markdown.AppendEscaped(nil, r.chrome.Lang)...)
	dst = append(append(dst, `"><head><meta charset="utf-8"><meta name="robots" content="noindex"><title>`...), title...)
	dst = append(append(dst, `</title><meta http-equiv="refresh" content="0; url=`...), to...)
	dst = append(append(dst, `"></head><body><p><a href="`...), to...)
	dst = append(append(dst, `">`...), title...)
	return append(dst, `</a></p></body></html>`...)
}
