package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"plumb/generator/diag"
)

// touched are the files of a site that a branch changed.
type touched struct {
	dir string
	// real is the site's folder without links.
	real string
	// files are paths within the site's folder. One may be a folder: a submodule
	// counts as a whole, and so does another repository within this one.
	files map[string]bool
}

// wantRevision refuses what git would take for an option.
func wantRevision(c *cobra.Command, rev string) error {
	switch {
	case strings.TrimSpace(rev) == "":
		return usage{command: c, error: errors.New("--changed-since needs a revision, such as origin/main")}
	case strings.HasPrefix(rev, "-") || strings.ContainsRune(rev, 0):
		return usage{command: c, error: fmt.Errorf("--changed-since takes a revision such as origin/main, not “%s”", rev)}
	}
	return nil
}

// touchedSince asks git for the files that are others than where the branch
// left rev: in its commits, in the working tree, or not yet known to git.
func touchedSince(ctx context.Context, dir, rev string) (*touched, error) {
	g := git{ctx, dir}
	if err := g.repository(); err != nil {
		return nil, err
	}
	base, err := g.fork(rev)
	if err != nil {
		return nil, err
	}
	// Both list paths from the folder in which git runs, and leave out what lies
	// outside of it.
	changed, err := g.run("diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=none", "--relative", base, "--")
	if err != nil {
		return nil, g.told(err)
	}
	unknown, err := g.run("ls-files", "-z", "--others", "--exclude-standard")
	if err != nil {
		return nil, g.told(err)
	}
	t := &touched{dir: dir, files: map[string]bool{}}
	for name := range strings.SplitSeq(changed+unknown, "\x00") {
		t.files[strings.TrimSuffix(name, "/")] = true
	}
	delete(t.files, "")
	if t.real, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, reading(dir, err)
	}
	return t, nil
}

// has reports whether a file of the site was touched, by its own name or, where
// that is a link, by the name of what it leads to.
func (t *touched) has(file string) bool {
	if t.within(file) {
		return true
	}
	to, err := filepath.EvalSymlinks(filepath.Join(t.dir, filepath.FromSlash(file)))
	if err != nil {
		return false
	}
	rel, err := filepath.Rel(t.real, to)
	return err == nil && filepath.ToSlash(rel) != file && t.within(filepath.ToSlash(rel))
}

func (t *touched) within(file string) bool {
	for ; file != "." && file != "/"; file = path.Dir(file) {
		if t.files[file] {
			return true
		}
	}
	return false
}

// concerns reports whether one of the places of a finding was touched.
func (t *touched) concerns(d diag.Diagnostic) bool {
	return t.has(d.Path) || slices.ContainsFunc(d.Related, func(r diag.Related) bool { return t.has(r.Path) })
}

// far reports whether what was touched can break what was not: the settings, or
// a file that is gone. Errors are then told wherever they stand.
func (t *touched) far() bool {
	for file := range t.files {
		if path.Ext(file) == ".yaml" {
			return true
		}
		if _, err := os.Lstat(filepath.Join(t.dir, filepath.FromSlash(file))); errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return false
}

// within leaves the findings that concern what was touched.
func (f *findings) within(t *touched) *findings {
	out := &findings{others: f.others}
	for _, d := range f.list {
		if t.concerns(d) || d.Severity == diag.Error && t.far() {
			out.list = append(out.list, d)
		} else {
			out.others++
		}
	}
	for _, s := range f.silenced {
		if t.concerns(s.Diagnostic) {
			out.silenced = append(out.silenced, s)
		}
	}
	return out
}

// git runs git in a folder.
type git struct {
	ctx context.Context
	dir string
}

// repository makes sure that the folder is in a working tree.
func (g git) repository() error {
	out, err := g.run("rev-parse", "--is-inside-work-tree")
	var exit *exec.ExitError
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return advised{"--changed-since needs git, which is not installed", "install git, or check the site as a whole"}
	case errors.As(err, &exit) && bytes.Contains(exit.Stderr, []byte("not a git repository")) || err == nil && strings.TrimSpace(out) != "true":
		return advised{fmt.Sprintf("%s is in no working tree of git, so nobody knows what was touched", g.dir), "run it where the site is checked out, or leave --changed-since out"}
	}
	return g.told(err)
}

// fork returns the commit at which the branch left a revision.
func (g git) fork(rev string) (string, error) {
	if _, err := g.run("rev-parse", "--verify", "--quiet", "HEAD^{commit}"); err != nil {
		return "", advised{"the repository has no commit yet, so nothing was touched since one", "leave --changed-since out"}
	}
	commit, err := g.run("rev-parse", "--verify", "--quiet", rev+"^{commit}")
	if err != nil {
		return "", advised{fmt.Sprintf("git knows no revision “%s”", rev), "name a branch, a tag or a commit; perhaps it has to be fetched first: git fetch origin"}
	}
	base, err := g.run("merge-base", strings.TrimSpace(commit), "HEAD")
	if err != nil {
		return "", advised{fmt.Sprintf("git knows no commit that “%s” and this branch both come from", rev),
			"in a shallow clone the history is cut off: git fetch --unshallow, or fetch-depth: 0 where a workflow checks out"}
	}
	return strings.TrimSpace(base), nil
}

// told is the error for a failure of git that has no words of its own here.
func (g git) told(err error) error {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return err
	}
	first, _, _ := strings.Cut(strings.TrimSpace(string(exit.Stderr)), "\n")
	return advised{fmt.Sprintf("git cannot tell what was touched in %s: %s", g.dir, strings.TrimPrefix(first, "fatal: ")), "see to it that “git status” works there"}
}

// foreign are variables of git that name a repository: in a hook they name that
// of the hook, which may not be the site's.
var foreign = []string{"GIT_DIR=", "GIT_WORK_TREE=", "GIT_INDEX_FILE=", "GIT_PREFIX=", "GIT_COMMON_DIR=", "GIT_OBJECT_DIRECTORY=", "GIT_NAMESPACE="}

func (g git) run(args ...string) (string, error) {
	// A repository may name a program that watches it; nothing needs one here. And
	// what lies among the content is no repository, though it may look like one.
	c := exec.CommandContext(g.ctx, "git", append([]string{"-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit"}, args...)...)
	c.Dir = g.dir
	c.Env = slices.DeleteFunc(os.Environ(), func(v string) bool {
		return slices.ContainsFunc(foreign, func(name string) bool { return strings.HasPrefix(v, name) })
	})
	c.Env = append(c.Env, "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0")
	out, err := c.Output()
	if g.ctx.Err() != nil {
		return "", g.ctx.Err()
	}
	return string(out), err
}
