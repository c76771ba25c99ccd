package watch

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// manyLinks are so many that they are taken for a loop, as systems do.
const manyLinks = 40

// follow finds out where a link leads, and listens to all that has a say in it.
func (f *Folder) follow(n *node) {
	if n.followed || !n.at.isLink() {
		return
	}
	n.followed = true
	f.lay(n)
	info, err := f.root.Stat(n.path)
	n.to, n.why = stamp{}, err
	if err == nil {
		n.to = stampOf(info)
	}
}

// lay notes the trail of a link, which is every name that has a say in where
// it leads, and where that is.
func (f *Folder) lay(n *node) {
	f.lift(n)
	n.leads = f.real(n.parent)
	todo := []string{n.base()}
	for links := 0; len(todo) > 0; {
		base := todo[0]
		todo = todo[1:]
		if base == ".." {
			n.leads = path.Dir(n.leads)
			continue
		}
		name := path.Join(n.leads, base)
		f.mark(n, n.leads, base)
		info, err := f.root.Lstat(name)
		if err != nil {
			return
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			n.leads = name
			continue
		}
		target, err := f.root.Readlink(name)
		if links++; err != nil || links > manyLinks || filepath.IsAbs(target) {
			return
		}
		todo = append(split(target), todo...)
	}
}

func (f *Folder) mark(n *node, dir, base string) {
	p := f.place(dir)
	f.tune(p)
	if p.links[base] == nil {
		p.links[base] = map[*node]bool{}
	}
	p.links[base][n] = true
	n.trail = append(n.trail, step{p, base})
}

// split returns the names in a link's target.
func split(target string) []string {
	names := strings.Split(filepath.ToSlash(target), "/")
	return slices.DeleteFunc(names, func(s string) bool { return s == "" || s == "." })
}

// lift forgets the trail of a link.
func (f *Folder) lift(n *node) {
	for _, s := range n.trail {
		delete(s.place.links[s.base], n)
		if len(s.place.links[s.base]) == 0 {
			delete(s.place.links, s.base)
		}
		f.leave(s.place)
	}
	n.trail = nil
}
