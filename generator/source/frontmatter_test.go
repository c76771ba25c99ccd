package source_test

import (
	"testing"

	"plumb/generator/source"
)

func TestFrontMatterOffsets(t *testing.T) {
	for _, c := range []struct{ in, rest string }{
		{"---\na: 1\n---", ""},
		{"---\na: 1\n---\n", ""},
		{"---\na: 1\n---\nx", "x"},
		{"---\n---\nx\n", "x\n"},
		{"---  \na: 1\n--- \n\nx\n", "\nx\n"},
		{"---\na: 1\n---\n\n---\n\n# x\n", "\n---\n\n# x\n"},
		{"", ""},
		{"# x\n\n---\n\ntext: y\n", "# x\n\n---\n\ntext: y\n"},
		{"x\n---\n", "x\n---\n"},
		{"***\n", "***\n"},
	} {
		f, _ := source.Decode("x.md", []byte(c.in))
		_, at, list := source.FrontMatter(f)
		if len(list) > 0 {
			t.Errorf("%q: %v", c.in, list)
		}
		if got := string(f.Data[at:]); got != c.rest {
			t.Errorf("%q: rest %q, want %q", c.in, got, c.rest)
		}
	}
}
