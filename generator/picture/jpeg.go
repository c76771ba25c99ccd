package picture

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
)

// Markers of JPEG, ITU-T T.81, table B.1.
const (
	jpegScan = 0xda // the picture itself begins
	jpegEnd  = 0xd9
	jpegEXIF = 0xe1
	jpegFill = 0xff
)

// isFrame reports whether a marker begins the header with the size.
func isFrame(marker byte) bool {
	return 0xc0 <= marker && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc
}

// jpegSize walks from segment to segment. The standard library would find the
// size, not how the camera was held.
func jpegSize(r *bufio.Reader) (Size, error) {
	turned := false
	if _, err := r.Discard(2); err != nil {
		return Size{}, ErrBroken
	}
	for {
		marker, length, err := segment(r)
		switch {
		case err != nil || marker == jpegScan || marker == jpegEnd:
			return Size{}, ErrBroken
		case isFrame(marker):
			return frameSize(r, turned)
		case marker == jpegEXIF:
			data := make([]byte, length)
			if _, err := io.ReadFull(r, data); err != nil {
				return Size{}, ErrBroken
			}
			if exif, ok := bytes.CutPrefix(data, []byte("Exif\x00\x00")); ok {
				turned = turnedBy(exif)
			}
		default:
			if _, err := r.Discard(length); err != nil {
				return Size{}, ErrBroken
			}
		}
	}
}

// segment reads the marker of a segment and how many bytes follow.
func segment(r *bufio.Reader) (marker byte, length int, err error) {
	if b, err := r.ReadByte(); err != nil || b != jpegFill {
		return 0, 0, ErrBroken
	}
	for marker = jpegFill; marker == jpegFill && err == nil; {
		marker, err = r.ReadByte()
	}
	var two [2]byte
	if err == nil {
		_, err = io.ReadFull(r, two[:])
	}
	length = int(binary.BigEndian.Uint16(two[:])) - 2
	if err != nil || length < 0 {
		return 0, 0, ErrBroken
	}
	return marker, length, nil
}

func frameSize(r io.Reader, turned bool) (Size, error) {
	var frame [5]byte // precision, height, width
	if _, err := io.ReadFull(r, frame[:]); err != nil {
		return Size{}, ErrBroken
	}
	s := Size{Width: int(binary.BigEndian.Uint16(frame[3:])), Height: int(binary.BigEndian.Uint16(frame[1:]))}
	if turned {
		s.Width, s.Height = s.Height, s.Width
	}
	return s, nil
}

// orientation is the tag of TIFF that says how a picture is to be turned: 1 to
// 4 leave it upright, 5 to 8 lay it on its side.
const orientation = 0x0112

// turnedBy reports whether EXIF data, which is a TIFF file without a picture,
// lays the picture on its side.
func turnedBy(tiff []byte) bool {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(tiff, []byte("II*\x00")):
		order = binary.LittleEndian
	case bytes.HasPrefix(tiff, []byte("MM\x00*")):
		order = binary.BigEndian
	}
	if order == nil || len(tiff) < 8 {
		return false
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return false
	}
	tags := tiff[at+2:]
	for range min(int(order.Uint16(tiff[at:])), len(tags)/12) {
		if order.Uint16(tags) == orientation {
			v := order.Uint16(tags[8:])
			return 5 <= v && v <= 8
		}
		tags = tags[12:]
	}
	return false
}
