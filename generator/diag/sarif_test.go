package diag_test

import (
	"encoding/json"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif" // it carries the schema
	"github.com/santhosh-tekuri/jsonschema/v6"

	"plumb/generator/align"
	"plumb/generator/diag"
)

// schemaOf returns the official schema of SARIF 2.1.0, which the library has in
// a constant of its own.
func schemaOf(t *testing.T) *jsonschema.Schema {
	t.Helper()
	p, err := build.Import("github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif", ".", build.FindOnly)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var text string
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && text == "" {
			if text, err = strconv.Unquote(lit.Value); err != nil {
				t.Fatal(err)
			}
		}
		return true
	})
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", value); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func explain(c diag.Code) (diag.Explanation, bool) {
	if text, ok := align.Explain(c); ok {
		return text, true
	}
	return diag.Explain(c)
}

func sarif(t *testing.T, list []diag.Diagnostic, silenced []diag.Silenced) string {
	t.Helper()
	var b strings.Builder
	if err := (diag.SARIF{Version: "1.2.3", Dir: "site/", Explain: explain}).Print(&b, list, silenced); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func validate(t interface{ Fatalf(string, ...any) }, schema *jsonschema.Schema, text string) {
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
}

// everyKind is a finding of each code, in each form a place can have.
func everyKind() []diag.Diagnostic {
	codes := diag.Codes()
	for _, r := range align.Rules() {
		codes = append(codes, r.Code)
	}
	places := []diag.Place{at("one two", 5, 3), diag.File("a b/ü:%.md"), {Pos: diag.Pos{Path: "x.md", Line: 3}, Source: "s"}}
	var list []diag.Diagnostic
	for i, c := range codes {
		d := diag.New(diag.Severity(i%3), c, places[i%len(places)], "a message with a [link](https://example.com)", "a hint")
		d.Related = []diag.Related{{Place: places[(i+1)%len(places)], Message: "first here"}}
		list = append(list, d.Mended(places[i%len(places)].Replace("two", "three")))
	}
	return diag.Sort(list)
}

func TestSARIFIsValid(t *testing.T) {
	schema := schemaOf(t)
	list := everyKind()
	validate(t, schema, sarif(t, nil, nil))
	validate(t, schema, sarif(t, list, nil))
	text := sarif(t, list, []diag.Silenced{
		{Diagnostic: list[0], By: diag.Suppression{Reason: "we know", Pos: diag.Pos{Path: "plumb.yaml", Line: 9, Column: 7}, Until: "2030-01-01"}},
		{Diagnostic: list[1], By: diag.Suppression{Reason: "we know", Pos: diag.Pos{Path: "a.md", Line: 9}}},
	})
	validate(t, schema, text)
	for _, want := range []string{
		`"uri": "site/a%20b/%C3%BC%3A%25.md"`, `"uriBaseId": "SRCROOT"`, `"columnKind": "unicodeCodePoints"`, `"endColumn": 8`,
		`"kind": "external"`, `"kind": "inSource"`, `"justification": "we know (until 2030-01-01)"`, `[link\\](https://example.com).\nHint: a hint`,
		`"text": "three"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text[:2000])
		}
	}
}

// TestSARIFRules: each code that occurs is described once, with the text of
// plumb explain, and each result leads to it.
func TestSARIFRules(t *testing.T) {
	list := everyKind()
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct {
					Rules []struct {
						ID               string
						ShortDescription struct{ Text string }
						FullDescription  struct{ Text string }
						Help             struct{ Text string }
					}
				}
			}
			Results []struct {
				RuleID    string
				RuleIndex int
			}
		}
	}
	if err := json.Unmarshal([]byte(sarif(t, append(list, list...), nil)), &log); err != nil {
		t.Fatal(err)
	}
	rules := log.Runs[0].Tool.Driver.Rules
	if len(rules) != len(list) {
		t.Errorf("%d rules for %d codes", len(rules), len(list))
	}
	for _, r := range rules {
		text, _ := explain(diag.Code(r.ID))
		if r.ShortDescription.Text != text.Title+"." || r.Help.Text != text.Body || r.FullDescription.Text == "" || strings.Contains(r.FullDescription.Text, "Wrong:") {
			t.Errorf("%+v", r)
		}
	}
	for _, r := range log.Runs[0].Results {
		if rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("%s leads to %s", r.RuleID, rules[r.RuleIndex].ID)
		}
	}
}

// TestFingerprints: a finding is known again when lines were put in above it and
// its message counts other days; two findings are never taken for one.
func TestFingerprints(t *testing.T) {
	prints := func(list ...diag.Diagnostic) (out []string) {
		for line := range strings.Lines(sarif(t, list, nil)) {
			if strings.Contains(line, "plumbFinding/v1") {
				out = append(out, line)
			}
		}
		return out
	}
	one := diag.New(diag.Note, diag.RawHTML, at("a line", 1, 1), "3 days ago", "")
	below := one
	below.Line, below.Message, below.Source = 9, "4 days ago", "  a  line"
	other := one
	other.Source = "another"
	if prints(one)[0] != prints(below)[0] {
		t.Error("a finding is another one further down")
	}
	if all := prints(one, below, other); all[0] == all[1] || all[0] == all[2] || all[1] == all[2] {
		t.Errorf("findings that are taken for one: %q", all)
	}
}
