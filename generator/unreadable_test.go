package generator_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"

	"plumb/generator"
	"plumb/generator/diag"
	"plumb/generator/output"
	"plumb/themes"
)

// faulty is a file system in which some files cannot be opened. (That of the
// machine does not refuse its administrator anything.)
type faulty struct {
	fstest.MapFS
	faults map[string]error
}

func (f faulty) Open(name string) (fs.File, error) {
	if err := f.faults[name]; err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return f.MapFS.Open(name)
}

func (f faulty) ReadFile(name string) ([]byte, error) {
	if err := f.faults[name]; err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return f.MapFS.ReadFile(name)
}

func (f faulty) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := f.faults[name]; err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return f.MapFS.ReadDir(name)
}

var readable = fstest.MapFS{
	"playbooks/index.md":     {Data: []byte("[a](a.md) [x](nowhere.md)\n")},
	"playbooks/a.md":         {Data: []byte("Text.\n")},
	"playbooks/closed/b.md":  {Data: []byte("Text.\n")},
	"playbooks/closed/c.md":  {Data: []byte("Text.\n")},
	"playbooks/open/d.md":    {Data: []byte("Text.\n")},
	"playbooks/open/plan.md": {Data: []byte("Text.\n")},
}

// TestForbidden: what may not be read is an error of the content, said with
// all others in one run; nothing else is said about links to it.
func TestForbidden(t *testing.T) {
	site := faulty{readable, map[string]error{"playbooks/a.md": fs.ErrPermission, "playbooks/closed": fs.ErrPermission}}
	report, err := generator.Build(context.Background(), generator.Options{Root: site, Themes: themes.FS(), AsOf: asOf}, output.Discard{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := (diag.Text{}).Print(&b, report.Diagnostics); err != nil {
		t.Fatal(err)
	}
	const want = `playbooks/a.md: error: this may not be read: permission denied [unreadable-file]
  hint: give yourself the right to read it, or move it away
playbooks/closed: error: this may not be read: permission denied [unreadable-file]
  hint: give yourself the right to read it, or move it away
playbooks/index.md:1:15: error: there is no page playbooks/nowhere.md [broken-link]
    [a](a.md) [x](nowhere.md)
                  ^~~~~~~~~~
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// TestForbiddenBeside: neither an asset nor plumb.yaml nor a logo that may not be
// read keeps the pages from being made.
func TestForbiddenBeside(t *testing.T) {
	site := fstest.MapFS{
		"playbooks/a.md":      {Data: []byte("[plan](plan.pdf) ![photo](photo.svg)\n")},
		"playbooks/plan.pdf":  {Data: []byte("plan")},
		"playbooks/other.pdf": {Data: []byte("other")},
		"logo.svg":            {Data: []byte(`<svg viewBox="0 0 3 1"/>`)},
		"playbooks/photo.svg": {Data: []byte(`<svg viewBox="0 0 4 3"/>`)},
		"plumb.yaml":          {Data: []byte("theme:\n  logo: logo.svg\n")},
	}
	for _, path := range []string{"playbooks/plan.pdf", "playbooks/photo.svg", "plumb.yaml", "logo.svg"} {
		tree := &output.Tree{}
		report, err := generator.Build(context.Background(), generator.Options{Root: faulty{site, map[string]error{path: fs.ErrPermission}}, Themes: themes.FS(), AsOf: asOf}, tree)
		if err != nil {
			t.Fatal(path, err)
		}
		if _, ok := tree.Get("a.html"); !ok || len(report.Diagnostics) != 1 || report.Diagnostics[0].Path != path {
			t.Errorf("%s: %v", path, report.Diagnostics)
		}
	}
}

// TestFaultOfTheDisk: a disk that fails is no fault of the content.
func TestFaultOfTheDisk(t *testing.T) {
	broken := errors.New("input/output error")
	for _, path := range []string{"playbooks/a.md", "playbooks/closed", "playbooks"} {
		site := faulty{readable, map[string]error{path: broken}}
		if _, err := generator.Build(context.Background(), generator.Options{Root: site, Themes: themes.FS(), AsOf: asOf}, output.Discard{}); !errors.Is(err, broken) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
