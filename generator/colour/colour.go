// Package colour reckons with colours: it reads the notations of CSS, converts
// between sRGB and OKLCH, measures contrast as WCAG 2 does, finds the nearest
// colour with enough of it, and shows a colour as colour-blind eyes see it.
//
// Everything is about opaque colours as a screen of eight bits a channel has
// them, for that is what is published and what a reader sees.
package colour

import (
	"fmt"
	"math"
)

// RGB is an opaque sRGB colour.
type RGB struct{ R, G, B uint8 }

// String returns the colour as “#rrggbb”.
func (c RGB) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// OKLCH is a colour by what the eye makes of it: its lightness L from 0 (black)
// to 1 (white), its chroma C from 0 (grey) to about 0.32 (the most vivid of
// sRGB), its hue H in degrees from 0 to 360. A grey has the hue 0.
type OKLCH struct{ L, C, H float64 }

// linear is a colour by its amounts of light, 0 to 1 each within sRGB.
type linear [3]float64

// lab is a colour in Oklab.
type lab [3]float64

type matrix [3][3]float64

func (m *matrix) times(v [3]float64) (out [3]float64) {
	for i, row := range m {
		out[i] = row[0]*v[0] + row[1]*v[1] + row[2]*v[2]
	}
	return out
}

// The conversions of Björn Ottosson, “A perceptual color space for image
// processing”, 2020: light to the answers of the eye's cones and those, by their
// cube roots, to Oklab; and back.
var (
	lightToCones = matrix{
		{0.4122214708, 0.5363325363, 0.0514459929},
		{0.2119034982, 0.6806995451, 0.1073969566},
		{0.0883024619, 0.2817188376, 0.6299787005},
	}
	conesToLab = matrix{
		{0.2104542553, 0.7936177850, -0.0040720468},
		{1.9779984951, -2.4285922050, 0.4505937099},
		{0.0259040371, 0.7827717662, -0.8086757660},
	}
	labToCones = matrix{
		{1, 0.3963377774, 0.2158037573},
		{1, -0.1055613458, -0.0638541728},
		{1, -0.0894841775, -1.2914855480},
	}
	conesToLight = matrix{
		{4.0767416621, -3.3077115913, 0.2309699292},
		{-1.2684380046, 2.6097574011, -0.3413193965},
		{-0.0041960863, -0.7034186147, 1.7076147010},
	}
)

// lights are the amounts of light of the 256 values of a channel.
var lights = func() (out [256]float64) {
	for i := range out {
		v := float64(i) / 255
		if out[i] = v / 12.92; v > 0.04045 {
			out[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return out
}()

// channel returns the channel that is nearest to an amount of light.
func channel(light float64) uint8 {
	v := light * 12.92
	if light > 0.0031308 {
		v = 1.055*math.Pow(light, 1/2.4) - 0.055
	}
	return uint8(math.Round(255 * min(max(v, 0), 1)))
}

func (c RGB) linear() linear { return linear{lights[c.R], lights[c.G], lights[c.B]} }

func (l linear) rgb() RGB { return RGB{channel(l[0]), channel(l[1]), channel(l[2])} }

func (l linear) lab() lab {
	cones := lightToCones.times(l)
	for i, v := range cones {
		cones[i] = math.Cbrt(v)
	}
	return conesToLab.times(cones)
}

func (l lab) linear() linear {
	cones := labToCones.times(l)
	for i, v := range cones {
		cones[i] = v * v * v
	}
	return conesToLight.times(cones)
}

// grey is the chroma below which a colour has no hue worth the name: what
// rounding leaves of the greys of sRGB is a tenth of it.
const grey = 1e-5

// OKLCH returns the colour in OKLCH.
func (c RGB) OKLCH() OKLCH {
	v := c.linear().lab()
	chroma := math.Hypot(v[1], v[2])
	if chroma < grey {
		return OKLCH{L: v[0]}
	}
	hue := math.Atan2(v[2], v[1]) * 180 / math.Pi
	if hue < 0 {
		hue += 360
	}
	return OKLCH{v[0], chroma, hue}
}

func (c OKLCH) linear() linear {
	sin, cos := math.Sincos(c.H * math.Pi / 180)
	return lab{c.L, c.C * cos, c.C * sin}.linear()
}

// shown reports whether sRGB has the colour, but for rounding.
func (l linear) shown() bool {
	const slack = 1e-4
	return min(l[0], l[1], l[2]) >= -slack && max(l[0], l[1], l[2]) <= 1+slack
}

// RGB returns the colour in sRGB: where that does not reach so far, the one of
// the same lightness and hue with the most chroma.
func (c OKLCH) RGB() RGB {
	c.L, c.C = min(max(c.L, 0), 1), max(c.C, 0)
	if l := c.linear(); l.shown() {
		return l.rgb()
	}
	least, most := 0.0, c.C
	for range 16 {
		c.C = (least + most) / 2
		if c.linear().shown() {
			least = c.C
		} else {
			most = c.C
		}
	}
	c.C = least
	return c.linear().rgb()
}

// Distance is how different two colours look: the way between them in Oklab,
// where black and white are 1 apart and 0.02 is just seen side by side.
func Distance(a, b RGB) float64 {
	x, y := a.linear().lab(), b.linear().lab()
	return math.Sqrt((x[0]-y[0])*(x[0]-y[0]) + (x[1]-y[1])*(x[1]-y[1]) + (x[2]-y[2])*(x[2]-y[2]))
}

// luminance is the relative luminance of WCAG 2, from 0 to 1.
func (c RGB) luminance() float64 {
	l := c.linear()
	return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2]
}

// Contrast is the contrast ratio of WCAG 2: from 1 (one colour) to 21 (black on
// white).
func Contrast(a, b RGB) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Least returns the smallest contrast of a colour with some grounds, 21 where
// there are none.
func Least(c RGB, grounds ...RGB) float64 {
	least := 21.0
	for _, g := range grounds {
		least = min(least, Contrast(c, g))
	}
	return least
}

// steps is how finely Nearest looks between black and white: finer than eight
// bits a channel tell.
const steps = 500

// Nearest returns the colour itself if it has at least the contrast with every
// one of the grounds. Else it returns the one nearest to it of those that have
// it: its lightness is moved, its hue stays, and as much of its chroma as sRGB has
// at that lightness. Where no lightness is enough it is black or white,
// whichever is better.
func Nearest(c RGB, contrast float64, grounds ...RGB) RGB {
	if Least(c, grounds...) >= contrast {
		return c
	}
	of := c.OKLCH()
	for i := 1; i <= steps; i++ {
		best, found := RGB{}, false
		for _, l := range [...]float64{of.L - float64(i)/steps, of.L + float64(i)/steps} {
			n := OKLCH{l, of.C, of.H}.RGB()
			if Least(n, grounds...) >= contrast && (!found || Distance(c, n) < Distance(c, best)) {
				best, found = n, true
			}
		}
		if found {
			return best
		}
	}
	black, white := RGB{}, RGB{255, 255, 255}
	if Least(black, grounds...) > Least(white, grounds...) {
		return black
	}
	return white
}
