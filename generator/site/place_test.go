package site

import (
	"testing"

	"pgregory.net/rapid"

	"plumb/generator/source"
)

// TestPlace compares places that are counted on from each other with those that
// are counted from the beginning.
func TestPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p placer
		files := make([]*source.File, 2)
		for i := range files {
			files[i] = &source.File{Path: "x.md", Data: []byte(rapid.StringOf(rapid.SampledFrom([]rune("a\n\né世"))).Draw(t, "text"))}
		}
		for range rapid.IntRange(1, 20).Draw(t, "places") {
			f := rapid.SampledFrom(files).Draw(t, "file")
			runes := []rune(string(f.Data))
			at := func(i int) int { return len(string(runes[:min(i, len(runes))])) + max(0, i-len(runes)) }
			from := rapid.IntRange(0, len(runes)+1).Draw(t, "from")
			s := source.Span{Start: at(from), End: at(from + rapid.IntRange(0, 9).Draw(t, "length"))}
			if got, want := p.place(f, s), f.Place(s); got != want {
				t.Fatalf("%q %v: %+v, want %+v", f.Data, s, got, want)
			}
		}
	})
}
