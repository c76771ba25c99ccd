package source_test

import (
	"strings"
	"testing"

	"plumb/generator/diag"
	"plumb/generator/source"
)

func TestDecode(t *testing.T) {
	for _, c := range []struct {
		name, raw, text string
		code            diag.Code
		line, column    int
	}{
		{name: "empty"},
		{name: "plain", raw: "a\nb\n", text: "a\nb\n"},
		{name: "byte order mark", raw: "\ufeffa", text: "a"},
		{name: "byte order mark alone", raw: "\ufeff"},
		{name: "only the first of two marks goes", raw: "\ufeff\ufeffa", text: "\ufeffa"},
		{name: "Windows", raw: "a\r\nb\r\n", text: "a\nb\n"},
		{name: "an old Mac", raw: "a\rb\r", text: "a\nb\n"},
		{name: "mixed", raw: "a\r\n\r\nb\rc\n", text: "a\n\nb\nc\n"},
		{name: "invalid", raw: "a\né\xff", code: diag.NotUTF8, line: 2, column: 2},
		{name: "cut off", raw: "caf\xc3", code: diag.NotUTF8, line: 1, column: 4},
		{name: "surrogate", raw: "\xed\xa0\x80", code: diag.NotUTF8, line: 1, column: 1},
		{name: "NUL", raw: "a\r\nb\x00", code: diag.NULByte, line: 2, column: 2},
		{name: "UTF-16, little end first", raw: "\xff\xfea\x00", code: diag.UTF16, line: 1, column: 1},
		{name: "UTF-16, big end first", raw: "\xfe\xff\x00a", code: diag.UTF16, line: 1, column: 1},
		{name: "UTF-16 without a mark", raw: "a\x00b\x00c\x00", code: diag.UTF16, line: 1, column: 1},
		{name: "too large", raw: strings.Repeat("a", source.MaxText+1), code: diag.FileTooLarge},
		{name: "just not too large", raw: strings.Repeat("a", source.MaxText), text: strings.Repeat("a", source.MaxText)},
	} {
		f, list := source.Decode("x.md", []byte(c.raw))
		if c.code == "" {
			if f == nil || len(list) > 0 || string(f.Data) != c.text || f.Data == nil {
				t.Errorf("%s: %+v %v", c.name, f, list)
			}
			continue
		}
		if f != nil || len(list) != 1 || list[0].Code != c.code || list[0].Line != c.line || list[0].Column != c.column || list[0].Severity != diag.Error {
			t.Errorf("%s: %+v %v", c.name, f, list)
		}
	}
}

func TestDigestIsOfTheStoredBytes(t *testing.T) {
	a, _ := source.Decode("x", []byte("a\r\n"))
	b, _ := source.Decode("x", []byte("a\n"))
	if a.Digest == b.Digest || a.Digest != source.Sum([]byte("a"), []byte("\r\n")) || len(a.Digest.String()) != 32 {
		t.Errorf("%s %s", a.Digest, b.Digest)
	}
}

func TestPlace(t *testing.T) {
	f, _ := source.Decode("x.md", []byte("é one\n東京 two\n"))
	for _, c := range []struct {
		start, end, line, column, width int
		source                          string
	}{
		{0, 2, 1, 1, 1, "é one"},
		{3, 6, 1, 3, 3, "é one"},
		{3, 20, 1, 3, 3, "é one"}, // to the end of the line
		{6, 6, 1, 6, 1, "é one"},  // the line feed is the line's
		{7, 13, 2, 1, 2, "東京 two"},
		{14, 17, 2, 4, 3, "東京 two"},
		{18, 18, 3, 1, 1, ""},
		{99, 120, 3, 1, 1, ""},
		{-3, 1, 1, 1, 1, "é one"},
	} {
		p := f.Place(source.Span{Start: c.start, End: c.end})
		if p.Line != c.line || p.Column != c.column || p.Width != c.width || p.Source != c.source || p.Path != "x.md" {
			t.Errorf("%d–%d: %+v", c.start, c.end, p)
		}
	}
}
