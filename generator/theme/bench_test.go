package theme_test

import (
	"testing"
	"testing/fstest"

	"plumb/generator/diag"
	"plumb/generator/theme"
	"plumb/themes"
)

// BenchmarkLoad loads the theme that comes with the program: most of a small build.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		layers, prefixes, found := theme.Layers(fstest.MapFS{}, themes.FS(), "default", diag.Place{})
		if _, more := theme.Load(layers, prefixes, "en"); len(found)+len(more) > 0 {
			b.Fatal(found, more)
		}
	}
}
