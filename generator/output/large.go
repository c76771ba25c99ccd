package output

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"os"
)

// whole returns the file with its content in memory.
func (f File) whole() File {
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		panic("output: " + f.Path + ": " + err.Error()) // a buffer takes everything
	}
	f.Data, f.Write, f.Shared = b.Bytes(), nil, true
	return f
}

// measure reckons the size and the digest of what is written to it.
type measure struct {
	size int64
	hash hash.Hash
}

func newMeasure() *measure { return &measure{hash: sha256.New()} }

func (m *measure) Write(data []byte) (int, error) {
	m.size += int64(len(data))
	return m.hash.Write(data)
}

func (m *measure) sum() Sum { return Sum(m.hash.Sum(nil)) }

// takeLarge is take for a file that is not held in memory. Where the build before
// wrote one of its name, it is written twice at most: once to learn that it is
// another, and then to the disk.
func (p *Publication) takeLarge(f File) (entry, error) {
	e := entry{class: f.Class, old: p.find(f.Path)}
	if e.old >= 0 {
		m := newMeasure()
		if err := f.Write(m); err != nil {
			return e, err
		}
		e.listed = listed{f.Path, m.size, m.sum()}
		if p.before.Files[e.old].Sum == e.Sum && p.intact(&e) {
			return e, nil
		}
	}
	var err error
	if e.staged, err = p.place(f); err != nil {
		return e, err
	}
	m, err := p.disk.stageLarge(e.staged, f.Write)
	e.listed = listed{f.Path, m.size, m.sum()}
	return e, err
}

// stageLarge writes one file into the stage, piece by piece.
func (d *disk) stageLarge(name string, write func(io.Writer) error) (m *measure, err error) {
	m = newMeasure()
	var file *os.File
	err = d.inStage(name, func(f *folder, name string) error {
		file, err = f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
		return err
	})
	if err != nil {
		return m, err
	}
	buf := bufio.NewWriterSize(io.MultiWriter(file, m), 64<<10)
	err = write(buf)
	return m, errors.Join(err, buf.Flush(), file.Close())
}
