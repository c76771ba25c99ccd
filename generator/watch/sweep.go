package watch

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"time"
)

// dear is how many times as long as a sweep took it is at least to the next.
const dear = 50

// sweeping looks now and then for changes that no event told of.
func (f *Folder) sweeping() {
	timer := time.NewTimer(f.o.Sweep)
	defer timer.Stop()
	for {
		select {
		case <-f.done:
			return
		case <-timer.C:
		}
		timer.Reset(max(f.o.Sweep, dear*f.sweep()))
	}
}

// doubt is a file whose stamp leaves open whether its content changed.
type doubt struct {
	n    *node
	at   stamp
	told *content
}

// sweep compares the stamps of all that is remembered and rings for what
// differs. It returns how long that took, without reading files in doubt, for
// that is done once for each.
func (f *Folder) sweep() time.Duration {
	begun := time.Now()
	if f.strange() {
		f.bell.ring(everything)
		return 0
	}
	f.mu.Lock()
	s := &sweep{Folder: f, root: f.root}
	var folders []*node
	for _, p := range f.places {
		folders = slices.AppendSeq(folders, maps.Keys(p.folders))
	}
	f.mu.Unlock()
	for _, n := range folders {
		s.folder(n)
	}
	took := time.Since(begun)
	for _, d := range s.doubts {
		s.settle(d)
	}
	return took
}

// strange reports whether the folder is another than the one that was entered,
// or is there again.
func (f *Folder) strange() bool {
	fi, err := os.Stat(f.dir)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil {
		f.away = true
		return false
	}
	return f.away || !stampOf(fi).same(f.top.at)
}

// sweep is one look at all stamps. It holds the lock only while it compares a
// part of a listing.
type sweep struct {
	*Folder
	root   *os.Root
	pass   uint64
	doubts []doubt
}

// folder compares what is remembered of one folder.
func (s *sweep) folder(n *node) {
	s.mu.Lock()
	s.Folder.pass++
	s.pass = s.Folder.pass
	listed, failed := n.listed, n.failed
	s.mu.Unlock()
	if listed {
		err := reason(s.readDir(s.root, n.path, func(list []info) { s.entries(n, list) }))
		if !sameFault(err, failed) {
			s.ring(n)
		}
		if err != nil {
			return
		}
	}
	s.entries(n, s.rest(n))
}

// entries compares entries of a folder.
func (s *sweep) entries(n *node, list []info) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range list {
		switch kid := n.kids[e.name]; {
		case kid != nil:
			kid.pass = s.pass
			s.compare(kid, e.stamp)
		case n.listed && n.place != nil:
			s.bell.ring(sign{n.place.path, e.name, true})
		}
	}
}

// rest returns the names that are remembered of a folder and did not stand in
// its listing just now, with what is there.
func (s *sweep) rest(n *node) []info {
	s.mu.Lock()
	var list []info
	for base, kid := range n.kids {
		if kid.pass != s.pass {
			list = append(list, info{name: base})
			list[len(list)-1].there = !kid.entry
		}
	}
	s.mu.Unlock()
	for i := range list {
		if e := &list[i]; e.there {
			e.stamp = stampAt(s.root.Lstat(path.Join(n.path, e.name)))
		}
	}
	return list
}

// compare rings for a name if what is there differs from what was seen. What
// is held is looked at anyway.
func (s *sweep) compare(n *node, at stamp) {
	switch {
	case !n.held.IsZero():
	case at.kind() != n.at.kind():
		s.ring(n)
	case n.followed:
		fi, err := s.root.Stat(n.path)
		to := stampAt(fi, err)
		if to.kind() != n.to.kind() || !sameFault(err, n.why) {
			s.ring(n)
			return
		}
		s.inside(n, to)
	default:
		s.inside(n, at)
	}
}

// inside compares what is in a file or a folder, as far as a stamp tells.
func (s *sweep) inside(n *node, at stamp) {
	switch c := n.content; {
	case at.mode.IsDir() && !at.same(n.final()):
		s.ring(n)
	case at.there && c != nil && (c.racy || c.at != at):
		s.doubts = append(s.doubts, doubt{n, at, c})
	}
}

// ring rings for a name that may be another's.
func (s *sweep) ring(n *node) {
	if n.parent != nil && n.parent.place != nil {
		s.bell.ring(sign{n.parent.place.path, n.base(), true})
	} else if n.parent == nil {
		s.bell.ring(everything)
	}
}

// settle reads a file in doubt and rings if it is another.
func (s *sweep) settle(d doubt) {
	c, _, _ := load(s.root, d.n.path, d.at, keepUpTo)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case d.n.content != d.told: // read in between
	case c.differs(d.told):
		s.ring(d.n)
	default:
		d.told.at, d.told.racy = c.at, c.racy
	}
}

// stampAt is the stamp of what could be seen.
func stampAt(fi fs.FileInfo, err error) stamp {
	if err != nil {
		return stamp{}
	}
	return stampOf(fi)
}
