package markdown

import (
	"encoding/binary"
	"iter"
	"strings"
)

// Fragment is HTML with holes where links, images and ids stand: the same text
// stands on several pages, and what a link is written as differs from page to
// page. The zero value is empty.
//
// A site keeps a great many of them, so a fragment is one string: a hole stands
// in it as a NUL, which no HTML holds, its kind, and two numbers: the index of the
// link, and the length of the text behind it, that of an image or an id, which is
// not escaped.
type Fragment struct{ html string }

// next cuts the fragment at its first hole.
func (f Fragment) next() (before string, h hole, rest Fragment, found bool) {
	at := strings.IndexByte(f.html, 0)
	if at < 0 {
		return f.html, hole{}, Fragment{}, false
	}
	before, s := f.html[:at], f.html[at+1:]
	h.kind, s = holeKind(s[0]), s[1:]
	h.index, s = number(s)
	size, s := number(s)
	h.text = s[:size]
	return before, h, Fragment{s[size:]}, true
}

// number reads a number of a hole, and returns it with what stands behind it.
func number(s string) (n int, rest string) {
	for shift := 0; ; shift += 7 {
		c := s[0]
		s = s[1:]
		if n |= int(c&0x7f) << shift; c < 0x80 {
			return n, s
		}
	}
}

// InlineFragment returns inlines as a fragment, and forgets what the writer had.
// Where that is one text without anything to escape, the fragment shares the
// text's memory.
func (w *Writer) InlineFragment(list []Inline) Fragment {
	if len(list) == 1 {
		if t, ok := list[0].(*Text); ok && !strings.ContainsAny(t.Value, special) {
			return Fragment{html: t.Value}
		}
	}
	w.Reset()
	w.Inlines(list)
	return w.Fragment()
}

// hole is a place of a fragment that a [Resolver] fills.
type hole struct {
	kind  holeKind
	index int
	text  string
}

type holeKind uint8

const (
	openHole holeKind = iota
	closeHole
	imageHole
	idHole
	selfHole
	openSelfHole
	closeSelfHole
)

// Resolver fills the holes of a fragment for one page. An index is one of
// Document.Links. Every method appends to dst; what it appends is HTML.
type Resolver interface {
	// OpenLink appends the start tag of a link, or nothing for plain text.
	OpenLink(dst []byte, index int) []byte
	// CloseLink appends the end tag that belongs to OpenLink.
	CloseLink(dst []byte, index int) []byte
	// Image appends an image, or what stands in for it; alt is plain text,
	// not escaped.
	Image(dst []byte, index int, alt string) []byte
	// ID appends ` id="…"` with its leading space, or nothing where the
	// anchor would stand twice on the page. The id is not escaped.
	ID(dst []byte, id string) []byte
	// OpenSelf appends the start tag of the link by which a heading leads to
	// itself, or nothing where it has no anchor on the page.
	OpenSelf(dst []byte, id string) []byte
	// CloseSelf appends the end tag that belongs to OpenSelf.
	CloseSelf(dst []byte) []byte
}

// IsZero reports whether the fragment is empty.
func (f Fragment) IsZero() bool { return f.html == "" }

// Len is a good guess of the bytes that Append appends.
func (f Fragment) Len() (n int) {
	for {
		before, h, rest, found := f.next()
		if n += len(before); !found {
			return n
		}
		n += len(h.text) + 20
		f = rest
	}
}

// Links are the indexes of the links and images in the fragment, in their
// order.
func (f Fragment) Links() iter.Seq[int] {
	return func(yield func(int) bool) {
		for {
			_, h, rest, found := f.next()
			if !found || (h.kind == openHole || h.kind == imageHole) && !yield(h.index) {
				return
			}
			f = rest
		}
	}
}

// Append appends the fragment to dst with its holes filled.
func (f Fragment) Append(dst []byte, r Resolver) []byte {
	for {
		before, h, rest, found := f.next()
		if dst = append(dst, before...); !found {
			return dst
		}
		dst = h.fill(dst, r)
		f = rest
	}
}

// fill appends what the resolver has for a hole.
func (h hole) fill(dst []byte, r Resolver) []byte {
	switch h.kind {
	case openHole:
		return r.OpenLink(dst, h.index)
	case closeHole:
		return r.CloseLink(dst, h.index)
	case imageHole:
		return r.Image(dst, h.index, h.text)
	case idHole:
		return r.ID(dst, h.text)
	case selfHole:
		return AppendSelf(dst, r, h.text)
	case openSelfHole:
		return r.OpenSelf(dst, h.text)
	}
	return r.CloseSelf(dst)
}

// AppendSelf appends the link to a heading that stands behind its text.
func AppendSelf(dst []byte, r Resolver, id string) []byte {
	before := len(dst)
	if dst = r.OpenSelf(dst, id); len(dst) == before {
		return dst
	}
	return r.CloseSelf(append(dst, '#'))
}

func (w *Writer) hole(kind holeKind, index int, text string) {
	w.html = append(w.html, 0, byte(kind))
	w.html = binary.AppendUvarint(w.html, uint64(index))
	w.html = binary.AppendUvarint(w.html, uint64(len(text)))
	w.html = append(w.html, text...)
}

func (w *Writer) open(index int)  { w.hole(openHole, index, "") }
func (w *Writer) close(index int) { w.hole(closeHole, index, "") }

func (w *Writer) id(id string) {
	if id != "" {
		w.hole(idHole, 0, id)
	}
}
