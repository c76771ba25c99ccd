//go:build unix && !solaris && !illumos && !aix

package output

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// lock keeps other builds out of an output. It belongs to the open file, so the
// kernel ends it with the process, however that dies.
type lock struct {
	own  *os.Root
	file *os.File
}

// acquire takes the lock or returns errHeld. It returns fs.ErrNotExist where the
// folder was removed meanwhile by a build that ended.
func acquire(own *os.Root) (*lock, error) {
	for {
		f, err := own.OpenFile(lockName, os.O_RDWR|os.O_CREATE, 0o644)
		if err != nil {
			return nil, err
		}
		if err := flock(f); err != nil {
			f.Close()
			return nil, err
		}
		l := &lock{own, f}
		switch ok, err := l.current(); {
		case ok:
			return l, nil
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			f.Close()
			return nil, err
		}
		f.Close() // its owner removed the file between our open and our lock
	}
}

// flock locks without waiting. A file system that knows no locks (some network
// mounts) is written to without one.
func flock(f *os.File) error {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK):
		return errHeld
	case errors.Is(err, syscall.ENOTSUP), errors.Is(err, syscall.ENOSYS):
		return nil
	}
	return err
}

// current reports whether the locked file is the one others would open.
func (l *lock) current() (bool, error) {
	held, err := l.file.Stat()
	if err != nil {
		return false, err
	}
	named, err := l.own.Lstat(lockName)
	if err != nil {
		return false, err
	}
	if !named.Mode().IsRegular() {
		return false, &fs.PathError{Op: "lock", Path: l.file.Name(), Err: fs.ErrInvalid}
	}
	return os.SameFile(held, named), nil
}

// release removes the file while it is still locked, then unlocks it.
func (l *lock) release() error {
	return errors.Join(l.own.Remove(lockName), l.file.Close())
}
