package main

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// elfNote is a build ID as the linker writes it for Linux.
func elfNote(id string) []byte {
	note := binary.LittleEndian.AppendUint32(nil, 4)
	note = binary.LittleEndian.AppendUint32(note, uint32(len(id)))
	return append(append(note, "\x04\x00\x00\x00Go\x00\x00"...), id...)
}

// goMark is a build ID as the linker writes it for other systems.
func goMark(id string) []byte { return []byte("\xff Go build ID: \"" + id + "\"\n \xff") }

// identified writes a program's file and returns its identity.
func identified(t *testing.T, pieces ...[]byte) []byte {
	t.Helper()
	name := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(name, slices.Concat(pieces...), 0o644); err != nil {
		t.Fatal(err)
	}
	return identity(name)
}

// A program's identity is its build ID, wherever in its head that stands, whatever
// is behind it.
func TestIdentityIsTheBuildID(t *testing.T) {
	code, other := bytes.Repeat([]byte("code"), 20_000), bytes.Repeat([]byte("edoc"), 20_000)
	for _, write := range []func(string) []byte{elfNote, goMark} {
		head := bytes.Repeat([]byte{0x7f}, 999)
		if got := identified(t, head, write("one/two"), code); string(got) != "one/two" {
			t.Errorf("the build ID is %q", got)
		}
		if got := identified(t, head, write("one/two"), other); string(got) != "one/two" {
			t.Errorf("with other code the build ID is %q", got)
		}
		if got := identified(t, head, write("one/three"), code); string(got) != "one/three" {
			t.Errorf("another build ID is %q", got)
		}
	}
}

// A program without a build ID, or with one that is cut off or empty, is identified
// by all its bytes.
func TestIdentityWithoutABuildID(t *testing.T) {
	long := bytes.Repeat([]byte("code"), 20_000)
	seen := map[string][]byte{}
	for _, pieces := range [][]byte{
		[]byte("a"), long, slices.Concat(long, []byte("x")), slices.Concat(long, elfNote("late")),
		elfNote(""), goMark(""), elfNote("cut off")[:20], goMark("cut off")[:20], []byte("\x04\x00\x00\x00Go\x00\x00"),
	} {
		id := string(identified(t, pieces))
		if len(id) != 32 {
			t.Errorf("%.40q is identified by %q, no digest", pieces, id)
		}
		if other, ok := seen[id]; ok {
			t.Errorf("%.40q and %.40q have one identity", pieces, other)
		}
		seen[id] = pieces
	}
	if identity(filepath.Join(t.TempDir(), "none")) != nil {
		t.Error("a file that is not there has an identity")
	}
}

// The program that runs is identified.
func TestThisProgramHasAnIdentity(t *testing.T) {
	if len(program()) == 0 {
		t.Error("this program is not identified")
	}
}
