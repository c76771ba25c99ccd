package markdown

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"plumb/generator/source"
)

// plainResolver writes every link as its author did.
type plainResolver struct {
	doc *Document
	ids bool
}

func (r plainResolver) OpenLink(dst []byte, i int) []byte {
	return append(r.title(append(AppendURL(append(dst, `<a href="`...), r.doc.Links[i].Dest), '"'), i), '>')
}

func (plainResolver) CloseLink(dst []byte, _ int) []byte { return append(dst, "</a>"...) }

func (r plainResolver) Image(dst []byte, i int, alt string) []byte {
	dst = AppendURL(append(dst, `<img src="`...), r.doc.Links[i].Dest)
	dst = append(AppendEscaped(append(dst, `" alt="`...), alt), '"')
	return append(r.title(dst, i), '>')
}

func (r plainResolver) title(dst []byte, i int) []byte {
	if t := r.doc.Links[i].Title; t != "" {
		dst = append(AppendEscaped(append(dst, ` title="`...), t), '"')
	}
	return dst
}

func (r plainResolver) OpenSelf(dst []byte, _ string) []byte { return dst }
func (r plainResolver) CloseSelf(dst []byte) []byte          { return dst }
func (r plainResolver) ID(dst []byte, id string) []byte {
	if r.ids {
		dst = append(AppendEscaped(append(dst, ` id="`...), id), '"')
	}
	return dst
}

// print renders a whole document.
func print(doc *Document, top int, ids bool) string {
	w := Writer{Top: top}
	w.Blocks(doc.Blocks)
	w.Footnotes(doc.Footnotes)
	return string(w.Fragment().Append(nil, plainResolver{doc, ids}))
}

type specExample struct {
	Markdown string `json:"markdown"`
	HTML     string `json:"html"`
	Example  int    `json:"example"`
}

// specExamples reads the examples of CommonMark that goldmark carries.
func specExamples(t testing.TB) []specExample {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_test", "spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list []specExample
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// deviations reads the examples that are meant to come out otherwise: a line
// holds a number and the reason.
func deviations(t *testing.T) map[int]string {
	t.Helper()
	data, err := os.ReadFile("testdata/commonmark-deviations.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := map[int]string{}
	for line := range strings.Lines(string(data)) {
		number, reason, found := strings.Cut(strings.TrimSpace(line), " ")
		if !found || strings.HasPrefix(line, "#") {
			continue
		}
		n, err := strconv.Atoi(number)
		if err != nil {
			t.Fatal(err)
		}
		out[n] = reason
	}
	return out
}

var voidTag = regexp.MustCompile(`<(br|hr|img[^>]*) />`)

func TestCommonMark(t *testing.T) {
	listed := deviations(t)
	for _, ex := range specExamples(t) {
		doc, _ := Parse(&source.File{Path: "x.md", Data: []byte(ex.Markdown)}, 0)
		if doc == nil {
			t.Errorf("example %d is refused", ex.Example)
			continue
		}
		got := print(doc, 1, false)
		want := voidTag.ReplaceAllString(ex.HTML, "<$1>")
		reason := listed[ex.Example]
		switch {
		case got != want && reason == "":
			t.Errorf("example %d:\n%s\ngot:\n%s\nwant:\n%s", ex.Example, ex.Markdown, got, want)
		case got == want && reason != "":
			t.Errorf("example %d is listed as deviating (%s) and does not", ex.Example, reason)
		}
	}
}

var _ = bytes.Equal
