package render

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"plumb/generator/markdown"
	"plumb/generator/site"
)

// href returns an address of the output as a page refers to it.
func href(from, to string) string {
	if from == to {
		return escapePath(to[strings.LastIndexByte(to, '/')+1:])
	}
	return escapePath(site.Relative(from, to))
}

// escapePath percent-encodes a relative path; one whose first part holds a
// colon gets ./ before it, for it would be taken for a scheme.
func escapePath(p string) string {
	if isPlain(p) {
		return p
	}
	// Some object stores take a plus for a space.
	return strings.ReplaceAll((&url.URL{Path: p}).String(), "+", "%2B")
}

// isPlain reports whether a path or an anchor has nothing to escape.
func isPlain(p string) bool {
	for i := range len(p) {
		if c := p[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '/' || c == '.' || 'A' <= c && c <= 'Z') {
			return false
		}
	}
	return true
}

// frame fills the holes of fragments of one page for the page they are shown
// on.
type frame struct {
	// at is the address of the page that is rendered.
	at string
	// owner is the page the fragment comes from.
	owner *site.Page
	// own says that the page is the one where the owner's anchors stand, though
	// its address is another: the further pages of an index.
	own bool
}

var _ markdown.Resolver = frame{}

// OpenLink appends the start tag of a link.
func (f frame) OpenLink(dst []byte, index int) []byte {
	t := f.owner.Targets[index]
	if t.Kind == site.Plain {
		return dst
	}
	dst = append(dst, `<a href="`...)
	dst = f.appendHref(dst, t)
	dst = append(dst, '"')
	if t.Kind == site.External {
		dst = append(dst, ` rel="noreferrer"`...)
	}
	if title := f.owner.Links[index].Title; title != "" {
		dst = append(dst, ` title="`...)
		dst = append(markdown.AppendEscaped(dst, title), '"')
	}
	return append(dst, '>')
}

func (f frame) appendHref(dst []byte, t site.Target) []byte {
	if t.Kind == site.External {
		return markdown.AppendURL(dst, t.URL)
	}
	if t.URL != f.at || t.Anchor == "" || t.Suffix != "" {
		dst = markdown.AppendEscaped(dst, href(f.at, t.URL))
		dst = markdown.AppendURL(dst, t.Suffix)
	}
	if t.Anchor != "" {
		dst = append(dst, '#')
		dst = markdown.AppendURL(dst, t.Anchor)
	}
	return dst
}

// CloseLink appends the end tag of a link.
func (f frame) CloseLink(dst []byte, index int) []byte {
	if f.owner.Targets[index].Kind == site.Plain {
		return dst
	}
	return append(dst, "</a>"...)
}

// Image appends an image, or its description where the image is not there.
func (f frame) Image(dst []byte, index int, alt string) []byte {
	t := f.owner.Targets[index]
	if t.Kind != site.Asset {
		return markdown.AppendEscaped(dst, alt)
	}
	dst = append(dst, `<img src="`...)
	dst = f.appendHref(dst, t)
	dst = append(dst, `" alt="`...)
	dst = markdown.AppendEscaped(dst, alt)
	if title := f.owner.Links[index].Title; title != "" {
		dst = append(dst, `" title="`...)
		dst = markdown.AppendEscaped(dst, title)
	}
	dst = append(dst, '"')
	dst = appendSize(dst, int(t.Width), int(t.Height))
	return append(dst, ` loading="lazy" decoding="async">`...)
}

// appendSize appends the attributes that keep a picture's place; nothing where
// its size is not known.
func appendSize(dst []byte, width, height int) []byte {
	if width == 0 || height == 0 {
		return dst
	}
	dst = strconv.AppendInt(append(dst, ` width="`...), int64(width), 10)
	dst = strconv.AppendInt(append(dst, `" height="`...), int64(height), 10)
	return append(dst, '"')
}

// ID appends an anchor where the fragment stands on its own page; elsewhere
// it could stand twice.
func (f frame) ID(dst []byte, id string) []byte {
	if !f.home() {
		return dst
	}
	dst = append(dst, ` id="`...)
	return append(markdown.AppendEscaped(dst, id), '"')
}

// OpenSelf appends the start of a heading's link to itself, where the heading
// has its anchor.
func (f frame) OpenSelf(dst []byte, id string) []byte {
	if !f.home() || id == "" {
		return dst
	}
	dst = append(dst, `<a class="self" href="#`...)
	return append(markdown.AppendURL(dst, id), `">`...)
}

// CloseSelf appends the end of it.
func (f frame) CloseSelf(dst []byte) []byte {
	if !f.home() {
		return dst
	}
	return append(dst, "</a>"...)
}

// home reports whether the page is the one where the owner's anchors stand.
func (f frame) home() bool { return f.at == f.owner.URL || f.own }

// html returns a fragment as a template takes it.
func (f frame) html(fragment markdown.Fragment) template.HTML {
	if fragment.IsZero() {
		return ""
	}
	return template.HTML(fragment.Append(make([]byte, 0, fragment.Len()+64), f))
}
