package source_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"plumb/generator/diag"
	"plumb/generator/source"
)

// parse reads a text as YAML behind a line of another language, so that
// offsets are those of the file.
func parse(t *testing.T, text string) (*source.File, *source.Node, []diag.Diagnostic) {
	t.Helper()
	const before = "日本 é\n"
	f, list := source.Decode("x.yaml", []byte(before+text))
	if len(list) > 0 {
		t.Fatal(list)
	}
	n, list := source.YAML(f, source.Span{Start: len(before), End: len(f.Data)})
	return f, n, list
}

// show writes a value with the source at its place: kind(source).
func show(f *source.File, n *source.Node) string {
	if n == nil {
		return "nil"
	}
	at := string(f.Data[n.Span.Start:n.Span.End])
	var parts []string
	for _, item := range n.Items {
		parts = append(parts, show(f, item))
	}
	for _, field := range n.Fields {
		parts = append(parts, fmt.Sprintf("%s(%s): %s", field.Key, f.Data[field.Span.Start:field.Span.End], show(f, field.Value)))
	}
	switch n.Kind {
	case source.List:
		return "[" + strings.Join(parts, ", ") + "]"
	case source.Map:
		return "{" + strings.Join(parts, ", ") + "}"
	case source.Null:
		return "null"
	}
	return fmt.Sprintf("%s %q(%s)", map[source.Kind]string{source.Text: "text", source.Number: "number", source.Bool: "bool"}[n.Kind], n.Value, at)
}

func TestYAMLPlaces(t *testing.T) {
	for in, want := range map[string]string{
		"":                          "nil",
		"# only a comment\n":        "nil",
		"a: b\n":                    `{a(a): text "b"(b)}`,
		"é: 東京 x # 客\n":             `{é(é): text "東京 x"(東京 x)}`,
		"\"a\": 'it''s'\n":          `{a("a"): text "it's"('it''s')}`,
		"a : 12\n":                  `{a(a): number "12"(12)}`,
		"a: 0x10\nb: 1_000\n":       `{a(a): number "0x10"(0x10), b(b): number "1_000"(1_000)}`,
		"a: True\nb: false\nc: yes": `{a(a): bool "True"(True), b(b): bool "false"(false), c(c): text "yes"(yes)}`,
		"a:\nb: ~\nc: null\n":       `{a(a): null, b(b): null, c(c): null}`,
		"a: 2026-03-02\n":           `{a(a): text "2026-03-02"(2026-03-02)}`,
		"a: [é, 'x y', 3]\n":        `{a(a): [text "é"(é), text "x y"('x y'), number "3"(3)]}`,
		"a:\n  - é\n  - b: c\n":     `{a(a): [text "é"(é), {b(b): text "c"(c)}]}`,
		"{a: {é: 1}, b: 東}\n":       `{a(a): {é(é): number "1"(1)}, b(b): text "東"(東)}`,
		"a: |\n  x\n  y\nb: 1\n":    `{a(a): text "x\ny\n"(|), b(b): number "1"(1)}`,
		"a: one\n  two\nb: 1\n":     "{a(a): text \"one two\"(one\n  two), b(b): number \"1\"(1)}",
		"1: a\ntrue: b\n":           `{1(1): text "a"(a), true(true): text "b"(b)}`,
		"- a\n- b\n":                `[text "a"(a), text "b"(b)]`,
		"---\na: b\n":               `{a(a): text "b"(b)}`,
	} {
		f, n, list := parse(t, in)
		if got := show(f, n); got != want || len(list) > 0 {
			t.Errorf("%q:\ngot  %s %v\nwant %s", in, got, list, want)
		}
	}
}

func TestYAMLFaults(t *testing.T) {
	for _, c := range []struct {
		in           string
		code         diag.Code
		line, column int
	}{
		{"é: é: b\n", diag.YAMLSyntax, 2, 5},
		{"é: \"é\n", diag.YAMLSyntax, 2, 4},
		{"é: [é, b\nd: e\n", diag.YAMLSyntax, 2, 4},
		{"é: {é: b\nd: e\n", diag.YAMLSyntax, 2, 4},
		{"\té: x\n", diag.YAMLSyntax, 2, 1},
		{"a: é\n b: d\n", diag.YAMLSyntax, 3, 2},
		{"a: 1\né\n", diag.YAMLSyntax, 3, 1},
		{"é: &x 1\n", diag.YAMLFeature, 2, 4},
		{"é: *x\n", diag.YAMLFeature, 2, 4},
		{"é: !x y\n", diag.YAMLFeature, 2, 4},
		{"é:\n  <<: {a: 1}\n", diag.YAMLFeature, 3, 3},
		{"a: 1\n---\nb: 2\n", diag.YAMLFeature, 3, 1},
		{"a: 1\n...\nb: 2\n", diag.YAMLFeature, 4, 1},
		{"%YAML 1.2\n---\na: 1\n", diag.YAMLFeature, 2, 1},
		{"? a\n: b\n", diag.YAMLFeature, 2, 1},
		{"é: 1\nb: 2\né: 3\n", diag.DuplicateKey, 4, 1},
		{"a: {é: 1, é: 2}\n", diag.DuplicateKey, 2, 11},
	} {
		_, n, list := parse(t, c.in)
		if n != nil || len(list) == 0 {
			t.Errorf("%q: no fault", c.in)
			continue
		}
		if d := list[0]; d.Code != c.code || d.Line != c.line || d.Column != c.column || len(list) > 1 {
			t.Errorf("%q: %v", c.in, list)
		}
	}
}

// TestHostileYAML gives what the library would recurse into, or take a time for
// that grows with the square of the size.
func TestHostileYAML(t *testing.T) {
	deep := &strings.Builder{}
	for i := range 400 {
		deep.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	fill := func(s string) string { return strings.Repeat(s, source.MaxFrontMatter/len(s)) }
	for name, in := range map[string]string{
		"brackets": fill("["), "braces": fill("{a: "), "dashes": fill("- "), "marks": fill("? "),
		"keys": fill("a:\n"), "items": "a: [" + fill("x,") + "]", "entries": "a: {" + fill("x: 1,") + "}",
		"lines": fill("- a\n"), "levels": deep.String(), "anchors": fill("&a "),
	} {
		f, _ := source.Decode("x.yaml", []byte(in))
		begun := time.Now()
		n, list := source.YAML(f, source.Span{Start: 0, End: len(f.Data)})
		if n != nil || len(list) == 0 || len(list) > 20 {
			t.Errorf("%s: %d faults", name, len(list))
		}
		if took := time.Since(begun); took > 10*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}
