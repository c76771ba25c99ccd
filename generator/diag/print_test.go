package diag_test

import (
	"encoding/json"
	"errors"
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
		{"related places with their source", diag.Text{}, diag.Diagnostic{Severity: diag.Note, Code: diag.RawHTML, Place: diag.File("x.md"), Message: "m", Related: []diag.Related{
			{Place: at("  - **A line** as a whole", 5, 21), Message: "one"}, {Place: at("| a | b |", 3, 1), Message: "two"}, {Place: at("## A heading", 1, 12), Message: "three"},
		}}, "x.md: note: m [raw-html]\n  x.md:1:5: one\n        - **A line** as a whole\n  x.md:1:3: two\n      | a | b |\n        ^\n  x.md:1:1: three\n      ## A heading\n"},
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

// TestApart: a blank line parts the findings of two files.
func TestApart(t *testing.T) {
	one, other := diag.New(diag.Note, diag.RawHTML, diag.File("a.md"), "m", ""), diag.New(diag.Note, diag.RawHTML, diag.File("b.md"), "m", "")
	const want = "a.md: note: m [raw-html]\na.md: note: m [raw-html]\n\nb.md: note: m [raw-html]\n"
	if got := text(t, diag.Text{Apart: true}, one, one, other); got != want {
		t.Errorf("got %q", got)
	}
}

func TestSilencedText(t *testing.T) {
	by := diag.Suppression{Reason: "we know", Pos: diag.Pos{Path: "plumb.yaml", Line: 4, Column: 5}}
	list := []diag.Silenced{{Diagnostic: diag.New(diag.Warning, diag.RawHTML, at("x", 1, 1), "m", "h"), By: by}}
	list = append(list, list[0])
	list[1].By.Until = "2030-01-01"
	var b strings.Builder
	if err := (diag.Text{Dir: "s/"}).Silenced(&b, list); err != nil {
		t.Fatal(err)
	}
	const want = "s/x.md:1:1: silenced: m [raw-html]\n  s/plumb.yaml:4:5: allowed: we know\n" +
		"s/x.md:1:1: silenced: m [raw-html]\n  s/plumb.yaml:4:5: allowed until 2030-01-01: we know\n"
	if b.String() != want {
		t.Errorf("got %q", b.String())
	}
}

// TestSummary counts by code, the gravest first, once the findings are more
// than a few.
func TestSummary(t *testing.T) {
	var list []diag.Diagnostic
	for range 3 {
		list = append(list, diag.New(diag.Warning, diag.UnsafeURL, diag.File("a"), "m", ""), diag.New(diag.Note, diag.RawHTML, diag.File("a"), "m", ""))
	}
	list = append(list, diag.New(diag.Error, diag.BrokenLink, diag.File("a"), "m", ""))
	var few, many strings.Builder
	if err := errors.Join(diag.Summary(&few, list[:5]), diag.Summary(&many, list)); err != nil {
		t.Fatal(err)
	}
	const want = "\n     1 error    broken-link\n     3 warnings unsafe-url\n     3 notes    raw-html\n“plumb explain CODE” says what a finding means and how to mend it\n\n"
	if few.String() != "" || many.String() != want {
		t.Errorf("got %q and %q", few.String(), many.String())
	}
}

func TestGitHub(t *testing.T) {
	d := diag.New(diag.Warning, diag.BrokenLink, at("one two", 5, 3), "50% of: a, b", "a hint")
	d.Related = []diag.Related{{Place: at("", 2, 1), Message: "first here"}}
	odd := diag.New(diag.Note, diag.RawHTML, diag.File("a,b:c%.md"), "m", "")
	var b strings.Builder
	if err := (diag.GitHub{Dir: "s/"}).Print(&b, []diag.Diagnostic{d, odd}); err != nil {
		t.Fatal(err)
	}
	const want = "::warning file=s/x.md,line=1,col=5,endColumn=8,title=broken-link::50%25 of: a, b%0As/x.md:1:2: first here%0Ahint: a hint\n" +
		"::notice file=s/a%2Cb%3Ac%25.md,title=raw-html::m\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// TestReplace: a fix writes what was meant where the word stands, in its quotes,
// and nothing where the line says something else.
func TestReplace(t *testing.T) {
	for _, c := range []struct {
		place  diag.Place
		column int
	}{
		{at("key: lvie", 6, 4), 6},
		{at("é: \"lvie\" # x", 4, 6), 5},
		{at("k: 'lvie'", 4, 6), 5},
		{at("k: \" lvie \"", 4, 8), 6},
		{at("key: lvie", 5, 5), 6},
		{at("key: livE", 6, 4), 0},
		{at("key: lvie", 6, 99), 0},
		{diag.File("x.md"), 0},
	} {
		f := c.place.Replace("lvie", "live")
		if f == nil != (c.column == 0) || f != nil && (f.Edits[0].Column != c.column || f.Edits[0].Old != "lvie" || f.Edits[0].New != "live") {
			t.Errorf("%+v: %+v", c.place, f)
		}
	}
}

func TestJSON(t *testing.T) {
	var b strings.Builder
	if err := diag.JSON(&b, nil, nil); err != nil || b.String() != "[]\n" {
		t.Errorf("no findings: %q %v", b.String(), err)
	}
	b.Reset()
	list := []diag.Diagnostic{
		diag.New(diag.Error, diag.BrokenLink, at("<a> é", 2, 1), "m", "h"),
		diag.New(diag.Note, diag.RawHTML, diag.File("y.md"), "n", ""),
	}
	if err := diag.JSON(&b, list, nil); err != nil {
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
