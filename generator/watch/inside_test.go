package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// deaf are ears that a test speaks into.
type deaf struct {
	events chan fsnotify.Event
	errors chan error
	add    func(dir string) error
}

func newDeaf() *deaf {
	return &deaf{events: make(chan fsnotify.Event), errors: make(chan error), add: func(string) error { return nil }}
}

func (d *deaf) ears() *ears {
	return &ears{
		add: func(dir string) error { return d.add(dir) }, remove: func(string) error { return nil },
		close:  func() error { close(d.events); return nil },
		events: d.events, errors: d.errors,
	}
}

func openDeaf(t *testing.T, d *deaf, o Options, files ...string) *Folder {
	t.Helper()
	dir := t.TempDir()
	for _, name := range files {
		write(t, filepath.Join(dir, name), name)
	}
	if o.Sweep == 0 {
		o.Sweep = 24 * time.Hour
	}
	var e *ears
	if d != nil {
		e = d.ears()
	}
	f, err := open(dir, o, e)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// readAll reads every file; it returns their names.
func readAll(t *testing.T, f *Folder) (names []string) {
	t.Helper()
	err := fs.WalkDir(f, ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, p)
			_, err = f.ReadFile(p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func wait(t *testing.T, f *Folder) Change {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	c, err := f.Wait(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (f *Folder) hint(name string) {
	f.event(fsnotify.Event{Name: f.abs(name), Op: fsnotify.Write | fsnotify.Create})
}

// TestLostEvents has changes of every kind that nothing tells of but the error
// of a queue that ran over.
func TestLostEvents(t *testing.T) {
	d := newDeaf()
	f := openDeaf(t, d, Options{Hold: time.Millisecond}, "a", "b", "c/d", "c/e", "same")
	readAll(t, f)
	write(t, f.abs("a"), "other")
	write(t, f.abs("c/new/f"), "new")
	if err := errors.Join(os.Remove(f.abs("b")), os.Rename(f.abs("c/d"), f.abs("c/g")), os.Chtimes(f.abs("same"), time.Unix(1, 0), time.Unix(1, 0))); err != nil {
		t.Fatal(err)
	}
	d.errors <- fsnotify.ErrEventOverflow
	var got []string
	for pending := true; pending; {
		c := wait(t, f)
		got, pending = append(got, c.Paths...), c.Pending
	}
	slices.Sort(got)
	if want := []string{"a", "b", "c/d", "c/g", "c/new/f"}; !slices.Equal(got, want) {
		t.Errorf("reported %q, want %q", got, want)
	}
}

// TestManySigns rings for more names than are remembered one by one.
func TestManySigns(t *testing.T) {
	f := openDeaf(t, nil, Options{}, "a")
	readAll(t, f)
	for i := range manySigns {
		f.hint(fmt.Sprint("nobody-asked-for-", i))
	}
	write(t, f.abs("a"), "other")
	f.hint("a")
	if n := len(f.bell.signs); n > manySigns+1 {
		t.Errorf("%d signs are remembered", n)
	}
	if c := wait(t, f); !slices.Equal(c.Paths, []string{"a"}) {
		t.Errorf("reported %q", c.Paths)
	}
}

// TestExhausted lets the system run out of watches after the first.
func TestExhausted(t *testing.T) {
	for _, limit := range []struct {
		err    error
		remedy string
	}{{syscall.ENOSPC, "fs.inotify.max_user_watches"}, {syscall.EMFILE, "ulimit -n"}, {errors.New("odd"), "odd"}} {
		d, left := newDeaf(), 1
		d.add = func(string) error {
			if left--; left < 0 {
				return limit.err
			}
			return nil
		}
		f := openDeaf(t, d, Options{Sweep: 5 * time.Millisecond}, "a", "b/c", "d/e/f")
		readAll(t, f)
		c := wait(t, f)
		if !strings.Contains(c.Notice, limit.remedy) || !strings.Contains(c.Notice, "every 5ms") || len(c.Paths) > 0 {
			t.Errorf("%v: reported %+v", limit.err, c)
		}
		write(t, f.abs("d/e/f"), "other")
		if c := wait(t, f); !slices.Equal(c.Paths, []string{"d/e/f"}) || c.Notice != "" {
			t.Errorf("%v: then reported %+v", limit.err, c)
		}
	}
}

// TestUnwatchable has folders that cannot be listened to because they are not
// there any more: that is no limit of the system's.
func TestUnwatchable(t *testing.T) {
	d := newDeaf()
	d.add = func(dir string) error {
		if filepath.Base(dir) != "b" {
			return nil
		}
		if err := errors.Join(os.RemoveAll(dir), os.Symlink("b", dir)); err != nil {
			t.Error(err)
		}
		return syscall.ELOOP
	}
	f := openDeaf(t, d, Options{}, "a", "b/c")
	if _, err := f.ReadFile("a"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.ReadFile("b/c"); err == nil {
		t.Fatal("what was removed was read")
	}
	write(t, f.abs("a"), "other")
	f.hint("a")
	if c := wait(t, f); c.Notice != "" || !slices.Equal(c.Paths, []string{"a"}) {
		t.Errorf("reported %+v", c)
	}
}

// TestPace signals at given times and says when changes are reported, in
// milliseconds since the first sign.
func TestPace(t *testing.T) {
	for _, test := range []struct {
		name  string
		signs []int // of a new edit each
		want  string
	}{
		{"one", []int{0}, "15"},
		{"a burst", []int{0, 10, 20, 30}, "45"},
		{"two", []int{0, 16}, "15 31"},
		{"no end", []int{0, 14, 28, 42, 56, 70, 84, 98, 112, 126, 140, 154, 168, 182, 196, 210, 224, 238, 252, 266}, "250 pending 281"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := openDeaf(t, nil, Options{}, "a")
				readAll(t, f)
				begun := time.Now()
				go func() {
					for i, at := range test.signs {
						time.Sleep(time.Until(begun.Add(time.Duration(at) * time.Millisecond)))
						write(t, f.abs("a"), fmt.Sprint("edit ", i))
						f.hint("a")
					}
				}()
				var got []string
				end := begun.Add(time.Duration(test.signs[len(test.signs)-1]) * time.Millisecond)
				for !time.Now().After(end) {
					c := wait(t, f)
					got = append(got, fmt.Sprint(time.Since(begun).Milliseconds()))
					if c.Pending {
						got = append(got, "pending")
					}
				}
				if s := strings.Join(got, " "); s != test.want {
					t.Errorf("reported at %s, want %s", s, test.want)
				}
				f.Close()
			})
		})
	}
}

// TestNoise has a file written all the time that nobody reads: it neither
// delays a change nor wakes anybody.
func TestNoise(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := openDeaf(t, nil, Options{}, "plumb.yaml")
		if _, err := f.ReadFile("plumb.yaml"); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		go func() {
			for range 100 {
				f.hint("debug.log")
				f.hint("public/index.html")
				time.Sleep(5 * time.Millisecond)
			}
		}()
		time.Sleep(100 * time.Millisecond)
		write(t, f.abs("plumb.yaml"), "other")
		f.hint("plumb.yaml")
		if c, at := wait(t, f), time.Since(begun); !slices.Equal(c.Paths, []string{"plumb.yaml"}) || c.Pending || at != 115*time.Millisecond {
			t.Errorf("reported %+v after %s", c, at)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if c, err := f.Wait(ctx); err == nil {
			t.Errorf("reported %+v", c)
		}
		f.Close()
	})
}

// TestHold empties or removes a file and gives it another content, or none,
// some time after.
func TestHold(t *testing.T) {
	remove := func(t *testing.T, file string) {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	empty := func(t *testing.T, file string) { write(t, file, "") }
	for _, test := range []struct {
		name  string
		away  func(t *testing.T, file string)
		after int // milliseconds
		text  string
		want  string
	}{
		{"removed, back in time", remove, 100, "new", "b 15 pending, a 115"},
		{"removed, back the same", remove, 100, "a", "b 15 pending, nothing 115"},
		{"removed, back too late", remove, 500, "new", "b 15 pending, a 315, a 515"},
		{"emptied, back in time", empty, 100, "new", "b 15 pending, a 115"},
		{"emptied, back the same", empty, 100, "a", "b 15 pending, nothing 115"},
		{"emptied, back too late", empty, 500, "new", "b 15 pending, a 315, a 515"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := openDeaf(t, nil, Options{}, "a", "b")
				readAll(t, f)
				version, begun := f.Version("a"), time.Now()
				test.away(t, f.abs("a"))
				write(t, f.abs("b"), "other")
				f.hint("a")
				f.hint("b")
				go func() {
					time.Sleep(time.Duration(test.after) * time.Millisecond)
					write(t, f.abs("a"), test.text)
					f.hint("a")
				}()
				var got []string
				for c := (Change{Pending: true}); c.Pending || time.Since(begun) < time.Duration(test.after)*time.Millisecond; {
					c = wait(t, f)
					text := fmt.Sprintf("%s %d", strings.Join(c.Paths, " "), time.Since(begun).Milliseconds())
					if len(c.Paths) == 0 {
						text = "nothing" + text
					}
					if c.Pending {
						text += " pending"
						if f.Version("a") != version {
							t.Error("the version of what is held changed")
						}
					}
					got = append(got, text)
				}
				if s := strings.Join(got, ", "); s != test.want {
					t.Errorf("reported %q, want %q", s, test.want)
				}
				f.Close()
			})
		})
	}
}

// TestRenamedIsNotHeld: who finds a file by another name need not wait.
func TestRenamedIsNotHeld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := openDeaf(t, nil, Options{}, "a", "d/e")
		readAll(t, f)
		if err := errors.Join(os.Rename(f.abs("a"), f.abs("b")), os.Rename(f.abs("d"), f.abs("g"))); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		for _, name := range []string{"a", "b", "d", "g"} {
			f.hint(name)
		}
		c := wait(t, f)
		if took := time.Since(begun); !slices.Equal(c.Paths, []string{"a", "b", "d/e", "g/e"}) || c.Pending || took > 30*time.Millisecond {
			t.Errorf("reported %+v after %s", c, took)
		}
		f.Close()
	})
}

// TestReadsWhatWasLookedAt truncates a file between Wait and the reading: what
// is read is still what Wait saw, once.
func TestReadsWhatWasLookedAt(t *testing.T) {
	f := openDeaf(t, nil, Options{}, "a")
	readAll(t, f)
	write(t, f.abs("a"), "other")
	f.hint("a")
	wait(t, f)
	version := f.Version("a")
	write(t, f.abs("a"), "half")
	f.hint("a")
	for _, want := range []string{"other", "half"} {
		if data, err := f.ReadFile("a"); err != nil || string(data) != want {
			t.Fatalf("read %q (%v), want %q", data, err, want)
		}
	}
	if f.Version("a") == version {
		t.Error("two contents have one version")
	}
}

// TestKeepsLittle edits files that are too large to be kept, and too many.
func TestKeepsLittle(t *testing.T) {
	f := openDeaf(t, nil, Options{Cap: time.Minute})
	name := func(i int) string { return fmt.Sprintf("f%02d", i) }
	sizes := append(slices.Repeat([]int{keepUpTo}, 2+keepAll/keepUpTo), keepUpTo+1)
	for i, size := range sizes {
		write(t, f.abs(name(i)), strings.Repeat("a", size))
	}
	readAll(t, f)
	for i, size := range sizes {
		write(t, f.abs(name(i)), strings.Repeat("b", size))
		f.hint(name(i))
	}
	if c := wait(t, f); len(c.Paths) != len(sizes) {
		t.Fatalf("reported %q", c.Paths)
	}
	kept := 0
	for i, size := range sizes {
		n := f.find(name(i))
		kept += len(n.content.bytes)
		version := f.Version(name(i))
		if data, err := f.ReadFile(name(i)); err != nil || string(data) != strings.Repeat("b", size) || version != f.Version(name(i)) {
			t.Errorf("%s: read %d bytes (%v)", name(i), len(data), err)
		}
	}
	if kept != keepAll {
		t.Errorf("%d bytes were kept, want %d", kept, keepAll)
	}
}

// TestForgets has many files and folders come and go.
func TestForgets(t *testing.T) {
	f := openDeaf(t, newDeaf(), Options{Quiet: time.Microsecond, Hold: time.Microsecond}, "a")
	readAll(t, f)
	size := func() (nodes int) {
		f.mu.Lock()
		defer f.mu.Unlock()
		var count func(n *node)
		count = func(n *node) {
			nodes++
			for _, kid := range n.kids {
				count(kid)
			}
		}
		count(f.top)
		return nodes + len(f.places) + len(f.held) + len(f.bell.signs) + len(f.signs)
	}
	before := size()
	for i := range 200 {
		folder := fmt.Sprint("folder", i)
		write(t, f.abs(folder+"/deep/file"), "x")
		if err := os.Symlink("deep/file", f.abs(folder+"/link")); err != nil {
			t.Fatal(err)
		}
		f.hint(folder)
		wait(t, f)
		readAll(t, f)
		if err := os.RemoveAll(f.abs(folder)); err != nil {
			t.Fatal(err)
		}
		f.hint(folder)
		for wait(t, f).Pending {
		}
	}
	if after := size(); after != before {
		t.Errorf("%d things are remembered, %d were before", after, before)
	}
}
