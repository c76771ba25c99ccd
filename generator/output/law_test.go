//go:build unix

package output

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The laws of an output, checked after every one of a random sequence of builds,
// discarded builds, builds cut off at a random step, and deeds of others.

var (
	lawPaths    = []string{"a", "a/b", "a/b/c", "a/b/z", "a/d", "e", "e/f", "g/h/i", "index.html", "x.css", "search.js", "shards/s.js"}
	lawForeign  = append(slices.Clone(lawPaths), "a/theirs", "theirs", "g/theirs", "g", "g/h", "a/b/theirs")
	lawContents = []string{"1", "2", "3", "longer"}
)

// machine is an output, and what the last build that published wrote into it.
type machine struct {
	o      Options
	listed site
	made   map[string]bool
}

func drawSite(t *rapid.T) site {
	s := site{}
	taken := newNames(0)
	for _, p := range rapid.SliceOfN(rapid.SampledFrom(lawPaths), 0, 9).Draw(t, "paths") {
		if taken.add(p) == nil {
			s[p] = rapid.SampledFrom(lawContents).Draw(t, p)
		}
	}
	return s
}

// folders returns the folders that a site's files are in.
func (s site) folders() map[string]bool {
	needed := map[string]bool{}
	for p := range s {
		for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
			needed[dir] = true
		}
	}
	return needed
}

// goes reports whether a file of the build before is deleted by a build of s.
func (m *machine) goes(now map[string]node, p string, s site) bool {
	data, listed := m.listed[p]
	_, put := s[p]
	n, there := now[p]
	return listed && !put && there && n.mode.IsRegular() && n.data == data
}

// conflict reports whether something that is not Plumb's is in the way of s.
func (m *machine) conflict(now map[string]node, s site) bool {
	for dir := range s.folders() {
		if n, there := now[dir]; there && !n.mode.IsDir() && !m.goes(now, dir, s) {
			return true
		}
	}
	for p, data := range s {
		n, there := now[p]
		_, listed := m.listed[p]
		switch {
		case !there:
		case n.mode.IsDir():
			if !m.folderGoes(now, p, s) {
				return true
			}
		case !listed && (!n.mode.IsRegular() || n.data != data):
			return true
		}
	}
	return false
}

func (m *machine) folderGoes(now map[string]node, dir string, s site) bool {
	if !m.made[dir] {
		return false
	}
	for p, n := range now {
		if !strings.HasPrefix(p, dir+"/") {
			continue
		}
		if n.mode.IsDir() && !m.made[p] || !n.mode.IsDir() && !m.goes(now, p, s) {
			return false
		}
	}
	return true
}

// stands reports whether a file is left alone because it is right already. One
// that the build before wrote otherwise is not read to find that somebody has
// changed it to just what is wanted now.
func (m *machine) stands(n node, p, data string) bool {
	old, listed := m.listed[p]
	return n.mode.IsRegular() && n.data == data && (!listed || old == data)
}

// expected returns what stands where after a build of s: the nodes that are not
// touched, and the contents of those that are new.
func (m *machine) expected(now map[string]node, s site) (untouched map[string]node, fresh site) {
	untouched, fresh = map[string]node{}, site{}
	for p, n := range now {
		data, put := s[p]
		if !put && !m.goes(now, p, s) || put && m.stands(n, p, data) {
			untouched[p] = n
		}
	}
	for p, data := range s {
		if _, ok := untouched[p]; !ok || untouched[p].mode.IsDir() {
			delete(untouched, p)
			fresh[p] = data
		}
	}
	needed := s.folders()
	made := slices.Sorted(maps.Keys(m.made))
	for _, dir := range slices.Backward(made) {
		if n, ok := untouched[dir]; ok && n.mode.IsDir() && !needed[dir] && !hasBelow(untouched, dir) {
			delete(untouched, dir)
		}
	}
	return untouched, fresh
}

func hasBelow(nodes map[string]node, dir string) bool {
	for p := range nodes {
		if strings.HasPrefix(p, dir+"/") {
			return true
		}
	}
	return false
}

// stats returns what Commit has to report.
func (m *machine) stats(now map[string]node, s site, fresh site) Stats {
	var want Stats
	for p, data := range s {
		_, isFresh := fresh[p]
		_, listed := m.listed[p]
		switch {
		case !isFresh:
			want.Unchanged++
			continue
		case listed:
			want.Changed++
		default:
			want.Written++
		}
		want.Bytes += int64(len(data))
	}
	for p := range m.listed {
		_, put := s[p]
		_, there := now[p]
		switch {
		case put || !there:
		case m.goes(now, p, s):
			want.Deleted++
		default:
			want.Kept = append(want.Kept, p)
		}
	}
	slices.Sort(want.Kept)
	return want
}

// matches reports whether the output is what a build of s makes of it.
func (m *machine) matches(before, after map[string]node, s site) string {
	keep, fresh := m.expected(before, s)
	folders := s.folders()
	for p, n := range keep {
		a, ok := after[p]
		switch {
		case !ok:
			return p + " is gone"
		case n.mode.IsDir() && a.mode.IsDir() && os.SameFile(n.info, a.info):
		case !n.same(a):
			return p + " was touched"
		}
	}
	for p, data := range fresh {
		if a, ok := after[p]; !ok || !a.mode.IsRegular() || a.data != data {
			return p + " is not what was put"
		}
	}
	for p, a := range after {
		_, kept := keep[p]
		_, put := fresh[p]
		if !kept && !put && !(folders[p] && a.mode.IsDir()) {
			return p + " should not be there"
		}
	}
	return ""
}

// publish notes that a build of s was published over what stood there.
func (m *machine) published(before map[string]node, s site) {
	made := map[string]bool{}
	for dir := range s.folders() {
		if n, there := before[dir]; m.made[dir] || !there || !n.mode.IsDir() {
			made[dir] = true
		}
	}
	m.listed, m.made = maps.Clone(s), made
}

func (m *machine) now(t fataler) map[string]node { return published(snapshot(t, m.o.Dir)) }

func (m *machine) build(t *rapid.T) {
	s := drawSite(t)
	whole := snapshot(t, m.o.Dir)
	before := published(whole)
	stats, err := build(m.o, s)
	if m.conflict(before, s) {
		if _, refused := err.(*RefusedError); !refused {
			t.Fatalf("not refused: %v", err)
		}
		untouched(t, whole, snapshot(t, m.o.Dir))
		return
	}
	must(t, err)
	if why := m.matches(before, m.now(t), s); why != "" {
		t.Fatalf("after a build: %s", why)
	}
	_, fresh := m.expected(before, s)
	if want := m.stats(before, s, fresh); !reflect.DeepEqual(stats, want) {
		t.Fatalf("stats %+v, want %+v", stats, want)
	}
	m.published(before, s)
	m.again(t, s)
}

// again builds the same site once more: nothing is touched.
func (m *machine) again(t *rapid.T, s site) {
	before := snapshot(t, m.o.Dir)
	stats := mustBuild(t, m.o, s)
	after := snapshot(t, m.o.Dir)
	delete(before, ".plumb/stat")
	delete(after, ".plumb/stat")
	untouched(t, before, after)
	if want := (Stats{Unchanged: len(s)}); !reflect.DeepEqual(stats, want) {
		t.Fatalf("stats of the same site %+v, want %+v", stats, want)
	}
}

func (m *machine) discard(t *rapid.T) {
	before := snapshot(t, m.o.Dir)
	p, err := Open(m.o)
	must(t, err)
	must(t, drawSite(t).put(p))
	must(t, p.Discard())
	untouched(t, before, snapshot(t, m.o.Dir))
}

// cutOff cuts a build off, perhaps cuts off the Open after it too, and lets a third
// one finish: the site is the old one or the new one.
func (m *machine) cutOff(t *rapid.T) {
	s := drawSite(t)
	before := m.now(t)
	finished, err := m.cut(t, "step", buildOf(s))
	if finished && err != nil {
		if !m.conflict(before, s) {
			t.Fatalf("%v", err)
		}
		return
	}
	if rapid.Bool().Draw(t, "cut again") {
		_, err := m.cut(t, "step of the next", openAndDiscard)
		must(t, err)
	}
	must(t, openAndDiscard(m.o))
	after := m.now(t)
	if !m.conflict(before, s) && m.matches(before, after, s) == "" && m.lists(t, s) {
		m.published(before, s)
		return
	}
	if !m.lists(t, m.listed) {
		t.Fatalf("the manifest is neither the old one nor the new one")
	}
	untouched(t, before, after)
}

func (m *machine) cut(t *rapid.T, label string, do func(Options) error) (bool, error) {
	o := m.o
	o.step = cutAt(rapid.IntRange(1, 30).Draw(t, label))
	return cutBy(t, o, do)
}

func openAndDiscard(o Options) error {
	p, err := Open(o)
	if err != nil {
		return err
	}
	return p.Discard()
}

// onDisk returns the files of the manifest on disk, nil if there is none.
func (m *machine) onDisk(t fataler) (*manifest, site) {
	data, err := os.ReadFile(m.o.Dir + "/.plumb/manifest.json")
	if os.IsNotExist(err) {
		return &manifest{}, site{}
	}
	must(t, err)
	got, err := decodeManifest(data)
	must(t, err)
	s := site{}
	for _, f := range got.Files {
		for _, c := range lawContents {
			if SumOf([]byte(c)) == f.Sum {
				s[f.Path] = c
			}
		}
	}
	return got, s
}

func (m *machine) lists(t fataler, s site) bool {
	_, got := m.onDisk(t)
	return maps.Equal(got, s)
}

// cutAndMeddle has somebody change a file between the cut and the next Open: what
// is theirs stays.
func (m *machine) cutAndMeddle(t *rapid.T) {
	s := drawSite(t)
	if finished, err := m.cut(t, "step", buildOf(s)); finished && err != nil {
		return
	}
	p := rapid.SampledFrom(lawForeign).Draw(t, "theirs")
	m.put(p, func(name string) error { return os.WriteFile(name, []byte("theirs"), 0o644) })
	theirs := m.now(t)[p]
	must(t, openAndDiscard(m.o))
	_, listed := m.listed[p]
	_, put := s[p]
	if n := m.now(t)[p]; theirs.data == "theirs" && !(listed && put) && !n.same(theirs) {
		t.Fatalf("%s was %+v and is %+v", p, theirs, n)
	}
	got, files := m.onDisk(t)
	m.listed, m.made = files, map[string]bool{}
	for _, dir := range got.Folders {
		m.made[dir] = true
	}
}

// put makes something at a path if its folder is one, or can be made.
func (m *machine) put(p string, do func(name string) error) {
	dir := m.o.Dir
	for _, part := range strings.Split(path.Dir(p), "/") {
		dir = filepath.Join(dir, part)
		if err := os.Mkdir(dir, 0o755); err != nil {
			if info, err := os.Lstat(dir); err != nil || !info.IsDir() {
				return
			}
		}
	}
	name := filepath.Join(m.o.Dir, filepath.FromSlash(p))
	if info, err := os.Lstat(name); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		os.Remove(name)
	}
	_ = do(name) // what cannot be done is not done
}

func (m *machine) meddle(t *rapid.T) {
	p := rapid.SampledFrom(lawForeign).Draw(t, "path")
	content := rapid.SampledFrom(lawContents).Draw(t, "content")
	deed := rapid.SampledFrom([]func(string) error{
		func(name string) error { return os.WriteFile(name, []byte(content), 0o644) },
		func(name string) error { return os.WriteFile(name, []byte(content), 0o644) },
		func(name string) error { return os.RemoveAll(name) },
		func(name string) error { return os.Mkdir(name, 0o755) },
		func(name string) error { return os.Symlink("../outside", name) },
		func(name string) error { return os.Symlink("a", name) },
	}).Draw(t, "deed")
	m.put(p, deed)
}

func (m *machine) tick(t *rapid.T) { tick(t, filepath.Dir(m.o.Dir)) }

func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "laws")
		must(t, err)
		defer os.RemoveAll(dir)
		must(t, os.Mkdir(dir+"/outside", 0o755))
		write1(t, dir+"/outside/b", "outside")
		m := &machine{o: Options{Dir: dir + "/public"}, listed: site{}, made: map[string]bool{}}
		mustBuild(t, m.o, site{})
		t.Repeat(map[string]func(*rapid.T){
			"build": m.build, "discard": m.discard, "cut": m.cutOff, "cut and meddle": m.cutAndMeddle,
			"meddle": m.meddle, "meddle more": m.meddle, "tick": m.tick,
			"": func(t *rapid.T) {
				if got := contents(t, dir+"/outside"); !maps.Equal(got, site{"b": "outside"}) {
					t.Fatalf("outside the output: %v", got)
				}
			},
		})
	})
}
