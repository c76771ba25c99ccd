package watch

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"time"
)

// look compares what is remembered with the tree, once.
type look struct {
	*Folder
	now time.Time
	// came are files and folders that are by a new name, lost those that are not
	// where they were: who is both was renamed and need not be held.
	came map[stamp]bool
	lost []*node
	// dead are nodes that may be forgotten.
	dead []*node
	// news is set when a folder is listened to that was not before.
	news bool
}

// look follows the signs and adds to what was found. It reports whether there
// are folders that were not listened to before.
func (f *Folder) look(now time.Time) bool {
	l := &look{Folder: f, now: now, came: map[stamp]bool{}}
	if f.signs[everything] {
		l.everything()
	} else {
		l.follow(f.signs)
	}
	l.finish()
	clear(f.signs)
	return l.news
}

// lookAtHeld looks whether what is held is back.
func (f *Folder) lookAtHeld(now time.Time) {
	l := &look{Folder: f, now: now, came: map[stamp]bool{}}
	l.names(maps.Clone(f.held), true)
	l.finish()
	f.poll = now.Add(f.o.Hold / 6)
}

// everything looks at all there is, after events were lost.
func (l *look) everything() {
	for _, p := range l.places {
		l.mute(p)
	}
	if l.reopen() == nil {
		l.folder(l.top, l.top.at)
	}
}

// reopen enters the folder anew if another stands in its place. While there is
// none, what was read stands.
func (l *look) reopen() error {
	fi, err := os.Stat(l.dir)
	if l.away = err != nil; l.away || stampOf(fi).same(l.top.at) {
		return err
	}
	old := l.root
	if err := l.enter(); err != nil {
		return err
	}
	return old.Close()
}

// follow looks at the names that signs give. Folders that may have moved are
// muted before any is listened to.
func (l *look) follow(signs map[sign]bool) {
	for s := range signs {
		if s.moved {
			for n := range l.nodes(s, false) {
				l.muteAll(n)
			}
		}
	}
	for s := range signs {
		l.names(l.nodes(s, true), s.moved)
	}
}

// names looks at nodes; where names come in two cases, those that may have
// moved by their folder's listing, if it can be had.
func (l *look) names(nodes map[*node]bool, moved bool) {
	scanned, failed := map[*node]bool{}, map[*node]bool{}
	for n := range nodes {
		if d := n.parent; moved && l.foldsCase && d.listed && !scanned[d] {
			scanned[d] = true
			failed[d] = !l.scan(d, false)
		}
		aFolder := !moved && n.final().mode.IsDir() // its entries have events of their own
		if d := n.parent; !aFolder && (!scanned[d] || failed[d]) {
			l.name(n, true)
		}
	}
}

// concerns reports whether a sign is about anything that was read.
func (f *Folder) concerns(s sign) bool {
	p := f.places[s.dir]
	if p == nil {
		return s == everything
	}
	for d := range p.folders {
		if d.kids[s.base] != nil || d.listed && !f.o.Ignore(s.base) {
			return true
		}
	}
	return p.links[s.base] != nil
}

// nodes returns the nodes that a sign concerns, those that have to be grown
// included if asked for.
func (l *look) nodes(s sign, grow bool) map[*node]bool {
	p := l.places[s.dir]
	if p == nil {
		return nil
	}
	out := map[*node]bool{}
	for d := range p.folders {
		if kid := d.kids[s.base]; kid != nil {
			out[kid] = true
		} else if grow && d.listed && !l.o.Ignore(s.base) {
			kid := l.grow(d, s.base)
			l.dead = append(l.dead, kid)
			out[kid] = true
		}
	}
	for n := range p.links[s.base] {
		out[n] = true
	}
	return out
}

// muteAll gives up the events of all folders at and below a name.
func (l *look) muteAll(n *node) {
	if n.place != nil {
		l.mute(n.place)
	}
	for _, kid := range n.kids {
		if kid.place != nil || kid.kids != nil {
			l.muteAll(kid)
		}
	}
}

// name looks at one name; force lets the content be compared whatever the
// stamp says.
func (l *look) name(n *node, force bool) {
	s, err := l.lstat(n.path)
	if s.there || n.at.there {
		l.compare(n, s, force)
		return
	}
	if !sameFault(err, n.why) {
		l.report(n)
	}
	n.why = err
}

// compare compares a node with what is there now.
func (l *look) compare(n *node, s stamp, force bool) {
	switch {
	case !s.there && !n.at.there:
	case !s.there:
		l.vanished(n)
	case !n.at.there:
		l.arrived(n, s)
	case s.kind() != n.at.kind():
		l.gone(n)
		l.arrived(n, s)
	case s.isLink():
		l.link(n, s, force)
	case s.mode.IsDir():
		l.folder(n, s)
	default:
		if !s.same(n.at) {
			l.came[id(s)] = true
		}
		l.file(n, s, force)
	}
}

// vanished holds a name that is not there any more, or lets it go.
func (l *look) vanished(n *node) {
	if l.hold(n) {
		l.lost = append(l.lost, n)
		return
	}
	l.gone(n)
}

// hold lets a node keep its state, unless it did so for long enough.
func (l *look) hold(n *node) bool {
	if n.held.IsZero() {
		if len(l.held) == 0 {
			l.poll = l.now.Add(l.o.Hold / 6)
		}
		n.held = l.now.Add(l.o.Hold)
		l.held[n] = true
	}
	return l.now.Before(n.held)
}

func (l *look) release(n *node) {
	n.held = time.Time{}
	delete(l.held, n)
}

// gone forgets what was known of a name and of all below.
func (l *look) gone(n *node) {
	for _, kid := range n.kids {
		l.gone(kid)
	}
	if !n.at.there && sameFault(n.why, fs.ErrNotExist) {
		return
	}
	l.report(n)
	l.release(n)
	l.deafen(n)
	l.lift(n)
	if n.entry {
		n.asked = false // its folder's listing brings it back
		n.parent.list = nil
	}
	n.at, n.to, n.why, n.followed = stamp{}, stamp{}, fs.ErrNotExist, false
	n.entry, n.listed, n.failed, n.list, n.content = false, false, nil, nil, nil
	l.dead = append(l.dead, n)
}

// report notes that what was answered about a node is no longer true.
func (l *look) report(n *node) {
	if n.known() {
		before, twice := l.found[n.path]
		l.found[n.path] = n.final().mode.IsDir() && (before || !twice)
	}
}

// arrived takes in a name that was not there. A new folder is listened to and
// listed as a whole: most likely it will be asked for, and what goes on in it
// is part of the change.
func (l *look) arrived(n *node, s stamp) {
	n.at, n.why = s, nil
	if n.parent.listed && !l.o.Ignore(n.base()) {
		n.entry, n.parent.list = true, nil
		l.came[id(s)] = true
	}
	if n.asked || n.kids != nil {
		l.Folder.follow(n)
	}
	l.report(n)
	n.content = nil
	n.listed = s.mode.IsDir() && (n.entry || n.asked)
	l.below(n)
}

// id is what of a stamp stays when a file is renamed.
func id(s stamp) stamp {
	return stamp{mode: s.mode.Type(), device: s.device, file: s.file}
}

// folder looks at a folder and all that is remembered below.
func (l *look) folder(n *node, s stamp) {
	n.at = s
	l.release(n)
	l.below(n)
}

func (l *look) below(n *node) {
	if n.listed {
		l.scan(n, true)
		return
	}
	l.news = l.listen(n) || l.news
	for _, kid := range n.kids {
		l.name(kid, false)
	}
}

// scan lists a folder and compares its entries; deep lets it go into folders
// that are the same as before. It reports whether there is a listing.
func (l *look) scan(n *node, deep bool) bool {
	l.news = l.listen(n) || l.news
	l.pass++
	pass := l.pass
	err := reason(l.readDir(l.root, n.path, func(list []info) {
		for _, e := range list {
			kid := n.kids[e.name]
			if kid == nil {
				kid = l.grow(n, e.name)
			}
			kid.pass = pass
			if deep || !e.IsDir() || !e.same(kid.at) {
				l.compare(kid, e.stamp, false)
			}
		}
	}))
	if errors.Is(err, fs.ErrNotExist) {
		return false // it went just now: its own folder's events say so
	}
	if !sameFault(err, n.failed) {
		l.report(n)
	}
	if n.failed = err; err != nil {
		return false
	}
	for _, kid := range n.kids {
		if kid.pass == pass {
			continue
		}
		if kid.entry {
			l.compare(kid, stamp{}, false)
		} else {
			l.name(kid, false)
		}
	}
	return true
}

// sameFault reports whether two errors, if any, are the same to a reader.
func sameFault(a, b error) bool {
	if a == nil || b == nil || errors.Is(a, fs.ErrNotExist) && errors.Is(b, fs.ErrNotExist) {
		return (a == nil) == (b == nil)
	}
	return reason(a).Error() == reason(b).Error()
}

// link looks at a link whose own name is there, by what it leads to.
func (l *look) link(n *node, s stamp, force bool) {
	if !n.followed {
		n.at = s
		l.release(n)
		return
	}
	was, why := n.to, n.why
	n.at, n.followed = s, false
	l.Folder.follow(n)
	to := n.to
	switch {
	case was.there && !to.there && l.hold(n):
		n.to, n.why = was, why
		return
	case was.kind() != to.kind():
		n.to = was
		l.report(n)
		l.release(n)
		l.emptied(n)
		n.to = to
		l.below(n)
	case !to.there:
		if !sameFault(why, n.why) {
			l.report(n)
		}
		l.release(n)
		l.below(n)
	case to.mode.IsDir():
		l.release(n)
		l.below(n)
	default:
		l.file(n, to, force)
	}
}

// emptied forgets what was known of and below a link that leads elsewhere.
func (l *look) emptied(n *node) {
	for _, kid := range n.kids {
		l.gone(kid)
	}
	l.deafen(n)
	n.listed, n.failed, n.list, n.content = false, nil, nil, nil
}

// file compares the content of a file that was read; s is of the file itself.
func (l *look) file(n *node, s stamp, force bool) {
	old := n.content
	if old == nil || !force && s == old.at && !old.racy {
		l.seen(n, s)
		return
	}
	if s.size == 0 && old.size > 0 && l.hold(n) {
		return
	}
	fresh, data, err := load(l.root, n.path, s, keepUpTo)
	switch {
	case errors.Is(err, fs.ErrNotExist) && old.fault == "":
		l.vanished(n)
		return
	case err == nil && fresh.size == 0 && old.size > 0 && l.hold(n):
		return
	case old.differs(fresh):
		l.report(n)
		l.Folder.keep(fresh, data)
	}
	l.seen(n, s)
	l.remember(n, fresh)
}

// seen notes that a file is there, and how.
func (l *look) seen(n *node, s stamp) {
	l.release(n)
	if !n.at.isLink() {
		n.at = s
	}
}

// finish settles what was renamed, and forgets what nobody needs.
func (l *look) finish() {
	for _, n := range l.lost {
		if n.at.file != 0 && l.came[id(n.at)] && !n.held.IsZero() {
			l.gone(n)
		}
	}
	for _, n := range l.dead {
		l.prune(n)
	}
}

// prune takes a node out of the tree, and those above it, that say nothing.
func (l *look) prune(n *node) {
	for n.parent != nil && !n.at.there && !n.known() && len(n.kids) == 0 {
		if n.parent.kids[n.base()] == n {
			delete(n.parent.kids, n.base())
		}
		n = n.parent
	}
}
