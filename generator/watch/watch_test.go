package watch_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"plumb/generator/watch"
)

// patience is how long a test waits for what ought to come at once.
const patience = 20 * time.Second

// fatal is what a test and a property have in common.
type fatal interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// site is a folder under watch with what a builder remembers of it.
type site struct {
	fatal
	dir string
	*watch.Folder
	o       watch.Options
	memory  map[string]memory
	cookies int
}

// memory is a file's content as it was read.
type memory struct {
	version uint64
	data    string
}

// open begins to watch a folder that holds some files, whose content is their
// names, and reads it.
func open(t testing.TB, o watch.Options, files ...string) *site {
	t.Helper()
	s := openIn(t, t.TempDir(), t.Cleanup, o, files...)
	s.view()
	return s
}

func openIn(t fatal, dir string, cleanup func(func()), o watch.Options, files ...string) *site {
	t.Helper()
	s := &site{fatal: t, dir: dir, memory: map[string]memory{}, o: o}
	s.mkdir("playbooks")
	for _, name := range files {
		s.write(name, name)
	}
	f, err := watch.Open(dir, o)
	s.ok(err)
	cleanup(func() { s.ok(f.Close()) })
	s.Folder = f
	return s
}

func (s *site) ok(err error) {
	s.Helper()
	if err != nil {
		s.Fatalf("%v", err)
	}
}

func (s *site) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

func (s *site) mkdir(name string) { s.Helper(); s.ok(os.MkdirAll(s.path(name), 0o755)) }

func (s *site) write(name, text string) {
	s.Helper()
	s.mkdir(filepath.Dir(name))
	s.ok(os.WriteFile(s.path(name), []byte(text), 0o644))
}

func (s *site) rename(from, to string) { s.Helper(); s.ok(os.Rename(s.path(from), s.path(to))) }

func (s *site) remove(name string) { s.Helper(); s.ok(os.RemoveAll(s.path(name))) }

func (s *site) link(target, name string) { s.Helper(); s.ok(os.Symlink(target, s.path(name))) }

// dropping reports names that editors leave behind, as the generator does.
func dropping(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") ||
		strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") ||
		strings.HasSuffix(name, ".swp") || strings.HasSuffix(name, ".tmp") ||
		name == "4913" || strings.HasSuffix(name, "___jb_tmp___") || strings.HasSuffix(name, "___jb_old___")
}

// view reads all that a builder reads: plumb.yaml, a theme and the cookie,
// which may be missing, and everything below playbooks; with the memory of the
// reading before. The answer for a name is its type and content or an error.
func (s *site) view() map[string]string { return view(s.Folder, s.recall) }

// recall reads a file unless its content is known by its version.
func (s *site) recall(name string) (string, error) {
	if m := s.memory[name]; m.version != 0 && m.version == s.Version(name) {
		return m.data, nil
	}
	data, version, err := s.ReadVersion(name)
	if err == nil {
		s.memory[name] = memory{version, string(data)}
	}
	return string(data), err
}

// disk is the view of one who remembers nothing.
func (s *site) disk() map[string]string {
	root, err := os.OpenRoot(s.dir)
	s.ok(err)
	defer root.Close()
	return view(root.FS(), func(name string) (string, error) {
		data, err := fs.ReadFile(root.FS(), name)
		return string(data), err
	})
}

func view(files fs.FS, read func(string) (string, error)) map[string]string {
	out := map[string]string{}
	file := func(name string) {
		data, err := read(name)
		out[name] = cmp.Or(fault(err), data)
	}
	file("plumb.yaml")
	file("cookie")
	if _, err := fs.Stat(files, "themes/own"); err != nil {
		out["themes/own"] = fault(err)
	}
	for _, top := range []string{"themes/own", "playbooks"} {
		_ = fs.WalkDir(files, top, func(p string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				out[p] = fault(err)
			case dropping(d.Name()) && d.IsDir():
				return fs.SkipDir
			case dropping(d.Name()):
			case d.IsDir():
				out[p] = "folder"
			case d.Type().IsRegular():
				file(p)
			default:
				info, err := fs.Stat(files, p)
				if out[p] = fault(err); err == nil && info.Mode().IsRegular() {
					file(p)
				} else if err == nil {
					out[p] = "link to " + info.Mode().Type().String()
				}
			}
			return nil
		})
	}
	return out
}

// fault tells errors apart as a builder does.
func fault(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, fs.ErrNotExist):
		return "missing"
	case errors.Is(err, fs.ErrPermission):
		return "forbidden"
	}
	return "broken"
}

// wait waits for the next change.
func (s *site) wait() watch.Change {
	s.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if s.o.NoEvents && s.o.Sweep == time.Hour {
		s.SweepNow()
	}
	c, err := s.Wait(ctx)
	s.ok(err)
	return c
}

// settle writes a cookie and builds after each change until one reports the
// cookie and that nothing is pending. It returns what was reported besides.
func (s *site) settle() []string {
	s.Helper()
	s.cookies++
	cookie := fmt.Sprint(s.cookies)
	s.ok(os.WriteFile(s.path("cookie.new"), []byte(cookie), 0o644))
	s.rename("cookie.new", "cookie")
	all := map[string]bool{}
	for {
		c := s.wait()
		seen := s.view()
		for _, p := range c.Paths {
			all[p] = true
		}
		if all["cookie"] && seen["cookie"] == cookie && !c.Pending {
			maps.DeleteFunc(all, func(p string, _ bool) bool { return path.Base(p) == "cookie" })
			return slices.Sorted(maps.Keys(all))
		}
	}
}

// wants settles and compares what was reported, and what is seen then with the
// disk.
func (s *site) wants(want ...string) {
	s.Helper()
	slices.Sort(want)
	if got := s.settle(); !slices.Equal(got, want) {
		s.Errorf("reported %q, want %q", got, want)
	}
	s.agrees()
}

// agrees compares what is seen with the disk.
func (s *site) agrees() {
	s.Helper()
	got, want := s.view(), s.disk()
	for p := range want {
		if got[p] != want[p] {
			s.Errorf("%s is seen as %q and is %q", p, got[p], want[p])
		}
	}
	for p := range got {
		if _, ok := want[p]; !ok {
			s.Errorf("%s is seen as %q and is not there", p, got[p])
		}
	}
}

// both runs a test with events and with sweeps alone.
func both(t *testing.T, test func(t *testing.T, o watch.Options)) {
	t.Parallel()
	for name, noEvents := range map[string]bool{"events": false, "sweeps": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, watch.Options{Ignore: dropping, Sweep: time.Hour, NoEvents: noEvents})
		})
	}
}
