package playbook

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"plumb/generator/markdown"
)

// Link is a target taken apart, as far as the page alone says what it means.
type Link struct {
	Kind LinkKind
	// File is the path from the site's root that the link means, for a
	// LinkFile whose path is relative; empty for a path that counts from the
	// content folder.
	File string
	// Query has its "?", Anchor no "#" and is percent-decoded.
	Query, Anchor string
}

// LinkKind says where a link leads.
type LinkKind uint8

// The kinds of links.
const (
	// LinkFile leads to a page or a file that its path names.
	LinkFile LinkKind = iota
	// LinkAway leads to another host, or to a program such as that for mail.
	LinkAway
	// LinkHere leads to an anchor of the page itself.
	LinkHere
	// LinkNowhere leads to an anchor that the page itself does not have.
	LinkNowhere
)

// takenApart returns the page's links, taken apart.
func (p *Page) takenApart() []Link {
	dir := path.Dir(p.File.Path)
	out := make([]Link, len(p.Links))
	for i, t := range p.Links {
		out[i] = p.link(t, dir)
	}
	return out
}

func (p *Page) link(t markdown.Target, dir string) Link {
	// The markdown package lets through only schemes that are safe, so that what
	// has one leads elsewhere.
	if hasScheme(t.Dest) || strings.HasPrefix(t.Dest, "//") {
		return Link{Kind: LinkAway}
	}
	file, query, anchor := SplitDest(t.Dest)
	out := Link{Query: query, Anchor: anchor}
	switch {
	case t.Footnote:
		out.Kind = LinkHere
	case file == "" && query == "" && p.HasAnchor(anchor):
		out.Kind = LinkHere
	case file == "" && query == "":
		out.Kind = LinkNowhere
	case !strings.HasPrefix(file, "/"):
		out.File = path.Join(dir, file)
		if strings.HasSuffix(file, "/") {
			out.File += "/"
		}
	}
	return out
}

func hasScheme(s string) bool {
	i := strings.IndexAny(s, ":/?#")
	return i > 0 && s[i] == ':'
}

// SplitDest takes a destination without a scheme apart: its path and its
// anchor without "#", both percent-decoded, and its query with "?".
func SplitDest(dest string) (file, query, anchor string) {
	dest, anchor, _ = strings.Cut(dest, "#")
	file, query, _ = strings.Cut(dest, "?")
	if query != "" {
		query = dest[len(file):]
	}
	return unescape(file), query, unescape(anchor)
}

func unescape(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// HasAnchor reports whether a link can lead to a part of the page; the empty
// anchor is the page itself.
func (p *Page) HasAnchor(anchor string) bool {
	if anchor == "" || anchor == p.TitleID {
		return true
	}
	_, known := slices.BinarySearch(p.Anchors, anchor)
	return known
}
