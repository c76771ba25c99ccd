package fix_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plumb/generator/fix"
)

// site makes a folder with a text, links and a repository, and opens it.
func site(t *testing.T) (*os.Root, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	for path, data := range map[string]string{"a.md": "old", "b/c.md": "old", ".git/config": "old", "../outside.md": "old"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, path)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, path), []byte(data), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	for name, to := range map[string]string{"link.md": "b/c.md", "out.md": "../outside.md", "git.md": ".git/config", "up": "..", "nowhere.md": "no.md"} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root, dir
}

func read(t *testing.T, dir, path string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func file(path string) fix.File { return fix.File{Path: path, Old: []byte("old"), New: []byte("new")} }

func TestWrite(t *testing.T) {
	root, dir := site(t)
	if n, err := fix.Write(root, dir, []fix.File{file("a.md"), file("link.md")}); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	if read(t, dir, "a.md") != "new" || read(t, dir, "b/c.md") != "new" {
		t.Error("not written")
	}
	if info, err := os.Lstat(filepath.Join(dir, "link.md")); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link is one no more", info, err)
	}
	for _, path := range []string{"a.md", "b/c.md"} {
		if info, err := os.Stat(filepath.Join(dir, path)); err != nil || info.Mode().Perm() != 0o640 {
			t.Errorf("%s: mode %v %v", path, info.Mode(), err)
		}
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".plumb-fix") {
			t.Errorf("%s was left behind", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestWriteNothing: where one file cannot be written, none is.
func TestWriteNothing(t *testing.T) {
	root, dir := site(t)
	changed := file("b/c.md")
	changed.Old = []byte("older")
	for name, c := range map[string]struct {
		bad  fix.File
		want error
	}{
		"changed since": {changed, fix.ErrChanged},
		"out":           {file("out.md"), fix.ErrOutside},
		"above":         {file("../outside.md"), fix.ErrOutside},
		"a folder up":   {file("up/outside.md"), fix.ErrOutside},
		"git":           {file("git.md"), fix.ErrOutside},
		"git by name":   {file(".git/config"), fix.ErrOutside},
		"gone":          {file("gone.md"), fs.ErrNotExist},
		"leads nowhere": {file("nowhere.md"), fs.ErrNotExist},
	} {
		n, err := fix.Write(root, dir, []fix.File{file("a.md"), c.bad})
		if n != 0 || !errors.Is(err, c.want) {
			t.Errorf("%s: %d written, %v", name, n, err)
		}
	}
	for _, path := range []string{"a.md", "b/c.md", ".git/config", "../outside.md"} {
		if read(t, dir, path) != "old" {
			t.Errorf("%s was written", path)
		}
	}
}

// TestWriteInTheWay: what another run left behind is never written over.
func TestWriteInTheWay(t *testing.T) {
	root, dir := site(t)
	if err := os.WriteFile(filepath.Join(dir, ".a.md.plumb-fix"), []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	if n, err := fix.Write(root, dir, []fix.File{file("a.md")}); n != 0 || err == nil || !strings.Contains(err.Error(), "in the way") {
		t.Error(n, err)
	}
	if read(t, dir, ".a.md.plumb-fix") != "other" || read(t, dir, "a.md") != "old" {
		t.Error("written over")
	}
}
