package output

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"
)

// resume finishes a commit that was cut off, and removes the stage of a build
// that never came to one.
func (p *Publication) resume() error {
	d := p.disk
	data, err := d.own.root.ReadFile(journalName)
	if errors.Is(err, fs.ErrNotExist) {
		return d.sweep()
	}
	if err != nil {
		return err
	}
	p.begun = true // until it is finished, Discard must not touch the stage
	j, err := decodeJournal(data)
	if err != nil {
		return p.broken(err)
	}
	p.disk.ownTime = time.Time{}
	if err := p.finish(j); err != nil {
		return err
	}
	p.begun, p.resumed = false, true
	return d.removeJournal()
}

// sweep removes a stage that was left behind.
func (d *disk) sweep() error {
	if _, err := d.own.root.Lstat(stageName); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return d.removeStage()
}

func (p *Publication) broken(err error) error {
	return refuse("remove the output and build again", "the output %s has broken records: %v", p.disk.name, err)
}

// finish takes the steps that are left. No manifest in the stage means that only
// the sweeping is.
func (p *Publication) finish(j *journal) error {
	stage, err := p.disk.openStage()
	if err != nil {
		return err
	}
	next, _, err := readManifest(stage)
	if err != nil {
		return p.broken(err)
	}
	if next == nil {
		return nil
	}
	if p.before, _, err = readManifest(p.disk.own); err != nil {
		return p.broken(err)
	}
	if err := p.weed(j, next); err != nil {
		return err
	}
	did, err := p.disk.take(j)
	p.kept = did.kept
	p.before = nil // recall reads the one installed now
	if err != nil {
		return err
	}
	return p.disk.installManifest()
}

// weed drops the steps that are done, and those that cannot be taken any more:
// somebody has put a file in the place meanwhile, or the staged file did not
// outlive a power cut. Their places keep what the manifest before says of them.
func (p *Publication) weed(j *journal, next *manifest) error {
	left, err := p.disk.left(j.Writes)
	if err != nil {
		return err
	}
	if len(left) < len(j.Writes) {
		j.Early = nil // they precede every write: what is there now is a new file
	}
	look := p.inspector()
	early, changed, err := look.sift(j.Early)
	if err != nil {
		return err
	}
	j.Early, j.Gone = early, append(j.Gone, changed...)
	before, after := p.before.byPath(), next.byPath()
	j.Writes = nil
	for _, w := range left {
		old, ours := before[w.Path]
		fate, err := p.judge(look, w, after[w.Path], ours)
		switch {
		case err != nil:
			return err
		case fate == toWrite:
			j.Writes = append(j.Writes, w)
		case fate == toDrop && ours:
			after[w.Path] = old
		case fate == toDrop:
			delete(after, w.Path)
		}
	}
	return p.revise(next, after)
}

// left returns the writes whose file is still in the stage.
func (d *disk) left(list []write) (left []write, err error) {
	for _, w := range list {
		switch _, err := d.stage.root.Lstat(w.Staged); {
		case err == nil:
			left = append(left, w)
		case !errors.Is(err, fs.ErrNotExist):
			return nil, err
		}
	}
	return left, nil
}

// fate is what becomes of a write that was not done.
type fate uint8

const (
	toWrite fate = iota
	toDrop
	toAdopt // the same bytes stand there already
)

func (p *Publication) judge(look *inspector, w write, f listed, ours bool) (fate, error) {
	sum, _, err := p.disk.stage.read(w.Staged)
	if err != nil {
		return toDrop, err
	}
	if sum != f.Sum {
		return toDrop, nil // f is zero if an earlier attempt has dropped it
	}
	_, same, err := look.target(f, ours)
	var refused *RefusedError
	switch {
	case errors.As(err, &refused):
		return toDrop, nil
	case same:
		return toAdopt, err
	}
	return toWrite, err
}

// revise replaces the staged manifest if steps were dropped.
func (p *Publication) revise(next *manifest, files map[string]listed) error {
	revised := *next
	revised.Files = slices.SortedFunc(maps.Values(files), func(a, b listed) int { return strings.Compare(a.Path, b.Path) })
	if slices.Equal(revised.Files, next.Files) {
		return nil
	}
	data, err := revised.encode()
	if err != nil {
		return err
	}
	if err := p.disk.write(p.disk.stage, "revised", data, true); err != nil {
		return err
	}
	p.disk.changing("revise the manifest")
	return p.disk.stage.root.Rename("revised", manifestName)
}
