package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"plumb/generator"
	"plumb/generator/diag"
	"plumb/generator/output"
	"plumb/generator/source"
	"plumb/themes"
)

// digest is one of all names and texts.
func digest(files map[string]string) string {
	var b bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&b, "%s %d\n%s", name, len(files[name]), files[name])
	}
	return source.Sum(b.Bytes()).String()
}

func TestSameNumbersGiveSameBytes(t *testing.T) {
	want := digest(newSite(120, 1).files())
	processors := runtime.GOMAXPROCS(5)
	defer runtime.GOMAXPROCS(processors)
	if digest(newSite(120, 1).files()) != want {
		t.Error("the same size and seed gave another site")
	}
	if digest(newSite(120, 2).files()) == want {
		t.Error("another seed gave the same site")
	}
}

// found builds files into a sink and returns what there is to say about them.
func found(t *testing.T, files map[string]string, sink output.Sink) []diag.Diagnostic {
	t.Helper()
	root := fstest.MapFS{}
	for name, text := range files {
		root[name] = &fstest.MapFile{Data: []byte(text)}
	}
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	report, err := generator.Build(context.Background(), generator.Options{Root: root, Themes: themes.FS(), AsOf: day}, sink)
	if err != nil {
		t.Fatal(err)
	}
	return report.Diagnostics
}

// built builds a corpus and returns its pages and its questions.
func built(t *testing.T, n int) (*output.Tree, [][]string) {
	t.Helper()
	files := newSite(n, 1).files()
	tree := new(output.Tree)
	for _, d := range found(t, files, tree) {
		if d.Severity == diag.Error { // words put together by chance do contradict each other
			t.Errorf("%s:%d: %s", d.Path, d.Line, d.Message)
		}
	}
	var rows [][]string
	for line := range strings.Lines(files["questions.tsv"]) {
		rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
	}
	return tree, rows
}

// TestTitlesAndAddressesAreUnique: else the site would have errors of its own, and
// more of them the larger it is.
func TestTitlesAndAddressesAreUnique(t *testing.T) {
	for _, n := range []int{10, 100, 1000, 2500, 10000} {
		for seed := range uint64(3) {
			s := newSite(n, seed+1)
			titles, paths := map[string]bool{}, map[string]bool{}
			for i := range n {
				p := s.begin(i, titles)
				paths[p.path] = true
			}
			if len(titles) != n || len(paths) != n {
				t.Errorf("%d playbooks, seed %d: %d titles, %d addresses", n, seed+1, len(titles), len(paths))
			}
		}
	}
}

func TestFewPlaybooksHaveFindings(t *testing.T) {
	paths := map[string]bool{}
	for _, d := range found(t, newSite(400, 1).files(), output.Discard{}) {
		paths[d.Path] = true
	}
	if len(paths) < 4 || len(paths) > 80 {
		t.Errorf("something is found in %d of 400 playbooks", len(paths))
	}
}

func TestNothingIsFoundInACleanSite(t *testing.T) {
	for seed := range uint64(2) {
		for _, n := range []int{30, 400} {
			s := newSite(n, seed+1)
			s.clean = true
			for _, d := range found(t, s.files(), output.Discard{}) {
				t.Errorf("of %d: %s:%d: %s [%s]", n, d.Path, d.Line, d.Message, d.Code)
			}
		}
	}
}

func TestBuildsWithoutErrorAndAnswersExist(t *testing.T) {
	tree, rows := built(t, 50)
	classes := map[string]int{}
	for _, row := range rows {
		if len(row) != 3 || row[1] == "" {
			t.Errorf("a line of %d fields: %q", len(row), row)
			continue
		}
		classes[row[0]]++
		url, anchor, _ := strings.Cut(row[2], "#")
		page, ok := tree.Get(url)
		if !ok || !bytes.Contains(page.Data, []byte(`id="`+anchor+`"`)) {
			t.Errorf("“%s” leads to %s, which is not there", row[1], row[2])
		}
	}
	if len(classes) != 9 {
		t.Errorf("questions of these classes: %v", classes)
	}
}

// TestExactQuestionsMeanOneUnit counts words anew, from the texts alone.
func TestExactQuestionsMeanOneUnit(t *testing.T) {
	s := newSite(150, 3)
	pages := s.pages()
	var units []string
	for _, p := range pages {
		for _, u := range p.units {
			units = append(units, " "+strings.Join(cut(u.text+" "+u.rest), " ")+" ")
		}
	}
	for line := range strings.Lines(questions(s, pages)) {
		row := strings.Split(line, "\t")
		if row[0] != "exact" && row[0] != "two words" && row[0] != "body" {
			continue
		}
		n := 0
		for _, u := range units {
			if !slices.ContainsFunc(strings.Fields(row[1]), func(w string) bool { return !strings.Contains(u, " "+w+" ") }) {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d texts hold all words of “%s”", n, row[1])
		}
	}
}

func TestSizesAreThoseOfPlaybooks(t *testing.T) {
	var sizes []int
	for _, p := range newSite(400, 1).pages() {
		sizes = append(sizes, p.md.Len())
	}
	slices.Sort(sizes)
	if median := sizes[200]; median < 3500 || median > 5000 {
		t.Errorf("half of the playbooks are below %d bytes", median)
	}
	if longest := sizes[399]; longest < 10000 {
		t.Errorf("the longest has %d bytes", longest)
	}
}

func TestWordsAreDistributedAsInTexts(t *testing.T) {
	counts, all := map[string]int{}, 0
	for _, p := range newSite(400, 1).pages() {
		if p.language != "en" {
			continue
		}
		for _, w := range cut(p.md.String()) {
			counts[w]++
			all++
		}
	}
	small := counts["the"] + counts["a"] + counts["of"] + counts["to"] + counts["with"] + counts["for"] + counts["in"]
	if share := float64(small) / float64(all); share < 0.1 || share > 0.4 {
		t.Errorf("%.2f of all words are the smallest", share)
	}
	if n := len(newVocabulary().bases); n < 17000 || n > 23000 {
		t.Errorf("the vocabulary has %d forms", n)
	}
}

func TestOneEdit(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"audit", "audit", true}, {"audit", "audits", true}, {"audit", "adit", true}, {"audit", "aduit", true}, {"audit", "oudit", true},
		{"audit", "audti", true}, {"audit", "adiut", false}, {"audit", "auditor", false}, {"", "a", true}, {"über", "uber", true}, {"ab", "ba", true}, {"abc", "cba", false},
	} {
		if got := oneEdit(c.a, c.b); got != c.want || oneEdit(c.b, c.a) != c.want {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}

func TestRefusesWhatItCannotDo(t *testing.T) {
	full := t.TempDir()
	if err := write(full, "a", "b"); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{run(0, 1, false, t.TempDir()), run(5, 1, false, ""), run(5, 1, false, full)} {
		if err == nil {
			t.Error("no error")
		}
	}
}
