//go:build unix

package watch_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"plumb/generator/watch"
)

// many is a folder of 10,000 files of 4 KB, all of them read.
func many(b *testing.B, o watch.Options) *site {
	w := open(b, o)
	text := strings.Repeat("A line of a playbook as they are written here.\n", 87)
	for i := range 10_000 {
		w.ok(os.WriteFile(w.path(fmt.Sprintf("playbooks/p%05d.md", i)), []byte(text), 0o644))
	}
	w.settle()
	return w
}

// BenchmarkRead10000 is all a builder reads: the listing, and every file.
func BenchmarkRead10000(b *testing.B) {
	w := many(b, watch.Options{})
	for b.Loop() {
		f, err := watch.Open(w.dir, watch.Options{})
		if err != nil {
			b.Fatal(err)
		}
		(&site{fatal: b, dir: w.dir, Folder: f, memory: map[string]memory{}}).view()
		f.Close()
	}
}

// BenchmarkWalk10000 is the same when all is remembered and nothing changed,
// without reading files.
func BenchmarkWalk10000(b *testing.B) {
	w := many(b, watch.Options{})
	for b.Loop() {
		list, err := w.ReadDir("playbooks")
		w.ok(err)
		for _, e := range list {
			w.Version("playbooks/" + e.Name())
		}
	}
}

// BenchmarkEdit10000 is the time from before a save until it is reported and
// read; the quiet period is part of it, what is beyond it is reported apart.
func BenchmarkEdit10000(b *testing.B) {
	for _, sweeping := range []bool{false, true} {
		b.Run(fmt.Sprintf("sweeping=%v", sweeping), func(b *testing.B) {
			w := many(b, watch.Options{Sweep: time.Hour})
			stop, stopped := make(chan struct{}), make(chan struct{})
			go func() { // one sweep after another, where every 50th moment is the rule
				defer close(stopped)
				for sweeping {
					select {
					case <-stop:
						return
					default:
						w.SweepNow()
					}
				}
			}()
			edit(b, w)
			close(stop)
			<-stopped
		})
	}
}

func edit(b *testing.B, w *site) {
	w.settle()
	var beyond []time.Duration
	for b.Loop() {
		begun := time.Now()
		w.write("playbooks/p05000.md", fmt.Sprint("edit ", begun))
		for !slices.Contains(w.wait().Paths, "playbooks/p05000.md") {
		}
		_, err := w.ReadFile("playbooks/p05000.md")
		w.ok(err)
		beyond = append(beyond, time.Since(begun)-15*time.Millisecond)
	}
	slices.Sort(beyond)
	b.ReportMetric(float64(beyond[len(beyond)/2].Microseconds()), "µs-beyond-quiet-median")
	b.ReportMetric(float64(beyond[len(beyond)*95/100].Microseconds()), "µs-beyond-quiet-p95")
}

// BenchmarkIdle10000 lets ten seconds pass, with sweeps, and says how much of
// one processor that took.
func BenchmarkIdle10000(b *testing.B) {
	many(b, watch.Options{})
	time.Sleep(6 * time.Second) // files just written are read once more
	for b.Loop() {
		before := processor()
		time.Sleep(10 * time.Second)
		b.ReportMetric(100*(processor()-before).Seconds()/10, "%CPU")
	}
}

// processor is the time that this process took of all processors.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkSweep10000 is one sweep over what was read.
func BenchmarkSweep10000(b *testing.B) {
	w := many(b, watch.Options{Sweep: time.Hour})
	time.Sleep(3 * time.Second)
	w.SweepNow()
	for b.Loop() {
		w.SweepNow()
	}
}
