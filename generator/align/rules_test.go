package align_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"plumb/generator"
	"plumb/generator/align"
	"plumb/generator/diag"
	"plumb/generator/output"
	"plumb/themes"
)

var update = flag.Bool("update", false, "write what is found into the examples; look at the difference")

// asOf is the day of the examples.
var asOf = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

// checked builds the site of an archive and returns its report.
func checked(t *testing.T, files []txtar.File) *generator.Report {
	t.Helper()
	root := fstest.MapFS{"playbooks/empty.txt": &fstest.MapFile{}}
	for _, f := range files {
		root[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	report, err := generator.Build(context.Background(), generator.Options{Root: root, Themes: themes.FS(), AsOf: asOf}, output.Discard{})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// printed returns the findings of a code as a terminal shows them.
func printed(t *testing.T, list []diag.Diagnostic, code diag.Code) string {
	t.Helper()
	var b strings.Builder
	list = slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool { return d.Code != code })
	if err := (diag.Text{}).Print(&b, list); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// exactElsewhere are the errors that reading and linking find.
var exactElsewhere = []diag.Code{
	diag.PositionMissing, diag.SegmentMissing, diag.BadPosition, diag.KeyTwice, diag.UnknownSegment, diag.UnknownRole, diag.BrokenAnchor, diag.BrokenAsset, diag.BrokenLink,
}

// TestExamples checks a site for each example in testdata/rules/CODE: one named
// finds-… holds a file “want”, what is printed of that code; one named silent-… has
// no finding of the code. Every rule has three of both.
func TestExamples(t *testing.T) {
	codes := slices.Clone(exactElsewhere)
	for _, r := range align.Rules() {
		codes = append(codes, r.Code)
	}
	for _, code := range codes {
		for _, kind := range []string{"finds", "silent"} {
			paths, err := filepath.Glob(filepath.Join("testdata", "rules", string(code), kind+"-*.txtar"))
			if err != nil || len(paths) < 3 {
				t.Errorf("%s: %d examples that it %s; there are to be 3", code, len(paths), kind)
			}
			for _, path := range paths {
				t.Run(string(code)+"/"+strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { example(t, path, code, kind == "finds") })
			}
		}
	}
}

func example(t *testing.T, path string, code diag.Code, finds bool) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
	want := ""
	if i >= 0 {
		want = string(archive.Files[i].Data)
		archive.Files = slices.Delete(archive.Files, i, i+1)
	}
	got := printed(t, checked(t, archive.Files).Diagnostics, code)
	if *update && finds {
		archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		want = got
	}
	if (got != "") != finds || got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// TestExplanations holds every rule to a text that a terminal can show.
func TestExplanations(t *testing.T) {
	seen := map[diag.Code]bool{}
	for _, r := range align.Rules() {
		text, ok := align.Explain(r.Code)
		if _, elsewhere := diag.Explain(r.Code); !ok || elsewhere || seen[r.Code] {
			t.Errorf("%s is explained twice, or not at all", r.Code)
		}
		seen[r.Code] = true
		if r.Title == "" || strings.HasSuffix(r.Title, ".") || r.Text == "" || r.Why == "" || r.Bad == "" || r.Good == "" {
			t.Errorf("%s lacks a part: %+v", r.Code, r)
		}
		for line := range strings.Lines(text.Body) {
			if len([]rune(line)) > 110 {
				t.Errorf("%s: %q is too long", r.Code, line)
			}
		}
	}
}
