package watch_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"plumb/generator/watch"
)

// deed is a way in which a program saves, moves or deletes files. It begins
// with playbooks/x.md and playbooks/y.md, which hold a line “old”.
type deed struct {
	name  string
	first string // a script that is run before the folder is watched
	do    func(d *desk) error
	// reports is what is reported of it, without names that begin with passing.
	reports string
	passing string
	// goes are files that are meant to be missing or empty.
	goes string
}

var deeds = []deed{
	{name: "vim, backupcopy=yes", do: vim("backupcopy=yes"), reports: "playbooks/x.md"},
	{name: "vim, backupcopy=no", do: vim("backupcopy=no"), reports: "playbooks/x.md"},
	{name: "vim, backupcopy=auto", do: vim("backupcopy=auto"), reports: "playbooks/x.md"},
	{name: "vim, backup kept", do: vim("backupcopy=no backup"), reports: "playbooks/x.md"},
	{name: "nano", do: nano(), reports: "playbooks/x.md"},
	{name: "nano, locking, backup", do: nano("--locking", "--backup"), reports: "playbooks/x.md"},
	{name: "emacs, locking, backup", do: emacs("(setq create-lockfiles t make-backup-files t)"), reports: "playbooks/x.md"},
	{name: "emacs, backup by copying", do: emacs("(setq create-lockfiles t make-backup-files t backup-by-copying t)"), reports: "playbooks/x.md"},
	{name: "emacs, auto-save, no backup", do: emacs("(progn (setq create-lockfiles t make-backup-files nil) (auto-save-mode 1))"), reports: "playbooks/x.md"},
	{name: "VS Code, in place", do: (*desk).inPlace, reports: "playbooks/x.md"},
	{name: "JetBrains, safe write", do: (*desk).safeWrite, reports: "playbooks/x.md"},
	{name: "Sublime Text, atomic save", do: (*desk).atomicSave, reports: "playbooks/x.md"},
	{name: "sed -i", do: run("sed", "-i", "s/old/new/", "x.md"), reports: "playbooks/x.md", passing: "playbooks/sed"},
	{name: "sed -i.bak", do: run("sed", "-i.bak", "s/old/new/", "x.md"), reports: "playbooks/x.md playbooks/x.md.bak", passing: "playbooks/sed"},
	{name: "rsync", do: rsync(), reports: "playbooks/new.md playbooks/x.md"},
	{name: "rsync --inplace", do: rsync("--inplace"), reports: "playbooks/new.md playbooks/x.md"},
	{name: "rsync --delete", do: rsync("--delete", "--delay-updates"), reports: "playbooks/link playbooks/new.md playbooks/x.md playbooks/y.md", goes: "playbooks/link playbooks/y.md"},
	{name: "mv in", do: shell("echo new >../z.md; mv ../z.md z.md"), reports: "playbooks/z.md"},
	{name: "mv over", do: shell("echo new >../z.md; mv ../z.md x.md"), reports: "playbooks/x.md"},
	{name: "mv out", do: shell("mv x.md ../x.md"), reports: "playbooks/x.md", goes: "playbooks/x.md"},
	{name: "mv to another name", do: shell("mv x.md z.md"), reports: "playbooks/x.md playbooks/z.md", goes: "playbooks/x.md"},
	{name: "mv a folder in and out", do: shell("mkdir ../d; echo new >../d/z.md; mv ../d d; mv d/z.md z.md; mv d .."), reports: "playbooks/z.md", passing: "playbooks/d"},
	{name: "cp -a", do: shell("mkdir ../d ../d/e; echo new >../d/z.md; echo new >../d/e/z.md; cp -a ../d ."), reports: "playbooks/d/e/z.md playbooks/d/z.md"},
	{name: "mkdir -p with files at once", do: shell("mkdir -p d/e/f; for i in 1 2 3; do echo new >d/$i.md; echo new >d/e/$i.md; echo new >d/e/f/$i.md; done"),
		reports: "playbooks/d/1.md playbooks/d/2.md playbooks/d/3.md playbooks/d/e/1.md playbooks/d/e/2.md playbooks/d/e/3.md playbooks/d/e/f/1.md playbooks/d/e/f/2.md playbooks/d/e/f/3.md"},
	{name: "delete and recreate", do: shell("rm x.md; sleep 0.1; echo new >x.md"), reports: "playbooks/x.md"},
	{name: "delete and recreate the same", do: shell("cp x.md ..; rm x.md; sleep 0.1; cp ../x.md x.md")},
	{name: "delete", do: shell("rm x.md"), reports: "playbooks/x.md", goes: "playbooks/x.md"},
	{name: "truncate, write 100 ms later", do: shell("truncate -s 0 x.md; sleep 0.1; echo new >>x.md"), reports: "playbooks/x.md"},
	{name: "empty", do: shell(": >x.md"), reports: "playbooks/x.md", goes: "playbooks/x.md"},
	{name: "touch and chmod", do: shell("touch x.md; chmod 600 x.md; touch -d 1999-01-01 y.md")},
	{name: "ln -sfn", do: shell("ln -sfn ../content/2 link"), reports: "playbooks/link"},
	{name: "ln -s, mv -T", do: shell("ln -s ../content/2 link.tmp; mv -T link.tmp link"), reports: "playbooks/link"},
	{name: "folder swapped by its link", do: shell("ln -s new/themes ../t; mv -T ../t ../themes"), reports: "themes/own/x.css"},
	{name: "git stash", first: "echo new >x.md; rm y.md", do: shell("git stash --quiet"), reports: "playbooks/x.md playbooks/y.md", goes: "playbooks/y.md"},
	{name: "git stash pop", first: "echo new >x.md; rm y.md; git stash --quiet", do: shell("git stash pop --quiet"), reports: "playbooks/x.md playbooks/y.md", goes: "playbooks/y.md"},
}

// desk is where a deed is done: the folder playbooks of a site.
type desk struct{ dir string }

func (d *desk) path(name string) string { return filepath.Join(d.dir, name) }

// command runs a program to its end.
func (d *desk) command(name string, args ...string) error {
	c, err := d.program(name, args...)
	if err != nil {
		return err
	}
	out, err := c.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %v\n%s", c, err, out)
	}
	return nil
}

func (d *desk) program(name string, args ...string) (*exec.Cmd, error) {
	file, err := exec.LookPath(name)
	if err != nil {
		return nil, fmt.Errorf("%s is missing; e2e/setup.sh editors installs it", name)
	}
	c := exec.Command(file, args...)
	c.Dir = d.dir
	c.Env = append(os.Environ(), "TERM=xterm", "LC_ALL=C", "HOME="+filepath.Dir(d.dir)+"/home",
		"GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=core.fsync", "GIT_CONFIG_VALUE_0=none",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.org")
	return c, nil
}

func run(name string, args ...string) func(*desk) error {
	return func(d *desk) error { return d.command(name, args...) }
}

func shell(script string) func(*desk) error { return run("sh", "-e", "-c", script) }

func vim(options string) func(*desk) error {
	return run("vim", "-u", "NONE", "-i", "NONE", "-N", "-e", "-s", "-c", "set swapfile updatecount=1 writebackup "+options,
		"-c", "%s/old/new/", "-c", "write", "-c", "%s/new/newer/", "-c", "write", "-c", "quit", "x.md")
}

func emacs(settings string) func(*desk) error {
	return run("emacs", "--quick", "--batch", "--eval", settings, "x.md", "--eval",
		`(progn (insert "new ") (do-auto-save) (save-buffer) (insert "newer ") (do-auto-save) (save-buffer))`)
}

// rsync copies x.md, new.md and many a dropping from elsewhere.
func rsync(flags ...string) func(*desk) error {
	return func(d *desk) error {
		if err := d.command("sh", "-e", "-c", "mkdir ../from; echo something new >../from/x.md; echo new >../from/new.md; echo new >../from/x.md~"); err != nil {
			return err
		}
		return d.command("rsync", append(flags, "--archive", "../from/", "./")...)
	}
}

// nano types into nano, and waits for its prompts.
func nano(flags ...string) func(*desk) error {
	return func(d *desk) error {
		c, err := d.program("nano", append([]string{"--ignorercfiles"}, append(flags, "x.md")...)...)
		if err != nil {
			return err
		}
		terminal, err := pty.StartWithSize(c, &pty.Winsize{Rows: 24, Cols: 80})
		if err != nil {
			return err
		}
		defer terminal.Close()
		const ctrlO, ctrlX = "\x0f", "\x18"
		for _, s := range [][2]string{{"old", "new " + ctrlO}, {"to Write", "\r"}, {"Wrote", "newer " + ctrlO}, {"to Write", "\r"}, {"Wrote", ctrlX}} {
			if err := expect(terminal, s[0]); err != nil {
				return err
			}
			if _, err := terminal.WriteString(s[1]); err != nil {
				return err
			}
		}
		_ = expect(terminal, "read on until the program ends")
		return c.Wait()
	}
}

// expect reads until a text appears.
func expect(terminal *os.File, text string) error {
	var seen bytes.Buffer
	buffer := make([]byte, 4096)
	for !strings.Contains(seen.String(), text) {
		n, err := terminal.Read(buffer)
		if err != nil {
			return fmt.Errorf("waiting for %q after %q: %w", text, seen.String(), err)
		}
		seen.Write(buffer[:n])
	}
	return nil
}

// inPlace writes as VS Code does: into the file, having truncated it.
func (d *desk) inPlace() error { return os.WriteFile(d.path("x.md"), []byte("new\n"), 0o644) }

// safeWrite writes as JetBrains' editors do.
func (d *desk) safeWrite() error {
	temp, old := d.path("x.md___jb_tmp___"), d.path("x.md___jb_old___")
	return errors.Join(os.WriteFile(temp, []byte("new\n"), 0o644), os.Rename(d.path("x.md"), old), os.Rename(temp, d.path("x.md")), os.Remove(old))
}

// atomicSave writes as Sublime Text does with atomic_save, and many others.
func (d *desk) atomicSave() error {
	temp := d.path(".subl1f2.tmp")
	return errors.Join(os.WriteFile(temp, []byte("new\n"), 0o644), os.Rename(temp, d.path("x.md")))
}

// TestEditors does every deed while the folder is watched and read: no edit is
// missed, no passing state is seen.
func TestEditors(t *testing.T) {
	both(t, func(t *testing.T, o watch.Options) {
		if o.NoEvents {
			o.Sweep = 20 * time.Millisecond
		}
		for _, d := range deeds {
			t.Run(d.name, func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				desk := prepare(t, dir, d.first)
				s := openIn(t, dir, t.Cleanup, o)
				s.view()
				got := s.during(func() error { return d.do(desk) }, strings.Fields(d.goes)...)
				got = slices.DeleteFunc(got, func(p string) bool { return d.passing != "" && strings.HasPrefix(p, d.passing) })
				if want := strings.Fields(d.reports); !slices.Equal(got, want) {
					t.Errorf("reported %q, want %q", got, want)
				}
			})
		}
	})
}

// prepare makes a site that has all that deeds need.
func prepare(t *testing.T, dir, script string) *desk {
	t.Helper()
	d := &desk{filepath.Join(dir, "playbooks")}
	if err := os.Mkdir(d.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	script = `umask 022; mkdir ../home ../content ../old ../old/themes ../old/themes/own ../new ../new/themes ../new/themes/own
		echo old >x.md; echo old >y.md; echo 1 >../content/1; echo 2 >../content/2; ln -s ../content/1 link
		ln -s old/themes ../themes; echo 1 >../old/themes/own/x.css; echo 2 >../new/themes/own/x.css
		git init --quiet ..; git add .; git commit --quiet --message=old
		` + script
	if err := d.command("sh", "-e", "-c", script); err != nil {
		t.Fatal(err)
	}
	return d
}

// during does something while it waits and reads, until a cookie written last
// is reported, and returns what was reported besides. No file may be missing
// or empty meanwhile but some.
func (s *site) during(do func() error, but ...string) []string {
	s.Helper()
	before, done := s.view(), make(chan error, 1)
	go func() { done <- errors.Join(do(), s.bake(1)) }()
	all := map[string]bool{}
	for baked := 1; ; {
		c := s.wait()
		select {
		case err := <-done:
			s.ok(err)
		default:
		}
		s.passes(c, before, but)
		for _, p := range c.Paths {
			all[p] = true
		}
		switch {
		case !all[cookieName(baked)] || c.Pending:
		case baked == 3 || !s.o.NoEvents:
			s.agrees()
			maps.DeleteFunc(all, func(p string, _ bool) bool { return strings.HasPrefix(p, cookieName(0)) })
			return slices.Sorted(maps.Keys(all))
		default:
			// A sweep may have passed a folder before the deed and the cookie's
			// after it; the second after that began when all was done.
			baked++
			s.ok(s.bake(baked))
		}
	}
}

func cookieName(number int) string { return "playbooks/cookie-" + "ooo"[:number] }

func (s *site) bake(number int) error {
	temp := s.path("playbooks/cookie.tmp")
	return errors.Join(os.WriteFile(temp, nil, 0o644), os.Rename(temp, s.path(cookieName(number))))
}

// passes reads, and looks for what is only passing.
func (s *site) passes(c watch.Change, before map[string]string, but []string) {
	s.Helper()
	now := s.view()
	for p, was := range before {
		if now[p] != was && (now[p] == "" || now[p] == "missing") && !slices.Contains(but, p) {
			s.Errorf("%s is seen as %q in passing", p, now[p])
		}
	}
	for _, p := range c.Paths {
		if dropping(path.Base(p)) {
			s.Errorf("%s was reported", p)
		}
	}
}

// TestGit goes back and forth between two states of 2,000 files.
func TestGit(t *testing.T) {
	both(t, func(t *testing.T, o watch.Options) {
		there := []string{"after", "before", "after"}
		if o.NoEvents {
			o.Sweep, there = 20*time.Millisecond, there[:1]
		}
		dir := t.TempDir()
		d := prepare(t, dir, `mkdir many; for i in $(seq 2000); do echo $i >many/$i.md; done
			git add .; git commit --quiet --message=before; git branch before
			for i in $(seq 1989); do echo other $i >many/$i.md; done; git rm --quiet many/199?.md; mkdir new; echo new >new/x.md
			git add .; git commit --quiet --message=after; git branch after; git checkout --quiet before`)
		s := openIn(t, dir, t.Cleanup, o)
		goes := []string{"playbooks/new", "playbooks/new/x.md"}
		for i := range 10 {
			goes = append(goes, fmt.Sprintf("playbooks/many/199%d.md", i))
		}
		for _, to := range there {
			got := s.during(func() error { return d.command("git", "checkout", "--quiet", to) }, goes...)
			if len(got) != 2000 {
				t.Errorf("%d files were reported for 2000", len(got))
			}
			for i := range 3 {
				s.remove(cookieName(i + 1))
			}
			s.settle()
		}
	})
}
