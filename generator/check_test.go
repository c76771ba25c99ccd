package generator_test

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"

	"plumb/generator"
	"plumb/generator/diag"
	"plumb/generator/output"
	"plumb/themes"
)

// TestCheckSaysWhatBuildSays, of every broken site, but for pages that the theme
// could not make.
func TestCheckSaysWhatBuildSays(t *testing.T) {
	for _, file := range archives(t, "testdata/broken") {
		root, _ := split(t, readArchive(t, file))
		o := generator.Options{Root: root, Themes: themes.FS(), AsOf: asOf}
		built, err := generator.Build(context.Background(), o, output.Discard{})
		if err != nil {
			t.Fatal(file, err)
		}
		checked, err := generator.Check(context.Background(), o)
		if err != nil {
			t.Fatal(file, err)
		}
		if got, want := printed(t, checked), printed(t, built); got != want && len(built.Failed) == 0 {
			t.Errorf("%s: a check says\n%s\nand a build\n%s", filepath.Base(file), got, want)
		}
		if len(checked.Silenced) != len(built.Silenced) {
			t.Errorf("%s: a check counts %d exceptions and a build %d", filepath.Base(file), len(checked.Silenced), len(built.Silenced))
		}
	}
}

func printed(t *testing.T, r *generator.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := (diag.Text{}).Print(&b, r.Diagnostics); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
