package colour_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"plumb/generator/colour"
)

func parse(t testing.TB, text string) colour.RGB {
	t.Helper()
	c, err := colour.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return c
}

// TestParse compares with what Chromium makes of the same texts.
func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"#7a3b69": "#7a3b69", "#7A3B69": "#7a3b69", "#0af": "#00aaff", "#0aff": "#00aaff", "#00aaffff": "#00aaff", "  #000 ": "#000000",
		"teal": "#008080", "RebeccaPurple": "#663399", "grey": "#808080",
		"rgb(122, 59, 105)": "#7a3b69", "rgb(122 59 105)": "#7a3b69", "rgba(122,59,105,1)": "#7a3b69", "rgb(122 59 105 / 100%)": "#7a3b69",
		"rgb(50% 0% 100%)": "#8000ff", "rgb(300 -20 0)": "#ff0000", "rgb(none 1e1 .5e2)": "#000a32",
		"hsl(316deg 34.8% 35.5%)": "#7a3b69", "hsl(316.2, 34.8%, 35.5%)": "#7a3b69", "hsl(0 100% 50%)": "#ff0000", "hsl(-120 100 50)": "#0000ff",
		"hsl(0.5turn 100% 25%)": "#008080", "hsl(200grad 100% 25%)": "#008080", "hsl(3.1415927rad 100% 30%)": "#009999", "hsl(0 200% 120%)": "#ffffff",
		"oklch(45% 0.1064 338.5)": "#7a3b69", "oklch(0.45 26.6% 338.5deg)": "#7a3b69", "oklch(100% 0 0)": "#ffffff", "oklch(0% 0 none)": "#000000",
		"oklch(50% 0 0)": "#636363",
	} {
		if got := parse(t, text).String(); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]error{
		"": colour.ErrUnknown, "#": colour.ErrUnknown, "#12": colour.ErrUnknown, "#12345": colour.ErrUnknown, "#1234567": colour.ErrUnknown, "#ggg": colour.ErrUnknown,
		"#+12": colour.ErrUnknown, "7a3b69": colour.ErrUnknown, "terracotta": colour.ErrUnknown, "rgb": colour.ErrUnknown, "rgb(": colour.ErrUnknown, "rgb(1,2)": colour.ErrUnknown,
		"rgb(1 2 3": colour.ErrUnknown, "rgb(1 2 3 4 5)": colour.ErrUnknown, "rgb(1 2 x)": colour.ErrUnknown, "rgb(NaN 0 0)": colour.ErrUnknown, "rgb(inf 0 0)": colour.ErrUnknown,
		"rgb(0x10 0 0)": colour.ErrUnknown, "rgb(1e999 0 0)": colour.ErrUnknown, "hsl(10% 10% 10%)": colour.ErrUnknown, "oklcha(1 0 0)": colour.ErrUnknown, "lab(1 0 0)": colour.ErrUnknown,
		"oklch(45 0.1 338)": colour.ErrUnknown, "oklch(101% 0 0)": colour.ErrUnknown, "var(--x)": colour.ErrUnknown, "red; } body { display: none": colour.ErrUnknown,
		"#0008": colour.ErrTransparent, "#00000080": colour.ErrTransparent, "transparent": colour.ErrTransparent, "rgb(0 0 0 / 50%)": colour.ErrTransparent, "hsla(0,0%,0%,.5)": colour.ErrTransparent,
	} {
		if c, err := colour.Parse(text); !errors.Is(err, want) || c != (colour.RGB{}) {
			t.Errorf("%q: got %v %v, want %v", text, c, err, want)
		}
	}
}

func TestNames(t *testing.T) {
	names := colour.Names()
	if len(names) != 148 || !slices.IsSorted(names) {
		t.Errorf("%d names, sorted: %t", len(names), slices.IsSorted(names))
	}
	for _, n := range names {
		parse(t, n)
	}
}

// FuzzParse has no text make it panic, and every colour be read again as itself.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"#7a3b69", "rgb(1 2 3 / 1)", "hsl(1turn 2% 3%)", "oklch(1 2e3 none)", "teal", "oklch(-1e308 1e308 -1e308)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if c, err := colour.Parse(s); err == nil && parse(t, c.String()) != c {
			t.Errorf("%q is %s, which is %s", s, c, parse(t, c.String()))
		}
	})
}

func anyColour(t *rapid.T, label string) colour.RGB {
	n := rapid.Uint32Range(0, 1<<24-1).Draw(t, label)
	return colour.RGB{R: uint8(n >> 16), G: uint8(n >> 8), B: uint8(n)}
}

// TestRoundTrip has a colour be the same after it went through OKLCH: a sieve of
// all colours, for a conversion that is off is so everywhere.
func TestRoundTrip(t *testing.T) {
	for n := 0; n < 1<<24; n += 61 {
		c := colour.RGB{R: uint8(n >> 16), G: uint8(n >> 8), B: uint8(n)}
		if o := c.OKLCH(); o.RGB() != c || o.H < 0 || o.H >= 360 {
			t.Fatalf("%s is %v, which is %s", c, o, o.RGB())
		}
	}
	for v := range 256 {
		if o := (colour.RGB{R: uint8(v), G: uint8(v), B: uint8(v)}).OKLCH(); o.C != 0 || o.H != 0 {
			t.Errorf("the grey %d is %v", v, o)
		}
	}
}

// TestOutside has a colour that sRGB does not have keep its lightness and hue.
func TestOutside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		of := colour.OKLCH{L: rapid.Float64Range(0.3, 0.9).Draw(t, "L"), C: rapid.Float64Range(0, 0.5).Draw(t, "C"), H: rapid.Float64Range(0, 359).Draw(t, "H")}
		got := of.RGB().OKLCH()
		if math.Abs(got.L-of.L) > 0.005 || got.C > of.C+0.005 {
			t.Fatalf("%v became %v", of, got)
		}
		if turn := math.Abs(math.Mod(got.H-of.H+540, 360) - 180); got.C > 0.05 && turn > 4 {
			t.Fatalf("%v became %v", of, got)
		}
	})
}

// TestContrast compares with figures that are published with WCAG 2.
func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000", "#fff", 21}, {"#fff", "#fff", 1}, {"#767676", "#fff", 4.54}, {"#777", "#fff", 4.48}, {"#f00", "#fff", 4.00}, {"#00f", "#fff", 8.59}} {
		a, b := parse(t, c.a), parse(t, c.b)
		if got := colour.Contrast(a, b); math.Abs(got-c.want) > 0.005 || got != colour.Contrast(b, a) {
			t.Errorf("%s on %s: %.2f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

// TestNearest has what is found pass, stay what it is, keep its hue, and go the
// farther the more contrast is asked for.
func TestNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, ground := anyColour(t, "colour"), anyColour(t, "ground")
		least := rapid.Float64Range(1, 4.5).Draw(t, "contrast") // one of black and white always has 4.58
		more := min(least+rapid.Float64Range(0, 2).Draw(t, "more"), 4.5)
		got := colour.Nearest(c, least, ground)
		if colour.Contrast(got, ground) < least {
			t.Fatalf("%s for %s on %s has %.2f", got, c, ground, colour.Contrast(got, ground))
		}
		if again := colour.Nearest(got, least, ground); again != got {
			t.Fatalf("%s became %s, then %s", c, got, again)
		}
		if far := colour.Nearest(c, more, ground); colour.Contrast(c, ground) < least && math.Abs(far.OKLCH().L-c.OKLCH().L) < math.Abs(got.OKLCH().L-c.OKLCH().L)-0.004 {
			t.Fatalf("%s for %.2f, but %s for %.2f", got, least, far, more)
		}
		a, b := c.OKLCH(), got.OKLCH()
		if turn := math.Abs(math.Mod(a.H-b.H+540, 360) - 180); min(a.C, b.C) > 0.06 && turn > 4 {
			t.Fatalf("%s has the hue %.0f, %s has %.0f", c, a.H, got, b.H)
		}
	})
}

func TestNearestOfSome(t *testing.T) {
	paper, wash := parse(t, "#fdfcf9"), parse(t, "#f5f2ec")
	for text, want := range map[string]string{"#7a3b69": "#7a3b69", "gold": "#836d00", "#fff": "#6d6d6d"} {
		got := colour.Nearest(parse(t, text), 4.5, paper, wash)
		if colour.Distance(got, parse(t, want)) > 0.02 || colour.Least(got, paper, wash) < 4.5 {
			t.Errorf("%s became %s, not %s", text, got, want)
		}
	}
	if got := colour.Nearest(parse(t, "#888"), 21, parse(t, "#888")); got.String() != "#000000" {
		t.Errorf("where nothing is enough: %s", got)
	}
	if got := colour.Nearest(parse(t, "#888"), 21); got.String() != "#888888" {
		t.Errorf("without a ground: %s", got)
	}
}

// TestSights has red and green look alike where a kind of cones is missing, and
// blue and orange differ to everybody.
func TestSights(t *testing.T) {
	alike := map[string][2]string{"protanopia": {"#8a2a2a", "#4c4a28"}, "deuteranopia": {"#c33", "#383"}, "tritanopia": {"#00a0a0", "#30a0c0"}}
	blue, orange := parse(t, "#1155a9"), parse(t, "#974610")
	for _, s := range colour.Sights() {
		if d := colour.Distance(s.Sees(blue), s.Sees(orange)); d < 0.2 {
			t.Errorf("%s: blue and orange are %.3f apart", s.Name, d)
		}
		pair, lacks := alike[s.Name]
		if !lacks {
			if s.Sees(blue) != blue {
				t.Errorf("%s changes a colour", s.Name)
			}
			continue
		}
		a, b := parse(t, pair[0]), parse(t, pair[1])
		if seen := colour.Distance(s.Sees(a), s.Sees(b)); seen > 0.06 || colour.Distance(a, b) < 2*seen {
			t.Errorf("%s: %s and %s are %.3f apart, to others %.3f", s.Name, a, b, seen, colour.Distance(a, b))
		}
		for v := range 256 {
			grey := colour.RGB{R: uint8(v), G: uint8(v), B: uint8(v)}
			if got := s.Sees(grey); colour.Distance(got, grey) > 0.01 {
				t.Errorf("%s: %s looks like %s", s.Name, grey, strings.ToUpper(got.String()))
			}
		}
	}
}
