package align

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"plumb/generator/playbook"
)

// TestNamesInText compares the one pass over a text with what it stands for: a
// name is met where all of its longer words stand in one block that is not its
// own.
func TestNamesInText(t *testing.T) {
	words := []string{"desk", "Desks", "audit", "audits", "contract", "contracting", "REVIEW", "reviews", "pool", "Prüfung", "of", "the", "a", "loan"}
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 3).Draw(t, "name"), " ")
		}), 1, 6, func(s string) string { return s }).Draw(t, "names")
		set := newNameSet()
		for _, n := range names {
			set.add(n, "")
		}
		var text strings.Builder
		var own []extent
		met := make([]bool, len(names))
		for range rapid.IntRange(0, 8).Draw(t, "blocks") {
			block := rapid.SliceOfN(rapid.SampledFrom(words), 0, 6).Draw(t, "block")
			owner := rapid.IntRange(-3, len(names)-1).Draw(t, "owner")
			from := text.Len()
			text.WriteString(rapid.SampledFrom([]string{"- ", "", "1. ", "| ", "> ", "## "}).Draw(t, "mark"))
			for i, w := range block {
				if i > 0 {
					text.WriteString(rapid.SampledFrom([]string{" ", "-", "’s ", " “", "\n  ", " <!-- pool review desk audit -->"}).Draw(t, "gap"))
				}
				text.WriteString(w)
			}
			text.WriteString("\n\n")
			if owner >= 0 {
				own = append(own, extent{from, text.Len(), owner})
			}
			for i, n := range names {
				met[i] = met[i] || i != owner && standsIn(n, block)
			}
		}
		set.look([]byte(text.String()), own)
		for i, n := range names {
			if set.found[i] != met[i] {
				t.Errorf("%q in %q, own %v: %v, want %v", n, text.String(), own, set.found[i], met[i])
			}
		}
	})
}

// standsIn reports whether all longer words of a name stand among words.
func standsIn(name string, block []string) bool {
	var stems []string
	for _, w := range block {
		stems = append(stems, stem(playbook.Normalize(w)))
	}
	all := strings.Fields(name)
	short := func(w string) bool { return len(w) < minWord }
	if slices.ContainsFunc(all, func(w string) bool { return !short(w) }) {
		all = slices.DeleteFunc(all, short)
	}
	return !slices.ContainsFunc(all, func(w string) bool { return !slices.Contains(stems, stem(playbook.Normalize(w))) })
}

// TestAbbreviations finds a name by its capitals.
func TestAbbreviations(t *testing.T) {
	for _, test := range []struct {
		name, text string
		found      bool
	}{
		{"Design review board", "Ask the DRB.", true},
		{"Design review board", "Ask the drb.", false},
		{"Design review board (DeRB)", "Ask the DRB.", true},
		{"Deal desk (DDX)", "Ask the DDX early.", true},
		{"Deal desk (pricing)", "Ask the deal desks early.", true},
		{"Legal / contracts", "Contracts are read on Monday.", true},
		{"Legal / contracts", "Nobody reads.", false},
		{"契約審査", "まず契約審査を依頼する。", true},
		{"契約審査", "契約を審査する。", false},
		{"Ärztlicher Rat", "den ärztlichen Rat holen", true},
		{"…", "Text.", false},
	} {
		set := newNameSet()
		set.add(test.name, "")
		if set.look([]byte(test.text), nil); set.found[0] != test.found {
			t.Errorf("%q in %q: %v", test.name, test.text, set.found[0])
		}
	}
}
