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
		write(t, dir, i, 0)
	}
	f := &folder{dir: dir, Options: generator.Options{Themes: themes.FS()}}
	l, err := liveIn(f, &voice{out: io.Discard, err: io.Discard}, false)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	p := &preview{live: l, server: devserver.New(devserver.Options{})}
	shown := make(chan outcome)
	l.show = func(o outcome) string {
		p.show(o)
		shown <- o
		return ""
	}
	ended := make(chan error)
	go func() { ended <- l.run(ctx) }()
	<-shown
	var early usageOf
	for n := 1; n <= *edits; n++ {
		write(t, dir, n%20, n)
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
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	l.close()
	for end := time.Now().Add(patience); runtime.NumGoroutine() > before && time.Now().Before(end); {
		runtime.Gosched()
	}
	if after := runtime.NumGoroutine(); after > before {
		stacks := make([]byte, 1<<16)
		t.Errorf("%d goroutines, %d before:\n%s", after, before, stacks[:runtime.Stack(stacks, true)])
	}
}

// write saves playbook i for the nth time.
func write(t *testing.T, dir string, i, n int) {
	t.Helper()
	at := filepath.Join(dir, "playbooks", fmt.Sprintf("p%02d.md", i))
	text := fmt.Sprintf("---\nposition: %d\nsegment: s%d\n---\n# Playbook %d\n\n## Selling tasks\n\n### Account manager\n\n- Say it for the %dth time\n", i*5, i%3, i, n)
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
