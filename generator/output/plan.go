package output

import (
	"cmp"
	"path"
	"slices"
	"strings"
)

// plan is a commit worked out to its end before anything is changed.
type plan struct {
	journal
	manifest *manifest
	stamps   []stamp // in the manifest's order
	read     bool    // whether a file had to be read that stat should have vouched for
	stats    Stats
}

// plan works out the commit, or refuses it for what stands in the way.
func (p *Publication) plan() (*plan, error) {
	slices.SortFunc(p.entries, func(a, b entry) int { return strings.Compare(a.Path, b.Path) })
	early, gone := p.gone()
	look := p.inspector()
	early, changed, err := look.sift(early)
	if err != nil {
		return nil, err
	}
	for i := range p.entries {
		if err := p.settle(look, &p.entries[i]); err != nil {
			return nil, err
		}
	}
	pl := &plan{journal: journal{Early: early, Gone: append(gone, changed...)}}
	pl.manifest = &manifest{Format: manifestFormat, Audience: p.audience, Inputs: p.inputs, Pages: p.pages}
	pl.Folders, pl.Prune = p.folders(look.missing())
	pl.manifest.Folders = p.needed(pl.Folders)
	pl.list(p.entries)
	pl.gather()
	return pl, nil
}

// gone returns the files of the build before that were not put: those that have
// to go early, and the others.
func (p *Publication) gone() (early, late []listed) {
	if p.before == nil {
		return nil, nil
	}
	put := make([]bool, len(p.before.Files))
	for _, e := range p.entries {
		if e.old >= 0 {
			put[e.old] = true
		}
	}
	for i, f := range p.before.Files {
		switch {
		case put[i]:
		case p.obstructs(f.Path):
			early = append(early, f)
		default:
			late = append(late, f)
		}
	}
	return early, late
}

// obstructs reports whether a file that is gone stands where a folder is needed,
// or in a folder where a file is needed, or has the name of a file that is needed
// as this file system sees it.
func (p *Publication) obstructs(file string) bool {
	key := fold(file)
	if folder, ok := p.names.folders[key]; ok && (p.caseless || folder == file) {
		return true
	}
	if _, ok := p.names.files[key]; ok && p.caseless {
		return true
	}
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		if needed, ok := p.names.files[fold(dir)]; ok && (p.caseless || needed == dir) {
			return true
		}
	}
	return false
}

// settle looks at the place of a staged file. One whose bytes stand there already
// is adopted.
func (p *Publication) settle(look *inspector, e *entry) error {
	if e.staged == "" {
		return nil
	}
	st, same, err := look.target(e.listed, e.old >= 0)
	if same {
		e.staged, e.stamp, e.read = "", st, true
	}
	return err
}

// folders returns the folders to make, outer before inner, and those Plumb has
// made that are not needed, inner before outer. Where case makes no difference, a
// folder spelled anew is in both lists.
func (p *Publication) folders(missing []string) (make, prune []string) {
	make = missing
	if p.before == nil {
		return make, nil
	}
	for _, f := range p.before.Folders {
		now, ok := p.names.folders[fold(f)]
		if now == f {
			continue
		}
		prune = append(prune, f)
		if ok && p.caseless {
			make = append(make, now)
		}
	}
	slices.Sort(make)
	slices.Sort(prune)
	slices.Reverse(prune)
	return slices.Compact(make), prune
}

// needed returns the folders that Plumb has made or makes now, and that files are
// in, in byte order.
func (p *Publication) needed(now []string) []string {
	list := slices.Clone(now)
	if p.before != nil {
		for _, f := range p.before.Folders {
			if p.names.folders[fold(f)] == f {
				list = append(list, f)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// list fills in the files: all of them in the manifest, the staged ones in the
// order of their turn.
func (pl *plan) list(entries []entry) {
	pl.manifest.Files = make([]listed, len(entries))
	pl.stamps = make([]stamp, len(entries))
	var turn []int
	for i, e := range entries {
		pl.manifest.Files[i], pl.stamps[i] = e.listed, e.stamp
		pl.read = pl.read || e.read
		pl.count(e)
		if e.staged != "" {
			turn = append(turn, i)
		}
	}
	slices.SortFunc(turn, func(a, b int) int { return entries[a].compareTurn(entries[b]) })
	for _, i := range turn {
		pl.Writes = append(pl.Writes, write{entries[i].staged, entries[i].Path, &pl.stamps[i]})
	}
}

func (pl *plan) count(e entry) {
	switch {
	case e.staged == "":
		pl.stats.Unchanged++
		return
	case e.old < 0:
		pl.stats.Written++
	default:
		pl.stats.Changed++
	}
	pl.stats.Bytes += e.Size
}

// compareTurn orders files by class, new pages before changed ones, and then by
// folder, so that one handle serves many files.
func (e entry) compareTurn(f entry) int {
	return cmp.Or(
		cmp.Compare(e.class, f.class),
		cmp.Compare(e.changedPage(), f.changedPage()),
		strings.Compare(path.Dir(e.Path), path.Dir(f.Path)),
		strings.Compare(e.Path, f.Path),
	)
}

func (e entry) changedPage() int {
	if e.class == Page && e.old >= 0 {
		return 1
	}
	return 0
}
