package output

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strconv"
	"sync"
	"syscall"
	"time"
)

const (
	lockName     = "lock"
	journalName  = "journal"
	manifestName = "manifest.json"
	statName     = "stat"
	stageName    = "stage"

	// maxHandles bounds the folders kept open, well below what a process may have.
	maxHandles = 256

	fileMode   = 0o644
	folderMode = 0o755
	// stageMode keeps a server's other users from what is not published yet.
	stageMode = 0o700
)

var (
	errHeld   = errors.New("locked by another process")
	errClosed = errors.New("output: the publication has ended")
)

// disk is an output directory, reached by handles of its folders: no path is
// looked up twice, and none leads out of it.
type disk struct {
	name  string  // the output as the user wrote it, for messages
	top   *folder // the output itself
	own   *folder // .plumb
	stage *folder // .plumb/stage, nil until something is staged
	step  func(what string)

	made    []string  // the output and folders above it that enter made, outermost first
	topTime time.Time // when the output was modified before .plumb was made; zero if it was there
	ownTime time.Time // when .plumb was modified before the lock was taken

	mu   sync.RWMutex // held for reading while a handle is in use
	open map[string]*folder

	rooming sync.Mutex
	rooms   map[room]string // see room
}

// room is a folder of the stage: it takes the files that one class has in a folder
// which is new, so that they can be published by one rename.
type room struct {
	dir   string
	class Class
}

// folder is an open folder of the output.
type folder struct {
	path string // from the output's root, "." for that
	root *os.Root

	once  sync.Once
	file  *os.File // the same folder for calls that os.Root does not have
	fault error
}

// handle returns the folder as a file, opened when first asked for.
func (f *folder) handle() (*os.File, error) {
	f.once.Do(func() { f.file, f.fault = f.root.Open(".") })
	return f.file, f.fault
}

func (f *folder) close() {
	if f == nil {
		return
	}
	f.root.Close()
	if f.file != nil {
		f.file.Close()
	}
}

// join is path.Join for clean paths.
func join(dir, name string) string {
	if dir == "." {
		return name
	}
	return dir + "/" + name
}

// show names a path of the output in a message.
func (d *disk) show(p string) string { return join(d.name, p) }

// changing announces a change to the disk.
func (d *disk) changing(what string) {
	if d.step != nil {
		d.step(what)
	}
}

// in calls do with the open folder of a path. A folder that is not there is
// fs.ErrNotExist; one that is something else, a symbolic link above all, is
// syscall.ENOTDIR.
func (d *disk) in(dir string, do func(*folder) error) error {
	d.mu.RLock()
	if f := d.known(dir); f != nil {
		defer d.mu.RUnlock()
		return do(f)
	}
	d.mu.RUnlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.open) > maxHandles {
		d.closeFolders()
	}
	f, err := d.walk(dir)
	if err != nil {
		return err
	}
	return do(f)
}

// known returns a folder that is open already, or nil.
func (d *disk) known(dir string) *folder {
	switch {
	case dir == ".":
		return d.top
	case d.stage != nil && dir == d.stage.path:
		return d.stage
	}
	return d.open[dir]
}

// walk opens a folder and those it is in; d.mu is held.
func (d *disk) walk(dir string) (*folder, error) {
	if f := d.known(dir); f != nil {
		return f, nil
	}
	parent, err := d.walk(path.Dir(dir))
	if err != nil {
		return nil, err
	}
	root, err := openFolder(parent.root, path.Base(dir))
	if err != nil {
		return nil, err
	}
	f := &folder{path: dir, root: root}
	d.open[dir] = f
	return f, nil
}

// openFolder opens a folder that is one itself: os.Root would follow a link to
// another folder of the output.
func openFolder(in *os.Root, name string) (*os.Root, error) {
	info, err := in.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: syscall.ENOTDIR}
	}
	return in.OpenRoot(name)
}

// close drops one handle: a folder that is open cannot be moved everywhere.
func (d *disk) close(dir string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open[dir].close()
	delete(d.open, dir)
}

// closeFolders drops every handle: folders that are open cannot be removed
// everywhere, and one that was removed is not the one made anew in its place.
// d.mu is held, or nothing else runs.
func (d *disk) closeFolders() {
	for _, f := range d.open {
		f.close()
	}
	clear(d.open)
}

// lstat returns what stands at a path, without following links.
func (d *disk) lstat(p string) (info os.FileInfo, err error) {
	err = d.in(path.Dir(p), func(f *folder) error {
		info, err = f.root.Lstat(path.Base(p))
		return err
	})
	return info, err
}

// read returns digest and stamp of a regular file. The stamp is from before the
// reading, so that a change meanwhile shows against it.
func (f *folder) read(name string) (Sum, stamp, error) {
	file, err := f.root.Open(name)
	if err != nil {
		return Sum{}, stamp{}, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return Sum{}, stamp{}, err
	}
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return Sum{}, stamp{}, err
	}
	return Sum(h.Sum(nil)), stampOf(info), nil
}

// holds reports whether a path is a regular file with the size and digest, and
// its stamp. What cannot be read does not.
func (d *disk) holds(p string, size int64, sum Sum) (st stamp, ok bool) {
	err := d.in(path.Dir(p), func(f *folder) error {
		info, err := f.root.Lstat(path.Base(p))
		if err != nil || !info.Mode().IsRegular() || info.Size() != size {
			return err
		}
		var got Sum
		got, st, err = f.read(path.Base(p))
		ok = err == nil && got == sum
		return err
	})
	return st, ok && err == nil
}

// write makes a file of Plumb's own and, if asked to, syncs it.
func (d *disk) write(f *folder, name string, data []byte, sync bool) (err error) {
	d.changing("write " + join(f.path, name))
	file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, fileMode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if _, err = file.Write(data); err != nil || !sync {
		return err
	}
	return file.Sync()
}

// install moves a file of the stage into .plumb.
func (d *disk) install(staged, name string) error {
	d.changing("install " + name)
	return d.move(staged, d.own, name)
}

// remove deletes a file or an empty folder of the output.
func (d *disk) remove(p string) error {
	d.changing("remove " + p)
	return d.in(path.Dir(p), func(f *folder) error { return f.root.Remove(path.Base(p)) })
}

// openStage opens the stage, making it if need be.
func (d *disk) openStage() (*folder, error) {
	d.mu.RLock()
	stage := d.stage
	d.mu.RUnlock()
	if stage != nil {
		return stage, nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stage != nil {
		return d.stage, nil
	}
	d.changing("make the stage")
	if err := d.own.root.Mkdir(stageName, stageMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	root, err := openFolder(d.own.root, stageName)
	if err != nil {
		return nil, err
	}
	d.stage = &folder{path: join(d.own.path, stageName), root: root}
	return d.stage, nil
}

// room returns the name of a room in the stage, which is made when first asked for.
func (d *disk) room(r room) (string, error) {
	stage, err := d.openStage()
	if err != nil {
		return "", err
	}
	d.rooming.Lock()
	defer d.rooming.Unlock()
	if name, ok := d.rooms[r]; ok {
		return name, nil
	}
	name := strconv.Itoa(len(d.rooms))
	d.changing("stage folder " + name)
	if err := stage.root.Mkdir(name, folderMode); err != nil {
		return "", err
	}
	d.rooms[r] = name
	return name, nil
}

// inStage calls do with the folder in which a staged file lies, and its name there.
func (d *disk) inStage(name string, do func(f *folder, name string) error) error {
	stage, err := d.openStage()
	if err != nil {
		return err
	}
	d.changing("stage " + name)
	in, base := path.Split(name)
	return d.in(join(stage.path, path.Clean(in)), func(f *folder) error { return do(f, base) })
}

// stageFile writes one file into the stage.
func (d *disk) stageFile(name string, data []byte) error {
	return d.inStage(name, func(f *folder, name string) error { return f.create(name, data) })
}

// removeStage removes the stage with whatever is in it.
func (d *disk) removeStage() error {
	d.closeFolders()
	d.stage.close()
	d.stage = nil
	d.changing("remove the stage")
	return d.own.root.RemoveAll(stageName)
}
