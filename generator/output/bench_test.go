package output

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// The benchmarks write to the temporary directory: TMPDIR chooses the disk. One
// operation is a site of 10,000 pages of 12 KB in 100 folders.

const (
	benchPages = 10_000
	benchSize  = 12 << 10
)

func benchPath(i int) string { return fmt.Sprintf("playbooks/f%02d/page-%05d.html", i/100, i) }

func benchData(i, version int) []byte {
	data := make([]byte, benchSize)
	copy(data, fmt.Sprintf("%d %d", i, version))
	return data
}

// benchBuild builds the site and returns what Commit says. Every page's content
// depends on version(page).
func benchBuild(b *testing.B, dir string, version func(i int) int) Stats {
	p, err := Open(Options{Dir: dir})
	must(b, err)
	for i := range benchPages {
		must(b, p.Put(File{Path: benchPath(i), Class: Page, Data: benchData(i, version(i))}))
	}
	stats, err := p.Commit()
	must(b, err)
	return stats
}

func perPage(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*benchPages), "µs/page")
}

// BenchmarkDirect is the least any publication can cost: each file written in its
// place, with a digest.
func BenchmarkDirect(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		dir := b.TempDir()
		for i := range benchPages / 100 {
			must(b, os.MkdirAll(filepath.Join(dir, filepath.Dir(benchPath(100*i))), 0o755))
		}
		b.StartTimer()
		for i := range benchPages {
			data := benchData(i, 0)
			_ = SumOf(data)
			must(b, os.WriteFile(filepath.Join(dir, benchPath(i)), data, 0o644))
		}
	}
	perPage(b)
}

func BenchmarkFresh(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		dir := filepath.Join(b.TempDir(), "public")
		b.StartTimer()
		benchBuild(b, dir, func(int) int { return 0 })
	}
	perPage(b)
}

func BenchmarkAllChanged(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "public")
	round := 0
	benchBuild(b, dir, func(int) int { return round })
	for b.Loop() {
		round++
		benchBuild(b, dir, func(int) int { return round })
	}
	perPage(b)
}

func BenchmarkOneChanged(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "public")
	round := 0
	version := func(i int) int {
		if i == 0 {
			return round
		}
		return 0
	}
	benchBuild(b, dir, version)
	for b.Loop() {
		round++
		if got := benchBuild(b, dir, version); got.Changed != 1 {
			b.Fatalf("%+v", got)
		}
	}
	perPage(b)
}

// BenchmarkDiscarded stages everything and takes it away again.
func BenchmarkDiscarded(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "public")
	for b.Loop() {
		p, err := Open(Options{Dir: dir})
		must(b, err)
		for i := range benchPages {
			must(b, p.Put(File{Path: benchPath(i), Class: Page, Data: benchData(i, 0)}))
		}
		must(b, p.Discard())
	}
	perPage(b)
}
