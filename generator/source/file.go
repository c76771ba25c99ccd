// Package source reads a site's files: bytes with a digest, places in them as
// an editor counts, front matter and YAML. It is the only door to
// adrg/frontmatter and to the YAML library.
package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"sync"
	"unicode/utf8"
	"weak"

	"plumb/generator/diag"
)

// Digest identifies a content.
type Digest [16]byte

// Sum returns the digest of the pieces one after the other: the first half of
// their SHA-256.
func Sum(pieces ...[]byte) Digest {
	if len(pieces) == 1 {
		sum := sha256.Sum256(pieces[0])
		return Digest(sum[:16])
	}
	h := sha256.New()
	for _, p := range pieces {
		h.Write(p)
	}
	return Digest(h.Sum(nil)[:16])
}

// Short returns eight characters of the digest, fit for an address: for telling
// versions of one thing apart.
func (d Digest) Short() string { return base64.RawURLEncoding.EncodeToString(d[:6]) }

// String returns the digest in hexadecimal.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// Span is a range of bytes in a file, End not included.
type Span struct{ Start, End int }

// File is one text of the site, decoded: valid UTF-8 without a byte order
// mark, every line ending a line feed.
type File struct {
	// Path is relative to the site's root, with forward slashes.
	Path string
	// Data is the decoded text. It is never changed; nil after [File.Forget].
	Data []byte
	// Digest is of the bytes as they are stored.
	Digest Digest

	size  int // of the text that was forgotten
	again func() *File

	mu   sync.Mutex
	last weak.Pointer[File] // what again returned last
}

// Forget lets go of the text. A large site asks for few of its texts once they
// are decoded, by [File.Text], which reads them again. Nobody else may use the
// file meanwhile; again must be safe for concurrent use, and is nil where the
// file cannot be read any more.
func (f *File) Forget(again func() *File) {
	if f.Data != nil {
		f.size, f.again, f.Data = len(f.Data), again, nil
	}
}

// Text returns the text, read again if it was forgotten, once for those who ask
// shortly after one another. Where the file is another one now there are as many
// spaces in its place: the build that goes on is outdated, but may use the spans it
// knows.
func (f *File) Text() []byte {
	if f.again == nil {
		return f.Data
	}
	if now := f.reread(); now != nil && now.Digest == f.Digest {
		return now.Data
	}
	return bytes.Repeat([]byte{' '}, f.size)
}

// reread reads the file, unless the garbage collector has left what was read the
// last time.
func (f *File) reread() *File {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.last.Value()
	if now == nil {
		now = f.again()
		f.last = weak.Make(now)
	}
	return now
}

// Size is the length of the text in bytes.
func (f *File) Size() int { return len(f.Data) + f.size }

// Place returns where a span stands, with its line of source. The underlined
// width ends at the line's end.
func (f *File) Place(s Span) diag.Place {
	data := f.Text()
	start := min(max(s.Start, 0), len(data))
	begin := bytes.LastIndexByte(data[:start], '\n') + 1
	end := len(data)
	if i := bytes.IndexByte(data[start:], '\n'); i >= 0 {
		end = start + i
	}
	width := utf8.RuneCount(data[start:max(start, min(s.End, end))])
	return diag.Place{
		Pos: diag.Pos{
			Path:   f.Path,
			Line:   bytes.Count(data[:start], []byte{'\n'}) + 1,
			Column: utf8.RuneCount(data[begin:start]) + 1,
		},
		Width:  max(1, width),
		Source: string(data[begin:end]),
	}
}
