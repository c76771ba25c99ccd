package source

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"plumb/generator/diag"
)

// MaxText is the size in bytes up to which a text file is read.
const MaxText = 1 << 20

var bom = []byte("\xef\xbb\xbf")

// Decode makes a File of the bytes of a text file. A byte order mark at byte 0
// is dropped and line endings become line feeds. Where the bytes are no UTF-8
// text of at most [MaxText] bytes the file is nil and one diagnostic says why.
func Decode(path string, raw []byte) (*File, []diag.Diagnostic) {
	if len(raw) > MaxText {
		return nil, []diag.Diagnostic{diag.New(diag.Error, diag.FileTooLarge, diag.File(path),
			fmt.Sprintf("the file has %d KiB; a text may have %d", len(raw)>>10, MaxText>>10),
			"split it into several playbooks")}
	}
	if utf16(raw) {
		return nil, []diag.Diagnostic{diag.New(diag.Error, diag.UTF16, diag.Place{Pos: diag.Pos{Path: path, Line: 1, Column: 1}},
			"the file is UTF-16, not UTF-8", "save it again with the encoding UTF-8")}
	}
	f := &File{Path: path, Data: unixLines(bytes.TrimPrefix(raw, bom)), Digest: Sum(raw)}
	if f.Data == nil {
		f.Data = []byte{} // nil stands for a file that could not be read
	}
	if !utf8.Valid(f.Data) {
		return nil, []diag.Diagnostic{invalidUTF8(f)}
	}
	if i := bytes.IndexByte(f.Data, 0); i >= 0 {
		return nil, []diag.Diagnostic{diag.New(diag.Error, diag.NULByte, f.Place(Span{i, i + 1}),
			"the file holds a NUL byte: it is no text", "export it as Markdown or plain text again")}
	}
	return f, nil
}

// utf16 reports whether the bytes look like UTF-16: a byte order mark, or a
// NUL in every other one of the first bytes.
func utf16(raw []byte) bool {
	if bytes.HasPrefix(raw, []byte{0xff, 0xfe}) || bytes.HasPrefix(raw, []byte{0xfe, 0xff}) {
		return true
	}
	head := raw[:min(len(raw), 64)&^1]
	even, odd := 0, 0
	for i, c := range head {
		if c == 0 && i%2 == 0 {
			even++
		} else if c == 0 {
			odd++
		}
	}
	return len(head) >= 4 && max(even, odd) > len(head)/2*3/4
}

// unixLines replaces CRLF and lone CR by LF; text without them is not copied.
func unixLines(b []byte) []byte {
	if bytes.IndexByte(b, '\r') < 0 {
		return b
	}
	b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(b, []byte("\r"), []byte("\n"))
}

func invalidUTF8(f *File) diag.Diagnostic {
	at := 0
	for at < len(f.Data) {
		r, n := utf8.DecodeRune(f.Data[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	place := f.Place(Span{at, at + 1})
	place.Source = string(bytes.ToValidUTF8([]byte(place.Source), []byte("\uFFFD")))
	return diag.New(diag.Error, diag.NotUTF8, place,
		fmt.Sprintf("byte 0x%02x is not valid UTF-8", f.Data[at]),
		"save the file again with the encoding UTF-8; it may be Windows-1252 or ISO 8859-1 now")
}
