package output

import (
	"errors"
	"path"
	"strconv"
	"sync"
	"sync/atomic"
)

// Options says where a site is published, and what must not be written over.
type Options struct {
	// Dir is the output. It is made, with its parents, if it does not exist.
	Dir string
	// Audience is whom the site is for; it may be empty. An output that holds
	// the site of another audience is refused.
	Audience string
	// Protected are the places the site is made from: content, themes, the
	// configuration file. The home directory, the root of the file system and
	// repositories are protected without being listed.
	Protected []Protected

	// step is called before each change to the disk; tests cut a build off there.
	step func(what string)
}

// Protected is a file or folder that the output must neither be nor contain; a
// folder must not contain the output either. One that does not exist is fine.
type Protected struct {
	// Path is as the user wrote it; what it means is found by identity, through
	// links.
	Path string
	// What names it in a message, with its article: "the content folder".
	What string
}

// Stats says what a commit did. The counts are of files.
type Stats struct {
	Written   int // new in the output
	Changed   int // written over, or restored because somebody had changed them
	Unchanged int // not touched
	Deleted   int
	// Bytes is the size of what was written and changed.
	Bytes int64
	// Kept are the paths, in byte order, that an earlier build wrote, that are no
	// longer part of the site, and that were left because somebody changed them
	// since. They are the user's now and are not reported again.
	Kept []string
	// Resumed says that Open finished a commit that had been cut off.
	Resumed bool
}

// Publication is one build on its way into its output. It must end with Commit
// or Discard.
type Publication struct {
	audience string
	disk     *disk
	lock     *lock

	// What the build before left, and nothing changes from Open on.
	before   *manifest
	encoded  []byte         // before as it is on the disk
	known    map[string]int // index in before.Files by path
	hints    stamps
	resumed  bool
	caseless bool     // whether the file system takes names that differ by case for one
	kept     []string // by a commit that Open finished

	names  *names
	staged atomic.Uint32

	inputs Sum // see Made
	pages  int

	mu      sync.RWMutex // held for reading by Put
	ended   bool
	begun   bool // whether a journal stands on the disk
	listing sync.Mutex
	entries []entry
	failed  error // of the first Put that failed
}

// entry is one file that was put.
type entry struct {
	listed
	class  Class
	staged string // its name in the stage, empty if it is on the disk already
	old    int    // index in the manifest before, -1 if it has no such path
	stamp  stamp  // zero if it is staged
	read   bool   // whether it had to be read to know that it is unchanged
}

// Open checks the output, locks it against other builds, finishes a commit that
// was cut off, and reads what the build before wrote. A [*RefusedError] says that
// the output cannot be used as it is; but for that commit it has not been changed
// then.
func Open(o Options) (*Publication, error) {
	if err := guard(o); err != nil {
		return nil, err
	}
	if err := guardContent(o.Dir); err != nil {
		return nil, err
	}
	d, l, err := enter(o)
	if err != nil {
		return nil, err
	}
	p := &Publication{audience: o.Audience, disk: d, lock: l, names: newNames(0)}
	if err := p.recall(); err != nil {
		return nil, errors.Join(err, p.Discard())
	}
	return p, nil
}

// recall finishes what a build before was cut off in, and reads what it left.
func (p *Publication) recall() error {
	var err error
	if p.caseless, err = p.disk.caseless(); err != nil {
		return err
	}
	if err := p.resume(); err != nil {
		return err
	}
	m, data, err := readManifest(p.disk.own)
	if err != nil {
		return p.broken(err)
	}
	if m == nil {
		return nil
	}
	if m.Audience != p.audience {
		return refuse("give each audience an output of its own, or remove this one first",
			"the output %s holds the site %s, not the one %s", p.disk.name, forWhom(m.Audience), forWhom(p.audience))
	}
	p.before, p.encoded, p.known = m, data, map[string]int{}
	for i, f := range m.Files {
		p.known[f.Path] = i
	}
	p.hints = readStamps(p.disk.own, SumOf(data))
	return nil
}

func forWhom(audience string) string {
	if audience == "" {
		return "built without an audience"
	}
	return "for the audience " + strconv.Quote(audience)
}

// Put compares the file with what is published. If it is not the same, it is
// staged, and its bytes are not needed any more. After an error the publication
// can only be discarded.
func (p *Publication) Put(f File) error {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.ended || p.begun {
		return errClosed
	}
	e, err := p.take(f)
	p.listing.Lock()
	defer p.listing.Unlock()
	if err != nil {
		if p.failed == nil {
			p.failed = err
		}
		return err
	}
	p.entries = append(p.entries, e)
	return nil
}

// take finds out whether the file has to be written, and stages it if so.
func (p *Publication) take(f File) (entry, error) {
	if err := p.names.add(f.Path); err != nil {
		return entry{}, err
	}
	if f.Write != nil {
		return p.takeLarge(f)
	}
	e := entry{
		listed: listed{f.Path, int64(len(f.Data)), f.sum()},
		class:  f.Class,
		old:    p.find(f.Path),
	}
	if e.old >= 0 && p.before.Files[e.old].Sum == e.Sum && p.intact(&e) {
		return e, nil
	}
	var err error
	if e.staged, err = p.place(f); err != nil {
		return e, err
	}
	return e, p.disk.stageFile(e.staged, f.Data)
}

// place returns a new name in the stage: a number or, in an output without a build
// before, where every folder is new, the file's own in a room.
func (p *Publication) place(f File) (string, error) {
	if p.before != nil {
		return strconv.FormatUint(uint64(p.staged.Add(1)), 10), nil
	}
	dir, name := path.Split(f.Path)
	in, err := p.disk.room(room{path.Clean(dir), f.Class})
	return join(in, name), err
}

// find returns the index of a path in the manifest before, or -1.
func (p *Publication) find(path string) int {
	if i, ok := p.known[path]; ok {
		return i
	}
	return -1
}

// intact reports whether the file on disk is the one the manifest tells of, and
// fills in stamp and read. What cannot be looked at is not.
func (p *Publication) intact(e *entry) bool {
	info, err := p.disk.lstat(e.Path)
	if err != nil || !info.Mode().IsRegular() || info.Size() != e.Size {
		return false
	}
	e.stamp = stampOf(info)
	if p.hints.trusts(e.old, e.stamp) {
		return true
	}
	e.read = true
	var ok bool
	e.stamp, ok = p.disk.holds(e.Path, e.Size, e.Sum)
	return ok
}

// Discard ends the publication and leaves no trace of it. After Commit, or when
// called again, it does nothing; called during Commit it waits for that. If
// Commit failed after it had begun to publish, Discard leaves the rest for the
// next Open to finish.
func (p *Publication) Discard() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended {
		return nil
	}
	p.ended = true
	var err error
	if !p.begun && p.disk.stage != nil {
		err = p.disk.removeStage()
	}
	return errors.Join(err, p.leave(p.before == nil))
}

// leave unlocks and closes the output. An untouched one looks as it did before
// Open; a fresh one is gone.
func (p *Publication) leave(fresh bool) error {
	p.disk.changing("unlock")
	err := p.lock.release()
	p.disk.leave(fresh)
	return err
}
