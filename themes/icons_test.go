package themes_test

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"math"
	"os"
	"testing"

	"plumb/themes"
)

var draw = flag.Bool("draw", false, "write the icons of the default theme anew")

// icons are the pictures by which a device shows an installed site. The mark is
// that of plumb.svg, drawn here so that every pixel of them is Plumb's own.
var icons = []icon{
	{name: "icon-192.png", size: 192, scale: 0.72, corner: 0.20},
	{name: "icon-512.png", size: 512, scale: 0.72, corner: 0.20},
	// What a device cuts away of a maskable icon leaves a circle of 80 %.
	{name: "icon-maskable.png", size: 512, scale: 0.56},
}

// icon is a square of paper with the mark in its middle. Scale and corner are
// parts of its size: the mark's, and the radius of the corners.
type icon struct {
	name          string
	size          int
	scale, corner float64
}

// The light colours of plumb.svg; the ground is the paper of the pages.
var (
	ground = color.NRGBA{0xfd, 0xfc, 0xf9, 0xff}
	less   = color.NRGBA{0x11, 0x55, 0xa9, 0xff}
	more   = color.NRGBA{0x97, 0x46, 0x10, 0xff}
	bob    = color.NRGBA{0x2f, 0x38, 0x48, 0xff}
)

// at returns the colour of a point of the unit square, none outside the icon.
func (c icon) at(x, y float64) color.NRGBA {
	dx, dy := math.Max(math.Abs(x-0.5)-0.5+c.corner, 0), math.Max(math.Abs(y-0.5)-0.5+c.corner, 0)
	if c.corner > 0 && math.Hypot(dx, dy) > c.corner {
		return color.NRGBA{}
	}
	// In units of plumb.svg, whose picture is 32 wide.
	u, v := (x-0.5)*32/c.scale+16, (y-0.5)*32/c.scale+16
	switch {
	case 2 <= u && u < 16 && 2 <= v && v < 5:
		return less
	case 16 <= u && u < 30 && 2 <= v && v < 5:
		return more
	case math.Abs(u-16) <= reach(v):
		return bob
	}
	return ground
}

// reach is how far the bob reaches from its thread, at a height.
func reach(v float64) float64 {
	switch {
	case v < 5 || v > 30:
		return -1
	case v < 11:
		return 1
	case v < 14:
		return 4
	case v < 18.2:
		return curve(v, [4]float64{14, 14.6, 16.2, 18.2}, [4]float64{4, 7, 8, 8})
	}
	return curve(v, [4]float64{18.2, 22.8, 25, 30}, [4]float64{8, 8, 2.4, 0})
}

// curve returns the value of a Bézier curve where it comes to a height, which it
// does once.
func curve(v float64, heights, values [4]float64) float64 {
	from, to := 0.0, 1.0
	for range 16 {
		if t := (from + to) / 2; bezier(heights, t) < v {
			from = t
		} else {
			to = t
		}
	}
	return bezier(values, from)
}

func bezier(p [4]float64, t float64) float64 {
	s := 1 - t
	return s*s*s*p[0] + 3*s*s*t*p[1] + 3*s*t*t*p[2] + t*t*t*p[3]
}

// samples is how many points a pixel is the mean of, along each side.
const samples = 4

// draw returns the picture with a palette: it has few colours, and so few bytes.
func (c icon) draw() *image.Paletted {
	out := image.NewPaletted(image.Rect(0, 0, c.size, c.size), nil)
	index := map[color.NRGBA]uint8{}
	for y := range c.size {
		for x := range c.size {
			p := c.pixel(x, y)
			if _, known := index[p]; !known {
				index[p] = uint8(len(out.Palette))
				out.Palette = append(out.Palette, p)
			}
			out.SetColorIndex(x, y, index[p])
		}
	}
	return out
}

func (c icon) pixel(x, y int) color.NRGBA {
	var r, g, b, inside int
	for i := range samples * samples {
		p := c.at((float64(x)+(float64(i%samples)+0.5)/samples)/float64(c.size), (float64(y)+(float64(i/samples)+0.5)/samples)/float64(c.size))
		if p.A > 0 {
			r, g, b, inside = r+int(p.R), g+int(p.G), b+int(p.B), inside+1
		}
	}
	if inside == 0 {
		return color.NRGBA{}
	}
	return color.NRGBA{uint8(r / inside), uint8(g / inside), uint8(b / inside), uint8(inside * 255 / (samples * samples))}
}

// TestIcons compares the icons with what is drawn here; with -draw it writes
// them. They are compared as pictures: another encoder may pack them otherwise.
func TestIcons(t *testing.T) {
	for _, c := range icons {
		want := c.draw()
		name := "default/assets/" + c.name
		if *draw {
			var b bytes.Buffer
			encoder := png.Encoder{CompressionLevel: png.BestCompression}
			if err := encoder.Encode(&b, want); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		data, err := fs.ReadFile(themes.FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > 4<<10 {
			t.Errorf("%s has %d bytes; 4096 are the most", name, len(data))
		}
		got, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(name, err)
		}
		if !same(got, want) {
			t.Errorf("%s is not what is drawn: go test ./themes -run TestIcons -draw", name)
		}
	}
}

// same reports whether two pictures look the same: processors round otherwise, so
// that a point on an edge may be on its other side.
func same(a, b image.Image) bool {
	if a.Bounds() != b.Bounds() {
		return false
	}
	for y := range b.Bounds().Dy() {
		for x := range b.Bounds().Dx() {
			p, q := color.NRGBAModel.Convert(a.At(x, y)).(color.NRGBA), color.NRGBAModel.Convert(b.At(x, y)).(color.NRGBA)
			if far(p.R, q.R) || far(p.G, q.G) || far(p.B, q.B) || far(p.A, q.A) {
				return false
			}
		}
	}
	return true
}

func far(a, b uint8) bool { return max(a, b)-min(a, b) > 255/samples/samples+1 }
