package output

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// Tree is a sink that keeps every file in memory: a copy, or the data itself
// where that is shared. Its zero value is empty and ready.
type Tree struct {
	once  sync.Once
	names *names

	mu    sync.RWMutex
	files map[string]File

	late []*late
}

// late are files that nobody has asked for yet.
type late struct {
	group func(path string) string
	make  func(group string, to Sink) error

	mu   sync.Mutex
	made map[string]func() *Tree
}

// Later adds files that are made once somebody gets one of them. Group returns,
// for a path of theirs, what it is made with, and nothing for any other path; make
// puts all files of a group into another tree. They stand in no list and have no
// part in the digest. If make fails, the group has none. Later is called before
// the tree is shared, once for each owner; the first that knows a path has it.
func (t *Tree) Later(group func(path string) string, make func(group string, to Sink) error) {
	t.late = append(t.late, &late{group: group, make: make, made: map[string]func() *Tree{}})
}

// get returns a file of those that come later.
func (l *late) get(path string) (f File, owned, ok bool) {
	group := l.group(path)
	if group == "" {
		return File{}, false, false
	}
	l.mu.Lock()
	made := l.made[group]
	if made == nil {
		made = sync.OnceValue(func() *Tree { return l.tree(group) })
		l.made[group] = made
	}
	l.mu.Unlock()
	f, ok = made().get(path)
	return f, true, ok
}

func (l *late) tree(group string) *Tree {
	made := &Tree{}
	if l.make(group, made) != nil {
		return &Tree{}
	}
	return made
}

// Grow makes room for n files, which costs less than to make it as they come.
func (t *Tree) Grow(n int) {
	t.once.Do(func() { t.names = newNames(n) })
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.files == nil {
		t.files = make(map[string]File, n)
	}
}

// Put keeps the file.
func (t *Tree) Put(f File) error {
	t.once.Do(func() { t.names = newNames(0) })
	if err := t.names.add(f.Path); err != nil {
		return err
	}
	f = f.Share()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.files == nil {
		t.files = map[string]File{}
	}
	t.files[f.Path] = f
	return nil
}

// Get returns the file of a path, its Sum filled in.
func (t *Tree) Get(path string) (File, bool) {
	if f, ok := t.get(path); ok {
		return f, true
	}
	for _, l := range t.late {
		if f, owned, ok := l.get(path); owned {
			return f, ok
		}
	}
	return File{}, false
}

func (t *Tree) get(path string) (File, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	f, ok := t.files[path]
	return f, ok
}

// Len returns the number of files.
func (t *Tree) Len() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.files)
}

// Paths returns every path in byte order.
func (t *Tree) Paths() []string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return slices.Sorted(maps.Keys(t.files))
}

// Digest returns a digest of all paths and contents; classes have no part in
// it. It costs a sort, not a walk over the contents.
func (t *Tree) Digest() Sum {
	h := sha256.New()
	for _, p := range t.Paths() {
		f, _ := t.Get(p)
		fmt.Fprintf(h, "%d:%s", len(p), p)
		h.Write(f.Sum[:])
	}
	return Sum(h.Sum(nil))
}

// Equal reports whether both trees hold the same paths and contents.
func (t *Tree) Equal(other *Tree) bool { return t.Digest() == other.Digest() }

// Diff returns what leads from t to the other tree, one line a path in byte
// order: "+ path" for one that is added, "- path" for one that is gone, "! path"
// for one whose content differs.
func (t *Tree) Diff(other *Tree) []string {
	paths := append(t.Paths(), other.Paths()...)
	slices.Sort(paths)
	var lines []string
	for _, p := range slices.Compact(paths) {
		a, before := t.Get(p)
		b, after := other.Get(p)
		switch {
		case !before:
			lines = append(lines, "+ "+p)
		case !after:
			lines = append(lines, "- "+p)
		case a.Sum != b.Sum:
			lines = append(lines, "! "+p)
		}
	}
	return lines
}

// CopyTo puts every file into a sink, in byte order of the paths, and stops at
// the first error.
func (t *Tree) CopyTo(s Sink) error {
	for _, p := range t.Paths() {
		f, _ := t.Get(p)
		if err := s.Put(f); err != nil {
			return err
		}
	}
	return nil
}
