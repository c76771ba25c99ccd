// Package source reads a site's files: bytes with a digest, places in them as
// an editor counts, front matter and YAML. It is the only door to
// adrg/frontmatter and to the YAML library.
package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"unicode/utf8"

	"plumb/generator/diag"
)

// Digest identifies a content.
type Digest [16]byte

// Sum returns the digest of the pieces one after the other: the first half of
// their SHA-256.
func Sum(pieces ...[]byte) Digest {
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
	// Data is the decoded text. It is never changed.
	Data []byte
	// Digest is of the bytes as they are stored.
	Digest Digest
}

// Place returns where a span stands, with its line of source. The underlined
// width ends at the line's end.
func (f *File) Place(s Span) diag.Place {
	start := min(max(s.Start, 0), len(f.Data))
	begin := bytes.LastIndexByte(f.Data[:start], '\n') + 1
	end := len(f.Data)
	if i := bytes.IndexByte(f.Data[start:], '\n'); i >= 0 {
		end = start + i
	}
	width := utf8.RuneCount(f.Data[start:max(start, min(s.End, end))])
	return diag.Place{
		Pos: diag.Pos{
			Path:   f.Path,
			Line:   bytes.Count(f.Data[:start], []byte{'\n'}) + 1,
			Column: utf8.RuneCount(f.Data[begin:start]) + 1,
		},
		Width:  max(1, width),
		Source: string(f.Data[begin:end]),
	}
}
