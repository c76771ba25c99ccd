package generator_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"plumb/generator"
	"plumb/generator/output"
	"plumb/themes"
)

// corpus returns a site of n playbooks, each the sample's with a title, a
// place on the line and a segment of its own.
func corpus(tb testing.TB, n int) fstest.MapFS {
	src, err := os.ReadFile("testdata/playbook.md")
	if err != nil {
		tb.Fatal(err)
	}
	_, body, _ := bytes.Cut(src, []byte("\n---\n"))
	site := fstest.MapFS{}
	for i := range n {
		front := fmt.Sprintf("---\ntitle: Playbook %d\nposition: %d\nsegment: segment-%d\nowner: Dana Okafor\nreviewed: 2026-09-%02d\n---\n",
			i, i*37%101, i%max(8, n/100), i%28+1)
		site[fmt.Sprintf("playbooks/p%05d.md", i)] = &fstest.MapFile{Data: append([]byte(front), body...)}
	}
	return site
}

// BenchmarkBuild builds sites in memory, without writing them: the time is
// reading, understanding, linking and rendering.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			site := corpus(b, n)
			b.ReportAllocs()
			for b.Loop() {
				report, err := generator.Build(context.Background(), generator.Options{Root: site, Themes: themes.FS(), AsOf: time.Unix(0, 0)}, output.Discard{})
				if err != nil || len(report.Diagnostics) > 0 {
					b.Fatal(err, report.Diagnostics)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/playbook")
		})
	}
}

// BenchmarkRebuild builds again after an edit of one task, as a preview does:
// the time is all that stands between the save and the new pages but for the
// watch.
func BenchmarkRebuild(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			site := &edited{files: corpus(b, n), versions: map[string]uint64{}}
			for p := range site.files {
				site.last++
				site.versions[p] = site.last
			}
			builder := generator.NewBuilder(generator.Options{Root: site, Themes: themes.FS(), AsOf: time.Unix(0, 0)})
			build := func() (*generator.Report, *output.Tree) {
				tree := &output.Tree{}
				report, err := builder.Build(context.Background(), tree)
				if err != nil || len(report.Diagnostics) > 0 {
					b.Fatal(err, report.Diagnostics)
				}
				return report, tree
			}
			_, keep := build()
			const file = "playbooks/p00042.md"
			text := string(site.files[file].Data)
			b.ReportAllocs()
			var last *generator.Report
			i := 0
			for b.Loop() {
				i++
				site.write(file, strings.Replace(text, "\n- ", fmt.Sprintf("\n- %d ", i), 1))
				last, keep = build()
			}
			b.ReportMetric(float64(last.Made), "pages")
			b.Log(last, keep.Len())
		})
	}
}
