package search

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"plumb/generator/config"
)

// BenchmarkBuild makes the index of playbooks of 4 KB, their words as frequent
// as those of a language.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			in := Input{Site: siteOf(b, config.New(), zipfSite(n)), Place: strconv.Itoa}
			b.ReportAllocs()
			b.Logf("%d bytes a playbook", len(newZipf(1).playbook(1, 8)))
			var files, size atomic.Int64
			for b.Loop() {
				files.Store(0)
				size.Store(0)
				err := Build(in, func(f File) error {
					files.Add(1)
					size.Add(int64(len(f.Data)))
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(size.Load())/float64(n), "B/playbook")
			b.ReportMetric(float64(files.Load()), "files")
		})
	}
}

// zipf writes texts of invented words.
type zipf struct {
	rand *rand.Rand
	next *rand.Zipf
}

func newZipf(seed uint64) *zipf {
	r := rand.New(rand.NewPCG(seed, 1))
	return &zipf{r, rand.NewZipf(r, 1.07, 4, 60_000)}
}

func (z *zipf) word() string {
	const consonants, vowels = "bcdfghklmnprstvw", "aeiou"
	n := z.next.Uint64()
	var b strings.Builder
	for m := n*2654435761%1_000_003 + n; ; m /= 80 {
		b.WriteByte(consonants[m%16])
		b.WriteByte(vowels[m/16%5])
		if m < 80 {
			break
		}
	}
	return b.String() + []string{"", "s", "ing"}[z.rand.IntN(3)]
}

func (z *zipf) words(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = z.word()
	}
	return strings.Join(words, " ")
}

func (z *zipf) list(n, words int) string {
	var b strings.Builder
	for range n {
		b.WriteString("- " + z.words(words) + ".\n")
	}
	return b.String()
}

func (z *zipf) table(head string, n, words int) string {
	columns := strings.Count(head, "|") + 1
	b := strings.Builder{}
	b.WriteString("| " + head + " |\n" + strings.Repeat("| --- ", columns) + "|\n")
	for range n {
		for range columns {
			b.WriteString("| " + z.words(words) + " ")
		}
		b.WriteString("|\n")
	}
	return b.String()
}

var sellers = []string{"Account manager", "Field engineer", "Inside sales representative", "Pricing analyst", "Sales manager"}

// playbook returns a playbook of about 4 KB.
func (z *zipf) playbook(i, segments int) string {
	return fmt.Sprintf("---\ntitle: %s\nposition: %d\nsegment: segment-%d\n---\n\n## Value proposition\n\n%s.\n\n## Buyers\n\n%s\n## Selling tasks\n\n### %s\n\n%s\n### %s\n\n%s\n## Objections\n\n%s\n## Support processes\n\n%s\n## Metrics\n\n%s\n## Why\n\n%s.\n",
		z.words(3), i*37%101, i%segments, z.words(26), z.table("Buyer | Buys on", 3, 4),
		sellers[i%5], z.list(6, 9), sellers[(i+2)%5], z.list(6, 9), z.table("Objection | Answer", 4, 8), z.table("Process | Does", 3, 5), z.table("Metric | Target | Owner", 4, 3), z.words(120))
}

func zipfSite(n int) map[string]string {
	z := newZipf(uint64(n))
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("p%05d.md", i)] = z.playbook(i, max(8, n/100))
	}
	return files
}
