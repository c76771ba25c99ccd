package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"plumb/generator"
	"plumb/generator/devserver"
	"plumb/themes"
)

var edits = flag.Int("edits", 300, "how often TestFlat saves a file")

// TestFlat saves a file of a site again and again under a preview: neither
// memory nor goroutines nor watches grow, and nothing is left when it ends.
func TestFlat(t *testing.T) {
	before := runtime.NumGoroutine()
	dir := t.TempDir()
	for i := range 20 {
		write(t, dir, i, small(i, 0))
	}
	shown, end := previewOf(t, dir)
	<-shown
	var early usageOf
	for n := 1; n <= *edits; n++ {
		write(t, dir, n%20, small(n%20, n))
		if o := <-shown; o.report == nil || o.report.Made == 0 {
			t.Fatalf("edit %d: %v", n, o.diagnostics)
		}
		if n == min(100, *edits/2) {
			early = usageNow()
		}
	}
	late := usageNow()
	t.Logf("after %d edits %+v, before %+v", *edits, late, early)
	if float64(late.heap) > 1.1*float64(early.heap) || late.goroutines > early.goroutines || late.watches != early.watches {
		t.Errorf("after %d edits %+v, before %+v", *edits, late, early)
	}
	end()
	for end := time.Now().Add(patience); runtime.NumGoroutine() > before && time.Now().Before(end); {
		runtime.Gosched()
	}
	if after := runtime.NumGoroutine(); after > before {
		stacks := make([]byte, 1<<16)
		t.Errorf("%d goroutines, %d before:\n%s", after, before, stacks[:runtime.Stack(stacks, true)])
	}
}

// BenchmarkSave is what an author waits for but for the browser: from the
// beginning of a save to the new pages being served.
func BenchmarkSave(b *testing.B) {
	text, err := os.ReadFile("../../generator/testdata/playbook.md")
	if err != nil {
		b.Fatal(err)
	}
	_, body, _ := strings.Cut(string(text), "\n---\n")
	playbook := func(i int, task string) string {
		return fmt.Sprintf("---\ntitle: Playbook %d\nposition: %d\nsegment: segment-%d\n---\n", i, i*37%101, i%max(8, i/100)) +
			strings.Replace(body, "Map tools", task+" tools", 1)
	}
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := b.TempDir()
			for i := range n {
				write(b, dir, i, playbook(i, "Map"))
			}
			shown, end := previewOf(b, dir)
			defer end()
			<-shown
			i := 0
			for b.Loop() {
				i++
				write(b, dir, 42, playbook(42, fmt.Sprintf("Map %d", i)))
				if o := <-shown; o.report == nil || o.report.Made != 2 {
					b.Fatal(o.diagnostics, o.report)
				} else if i%10 == 0 {
					b.Log(o.report, "all", time.Since(o.change.First))
				}
			}
		})
	}
}

// previewOf runs a preview without a browser: what is shown comes over the
// channel until the end, which waits for everything to stop.
func previewOf(t testing.TB, dir string) (shown <-chan outcome, end func()) {
	f := &folder{dir: dir, Options: generator.Options{Themes: themes.FS()}}
	l, err := liveIn(f, &voice{out: io.Discard, err: io.Discard}, false)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	p := &preview{live: l, server: devserver.New(devserver.Options{})}
	l.builder.Early = p.server.Hurry
	outcomes, ended := make(chan outcome), make(chan error)
	l.show = func(o outcome) (string, error) {
		did, err := p.show(o)
		select {
		case outcomes <- o:
		case <-ctx.Done():
		}
		return did, err
	}
	go func() { ended <- l.run(ctx) }()
	return outcomes, func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		l.close()
	}
}

// small is the text of playbook i at the nth time.
func small(i, n int) string {
	return fmt.Sprintf("---\nposition: %d\nsegment: s%d\n---\n# Playbook %d\n\n## Selling tasks\n\n### Account manager\n\n- Say it for the %dth time\n", i*5, i%3, i, n)
}

// write saves playbook i.
func write(t testing.TB, dir string, i int, text string) {
	t.Helper()
	at := filepath.Join(dir, "playbooks", fmt.Sprintf("p%05d.md", i))
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// usageOf is what a program holds on to: heap in bytes, watches of inotify
// where the system tells of them.
type usageOf struct {
	heap       uint64
	goroutines int
	watches    int
}

func usageNow() usageOf {
	var m runtime.MemStats
	for range 3 { // pools and finalizers take more than one
		runtime.GC()
	}
	runtime.ReadMemStats(&m)
	return usageOf{m.HeapAlloc, runtime.NumGoroutine(), watches()}
}

func watches() int {
	infos, _ := filepath.Glob("/proc/self/fdinfo/*")
	n := 0
	for _, info := range slices.Sorted(slices.Values(infos)) {
		data, _ := os.ReadFile(info)
		n += strings.Count(string(data), "inotify wd:")
	}
	return n
}
