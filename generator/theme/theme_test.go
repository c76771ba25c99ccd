package theme_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"plumb/generator/diag"
	"plumb/generator/theme"
)

var update = flag.Bool("update", false, "write what was got into the testdata")

// view is what the layouts of the tests are executed with.
type view struct {
	Title string
	Page  *page
	Role  *role
	Links []string
}

type page struct{ Body string }

type role struct{ Team string }

// base is the layer below the one that a test is about.
func base() fstest.MapFS {
	return files(map[string]string{
		"layouts/base.html":         "<!doctype html>\n<html lang=\"en\">\n<head><title>{{.Title}}</title></head>\n<body>\n{{block \"main\" .}}<h1>{{.Title}}</h1>{{end}}\n</body>\n</html>\n",
		"layouts/page.html":         "{{define \"main\"}}<p>{{t \"owner\"}}: {{template \"partials/who.html\" .}}</p>{{end}}\n",
		"layouts/partials/who.html": "<b>{{.Title}}</b>\n",
		"i18n/en.yaml":              "owner: Owner\ncount.one: \"%d piece\"\ncount.other: \"%d pieces\"\nfrom: \"from %s to %s\"\ndate: \"{d} {month} {y}\"\nmonth.3: March\n",
		"i18n/de.yaml":              "owner: Inhaber\ncount.one: \"%d Stück\"\ncount.other: \"%d Stücke\"\ndate: \"{d}. {month} {y}\"\nmonth.3: März\n",
		"assets/a.css":              "p {\n\tcolor: red;\n}\n",
		"assets/deep/b.bin":         "\xff\x00",
	})
}

func files(texts map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range texts {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

func load(lang string, own fs.FS) (*theme.Theme, []diag.Diagnostic) {
	return theme.Load([]fs.FS{own, base()}, []string{"themes/acme/", "built-in:default/"}, lang)
}

// TestErrors loads each archive's theme over the base and makes its pages; the
// part “want” is all that is said of it.
func TestErrors(t *testing.T) {
	archives, err := filepath.Glob("testdata/errors/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal(archives, err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { errorsOf(t, name) })
	}
}

// archive reads a txtar file: what stands before the part “want”, which comes
// last, the files of that, and “want” itself.
func archive(t *testing.T, path string) (head string, parts fstest.MapFS, want string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, want, _ = strings.Cut(string(data), "-- want --\n")
	parts = fstest.MapFS{}
	var into *fstest.MapFile
	for line := range strings.Lines(head) {
		if name, ok := strings.CutPrefix(line, "-- "); ok {
			into = &fstest.MapFile{}
			parts[strings.TrimSuffix(name, " --\n")] = into
		} else if into != nil {
			into.Data = append(into.Data, line...)
		}
	}
	return head, parts, want
}

func errorsOf(t *testing.T, path string) {
	head, own, want := archive(t, path)
	th, list := load("de", own)
	for _, layout := range []string{"home", "page"} {
		if th.Has(layout) {
			var b bytes.Buffer
			list = append(list, th.Execute(&b, layout, view{Title: "T", Page: &page{}})...)
		}
	}
	var got bytes.Buffer
	if err := (diag.Text{}).Print(&got, diag.Sort(list)); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, []byte(head+"-- want --\n"+got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		want = got.String()
	}
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &got, want)
	}
}
