package watch

import (
	"io/fs"
	"time"
)

// stamp is what a file system says about a name without opening it. Times are
// compared for difference only; they are nanoseconds since 1970, and those the
// system does not tell are 0, as are the numbers of file and device.
type stamp struct {
	there            bool
	mode             fs.FileMode
	size             int64
	changed, touched int64 // modification of the content; of anything
	device, file     uint64
}

func (s stamp) isLink() bool { return s.mode&fs.ModeSymlink != 0 }

// kind is the type with whether it is there at all.
func (s stamp) kind() fs.FileMode {
	if !s.there {
		return fs.ModeIrregular
	}
	return s.mode.Type()
}

// same reports whether two stamps are of one file, whatever is in it.
func (s stamp) same(t stamp) bool {
	return s.kind() == t.kind() && s.device == t.device && s.file == t.file
}

// granularity is that of the coarsest clock of a file system in use (FAT).
const granularity = 2 * time.Second

// racy reports whether the file may yet change without another stamp, being
// read at a time. Stamps from the future are no reason: a clock that goes wrong
// goes on.
func (s stamp) racy(read time.Time) bool {
	at := read.UnixNano()
	near := func(t int64) bool { return at-int64(granularity) <= t && t <= at+int64(granularity) }
	return near(s.changed) || near(s.touched)
}

// info is a stamp with its name, as the answer to a reader.
type info struct {
	name string
	stamp
}

func (i info) Name() string               { return i.name }
func (i info) Size() int64                { return i.size }
func (i info) Mode() fs.FileMode          { return i.mode }
func (i info) Type() fs.FileMode          { return i.mode.Type() }
func (i info) ModTime() time.Time         { return time.Unix(0, i.changed) }
func (i info) IsDir() bool                { return i.mode.IsDir() }
func (i info) Sys() any                   { return nil }
func (i info) Info() (fs.FileInfo, error) { return i, nil }
func (i info) String() string             { return fs.FormatFileInfo(i) }

func stampOf(fi fs.FileInfo) stamp {
	s := stamp{there: true, mode: fi.Mode(), size: fi.Size(), changed: fi.ModTime().UnixNano()}
	s.touched, s.device, s.file = identity(fi)
	return s
}
