package generator

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"plumb/generator/diag"
	"plumb/generator/fix"
)

// Fixed is a site with all corrections made that a program can make.
type Fixed struct {
	// Files are those that are changed, sorted by path.
	Files []fix.File
	// Count is how many corrections were made, Left how many were found when the
	// rounds were over.
	Count, Left int
	// Report is of the site as it is with them, as far as its texts go: nothing is
	// corrected in a theme, so none is loaded and no page made.
	Report *Report
}

// rounds is how often the corrections of a build are made: one can bring up
// others, as the right key of a register brings up what was written for it.
const rounds = 20

// Fix makes the corrections that the site's findings carry, in memory, until
// there is nothing more to correct.
func Fix(ctx context.Context, o Options) (*Fixed, error) {
	over := &overlay{FS: o.Root, files: map[string][]byte{}}
	o.Root = over
	b := NewBuilder(o)
	out := &Fixed{}
	old := map[string][]byte{}
	for n := 0; ; n++ {
		report, err := b.look(ctx)
		if err != nil {
			return nil, err
		}
		out.Report = report
		fixes := fix.Distinct(report.Diagnostics)
		if out.Left = len(fixes); len(fixes) == 0 || n == rounds {
			break
		}
		made, err := over.apply(fixes, old)
		if err != nil {
			return nil, err
		}
		if out.Count += made; made == 0 {
			break
		}
	}
	for path, data := range old {
		if !bytes.Equal(data, over.files[path]) {
			out.Files = append(out.Files, fix.File{Path: path, Old: data, New: over.files[path]})
		}
	}
	slices.SortFunc(out.Files, func(a, b fix.File) int { return strings.Compare(a.Path, b.Path) })
	return out, nil
}

// look is Build without the pages.
func (b *Builder) look(ctx context.Context) (*Report, error) {
	b.memory.each(forgetful.begin)
	one := &build{Options: b.Options, memory: &b.memory, ctx: ctx, report: &Report{}, begun: time.Now()}
	linked, err := one.link()
	if err != nil {
		return nil, err
	}
	one.check(linked)
	b.memory.each(forgetful.end)
	return one.report, nil
}

// overlay is a file system in which some files are others.
type overlay struct {
	fs.FS
	files map[string][]byte
}

// ReadFile is how a build reads texts and settings; files of other kinds are not
// corrected.
func (o *overlay) ReadFile(name string) ([]byte, error) {
	if data, changed := o.files[name]; changed {
		return data, nil
	}
	return fs.ReadFile(o.FS, name)
}

// apply makes fixes, and notes in old what a file was before its first.
func (o *overlay) apply(fixes []*diag.Fix, old map[string][]byte) (made int, err error) {
	byPath := map[string][]*diag.Fix{}
	for _, f := range fixes {
		path := f.Edits[0].Path
		if slices.ContainsFunc(f.Edits, func(e diag.Edit) bool { return e.Path != path }) {
			return 0, fmt.Errorf("the correction “%s” spans two files", f.Title)
		}
		byPath[path] = append(byPath[path], f)
	}
	for path, list := range byPath {
		data, err := o.ReadFile(path)
		if err != nil {
			return made, err
		}
		if _, known := old[path]; !known {
			old[path] = data
		}
		var n int
		o.files[path], n = fix.Text(data, list)
		made += n
	}
	return made, nil
}
