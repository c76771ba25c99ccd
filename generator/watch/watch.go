// Package watch holds a site's folder as a file system that remembers what was
// read of it, and knows when that is no longer true.
//
// # What is watched
//
// Nothing is configured: a [Folder] watches what it was asked for. Every file,
// listing and missing name that was read is remembered with its answer, and
// [Folder.Wait] returns once an answer would be another. What nobody asks for
// (the output folder, .git) rings no bell, whatever it is called.
//
// # How
//
// The system's events are a doorbell with a name on it; the tree is the truth.
// A name that an event, or the sweep that goes on for file systems without
// events, gives is looked at: content is compared by digest, so that a touch, a
// change of mode or a save of the same bytes is nothing. Lost events lead to a
// look at all that is remembered, exhausted limits to sweeping alone.
//
// Folders are listened to before they are read, so no edit falls between. What
// was answered stays the answer until the next Wait. A file that vanishes or is
// emptied keeps its state for a moment, for most programs that save a file pass
// through such a state.
package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// Options say how a folder is watched. The zero value is of use.
type Options struct {
	// Quiet is how long nothing may happen before a change is reported; 0 means
	// 15 ms.
	Quiet time.Duration
	// Cap is the longest time from the first sign on; 0 means 250 ms. For what
	// happened before Wait was called it counts from the call.
	Cap time.Duration
	// Hold is how long a file that vanished or was emptied keeps its last state;
	// 0 means 300 ms.
	Hold time.Duration
	// Sweep is the time between two sweeps, at least 50 times what the last one
	// took; 0 means 2 s.
	Sweep time.Duration
	// NoEvents lets the folder be swept only.
	NoEvents bool
	// Ignore reports base names that do not exist for the site: what editors
	// leave behind. They are in no listing and ring no bell, unless they are
	// asked for by name. Nil ignores nothing.
	Ignore func(base string) bool
}

func (o *Options) defaults() {
	set := func(d *time.Duration, value time.Duration) {
		if *d <= 0 {
			*d = value
		}
	}
	set(&o.Quiet, 15*time.Millisecond)
	set(&o.Cap, 250*time.Millisecond)
	set(&o.Hold, 300*time.Millisecond)
	set(&o.Sweep, 2*time.Second)
	if o.Ignore == nil {
		o.Ignore = func(string) bool { return false }
	}
}

// Change is what is no longer as it was read.
type Change struct {
	// Paths are the files that came, went or differ in content, sorted, with
	// slashes, relative to the folder; and folders that came or went with
	// nothing in them. There are none where there is only a Notice, or where
	// what was pending came to nothing.
	Paths []string
	// First is the time of the first sign of it, or of what is held.
	First time.Time
	// Pending means that more is about to follow, so that what looks wrong may
	// be passing: a file is held, or the Cap cut into what was going on. Another
	// Change follows soon in any case.
	Pending bool
	// Notice says, once, that events are not to be had, and the remedy; the
	// folder is then only swept.
	Notice string
}

// Folder is a file system that knows when what was read of it is no longer
// true. Nothing outside the folder is read, whatever links it holds; links to
// what is inside are followed. Of a file that was not read, only its being
// there and its type count; of a link, what it leads to.
//
// Reading is safe from several goroutines; Wait is for one at a time.
type Folder struct {
	o    Options
	dir  string // absolute
	bell *bell
	// foldsCase is set where a file is found by a name in other case, so that
	// only a listing tells its name.
	foldsCase bool
	done      chan struct{}
	closed    sync.Once
	goroutine sync.WaitGroup

	mu      sync.Mutex // guards all below
	root    *os.Root
	away    bool  // there was no folder when it was last looked for
	ears    *ears // nil where the folder is only swept
	notice  string
	top     *node
	places  map[string]*place // by path within the folder, without links
	version uint64            // given last
	pass    uint64            // number of the last listing

	signs map[sign]bool   // to be looked at
	found map[string]bool // differs and is not yet reported; true for a folder
	held  map[*node]bool  // vanished or emptied, but keeps its state
	poll  time.Time       // when to look at the held next
	first time.Time       // sign of what was found or is to be looked at
	begun time.Time       // from when the Cap counts; zero while nothing goes on
	heard time.Time       // last sign
	since time.Time       // when Wait was called
	owed  bool            // the last Change was pending
	kept  []*content      // whose bytes are kept for the next reading
	spare int64           // how many bytes may yet be kept
}

// Open begins to watch a folder. Nothing in it is read yet. Where events are
// not to be had, that is no error but the Notice of the first [Change].
func Open(dir string, o Options) (*Folder, error) {
	var e *ears
	var fault error
	if !o.NoEvents {
		e, fault = newEars()
	}
	f, err := open(dir, o, e)
	if err != nil {
		return nil, err
	}
	if fault != nil {
		f.notice = f.sweepOnly(fault)
	}
	return f, nil
}

// open is Open with the source of events, nil for none, as given.
func open(dir string, o Options, e *ears) (*Folder, error) {
	o.defaults()
	dir, err := filepath.Abs(dir)
	f := &Folder{
		o: o, dir: dir, ears: e, bell: newBell(), done: make(chan struct{}),
		foldsCase: runtime.GOOS == "windows" || runtime.GOOS == "darwin",
		places:    map[string]*place{}, signs: map[sign]bool{}, found: map[string]bool{}, held: map[*node]bool{},
		top: &node{path: ".", asked: true},
	}
	if err == nil {
		err = f.enter()
	}
	if err != nil {
		if e != nil {
			e.close()
		}
		return nil, err
	}
	if e != nil {
		f.goroutine.Go(func() { f.hear(e) })
	}
	f.listen(f.top)
	f.goroutine.Go(f.sweeping)
	return f, nil
}

// enter opens the folder that has the name now.
func (f *Folder) enter() error {
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return err
	}
	fi, err := root.Lstat(".")
	if err != nil {
		return errors.Join(err, root.Close())
	}
	f.root, f.top.at = root, stampOf(fi)
	return nil
}

// Close ends the watch; a Wait that is under way returns an error that is
// [fs.ErrClosed].
func (f *Folder) Close() error {
	f.closed.Do(func() { close(f.done) })
	f.mu.Lock()
	if f.ears != nil {
		f.ears.close()
		f.ears = nil
	}
	f.mu.Unlock()
	f.goroutine.Wait()
	return f.root.Close()
}

// Wait blocks until something that was read is no longer true, and lets go of
// it, so that the next reading is fresh. The error is that of the context, or
// [fs.ErrClosed].
func (f *Folder) Wait(ctx context.Context) (Change, error) {
	f.mu.Lock()
	f.since = time.Now()
	f.discard()
	f.mu.Unlock()
	for {
		if err := f.over(ctx); err != nil {
			return Change{}, err
		}
		change, next := f.step(time.Now())
		if change != nil {
			return *change, nil
		}
		f.sleep(ctx, next)
	}
}

func (f *Folder) over(ctx context.Context) error {
	select {
	case <-f.done:
		return fmt.Errorf("watching %s: %w", f.dir, fs.ErrClosed)
	default:
		return ctx.Err()
	}
}

// sleep returns when there is something to do; a zero time is never.
func (f *Folder) sleep(ctx context.Context, until time.Time) {
	var timer <-chan time.Time
	if !until.IsZero() {
		timer = time.After(time.Until(until))
	}
	select {
	case <-ctx.Done():
	case <-f.done:
	case <-f.bell.rung:
	case <-timer:
	}
}

// step looks at what is due, and returns either what to report or when to step
// again, if not before.
func (f *Folder) step(now time.Time) (*Change, time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.gather()
	if len(f.signs) > 0 && (f.resting(now) || f.capped(now)) {
		if f.look(now) {
			f.heard = time.Now() // new folders were not heard before
		}
		f.gather()
	}
	if len(f.held) > 0 && !now.Before(f.poll) {
		f.lookAtHeld(now)
	}
	rest := f.resting(now) && len(f.signs) == 0
	if c := f.report(rest, rest || f.capped(now)); c != nil {
		return c, time.Time{}
	}
	return nil, f.next(now, rest)
}

// gather takes note of the signs that concern what was read.
func (f *Folder) gather() {
	for s, at := range f.bell.take() {
		if !f.concerns(s) {
			continue
		}
		f.signs[s] = true
		if f.first.IsZero() || at.first.Before(f.first) {
			f.first = at.first
		}
		if f.begun.IsZero() {
			f.begun = later(at.first, f.since)
		}
		f.heard = later(f.heard, at.last)
	}
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// resting reports whether nothing was heard for Quiet.
func (f *Folder) resting(now time.Time) bool { return !now.Before(f.heard.Add(f.o.Quiet)) }

func (f *Folder) capped(now time.Time) bool {
	return !f.begun.IsZero() && !now.Before(f.begun.Add(f.o.Cap))
}

// report returns what there is to report, if it is time for it.
func (f *Folder) report(rest, due bool) *Change {
	pending := len(f.held) > 0 || !rest
	ready := due && len(f.found) > 0 || f.notice != "" || f.owed && !pending
	if due {
		f.begun = time.Time{}
	}
	if !ready {
		if rest && len(f.held) == 0 {
			f.first = time.Time{}
		}
		return nil
	}
	c := &Change{Paths: paths(f.found), First: f.first, Pending: pending, Notice: f.notice}
	clear(f.found)
	f.notice, f.owed = "", pending
	if len(f.held) == 0 {
		f.first = time.Time{}
	}
	return c
}

// next returns when there is something to do without another sign.
func (f *Folder) next(now time.Time, rest bool) time.Time {
	var next time.Time
	sooner := func(t time.Time) {
		if next.IsZero() || t.Before(next) {
			next = t
		}
	}
	if !rest {
		sooner(later(now, f.heard.Add(f.o.Quiet)))
		if !f.begun.IsZero() {
			sooner(f.begun.Add(f.o.Cap))
		}
	}
	if len(f.held) > 0 {
		sooner(f.poll)
	}
	return next
}

// paths sorts what was found and leaves out folders with something in them.
func paths(found map[string]bool) []string {
	above := map[string]bool{}
	for p := range found {
		for i := strings.LastIndexByte(p, '/'); i > 0 && !above[p[:i]]; i = strings.LastIndexByte(p, '/') {
			p = p[:i]
			above[p] = true
		}
	}
	var out []string
	for p, folder := range found {
		if !folder || !above[p] {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out
}
