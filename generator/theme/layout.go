package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"path"
	"reflect"
	"strings"
	"text/template/parse"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/svg"

	"plumb/generator/diag"
)

// layout is one kind of page: the skeleton, the partials and the layout's own
// file, parsed together.
type layout struct {
	// small is of the minified text and makes the pages; plain is of the text
	// as written and knows the places of errors.
	small, plain *template.Template
	// broken is why the layout cannot be used.
	broken []diag.Diagnostic
}

const (
	folder   = "layouts/"
	partials = "layouts/partials/"
	skeleton = "base.html"
)

// templates parses every layout with the skeleton and the partials. Names of
// templates are paths below layouts/.
func (l *loader) templates() map[string]*layout {
	base := l.files[folder+skeleton]
	if base == nil {
		l.fail(diag.ThemeFile, diag.File(folder+skeleton), "the theme has no "+folder+skeleton, "let the theme build on the default one")
		return nil
	}
	small, _ := l.common(shrink)
	plain, faults := l.common(asWritten)
	l.list = append(l.list, faults...)
	out := map[string]*layout{}
	for _, p := range l.paths(folder) {
		name := strings.TrimPrefix(p, folder)
		if name == skeleton || strings.Contains(name, "/") || path.Ext(name) != ".html" {
			continue
		}
		lay := &layout{broken: faults}
		if len(faults) == 0 {
			lay = l.layout(small, plain, name)
			l.list = append(l.list, lay.broken...)
		}
		out[strings.TrimSuffix(name, ".html")] = lay
	}
	return out
}

// common parses the skeleton and the partials.
func (l *loader) common(form func([]byte) string) (*template.Template, []diag.Diagnostic) {
	root := template.New("").Funcs(functions(l.texts))
	var faults []diag.Diagnostic
	for _, p := range append([]string{folder + skeleton}, l.paths(partials)...) {
		if path.Ext(p) != ".html" {
			continue
		}
		if _, err := root.New(strings.TrimPrefix(p, folder)).Parse(form(l.files[p].Data)); err != nil {
			faults = append(faults, l.place(err))
		}
	}
	return root, faults
}

// layout parses one layout over clones of the common templates, and has
// html/template find its faults of context.
func (l *loader) layout(small, plain *template.Template, name string) *layout {
	data := l.files[folder+name].Data
	lay := &layout{}
	var err error
	if lay.plain, err = over(plain, name, asWritten(data)); err == nil {
		err = escape(lay.plain)
	}
	if err != nil {
		lay.broken = []diag.Diagnostic{l.place(err)}
		return lay
	}
	if lay.small, err = over(small, name, shrink(data)); err == nil {
		fold(lay.small, l.texts)
		err = escape(lay.small)
	}
	if err != nil {
		lay.broken = []diag.Diagnostic{diag.New(diag.Error, diag.ThemeFile, diag.File(l.files[folder+name].Path),
			"the template cannot be minified: "+err.Error(), "quote all attributes, and put no action in a tag's name")}
		return lay
	}
	return lay
}

// over returns what a layout executes: the skeleton with the layout's blocks
// or, where its file has text outside of blocks, the file itself.
func over(common *template.Template, name, text string) (*template.Template, error) {
	set, err := common.Clone()
	if err != nil {
		return nil, fmt.Errorf("template: %s:0: %w", name, err)
	}
	own, err := set.New(name).Parse(text)
	if err != nil {
		return nil, err
	}
	if own.Tree != nil && !parse.IsEmptyTree(own.Tree.Root) {
		return own, nil
	}
	return set.Lookup(skeleton), nil
}

// escape runs html/template's look at all contexts, which it else defers to
// the first page. The execution itself fails for want of data.
func escape(t *template.Template) error {
	err := t.Execute(io.Discard, nil)
	if _, isContext := err.(*template.Error); isContext {
		return err
	}
	return nil
}

// asWritten keeps all but the white space at the end of the file, which the
// minifier drops as well: a partial can end within a line of text.
func asWritten(text []byte) string { return strings.TrimRight(string(text), " \t\n") }

// shrink minifies a template's text. End tags and quotes stay: what looks
// superfluous in one template may not be in the page.
func shrink(text []byte) string {
	m := html.Minifier{
		TemplateDelims:      html.GoTemplateDelims,
		KeepDocumentTags:    true,
		KeepEndTags:         true,
		KeepQuotes:          true,
		KeepDefaultAttrVals: true,
	}
	var b bytes.Buffer
	if err := m.Minify(minify.New(), &b, bytes.NewReader(text), nil); err != nil {
		return string(text)
	}
	return b.String()
}

// assets returns what is below assets/, styles, scripts and pictures minified.
func (l *loader) assets() []Asset {
	m := minify.New()
	m.AddFunc(".css", css.Minify)
	m.AddFunc(".js", js.Minify)
	m.AddFunc(".svg", svg.Minify)
	var out []Asset
	for _, p := range l.paths("assets/") {
		data := l.files[p].Data
		small, err := m.Bytes(path.Ext(p), data)
		switch {
		case err == nil:
			data = small
		case err != minify.ErrNotExist:
			l.fail(diag.ThemeFile, diag.File(l.files[p].Path), "the file cannot be minified: "+firstLine(err.Error()), "")
		}
		out = append(out, Asset{Path: "theme/" + strings.TrimPrefix(p, "assets/"), Data: data})
	}
	return out
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// functions are what templates may call besides html/template's own.
func functions(w *words) template.FuncMap {
	return template.FuncMap{
		"t":    w.text,
		"date": w.timeElement,
		"last": last,
	}
}

// last returns the last element of a list.
func last(list any) (any, error) {
	v := reflect.ValueOf(list)
	if v.Kind() != reflect.Slice || v.Len() == 0 {
		return nil, fmt.Errorf("no last element")
	}
	return v.Index(v.Len() - 1).Interface(), nil
}
