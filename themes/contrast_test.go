package themes_test

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"plumb/generator/colour"
	"plumb/themes"
)

// tint is a colour of the style sheet in the light and in the dark scheme.
type tint [2]colour.RGB

var (
	schemes = [2]string{"light", "dark"}
	token   = regexp.MustCompile(`\t--([a-z0-9-]+): (light-dark\(.*\)|oklch\(.*\)|color-mix\(.*\)|var\(.*\));`)
	both    = regexp.MustCompile(`^light-dark\((oklch\(.*\)), (oklch\(.*\))\)$`)
	mix     = regexp.MustCompile(`^color-mix\(in oklab, var\(--([a-z0-9-]+)\) (\d+)%, var\(--([a-z0-9-]+)\)\)$`)
)

// colours reads the tokens of the style sheet, those that are mixed of others
// behind them.
func colours(t *testing.T) map[string]tint {
	data, err := fs.ReadFile(themes.FS(), "default/styles/10-base.css")
	if err != nil {
		t.Fatal(err)
	}
	root, _, _ := strings.Cut(string(data), "\n}\n")
	said := map[string]string{}
	for _, m := range token.FindAllStringSubmatch(root, -1) {
		said[m[1]] = m[2]
	}
	out := map[string]tint{}
	for name, text := range said {
		for i := range schemes {
			c := out[name]
			c[i] = reckon(t, said, text, i)
			out[name] = c
		}
	}
	return out
}

// reckon returns the colour that a declaration says in a scheme.
func reckon(t *testing.T, said map[string]string, text string, scheme int) colour.RGB {
	if m := both.FindStringSubmatch(text); m != nil {
		return reckon(t, said, m[1+scheme], scheme)
	}
	if m := mix.FindStringSubmatch(text); m != nil {
		share, err := strconv.ParseFloat(m[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		return mixed(reckon(t, said, said[m[1]], scheme), reckon(t, said, said[m[3]], scheme), share/100)
	}
	if name, ok := strings.CutPrefix(text, "var(--"); ok {
		return reckon(t, said, said[strings.TrimSuffix(name, ")")], scheme)
	}
	c, err := colour.Parse(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return c
}

// mixed is color-mix(in oklab) of two colours, with a share of the first.
func mixed(a, b colour.RGB, share float64) colour.RGB {
	x, y := a.OKLCH(), b.OKLCH()
	axis := func(of func(float64) float64) float64 {
		return share*x.C*of(x.H*math.Pi/180) + (1-share)*y.C*of(y.H*math.Pi/180)
	}
	u, v := axis(math.Cos), axis(math.Sin)
	return colour.OKLCH{L: share*x.L + (1-share)*y.L, C: math.Hypot(u, v), H: math.Atan2(v, u) * 180 / math.Pi}.RGB()
}

// TestContrast computes the contrast of every pair of colours that the style
// sheet puts together, in both schemes.
func TestContrast(t *testing.T) {
	all := colours(t)
	check := func(least float64, fronts ...string) {
		for _, front := range fronts {
			for _, back := range []string{"paper", "wash"} {
				for i, scheme := range schemes {
					if got := colour.Contrast(all[front][i], all[back][i]); !(got >= least) {
						t.Errorf("%s: %s on %s has %.2f, wants %.1f", scheme, front, back, got, least)
					}
				}
			}
		}
	}
	check(7, "ink", "brand")
	check(4.5, "soft", "c1", "c2", "c3", "c4", "c5")
	check(3, "edge")
}

// TestGamut keeps the colours to what every screen shows, so that the computed
// contrast is the one that is seen: a colour that sRGB does not have would come
// back with less chroma.
func TestGamut(t *testing.T) {
	data, err := fs.ReadFile(themes.FS(), "default/styles/10-base.css")
	if err != nil {
		t.Fatal(err)
	}
	list := regexp.MustCompile(`oklch\([\d.]+% ([\d.]+) [\d.]+\)`).FindAllStringSubmatch(string(data), -1)
	if len(list) < 15 {
		t.Fatalf("only %d colours found", len(list))
	}
	for _, m := range list {
		want, _ := strconv.ParseFloat(m[1], 64)
		c, err := colour.Parse(m[0])
		if err != nil || math.Abs(c.OKLCH().C-want) > 0.003 {
			t.Errorf("%s is out of sRGB: %s (%v)", m[0], c, err)
		}
	}
}

// TestScaleRunsOneWay keeps the five stops apart: the ends are the most
// colourful, blue and copper, the middle is nearly grey.
func TestScaleRunsOneWay(t *testing.T) {
	all := colours(t)
	for i := range schemes {
		c := func(name string) float64 { return all[name][i].OKLCH().C }
		if !(c("c1") > c("c2") && c("c2") > c("c3") && c("c3") < c("c4") && c("c4") < c("c5")) {
			t.Error("the scale does not diverge from the middle")
		}
	}
}

// TestScaleIsSeenByAll shows the scale to colour-blind eyes ([colour.Sights]
// names the source of the model): 0.02 is just seen side by side. Its ends have
// to stand apart on opposite sides of the page, each of them and its own half
// of the scale beside the middle.
func TestScaleIsSeenByAll(t *testing.T) {
	all := colours(t)
	apart := func(a, b string, least float64) {
		for _, eyes := range colour.Sights() {
			for i, scheme := range schemes {
				if got := colour.Distance(eyes.Sees(all[a][i]), eyes.Sees(all[b][i])); got < least {
					t.Errorf("%s, %s: %s and %s are %.3f apart, want %.2f", eyes.Name, scheme, a, b, got, least)
				}
			}
		}
	}
	apart("c1", "c5", 0.15)
	apart("c2", "c4", 0.07)
	apart("c1", "c3", 0.06)
	apart("c3", "c5", 0.06)
}
