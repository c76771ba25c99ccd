package markdown

import "strings"

import "iter"

// Fragment is HTML with holes where links, images and ids stand: the same text
// stands on several pages, and what a link is written as differs from page to
// page. The zero value is empty.
type Fragment struct {
	html string
	// holes are nil where there are none, as in most of the many fragments that
	// a site keeps.
	holes *[]hole
}

// all returns the holes in their order.
func (f Fragment) all() []hole {
	if f.holes == nil {
		return nil
	}
	return *f.holes
}

// InlineFragment returns inlines as a fragment. Where that is one text without
// anything to escape, the fragment shares the text's memory.
func InlineFragment(list []Inline) Fragment {
	if len(list) == 1 {
		if t, ok := list[0].(*Text); ok && !strings.ContainsAny(t.Value, special) {
			return Fragment{html: t.Value}
		}
	}
	w := Writer{}
	w.Inlines(list)
	return w.Fragment()
}

// hole is a place of a fragment that a [Resolver] fills. The text of an image
// or an id stands in the fragment's HTML at the hole, not escaped, and is
// skipped.
type hole struct {
	at, size uint32
	index    uint32
	kind     holeKind
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
func (f Fragment) IsZero() bool { return f.html == "" && f.holes == nil }

// Len is a good guess of the bytes that Append appends.
func (f Fragment) Len() int { return len(f.html) + 20*len(f.all()) }

// Links are the indexes of the links and images in the fragment, in their
// order.
func (f Fragment) Links() iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, h := range f.all() {
			if (h.kind == openHole || h.kind == imageHole) && !yield(int(h.index)) {
				return
			}
		}
	}
}

// Append appends the fragment to dst with its holes filled.
func (f Fragment) Append(dst []byte, r Resolver) []byte {
	pos := uint32(0)
	for _, h := range f.all() {
		dst = append(dst, f.html[pos:h.at]...)
		pos = h.at + h.size
		arg := f.html[h.at:pos]
		switch h.kind {
		case openHole:
			dst = r.OpenLink(dst, int(h.index))
		case closeHole:
			dst = r.CloseLink(dst, int(h.index))
		case imageHole:
			dst = r.Image(dst, int(h.index), arg)
		case idHole:
			dst = r.ID(dst, arg)
		case selfHole:
			dst = AppendSelf(dst, r, arg)
		case openSelfHole:
			dst = r.OpenSelf(dst, arg)
		case closeSelfHole:
			dst = r.CloseSelf(dst)
		}
	}
	return append(dst, f.html[pos:]...)
}

// AppendSelf appends the link to a heading that stands behind its text.
func AppendSelf(dst []byte, r Resolver, id string) []byte {
	before := len(dst)
	if dst = r.OpenSelf(dst, id); len(dst) == before {
		return dst
	}
	return r.CloseSelf(append(dst, '#'))
}

func (w *Writer) hole(h hole, arg string) {
	h.at, h.size = uint32(len(w.html)), uint32(len(arg))
	w.html = append(w.html, arg...)
	w.holes = append(w.holes, h)
}

func (w *Writer) open(index int)  { w.hole(hole{kind: openHole, index: uint32(index)}, "") }
func (w *Writer) close(index int) { w.hole(hole{kind: closeHole, index: uint32(index)}, "") }

func (w *Writer) id(id string) {
	if id != "" {
		w.hole(hole{kind: idHole}, id)
	}
}
