package picture

import (
	"encoding/xml"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// prolog is how many bytes may stand before the end of the svg element's start
// tag: drawing programs put a document type and comments there.
const prolog = 64 << 10

// svgSize reads the first start tag. Entities are not resolved, whatever the
// document type says of them.
func svgSize(r io.Reader) (Size, error) {
	d := xml.NewDecoder(io.LimitReader(r, prolog))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return ascii{r}, nil }
	for {
		token, err := d.RawToken()
		if err != nil {
			return Size{}, ErrUnknown
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local != "svg" {
				return Size{}, ErrUnknown
			}
			return rootSize(t.Attr)
		case xml.CharData:
			if strings.Trim(string(t), " \t\r\n\ufeff") != "" {
				return Size{}, ErrUnknown
			}
		}
	}
}

// ascii reads a text of any encoding that begins with ASCII: sizes are written in
// that, so other letters need not be told apart.
type ascii struct{ r io.Reader }

func (a ascii) Read(p []byte) (int, error) {
	n, err := a.r.Read(p)
	for i, b := range p[:n] {
		if b >= utf8.RuneSelf {
			p[i] = '?'
		}
	}
	return n, err
}

// rootSize is what browsers make of the attributes: of width and height, one may
// follow from the other by the viewBox, or both.
func rootSize(attributes []xml.Attr) (Size, error) {
	var width, height float64
	var box [4]float64
	for _, a := range attributes {
		switch {
		case a.Name.Space != "":
		case a.Name.Local == "width":
			width = pixels(a.Value)
		case a.Name.Local == "height":
			height = pixels(a.Value)
		case a.Name.Local == "viewBox":
			box = viewBox(a.Value)
		}
	}
	switch ratio := box[2] / box[3]; {
	case width > 0 && height > 0:
	case !(ratio > 0): // also where there is none
		return Size{}, ErrNoSize
	case width > 0:
		height = width / ratio
	case height > 0:
		width = height * ratio
	default:
		width, height = box[2], box[3]
	}
	return Size{whole(width), whole(height)}, nil
}

// whole returns a length as a whole number of pixels, at least 1.
func whole(length float64) int { return int(min(max(math.Round(length), 1), Most+1)) }

// units are those of CSS that are the same everywhere, in pixels.
var units = []struct {
	name   string
	pixels float64
}{{"px", 1}, {"pt", 96. / 72}, {"pc", 16}, {"in", 96}, {"cm", 96 / 2.54}, {"mm", 96 / 25.4}, {"q", 96 / 101.6}, {"rem", 16}, {"em", 16}}

// pixels reads a length; 0 where it is none that is the same everywhere, as a
// percentage is.
func pixels(text string) float64 {
	text, scale := strings.ToLower(strings.TrimSpace(text)), 1.0
	for _, u := range units {
		if bare, ok := strings.CutSuffix(text, u.name); ok {
			text, scale = bare, u.pixels
			break
		}
	}
	return number(text) * scale
}

// number reads a finite number; 0 where it is none.
func number(text string) float64 {
	if strings.Trim(text, "+-.0123456789eE") != "" {
		return 0 // strconv reads more than SVG does
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0
	}
	return v
}

// viewBox reads its four numbers, all 0 where it has not four.
func viewBox(text string) (out [4]float64) {
	parts := strings.Fields(strings.ReplaceAll(text, ",", " "))
	if len(parts) != len(out) {
		return out
	}
	for i, p := range parts {
		out[i] = number(p)
	}
	return out
}
