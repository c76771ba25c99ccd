// Package theme makes a theme of the files of a folder: templates, assets and
// words.
//
// A theme is a stack of layers, the most specific first. A site overrides the
// built-in theme file by file; only the words of a language are merged key by
// key. Templates are minified once, when the theme is loaded, so that no page
// has to be. It is the only door to the minifier.
//
//	layouts/base.html           the skeleton with its blocks
//	layouts/<kind>.html         fills the blocks for one kind of page
//	layouts/head.html …         bar, scale, brand, foot: what pages have alike, made once for all
//	layouts/partials/<x>.html   called as {{template "partials/<x>.html" .}}
//	assets/…                    published as theme/…
//	styles/<x>.css              joined in order of names into theme/plumb.css
//	styles/desk/<x>.css         the same into theme/desk.css, for the authors' pages
//	scripts/<part>/<x>.js       joined by parts: see [First], [Main], [Search], [Desk], [Worker]
//	i18n/<language>.yaml        the theme's own words
//
// Templates are html/template with three functions more: t gives a text in
// the site's language, date writes an ISO date out, last gives the last
// element of a list.
package theme

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"plumb/generator/diag"
	"plumb/generator/source"
)

// Theme is a loaded theme. It does not change and may be used by several
// goroutines at once.
type Theme struct {
	words   *words
	files   map[string]*file
	layouts map[string]*layout
	assets  []Asset
	desk    []Asset
	scripts map[string][]byte
	digest  source.Digest
}

// Asset is a file that is published as it is.
type Asset struct {
	// Path is relative to the site's root, "theme/plumb.css".
	Path string
	Data []byte
}

// Source is the files of a theme: its layers merged, nothing parsed yet.
type Source struct{ loader *loader }

// Read reads the layers of a theme, the most specific first. The prefixes are
// put before the paths of each layer in diagnostics, "themes/acme/".
func Read(layers []fs.FS, prefixes []string) *Source {
	l := &loader{files: map[string]*file{}}
	for i, layer := range layers {
		l.layer(layer, prefixes[i], i)
	}
	l.met = l.list
	for p, f := range l.files {
		l.own = l.own || f.layer < len(layers)-1 && strings.HasPrefix(p, folder)
	}
	return &Source{l}
}

// Digest identifies what Load makes of the files for a language.
func (s *Source) Digest(lang string) source.Digest { return s.loader.digest(lang, "") }

// Load makes a theme of the files for a language; it is called once. A layout
// with an error is kept as a broken one: [Theme.Execute] answers for it with
// the diagnostics that Load gave.
func (s *Source) Load(lang string) (*Theme, []diag.Diagnostic) {
	l := s.loader
	t := &Theme{files: l.files, digest: l.digest(lang, folder)}
	beside := &loader{files: l.files} // with a list of its own
	var wg sync.WaitGroup
	wg.Go(func() { t.publish(beside) })
	l.misplaced()
	l.texts = l.language(lang)
	t.words, t.layouts = l.texts, l.templates()
	wg.Wait()
	return t, diag.Sort(append(l.list, beside.list...))
}

// publish makes what browsers load beside the pages.
func (t *Theme) publish(l *loader) {
	t.assets, t.scripts = l.assets(), l.scripts()
	t.join("theme/plumb.js", t.scripts[Main])
	t.join("theme/plumb.css", l.styles("styles"))
	t.desk = dressed(l.styles("styles/desk"), t.scripts[Desk])
}

// join adds an asset made of several files, unless the theme has a file of its
// own in its place.
func (t *Theme) join(path string, data []byte) {
	own := slices.ContainsFunc(t.assets, func(a Asset) bool { return a.Path == path })
	if len(data) > 0 && !own {
		t.assets = append(t.assets, Asset{Path: path, Data: data})
	}
}

// dressed are the style sheet and the script of the pages for the authors.
func dressed(css, js []byte) (out []Asset) {
	if len(css) > 0 {
		out = append(out, Asset{Path: "theme/desk.css", Data: css})
	}
	if len(js) > 0 {
		out = append(out, Asset{Path: "theme/desk.js", Data: js})
	}
	return out
}

// Load is Read and then [Source.Load].
func Load(layers []fs.FS, prefixes []string, lang string) (*Theme, []diag.Diagnostic) {
	return Read(layers, prefixes).Load(lang)
}

// Plain writes the page as the templates stand, not minified: the same document
// with more white space.
func (t *Theme) Plain(dst *bytes.Buffer, name string, data any) error {
	l := t.layouts[name]
	if l == nil || l.plain == nil {
		return fmt.Errorf("no layout %s", name)
	}
	plain, err := l.plain()
	if err != nil {
		return err
	}
	return plain.Execute(dst, data)
}

// Execute appends the page that a layout makes of the data. The layout is
// named as the kind of page, "playbook". Where there are diagnostics nothing
// is appended.
func (t *Theme) Execute(dst *bytes.Buffer, name string, data any) []diag.Diagnostic {
	l := t.layouts[name]
	if l == nil {
		return []diag.Diagnostic{t.noLayout(name)}
	}
	if len(l.broken) > 0 {
		return l.broken
	}
	before := dst.Len()
	err := l.small.Execute(dst, data)
	if err == nil {
		return nil
	}
	dst.Truncate(before)
	return []diag.Diagnostic{t.failure(l, data, err)}
}

// Has reports whether the theme has a layout.
func (t *Theme) Has(layout string) bool { return t.layouts[layout] != nil }

// Assets returns the files to publish, ordered by path.
func (t *Theme) Assets() []Asset { return t.assets }

// Desk returns the files that only the pages for the authors load: they are
// published with those.
func (t *Theme) Desk() []Asset { return t.desk }

// Digest identifies what the theme makes of a page: it is of the templates of all
// layers, of the words and of the language. Assets have no part in it.
func (t *Theme) Digest() source.Digest { return t.digest }

// Lang returns the language the theme was loaded for.
func (t *Theme) Lang() string { return t.words.lang }

// Text returns a text in the site's language, in English where that has none,
// and the key itself where the theme does not know it. The arguments fill its
// placeholders; surplus ones are ignored. A key with plural forms
// ("playbooks.one") is named without its form; the first argument chooses.
func (t *Theme) Text(key string, args ...any) string {
	s, err := t.words.text(key, args...)
	if err != nil {
		return key
	}
	return s
}

// Words returns the texts whose keys begin with the prefix, by the rest of
// their keys.
func (t *Theme) Words(prefix string) map[string]string {
	out := map[string]string{}
	for key, text := range t.words.texts {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			out[rest] = text
		}
	}
	return out
}

// Date writes an ISO date as the site's language does; another text comes
// back as it is.
func (t *Theme) Date(iso string) string { return t.words.date(iso) }

func (t *Theme) noLayout(name string) diag.Diagnostic {
	var known []string
	for k := range t.layouts {
		known = append(known, k)
	}
	hint := "add the file, or let the theme build on the default one"
	if near := diag.Nearest(name, sorted(known)); near != "" {
		hint = "did you mean “" + near + ".html”?"
	}
	path := "layouts/" + name + ".html"
	return diag.New(diag.Error, diag.ThemeFile, diag.File(t.prefix()+path), "the theme has no layout “"+name+"”", hint)
}

// prefix returns where the layouts of the most specific layer that has some are:
// assets have no part in what a theme remembers.
func (t *Theme) prefix() string {
	best, at := "", -1
	for path, f := range t.files {
		if strings.HasPrefix(path, folder) && (at < 0 || f.layer < at) {
			best, at = strings.TrimSuffix(f.Path, path), f.layer
		}
	}
	return best
}
