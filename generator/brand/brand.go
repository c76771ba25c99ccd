// Package brand makes a site's own colours part of its theme: as custom properties
// of CSS, legible in both schemes.
package brand

import (
	"fmt"
	"math"
	"strings"

	"plumb/generator/colour"
	"plumb/generator/config"
	"plumb/generator/diag"
)

const (
	// Contrast is what WCAG 2 asks of text (1.4.3, AA).
	Contrast = 4.5
	// Apart is how different the two ends of the line have to look to everybody, as
	// [colour.Distance] reckons it: five times what is just seen side by side, for
	// small dots that stand apart.
	Apart = 0.1
)

// Sheet returns the rule that sets the colours that plumb.yaml gives:
//
//	:root{--brand:light-dark(#7a3b69,#c58fb4)}
//
// with --brand for the accent, and --less and --more for the ends of the line. It is
// to stand behind the theme's own style sheet, which is the second argument: the
// colours are measured with the grounds that it declares as --paper and
// --wash, and an end that the site does not give is the theme's. In the light
// scheme a colour is as it was given or, with a warning, the nearest that is
// legible; in the dark one it is the nearest that is legible. Without colours
// there is no rule.
func Sheet(c *config.Config, css []byte) ([]byte, []diag.Diagnostic) {
	t := &c.Theme
	if t.Accent.Text+t.Less.Text+t.More.Text == "" {
		return nil, nil
	}
	s := sheet{config: c, css: string(css)}
	s.grounds()
	s.set("--brand", t.Accent)
	less, more := s.set("--less", t.Less), s.set("--more", t.More)
	if t.Less.Text+t.More.Text != "" {
		s.alike(less, more)
	}
	return []byte(":root{" + strings.Join(s.rules, ";") + "}"), s.list
}

type sheet struct {
	config *config.Config
	css    string
	// light and dark are what text stands on.
	light, dark []colour.RGB
	rules       []string
	list        []diag.Diagnostic
}

func (s *sheet) grounds() {
	for _, name := range []string{"--paper", "--wash"} {
		if p, ok := token(s.css, name); ok {
			s.light, s.dark = append(s.light, p.light), append(s.dark, p.dark)
		}
	}
	if len(s.light) == 0 {
		s.light, s.dark = []colour.RGB{{R: 255, G: 255, B: 255}}, []colour.RGB{{R: 16, G: 22, B: 32}}
	}
}

// set writes the rule for a colour and returns what it says; for a colour that
// is not given, what the theme's says.
func (s *sheet) set(name string, c config.Colour) pair {
	if c.Text == "" {
		own, _ := token(s.css, name)
		return own
	}
	p := pair{colour.Nearest(c.RGB, Contrast, s.light...), colour.Nearest(c.RGB, Contrast, s.dark...)}
	s.rules = append(s.rules, fmt.Sprintf("%s:light-dark(%s,%s)", name, p.light, p.dark))
	if p.light != c.RGB {
		least := math.Floor(100*colour.Least(c.RGB, s.light...)) / 100 // never 4.50 for less than that
		s.warn(diag.FaintColour, c, fmt.Sprintf("“%s” is too faint to be read: its contrast with the page is %.2f:1, and text needs %.1f:1", c.Text, least, Contrast),
			fmt.Sprintf(`the nearest legible colour is used in its place: write "%s", or another with at least %.1f:1`, p.light, Contrast))
	}
	return p
}

func (s *sheet) warn(code diag.Code, c config.Colour, message, hint string) {
	s.list = append(s.list, diag.New(diag.Warning, code, s.config.File.Place(c.Span), message, hint))
}

// alike warns of ends that some readers cannot tell apart.
func (s *sheet) alike(less, more pair) {
	if less == (pair{}) || more == (pair{}) {
		return // a theme without such an end
	}
	var who []string
	for _, eyes := range colour.Sights() {
		apart := func(a, b colour.RGB) bool { return colour.Distance(eyes.Sees(a), eyes.Sees(b)) >= Apart }
		if !apart(less.light, more.light) || !apart(less.dark, more.dark) {
			who = append(who, eyes.Name)
		}
	}
	if len(who) == 0 {
		return
	}
	message := "this end of the line looks almost like the other to colour-blind readers (" + strings.Join(who, ", ") + ")"
	if who[0] == colour.Sights()[0].Name {
		message = "this end of the line looks almost like the other"
	}
	at := s.config.Theme.More
	if at.Text == "" {
		at = s.config.Theme.Less
	}
	s.warn(diag.AlikeColours, at, message, `everybody tells a blue from an orange or a brown, as in less: "#1155a9" and more: "#974610"`)
}
