package markdown

import (
	"testing"

	"pgregory.net/rapid"
)

// TestPackingChangesNoText: whatever texts are packed, and wherever they stand
// within others, all say the same afterwards. A packer may be used again.
func TestPackingChangesNoText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p Packer
		for range 2 {
			text := rapid.SliceOfN(rapid.StringMatching(`[ab]{0,4}`), 6, 6).Draw(t, "texts")
			want := append([]string{}, text...)
			f := Fragment{text[0]}
			p.Shown(&f, &text[1])
			at := p.Text(&text[2])
			p.Again(&text[2], at)
			p.Within(text[2], at, &text[3])
			g := Fragment{text[4]}
			p.Part(text[2], at, &g)
			p.Text(&text[5])
			p.Pack()
			text[0], text[4] = f.html, g.html
			for i := range want {
				if text[i] != want[i] {
					t.Fatalf("%q is %q now", want[i], text[i])
				}
			}
		}
	})
}
