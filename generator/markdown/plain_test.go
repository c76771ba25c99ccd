package markdown

import "testing"

// TestTextOfAFragment: blocks stand on lines of their own, code keeps its lines,
// and neither marks nor the numbers of footnotes are words.
func TestTextOfAFragment(t *testing.T) {
	for source, want := range map[string]string{
		"":                                     "",
		"A **bold** [link](x.md) &amp; &lt;b>": "A bold link & <b>",
		"One\ntwo\n\n- three\n- four":          "One two\nthree\nfour",
		"```\nx  y\n  z\n```":                  "x  y\n  z",
		"![a picture](p.png)":                  "a picture",
		"word[^1] on\n\n[^1]: Note.":           "word on",
	} {
		w := Writer{}
		w.Blocks(parse(t, source).Blocks)
		if got := w.Fragment().Text(); got != want {
			t.Errorf("%q: %q, want %q", source, got, want)
		}
	}
}
