package align

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// statement is one of testdata/statements: real, public, and written by nobody
// who worked on the words.
type statement struct{ company, kind, language, source, text string }

// half is 0 for the half that the words were made with, 1 for the one that was
// looked at once, when they were done.
func (s statement) half() int {
	h := fnv.New32a()
	h.Write([]byte(s.text))
	return int(h.Sum32() >> 7 & 1)
}

// group is the kind of an English statement, and “elsewhere” for all others.
func (s statement) group() string {
	if s.language != "en" {
		return "elsewhere"
	}
	return s.kind
}

func statements(t *testing.T) (out []statement) {
	t.Helper()
	paths, err := filepath.Glob("testdata/statements/*.tsv")
	if err != nil || len(paths) == 0 {
		t.Fatal("no statements", err)
	}
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(f)
		for lines.Scan() {
			c := strings.Split(lines.Text(), "\t")
			if len(c) != 5 {
				t.Fatalf("%s: %q", path, c)
			}
			if c[0] != "company" {
				out = append(out, statement{c[0], c[1], c[2], c[3], c[4]})
			}
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// figures are how many statements there are of a kind, and how many of them are
// taken for something else than a value proposition, or asked for more.
type figures struct{ all, flagged, asked int }

// count reads the statements of a half as a page in English would.
func count(t *testing.T, half int) map[string]figures {
	w := proseIn("en")
	out := map[string]figures{}
	for _, s := range statements(t) {
		if s.half() != half {
			continue
		}
		n := out[s.group()]
		n.all++
		what := w.read(s.text, tokens(s.text), 0)
		switch text := tokens(s.text); {
		case what.as != "":
			n.flagged++
		case w.speaks(s.text, text, nil) && w.lacks(text) > 0:
			n.asked++
		}
		if miss := (what.as == "") != (s.kind == "proposition" || s.language != "en"); miss {
			t.Logf("half %d, %s of %s, read as %q %q: %s", half, s.kind, s.company, what.as, what.words, s.text)
		}
		out[s.group()] = n
	}
	return out
}

// lacks counts the parts that a text does not name.
func (w *proseWords) lacks(text []token) (n int) {
	for _, part := range w.parts {
		if !part.in(text) {
			n++
		}
	}
	return n
}

// reported are the figures of docs/statements.md.
var reported = [2]map[string]figures{
	{
		"mission": {51, 51, 0}, "purpose": {18, 18, 0}, "vision": {26, 25, 1}, "values": {11, 10, 1}, "goal": {17, 17, 0}, "forecast": {11, 11, 0},
		"proposition": {80, 0, 28}, "elsewhere": {26, 0, 0},
	},
	{
		"mission": {72, 64, 2}, "purpose": {9, 8, 1}, "vision": {27, 26, 1}, "values": {11, 10, 1}, "goal": {23, 23, 0}, "forecast": {9, 9, 0},
		"proposition": {76, 0, 33}, "elsewhere": {20, 0, 0},
	},
}

// TestStatementsAreReadAsReported holds both halves to what was reported: no more
// value propositions taken for something else, no fewer others found.
func TestStatementsAreReadAsReported(t *testing.T) {
	for half, want := range reported {
		got := count(t, half)
		if len(got) != len(want) {
			t.Errorf("half %d: %d kinds, want %d", half, len(got), len(want))
		}
		for kind, n := range got {
			offer := kind == "proposition" || kind == "elsewhere"
			switch w := want[kind]; {
			case n.all != w.all:
				t.Errorf("half %d: %d statements of the kind %s, want %d", half, n.all, kind, w.all)
			case offer && (n.flagged > w.flagged || n.asked > w.asked), !offer && n.flagged < w.flagged:
				t.Errorf("half %d, %s: %+v, want %+v", half, kind, n, w)
			}
		}
	}
}

// TestTheReportNamesItsFigures holds docs/statements.md to the same.
func TestTheReportNamesItsFigures(t *testing.T) {
	page, err := os.ReadFile("../../docs/statements.md")
	if err != nil {
		t.Fatal(err)
	}
	for kind, n := range reported[1] {
		seen := reported[0][kind]
		row := fmt.Sprintf("| %s | %d of %d | %d of %d |", kind, seen.flagged, seen.all, n.flagged, n.all)
		if !strings.Contains(string(page), row) {
			t.Errorf("no row %q", row)
		}
	}
}

// TestOneWordDecidesNothing tries each phrase of few points where nothing else says
// anything.
func TestOneWordDecidesNothing(t *testing.T) {
	w := proseIn("en")
	for _, list := range w.cues.byFirst {
		for _, q := range list {
			if q.group.points >= w.enough || isOffer(q.group.as) {
				continue
			}
			text := strings.Join(q.words, " ")
			if !q.group.start {
				text = "There are tools and " + text
			}
			if got := w.read(text, tokens(text), 0); got.as != "" {
				t.Errorf("%q reads as %s %q", text, got.as, got.words)
			}
		}
	}
}

// TestOtherLanguagesAreLeftAlone tries what means the same in languages that the
// words do not know at all.
func TestOtherLanguagesAreLeftAlone(t *testing.T) {
	w := proseIn("en")
	for _, text := range []string{
		"Visi kami adalah menjadi perusahaan terkemuka di Indonesia.", "Misyonumuz dünyaya ilham vermek ve en iyi hizmeti sunmaktır.",
		"Naší misí je inspirovat svět a vytvářet lepší budoucnost.", "Misiunea noastră este să oferim produse de calitate pentru toată lumea.",
		"Dhamira yetu ni kuboresha maisha ya watu wote duniani.", "Ons missie is om die wêreld te verander.", "Наша миссия — сделать мир лучше.",
		"我们的使命是让世界更美好。", "مهمتنا هي تحسين حياة الناس في كل مكان.", "Mission: Menschen inspirieren.", "Vision 2030: Marktführer in Europa.",
		"Inspirar y nutrir el espíritu humano.", "EBITDA-Marge von 20 % bis 2027, Umsatz 500 Mio. Euro.", "Een wereld waarin iedereen mee kan doen.",
	} {
		if got := w.read(text, tokens(text), 0); got.as != "" {
			t.Errorf("%q reads as %s %q", text, got.as, got.words)
		}
	}
	for _, lang := range []string{"de", "fr", "es", "pt", "ja", "nl", "zz", ""} {
		if proseIn(lang) != nil {
			t.Errorf("%q has words for prose", lang)
		}
	}
}

// FuzzStatement reads any text: it never panics, and what it quotes stands in it.
func FuzzStatement(f *testing.F) {
	for _, s := range []string{"", "Our mission is to inspire.", "To", "$", "’s", "19%%%", "€1.5 billion by 2030", "A world where…", "\xff\xfe mission", "’’’", ": : to be", "使命 mission is", "İ mission", "our\u00a0mission is"} {
		f.Add(s)
	}
	w := proseIn("en")
	f.Fuzz(func(t *testing.T, text string) {
		got := w.read(text, tokens(text), 0)
		if got.as == "" {
			return
		}
		if readings[got.as] == "" || len(got.words) == 0 || got.at.Start < 0 || got.at.End > len(text) || got.at.Start >= got.at.End {
			t.Errorf("%q: %+v", text, got)
		}
		for _, words := range got.words {
			if !strings.Contains(text, words) {
				t.Errorf("%q does not hold %q", text, words)
			}
		}
		w.lacks(tokens(text))
	})
}

// BenchmarkStatement reads one statement of two lines.
func BenchmarkStatement(b *testing.B) {
	w := proseIn("en")
	text := "For hospital estates and clinical engineering workshops, we keep every tool and test instrument working, in calibration and swapped within four hours, so that no theatre, ward or plant room stays closed for want of one."
	for b.Loop() {
		w.read(text, tokens(text), 0)
		w.lacks(tokens(text))
	}
}
