package source_test

import (
	"os"
	"testing"

	"plumb/generator/source"
)

// BenchmarkRead takes a text from its bytes to its front matter, without the disk.
func BenchmarkRead(b *testing.B) {
	src, err := os.ReadFile("../testdata/playbook.md")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		f, _ := source.Decode("playbooks/x.md", src)
		if node, _, found := source.FrontMatter(f); node == nil || len(found) > 0 {
			b.Fatal(found)
		}
	}
}
