package picture

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
)

// avifMeta is how large the part of an AVIF file may be that says what is in
// it; most often it has some hundred bytes.
const avifMeta = 256 << 10

// avifSize reads the boxes of ISO/IEC 23008-12: the properties of the item that
// is the picture, and not those of its parts, its transparency or a thumbnail.
func avifSize(r *bufio.Reader) (Size, error) {
	brands := false
	for {
		kind, length, err := boxHead(r)
		if err != nil {
			return Size{}, ErrBroken
		}
		if kind != "ftyp" && kind != "meta" {
			if _, err := io.CopyN(io.Discard, r, length); err != nil {
				return Size{}, ErrBroken
			}
			continue
		}
		if length > avifMeta {
			return Size{}, ErrBroken
		}
		data := make([]byte, length)
		if _, err := io.ReadFull(r, data); err != nil {
			return Size{}, ErrBroken
		}
		switch {
		case kind == "ftyp":
			if brands = bytes.Contains(data, []byte("avif")) || bytes.Contains(data, []byte("avis")); !brands {
				return Size{}, ErrUnknown
			}
		case !brands || len(data) < 4:
			return Size{}, ErrBroken
		default:
			return metaSize(data[4:])
		}
	}
}

// boxHead reads the head of a box: its kind, and how many bytes follow.
func boxHead(r io.Reader) (kind string, length int64, err error) {
	var head [8]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return "", 0, err
	}
	size, before := int64(binary.BigEndian.Uint32(head[:])), int64(len(head))
	if size == 1 {
		var long [8]byte
		if _, err := io.ReadFull(r, long[:]); err != nil {
			return "", 0, err
		}
		size, before = int64(binary.BigEndian.Uint64(long[:])&(1<<62-1)), 16
	}
	if size < before {
		return "", 0, ErrBroken
	}
	return string(head[4:]), size - before, nil
}

// boxes returns the boxes that data is made of, in order, up to a broken one.
func boxes(data []byte) (out []box) {
	for len(data) >= 8 {
		size := binary.BigEndian.Uint32(data)
		if size < 8 || uint64(size) > uint64(len(data)) {
			return out
		}
		out = append(out, box{string(data[4:8]), data[8:size]})
		data = data[size:]
	}
	return out
}

type box struct {
	kind string
	data []byte
}

// inside returns the data of the first box of a kind, nil where there is none.
func inside(data []byte, kind string) []byte {
	for _, b := range boxes(data) {
		if b.kind == kind {
			return b.data
		}
	}
	return nil
}

func metaSize(meta []byte) (Size, error) {
	properties := inside(meta, "iprp")
	all := boxes(inside(properties, "ipco"))
	var s Size
	turned := false
	for _, index := range associated(inside(properties, "ipma"), primary(inside(meta, "pitm"))) {
		if index < 1 || index > len(all) {
			continue
		}
		switch p := all[index-1]; {
		case p.kind == "ispe" && len(p.data) >= 12:
			s.Width = int(min(binary.BigEndian.Uint32(p.data[4:]), Most+1))
			s.Height = int(min(binary.BigEndian.Uint32(p.data[8:]), Most+1))
		case p.kind == "irot" && len(p.data) >= 1:
			turned = p.data[0]&1 == 1 // by a quarter, one way or the other
		}
	}
	if turned {
		s.Width, s.Height = s.Height, s.Width
	}
	return s, nil
}

// primary returns the number of the item that is the picture, 0 where that is not
// said.
func primary(pitm []byte) uint32 {
	d := fields{data: pitm}
	if d.uint(1) == 0 {
		d.uint(3)
		return d.uint(2)
	}
	d.uint(3)
	return d.uint(4)
}

// associated returns the numbers of an item's properties, from 1.
func associated(ipma []byte, item uint32) []int {
	d := fields{data: ipma}
	version, flags := d.uint(1), d.uint(3)
	idSize, indexSize := 2, 1
	if version > 0 {
		idSize = 4
	}
	if flags&1 == 1 {
		indexSize = 2
	}
	for range d.uint(4) {
		if len(d.data) == 0 {
			return nil
		}
		id := d.uint(idSize)
		var out []int
		for range d.uint(1) {
			essential := uint32(1) << (8*indexSize - 1)
			out = append(out, int(d.uint(indexSize)&^essential))
		}
		if id == item {
			return out
		}
	}
	return nil
}

// fields reads numbers one after the other, 0 where there is nothing left.
type fields struct{ data []byte }

func (d *fields) uint(size int) (out uint32) {
	if len(d.data) < size {
		d.data = nil
		return 0
	}
	for _, b := range d.data[:size] {
		out = out<<8 | uint32(b)
	}
	d.data = d.data[size:]
	return out
}
