package generator_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"plumb/generator"
	"plumb/generator/diag"
	"plumb/themes"
)

// TestUnderstand holds how a playbook is understood to examples, one idea a
// file: what plumb inspect prints of p.md, or of the first file where there is
// none, and what is said about it.
func TestUnderstand(t *testing.T) {
	for _, path := range archives(t, "testdata/understand") {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive := readArchive(t, path)
			site, want := split(t, archive)
			got := understood(t, site, inspected(archive))
			if *update {
				setWant(archive, got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// inspected returns the name of the file an example is about.
func inspected(archive *txtar.Archive) string {
	for _, f := range archive.Files {
		if f.Name == "p.md" {
			return f.Name
		}
	}
	return archive.Files[0].Name
}

// understood returns what is understood of a file of a site. All but the
// settings stand in the content folder.
func understood(t *testing.T, files fstest.MapFS, name string) string {
	t.Helper()
	site := fstest.MapFS{}
	for name, f := range files {
		if name != "plumb.yaml" {
			name = "playbooks/" + name
		}
		site[name] = f
	}
	report, err := generator.Inspect(context.Background(), generator.Options{Root: site, Themes: themes.FS(), AsOf: asOf}, "playbooks/"+name)
	if err != nil {
		t.Fatal(err)
	}
	b := bytes.NewBufferString(report.Text())
	if len(report.Diagnostics) > 0 {
		b.WriteString("\n")
	}
	if err := (diag.Text{}).Print(b, report.Diagnostics); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(b.String(), "playbooks/"+name, name)
}
