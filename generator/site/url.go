package site

import (
	"fmt"
	"path"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"plumb/generator/diag"
)

// compose returns the composed Unicode form of a path, so that the same name
// typed on another system is the same address.
func compose(p string) string { return norm.NFC.String(p) }

// registry knows who has which address. Two addresses that differ only in
// letter case or Unicode form are one: they would be one file on many disks.
type registry struct {
	owners map[string]string // folded address → path of the source, "" for Plumb's own
	fold   cases.Caser
}

func newRegistry() *registry { return &registry{owners: map[string]string{}, fold: cases.Fold()} }

func (r *registry) key(url string) string {
	for i := range len(url) {
		if c := url[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return norm.NFC.String(r.fold.String(url))
		}
	}
	return url
}

// own reserves an address for a page of Plumb's own.
func (r *registry) own(url string) { r.owners[r.key(url)] = "" }

// claim gives an address to a source; the owner it has already is returned.
func (r *registry) claim(url, source string) (owner string, taken bool) {
	key := r.key(url)
	if owner, taken = r.owners[key]; taken {
		return owner, true
	}
	r.owners[key] = source
	return "", false
}

// reserved are the addresses of Plumb's own pages that no source may have.
var reserved = []string{
	"404.html", "compare.html", "search.html", "roles.html", "segments.html", "assets.html", "line.html",
	"plumb.json", "llms.txt", "llms-full.txt", "robots.txt", "sitemap.xml", "feed.xml", "manifest.webmanifest", "sw.js",
}

func (l *linker) reserve() {
	for _, url := range reserved {
		l.urls.own(url)
	}
	l.site.Processes.URL, l.site.Metrics.URL, l.site.Assets.URL = "processes.html", "metrics.html", "assets.html"
}

// claim gives a page its address, or says who has it.
func (l *linker) claim(p *Page) {
	owner, taken := l.urls.claim(p.URL, p.File.Path)
	switch {
	case !taken:
	case owner == "":
		l.add(diag.New(diag.Error, diag.ReservedURL, diag.File(p.File.Path),
			fmt.Sprintf("this page would become %s, which is a page of Plumb's own", p.URL), "give the file another name"))
	default:
		d := diag.New(diag.Error, diag.URLCollision, diag.File(p.File.Path),
			fmt.Sprintf("two files would become %s", p.URL), "rename one of them; names that differ only in case or accents' encoding are one name on many disks")
		d.Related = []diag.Related{{Place: diag.File(owner), Message: "the other file"}}
		l.add(d)
	}
}

// redirects claims the old addresses of pages.
func (l *linker) redirects(p *Page) {
	for _, a := range p.Meta.Aliases {
		url := strings.TrimPrefix(a.Text, "/")
		if strings.HasSuffix(url, "/") || url == "" {
			url += "index.html"
		} else if path.Ext(url) == "" {
			url += ".html"
		}
		if url != path.Clean(url) || strings.HasPrefix(url, "../") || strings.ContainsAny(url, "?#\\:") || path.Ext(url) != ".html" {
			l.add(diag.New(diag.Error, diag.BadURL, p.File.Place(a.Span),
				fmt.Sprintf("“%s” is no old address of a page", a.Text), "write it from the site's root: /old/name.html"))
			continue
		}
		owner, taken := l.urls.claim(compose(url), p.File.Path)
		if taken {
			d := diag.New(diag.Error, diag.URLCollision, p.File.Place(a.Span), fmt.Sprintf("the old address %s is in use", url), "leave the alias out")
			if owner != "" {
				d.Related = []diag.Related{{Place: diag.File(owner), Message: "this file has it"}}
			}
			l.add(d)
			continue
		}
		l.site.Redirects = append(l.site.Redirects, Redirect{compose(url), p})
	}
}

// Relative returns the way from one page of the output to another address of
// it: "../roles/legal.html".
func Relative(from, to string) string {
	common := 0
	for i := 0; i < len(from) && i < len(to) && from[i] == to[i]; i++ {
		if from[i] == '/' {
			common = i + 1
		}
	}
	return strings.Repeat("../", strings.Count(from[common:], "/")) + to[common:]
}
