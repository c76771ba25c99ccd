package markdown

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"plumb/generator/source"
)

// parsedInFull parses a text with goldmark's eye on every byte.
func parsedInFull(f *source.File) (*Document, any) {
	run := newRun()
	run.settled = true
	return at(parseWith(engineForWWW, run, f, 0))
}

func at[L any](doc *Document, list L) (*Document, any) { return doc, list }

func sameInFull(t interface {
	Fatalf(format string, args ...any)
}, text string) {
	text = "first\n\n" + text // goldmark reads the first block in any case
	f := &source.File{Path: "x.md", Data: []byte(text)}
	doc, list := at(Parse(f, 0))
	want, wanted := parsedInFull(f)
	if !reflect.DeepEqual(doc, want) || !reflect.DeepEqual(list, wanted) {
		t.Fatalf("%q is read otherwise than in full: %s\n%s\n%v\n%v", text, print(doc, 0, true), print(want, 0, true), list, wanted)
	}
}

// TestLiteralLines holds what goldmark does not look at to what it would have
// made of it: the same document, with the same places and diagnostics.
func TestLiteralLines(t *testing.T) {
	paths, _ := filepath.Glob("testdata/*")
	for _, path := range paths {
		if data, err := os.ReadFile(path); err == nil && !strings.ContainsAny(string(data), "\r\x00") {
			sameInFull(t, string(data))
		}
	}
	for _, ex := range specExamples(t) {
		sameInFull(t, ex.Markdown)
	}
	piece := rapid.SampledFrom([]string{
		"word", "Ünder", "客", " ", "  ", "\n", "\n\n", "\t", "\f", "\u00a0", ".", ":", "/", "://", "http", "www.", "w.", "a.b", "x@a.b", ":::", "!", "?", ",", "&amp;", "&", "\\", "\\\n", "  \n", "*", "**", "_", "~~", "~~x~~", "{{% x %}}", "`", "[", "]", "](x)", "[^1]",
		"<", ">", "<br>", "<!-- c -->", "{", "{{<", ">}}", "{#id}", "|", "\\|", "|\n|---|---|\n|", "\n- ", "\n  - ", "\n1. ", "\n    ", "\n> ", "\n# ", "\n## ", " ##", "\n===\n", "\n---\n", "\n```\n", "\n[^1]: ", "\n[x]: /y\n", "- [ ] ", "-", "#", "+", "(", ")", "'", "\"",
	})
	rapid.Check(t, func(t *rapid.T) {
		sameInFull(t, strings.Join(rapid.SliceOfN(piece, 1, 24).Draw(t, "pieces"), ""))
	})
}
