package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	ownFolderHint  = "choose a folder of its own for the output, such as public"
	repositoryHint = "publish into a folder inside the repository, or copy the output there afterwards"
)

// guard refuses an output that the site is made from, or that is somebody's
// home, disk or repository. Nothing is changed.
func guard(o Options) error {
	out, err := locate(o.Dir)
	if err != nil {
		return err
	}
	if info := out.self.info; info != nil && !info.IsDir() {
		return refuse(ownFolderHint, "the output %s is a file", o.Dir)
	}
	if out.isRoot() {
		return refuse(ownFolderHint, "the output %s is the root of the file system", o.Dir)
	}
	if err := guardRepository(o.Dir, out); err != nil {
		return err
	}
	for _, p := range o.Protected {
		if err := guardPlace(o.Dir, out, p, true); err != nil {
			return err
		}
	}
	return guardSurroundings(o.Dir, out)
}

// guardPlace refuses an output that is the place or contains it and, where the
// place is a folder and closed, one inside it.
func guardPlace(dir string, out location, p Protected, closed bool) error {
	if p.Path == "" {
		return nil
	}
	place, err := locate(p.Path)
	if err != nil {
		return err
	}
	switch {
	case out.self.same(place.self):
		return refuse(ownFolderHint, "the output %s is %s", dir, p.What)
	case place.below(out.self):
		return refuse(ownFolderHint, "the output %s contains %s (%s)", dir, p.What, p.Path)
	case closed && out.below(place.self):
		return refuse(ownFolderHint, "the output %s lies inside %s (%s)", dir, p.What, p.Path)
	}
	return nil
}

// guardRepository refuses a repository's root and everything in its .git. A .git
// that is a file marks a worktree or a submodule.
func guardRepository(dir string, out location) error {
	if _, err := os.Lstat(filepath.Join(out.self.path, ".git")); err == nil {
		return refuse(repositoryHint, "the output %s is the root of a repository", dir)
	}
	for _, p := range append(out.above, out.self) {
		if strings.EqualFold(filepath.Base(p.path), ".git") {
			return refuse(ownFolderHint, "the output %s lies inside a repository's .git folder", dir)
		}
	}
	return nil
}

// guardSurroundings protects the home directory, and the repository the command
// runs in, from an output above them.
func guardSurroundings(dir string, out location) error {
	if home, err := os.UserHomeDir(); err == nil {
		if err := guardPlace(dir, out, Protected{home, "the home directory"}, false); err != nil {
			return err
		}
	}
	here, err := locate(".")
	if err != nil {
		return err
	}
	for _, p := range append([]place{here.self}, here.above...) {
		if _, err := os.Lstat(filepath.Join(p.path, ".git")); err == nil {
			return guardPlace(dir, out, Protected{p.path, "a repository"}, false)
		}
	}
	return nil
}

// place is a path and what stands there; info is nil if nothing does.
type place struct {
	path string
	info os.FileInfo
}

// same compares by identity, which holds through links and on file systems that
// ignore case, and by name where there is nothing to compare yet.
func (p place) same(q place) bool {
	if p.info != nil && q.info != nil {
		return os.SameFile(p.info, q.info)
	}
	return p.info == nil && q.info == nil && p.path == q.path
}

// location is a place with the folders it is in: by the path as written, where
// links may lead elsewhere, and by the path without links.
type location struct {
	self  place
	above []place
}

// below reports whether the location is inside a folder.
func (l location) below(p place) bool { return slices.ContainsFunc(l.above, p.same) }

// isRoot reports whether there is nothing above the place once links are
// followed.
func (l location) isRoot() bool { return filepath.Dir(l.self.path) == l.self.path }

func locate(name string) (location, error) {
	written, err := filepath.Abs(name)
	if err != nil {
		return location{}, err
	}
	real, err := followLinks(written)
	if err != nil {
		return location{}, err
	}
	l := location{self: look(real), above: parents(real)}
	if real != written {
		l.above = append(l.above, parents(written)...)
	}
	return l, nil
}

// followLinks resolves the part of a path that exists.
func followLinks(p string) (string, error) {
	real, err := filepath.EvalSymlinks(p)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return real, err
	}
	dir := filepath.Dir(p)
	if dir == p {
		return p, nil
	}
	real, err = followLinks(dir)
	return filepath.Join(real, filepath.Base(p)), err
}

func parents(p string) []place {
	var list []place
	for dir := filepath.Dir(p); dir != p; p, dir = dir, filepath.Dir(dir) {
		list = append(list, look(dir))
	}
	return list
}

func look(p string) place {
	info, err := os.Stat(p)
	if err != nil {
		info = nil
	}
	return place{p, info}
}

// mayStand are what a directory may hold and still count as empty: left by
// desktops, by file systems, or by whoever wanted to keep or serve it.
var mayStand = []string{
	ownFolder, ".gitkeep", ".keep", ".gitignore", ".gitattributes", ".nojekyll",
	".DS_Store", ".localized", "Thumbs.db", "desktop.ini", "lost+found",
}

// guardContent refuses a directory that others have filled.
func guardContent(dir string) error {
	for _, name := range []string{journalName, manifestName} { // in the order they come and go in
		if _, err := os.Lstat(filepath.Join(dir, ownFolder, name)); err == nil {
			return nil
		}
	}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if !slices.Contains(mayStand, e.Name()) {
			return refuse("choose another folder, or empty this one first",
				"the output %s is not empty and Plumb did not write it (it holds %s)", dir, e.Name())
		}
	}
	return err
}
