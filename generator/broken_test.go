package generator_test

import (
	"bytes"
	"context"
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
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

var update = flag.Bool("update", false, "write what a test gives into its file as what it wants")

// asOf is the day for which the tests build.
var asOf = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

// TestBroken builds the sites of testdata/broken and compares all that is said
// about each. A file's name may be quoted as in Go; a file whose name ends in
// .quoted is made of Go's quoted strings, for bytes that are no text; one whose
// name ends in .link is a symbolic link.
func TestBroken(t *testing.T) {
	for _, file := range archives(t, "testdata/broken") {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive := readArchive(t, file)
			site, want := split(t, archive)
			got := messages(t, site)
			if *update {
				setWant(archive, got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
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

// TestEveryCodeIsBroken says which codes no broken site shows.
func TestEveryCodeIsBroken(t *testing.T) {
	code := regexp.MustCompile(`(?m) \[([a-z0-9-]+)\]$`)
	seen := map[string]bool{}
	for _, file := range archives(t, "testdata/broken") {
		_, want := split(t, readArchive(t, file))
		for _, m := range code.FindAllStringSubmatch(want, -1) {
			seen[m[1]] = true
		}
	}
	for _, c := range diag.Codes() {
		if !seen[string(c)] {
			t.Errorf("no site in testdata/broken shows the code %s", c)
		}
	}
}

// TestHonest builds sites that look broken and are not: nothing but notes may
// be said about them.
func TestHonest(t *testing.T) {
	for _, file := range archives(t, "testdata/honest") {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			site, want := split(t, readArchive(t, file))
			if got := messages(t, site); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func archives(t *testing.T, folder string) []string {
	t.Helper()
	paths, err := filepath.Glob(folder + "/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives in %s: %v", folder, err)
	}
	return paths
}

func readArchive(t *testing.T, file string) *txtar.Archive {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

// split parts the site from what is wanted.
func split(t *testing.T, archive *txtar.Archive) (fstest.MapFS, string) {
	t.Helper()
	site, want := fstest.MapFS{}, ""
	for _, f := range archive.Files {
		name := fileName(t, f.Name)
		plain := strings.TrimSuffix(name, path.Ext(name))
		switch {
		case name == "want":
			want = string(f.Data)
		case path.Ext(name) == ".quoted":
			site[plain] = &fstest.MapFile{Data: unquote(t, f.Data)}
		case path.Ext(name) == ".link":
			site[plain] = &fstest.MapFile{Data: bytes.TrimSpace(f.Data), Mode: fs.ModeSymlink}
		default:
			site[name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return site, want
}

func fileName(t *testing.T, name string) string {
	t.Helper()
	if !strings.HasPrefix(name, `"`) {
		return name
	}
	name, err := strconv.Unquote(name)
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// unquote joins the strings of the lines. A line may begin with a number and an
// asterisk: so often is the string repeated.
func unquote(t *testing.T, data []byte) []byte {
	t.Helper()
	var out []byte
	for line := range strings.Lines(string(data)) {
		times := 1
		if number, rest, ok := strings.Cut(line, " * "); ok && !strings.HasPrefix(line, `"`) {
			times, _ = strconv.Atoi(number)
			line = rest
		}
		text, err := strconv.Unquote(strings.TrimSpace(line))
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		out = append(out, strings.Repeat(text, times)...)
	}
	return out
}

func setWant(archive *txtar.Archive, want string) {
	i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
	if i < 0 {
		i = len(archive.Files)
		archive.Files = append(archive.Files, txtar.File{Name: "want"})
	}
	archive.Files[i].Data = []byte(want)
}

// messages returns all that a build of the site says.
func messages(t *testing.T, site fstest.MapFS) string {
	t.Helper()
	report, err := generator.Build(context.Background(), generator.Options{Root: site, Themes: themes.FS(), AsOf: asOf}, output.Discard{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := (diag.Text{}).Print(&b, besideRules(report.Diagnostics)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// besideRules leaves the findings of rules out: they have examples of their own,
// and few sites made for a test are whole playbooks.
func besideRules(list []diag.Diagnostic) []diag.Diagnostic {
	return slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool {
		return slices.ContainsFunc(align.Rules(), func(r *align.Rule) bool { return r.Code == d.Code })
	})
}
