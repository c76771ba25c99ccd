//go:build darwin || freebsd || netbsd

package watch

import (
	"io/fs"
	"syscall"
)

// identity returns the time of the last change of anything about a file, which
// no program can set, and the numbers of device and file.
func identity(fi fs.FileInfo) (touched int64, device, file uint64) {
	if s, ok := fi.Sys().(*syscall.Stat_t); ok {
		return s.Ctimespec.Nano(), uint64(s.Dev), uint64(s.Ino)
	}
	return 0, 0, 0
}
