package fix

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// File is a file of a site that is to be changed.
type File struct {
	// Path is relative to the site's root, with forward slashes.
	Path string
	// Old is what was read, New what is to be there.
	Old, New []byte
}

// ErrChanged means that a file is no longer what was read.
var ErrChanged = errors.New("it has changed since it was read")

// ErrOutside means that a file is none of the site's own.
var ErrOutside = errors.New("it leads out of the site's folder, or into .git")

// Write replaces files in a site's folder, each at once; how many were is
// returned. None is while one of them is no longer what was read, leads out of
// the folder, or may not be written. A link to a file stays one, and a file keeps
// its mode.
func Write(root *os.Root, dir string, files []File) (int, error) {
	places := make([]string, len(files))
	for i, f := range files {
		at, err := place(dir, f.Path)
		if err == nil {
			err = unchanged(root, at, f.Old)
		}
		if err != nil {
			return 0, fmt.Errorf("%s: %w", f.Path, err)
		}
		places[i] = at
	}
	for i, f := range files {
		if err := replace(root, places[i], f.New); err != nil {
			return i, fmt.Errorf("%s: %w", f.Path, err)
		}
	}
	return len(files), nil
}

// place returns where a file stands, without links, as a path within the folder.
func place(dir, path string) (string, error) {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return "", err
	}
	to, err := filepath.EvalSymlinks(filepath.Join(dir, filepath.FromSlash(path)))
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(real, to)
	if err != nil || !filepath.IsLocal(rel) {
		return "", ErrOutside
	}
	isGit := func(part string) bool { return strings.EqualFold(part, ".git") }
	if slices.ContainsFunc(strings.Split(filepath.ToSlash(rel), "/"), isGit) {
		return "", ErrOutside
	}
	return rel, nil
}

// unchanged makes sure that a file is what was read, and may be written.
func unchanged(root *os.Root, path string, old []byte) error {
	data, err := root.ReadFile(path)
	if err != nil {
		return bare(err)
	}
	if !bytes.Equal(data, old) {
		return ErrChanged
	}
	f, err := root.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return bare(err)
	}
	return f.Close()
}

// replace writes a file beside another and puts it in its place.
func replace(root *os.Root, path string, data []byte) error {
	info, err := root.Stat(path)
	if err != nil {
		return bare(err)
	}
	temp := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".plumb-fix")
	if err := create(root, temp, data, info.Mode().Perm()); err != nil {
		return err
	}
	if err := root.Rename(temp, path); err != nil {
		root.Remove(temp)
		return bare(err)
	}
	return nil
}

func create(root *os.Root, path string, data []byte, mode fs.FileMode) error {
	f, err := root.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is in the way; remove it, if no other plumb fix is at work", filepath.Base(path))
	}
	if err != nil {
		return bare(err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err != nil {
		root.Remove(path)
	}
	return err
}

// bare is an error without the path, which the caller names.
func bare(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
