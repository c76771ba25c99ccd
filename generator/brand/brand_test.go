package brand_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"plumb/generator/brand"
	"plumb/generator/colour"
	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/source"
)

// theme is a style sheet with the tokens that are read, as the minifier leaves it.
const theme = `@media print{a{--paperless:1}}:root{--paper:light-dark(oklch(99% .004 85),oklch(20% .022 258));--wash:light-dark(#f5f2ec,#1a222d);--less:light-dark(#1155a9,#4889e2);--more:#a50}`

type fataler interface {
	Helper()
	Fatal(...any)
}

// sheet is what is made of the settings of a theme.
func sheet(t fataler, settings, css string) (string, []diag.Diagnostic) {
	t.Helper()
	f, _ := source.Decode("plumb.yaml", []byte("theme:\n"+settings))
	c, list := config.Parse(f)
	if len(list) > 0 {
		t.Fatal(list)
	}
	rule, list := brand.Sheet(c, []byte(css))
	return string(rule), list
}

func TestSheet(t *testing.T) {
	for _, c := range []struct{ name, settings, css, want, said string }{
		{"no colours", "  name: default\n", theme, "", ""},
		{"an accent", "  accent: '#7a3b69'\n", theme, ":root{--brand:light-dark(#7a3b69,#b672a2)}", ""},
		{"both ends", "  less: '#1155a9'\n  more: '#974610'\n", theme, ":root{--less:light-dark(#1155a9,#4889e2);--more:light-dark(#974610,#c77242)}", ""},
		{"a faint one", "  accent: gold\n", theme, ":root{--brand:light-dark(#836d00,#ffd700)}", "faint-colour"},
		{"a ground that only the wash is", "  accent: '#767676'\n", theme, ":root{--brand:light-dark(#6e6e6e,#888888)}", "faint-colour"},
		{"a dark theme", "  accent: navy\n", ":root{--paper:#000}", ":root{--brand:light-dark(#3c6ee4,#3c6ee4)}", "faint-colour"},
		{"a theme without paper", "  accent: '#777'\n", "p{}", ":root{--brand:light-dark(#767676,#7b7b7b)}", "faint-colour"},
		{"a paper that is reckoned", "  accent: '#777'\n", ":root{--paper:var(--x)}", ":root{--brand:light-dark(#767676,#7b7b7b)}", "faint-colour"},
		{"an end like the theme's other", "  less: '#a55505'\n", theme, "", "alike-colours"},
		{"an end without another", "  less: '#a55505'\n", "p{}", "", ""},
		{"red and green", "  less: '#2a7a2a'\n  more: '#b03030'\n", theme, "", "alike-colours"},
		{"the same twice", "  less: navy\n  more: navy\n", theme, "", "alike-colours"},
	} {
		got, list := sheet(t, c.settings, c.css)
		var said []string
		for _, d := range list {
			said = append(said, string(d.Code))
			if d.Severity != diag.Warning || d.Line < 2 || d.Column < 3 || d.Hint == "" {
				t.Errorf("%s: %+v", c.name, d)
			}
		}
		if c.want != "" && !near(t, got, c.want) || strings.Join(said, " ") != c.said {
			t.Errorf("%s: got %s %v, want %s %s", c.name, got, said, c.want, c.said)
		}
	}
}

var digits = regexp.MustCompile(`#[0-9a-f]{6}`)

// near compares rules; colours may be a hair apart.
func near(t *testing.T, got, want string) bool {
	t.Helper()
	if digits.ReplaceAllString(got, "") != digits.ReplaceAllString(want, "") {
		return false
	}
	theirs := digits.FindAllString(want, -1)
	for i, text := range digits.FindAllString(got, -1) {
		a, errA := colour.Parse(text)
		b, errB := colour.Parse(theirs[i])
		if errA != nil || errB != nil || colour.Distance(a, b) > 0.02 {
			return false
		}
	}
	return true
}

// TestLegible has every colour that is published be legible on every ground, and
// a light one that is be what was written.
func TestLegible(t *testing.T) {
	grounds := [2][]string{{"oklch(99% .004 85)", "#f5f2ec"}, {"oklch(20% .022 258)", "#1a222d"}}
	rule := regexp.MustCompile(`^:root\{--brand:light-dark\((#[0-9a-f]{6}),(#[0-9a-f]{6})\)\}$`)
	rapid.Check(t, func(t *rapid.T) {
		written := fmt.Sprintf("#%06x", rapid.IntRange(0, 1<<24-1).Draw(t, "colour"))
		got, list := sheet(t, "  accent: '"+written+"'\n", theme)
		m := rule.FindStringSubmatch(got)
		if m == nil {
			t.Fatal(got)
		}
		for scheme, names := range grounds {
			for _, name := range names {
				if r := ratio(t, m[scheme+1], name); r < brand.Contrast {
					t.Fatalf("%s: %s on %s has %.3f", got, m[scheme+1], name, r)
				}
			}
		}
		if (m[1] == written) != (len(list) == 0) {
			t.Fatalf("%s: %s %v", written, got, list)
		}
	})
}

func ratio(t *rapid.T, a, b string) float64 {
	x, errX := colour.Parse(a)
	y, errY := colour.Parse(b)
	if errX != nil || errY != nil {
		t.Fatal(errX, errY)
	}
	return colour.Contrast(x, y)
}
