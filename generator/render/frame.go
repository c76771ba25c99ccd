package render

import (
	"bytes"
	"html/template"
	"slices"

	"plumb/generator/diag"
	"plumb/generator/markdown"
	"plumb/generator/theme"
)

// Frame is what stands around the content of many pages alike. It is made of the
// theme's layouts head, bar, brand and foot, once for all pages that have the same
// root, language and place in the header, and of scale, once for all at one place on the
// line. Those layouts are executed with a view that has nothing but Root, Own and Site,
// scale with one of Position and Site, so that a page of its own could not be in it.
type Frame struct {
	// Links are the icon, the style sheet and the scripts that all pages load.
	Links template.HTML
	// Bar is the header's first line, Scale its second: the line with the page's
	// place on it. Home is the link home in the footer, Foot the footer's end.
	Bar, Scale, Home, Foot template.HTML
}

// around is which frame a page has: current is its place in the header's list of
// pages, -1 without one.
type around struct {
	root    string
	own     template.HTMLAttr
	current int
}

// framed is a frame with the list of pages in it, and why it could not be made.
type framed struct {
	Frame
	nav  template.HTML
	list []diag.Diagnostic
}

// scaled is the line with a place on it, and why it could not be made.
type scaled struct {
	scale template.HTML
	list  []diag.Diagnostic
}

// enclose fills in the frame of a view that has all else.
func (r *Renderer) enclose(v *View, path string) []diag.Diagnostic {
	key := around{v.Root, v.Own, slices.IndexFunc(r.nav, func(l Link) bool { return l.Href == path })}
	known, ok := r.frames.Load(key)
	if !ok {
		known, _ = r.frames.LoadOrStore(key, r.framed(key))
	}
	place, ok := r.scales.Load(v.Position)
	if !ok {
		place, _ = r.scales.LoadOrStore(v.Position, r.scaled(v.Position))
	}
	f, s := known.(*framed), place.(*scaled)
	v.Site.Nav, v.Frame = f.nav, f.Frame
	v.Frame.Scale = s.scale
	return slices.Concat(f.list, s.list)
}

func (r *Renderer) framed(a around) *framed {
	nav := slices.Clone(r.nav)
	if a.current >= 0 {
		nav[a.current].Current = true
	}
	v := View{Site: r.chrome, Root: a.root, Own: a.own}
	v.Site.Nav = Items(a.root, nav)
	var f Frame
	list := frames(r.theme, &v, map[string]*template.HTML{"head": &f.Links, "bar": &f.Bar, "brand": &f.Home, "foot": &f.Foot})
	return &framed{Frame: f, nav: v.Site.Nav, list: list}
}

// scaled is for one of the renderer's own places, nil for none.
func (r *Renderer) scaled(at *Position) *scaled {
	s := &scaled{}
	s.list = frames(r.theme, &View{Site: r.chrome, Position: at}, map[string]*template.HTML{"scale": &s.scale})
	return s
}

// frames executes layouts that are made once for many pages.
func frames(t *theme.Theme, bare *View, parts map[string]*template.HTML) (list []diag.Diagnostic) {
	for layout, part := range parts {
		if !t.Has(layout) { // a theme with a skeleton of its own may do without
			continue
		}
		var b bytes.Buffer
		list = append(list, t.Execute(&b, layout, bare)...)
		*part = template.HTML(b.String())
	}
	return diag.Sort(list)
}

// Enclose fills in what follows from other fields of a view: its frame, its crumbs
// as a list, the attributes of its body.
func Enclose(t *theme.Theme, v *View) []diag.Diagnostic {
	v.Trail, v.Marks = Items("", v.Crumbs), marks(v)
	f := &v.Frame
	list := frames(t, &View{Site: v.Site, Root: v.Root, Own: v.Own}, map[string]*template.HTML{"head": &f.Links, "bar": &f.Bar, "brand": &f.Home, "foot": &f.Foot})
	return append(list, frames(t, &View{Site: v.Site, Position: v.Position}, map[string]*template.HTML{"scale": &f.Scale})...)
}

// marks are the attributes of a page's body: what kind of page it is, its place on
// the line, what a script has to know of it.
func marks(v *View) template.HTMLAttr {
	dst := make([]byte, 0, 160)
	attr := func(name, value string) {
		dst = append(append(append(dst, ' '), name...), `="`...)
		dst = append(markdown.AppendEscaped(dst, value), '"')
	}
	attr("data-page", v.Kind)
	if v.Position != nil {
		attr("class", v.Position.Digits)
	}
	if v.Digest != "" {
		attr("data-digest", v.Digest)
	}
	if v.Role != nil {
		attr("data-role-id", v.Role.ID)
	}
	if v.Position != nil {
		attr("data-stop", v.Position.Stop)
		attr("data-side", v.Position.Side)
	}
	return template.HTMLAttr(dst)
}
