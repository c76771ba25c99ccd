package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
	"text/template/parse"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/html"

	"plumb/generator/diag"
)

// layout is one kind of page: the skeleton, the partials and the layout's own
// file, parsed together.
type layout struct {
	// small is of the minified text and makes the pages.
	small *template.Template
	// plain is of the text as written and knows the places of errors. Where the
	// templates are the program's own, which tests hold to have none, it is made
	// when a page fails.
	plain func() (*template.Template, error)
	// broken is why the layout cannot be used.
	broken []diag.Diagnostic
}

const (
	folder   = "layouts/"
	partials = "layouts/partials/"
	skeleton = "base.html"
)

// parts are the layouts of what pages have in common, which is executed once for
// many of them. The skeleton has them in, so they are never within it.
var parts = []string{"bar.html", "brand.html", "foot.html", "head.html", "scale.html"}

// edition is one of the two forms that templates are parsed in.
type edition struct {
	form func(text []byte) string
	// finish is done to each template once it is parsed.
	finish func(*template.Template)
}

// templates parses every layout with the skeleton and the partials. Names of
// templates are paths below layouts/.
func (l *loader) templates() map[string]*layout {
	base := l.files[folder+skeleton]
	if base == nil {
		l.fail(diag.ThemeFile, diag.File(folder+skeleton), "the theme has no "+folder+skeleton, "let the theme build on the default one")
		return nil
	}
	small := l.common(edition{shrink, func(t *template.Template) { fold(t, l.texts) }})
	plain := sync.OnceValue(func() *common { return l.common(edition{asWritten, func(*template.Template) {}}) })
	faults := small.faults
	if l.own || len(faults) > 0 {
		faults = plain().faults
	}
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

// common is the skeleton and the partials in one edition.
type common struct {
	edition
	functions template.FuncMap
	set       *template.Template
	faults    []diag.Diagnostic
}

// common parses the skeleton and the partials.
func (l *loader) common(e edition) *common {
	c := &common{edition: e, functions: functions(l.texts)}
	c.set = template.New("").Funcs(c.functions)
	for _, p := range append([]string{folder + skeleton}, l.paths(partials)...) {
		if path.Ext(p) != ".html" {
			continue
		}
		if _, err := c.set.New(strings.TrimPrefix(p, folder)).Parse(c.form(l.files[p].Data)); err != nil {
			c.faults = append(c.faults, l.place(err))
		}
	}
	c.finish(c.set)
	return c
}

// layout makes one layout.
func (l *loader) layout(small *common, plain func() *common, name string) *layout {
	f := l.files[folder+name]
	lay := &layout{plain: sync.OnceValues(func() (*template.Template, error) { return plain().layout(name, f.Data) })}
	var err, fault error
	lay.small, err = small.layout(name, f.Data)
	if l.own || err != nil {
		_, fault = lay.plain()
	}
	switch {
	case fault != nil:
		lay.broken = []diag.Diagnostic{l.place(fault)}
	case err != nil:
		lay.broken = []diag.Diagnostic{diag.New(diag.Error, diag.ThemeFile, diag.File(f.Path),
			"the template cannot be minified: "+err.Error(), "quote all attributes, and put no action in a tag's name")}
	}
	return lay
}

// layout parses a layout's own text, and has html/template find its faults of
// context.
func (c *common) layout(name string, text []byte) (*template.Template, error) {
	own, err := template.New(name).Funcs(c.functions).Parse(c.form(text))
	if err != nil {
		return nil, err
	}
	c.finish(own)
	whole, err := c.under(own)
	if err == nil {
		err = escape(whole)
	}
	return whole, err
}

// under returns what a layout executes: the skeleton with the layout's blocks
// or, where its file has text outside of blocks, the file itself. It has copies
// of the common templates, for html/template rewrites what it looks at, and only
// of those that the layout reaches.
func (c *common) under(own *template.Template) (*template.Template, error) {
	first := skeleton
	if slices.Contains(parts, own.Name()) || own.Tree != nil && !parse.IsEmptyTree(own.Tree.Root) {
		first = own.Name()
	}
	out := template.New(first).Funcs(c.functions)
	for names, seen := []string{first}, map[string]bool{}; len(names) > 0; {
		name := names[0]
		names = names[1:]
		if seen[name] {
			continue
		}
		seen[name] = true
		tree := c.tree(own, name)
		if tree == nil {
			continue
		}
		if _, err := out.AddParseTree(name, tree); err != nil {
			return nil, err
		}
		names = called(names, tree.Root)
	}
	return out.Lookup(first), nil
}

// tree returns a template by its name: the layout's own, unless that is empty and
// there is a common one. It is nil for one that nobody has, which html/template
// reports.
func (c *common) tree(own *template.Template, name string) *parse.Tree {
	shared := c.set.Lookup(name)
	if t := own.Lookup(name); t != nil && t.Tree != nil && (shared == nil || !parse.IsEmptyTree(t.Tree.Root)) {
		return t.Tree
	}
	switch {
	case shared != nil:
		return shared.Tree.Copy()
	case name == own.Name(): // a part with nothing in it
		return &parse.Tree{Name: name, Root: &parse.ListNode{NodeType: parse.NodeList}}
	default:
		return nil
	}
}

// called adds the names of the templates that a list calls.
func called(names []string, list *parse.ListNode) []string {
	if list == nil {
		return names
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.TemplateNode:
			names = append(names, n.Name)
		case *parse.IfNode:
			names = called(called(names, n.List), n.ElseList)
		case *parse.RangeNode:
			names = called(called(names, n.List), n.ElseList)
		case *parse.WithNode:
			names = called(called(names, n.List), n.ElseList)
		}
	}
	return names
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
