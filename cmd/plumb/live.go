package main

import (
	"cmp"
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
	"plumb/generator/site"
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
	// quiet is the pause that ends a save. What an editor does to save a file takes
	// it a few milliseconds; where it takes longer, the watch knows by itself that a
	// file which is gone or empty is about to come back.
	quiet = 5 * time.Millisecond
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
	// a few words; empty for nothing. An error is a fault of the machine: the
	// outcome is shown again a little later.
	show func(outcome) (string, error)

	// good is plumb.yaml as it was last without an error.
	good settled

	// last is what was wrong with the site, fault what kept it from being shown,
	// when something was last said.
	last  []diag.Diagnostic
	fault string
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
		again := l.tell(o)
		change, err := l.wait(ctx, again)
		if ctx.Err() != nil {
			break
		}
		if err != nil {
			return err
		}
		o = l.confirmed(ctx, l.build(ctx, change))
	}
	return nil
}

// wait returns the next change. A new day is one, and so is the time to try
// again what the machine failed.
func (l *live) wait(ctx context.Context, again bool) (watch.Change, error) {
	now := time.Now().UTC()
	until := now.Truncate(24 * time.Hour).Add(24 * time.Hour)
	if again {
		until = now.Add(retry)
	}
	change, err := l.next(ctx, min(idle, until.Sub(now)))
	if errors.Is(err, context.DeadlineExceeded) && !again {
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
	o := outcome{change: change, tree: &output.Tree{}}
	if !l.fixed {
		l.builder.AsOf = time.Now().UTC()
	}
	var wrong []diag.Diagnostic
	if wrong, o.fault = l.settings(); o.fault == nil {
		o.report, o.fault = l.builder.Build(ctx, o.tree)
	}
	if o.fault != nil {
		o.report, o.tree = nil, nil
		o.diagnostics = []diag.Diagnostic{l.faulty(o.fault)}
		return o
	}
	o.diagnostics = diag.Sort(append(wrong, o.report.Diagnostics...))
	return o
}

// settings lets a build read the last good plumb.yaml while that has an error,
// and returns what is wrong with it: a slip in the settings must not change every
// page, and work on other files goes on.
func (l *live) settings() ([]diag.Diagnostic, error) {
	now := l.site.Options
	now.Root = l.watched
	raw, list, err := generator.Settings(now)
	if err != nil {
		return nil, err
	}
	l.builder.Root = l.watched
	if !diag.HasErrors(list) {
		l.good = settled{l.watched, l.settingsPath(), raw}
	} else if l.good.Folder != nil {
		l.builder.Root = l.good
		return list, nil
	}
	return nil, nil
}

func (l *live) settingsPath() string { return cmp.Or(l.site.Config, "plumb.yaml") }

// settled is a folder with the settings as they were.
type settled struct {
	*watch.Folder
	name string
	data []byte // nil for none
}

// ReadFile reads a file of the folder or the settings.
func (s settled) ReadFile(name string) ([]byte, error) {
	switch {
	case name != s.name:
		return s.Folder.ReadFile(name)
	case s.data == nil:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return s.data, nil
}

// faulty says as a finding what the machine failed: it is shown where findings
// are, to whoever may see the site, so it names nothing outside of that.
func (l *live) faulty(err error) diag.Diagnostic {
	var path *fs.PathError
	switch {
	case errors.Is(err, generator.ErrNoContent):
		return diag.New(diag.Error, diag.UnreadableFile, diag.File(site.ContentDir), err.Error(), "put the folder back; what you see is the site as it was")
	case errors.As(err, &path) && fs.ValidPath(path.Path):
		return diag.New(diag.Error, diag.UnreadableFile, diag.File(path.Path), "this cannot be read: "+path.Err.Error(), "")
	}
	return diag.New(diag.Error, diag.UnreadableFile, diag.File("."), "the site cannot be read: "+strings.ReplaceAll(err.Error(), l.site.dir, "."), "")
}

// confirmed builds again as long as there is bad news that may be passing.
func (l *live) confirmed(ctx context.Context, o outcome) outcome {
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

// tell shows what came of a build, says it, and says what is wrong that was not
// before. It reports whether to try again. A second try with the same outcome is not
// spoken of.
func (l *live) tell(o outcome) (again bool) {
	o.line = changed(o.change.Paths)
	if o.report != nil {
		o.line += fmt.Sprintf("%d of %s made in %s; ", o.report.Made, count(o.report.Pages, "page"), time.Since(o.change.First).Round(time.Millisecond))
	}
	o.line += tally(o.diagnostics)
	untouched := len(o.change.Paths) == 0
	if untouched && o.fault != nil && len(fresh(o.diagnostics, l.last)) == 0 {
		return true
	}
	did, err := l.show(o)
	line := o.line
	if did != "" {
		line += "; " + did
	}
	if err != nil && untouched && err.Error() == l.fault {
		return true
	}
	l.fault = ""
	if err != nil {
		l.voice.fault(err)
		l.fault = err.Error()
	}
	if l.voice.findings(fresh(o.diagnostics, l.last), l.site.prefix()) == nil {
		l.voice.closing(line)
	}
	l.last = o.diagnostics
	return err != nil || o.fault != nil
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
