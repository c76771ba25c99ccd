package watch

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

// node is a name that was asked for, lies on the way to one, or stands in a
// listing; with what was seen there.
type node struct {
	path   string
	parent *node // nil at the top
	kids   map[string]*node

	at       stamp // of the name itself
	to       stamp // where that is a link that was followed: of what it leads to
	why      error // why there is nothing
	followed bool

	asked   bool          // its being there and its type were answered
	entry   bool          // it stands in its parent's listing
	listed  bool          // its own listing was answered
	failed  error         // why it could not be listed
	list    []fs.DirEntry // the listing; nil until it is asked for again
	content *content      // nil if it was not read

	place *place    // where it is a folder: which
	trail []step    // where it is a link: on what it depends
	leads string    // where it is a link to a folder: that folder without links
	held  time.Time // until when it keeps its state; zero if it is not held
	pass  uint64    // the last listing it stood in
}

// step is an entry of a folder that has a say in where a link leads.
type step struct {
	place *place
	base  string
}

// final is the stamp of what the name stands for.
func (n *node) final() stamp {
	if n.at.isLink() {
		return n.to
	}
	return n.at
}

func (n *node) base() string { return path.Base(n.path) }

// known reports whether anybody was told about the node.
func (n *node) known() bool { return n.asked || n.entry || n.content != nil }

// grow adds a node to a folder.
func (f *Folder) grow(n *node, base string) *node {
	if n.kids == nil {
		n.kids = map[string]*node{}
	}
	kid := &node{path: path.Join(n.path, base), parent: n, why: fs.ErrNotExist}
	n.kids[base] = kid
	return kid
}

// reach returns the node of a valid path. Folders on the way are listened to
// before anything in them is looked at.
func (f *Folder) reach(name string) *node {
	n := f.top
	if name == "." {
		return n
	}
	for base := range strings.SplitSeq(name, "/") {
		f.listen(n)
		kid := n.kids[base]
		if kid == nil {
			kid = f.grow(n, base)
			kid.at, kid.why = f.lstat(kid.path)
		}
		f.follow(kid)
		n = kid
	}
	return n
}

// listen asks for the events of a folder, and reports whether they were not
// asked for before.
func (f *Folder) listen(n *node) bool {
	if !n.final().mode.IsDir() {
		return false
	}
	real := f.real(n)
	if n.place == nil || n.place.path != real {
		f.deafen(n)
		n.place = f.place(real)
		n.place.folders[n] = true
	}
	return f.tune(n.place)
}

// real returns the path of a folder without links.
func (f *Folder) real(n *node) string {
	switch {
	case n.parent == nil:
		return "."
	case n.at.isLink():
		return n.leads
	}
	return path.Join(f.real(n.parent), n.base())
}

// deafen gives up a folder's events.
func (f *Folder) deafen(n *node) {
	if n.place != nil {
		delete(n.place.folders, n)
		f.leave(n.place)
		n.place = nil
	}
}

// entries returns a folder's listing, made anew if it changed.
func (f *Folder) entries(n *node) []fs.DirEntry {
	if n.list == nil {
		n.list = []fs.DirEntry{}
		for base, kid := range n.kids {
			if kid.entry {
				n.list = append(n.list, entry{f, kid, info{base, kid.at}})
			}
		}
		slices.SortFunc(n.list, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	}
	return n.list
}

// entry is a name in a listing. Its type stays, the rest of what Info tells is
// as it was last seen.
type entry struct {
	f *Folder
	n *node
	info
}

func (e entry) Info() (fs.FileInfo, error) {
	e.f.mu.Lock()
	defer e.f.mu.Unlock()
	if e.n.at.there {
		e.stamp = e.n.at
	}
	return e.info, nil
}

// chunk is how many entries of a folder are read at once.
const chunk = 512

// readDir hands over a folder's entries that are not ignored, some at a time.
func (f *Folder) readDir(root *os.Root, name string, take func([]info)) error {
	dir, err := root.Open(name)
	if err != nil {
		return err
	}
	defer dir.Close()
	for {
		// From a file opened in a root the entries come with their Lstat, by the
		// folder's handle.
		list, err := dir.ReadDir(chunk)
		some := make([]info, 0, len(list))
		for _, e := range list {
			if fi, err := e.Info(); err == nil && !f.o.Ignore(e.Name()) {
				some = append(some, info{e.Name(), stampOf(fi)})
			}
		}
		take(some)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// find returns the node of a path if there is one.
func (f *Folder) find(name string) *node {
	n := f.top
	if name == "." {
		return n
	}
	for base := range strings.SplitSeq(name, "/") {
		if n = n.kids[base]; n == nil {
			return nil
		}
	}
	return n
}

// lstat describes what is at a path without following a link there.
func (f *Folder) lstat(name string) (stamp, error) {
	fi, err := f.root.Lstat(name)
	if err != nil {
		return stamp{}, err
	}
	return stampOf(fi), nil
}
