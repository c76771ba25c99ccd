package output

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

func TestSinksRefuseTheSamePaths(t *testing.T) {
	inTemp(t)
	for _, row := range []struct {
		paths string // the last one is refused
		want  string
	}{
		{"", `output: "" is not a path of a file`},
		{".", `output: "." is not a path of a file`},
		{"/a", `output: "/a" is not a path of a file`},
		{"a/", `output: "a/" is not a path of a file`},
		{"a//b", `output: "a//b" is not a path of a file`},
		{"../a", `output: "../a" is not a path of a file`},
		{"a/../b", `output: "a/../b" is not a path of a file`},
		{`a\b`, `output: "a\\b" is not a path of a file`},
		{"a\x00", `output: "a\x00" is not a path of a file`},
		{"\xff", `output: "\xff" is not a path of a file`},
		{".plumb/manifest.json", `output: ".plumb/manifest.json" lies in the folder Plumb keeps for itself`},
		{".PLUMB/x", `output: ".PLUMB/x" lies in the folder Plumb keeps for itself`},
		{".plumb", `output: ".plumb" lies in the folder Plumb keeps for itself`},
		{"b/c.html b/c.html", "two files of the site want the path b/c.html"},
		{"b/C.html b/c.html", "the paths b/C.html and b/c.html differ by case or accents only"},
		{"\u00e9.html e\u0301.html", "the paths \u00e9.html and e\u0301.html differ by case or accents only"},
		{"\u00c9.html e\u0301.html", "the paths \u00c9.html and e\u0301.html differ by case or accents only"},
		{"\u03a3 \u03c2", "the paths \u03a3 and \u03c2 differ by case or accents only"},
		{"a a/b", "a cannot be both a file and a folder (a)"},
		{"A/b/c a", "a cannot be both a file and a folder (A)"},
	} {
		paths := strings.Split(row.paths, " ")
		p, err := Open(Options{Dir: "public"})
		must(t, err)
		for name, sink := range map[string]Sink{"Tree": new(Tree), "Publication": p, "Discard": Discard{}} {
			var err error
			for i, path := range paths {
				if err = sink.Put(File{Path: path}); err != nil && i < len(paths)-1 {
					t.Fatal(err)
				}
			}
			want := row.want
			if name == "Discard" && len(paths) > 1 {
				want = "<nil>" // it has no memory
			}
			if fmt.Sprint(err) != want {
				t.Errorf("%s: %q: %v, want %s", name, paths, err, want)
			}
		}
		must(t, p.Discard())
	}
}

func TestTree(t *testing.T) {
	var tree Tree
	if tree.Len() != 0 || tree.Paths() != nil {
		t.Error("a new tree is not empty")
	}
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() {
			if err := tree.Put(File{Path: fmt.Sprintf("%03d", i), Class: Page, Data: []byte{byte(i)}}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if paths := tree.Paths(); len(paths) != 100 || paths[0] != "000" || paths[99] != "099" || tree.Len() != 100 {
		t.Errorf("paths %q", paths)
	}
	if f, ok := tree.Get("007"); !ok || f.Class != Page || string(f.Data) != "\x07" || f.Sum != SumOf([]byte{7}) {
		t.Errorf("Get: %+v, %t", f, ok)
	}
	if _, ok := tree.Get("100"); ok {
		t.Error("Get found what was not put")
	}
	other := new(Tree)
	must(t, tree.CopyTo(other))
	if !tree.Equal(other) || tree.Digest() != other.Digest() {
		t.Error("a copy differs")
	}
	if err := tree.CopyTo(other); err == nil {
		t.Error("copied twice")
	}
}

func TestDiff(t *testing.T) {
	a := treeOf(t, site{"same": "1", "changed": "1", "gone": "1"})
	b := treeOf(t, site{"same": "1", "changed": "2", "added": "1"})
	if got, want := a.Diff(b), []string{"+ added", "! changed", "- gone"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if a.Equal(b) || a.Diff(a) != nil {
		t.Error("Equal and Diff do not agree")
	}
}

// Two trees have one digest if and only if they hold the same, in whatever order
// it was put.
func TestDigestIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawAny(t, "a"), drawAny(t, "b")
		one, two := treeOf(t, a), treeOf(t, b)
		if one.Equal(two) != maps.Equal(a, b) || (len(one.Diff(two)) == 0) != maps.Equal(a, b) {
			t.Fatalf("%v and %v: equal %t, diff %q", a, b, one.Equal(two), one.Diff(two))
		}
		if !one.Equal(treeOf(t, maps.Clone(a))) {
			t.Fatalf("the order matters for %v", a)
		}
	})
}

func drawAny(t *rapid.T, label string) site {
	s := site{}
	for _, p := range rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "ab", "1:a", "c/d"}), 0, 3).Draw(t, label) {
		s[p] = rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, p)
	}
	return s
}

func TestGivenSumsAreUsed(t *testing.T) {
	inTemp(t)
	var tree Tree
	sum := SumOf([]byte("told"))
	must(t, tree.Put(File{Path: "a", Data: []byte("told"), Sum: sum}))
	if f, _ := tree.Get("a"); f.Sum != sum {
		t.Error("the sum was not kept")
	}
}

func TestStampsAreTrustedOnlyWhenOlderThanTheirList(t *testing.T) {
	s := stamps{[]stamp{{5, 7}, {5, 9}, {9, 7}, {10, 10}}, 9}
	for i, row := range []struct {
		index int
		now   stamp
		want  bool
	}{
		{0, stamp{5, 7}, true},
		{0, stamp{5, 8}, false},   // changed, its time set back
		{0, stamp{6, 7}, false},   // modified
		{1, stamp{5, 9}, false},   // as young as the list
		{2, stamp{9, 7}, false},   // as young as the list
		{3, stamp{10, 10}, false}, // a clock that was set back
		{4, stamp{}, false},       // not in the list
	} {
		if got := s.trusts(row.index, row.now); got != row.want {
			t.Errorf("row %d: %t, want %t", i, got, row.want)
		}
	}
}

// Whatever a sink refuses, no two of the paths it takes are one place to a file
// system that folds case.
func TestTakenPathsFoldApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		taken := newNames(0)
		var folded []string
		for _, p := range rapid.SliceOf(rapid.StringMatching(`[aAbB\x{e9}\x{c9}](/[aAbB])?(/c)?`)).Draw(t, "paths") {
			if taken.add(p) == nil {
				folded = append(folded, strings.ToLower(p))
			}
		}
		slices.Sort(folded)
		for i, p := range folded {
			for _, q := range folded[i+1:] {
				if p == q || strings.HasPrefix(q, p+"/") {
					t.Fatalf("%s and %s are both taken", p, q)
				}
			}
		}
	})
}

// TestLater has files that come later made when one of them is asked for, once,
// and stand in no list.
func TestLater(t *testing.T) {
	tree, made := &Tree{}, 0
	tree.Put(File{Path: "index.html", Data: []byte("home")})
	before := tree.Digest()
	tree.Later(func(path string) string { return map[string]string{"late.js": "all", "lost.js": "all"}[path] }, func(_ string, s Sink) error {
		made++
		return s.Put(File{Path: "late.js", Data: []byte("late")})
	})
	if _, ok := tree.Get("other.js"); ok || made > 0 {
		t.Errorf("another file: %v, made %d times", ok, made)
	}
	for range 2 {
		if f, ok := tree.Get("late.js"); !ok || string(f.Data) != "late" || f.Sum != SumOf(f.Data) {
			t.Errorf("late.js: %q %v", f.Data, ok)
		}
	}
	if _, ok := tree.Get("lost.js"); ok || made != 1 || tree.Len() != 1 || tree.Digest() != before {
		t.Errorf("lost.js: %v, made %d times, %d files", ok, made, tree.Len())
	}
	failing := &Tree{}
	failing.Later(func(string) string { return "any" }, func(_ string, s Sink) error {
		s.Put(File{Path: "half.js"})
		return errors.New("no room")
	})
	if _, ok := failing.Get("half.js"); ok {
		t.Error("a file of what failed")
	}
}

// TestLaterOwners has several owners of files that come later, each with groups of
// its own: only the group that is asked for is made, and an owner's path is
// nobody else's.
func TestLaterOwners(t *testing.T) {
	tree, made := &Tree{}, []string{}
	for _, folder := range []string{"a/", "b/", "a/"} {
		tree.Later(func(path string) string {
			if strings.HasPrefix(path, folder) {
				return strings.TrimSuffix(path, ".2")
			}
			return ""
		}, func(group string, s Sink) error {
			made = append(made, group)
			s.Put(File{Path: group, Data: []byte(group)})
			return s.Put(File{Path: group + ".2", Data: []byte("second")})
		})
	}
	for _, path := range []string{"b/x", "b/x.2", "a/y.2", "b/x", "a/y", "c/z"} {
		f, ok := tree.Get(path)
		if ok != (path != "c/z") || ok && f.Path != path {
			t.Errorf("%s: %v %q", path, ok, f.Path)
		}
	}
	if want := []string{"b/x", "a/y"}; !slices.Equal(made, want) {
		t.Errorf("made %q, want %q", made, want)
	}
}
