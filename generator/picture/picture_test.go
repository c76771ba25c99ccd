package picture_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"plumb/generator/picture"
)

// encoded returns what an encoder makes of a picture of 30 by 20 pixels.
func encoded(t testing.TB, encode func(io.Writer, image.Image) error) string {
	t.Helper()
	m := image.NewPaletted(image.Rect(0, 0, 30, 20), color.Palette{color.Black, color.White})
	var b strings.Builder
	if err := encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func jpegOf(w io.Writer, m image.Image) error { return jpeg.Encode(w, m, nil) }
func gifOf(w io.Writer, m image.Image) error  { return gif.Encode(w, m, nil) }

// exif puts a segment of EXIF data before what a JPEG file holds.
func exif(file string, order binary.AppendByteOrder, mark string, orientation uint16) string {
	tiff := order.AppendUint32([]byte(mark), 8)
	tiff = order.AppendUint16(tiff, 2) // tags
	tiff = order.AppendUint16(tiff, 0x010f)
	tiff = append(order.AppendUint16(tiff, 2), "\x00\x00\x00\x00\x00\x00\x00\x00"...)
	tiff = order.AppendUint16(tiff, 0x0112)
	tiff = order.AppendUint16(tiff, 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(tiff, orientation)
	tiff = append(tiff, "\x00\x00\x00\x00\x00\x00"...)
	return segment(file, 0xe1, "Exif\x00\x00"+string(tiff))
}

func segment(file string, marker byte, data string) string {
	head := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(data)+2))
	return file[:2] + string(head) + data + file[2:]
}

func fromBase64(t testing.TB, text string) string {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// box is a box of ISO base media files.
func box(kind, data string) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(data)+8))) + kind + data
}

func long(n uint32) string { return string(binary.BigEndian.AppendUint32(nil, n)) }

// avif has a picture of 64 by 48 as item 2, beside a thumbnail, and perhaps
// a turn.
func avif(turns byte) string {
	ispe := func(w, h uint32) string { return box("ispe", "\x00\x00\x00\x00"+long(w)+long(h)) }
	properties := box("ipco", ispe(16, 12)+ispe(64, 48)+box("irot", string([]byte{turns})))
	association := box("ipma", "\x00\x00\x00\x00"+long(2)+"\x00\x01\x01\x01"+"\x00\x02\x02\x82\x83")
	meta := "\x00\x00\x00\x00" + box("hdlr", "x") + box("pitm", "\x00\x00\x00\x00\x00\x02") + box("iprp", properties+association)
	return box("ftyp", "avif\x00\x00\x00\x00mif1") + box("free", "12345") + box("meta", meta) + box("mdat", "…")
}

// tiny is the AVIF file of 2 by 2 pixels by which pages try whether a browser
// knows the format.
const tiny = "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADybWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAGxpYmF2aWYAAAAADnBpdG0AAAAAAAEAAAAeaWxvYwAAAABEAAABAAEAAAABAAABGgAAAB0AAAAoaWluZgAAAAAAAQAAABppbmZlAgAAAAABAABhdjAxQ29sb3IAAAAAamlwcnAAAABLaXBjbwAAABRpc3BlAAAAAAAAAAIAAAACAAAAEHBpeGkAAAAAAwgICAAAAAxhdjFDgQ0MAAAAABNjb2xybmNseAACAAIAAYAAAAAXaXBtYQAAAAAAAAABAAEEAQKDBAAAACVtZGF0EgAKCBgANogQEAwgMg8f8D///8WfhwB8+ErK42A="

const (
	lossy    = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"
	lossless = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="
)

func webp(chunk string) string {
	return "RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(chunk)+4))) + "WEBP" + chunk
}

func TestMeasure(t *testing.T) {
	photo := encoded(t, jpegOf)
	for name, c := range map[string]struct {
		file string
		want picture.Size
	}{
		"png":                       {encoded(t, png.Encode), picture.Size{30, 20}},
		"gif":                       {encoded(t, gifOf), picture.Size{30, 20}},
		"jpeg":                      {photo, picture.Size{30, 20}},
		"jpeg, upright":             {exif(photo, binary.LittleEndian, "II*\x00", 3), picture.Size{30, 20}},
		"jpeg, on its side":         {exif(photo, binary.LittleEndian, "II*\x00", 6), picture.Size{20, 30}},
		"jpeg, on its other side":   {exif(photo, binary.BigEndian, "MM\x00*", 8), picture.Size{20, 30}},
		"jpeg, turned by nonsense":  {exif(photo, binary.BigEndian, "MM\x00*", 9), picture.Size{30, 20}},
		"jpeg, other data of APP1":  {segment(exif(photo, binary.BigEndian, "MM\x00*", 5), 0xe1, "http://ns.adobe.com/xap/1.0/\x00<x/>"), picture.Size{20, 30}},
		"jpeg behind a thumbnail":   {segment(photo, 0xe1, "Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00"+photo), picture.Size{30, 20}},
		"jpeg with fill bytes":      {photo[:2] + "\xff\xff" + photo[2:], picture.Size{30, 20}},
		"webp, lossy":               {fromBase64(t, lossy), picture.Size{1, 1}},
		"webp, lossless":            {fromBase64(t, lossless), picture.Size{1, 1}},
		"webp, extended":            {webp("VP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x27\x00\x00\x13\x00\x00"), picture.Size{40, 20}},
		"avif":                      {fromBase64(t, tiny), picture.Size{2, 2}},
		"avif, the primary item":    {avif(0), picture.Size{64, 48}},
		"avif, turned":              {avif(1), picture.Size{48, 64}},
		"avif, upside down":         {avif(2), picture.Size{64, 48}},
		"svg":                       {`<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"/>`, picture.Size{120, 40}},
		"svg, units":                {`<svg width="2in" height=" 10PX "></svg>`, picture.Size{192, 10}},
		"svg, viewBox":              {`<svg viewBox="0 0 120 40">`, picture.Size{120, 40}},
		"svg, viewBox with commas":  {`<svg viewBox="-5,-5,120.4,39.6">`, picture.Size{120, 40}},
		"svg, width and viewBox":    {`<svg width="60" viewBox="0 0 120 40">`, picture.Size{60, 20}},
		"svg, height and viewBox":   {`<svg height="1e1" width="100%" viewBox="0 0 120 40">`, picture.Size{30, 10}},
		"svg, percentages":          {`<svg width="100%" height="100%" viewBox="0 0 120 40">`, picture.Size{120, 40}},
		"svg, small":                {`<svg viewBox="0 0 .2 .1">`, picture.Size{1, 1}},
		"svg, prolog":               {"\ufeff<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- <svg width='1' height='1'> -->\n<!DOCTYPE svg [<!ENTITY ns \"x\">]>\n<svg:svg xmlns:svg=\"&ns;\" width='7' height='8'>", picture.Size{7, 8}},
		"svg, another encoding":     {"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><svg desc=\"\xe9\" width=\"7\" height=\"8\"/>", picture.Size{7, 8}},
		"svg, attributes of others": {`<svg xmlns:i="x" i:width="1" i:height="1" width="7" height="8"/>`, picture.Size{7, 8}},
		"the largest":               {`<svg width="65535" height="65535"/>`, picture.Size{65535, 65535}},
	} {
		got, err := picture.Measure(strings.NewReader(c.file))
		if err != nil || got != c.want {
			t.Errorf("%s: got %v %v, want %v", name, got, err, c.want)
		}
		slow, err := picture.Measure(iotest.OneByteReader(strings.NewReader(c.file)))
		if err != nil || slow != c.want {
			t.Errorf("%s, byte by byte: got %v %v, want %v", name, slow, err, c.want)
		}
	}
}

func TestFaults(t *testing.T) {
	photo := encoded(t, jpegOf)
	wide := []byte(encoded(t, png.Encode))
	binary.BigEndian.PutUint32(wide[16:], 1<<30)
	for name, c := range map[string]struct {
		file string
		want picture.Fault
	}{
		"nothing":                 {"", picture.ErrUnknown},
		"text":                    {"plain words", picture.ErrUnknown},
		"html":                    {"<!doctype html><html><body><svg width='1' height='1'>", picture.ErrUnknown},
		"pdf":                     {"%PDF-1.7\n", picture.ErrUnknown},
		"bmp":                     {"BM\x00\x00\x00\x00", picture.ErrUnknown},
		"a film":                  {box("ftyp", "isom\x00\x00\x00\x00mp42") + box("meta", ""), picture.ErrUnknown},
		"png, cut off":            {encoded(t, png.Encode)[:20], picture.ErrBroken},
		"png, damaged":            {string(wide), picture.ErrBroken}, // its checksum is not right
		"gif, cut off":            {"GIF89a\x01", picture.ErrBroken},
		"gif without a size":      {"GIF89a\x00\x00\x00\x00\x00\x00\x00", picture.ErrBroken},
		"jpeg, cut off":           {photo[:8], picture.ErrBroken},
		"jpeg, no header":         {"\xff\xd8\xff\xda\x00\x02", picture.ErrBroken},
		"jpeg, a short segment":   {"\xff\xd8\xff\xe0\x00\x01", picture.ErrBroken},
		"jpeg, no marker":         {"\xff\xd8\xff\xe0\x00\x02zz", picture.ErrBroken},
		"jpeg of fill bytes":      {"\xff\xd8" + strings.Repeat("\xff", 9<<20), picture.ErrBroken},
		"jpeg, lines not counted": {"\xff\xd8\xff\xc0\x00\x11\x08\x00\x00\x00\x10", picture.ErrBroken},
		"webp, cut off":           {fromBase64(t, lossy)[:22], picture.ErrBroken},
		"webp, huge":              {webp("VP8X\x0a\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\x00\x00\x00"), picture.ErrTooBig},
		"avif, cut off":           {avif(0)[:60], picture.ErrBroken},
		"avif, a box of nothing":  {box("ftyp", "avif") + "\x00\x00\x00\x00meta", picture.ErrBroken},
		"avif, a box without end": {box("ftyp", "avif") + "\x00\x00\x00\x01mdat\xff\xff\xff\xff\xff\xff\xff\xff", picture.ErrBroken},
		"avif, a huge box":        {box("ftyp", "avif") + "\x7f\xff\xff\xffmeta", picture.ErrBroken},
		"avif, many entries": {box("ftyp", "avif") + box("meta", "\x00\x00\x00\x00"+box("pitm", "\x00\x00\x00\x00\x00\x02")+
			box("iprp", box("ipco", "")+box("ipma", "\x00\x00\x00\x00\xff\xff\xff\xff"))), picture.ErrBroken},
		"svg without a size":         {"<svg xmlns='http://www.w3.org/2000/svg'/>", picture.ErrNoSize},
		"svg, only a width":          {"<svg width='10'/>", picture.ErrNoSize},
		"svg, an empty viewBox":      {"<svg viewBox='0 0 0 0'/>", picture.ErrNoSize},
		"svg, a negative viewBox":    {"<svg viewBox='0 0 -4 3'/>", picture.ErrNoSize},
		"svg, odd numbers":           {"<svg width='NaN' height='Infinity' viewBox='0 0 0x10 1_0'/>", picture.ErrNoSize},
		"svg, numbers too large":     {"<svg width='1e999' height='1'/>", picture.ErrNoSize},
		"svg, huge":                  {"<svg width='1e9' height='1'/>", picture.ErrTooBig},
		"svg, an extreme ratio":      {"<svg width='9' viewBox='0 0 1e-300 1e300'/>", picture.ErrNoSize},
		"svg, sizes by an entity":    {"<!DOCTYPE svg [<!ENTITY w '10'>]><svg width='&w;' height='&w;'/>", picture.ErrNoSize},
		"svg in UTF-16":              {"<\x00s\x00v\x00g\x00", picture.ErrUnknown},
		"svg behind much":            {"<!--" + strings.Repeat(" ", 100<<10) + "--><svg width='1' height='1'/>", picture.ErrUnknown},
		"svg, a start tag of 100 MB": {"<svg width='1' height='1' d='" + strings.Repeat("M0 0", 25<<20) + "'/>", picture.ErrUnknown},
		"svg, entities of entities":  {"<!DOCTYPE svg [<!ENTITY a 'lol'>" + strings.Repeat("<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>", 900) + "]><svg>&b;</svg>", picture.ErrNoSize},
	} {
		got, err := picture.Measure(strings.NewReader(c.file))
		if err != c.want || got != (picture.Size{}) {
			t.Errorf("%s: got %v %v, want %v", name, got, err, c.want)
		}
	}
}

// endless is a file without an end.
type endless struct {
	begin io.Reader
	read  int
}

func (e *endless) Read(p []byte) (int, error) {
	n, _ := e.begin.Read(p)
	if n == 0 {
		n = copy(p, bytes.Repeat([]byte{0xff}, len(p)))
	}
	e.read += n
	return n, nil
}

// TestBounded measures files without an end: little of them is read.
func TestBounded(t *testing.T) {
	for name, begin := range map[string]string{
		"png": encoded(t, png.Encode), "svg": "<svg width='1' height='1'>", "jpeg": encoded(t, jpegOf), "gif": encoded(t, gifOf),
		"nothing known": "x", "fill bytes": "\xff\xd8\xff", "a comment": "<!--", "boxes": box("ftyp", "avif") + "\x7f\xff\xff\xfffree",
	} {
		e := &endless{begin: strings.NewReader(begin)}
		_, err := picture.Measure(e)
		if most := 4<<20 + 4<<10; e.read > most {
			t.Errorf("%s: %d bytes read", name, e.read)
		}
		if good := strings.Contains("png svg jpeg gif", name); good && (err != nil || e.read > 128<<10) {
			t.Errorf("%s: %v, %d bytes read", name, err, e.read)
		}
	}
}

// TestDisk tells a fault of the disk from one of the picture.
func TestDisk(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, begin := range []string{"", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff\xe0\x00\x10", "<svg", "RIFF1234WEBP"} {
		_, err := picture.Measure(io.MultiReader(strings.NewReader(begin), iotest.ErrReader(broken)))
		if !errors.Is(err, broken) {
			t.Errorf("%q: %v", begin, err)
		}
	}
}

// FuzzMeasure has no bytes give a panic or a size out of bounds.
func FuzzMeasure(f *testing.F) {
	photo := encoded(f, jpegOf)
	for _, s := range []string{
		encoded(f, png.Encode), encoded(f, gifOf), photo, exif(photo, binary.LittleEndian, "II*\x00", 6), fromBase64(f, lossy), fromBase64(f, lossless),
		webp("VP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x27\x00\x00\x13\x00\x00"), avif(1), fromBase64(f, tiny), `<svg width="2in" viewBox="0 0 1 2">`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := picture.Measure(bytes.NewReader(data))
		if err == nil && (s.Width < 1 || s.Height < 1 || s.Width > picture.Most || s.Height > picture.Most) {
			t.Errorf("%v", s)
		}
	})
}
