// Package picture finds out how large pictures are, so that a page can keep
// their place before they are there. It reads no more than the beginning of a
// file, decodes no picture and believes no file: whatever stands in one, the
// answer comes in bounded time and memory. It is the only door to
// golang.org/x/image.
package picture

import (
	"bufio"
	"bytes"
	"image"
	"image/gif"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// Size is a size in CSS pixels, as a browser shows the picture unless told
// otherwise: from 1 to [Most].
type Size struct{ Width, Height int }

// Most is the largest width and height that is believed; no browser shows
// a picture as large.
const Most = 1<<16 - 1

// header is how many bytes of a file are read at most. What cameras put before
// the size in a JPEG file is most often less than a tenth of it.
const header = 4 << 20

// Fault is why a file has no size, as an error.
type Fault string

// Error returns the fault in words that go on a sentence about the picture.
func (f Fault) Error() string { return string(f) }

// The faults.
const (
	ErrUnknown Fault = "it is no PNG, JPEG, WebP, GIF, AVIF or SVG file"
	ErrBroken  Fault = "the beginning of the file is damaged"
	ErrTooBig  Fault = "it says that it is more than 65,535 pixels wide or high"
	ErrNoSize  Fault = "its svg element has no width and height in pixels, and no viewBox"
)

// Measure returns the size of the picture that begins with what it reads. The
// error is a [Fault] or the reader's own. What the file is called has no part in
// it.
func Measure(r io.Reader) (Size, error) {
	failing := &remembering{r: io.LimitReader(r, header)}
	s, err := measure(bufio.NewReader(failing))
	switch {
	case failing.err != nil:
		return Size{}, failing.err
	case err != nil:
		return Size{}, err
	case s.Width < 1 || s.Height < 1:
		return Size{}, ErrBroken
	case s.Width > Most || s.Height > Most:
		return Size{}, ErrTooBig
	}
	return s, nil
}

// remembering is a reader that tells a fault of the disk from one of the file.
type remembering struct {
	r   io.Reader
	err error
}

func (f *remembering) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}

// measure knows a picture by its first bytes, as browsers do.
func measure(r *bufio.Reader) (Size, error) {
	begin, _ := r.Peek(16)
	has := func(at int, magic string) bool { return len(begin) >= at && bytes.HasPrefix(begin[at:], []byte(magic)) }
	switch {
	case has(0, "\x89PNG\r\n\x1a\n"):
		return config(png.DecodeConfig, r)
	case has(0, "GIF8"):
		return config(gif.DecodeConfig, r)
	case has(0, "RIFF") && has(8, "WEBP"):
		return config(webp.DecodeConfig, r)
	case has(0, "\xff\xd8\xff"):
		return jpegSize(r)
	case has(4, "ftyp"):
		return avifSize(r)
	}
	return svgSize(r)
}

func config(decode func(io.Reader) (image.Config, error), r io.Reader) (Size, error) {
	c, err := decode(r)
	if err != nil {
		return Size{}, ErrBroken
	}
	return Size{c.Width, c.Height}, nil
}
