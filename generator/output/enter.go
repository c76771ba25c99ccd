package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// maxAttempts bounds how often the folders are made anew. Each time another build
// has to discard a fresh output at the wrong moment; where the folders cannot be
// had at all, as behind a link that leads nowhere, it comes to an end.
const maxAttempts = 1000

// enter opens and locks the output, which is made if need be. A build that
// discards a fresh output takes its folders away again, at any moment until they
// are locked.
func enter(o Options) (d *disk, l *lock, err error) {
	for range maxAttempts {
		if d, l, err = tryEnter(o); !errors.Is(err, fs.ErrNotExist) {
			break
		}
	}
	if errors.Is(err, errHeld) {
		err = refuse("wait until it has ended, or build into another folder",
			"another build is writing to the output %s", o.Dir)
	}
	return d, l, err
}

func tryEnter(o Options) (*disk, *lock, error) {
	d, err := openDisk(o)
	if err != nil {
		d.leave(true)
		return nil, nil, err
	}
	l, err := acquire(d.own.root)
	if err != nil {
		d.ownTime = time.Time{} // nothing was changed, and it may be another's now
		d.leave(true)
		return nil, nil, err
	}
	return d, l, nil
}

// openDisk opens the output and its .plumb. The disk is to be left even if there
// is an error.
func openDisk(o Options) (d *disk, err error) {
	d = &disk{name: filepath.ToSlash(filepath.Clean(o.Dir)), step: o.step, open: map[string]*folder{}, rooms: map[room]string{}}
	if d.made, err = makeFolders(o.Dir); err != nil {
		return d, err
	}
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return d, err
	}
	d.top = &folder{path: ".", root: root}
	return d, d.openOwn()
}

// makeFolders makes a folder and those above it that are missing, and returns
// them, outermost first.
func makeFolders(dir string) (made []string, err error) {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if up := filepath.Dir(dir); up != dir {
		if made, err = makeFolders(up); err != nil {
			return made, err
		}
	}
	if err := os.Mkdir(dir, folderMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return made, err
	}
	return append(made, dir), nil
}

// openOwn opens .plumb and notes the times that leave puts back.
func (d *disk) openOwn() error {
	before, err := modified(d.top.root)
	if err != nil {
		return err
	}
	d.changing("make " + ownFolder)
	switch err := d.top.root.Mkdir(ownFolder, folderMode); {
	case err == nil:
		d.topTime = before
	case !errors.Is(err, fs.ErrExist):
		return err
	}
	root, err := openFolder(d.top.root, ownFolder)
	if errors.Is(err, syscall.ENOTDIR) {
		return refuse("remove it", "%s is not a folder", d.show(ownFolder))
	}
	if err != nil {
		return err
	}
	d.own = &folder{path: ownFolder, root: root}
	d.ownTime, err = modified(root)
	return err
}

func modified(root *os.Root) (time.Time, error) {
	info, err := root.Stat(".")
	if err != nil {
		return time.Time{}, err
	}
	return info.ModTime(), nil
}

// leave closes the output; the lock is released before. It puts back the times
// that the lock and the stage have changed and, if the output is fresh, takes
// away what openDisk has made. Both are courtesies: another build may be at work
// already, so what does not succeed is left.
func (d *disk) leave(fresh bool) {
	if d.own != nil && !d.ownTime.IsZero() {
		d.own.root.Chtimes(".", time.Time{}, d.ownTime)
	}
	d.closeFolders()
	d.stage.close()
	d.own.close()
	if d.top != nil && fresh && d.top.root.Remove(ownFolder) == nil && !d.topTime.IsZero() {
		d.top.root.Chtimes(".", time.Time{}, d.topTime)
	}
	d.top.close()
	if fresh {
		for i := len(d.made) - 1; i >= 0; i-- {
			os.Remove(d.made[i])
		}
	}
}

// caseless reports whether the file system takes names that differ by case only
// for one.
func (d *disk) caseless() (bool, error) {
	own, err := d.own.root.Stat(".")
	if err != nil {
		return false, err
	}
	other, err := d.top.root.Lstat(".PLUMB")
	return err == nil && os.SameFile(own, other), nil
}
