package markdown

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"plumb/generator/source"
)

func parse(t testing.TB, text string) *Document {
	t.Helper()
	doc, list := Parse(&source.File{Path: "x.md", Data: []byte(text)}, 0)
	if doc == nil {
		t.Fatal(list)
	}
	return doc
}

func paragraph(t testing.TB, text string) []Inline {
	t.Helper()
	return parse(t, text).Blocks[0].(*Paragraph).Text
}

func TestSplitBreaks(t *testing.T) {
	for text, want := range map[string]string{
		"one":                            "one",
		"one<br>two":                     "one|two",
		"<br> one <br/>\n**two**  \nx y": "one|two|x y",
		"a\nb<br><br>c":                  "a b|c",
		"<!-- c --><br>":                 "",
	} {
		var got []string
		for _, line := range SplitBreaks(paragraph(t, "x<br>"+text)) {
			got = append(got, InlineText(line))
		}
		if s := strings.Join(got[1:], "|"); s != want {
			t.Errorf("%q: got %q, want %q", text, s, want)
		}
	}
}

func TestTrimLeavesTheListAlone(t *testing.T) {
	list := []Inline{&Break{}, &Text{Value: " a "}, &Break{Hard: true}}
	got := Trim(list)
	if len(got) != 1 || got[0].(*Text).Value != "a" {
		t.Errorf("got %v", got)
	}
	if len(list) != 3 || list[1].(*Text).Value != " a " {
		t.Error("the list was changed")
	}
	if got := Trim([]Inline{&Text{Value: " "}, &Break{}}); got != nil {
		t.Errorf("got %v from white space", got)
	}
}

func TestLinksIn(t *testing.T) {
	doc := parse(t, "# [a](0)\n\n- *[b](1)* ![](2)\n  > ~~[c](3)~~ http://d.e\n\n| [f](5) |\n|---|\n| [g](6) |\n")
	want := []int{0, 1, 2, 3, 4, 5, 6}
	if got := LinksIn(doc.Blocks); !slices.Equal(got, want) {
		t.Errorf("LinksIn: %v", got)
	}
	w := Writer{}
	w.Blocks(doc.Blocks)
	f := w.Fragment()
	if got := slices.Collect(f.Links()); !slices.Equal(got, want) {
		t.Errorf("Links: %v", got)
	}
	if n := len(f.Append(nil, plainResolver{doc, true})); f.Len() < n/2 || f.Len() > 2*n {
		t.Errorf("guessed %d for %d bytes", f.Len(), n)
	}
	if f.IsZero() || !(Fragment{}).IsZero() {
		t.Error("IsZero")
	}
	if got := LinksInText(doc.Blocks[0].(*Heading).Text); !slices.Equal(got, []int{0}) {
		t.Errorf("LinksInText: %v", got)
	}
}

// noLinks is a page on which every link is plain text.
type noLinks struct{}

func (noLinks) OpenLink(dst []byte, _ int) []byte          { return dst }
func (noLinks) CloseLink(dst []byte, _ int) []byte         { return dst }
func (noLinks) Image(dst []byte, _ int, alt string) []byte { return AppendEscaped(dst, alt) }
func (noLinks) ID(dst []byte, _ string) []byte             { return dst }
func (noLinks) OpenSelf(dst []byte, _ string) []byte       { return dst }
func (noLinks) CloseSelf(dst []byte) []byte                { return dst }
func (n noLinks) render(w *Writer) string                  { return string(w.Fragment().Append(nil, n)) }

func TestResolverMayLeaveLinksOut(t *testing.T) {
	doc := parse(t, "## A {#x}\n\n[b](c) ![<d>](e)[^f]\n\n[^f]: g")
	w := Writer{}
	w.Blocks(doc.Blocks)
	want := "<h2>A</h2>\n<p>b &lt;d&gt;<sup>1</sup></p>\n"
	if got := (noLinks{}).render(&w); got != want {
		t.Errorf("got %s", got)
	}
}

func TestHeadingLevels(t *testing.T) {
	doc := parse(t, "# a\n\n###### b\n")
	for _, c := range []struct{ top, shift, first, last int }{{0, 0, 2, 6}, {1, 0, 1, 6}, {0, 1, 2, 6}, {0, 2, 3, 6}, {3, -3, 3, 3}} {
		w := Writer{Top: c.top, Shift: c.shift}
		w.Blocks(doc.Blocks)
		want := fmt.Sprintf("<h%d>a</h%d>\n<h%d>b</h%d>\n", c.first, c.first, c.last, c.last)
		if got := (noLinks{}).render(&w); got != want {
			t.Errorf("top %d shift %d: %s", c.top, c.shift, got)
		}
	}
}

func TestScheme(t *testing.T) {
	for dest, want := range map[string]string{
		"a/b.md": "", "#x": "", "?a:b": "", "./a:b": "", "HTTPS://a.b": "https", "mailto:x": "mailto", "//a.b": "//",
		"a b:c": "", "ä:b": "", "1a:b": "", ":a": "", "": "",
	} {
		if got := (Target{Dest: dest}).Scheme(); got != want {
			t.Errorf("%q: got %q, want %q", dest, got, want)
		}
	}
}

func TestUnsafe(t *testing.T) {
	for _, dest := range []string{
		"javascript:x", " javascript:x", "\u00a0javascript:x", "java\tscript:x", "java\u200bscript:x", "\u0001javascript:x",
		"java script:x", "javascript%3ax", "JAVASCRIPT%3Ax", "j.a.v.a.script:x", "data:x", "vbscript:x", "file:x", "blob:x",
		"ms-word:x", "C:\\x", "c:/x", "\\\\a\\b", "/\\a", "\\/a", "http\u0085://a", "a\nb", "x-y+z.1:q", "\ufeffjavascript:x",
	} {
		if unsafeDest(dest) == "" {
			t.Errorf("%q passes", dest)
		}
	}
	for _, dest := range []string{
		"", "a.md", "a/b.md#c:d", "../a", "/a", "//a.b", "#x", "?x=javascript:", "http:x", "HtTpS://a", "mailto:a@b", "tel:1", "sms:1",
		"a%3Ab.md", "Größe:1.md", "dir/javascript:x", "a b.md", "%20", "a\\b.md", "日本語.md",
	} {
		if message := unsafeDest(dest); message != "" {
			t.Errorf("%q: %s", dest, message)
		}
	}
}

func TestAttributes(t *testing.T) {
	for text, want := range map[string]string{
		"A {#b}":                             "b",
		"A {#b .c d=e}":                      "b",
		"A {.c #b}":                          "b",
		"A {id=b}":                           "b",
		"A {id=\"b\" title='x y'}":           "b",
		"A{#b}":                              "b",
		"A { #b }":                           "b",
		"A {#größe.1_日本}":                    "größe.1_日本",
		"A {.c}":                             "a",
		"A {style=\"x: y\" data-z=1}":        "a",
		"A {#b!}":                            "a-b",
		"A {b}":                              "a-b",
		"A {b=c}":                            "a-bc",
		"A {#b c}":                           "a-b-c",
		"A {}":                               "a-",
		"A {.5}":                             "a-5",
		"A {#}":                              "a-",
		"A {title=\"b}":                      "a-titleb",
		"A {=b}":                             "a-b",
		"A {a b=c .d}":                       "a-a-bc-d",
		"A `{#b}`":                           "a-b",
		"A \\{#b}":                           "a-b",
		"A \\\\{#b}":                         "b",
		"A {#b":                              "a-b",
		"A {#b} c":                           "a-b-c",
		"A {#\"onclick=x}":                   "a-onclickx",
		"A {.c onclick=\"alert(1)\"}":        "a",
		"A {x\"y=z #b}":                      "a-xyz-b",
		"{" + strings.Repeat("a", 501) + "}": strings.Repeat("a", 501),
	} {
		h := parse(t, "# "+text).Blocks[0].(*Heading)
		if h.ID != want {
			t.Errorf("%s: id %q, want %q", text, h.ID, want)
		}
	}
	h := parse(t, "Text\n{#b}\n===\n").Blocks[0].(*Heading)
	if h.ID != "b" || InlineText(h.Text) != "Text" {
		t.Errorf("setext: id %q of %q", h.ID, InlineText(h.Text))
	}
}

func TestAppendURL(t *testing.T) {
	for url, want := range map[string]string{
		"a b": "a%20b", "a%20b": "a%20b", "100%": "100%25", "%zz": "%25zz", "ä&\"'<>": "%C3%A4&amp;%22'%3C%3E", "[x]": "%5Bx%5D",
	} {
		if got := string(AppendURL(nil, url)); got != want {
			t.Errorf("%q: got %q, want %q", url, got, want)
		}
	}
}

func TestParseIsSafeForConcurrentUse(t *testing.T) {
	f := &source.File{Path: "x.md", Data: playbook(t)}
	want, _ := Parse(f, 0)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			got, _ := Parse(f, 0)
			if print(got, 0, true) != print(want, 0, true) {
				t.Error("another document from the same text")
			}
		})
	}
	wg.Wait()
}

func TestParseFromAnOffset(t *testing.T) {
	text := "---\ntitle: x\n---\n# [A](b.md)\n"
	from := strings.Index(text, "# ")
	doc, _ := Parse(&source.File{Path: "x.md", Data: []byte(text)}, from)
	if s := doc.Blocks[0].Span(); text[s.Start:s.End] != "# [A](b.md)" {
		t.Errorf("heading at %v", s)
	}
	if s := doc.Links[0].Span; text[s.Start:s.End] != "b.md" {
		t.Errorf("destination at %v", s)
	}
	if doc, list := Parse(&source.File{Path: "x.md", Data: []byte(text)}, len(text)); doc == nil || len(doc.Blocks) > 0 || len(list) > 0 {
		t.Error("an empty text is not an empty document")
	}
}

func TestManyOfAKind(t *testing.T) {
	_, list := Parse(&source.File{Path: "x.md", Data: []byte(strings.Repeat("[a](x:y)\n\n", 50))}, 0)
	last := list[len(list)-1]
	if len(list) != maxRepeats+1 || last.Message != "30 more of this kind in this file" || last.Line != 0 {
		t.Errorf("%d diagnostics, the last: %v", len(list), last)
	}
}
