package site

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"plumb/generator/diag"
)

// compose returns the composed Unicode form of a path, so that the same name
// typed on another system is the same address.
func compose(p string) string {
	for i := range len(p) {
		if p[i] >= utf8.RuneSelf {
			return norm.NFC.String(p)
		}
	}
	return p
}

// registry knows who has which address. Two addresses that differ only in
// letter case or Unicode form are one: they would be one file on many disks.
type registry struct {
	owners map[string]string // folded address → path of the source, "" for Plumb's own
	// folders are the folders that addresses need, each with one of the sources
	// that needs it: a folder cannot be a file as well.
	folders map[string]string
	// folder is one that sources are known to be in: the next one often is too.
	folder string
	fold   cases.Caser
}

// newRegistry returns a registry with room for n addresses.
func newRegistry(n int) *registry {
	return &registry{owners: make(map[string]string, n), folders: map[string]string{}, fold: cases.Fold()}
}

func (r *registry) key(url string) string {
	for i := range len(url) {
		if c := url[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return norm.NFC.String(r.fold.String(url))
		}
	}
	return url
}

// own reserves an address for a page of Plumb's own.
func (r *registry) own(url string) { r.owners[r.key(url)], r.folder = "", "" }

// claim gives an address to a source; the owner it has already is returned.
func (r *registry) claim(url, source string) (owner string, taken bool) {
	key := r.key(url)
	if owner, taken = r.owners[key]; taken {
		return owner, true
	}
	if owner, taken = r.folders[key]; taken {
		return owner, true
	}
	at := strings.LastIndexByte(key, '/')
	if at > 0 && key[:at] != r.folder {
		if owner, taken = r.enter(key[:at], source); taken {
			return owner, true
		}
		r.folder = key[:at]
	}
	r.owners[key] = source
	return "", false
}

// enter gives a source its folder and those above it; the owner is returned of
// an address that is one of them.
func (r *registry) enter(folder, source string) (owner string, taken bool) {
	for at := len(folder); at > 0; at = strings.LastIndexByte(folder[:at], '/') {
		if owner, taken = r.owners[folder[:at]]; taken {
			return owner, true
		}
		if _, known := r.folders[folder[:at]]; known {
			break
		}
		r.folders[folder[:at]] = source
	}
	return "", false
}

// isPart reports whether an address is that of a further page of a list, or in
// a folder of Plumb's own: no source may have it.
func isPart(url string) bool {
	url = strings.ToLower(url) // on many disks that is the same folder
	list, number, _ := strings.Cut(strings.TrimSuffix(url, ".html"), ".")
	dir, _, inDir := strings.Cut(list, "/")
	switch dir {
	case "roles", "segments":
		return number != "" && strings.Trim(number, "0123456789") == ""
	case "processes", "metrics", "assets":
		return !inDir && number != "" && strings.Trim(number, "0123456789") == ""
	}
	return inDir && slices.Contains(folders, dir)
}

// folders hold nothing but what Plumb makes.
var folders = []string{"a-z", "data", "desk", "line", "search", "theme"}

// reserved are the addresses of Plumb's own pages that no source may have.
var reserved = []string{
	"404.html", "offline.html", "compare.html", "search.html", "roles.html", "segments.html", "assets.html", "line.html",
	"plumb.json", "llms.txt", "llms-full.txt", "robots.txt", "sitemap.xml", "feed.xml", "manifest.webmanifest", "sw.js", "site.js", "plumb.schema.json",
}

func (l *linker) reserve() {
	for _, url := range append([]string{"index.html", "processes.html", "metrics.html"}, reserved...) {
		l.urls.own(url)
	}
	l.site.Processes.URL, l.site.Metrics.URL, l.site.Assets.URL = "processes.html", "metrics.html", "assets.html"
}

// own reserves the address of a page of a register; only that page's own
// source may have it already.
func (l *linker) own(url string) {
	source := ContentDir + "/" + strings.TrimSuffix(url, ".html") + ".md"
	if owner := l.urls.owners[l.urls.key(url)]; owner != "" && compose(owner) != source && l.pages[source] == nil {
		l.add(reserves(owner, url))
	}
	l.urls.own(url)
}

func reserves(path, url string) diag.Diagnostic {
	return diag.New(diag.Error, diag.ReservedURL, diag.File(path),
		fmt.Sprintf("this file would become %s, which is a page of Plumb's own", url), "give the file another name")
}

// claim gives a page its address, or says who has it. The prose of the pages
// of Plumb's own stands at their addresses.
func (l *linker) claim(p *Page) {
	if s := l.site; p == s.Home || p == s.Processes.House || p == s.Metrics.House {
		return
	}
	owner, taken := "", isPart(p.URL)
	if !taken {
		owner, taken = l.urls.claim(p.URL, p.File.Path)
	}
	p.Homeless = taken
	switch {
	case !taken:
	case owner == "":
		l.add(reserves(p.File.Path, p.URL))
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
			l.fail(p, a.Span, diag.BadURL,
				fmt.Sprintf("“%s” is no old address of a page", a.Text), "write it from the site's root: /old/name.html")
			continue
		}
		owner, taken := "", isPart(compose(url))
		if !taken {
			owner, taken = l.urls.claim(compose(url), p.File.Path)
		}
		if taken {
			d := diag.New(diag.Error, diag.URLCollision, l.placing.place(p.File, a.Span), fmt.Sprintf("the old address %s is in use", url), "leave the alias out")
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
