package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"os"

	"plumb/generator"
	"plumb/generator/output"
)

// unchanged reports whether the output is what a build would make of the site, and
// how many pages it has: this very program made it of the same files with the same
// options, had nothing to say, and nobody has touched it since.
func unchanged(ctx context.Context, f *folder, p *output.Publication) (pages int, same bool, err error) {
	before, pages := p.Inputs()
	if before == (output.Sum{}) {
		return 0, false, nil
	}
	if made(generator.Inputs(ctx, f.Options, p.Has)) != before {
		return 0, false, nil
	}
	same, err = p.Untouched()
	return pages, same, err
}

// made is one digest of the inputs of a build and of the program; zero where one of
// them is not known.
func made(inputs output.Sum) output.Sum {
	program := program()
	if inputs == (output.Sum{}) || program == nil {
		return output.Sum{}
	}
	return output.SumOf(append(program, inputs[:]...))
}

// program identifies the program's code: a version is not enough, for it may have
// been built anew. It is nil where that cannot be found out.
func program() []byte {
	name, err := os.Executable()
	if err != nil {
		return nil
	}
	return identity(name)
}

// identity is what tells a program's file from that of any other: its build ID or,
// where it has none, a digest of it.
func identity(name string) []byte {
	file, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer file.Close()
	head := make([]byte, 32<<10)
	n, err := io.ReadFull(file, head)
	if err != nil && err != io.ErrUnexpectedEOF {
		return nil
	}
	if id := buildID(head[:n]); id != nil {
		return id
	}
	h := sha256.New()
	h.Write(head[:n])
	if _, err := io.Copy(h, file); err != nil {
		return nil
	}
	return h.Sum(nil)
}

// buildID returns the name that the linker gave a program, if its head has one: it
// ends in a digest of the whole file, which costs as much to reckon as to build a
// small site.
func buildID(head []byte) []byte {
	if _, behind, ok := bytes.Cut(head, []byte("\xff Go build ID: \"")); ok {
		if id, _, ok := bytes.Cut(behind, []byte("\"\n \xff")); ok && len(id) > 0 {
			return id
		}
	}
	// A note of ELF: the lengths of its owner's name and of its text, its kind, both.
	at := bytes.Index(head, []byte("\x04\x00\x00\x00Go\x00\x00"))
	if at < 8 || binary.LittleEndian.Uint32(head[at-8:]) != 4 {
		return nil
	}
	size, text := uint64(binary.LittleEndian.Uint32(head[at-4:])), head[at+8:]
	if size == 0 || size > uint64(len(text)) {
		return nil
	}
	return text[:size]
}
