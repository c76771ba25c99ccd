package diag_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"plumb/generator/diag"
)

// constants returns the codes that code.go declares.
func constants(t *testing.T) []diag.Code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "code.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []diag.Code
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, diag.Code(value))
		}
		return true
	})
	return out
}

func TestEveryCodeHasAText(t *testing.T) {
	declared := constants(t)
	slices.Sort(declared)
	if len(declared) == 0 || len(slices.Compact(slices.Clone(declared))) != len(declared) {
		t.Fatalf("codes twice, or none: %v", declared)
	}
	for _, c := range declared {
		if _, ok := diag.Explain(c); !ok {
			t.Errorf("no text explains the code %s", c)
		}
	}
	for _, c := range diag.Codes() {
		if !slices.Contains(declared, c) {
			t.Errorf("the text %s.txt explains no code", c)
		}
	}
}

// TestTexts looks at what every text has: a title, why it matters, a wrong and
// a right example, lines that a terminal holds.
func TestTexts(t *testing.T) {
	for _, c := range diag.Codes() {
		e, _ := diag.Explain(c)
		for _, part := range []string{"\n\nWhy it matters: ", "\n\nWrong:   ", "\nRight:   "} {
			if !strings.Contains(e.Body, part) {
				t.Errorf("%s has no %q", c, strings.TrimSpace(part))
			}
		}
		if e.Title == "" || strings.HasSuffix(e.Title, ".") || strings.HasPrefix(e.Body, "\n") || !strings.HasSuffix(e.Body, "\n") {
			t.Errorf("%s: title %q, body %q", c, e.Title, e.Body)
		}
		for line := range strings.Lines(e.Title + "\n" + e.Body) {
			if utf8.RuneCountInString(line) > 86 || strings.TrimRight(line, " \n") != strings.TrimSuffix(line, "\n") {
				t.Errorf("%s: %q is too long or ends in spaces", c, line)
			}
		}
	}
	if _, ok := diag.Explain("no-such-code"); ok {
		t.Error("a code that does not exist is explained")
	}
}
