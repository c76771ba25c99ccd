package output

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"syscall"
)

// journal is the steps of a commit, in their order. Each may be taken again after
// it was taken, so that a commit can be finished from any point.
type journal struct {
	// Early are files of the build before that stand where this one needs a
	// folder, or in a folder where it needs a file.
	Early []listed `json:"early,omitempty"`
	// Folders are to be made, outer before inner.
	Folders []string `json:"folders,omitempty"`
	Writes  []write  `json:"writes,omitempty"`
	// Gone are the other files that are no longer part of the site.
	Gone []listed `json:"gone,omitempty"`
	// Prune are folders of the build before that no file is in now, inner before
	// outer.
	Prune []string `json:"prune,omitempty"`
}

// write is one file that moves from the stage to its place; its size and digest
// are in the manifest.
type write struct {
	Staged string `json:"staged"`
	Path   string `json:"path"`

	stamp *stamp // where to note how it looks in its place; may be nil
}

func (j *journal) empty() bool {
	return len(j.Early)+len(j.Writes)+len(j.Gone)+len(j.Prune) == 0
}

func decodeJournal(data []byte) (*journal, error) {
	j := new(journal)
	if err := json.Unmarshal(data, j); err != nil {
		return nil, err
	}
	var paths []string
	for _, list := range [][]listed{j.Early, j.Gone} {
		for _, f := range list {
			paths = append(paths, f.Path)
		}
	}
	for _, w := range j.Writes {
		if _, err := strconv.ParseUint(w.Staged, 10, 32); err != nil {
			return nil, fmt.Errorf("output: %q is not the name of a staged file", w.Staged)
		}
		paths = append(paths, w.Path)
	}
	for _, p := range append(append(paths, j.Folders...), j.Prune...) {
		if err := checkPath(p); err != nil {
			return nil, err
		}
	}
	return j, nil
}

// outcome is what taking the steps has come to.
type outcome struct {
	deleted int
	kept    []string
}

// take takes the steps of a journal.
func (d *disk) take(j *journal) (o outcome, err error) {
	if err := d.deleteAll(j.Early, &o); err != nil {
		return o, err
	}
	d.prune(j.Prune) // a file may be needed where a folder has become empty
	for _, p := range j.Folders {
		if err := d.makeFolder(p); err != nil {
			return o, err
		}
	}
	for _, w := range j.Writes {
		if err := d.publish(w); err != nil {
			return o, err
		}
	}
	if err := d.deleteAll(j.Gone, &o); err != nil {
		return o, err
	}
	d.prune(j.Prune)
	return o, nil
}

func (d *disk) makeFolder(p string) error {
	d.changing("make folder " + p)
	err := d.in(path.Dir(p), func(f *folder) error {
		return f.root.Mkdir(path.Base(p), folderMode)
	})
	if errors.Is(err, fs.ErrExist) || absent(err) {
		return nil // if it is no folder now, what is to be written into it will say so
	}
	return err
}

// publish moves one staged file to its place.
func (d *disk) publish(w write) error {
	d.changing("publish " + w.Path)
	return d.in(path.Dir(w.Path), func(f *folder) error {
		name := path.Base(w.Path)
		if err := d.move(w.Staged, f, name); err != nil || w.stamp == nil {
			return err
		}
		info, err := f.root.Lstat(name)
		if err != nil {
			return err
		}
		*w.stamp = stampOf(info)
		return nil
	})
}

// deleteAll deletes the files that still are what Plumb wrote.
func (d *disk) deleteAll(list []listed, o *outcome) error {
	for _, f := range list {
		_, err := d.lstat(f.Path)
		if absent(err) {
			continue
		}
		if err != nil {
			return err
		}
		if _, ok := d.holds(f.Path, f.Size, f.Sum); !ok {
			o.kept = append(o.kept, f.Path)
			continue
		}
		if err := d.remove(f.Path); err != nil {
			return err
		}
		o.deleted++
	}
	return nil
}

// absent reports whether an error says that a path is not there: neither is it
// if a folder of it is none, or is a link.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// prune removes the folders that are empty. One that is not stays, whatever the
// reason: it is somebody else's now.
func (d *disk) prune(folders []string) {
	for _, p := range folders {
		if info, err := d.lstat(p); err == nil && info.IsDir() {
			d.closeFolders()
			_ = d.remove(p)
		}
	}
}
