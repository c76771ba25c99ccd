package output

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// site is the files of a build: path → content.
type site map[string]string

// put puts a site, each file in the class its name asks for; it says of every
// other one only how it is written, which must make no difference.
func (s site) put(to Sink) error {
	for p, data := range s {
		f := File{Path: p, Class: classOf(p), Data: []byte(data)}
		if len(data)%2 == 1 {
			f.Data, f.Write = nil, func(to io.Writer) error {
				_, err := io.WriteString(to, data)
				return err
			}
		}
		if err := to.Put(f); err != nil {
			return err
		}
	}
	return nil
}

func classOf(p string) Class {
	switch {
	case p == "index.html":
		return Home
	case p == "search.js":
		return SearchRoot
	case strings.HasPrefix(p, "shards/"):
		return SearchShard
	case strings.HasSuffix(p, ".css"):
		return Asset
	}
	return Page
}

// build publishes a site as a command would.
func build(o Options, s site) (Stats, error) {
	p, err := Open(o)
	if err != nil {
		return Stats{}, err
	}
	defer p.Discard()
	if err := s.put(p); err != nil {
		return Stats{}, err
	}
	return p.Commit()
}

// fataler is *testing.T and *rapid.T.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

func must(t fataler, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v", err)
	}
}

func mustBuild(t fataler, o Options, s site) Stats {
	t.Helper()
	stats, err := build(o, s)
	must(t, err)
	return stats
}

// node is what stands at a path: all that a reader, rsync or a cache could see.
type node struct {
	mode     fs.FileMode
	data     string // or the target of a link
	modified int64
	changed  int64
	info     os.FileInfo
}

func (n node) same(m node) bool {
	return n.mode == m.mode && n.data == m.data && n.modified == m.modified && n.changed == m.changed &&
		os.SameFile(n.info, m.info)
}

// snapshot returns everything below a directory and itself, as ".".
func snapshot(t fataler, dir string) map[string]node {
	t.Helper()
	nodes := map[string]node{}
	must(t, filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		n := node{info.Mode(), "", info.ModTime().UnixNano(), changeTime(info), info}
		switch {
		case info.Mode().IsRegular():
			data, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			n.data = string(data)
		case info.Mode()&fs.ModeSymlink != 0:
			if n.data, err = os.Readlink(p); err != nil {
				return err
			}
		default:
			n.changed = 0 // a folder's times are put back, which shows in its change time
		}
		rel, err := filepath.Rel(dir, p)
		nodes[filepath.ToSlash(rel)] = n
		return err
	}))
	return nodes
}

// published leaves out what Plumb keeps for itself.
func published(nodes map[string]node) map[string]node {
	out := map[string]node{}
	for p, n := range nodes {
		if p != "." && p != ownFolder && !strings.HasPrefix(p, ownFolder+"/") {
			out[p] = n
		}
	}
	return out
}

// untouched fails unless both snapshots are the same to the last inode.
func untouched(t fataler, before, after map[string]node) {
	t.Helper()
	for p, n := range before {
		m, ok := after[p]
		if !ok {
			t.Fatalf("%s is gone", p)
		}
		if !n.same(m) {
			t.Fatalf("%s was touched:\n%+v\n%+v", p, n, m)
		}
	}
	for p := range after {
		if _, ok := before[p]; !ok {
			t.Fatalf("%s is new", p)
		}
	}
}

// contents returns the published files of an output.
func contents(t fataler, dir string) site {
	t.Helper()
	s := site{}
	for p, n := range published(snapshot(t, dir)) {
		if !n.mode.IsDir() {
			s[p] = n.data
		}
	}
	return s
}

func wantContents(t fataler, dir string, want site) {
	t.Helper()
	if diff := treeOf(t, want).Diff(treeOf(t, contents(t, dir))); len(diff) > 0 {
		t.Fatalf("%s is not what it should be:\n%s", dir, strings.Join(diff, "\n"))
	}
}

func treeOf(t fataler, s site) *Tree {
	t.Helper()
	tree := new(Tree)
	must(t, s.put(tree))
	return tree
}

// wantRefused fails unless the error is a refusal with this text.
func wantRefused(t fataler, err error, reason, hint string) {
	t.Helper()
	var refused *RefusedError
	if !errors.As(err, &refused) {
		t.Fatalf("not refused: %v", err)
	}
	if refused.Reason != reason || refused.Hint != hint {
		t.Fatalf("refused with\n  %s\n  hint: %s\nwant\n  %s\n  hint: %s", refused.Reason, refused.Hint, reason, hint)
	}
}

func write1(t fataler, p, data string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(p), 0o755))
	must(t, os.WriteFile(p, []byte(data), 0o644))
}

// tick returns once the file system's clock has moved on.
func tick(t fataler, dir string) {
	t.Helper()
	probe := filepath.Join(dir, "tick")
	var times []int64
	for len(slices.Compact(times)) < 3 {
		must(t, os.WriteFile(probe, []byte("x"), 0o644))
		info, err := os.Stat(probe)
		must(t, err)
		times = append(slices.Compact(times), info.ModTime().UnixNano())
	}
	must(t, os.Remove(probe))
}

// inTemp makes a temporary folder the working directory, so that messages show
// the short paths a user sees, and the home directory something harmless.
func inTemp(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("HOME", t.TempDir())
	return dir
}
