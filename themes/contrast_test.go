package themes_test

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"testing"

	"plumb/themes"
)

// oklch is a colour of the style sheet: lightness from 0 to 1, chroma, hue in
// degrees.
type oklch struct{ l, c, h float64 }

var token = regexp.MustCompile(`--([a-z0-9-]+): light-dark\(oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\), oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)\);`)

// colours reads the tokens of the style sheet: light and dark.
func colours(t *testing.T) map[string][2]oklch {
	data, err := fs.ReadFile(themes.FS(), "default/assets/plumb.css")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][2]oklch{}
	for _, m := range token.FindAllStringSubmatch(string(data), -1) {
		var n [6]float64
		for i := range n {
			if n[i], err = strconv.ParseFloat(m[i+2], 64); err != nil {
				t.Fatal(err)
			}
		}
		out[m[1]] = [2]oklch{{n[0] / 100, n[1], n[2]}, {n[3] / 100, n[4], n[5]}}
	}
	return out
}

// linear returns the colour in linear sRGB, unclipped.
func (o oklch) linear() [3]float64 {
	a, b := o.c*math.Cos(o.h*math.Pi/180), o.c*math.Sin(o.h*math.Pi/180)
	l := math.Pow(o.l+0.3963377774*a+0.2158037573*b, 3)
	m := math.Pow(o.l-0.1055613458*a-0.0638541728*b, 3)
	s := math.Pow(o.l-0.0894841775*a-1.2914855480*b, 3)
	return [3]float64{
		4.0767416621*l - 3.3077115913*m + 0.2309699292*s,
		-1.2684380046*l + 2.6097574011*m - 0.3413193965*s,
		-0.0041960863*l - 0.7034186147*m + 1.7076147010*s,
	}
}

// luminance is WCAG's, of the colour as a screen clips it.
func (o oklch) luminance() float64 {
	rgb := o.linear()
	for i, v := range rgb {
		rgb[i] = min(max(v, 0), 1)
	}
	return 0.2126*rgb[0] + 0.7152*rgb[1] + 0.0722*rgb[2]
}

func contrast(a, b oklch) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestContrast computes the contrast of every pair of colours that the style
// sheet puts together, in both schemes.
func TestContrast(t *testing.T) {
	all := colours(t)
	check := func(least float64, fronts ...string) {
		for _, front := range fronts {
			for _, back := range []string{"paper", "wash"} {
				f, b := all[front], all[back]
				for scheme, name := range []string{"light", "dark"} {
					if got := contrast(f[scheme], b[scheme]); !(got >= least) {
						t.Errorf("%s: %s on %s has %.2f, wants %.1f", name, front, back, got, least)
					}
				}
			}
		}
	}
	check(7, "ink")
	check(4.5, "soft", "c1", "c2", "c3", "c4", "c5")
	check(3, "edge")
}

// TestGamut keeps the colours to what every screen shows, so that the computed
// contrast is the one that is seen.
func TestGamut(t *testing.T) {
	all := colours(t)
	if len(all) < 10 {
		t.Fatalf("only %d colours found", len(all))
	}
	for name, pair := range all {
		for i, o := range pair {
			for _, v := range o.linear() {
				if v < -0.002 || v > 1.002 {
					t.Errorf("%s (%d) is out of sRGB: %.3f", name, i, o.linear())
				}
			}
		}
	}
}

// TestScaleRunsOneWay keeps the five stops apart: the ends are the most
// colourful, blue and copper, the middle is nearly grey.
func TestScaleRunsOneWay(t *testing.T) {
	all := colours(t)
	for scheme := range 2 {
		c := func(name string) float64 { return all[name][scheme].c }
		if !(c("c1") > c("c2") && c("c2") > c("c3") && c("c3") < c("c4") && c("c4") < c("c5")) {
			t.Error("the scale does not diverge from the middle")
		}
	}
}
