package align

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"plumb/generator/config"
	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// onLine returns playbooks with metrics, in order on the line.
func onLine(positions []int, metrics func(i int) []string) (list []*site.Playbook) {
	slices.Sort(positions)
	for i, at := range positions {
		p := &site.Playbook{Position: playbook.Position(at), Rank: i}
		p.Page.Page = &playbook.Page{File: &source.File{Path: fmt.Sprintf("playbooks/p%05d.md", i)}, Title: fmt.Sprint("Playbook ", i)}
		for _, name := range metrics(i) {
			p.Outline.Named = append(p.Outline.Named, playbook.Named{Kind: playbook.Metrics, Key: name, Entry: &playbook.Entry{Name: name, Key: name}})
		}
		list = append(list, p)
	}
	return list
}

// drawn are sets that have much in common: all are about some part of one of two
// long lists.
func drawn(t *rapid.T) []*site.Playbook {
	size := rapid.SampledFrom([]int{4, 6, 12, 45, 60}).Draw(t, "size")
	positions := rapid.SliceOfN(rapid.SampledFrom([]int{0, 8, 20, 49, 50, 51, 70, 100}), 2, 12).Draw(t, "positions")
	return onLine(positions, func(i int) (names []string) {
		from := rapid.SampledFrom([]int{0, 0, 0, 3, 100}).Draw(t, "from")
		left := rapid.SliceOfN(rapid.IntRange(0, size-1), 0, size/3).Draw(t, "left out")
		for n := range size {
			if !slices.Contains(left, n) {
				names = append(names, fmt.Sprint("m", from+n))
			}
		}
		for n := range rapid.IntRange(0, 2).Draw(t, "own") {
			names = append(names, fmt.Sprintf("own %d %d", i, n))
		}
		return names
	})
}

// TestCopiesAreThoseOfTheDefinition compares what the index finds with what
// comparing all pairs finds.
func TestCopiesAreThoseOfTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawn(t)
		l := likeness{
			apart: playbook.Position(rapid.SampledFrom([]int{10, 50, 50, 92}).Draw(t, "apart")),
			same:  rapid.SampledFrom([]int{50, 67, 80, 80, 100}).Draw(t, "same"),
			least: rapid.IntRange(2, 7).Draw(t, "items"),
		}
		for _, s := range shelves(l, list, []playbook.Kind{playbook.Metrics}) {
			s.order()
			s.file()
			keys := counted(s.sets)
			for i, a := range s.sets {
				got, more := s.matches(a)
				if want := byDefinition(l, s.sets, keys, i); more || !slices.Equal(got, want) {
					t.Fatalf("%s: got %v, want %v", a.playbook.Title, shown(got), shown(want))
				}
			}
		}
	})
}

func shown(list []match) (out []string) {
	for _, m := range list {
		out = append(out, fmt.Sprintf("%s: %d", m.playbook.Title, m.shared))
	}
	return out
}

// byDefinition is the definition of a copy, word by word.
func byDefinition(l likeness, sets []*set, counted []map[string]bool, a int) (out []match) {
	for b := range sets {
		both := 0
		for key := range counted[a] {
			if counted[b][key] {
				both++
			}
		}
		n, m := len(counted[a]), len(counted[b])
		if sets[b].playbook.Position-sets[a].playbook.Position >= l.apart && n >= l.least && m >= l.least && both*100 >= l.same*max(n, m) {
			out = append(out, match{sets[b], both})
		}
	}
	return ranked(out)
}

// counted are the items of each set without the rule of the house.
func counted(sets []*set) (out []map[string]bool) {
	of := map[string]int{}
	for _, s := range sets {
		for _, n := range s.playbook.Outline.Named {
			of[n.Key]++
		}
	}
	for _, s := range sets {
		keys := map[string]bool{}
		for _, n := range s.playbook.Outline.Named {
			if len(sets) < 5 || of[n.Key]*2 <= len(sets) {
				keys[n.Key] = true
			}
		}
		out = append(out, keys)
	}
	return out
}

// shapes are sites that are made to be hard: all different, four in ten of one
// template with a line of its own, everything from a pool of twenty, and six in
// ten sharing two things of five.
func shapes(rng *rand.Rand, i int) map[string][]string {
	fill := func(n int) (out []string) {
		for k := range n {
			out = append(out, fmt.Sprintf("of %d, %d", i, k))
		}
		return out
	}
	shape := map[string][]string{"different": fill(6), "clones": fill(6), "habits": fill(5)}
	if i%5 < 2 {
		shape["clones"] = append([]string{"a", "b", "c", "d", "e"}, fill(1)...)
	}
	if i%5 < 2 {
		shape["habits"] = append([]string{"a", "b", "c"}, fill(2)...)
	}
	for _, n := range rng.Perm(20)[:5] {
		shape["pool"] = append(shape["pool"], fmt.Sprint("task ", n))
	}
	return shape
}

// TestManyClonesAreOneFindingEach holds the work on clones, and what is said of
// them, to a bound.
func TestManyClonesAreOneFindingEach(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	positions := make([]int, 2000)
	for i := range positions {
		positions[i] = i % 2 * 100
	}
	list := onLine(positions, func(i int) []string { return shapes(rng, i)["clones"] })
	r := &run{Input: Input{Site: &site.Site{Config: config.New(), Playbooks: list}}, rule: &acrossRules[1], limits: map[string]int{"apart": 50, "same": 80, "items": 3}}
	r.copies([]playbook.Kind{playbook.Metrics})
	if len(r.found) != 400 {
		t.Errorf("%d findings; 400 clones stand at the lower end", len(r.found))
	}
	for _, f := range r.found {
		if last := f.Related[len(f.Related)-1].Message; len(f.Related) != handful || !strings.HasSuffix(last, ", and at least 251 more playbooks") {
			t.Fatalf("%d places, of which the last says %q", len(f.Related), last)
		}
	}
}

// BenchmarkCopies is the time that copied-across-the-line takes for one of its
// kinds.
func BenchmarkCopies(b *testing.B) {
	for _, shape := range []string{"different", "clones", "habits", "pool"} {
		for _, n := range []int{2500, 5000, 10000} {
			rng := rand.New(rand.NewPCG(1, 2))
			positions := make([]int, n)
			for i := range positions {
				positions[i] = rng.IntN(101)
			}
			list := onLine(positions, func(i int) []string { return shapes(rng, i)[shape] })
			b.Run(fmt.Sprintf("%s/%d", shape, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					r := &run{Input: Input{Site: &site.Site{Config: config.New(), Playbooks: list}}, rule: &acrossRules[1], limits: map[string]int{"apart": 50, "same": 80, "items": 3}}
					r.copies([]playbook.Kind{playbook.Metrics})
					b.ReportMetric(float64(len(r.found)), "findings")
				}
			})
		}
	}
}
