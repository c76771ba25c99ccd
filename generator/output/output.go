// Package output is the only door to writing a site: it takes the files of one
// build and makes a directory hold exactly them.
//
// A build puts its files, in any order and from several goroutines, into a
// [Sink]: a [Tree] keeps them in memory, [Discard] drops them, and a
// [Publication] writes them to a directory.
//
// # Publishing
//
// [Open] checks and locks the directory, [Publication.Put] takes the files, and
// either [Publication.Commit] publishes all of them or [Publication.Discard]
// none. Until Commit nothing that is published has been touched:
//
//	p, err := output.Open(output.Options{Dir: "public"})
//	if err != nil { … }
//	defer p.Discard()
//	… p.Put(file) …
//	stats, err := p.Commit()
//
// Put compares a file with the manifest of the build before. One that is the
// same and still on disk is left alone, so that rsync and caches see no change;
// another one is staged in .plumb/stage at once and its bytes are forgotten.
// Commit moves what is staged to its place, one atomic rename a file, in the
// order of the classes, and deletes what the build before wrote and this one
// did not. Where there was no build before, a folder comes whole, with the files of
// the first class that has any in it: to rename each of them costs more, on ext4,
// than to write it. A visitor who comes in the middle meets no page whose style sheet is
// still missing, and no home page that links to a page not yet there.
//
// # What .plumb holds
//
//	manifest.json  what Plumb wrote: paths, sizes, digests. Only that is ever deleted
//	stat           times of these files, a shortcut past hashing them again
//	lock           held while a build writes here, then removed
//	stage/         files on their way; readable by the owner only
//	journal        the steps of a commit that has begun and not ended
//
// The manifest is a function of the files put and of the folders that had to be
// made for them, and holds what [Publication.Made] was given, a digest. It names no
// source and no machine, so it may be served.
//
// # Is the file on disk still the one Plumb wrote?
//
// Reading 100,000 pages to find out would cost more than building them, and the
// modification time alone can be set by anyone. So a file is taken for unchanged
// without reading it if its size is the manifest's, its modification time and
// its change time (which no one can set; unix only) are those of stat, and both
// are older than stat itself: a change in the same tick of the file system's
// clock would not show in them. Otherwise it is read and hashed. A copy of the
// directory (a checkout, a restored cache) has other times: its first build reads
// every file once.
//
// # When something is cut off
//
// The journal is written and synced before the first rename. A process killed
// before it leaves only a stage, which the next Open removes; one killed after it
// leaves a commit that the next Open finishes. The journal and the manifests are
// synced to the disk, pages are not: that would cost milliseconds a file. After a
// power cut a page may therefore be short or missing. The next Open checks what
// it finishes by digest, and the next build restores a page whose size or times
// are not those recorded.
package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// A Sink takes the files of one build. It may be called from several goroutines.
type Sink interface {
	// Put takes one file. It keeps no reference to data that is not shared. It returns an error if the path is not one, or was put
	// before, or differs from one put before by case only, or is a folder of one
	// put before.
	Put(f File) error
}

// File is one file of a site.
type File struct {
	// Path is relative to the site's root, with forward slashes: a valid
	// [fs.ValidPath] without backslashes and outside .plumb.
	Path string
	// Class says when the file is published; it has no part in its identity.
	Class Class
	// Data is the content. A sink never changes it.
	Data []byte
	// Write writes the content of a file that may be too large for memory; it
	// stands in place of Data, and each call writes the same.
	Write func(to io.Writer) error
	// Sum is the digest of Data for a caller who knows it already, as one who
	// kept the bytes from an earlier build does. Zero means not known.
	Sum Sum
	// Shared says that nobody changes Data any more, so that a sink may keep it.
	Shared bool
}

// Share returns the file with its digest and a copy of its data that sinks may
// keep.
func (f File) Share() File {
	if f.Write != nil {
		f = f.whole()
	}
	f.Sum = f.sum()
	if !f.Shared {
		f.Data, f.Shared = bytes.Clone(f.Data), true
	}
	return f
}

// sum returns the file's digest, reckoned if need be.
func (f File) sum() Sum {
	if f.Sum == (Sum{}) {
		return SumOf(f.Data)
	}
	return f.Sum
}

// Class is a file's turn in a commit: every file of a class is in place before
// the first one of the next. Deletions come last.
type Class uint8

const (
	// Asset is what pages load: styles, scripts, images, downloads.
	Asset Class = iota
	// SearchShard is a part of the search index, named by its content.
	SearchShard
	// Page is any page but the home page. New pages precede changed ones, which
	// may link to them.
	Page
	// SearchRoot is the file that names the search shards.
	SearchRoot
	// Home is the page that links to all others.
	Home
)

// Sum is the SHA-256 of a file's content.
type Sum [sha256.Size]byte

// SumOf returns the digest of a content.
func SumOf(data []byte) Sum { return sha256.Sum256(data) }

// String returns the digest in hexadecimal.
func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// MarshalText writes the digest in hexadecimal.
func (s Sum) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, s[:]), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *Sum) UnmarshalText(text []byte) error {
	if len(text) != 2*len(s) {
		return fmt.Errorf("a SHA-256 has %d hexadecimal digits, not %d", 2*len(s), len(text))
	}
	_, err := hex.Decode(s[:], text)
	return err
}

// Discard is a sink that keeps nothing; it checks only that each path is one.
// Its zero value is ready, and it may be used for any number of builds.
type Discard struct{}

// Put checks the path.
func (Discard) Put(f File) error { return checkPath(f.Path) }

// ownFolder is where Plumb keeps its books inside an output.
const ownFolder = ".plumb"

// checkPath reports a path that no sink takes.
func checkPath(p string) error {
	if !fs.ValidPath(p) || p == "." || strings.ContainsAny(p, "\\\x00") {
		return fmt.Errorf("output: %q is not a path of a file", p)
	}
	if first, _, _ := strings.Cut(p, "/"); fold(first) == ownFolder {
		return fmt.Errorf("output: %q lies in the folder Plumb keeps for itself", p)
	}
	return nil
}

// A RefusedError says why a directory or a file is not written to: nothing has
// been changed, and it is for the user to do something about it. Any other error
// of this package is a fault of the machine or of the caller.
type RefusedError struct {
	// Reason is one sentence without a full stop.
	Reason string
	// Hint is what to do about it; it may be empty.
	Hint string
}

// Error returns the reason.
func (e *RefusedError) Error() string { return e.Reason }

func refuse(hint, format string, args ...any) error {
	return &RefusedError{Reason: fmt.Sprintf(format, args...), Hint: hint}
}
