package playbook

import (
	"slices"
	"strings"
	"testing"

	"plumb/generator/config"
)

// TestTheRestIsPartedByHeadings: what stands above the first, and below each.
func TestTheRestIsPartedByHeadings(t *testing.T) {
	c := config.New()
	words, _ := NewVocabulary(c)
	for text, want := range map[string][]string{
		"":                                      {""},
		"One.\n\nTwo.":                          {"One.\nTwo."},
		"Lead.\n\n## A\n\n## B\n\n- b\n- c\n":   {"Lead.", "", "b\nc"},
		"## A\n\na\n\n> ## no part\n\n### B\nb": {"", "a\nno part", "b"},
	} {
		p := decode(Decoder{Config: c, Words: words}, text)
		if !slices.Equal(p.RestParts, want) || len(p.Headings) != len(want)-1 {
			t.Errorf("%q: %q", text, p.RestParts)
		}
		for _, part := range p.RestParts {
			if !strings.Contains(p.RestText, part) {
				t.Errorf("%q: %q has no %q", text, p.RestText, part)
			}
		}
	}
}
