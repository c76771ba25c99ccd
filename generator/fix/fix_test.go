package fix_test

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"plumb/generator/diag"
	"plumb/generator/fix"
)

func edit(line, column int, old, text string) diag.Edit {
	return diag.Edit{Pos: diag.Pos{Path: "x.md", Line: line, Column: column}, Old: old, New: text}
}

func fixes(edits ...diag.Edit) (out []*diag.Fix) {
	for _, e := range edits {
		out = append(out, &diag.Fix{Edits: []diag.Edit{e}})
	}
	return out
}

func TestText(t *testing.T) {
	for _, c := range []struct {
		name  string
		raw   string
		fixes []*diag.Fix
		want  string
		made  int
	}{
		{"a word", "one\ntwo\n", fixes(edit(2, 1, "two", "three")), "one\nthree\n", 1},
		{"columns count characters", "é東 two", fixes(edit(1, 4, "two", "2")), "é東 2", 1},
		{"behind a byte order mark", "\xef\xbb\xbfone", fixes(edit(1, 1, "one", "1")), "\xef\xbb\xbf1", 1},
		{"CRLF, LF and CR", "a\r\nb\nc\rd", fixes(edit(4, 1, "d", "D"), edit(2, 1, "b", "B")), "a\r\nB\nc\rD", 2},
		{"an insertion at the end of a line", "a:\r\nb\r\n", fixes(edit(1, 3, "", "\n  c")), "a:\r\n  c\r\nb\r\n", 1},
		{"a line put in at the end of a file", "a:\r\nb", fixes(edit(2, 2, "", "\nc")), "a:\r\nb\r\nc", 1},
		{"another text stands there", "one", fixes(edit(1, 1, "two", "three")), "one", 0},
		{"no such line or column", "one", fixes(edit(2, 1, "o", "x"), edit(1, 9, "", "x"), edit(0, 1, "", "x"), edit(1, 0, "", "x")), "one", 0},
		{"of two that overlap the first", "abcd", fixes(edit(1, 1, "abc", "x"), edit(1, 3, "cd", "y")), "xd", 1},
		{"of two at one place the first", "ab", fixes(edit(1, 2, "", "x"), edit(1, 2, "", "y")), "axb", 1},
		{"all edits of a fix or none", "a: b", []*diag.Fix{{Edits: []diag.Edit{edit(1, 1, "a", "x"), edit(1, 4, "z", "y")}}}, "a: b", 0},
		{"two edits of a fix", "a: b", []*diag.Fix{{Edits: []diag.Edit{edit(1, 4, "b", "y"), edit(1, 1, "a", "x")}}}, "x: y", 1},
		{"no edit", "a", []*diag.Fix{{}}, "a", 0},
	} {
		got, made := fix.Text([]byte(c.raw), c.fixes)
		if string(got) != c.want || made != c.made {
			t.Errorf("%s: got %q with %d made, want %q with %d", c.name, got, made, c.want, c.made)
		}
	}
}

// TestOutside: whatever the bytes, an edit changes what it names and nothing
// else; what does not fit changes nothing.
func TestOutside(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", "é", "東", "\n", "\r\n", "\r", " ", "\xff", "\xef\xbb\xbf", ": "})
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOfN(piece, 0, 20).Draw(t, "pieces")
		at := rapid.IntRange(0, len(pieces)).Draw(t, "at")
		before, behind := strings.Join(pieces[:at], ""), strings.Join(pieces[at:], "")
		if strings.HasSuffix(before, "\r") && strings.HasPrefix(behind, "\n") {
			return
		}
		raw := before + "old" + behind
		lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(before, "\xef\xbb\xbf")), "\n")
		place := edit(len(lines), len([]rune(lines[len(lines)-1]))+1, "old", "new")
		got, made := fix.Text([]byte(raw), fixes(place))
		if made != 1 || string(got) != before+"new"+behind {
			t.Fatalf("%q became %q", raw, got)
		}
		again, made := fix.Text(got, fixes(place))
		if made != 0 || !bytes.Equal(again, got) {
			t.Fatalf("made twice: %q became %q", got, again)
		}
	})
}
