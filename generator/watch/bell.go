package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// sign says that something may have happened to a name in a folder, which is
// named by its path without links.
type sign struct {
	dir, base string
	// moved is set where the name came, went or became another's, not where
	// only the content may differ.
	moved bool
}

// everything is the sign of lost events. No path begins with a slash.
var everything = sign{dir: "/"}

// manySigns are so many that looking at everything is as cheap.
const manySigns = 1 << 16

// span is when something was first and last heard.
type span struct{ first, last time.Time }

// bell gathers signs until somebody looks. It is never held for long, so that
// whoever hears events is not kept.
type bell struct {
	rung chan struct{}

	mu    sync.Mutex
	signs map[sign]span
}

func newBell() *bell {
	return &bell{rung: make(chan struct{}, 1), signs: map[sign]span{}}
}

func (b *bell) ring(s sign) {
	now := time.Now()
	b.mu.Lock()
	if len(b.signs) >= manySigns {
		s = everything
	}
	first := now
	if before, ok := b.signs[s]; ok {
		first = before.first
	}
	b.signs[s] = span{first, now}
	b.mu.Unlock()
	select {
	case b.rung <- struct{}{}:
	default:
	}
}

// take returns the signs, and forgets them.
func (b *bell) take() map[sign]span {
	b.mu.Lock()
	defer b.mu.Unlock()
	signs := b.signs
	b.signs = map[sign]span{}
	return signs
}

// ears are where events come from.
type ears struct {
	add, remove func(dir string) error
	close       func() error
	events      <-chan fsnotify.Event
	errors      <-chan error
}

func newEars() (*ears, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return &ears{w.Add, w.Remove, w.Close, w.Events, w.Errors}, nil
}

// hear turns events into signs until there are no more.
func (f *Folder) hear(e *ears) {
	for {
		select {
		case event, ok := <-e.events:
			if !ok {
				return
			}
			f.event(event)
		case _, ok := <-e.errors:
			if !ok {
				return
			}
			f.bell.ring(everything)
		}
	}
}

// event rings for an event that may matter. A folder's own Write says nothing
// that those of its entries do not.
func (f *Folder) event(e fsnotify.Event) {
	const moved = fsnotify.Create | fsnotify.Remove | fsnotify.Rename
	if e.Op&(moved|fsnotify.Write) == 0 || e.Name == "" {
		return
	}
	if e.Name == f.dir {
		if e.Op&moved != 0 {
			f.bell.ring(everything)
		}
		return
	}
	name, ok := strings.CutPrefix(e.Name, strings.TrimSuffix(f.dir, string(filepath.Separator))+string(filepath.Separator))
	if !ok {
		return
	}
	name = filepath.ToSlash(name)
	f.bell.ring(sign{path.Dir(name), path.Base(name), e.Op&moved != 0})
}

// place is a folder, by its path without links, that is listened to for the
// sake of nodes.
type place struct {
	path string
	// live is set while events are asked for.
	live bool
	// folders are the nodes that are this folder, by whatever path.
	folders map[*node]bool
	// links are the nodes of links that depend on an entry of this folder.
	links map[string]map[*node]bool
}

func (f *Folder) place(name string) *place {
	p := f.places[name]
	if p == nil {
		p = &place{path: name, folders: map[*node]bool{}, links: map[string]map[*node]bool{}}
		f.places[name] = p
	}
	return p
}

// tune asks for the events of a place, and reports whether that is news.
func (f *Folder) tune(p *place) bool {
	if p.live {
		return false
	}
	p.live = true
	if f.ears == nil {
		return true
	}
	err := f.ears.add(f.abs(p.path))
	if err == nil {
		return true
	}
	// Where the folder is not there any more, or may not be read, its looks will
	// say what there is to say. Only what else fails is the system's limits.
	if fi, gone := f.root.Stat(p.path); gone != nil || !fi.IsDir() || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		p.live = false
		return true
	}
	f.ears.close()
	f.ears = nil
	f.notice = f.sweepOnly(err)
	f.bell.ring(everything)
	return true
}

func (f *Folder) abs(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

// mute gives up the events of a place. Whoever listens to a folder anew, mutes
// it first: events bear the name under which a folder was met first, also after
// it was moved.
func (f *Folder) mute(p *place) {
	if p.live && f.ears != nil {
		_ = f.ears.remove(f.abs(p.path)) // fails where the folder is gone
	}
	p.live = false
}

// leave forgets a place that nobody needs.
func (f *Folder) leave(p *place) {
	if len(p.folders) == 0 && len(p.links) == 0 {
		f.mute(p)
		delete(f.places, p.path)
	}
}

// sweepOnly says why events are not to be had, and what would help.
func (f *Folder) sweepOnly(err error) string {
	remedy := ""
	switch {
	case errors.Is(err, syscall.ENOSPC):
		remedy = "; a higher fs.inotify.max_user_watches would help: sudo sysctl fs.inotify.max_user_watches=1048576"
	case errors.Is(err, syscall.EMFILE):
		remedy = "; more open files (ulimit -n) or, on Linux, a higher fs.inotify.max_user_instances would help"
	}
	return fmt.Sprintf("the system tells of no changes (%v), so the folder is looked through every %s instead%s", err, f.o.Sweep, remedy)
}
