package site_test

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// corpus returns the input of a site of n playbooks: each is the sample's,
// with a title, a place on the line and a segment of its own.
func corpus(tb testing.TB, n int) site.Input {
	src, err := os.ReadFile("../testdata/playbook.md")
	if err != nil {
		tb.Fatal(err)
	}
	_, body, _ := bytes.Cut(src, []byte("\n---\n"))
	var texts []text
	for i := range n {
		texts = append(texts, text{fmt.Sprintf("p%05d.md", i), fmt.Sprintf(
			"---\ntitle: Playbook %d\nposition: %d\nsegment: segment-%d\nowner: Dana Okafor\nreviewed: 2026-09-%02d\n---\n%s",
			i, i*37%101, i%max(8, n/100), i%28+1, body)})
	}
	return decoded(tb, texts, config.New())
}

// text is a file of the content folder.
type text struct{ path, data string }

// decoded reads the texts as pages of a site.
func decoded(tb testing.TB, texts []text, c *config.Config) site.Input {
	words, _ := playbook.NewVocabulary(c)
	decoder := playbook.Decoder{Config: c, Words: words}
	in := site.Input{Config: c, AsOf: time.Unix(0, 0)}
	for _, t := range texts {
		f, _ := source.Decode(site.ContentDir+"/"+t.path, []byte(t.data))
		p, list := decoder.Decode(f, map[string]playbook.Kind{"metrics.md": playbook.Metrics}[t.path])
		if p == nil || diag.HasErrors(list) {
			tb.Fatal(list)
		}
		in.Pages = append(in.Pages, p)
	}
	return in
}

// live returns how many bytes are in use.
func live() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// BenchmarkLink links a site whose pages are alive, and the site linked before,
// as a server has them.
func BenchmarkLink(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			before := live()
			in := corpus(b, n)
			pages := live() - before
			b.ReportAllocs()
			var linked *site.Site
			var took []time.Duration
			for b.Loop() {
				begun := time.Now()
				next, list := site.Link(in)
				took = append(took, time.Since(begun))
				if len(list) > 0 {
					b.Fatal(list)
				}
				linked = next
			}
			b.ReportMetric(float64(pages)/float64(n), "live-B/playbook")
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
			runtime.KeepAlive(linked)
			runtime.KeepAlive(in)
		})
	}
}
