package markdown

import (
	"bytes"
	"os"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"plumb/generator/source"
)

func playbook(b testing.TB) []byte {
	data, err := os.ReadFile("testdata/playbook.md")
	if err != nil {
		b.Fatal(err)
	}
	return data
}

func BenchmarkParse(b *testing.B) {
	f := &source.File{Path: "playbook.md", Data: playbook(b)}
	b.ReportAllocs()
	for b.Loop() {
		Parse(f, 0)
	}
}

func BenchmarkPrint(b *testing.B) {
	doc, _ := Parse(&source.File{Path: "playbook.md", Data: playbook(b)}, 0)
	resolver := plainResolver{doc, true}
	var out []byte
	b.ReportAllocs()
	for b.Loop() {
		w := Writer{}
		w.Blocks(doc.Blocks)
		w.Footnotes(doc.Footnotes)
		out = w.Fragment().Append(out[:0], resolver)
	}
}

// BenchmarkGoldmark is the yardstick: Parse and Print together are to stay
// below 1.4 times its time.
func BenchmarkGoldmark(b *testing.B) {
	data := playbook(b)
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough))
	var out bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		out.Reset()
		if err := md.Convert(data, &out); err != nil {
			b.Fatal(err)
		}
	}
}
