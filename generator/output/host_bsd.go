//go:build darwin || freebsd || netbsd

package output

import (
	"os"
	"syscall"
)

// changeTime is the one time of a file that nobody can set, in nanoseconds.
func changeTime(info os.FileInfo) int64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return st.Ctimespec.Nano()
	}
	return 0
}
