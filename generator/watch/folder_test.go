package watch_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"plumb/generator/watch"
)

func TestIsAFileSystem(t *testing.T) {
	s := open(t, watch.Options{Ignore: dropping}, "playbooks/a.md", "playbooks/b/c.md", "playbooks/b/d/e.md", "playbooks/.git/x", "playbooks/x~")
	files, err := fs.Sub(s.Folder, "playbooks")
	s.ok(err)
	s.ok(fstest.TestFS(files, "a.md", "b/c.md", "b/d/e.md"))
	info, err := fs.Stat(files, "b")
	s.ok(err)
	if !info.IsDir() || info.Name() != "b" {
		t.Errorf("b is %v", info)
	}
	if _, err := files.Open(".git/x"); err != nil {
		t.Errorf("what is ignored cannot be read by its name: %v", err)
	}
	for _, name := range []string{"", "/", "..", "../x", "a/", "a//b", "./a"} {
		for what, err := range map[string]error{"Stat": second(s.Stat(name)), "ReadFile": second(s.ReadFile(name)), "ReadDir": second(s.ReadDir(name)), "Open": second(s.Open(name))} {
			if !errors.Is(err, fs.ErrInvalid) {
				t.Errorf("%s(%q): %v", what, name, err)
			}
		}
		if v := s.Version(name); v != 0 {
			t.Errorf("Version(%q) = %d", name, v)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// TestContained has links that lead out, and reads what is no file.
func TestContained(t *testing.T) {
	both(t, func(t *testing.T, o watch.Options) {
		s := open(t, o, "playbooks/a.md")
		outside := t.TempDir()
		s.ok(os.WriteFile(outside+"/secret", []byte("secret"), 0o644))
		s.link(outside+"/secret", "playbooks/absolute")
		s.link("../../"+outside, "playbooks/folder")
		s.link("loop", "playbooks/loop")
		s.link("../..", "playbooks/up")
		s.settle()
		for _, name := range []string{"playbooks/absolute", "playbooks/folder/secret", "playbooks/loop", "playbooks/up/x", "playbooks"} {
			if data, err := s.ReadFile(name); err == nil {
				t.Errorf("%s: read %q", name, data)
			}
		}
		s.agrees()
		s.remove("playbooks/absolute")
		s.link("a.md", "playbooks/absolute")
		s.wants("playbooks/absolute")
	})
}

// TestSilent does what changes nothing that was read.
func TestSilent(t *testing.T) {
	both(t, func(t *testing.T, o watch.Options) {
		s := open(t, o, "playbooks/a.md", "public/index.html", ".git/index", "other/x")
		s.settle()
		version := s.Version("playbooks/a.md")
		now := time.Now()
		s.ok(os.Chtimes(s.path("playbooks/a.md"), now, now))
		s.ok(os.Chmod(s.path("playbooks/a.md"), 0o600))
		s.ok(os.Chtimes(s.path("playbooks"), now, now))
		s.write("playbooks/a.md", "playbooks/a.md")
		s.write("playbooks/.a.md.swp", "x")
		s.write("playbooks/a.md~", "x")
		s.write("playbooks/.git/x", "x")
		s.write("public/index.html", "other")
		s.write("public/new/index.html", "new")
		s.write("new/x", "new")
		s.write(".git/index", "other")
		s.rename("other", "another")
		s.wants()
		if s.Version("playbooks/a.md") != version {
			t.Error("the version changed")
		}
	})
}

// TestSameStamp writes other bytes of the same size, and puts the time back.
func TestSameStamp(t *testing.T) {
	both(t, func(t *testing.T, o watch.Options) {
		s := open(t, o, "playbooks/a.md", "playbooks/b.md")
		old := time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)
		s.ok(os.Chtimes(s.path("playbooks/a.md"), old, old))
		s.settle()
		s.write("playbooks/a.md", "PLAYBOOKS/A.MD")
		s.ok(os.Chtimes(s.path("playbooks/a.md"), old, old))
		info, err := os.Stat(s.path("playbooks/b.md"))
		s.ok(err)
		s.write("playbooks/b.md", "PLAYBOOKS/B.MD")
		s.ok(os.Chtimes(s.path("playbooks/b.md"), info.ModTime(), info.ModTime()))
		s.wants("playbooks/a.md", "playbooks/b.md")
	})
}

// TestAsked has names that were asked for come into being.
func TestAsked(t *testing.T) {
	both(t, func(t *testing.T, o watch.Options) {
		s := open(t, o, "playbooks/a.md")
		s.settle()
		s.write("plumb.yaml", "theme: own")
		s.wants("plumb.yaml")
		s.mkdir("themes")
		s.wants()
		// At once: a folder that is seen with nothing in it is told of by itself.
		s.write("new/x.css", "x")
		s.rename("new", "themes/own")
		s.wants("themes/own/x.css")
		s.write("themes/other/x.css", "x")
		s.wants()
		s.remove("themes")
		s.wants("themes/own/x.css")
		s.write("new/own/x.css", "x")
		s.rename("new", "themes")
		s.wants("themes/own/x.css")
		s.remove("plumb.yaml")
		s.wants("plumb.yaml")
	})
}

// TestFolderForFile has a file become a folder, and folders trade places.
func TestFolderForFile(t *testing.T) {
	both(t, func(t *testing.T, o watch.Options) {
		s := open(t, o, "playbooks/a", "playbooks/b/x.md", "playbooks/c/x.md", "playbooks/c/d/y.md")
		s.settle()
		s.remove("playbooks/a")
		s.write("playbooks/a/x.md", "x")
		s.wants("playbooks/a", "playbooks/a/x.md")
		for range 3 {
			s.rename("playbooks/b", "playbooks/trade")
			s.rename("playbooks/c", "playbooks/b")
			s.rename("playbooks/trade", "playbooks/c")
			s.settle()
			s.agrees()
			// Events bear the right names afterwards.
			for _, name := range []string{"playbooks/b/x.md", "playbooks/c/x.md"} {
				s.write(name, fmt.Sprint(time.Now()))
				s.wants(name)
			}
		}
		s.mkdir("playbooks/empty")
		s.wants("playbooks/empty")
		s.remove("playbooks/empty")
		s.wants("playbooks/empty")
	})
}

// TestLinks changes what links lead to, at every place on the way.
func TestLinks(t *testing.T) {
	both(t, func(t *testing.T, o watch.Options) {
		s := open(t, o, "one/deep/x.md", "two/deep/x.md", "playbooks/a.md")
		s.link("one", "way")
		s.link("../way/deep/x.md", "playbooks/link.md")
		s.link("way/deep", "themes")
		s.settle()
		s.write("one/deep/x.md", "other")
		s.wants("playbooks/link.md")
		s.remove("way")
		s.link("two", "way")
		s.wants("playbooks/link.md")
		s.rename("two", "three")
		s.wants("playbooks/link.md")
		s.rename("three", "two")
		s.wants("playbooks/link.md")
		s.write("two/deep/own/x.css", "x")
		s.wants("themes/own/x.css")
		s.write("two/deep/own/x.css", "other")
		s.wants("themes/own/x.css")
		s.rename("playbooks", "content")
		s.link("content", "playbooks")
		s.settle()
		s.agrees()
		s.write("content/a.md", "by the other name")
		s.wants("playbooks/a.md")
	})
}

// TestRootReplaced has the whole folder go and come back, as another and as
// the same.
func TestRootReplaced(t *testing.T) {
	for _, events := range []bool{true, false} {
		dir := t.TempDir() + "/site"
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		s := openIn(t, dir, t.Cleanup, watch.Options{Sweep: 5 * time.Millisecond, NoEvents: !events}, "playbooks/a.md", "playbooks/b.md")
		s.view()
		s.ok(os.Rename(dir, dir+"-away"))
		s.write("playbooks/a.md", "another site")
		s.write("playbooks/c.md", "another site")
		s.until("another site", "playbooks/c.md")
		s.remove("")
		s.ok(os.Rename(dir+"-away", dir))
		s.until("playbooks/b.md", "playbooks/b.md")
		s.write("playbooks/a.md", "as before")
		s.until("as before", "playbooks/a.md")
		s.settle()
		s.agrees()
	}
}

// until waits until a file is seen with a content.
func (s *site) until(text, name string) {
	s.Helper()
	for s.view()[name] != text {
		s.wait()
	}
}

// TestChangesWhileReading edits files while others are read, from several
// goroutines: in the end all is seen.
func TestChangesWhileReading(t *testing.T) {
	var names []string
	for i := range 50 {
		names = append(names, fmt.Sprintf("playbooks/%02d.md", i))
	}
	s := open(t, watch.Options{}, names...)
	s.settle()
	var all sync.WaitGroup
	stop := make(chan struct{})
	for range 3 {
		all.Go(func() {
			known := map[string]map[uint64]string{}
			for round := 0; ; round++ {
				select {
				case <-stop:
					return
				default:
				}
				name := names[round%len(names)]
				data, version, err := s.ReadVersion(name)
				if err != nil {
					t.Error(err)
				}
				if known[name] == nil {
					known[name] = map[uint64]string{}
				}
				if old, ok := known[name][version]; ok && old != string(data) {
					t.Errorf("%s: version %d is %q and %q", name, version, old, data)
				}
				known[name][version] = string(data)
			}
		})
	}
	for round := range 10 {
		for _, name := range names {
			s.write(name, fmt.Sprintf("%s in round %d", name, round))
		}
		s.settle()
	}
	close(stop)
	all.Wait()
	s.settle()
	s.agrees()
}

// TestEnds asks for the ends of Wait, and for what Close leaves behind.
func TestEnds(t *testing.T) {
	descriptors := func() int {
		list, err := os.ReadDir("/dev/fd")
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	goroutines, files := runtime.NumGoroutine(), descriptors()
	for _, noEvents := range []bool{false, true} {
		s := openIn(t, t.TempDir(), func(func()) {}, watch.Options{NoEvents: noEvents}, "playbooks/a.md", "playbooks/b/c.md")
		s.view()
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		if c, err := s.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) || c.Paths != nil {
			t.Errorf("Wait returned %v, %v", c, err)
		}
		cancel()
		if _, err := s.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Wait returned %v", err)
		}
		ended := make(chan error)
		go func() {
			_, err := s.Wait(t.Context())
			ended <- err
		}()
		s.ok(s.Close())
		if err := <-ended; !errors.Is(err, fs.ErrClosed) || !strings.Contains(err.Error(), s.dir) {
			t.Errorf("Wait returned %v", err)
		}
		if _, err := s.ReadFile("playbooks/b/new.md"); err == nil {
			t.Error("a closed folder was read")
		}
	}
	if _, err := watch.Open(t.TempDir()+"/nothing", watch.Options{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open returned %v", err)
	}
	if n := descriptors(); n != files {
		t.Errorf("%d descriptors are open, %d were", n, files)
	}
	for deadline := time.Now().Add(patience); runtime.NumGoroutine() > goroutines; runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines run, %d did", runtime.NumGoroutine(), goroutines)
		}
	}
}

// TestManyFiles holds the cost of one edit among 10,000 to that of one file.
func TestManyFiles(t *testing.T) {
	s := open(t, watch.Options{Sweep: time.Hour})
	for i := range 10_000 {
		s.ok(os.WriteFile(s.path(fmt.Sprintf("playbooks/%05d.md", i)), []byte("text"), 0o644))
	}
	s.settle()
	edit := func() {
		s.write("playbooks/05000.md", fmt.Sprint(time.Now()))
		for !slices.Contains(s.wait().Paths, "playbooks/05000.md") {
		}
	}
	if n := testing.AllocsPerRun(5, edit); n > 1000 {
		t.Errorf("an edit takes %v allocations", n)
	}
}
