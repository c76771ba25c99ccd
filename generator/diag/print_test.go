package diag_test

import (
	"encoding/json"
	"strings"
	"testing"

	"plumb/generator/diag"
)

// at is a place in a line of source.
func at(source string, column, width int) diag.Place {
	return diag.Place{Pos: diag.Pos{Path: "x.md", Line: 1, Column: column}, Source: source, Width: width}
}

func text(t *testing.T, p diag.Text, list ...diag.Diagnostic) string {
	t.Helper()
	var b strings.Builder
	if err := p.Print(&b, list); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("a", 300)
	for _, c := range []struct {
		name   string
		place  diag.Place
		source string
		caret  string
	}{
		{"a word", at("one two", 5, 3), "one two", "    ^~~"},
		{"wide characters take two columns", at("東京 two", 4, 3), "東京 two", "     ^~~"},
		{"under wide characters", at("a 東京", 3, 2), "a 東京", "  ^~~~"},
		{"a combining accent takes none", at("e\u0301 two", 4, 3), "e\u0301 two", "  ^~~"},
		{"an emoji takes two", at("🚀 two", 3, 3), "🚀 two", "   ^~~"},
		{"a joined emoji", at("👩\u200d🚀 x", 5, 1), "👩\u200d🚀 x", "     ^"},
		{"a tab is one space", at("\ttwo", 2, 3), " two", " ^~~"},
		{"at the end of the line", at("one", 4, 1), "one", "   ^"},
		{"beyond the end", at("one", 9, 4), "one", "   ^"},
		{"no width", at("one", 1, 0), "one", "^"},
		{"a width beyond the end", at("one", 2, 99), "one", " ^~"},
		{"control characters", at("a\x1b[31mb\x00", 1, 1), "a␛[31mb␀", "^"},
		{"a change of direction", at("a\u202eb\u2066c", 3, 1), "a\ufffdb\ufffdc", "  ^"},
		{"what is not seen", at("a\u200bb\ufeffc\u2028d", 1, 1), "a\ufffdb\ufffdc\ufffdd", "^"},
		{"a long line, near its beginning", at(long, 5, 2), long[:120] + "…", "    ^~"},
		{"a long line, in its middle", at(long, 150, 2), "…" + long[:120] + "…", strings.Repeat(" ", 41) + "^~"},
		{"a long line, at its end", at(long, 300, 1), "…" + long[:41], strings.Repeat(" ", 41) + "^"},
	} {
		got := text(t, diag.Text{}, diag.New(diag.Error, diag.BrokenLink, c.place, "m", ""))
		_, excerpt, _ := strings.Cut(got, "\n")
		if want := "    " + c.source + "\n    " + c.caret + "\n"; excerpt != want {
			t.Errorf("%s:\ngot\n%s\nwant\n%s", c.name, excerpt, want)
		}
	}
}

func TestText(t *testing.T) {
	d := diag.New(diag.Warning, diag.BrokenLink, at("one two", 5, 3), "a message", "a hint")
	d.Related = []diag.Related{{Place: diag.Place{Pos: diag.Pos{Path: "y.md", Line: 7, Column: 2}}, Message: "first here"}}
	for _, c := range []struct {
		name string
		p    diag.Text
		d    diag.Diagnostic
		want string
	}{
		{"everything", diag.Text{}, d,
			"x.md:1:5: warning: a message [broken-link]\n    one two\n        ^~~\n  y.md:7:2: first here\n  hint: a hint\n"},
		{"below a folder", diag.Text{Dir: "site/"}, d,
			"site/x.md:1:5: warning: a message [broken-link]\n    one two\n        ^~~\n  site/y.md:7:2: first here\n  hint: a hint\n"},
		{"a file as a whole", diag.Text{}, diag.New(diag.Note, diag.NULByte, diag.File("x.md"), "m", ""), "x.md: note: m [nul-byte]\n"},
		{"a line as a whole", diag.Text{}, diag.New(diag.Error, diag.NULByte, diag.Place{Pos: diag.Pos{Path: "x.md", Line: 3}, Source: "s"}, "m", ""), "x.md:3: error: m [nul-byte]\n    s\n"},
		{"a message cannot obey a terminal", diag.Text{}, diag.New(diag.Error, diag.NULByte, diag.File("a\x1b.md"), "m\n\x07", "h\x1b"), "a␛.md: error: m␊␇ [nul-byte]\n  hint: h␛\n"},
		{"in colour", diag.Text{Color: true}, diag.New(diag.Error, diag.NULByte, at("x", 1, 1), "m", "h"),
			"\x1b[1mx.md:1:1\x1b[0m: \x1b[1;31merror:\x1b[0m m [nul-byte]\n    x\n    \x1b[1;31m^\x1b[0m\n  \x1b[1mhint:\x1b[0m h\n"},
	} {
		if got := text(t, c.p, c.d); got != c.want {
			t.Errorf("%s:\ngot\n%q\nwant\n%q", c.name, got, c.want)
		}
	}
}

func TestJSON(t *testing.T) {
	var b strings.Builder
	if err := diag.JSON(&b, nil); err != nil || b.String() != "[]\n" {
		t.Errorf("no findings: %q %v", b.String(), err)
	}
	b.Reset()
	list := []diag.Diagnostic{
		diag.New(diag.Error, diag.BrokenLink, at("<a> é", 2, 1), "m", "h"),
		diag.New(diag.Note, diag.RawHTML, diag.File("y.md"), "n", ""),
	}
	if err := diag.JSON(&b, list); err != nil {
		t.Fatal(err)
	}
	if strings.Count(b.String(), "\n") != 2 {
		t.Errorf("not one finding a line: %q", b.String())
	}
	var got []struct {
		Severity, Code, Path, Message, Hint, Source string
		Line, Column, Width                         int
	}
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Severity != "error" || got[0].Source != "<a> é" || got[0].Column != 2 || got[1].Code != "raw-html" || got[1].Line != 0 {
		t.Errorf("%+v", got)
	}
}

func TestSort(t *testing.T) {
	place := func(path string, line, column int) diag.Place {
		return diag.Place{Pos: diag.Pos{Path: path, Line: line, Column: column}}
	}
	list := []diag.Diagnostic{
		diag.New(diag.Note, diag.RawHTML, place("b", 1, 1), "m", ""),
		diag.New(diag.Note, diag.RawHTML, place("a", 2, 1), "m", ""),
		diag.New(diag.Note, diag.RawHTML, place("a", 1, 9), "n", ""),
		diag.New(diag.Error, diag.UnsafeURL, place("a", 1, 9), "m", ""),
		diag.New(diag.Note, diag.RawHTML, place("a", 1, 9), "m", ""),
		diag.New(diag.Note, diag.RawHTML, place("a", 1, 9), "m", ""),
		diag.New(diag.Note, diag.RawHTML, place("a", 1, 2), "m", ""),
		diag.New(diag.Note, diag.RawHTML, diag.File("a"), "m", ""),
	}
	var got []string
	for _, d := range diag.Sort(list) {
		p := diag.Text{}
		got = append(got, strings.TrimSpace(text(t, p, d)))
	}
	want := []string{
		"a: note: m [raw-html]", "a:1:2: note: m [raw-html]", "a:1:9: error: m [unsafe-url]", "a:1:9: note: m [raw-html]",
		"a:1:9: note: n [raw-html]", "a:2:1: note: m [raw-html]", "b:1:1: note: m [raw-html]",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
