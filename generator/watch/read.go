package watch

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"syscall"
	"time"
)

// content is what was read of a file, or why it could not be.
type content struct {
	version uint64 // 0 where there is an error
	sum     [sha256.Size]byte
	fault   string
	at      stamp // when it was opened
	size    int64 // bytes read
	racy    bool  // it may change without another stamp
	bytes   []byte
}

// differs reports whether two readings gave different answers.
func (c *content) differs(d *content) bool { return c.sum != d.sum || c.fault != d.fault }

var errNotFile = errors.New("not a regular file")

// Open opens a file or a folder. It counts as a reading of the file only when
// something is read.
func (f *Folder) Open(name string) (fs.File, error) {
	fi, err := f.stat("open", name)
	if err != nil {
		return nil, err
	}
	if fi.IsDir() {
		return &folder{f: f, name: name, info: fi}, nil
	}
	return &file{f: f, name: name, info: fi}, nil
}

// Stat describes a file; of its answer, being there and type are watched.
func (f *Folder) Stat(name string) (fs.FileInfo, error) {
	fi, err := f.stat("stat", name)
	if err != nil {
		return nil, err
	}
	return fi, nil
}

func (f *Folder) stat(op, name string) (info, error) {
	if !fs.ValidPath(name) {
		return info{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	n := f.reach(name)
	n.asked = true
	if s := n.final(); s.there {
		return info{n.base(), s}, nil
	}
	return info{}, &fs.PathError{Op: op, Path: name, Err: reason(n.why)}
}

// reason takes a path off an error.
func reason(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// ReadDir lists a folder in the order of names, without the ignored ones.
func (f *Folder) ReadDir(name string) ([]fs.DirEntry, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrInvalid}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	n := f.reach(name)
	n.asked = true
	switch s := n.final(); {
	case !s.there:
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: reason(n.why)}
	case !s.mode.IsDir():
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: syscall.ENOTDIR}
	}
	if !n.listed {
		f.fill(n)
	}
	if n.failed != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: n.failed}
	}
	return slices.Clone(f.entries(n)), nil
}

// fill makes a folder's first listing.
func (f *Folder) fill(n *node) {
	f.listen(n)
	n.listed = true
	n.failed = reason(f.readDir(f.root, n.path, func(list []info) {
		for _, e := range list {
			kid := n.kids[e.name]
			if kid == nil {
				kid = f.grow(n, e.name)
				kid.at, kid.why = e.stamp, nil
			}
			if kid.entry = kid.at.there; !kid.entry {
				// It came since it was asked for: the answer stands until Wait.
				f.bell.ring(sign{n.place.path, e.name, true})
			}
		}
	}))
}

// ReadFile reads a file and remembers that, not what it read.
func (f *Folder) ReadFile(name string) ([]byte, error) {
	data, _, err := f.ReadVersion(name)
	return data, err
}

// ReadVersion is ReadFile with the [Folder.Version] of just these bytes, also
// while others read the file.
func (f *Folder) ReadVersion(name string) ([]byte, uint64, error) {
	if !fs.ValidPath(name) {
		return nil, 0, &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	n := f.reach(name)
	if c := n.content; c != nil && c.bytes != nil {
		data := c.bytes
		c.bytes = nil
		return data, c.version, nil
	}
	root, at := f.root, n.final()
	f.mu.Unlock()
	c, data, err := load(root, name, at, everyByte)
	f.mu.Lock()
	f.remember(f.reach(name), c) // it may be another node by now
	if err != nil {
		return nil, 0, &fs.PathError{Op: "read", Path: name, Err: reason(err)}
	}
	return data, c.version, nil
}

// remember keeps what was answered, with the version of before if it is the
// same.
func (f *Folder) remember(n *node, c *content) {
	if old := n.content; old != nil && !old.differs(c) {
		c.version = old.version
	} else if c.fault == "" {
		f.version++
		c.version = f.version
	}
	n.content = c
}

// Version returns a number that stands for the content of the file as it was
// last read, by a reader or by Wait; 0 if it was not, or could not be. Equal
// numbers for one name mean equal bytes.
func (f *Folder) Version(name string) uint64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	if n := f.find(name); n != nil && n.content != nil {
		return n.content.version
	}
	return 0
}

// everyByte is the limit for who wants the bytes however many they are.
const everyByte = int64(1) << 62

// load reads a file and returns its bytes too, if they are no more than a
// limit.
func load(root *os.Root, name string, at stamp, limit int64) (*content, []byte, error) {
	c := &content{}
	data, err := c.read(root, name, at, limit)
	if err != nil {
		c.fault = reason(err).Error()
	}
	return c, data, err
}

func (c *content) read(root *os.Root, name string, at stamp, limit int64) ([]byte, error) {
	if kind := at.kind(); at.there && kind != 0 { // opening a pipe would wait for its writer
		if kind == fs.ModeDir {
			return nil, syscall.EISDIR
		}
		return nil, errNotFile
	}
	begun := time.Now()
	file, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	fi, err := file.Stat()
	if err != nil {
		return nil, err
	}
	c.at = stampOf(fi)
	c.racy = c.at.racy(begun)
	if c.at.size > limit {
		return nil, c.skim(file)
	}
	var b bytes.Buffer
	b.Grow(int(c.at.size) + bytes.MinRead)
	if _, err := b.ReadFrom(file); err != nil {
		return nil, err
	}
	c.sum, c.size = sha256.Sum256(b.Bytes()), int64(b.Len())
	return b.Bytes(), nil
}

// skim reads a file of any size in little memory.
func (c *content) skim(file io.Reader) (err error) {
	h := sha256.New()
	c.size, err = io.Copy(h, file)
	h.Sum(c.sum[:0])
	return err
}

// keepUpTo is how many bytes of one file, keepAll how many of all, are kept
// from Wait to the reading that follows. So what is read is what was looked at,
// not the next passing state.
const (
	keepUpTo = 1 << 20
	keepAll  = 8 << 20
)

// keep keeps the bytes for the next reading.
func (f *Folder) keep(c *content, data []byte) {
	if int64(len(data)) <= f.spare && c.fault == "" && data != nil {
		f.spare -= int64(len(data))
		c.bytes = data
		f.kept = append(f.kept, c)
	}
}

// discard forgets the bytes that nobody read.
func (f *Folder) discard() {
	for _, c := range f.kept {
		c.bytes = nil
	}
	f.kept, f.spare = nil, keepAll
}

// file is an open file; it is read when it is first read of.
type file struct {
	f    *Folder
	name string
	info info
	data *bytes.Reader
}

func (o *file) Stat() (fs.FileInfo, error) { return o.info, nil }
func (o *file) Close() error               { return nil }

func (o *file) Read(p []byte) (int, error) {
	if o.data == nil {
		data, err := o.f.ReadFile(o.name)
		if err != nil {
			return 0, err
		}
		o.data = bytes.NewReader(data)
	}
	return o.data.Read(p)
}

// folder is an open folder.
type folder struct {
	f    *Folder
	name string
	info info
	list []fs.DirEntry // not yet read; nil if nothing was
}

func (o *folder) Stat() (fs.FileInfo, error) { return o.info, nil }
func (o *folder) Close() error               { return nil }

func (o *folder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: o.name, Err: syscall.EISDIR}
}

func (o *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if o.list == nil {
		list, err := o.f.ReadDir(o.name)
		if err != nil {
			return nil, err
		}
		o.list = list
	}
	if n <= 0 {
		n = len(o.list)
	} else if len(o.list) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(o.list))
	some := o.list[:n:n]
	o.list = o.list[n:]
	return some, nil
}
