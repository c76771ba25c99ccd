//go:build unix

package output

import (
	"os"
	"syscall"
)

// device identifies the file system a file is on; renames do not leave it.
func device(info os.FileInfo) uint64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(st.Dev)
	}
	return 0
}

// syncFolder makes the names in a folder outlive a power cut.
func syncFolder(f *folder) error {
	h, err := f.handle()
	if err != nil {
		return err
	}
	return h.Sync()
}
