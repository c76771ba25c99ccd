package output

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
)

const inTheWayHint = "move it away, or rename the page"

// inspector looks at the places where files are to be written, and refuses those
// where something stands that Plumb did not write.
type inspector struct {
	disk     *disk
	caseless bool
	made     []string        // folders that Plumb made, in byte order
	going    map[string]bool // keys of files that are deleted before any is written
	changed  map[string]bool // keys of files that would be if nobody had changed them
	folders  map[string]bool // folders looked at: whether they are there
	device   uint64
}

func (p *Publication) inspector() *inspector {
	look := &inspector{
		disk: p.disk, caseless: p.caseless,
		going: map[string]bool{}, changed: map[string]bool{}, folders: map[string]bool{".": true},
	}
	if p.before != nil {
		look.made = slices.Sorted(slices.Values(p.before.Folders))
	}
	if info, err := p.disk.own.root.Stat("."); err == nil {
		look.device = device(info)
	}
	return look
}

// key is equal for paths that this file system takes for one.
func (i *inspector) key(p string) string {
	if i.caseless {
		return fold(p)
	}
	return p
}

// sift looks at the files that ought to be deleted early, and returns those that
// can be and those that somebody has changed, which stay.
func (i *inspector) sift(list []listed) (going, changed []listed, err error) {
	for _, f := range list {
		_, err := i.disk.lstat(f.Path)
		if absent(err) {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		if _, ok := i.disk.holds(f.Path, f.Size, f.Sum); !ok {
			i.changed[i.key(f.Path)] = true
			changed = append(changed, f)
			continue
		}
		i.going[i.key(f.Path)] = true
		going = append(going, f)
	}
	return going, changed, nil
}

// target looks at the place of a file; ours says that the build before wrote
// there. same reports that the file's bytes stand there already, by another hand.
func (i *inspector) target(f listed, ours bool) (st stamp, same bool, err error) {
	if there, err := i.folder(path.Dir(f.Path)); err != nil || !there {
		return st, false, err
	}
	info, err := i.disk.lstat(f.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return st, false, nil
	case err != nil:
		return st, false, err
	case i.going[i.key(f.Path)]:
		return st, false, nil
	case info.IsDir():
		return st, false, i.goingFolder(f.Path)
	case ours:
		return st, false, i.replaceable(f.Path, info)
	}
	if st, same = i.disk.holds(f.Path, f.Size, f.Sum); same {
		return st, true, nil
	}
	return st, false, i.foreign(f.Path, info)
}

// replaceable refuses what is no file: whoever replaced a page by a device meant
// it. A link is replaced, not followed.
func (i *inspector) replaceable(p string, info os.FileInfo) error {
	if info.Mode().IsRegular() || info.Mode()&fs.ModeSymlink != 0 {
		return nil
	}
	return i.foreign(p, info)
}

func (i *inspector) foreign(p string, info os.FileInfo) error {
	what := "is not a file"
	switch {
	case info.Mode().IsRegular():
		what = "was not written by Plumb and differs from the file to be written there"
	case info.Mode()&fs.ModeSymlink != 0:
		what = "is a symbolic link that Plumb did not make"
	}
	return refuse(inTheWayHint, "%s %s", i.disk.show(p), what)
}

// folder reports whether a folder is there, and refuses anything else in its
// place.
func (i *inspector) folder(dir string) (bool, error) {
	if there, ok := i.folders[dir]; ok {
		return there, nil
	}
	if there, err := i.folder(path.Dir(dir)); err != nil {
		return false, err
	} else if !there {
		i.folders[dir] = false
		return false, nil
	}
	info, err := i.disk.lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && i.going[i.key(dir)]:
		i.folders[dir] = false
		return false, nil
	case err != nil:
		return false, err
	case !info.IsDir() && i.changed[i.key(dir)]:
		return false, refuse(inTheWayHint, "%s was changed since Plumb wrote it, and now stands in the way", i.disk.show(dir))
	case !info.IsDir():
		return false, refuse("move it away, or rename the folder of the pages",
			"%s is in the way of a folder: Plumb did not make it and follows no links", i.disk.show(dir))
	case device(info) != i.device:
		return false, refuse("mount the output as a whole",
			"%s is on another file system than the output, so that files cannot be moved there at once", i.disk.show(dir))
	}
	i.folders[dir] = true
	return true, nil
}

// missing returns the folders that were looked for and are not there, outer
// before inner.
func (i *inspector) missing() []string {
	var list []string
	for dir, there := range i.folders {
		if !there {
			list = append(list, dir)
		}
	}
	slices.Sort(list)
	return list
}

// goingFolder refuses a folder where a file is needed, unless Plumb made it and
// everything in it is on its way out.
func (i *inspector) goingFolder(dir string) error {
	blocked := refuse("move it away, or rename the page",
		"%s is a folder with something in it that Plumb did not write", i.disk.show(dir))
	if _, ours := slices.BinarySearch(i.made, dir); !ours {
		return blocked
	}
	entries, err := i.entries(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		p := join(dir, e.Name())
		if e.IsDir() {
			if err := i.goingFolder(p); err != nil {
				return err
			}
		} else if !i.going[i.key(p)] {
			return blocked
		}
	}
	return nil
}

func (i *inspector) entries(dir string) (list []fs.DirEntry, err error) {
	err = i.disk.in(dir, func(f *folder) error {
		list, err = fs.ReadDir(f.root.FS(), ".")
		return err
	})
	return list, err
}
