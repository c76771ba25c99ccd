package output

import (
	"errors"
	"os"
	"syscall"
)

// changeTime is the one time of a file that nobody can set, in nanoseconds.
func changeTime(info os.FileInfo) int64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return st.Ctim.Nano()
	}
	return 0
}

// move renames a staged file by the handles of both folders: os.Root would look
// up every folder of both paths again, which costs as much as the rename.
func (d *disk) move(staged string, to *folder, name string) error {
	from, err := d.stage.handle()
	if err != nil {
		return err
	}
	into, err := to.handle()
	if err != nil {
		return err
	}
	for {
		err := syscall.Renameat(int(from.Fd()), staged, int(into.Fd()), name)
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if err != nil {
			return &os.LinkError{Op: "rename", Old: d.own.path + "/stage/" + staged, New: join(to.path, name), Err: err}
		}
		return nil
	}
}
