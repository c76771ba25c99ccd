package output

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// lock keeps other builds out of an output: a file opened for one process only,
// which the system removes when that process closes it or dies.
type lock struct{ file syscall.Handle }

const (
	deleteOnClose    = 0x04000000          // FILE_FLAG_DELETE_ON_CLOSE
	deleteAccess     = 0x00010000          // DELETE
	sharingViolation = syscall.Errno(0x20) // ERROR_SHARING_VIOLATION
)

// acquire takes the lock or returns errHeld.
func acquire(own *os.Root) (*lock, error) {
	path := filepath.Join(own.Name(), lockName)
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	h, err := syscall.CreateFile(name, syscall.GENERIC_WRITE|deleteAccess, 0, nil,
		syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL|deleteOnClose, 0)
	if errors.Is(err, sharingViolation) {
		return nil, errHeld
	}
	if err != nil {
		return nil, &os.PathError{Op: "lock", Path: path, Err: err}
	}
	return &lock{h}, nil
}

// release unlocks; the file goes with its handle.
func (l *lock) release() error { return syscall.CloseHandle(l.file) }
