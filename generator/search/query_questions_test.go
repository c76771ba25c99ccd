package search_test

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"plumb/generator"
	"plumb/generator/output"
	"plumb/generator/search"
	"plumb/themes"
)

// question is a question with the addresses that answer it equally well. One
// without an anchor means the page itself.
type question struct {
	class, text string
	want        []string
}

// questions reads a folder of them: one file a class.
func questions(t *testing.T, dir string) []question {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var all []question
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		class := strings.TrimSuffix(filepath.Base(name), ".txt")
		for line := range strings.Lines(string(text)) {
			asked, want, ok := strings.Cut(strings.TrimSpace(line), " | ")
			if ok && !strings.HasPrefix(line, "#") {
				all = append(all, question{class, asked, strings.Fields(want)})
			}
		}
	}
	return all
}

// answers reports whether a result is what a question means.
func (q *question) answers(r *search.Result) bool {
	return slices.ContainsFunc(q.want, func(want string) bool {
		url, anchor, ok := strings.Cut(want, "#")
		if !ok {
			return r.URL == url && (r.Kind == search.KindPlaybook || r.Kind == search.KindPage)
		}
		return r.URL == url && r.Anchor == anchor
	})
}

// marks counts at which place questions were answered.
type marks struct{ asked, first, third, inverse int }

func (m *marks) add(place int) {
	m.asked++
	if place > 0 {
		m.inverse += 1000 / place
	}
	if place == 1 {
		m.first++
	}
	if place > 0 && place <= 3 {
		m.third++
	}
}

func (m *marks) String() string {
	n := float64(m.asked)
	return fmt.Sprintf("%4d asked   hit@1 %.3f   hit@3 %.3f   MRR %.3f", m.asked, float64(m.first)/n, float64(m.third)/n, float64(m.inverse)/n/1000)
}

// TestQuestionsAreAnswered asks what people would ask of the sample, and of a
// small site in other languages.
func TestQuestionsAreAnswered(t *testing.T) {
	var total marks
	for site, root := range map[string]string{"sample": "../..", "languages": "testdata/languages"} {
		x := openSite(t, os.DirFS(root))
		classes := map[string]*marks{}
		for _, q := range questions(t, filepath.Join("testdata/questions", site)) {
			m := classes[q.class]
			if m == nil {
				m = &marks{}
				classes[q.class] = m
			}
			place := placeOf(t, x, &q)
			m.add(place)
			total.add(place)
		}
		for _, class := range slices.Sorted(maps.Keys(classes)) {
			t.Logf("%-10s %-10s %v", site, class, classes[class])
		}
	}
	t.Logf("%-21s %v", "all", &total)
	if 100*total.third < 95*total.asked {
		t.Errorf("of %d questions %d were answered among the first three", total.asked, total.third)
	}
}

// placeOf returns the place of the answer to a question among the first ten
// results, from 1; 0 where it is not there.
func placeOf(t *testing.T, x *search.Index, q *question) int {
	t.Helper()
	a, err := x.Ask(search.Query{Text: q.text})
	if err != nil {
		t.Fatal(err)
	}
	place := 1 + slices.IndexFunc(a.Results, func(r search.Result) bool { return q.answers(&r) })
	if place == 0 || place > 3 {
		var got []string
		for _, r := range a.Results[:min(4, len(a.Results))] {
			got = append(got, fmt.Sprintf("\n\t%s#%s %v %q", r.URL, r.Anchor, r.Whole, r.Head))
		}
		t.Logf("%s: %q is at place %d of %d; first%s", q.class, q.text, place, a.Total, strings.Join(got, ""))
	}
	return place
}

// openSite builds a site's index and opens it.
func openSite(tb testing.TB, root fs.FS) *search.Index {
	tb.Helper()
	return open(tb, filesOf(tb, root))
}

// filesOf builds a site's index.
func filesOf(tb testing.TB, root fs.FS) map[string][]byte {
	tb.Helper()
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	report, err := generator.Build(context.Background(), generator.Options{Root: root, Themes: themes.FS(), AsOf: day}, output.Discard{})
	if err != nil {
		tb.Fatal(err)
	}
	files, err := search.Files(search.Input{Site: report.Site, Place: strconv.Itoa})
	if err != nil {
		tb.Fatal(err)
	}
	return files
}

// loader loads files from memory.
func loader(files map[string][]byte) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		if data, ok := files[name]; ok {
			return data, nil
		}
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}
}

func open(tb testing.TB, files map[string][]byte) *search.Index {
	tb.Helper()
	x, err := search.Open(loader(files))
	if err != nil {
		tb.Fatal(err)
	}
	return x
}
