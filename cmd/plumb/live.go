package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"time"

	"plumb/generator"
	"plumb/generator/diag"
	"plumb/generator/output"
	"plumb/generator/watch"
)

// How long bad news is looked at again before it is told: a file that was
// caught half-written, or a checkout under way, is whole a moment later. Good
// news is told at once.
const (
	settle    = 150 * time.Millisecond
	settleMax = 2 * time.Second
	// held is settle while the watch itself waits for a file to come back.
	held = 600 * time.Millisecond
	// retry is when a build that the machine failed is tried again, though
	// nothing has changed.
	retry = time.Second
	// quiet is the pause that ends a save: what an editor does to save a file
	// takes it a few milliseconds.
	quiet = 10 * time.Millisecond
	// idle is how long nothing has to happen before the garbage is collected.
	idle = time.Second
)

// live builds a site again whenever it has changed.
type live struct {
	site    *folder
	watched *watch.Folder
	builder *generator.Builder
	voice   *voice
	// fixed says that the day to build for was asked for.
	fixed bool
	// show is told the outcome of each build and returns what it did with it, in
	// a few words; empty for nothing.
	show func(outcome) string

	last []diag.Diagnostic
}

// outcome is what came of a build.
type outcome struct {
	// report is nil where the machine failed the build; what failed is then the
	// only diagnostic.
	report      *generator.Report
	tree        *output.Tree
	diagnostics []diag.Diagnostic
	fault       error
	change      watch.Change
	begun       time.Time
	// line says it all in one line, once the outcome is shown.
	line string
}

// liveIn prepares a site for being built again and again.
func liveIn(f *folder, v *voice, fixed bool) (*live, error) {
	watched, err := watch.Open(f.dir, watch.Options{Ignore: generator.Ignored, Quiet: quiet})
	if err != nil {
		return nil, reading(f.dir, err)
	}
	f.Root = watched
	return &live{site: f, watched: watched, builder: generator.NewBuilder(f.Options), voice: v, fixed: fixed}, nil
}

func (l *live) close() { l.watched.Close() }

// run builds until the context is done. What is wrong with the site never ends
// it; a folder without a site does, at the start.
func (l *live) run(ctx context.Context) error {
	o := l.build(ctx, watch.Change{First: time.Now()})
	if o.fault != nil && ctx.Err() == nil {
		return l.site.fault(o.fault)
	}
	for ctx.Err() == nil {
		l.tell(o)
		change, err := l.wait(ctx, o)
		if ctx.Err() != nil {
			break
		}
		if err != nil {
			return err
		}
		o = l.settled(ctx, l.build(ctx, change))
	}
	return nil
}

// wait returns the next change. A new day is one, and so is the time to try
// again what the machine failed.
func (l *live) wait(ctx context.Context, o outcome) (watch.Change, error) {
	now := time.Now().UTC()
	until := now.Truncate(24 * time.Hour).Add(24 * time.Hour)
	if o.fault != nil {
		until = now.Add(retry)
	}
	change, err := l.next(ctx, min(idle, until.Sub(now)))
	if errors.Is(err, context.DeadlineExceeded) && o.fault == nil {
		collect()
		change, err = l.next(ctx, until.Sub(now)-idle)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return watch.Change{First: time.Now()}, ctx.Err()
	}
	return change, err
}

// collect frees memory while nobody waits: a collection that begins during a
// build makes the author of a large site wait for twice as long. It is worth it
// once a quarter of what lives has been thrown away.
func collect() {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.HeapAlloc > m.NextGC*5/8 { // the next one is due at twice of what lives
		runtime.GC()
	}
}

// next waits for a change that names files, at most so long.
func (l *live) next(ctx context.Context, limit time.Duration) (watch.Change, error) {
	end := time.Now().Add(limit)
	for {
		change, err := l.within(ctx, time.Until(end))
		if err != nil || len(change.Paths) > 0 {
			return change, err
		}
	}
}

// within waits for a change, at most so long, and passes on what the watch has
// to say of itself.
func (l *live) within(ctx context.Context, limit time.Duration) (watch.Change, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	change, err := l.watched.Wait(ctx)
	if change.Notice != "" {
		l.voice.errorf(change.Notice, "")
	}
	return change, err
}

func (l *live) build(ctx context.Context, change watch.Change) outcome {
	o := outcome{change: change, begun: time.Now(), tree: &output.Tree{}}
	if !l.fixed {
		l.builder.AsOf = time.Now().UTC()
	}
	o.report, o.fault = l.builder.Build(ctx, o.tree)
	if o.fault != nil {
		o.report, o.tree = nil, nil
		o.diagnostics = []diag.Diagnostic{l.faulty(o.fault)}
		return o
	}
	o.diagnostics = o.report.Diagnostics
	return o
}

// faulty says as a finding what the machine failed: it is shown where findings
// are.
func (l *live) faulty(err error) diag.Diagnostic {
	at := "."
	var path *fs.PathError
	if errors.As(err, &path) && fs.ValidPath(path.Path) {
		at = path.Path
	}
	return diag.New(diag.Error, diag.UnreadableFile, diag.File(at), l.site.fault(err).Error(), "")
}

// settled builds again as long as there is bad news that may be passing.
func (l *live) settled(ctx context.Context, o outcome) outcome {
	for l.worse(o) && time.Since(o.change.First) < settleMax {
		limit := settle
		if o.change.Pending {
			limit = held
		}
		change, err := l.within(ctx, limit)
		if err != nil {
			break
		}
		o = l.build(ctx, merged(o.change, change))
	}
	return o
}

// worse reports whether an outcome has an error that the one shown last has
// not.
func (l *live) worse(o outcome) bool {
	return slices.ContainsFunc(fresh(o.diagnostics, l.last), func(d diag.Diagnostic) bool { return d.Severity == diag.Error })
}

// fresh returns what stands in a sorted list and not in another.
func fresh(list, before []diag.Diagnostic) (out []diag.Diagnostic) {
	for _, d := range list {
		if _, known := slices.BinarySearchFunc(before, d, diag.Diagnostic.Compare); !known {
			out = append(out, d)
		}
	}
	return out
}

// merged is two changes as one.
func merged(a, b watch.Change) watch.Change {
	b.First = a.First
	b.Paths = slices.Compact(slices.Sorted(slices.Values(slices.Concat(a.Paths, b.Paths))))
	return b
}

// tell says what came of a build, and what is wrong that was not before.
func (l *live) tell(o outcome) {
	took := time.Since(o.change.First)
	o.line = changed(o.change.Paths)
	if o.report != nil {
		o.line += fmt.Sprintf("%d of %s made in %s; ", o.report.Made, count(o.report.Pages, "page"), took.Round(time.Millisecond))
	}
	o.line += tally(o.diagnostics)
	if did := l.show(o); did != "" {
		o.line += "; " + did
	}
	if err := l.voice.findings(fresh(o.diagnostics, l.last), "text", l.site.prefix()); err != nil {
		return // nobody listens
	}
	l.last = o.diagnostics
	l.voice.closing(o.line)
}

// changed names what changed, in front of what was done about it.
func changed(paths []string) string {
	const shown = 2
	switch n := len(paths); {
	case n == 0:
		return ""
	case n <= shown:
		return strings.Join(paths, ", ") + " changed: "
	default:
		return fmt.Sprintf("%s and %d others changed: ", paths[0], n-1)
	}
}
