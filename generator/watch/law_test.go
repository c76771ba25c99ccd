package watch_test

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"plumb/generator/watch"
)

// The law of a watched folder: after any deeds, what it answers is what the
// disk has, for a builder that reads nothing whose version it knows.

var (
	lawNames = []string{
		"playbooks", "playbooks/a", "playbooks/b", "playbooks/a/a", "playbooks/a/b", "playbooks/b/a", "playbooks/a/a/a", "playbooks/b/a/b",
		"playbooks/x.md", "playbooks/y.md", "playbooks/a/x.md", "playbooks/a/a/x.md", "playbooks/a/b/y.md", "playbooks/b/y.md",
		"content", "content/a", "content/x.md", "themes", "themes/own", "themes/own/x.css", "themes/own/a/x.css", "plumb.yaml",
	}
	lawDroppings = []string{"playbooks/x.md~", "playbooks/.x.md.swp", "playbooks/a/4913", "playbooks/#x.md#", ".git/index", "public/index.html", "plumb.yaml~"}
	lawTargets   = []string{"x.md", "y.md", "a", "a/x.md", "b/a", "../content", "../content/x.md", "content", "content/a", "../playbooks/a/../x.md", ".", "..", "../..", "/etc/passwd", "a/nothing", "b"}
	lawTexts     = []string{"", "1", "2", "3", "longer", "LONGER"}
)

// law is one run of deeds. Deeds that the disk does not allow are nothing.
type law struct {
	*site
	t *rapid.T
}

func (l law) name() string { return l.path(rapid.SampledFrom(lawNames).Draw(l.t, "name")) }
func (l law) text() []byte { return []byte(rapid.SampledFrom(lawTexts).Draw(l.t, "text")) }

// deeds are what others do to a folder.
func (l law) deeds() map[string]func() {
	return map[string]func(){
		"write": func() { _ = os.WriteFile(l.name(), l.text(), 0o644) },
		"write with parents": func() {
			name := l.name()
			_ = os.MkdirAll(filepath.Dir(name), 0o755)
			_ = os.WriteFile(name, l.text(), 0o644)
		},
		"append": func() {
			if f, err := os.OpenFile(l.name(), os.O_APPEND|os.O_WRONLY, 0); err == nil {
				_, _ = f.Write(l.text())
				_ = f.Close()
			}
		},
		"write, time as before": l.writeBack,
		"truncate":              func() { _ = os.Truncate(l.name(), 0) },
		"replace": func() {
			temp := l.path("playbooks/new.tmp")
			if os.WriteFile(temp, l.text(), 0o644) == nil {
				_ = os.Rename(temp, l.name())
			}
		},
		"rename":     func() { _ = os.Rename(l.name(), l.name()) },
		"remove":     func() { _ = os.Remove(l.name()) },
		"remove all": func() { _ = os.RemoveAll(l.name()) },
		"mkdir":      func() { _ = os.MkdirAll(l.name(), 0o755) },
		"folder with files": func() {
			name := l.name()
			_ = os.MkdirAll(filepath.Join(name, "a", "b"), 0o755)
			for _, p := range []string{"x.md", "a/x.md", "a/b/y.md"} {
				_ = os.WriteFile(filepath.Join(name, p), l.text(), 0o644)
			}
		},
		"link": func() { _ = os.Symlink(rapid.SampledFrom(lawTargets).Draw(l.t, "target"), l.name()) },
		"swap link": func() {
			temp := l.path("playbooks/new.tmp")
			if os.Symlink(rapid.SampledFrom(lawTargets).Draw(l.t, "target"), temp) == nil {
				_ = os.Rename(temp, l.name())
				_ = os.Remove(temp)
			}
		},
		// No system tells of a write by another name of a file.
		"hard link": func() {
			if from, to := l.name(), l.name(); l.o.NoEvents {
				_ = os.Link(from, to)
			}
		},
		"build": func() { l.view() },
	}
}

// writeBack writes other bytes of the same size and puts the time back.
func (l law) writeBack() {
	name := l.name()
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() || !filepath.IsLocal(path.Base(name)) {
		return
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return
	}
	for i := range data {
		data[i] ^= 1
	}
	if f, err := os.OpenFile(name, os.O_WRONLY, 0); err == nil {
		_, _ = f.Write(data)
		_ = f.Close()
		_ = os.Chtimes(name, info.ModTime(), info.ModTime())
	}
}

// nothings are what changes no content.
func (l law) nothings() map[string]func() {
	return map[string]func(){
		"touch":    func() { now := time.Now(); _ = os.Chtimes(l.name(), now, now) },
		"backdate": func() { _ = os.Chtimes(l.name(), time.Unix(1, 0), time.Unix(1, 0)) },
		"chmod":    func() { _ = os.Chmod(l.name(), 0o755) },
		"save": func() {
			name := l.name()
			info, err := os.Lstat(name)
			if err != nil || !info.Mode().IsRegular() {
				return
			}
			data, err := os.ReadFile(name)
			if err == nil && os.WriteFile(l.path("playbooks/new.tmp"), data, 0o644) == nil {
				_ = os.Rename(l.path("playbooks/new.tmp"), name)
			}
		},
		"dropping": func() {
			_ = os.WriteFile(l.path(rapid.SampledFrom(lawDroppings).Draw(l.t, "dropping")), l.text(), 0o644)
		},
	}
}

func TestLaw(t *testing.T) {
	both(t, func(t *testing.T, o watch.Options) { lawHolds(t, o, nil) })
}

// TestLawWhereCaseFolds looks at names as is done where a file is found by its
// name in other case.
func TestLawWhereCaseFolds(t *testing.T) {
	t.Parallel()
	lawHolds(t, watch.Options{Ignore: dropping, Sweep: time.Hour}, (*watch.Folder).FoldCase)
}

// lawHolds checks the law; prepare, if any, is called with each new folder.
func lawHolds(t *testing.T, o watch.Options, prepare func(*watch.Folder)) {
	o.Quiet, o.Cap, o.Hold = 2*time.Millisecond, 50*time.Millisecond, 8*time.Millisecond
	rapid.Check(t, func(r *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "law")
		if err != nil {
			r.Fatal(err)
		}
		l := law{openIn(r, dir, r.Cleanup, o, "playbooks/x.md", "playbooks/a/x.md", "playbooks/a/a/x.md", "plumb.yaml", ".git/index", "public/index.html"), r}
		if prepare != nil {
			prepare(l.Folder)
		}
		l.view()
		for range rapid.IntRange(1, 8).Draw(r, "steps") {
			l.step()
		}
	})
}

// step does some deeds, or some that change nothing.
func (l law) step() {
	deeds, change := l.deeds(), true
	if rapid.IntRange(0, 5).Draw(l.t, "kind") == 0 {
		deeds, change = l.nothings(), false
	}
	before := l.versions()
	var names []string
	for name := range deeds {
		names = append(names, name)
	}
	slices.Sort(names)
	for range rapid.IntRange(1, 5).Draw(l.t, "deeds") {
		deeds[rapid.SampledFrom(names).Draw(l.t, "deed")]()
	}
	reported := l.settle()
	l.agrees()
	if change {
		return
	}
	if len(reported) > 0 {
		l.Fatalf("reported %q after what changes nothing", reported)
	}
	for name, version := range l.versions() {
		if before[name] != version && path.Base(name) != "cookie" {
			l.Errorf("%s has another version after what changes nothing", name)
		}
	}
}

// versions are those of all files that are seen.
func (l law) versions() map[string]uint64 {
	out := map[string]uint64{}
	for name := range l.view() {
		out[name] = l.Version(name)
	}
	return out
}
