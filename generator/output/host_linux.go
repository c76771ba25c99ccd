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

// create makes a file of the folder. It takes three system calls: os.Root would
// take a fourth, to wait for the file as for a connection, and two objects that the
// garbage collector has to watch.
func (f *folder) create(name string, data []byte) error {
	in, err := f.handle()
	if err != nil {
		return err
	}
	const flags = syscall.O_WRONLY | syscall.O_CREAT | syscall.O_EXCL | syscall.O_NOFOLLOW | syscall.O_CLOEXEC
	fd, err := again(func() (int, error) { return syscall.Openat(int(in.Fd()), name, flags, fileMode) })
	for err == nil && len(data) > 0 {
		var n int
		n, err = again(func() (int, error) { return syscall.Write(fd, data) })
		data = data[max(n, 0):]
	}
	if fd >= 0 {
		err = errors.Join(err, syscall.Close(fd))
	}
	if err != nil {
		return &os.PathError{Op: "write", Path: join(f.path, name), Err: err}
	}
	return nil
}

// again repeats a system call that a signal has cut off.
func again(call func() (int, error)) (n int, err error) {
	for {
		if n, err = call(); err != syscall.EINTR {
			return n, err
		}
	}
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
	_, err = again(func() (int, error) {
		return 0, syscall.Renameat(int(from.Fd()), staged, int(into.Fd()), name)
	})
	if err != nil {
		return &os.LinkError{Op: "rename", Old: d.own.path + "/stage/" + staged, New: join(to.path, name), Err: err}
	}
	return nil
}
