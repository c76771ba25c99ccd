package output

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"path"
	"strconv"
	"strings"
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

	// whole are folders that need not be made: the first files to be written into
	// one come with it, from the room of that name. A commit that is finished later
	// does without.
	whole map[string]string
}

// write is one file that moves from the stage to its place; its size and digest
// are in the manifest.
type write struct {
	Staged string `json:"staged"`
	Path   string `json:"path"`

	stamp *stamp // where to note how it looks in its place; may be nil
}

// named reports whether Staged is a name that Put gives.
func (w write) named() bool {
	number, name, inRoom := strings.Cut(w.Staged, "/")
	_, err := strconv.ParseUint(number, 10, 32)
	return err == nil && (!inRoom || name == path.Base(w.Path))
}

// room returns the room in which the staged file is, "." for none.
func (w write) room() string { return path.Dir(w.Staged) }

// besides reports whether both files come from one room into one folder.
func (w write) besides(v write) bool {
	return w.room() == v.room() && path.Dir(w.Path) == path.Dir(v.Path)
}

// runs are the writes in their order, those that belong together in one piece.
func (j *journal) runs() iter.Seq[[]write] {
	return func(yield func([]write) bool) {
		for list := j.Writes; len(list) > 0; {
			n := 1
			for n < len(list) && list[n].besides(list[0]) {
				n++
			}
			if !yield(list[:n]) {
				return
			}
			list = list[n:]
		}
	}
}

// gather finds the folders that can be moved whole: they are to be made, and so is
// none below them.
func (j *journal) gather() {
	j.whole = map[string]string{}
	for _, p := range j.Folders {
		j.whole[p] = ""
	}
	for _, p := range j.Folders {
		delete(j.whole, path.Dir(p))
	}
	for run := range j.runs() {
		dir := path.Dir(run[0].Path)
		if of, ok := j.whole[dir]; ok && of == "" {
			j.whole[dir] = run[0].room()
		}
	}
	maps.DeleteFunc(j.whole, func(_, room string) bool { return room == "" || room == "." })
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
		if !w.named() {
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
		if j.whole[p] != "" {
			continue
		}
		if err := d.makeFolder(p); err != nil {
			return o, err
		}
	}
	for run := range j.runs() {
		if err := d.publishRun(run, j.whole); err != nil {
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

// publishRun moves the files of a run to their places, with their folder if it is
// one of the whole ones and nobody has put anything in its place meanwhile.
func (d *disk) publishRun(run []write, whole map[string]string) error {
	dir := path.Dir(run[0].Path)
	if room, ok := whole[dir]; ok && room == run[0].room() {
		if d.publishFolder(room, dir) == nil {
			return d.look(dir, run)
		}
		if err := d.makeFolder(dir); err != nil {
			return err
		}
	}
	for _, w := range run {
		if err := d.publish(w); err != nil {
			return err
		}
	}
	return d.look(dir, run)
}

// publishFolder moves a room to the place of a folder.
func (d *disk) publishFolder(room, dir string) error {
	d.changing("publish folder " + dir)
	d.close(join(d.stage.path, room))
	return d.in(path.Dir(dir), func(f *folder) error { return d.move(room, f, path.Base(dir)) })
}

// publish moves one staged file to its place.
func (d *disk) publish(w write) error {
	d.changing("publish " + w.Path)
	return d.in(path.Dir(w.Path), func(f *folder) error { return d.move(w.Staged, f, path.Base(w.Path)) })
}

// look notes how the files of a run look in their places.
func (d *disk) look(dir string, run []write) error {
	return d.in(dir, func(f *folder) error {
		for _, w := range run {
			if w.stamp == nil {
				continue
			}
			info, err := f.root.Lstat(path.Base(w.Path))
			if err != nil {
				return err
			}
			*w.stamp = stampOf(info)
		}
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
