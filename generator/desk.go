package generator

import (
	"context"
	"slices"
	"sync"

	"plumb/generator/desk"
	"plumb/generator/diag"
	"plumb/generator/output"
	"plumb/generator/render"
	"plumb/generator/site"
	"plumb/generator/theme"
)

// desk hands over the pages for the authors: now or, in a preview, when they are
// asked for, page by page, so that none waits for the others. They stand in no
// list of the site and are not kept for offline use.
func (b *build) desk(s *site.Site, r *render.Renderer, look *theme.Theme, sink output.Sink) error {
	for _, a := range look.Desk() {
		b.report.Files++
		if err := sink.Put(output.File{Path: a.Path, Class: output.Asset, Data: a.Data, Shared: true}); err != nil {
			return err
		}
	}
	findings := slices.DeleteFunc(slices.Clone(b.report.Diagnostics), func(d diag.Diagnostic) bool {
		return b.hidden[d.Path] // it quotes what nobody is to read yet
	})
	in := desk.Input{Site: s, Findings: findings, Silenced: b.report.Silenced, Broken: b.report.Broken}
	w := &deskwork{
		build: &build{Options: b.Options, memory: &memory{}, ctx: b.ctx, report: &Report{}}, desk: desk.New(in), renderer: r,
	}
	w.files, w.seen = sync.OnceValue(w.sources), sync.OnceValue(b.report.inspections)
	w.Progress = nil
	if late, ok := sink.(later); ok && b.PagesOnly {
		w.ctx = context.WithoutCancel(b.ctx)
		late.Later(w.group, w.part)
		return nil
	}
	err := w.all(sink)
	b.report.Files, b.report.Pages, b.report.Made = b.report.Files+w.report.Files, b.report.Pages+w.report.Pages, b.report.Made+w.report.Made
	b.report.Failed = append(b.report.Failed, w.report.Failed...)
	b.report.Diagnostics = diag.Sort(append(slices.Clip(b.report.Diagnostics), w.report.Diagnostics...))
	return err
}

// deskwork makes the pages of a desk.
type deskwork struct {
	*build
	desk     *desk.Desk
	renderer *render.Renderer
	files    func() map[string]string
	seen     func() *inspections
}

// sources leads from the address of the page on a file to the file.
func (w *deskwork) sources() map[string]string {
	_, addresses := w.desk.Files()
	out := make(map[string]string, len(addresses))
	for path, address := range addresses {
		out[address] = path
	}
	return out
}

// group is the part that makes a file; files that there are not have none.
func (w *deskwork) group(path string) string {
	name := render.DeskPart(path)
	if name == path && w.files()[path] == "" {
		return ""
	}
	return name
}

// part makes one part of the desk; parts that do not exist have no files. Several
// may be made at once.
func (w *deskwork) part(name string, to output.Sink) error {
	alone := &build{Options: w.Options, memory: w.memory, ctx: w.ctx, report: &Report{}}
	if name == "overview" {
		return alone.hand(w.renderer, nil, w.renderer.DeskOverview(w.desk), to)
	}
	if path, ok := w.files()[name]; ok {
		return alone.hand(w.renderer, nil, []render.Page{w.file(name, path)}, to)
	}
	if p := w.desk.Page(name); p != nil {
		return alone.hand(w.renderer, nil, w.renderer.DeskPages(w.desk, p), to)
	}
	return nil
}

// all makes every part.
func (w *deskwork) all(to output.Sink) error {
	pages := w.renderer.DeskOverview(w.desk)
	for _, name := range desk.Names() {
		pages = append(pages, w.renderer.DeskPages(w.desk, w.desk.Page(name))...)
	}
	for address, path := range w.files() {
		pages = append(pages, w.file(address, path))
	}
	return w.hand(w.renderer, nil, pages, to)
}

// file is the page on what was understood of a file.
func (w *deskwork) file(address, path string) render.Page {
	return w.renderer.DeskFile(address, func() *desk.Page { return w.desk.Reading(w.reading(path)) })
}

// reading is what the desk shows of an inspection; a file of which nothing could
// be read has its findings.
func (w *deskwork) reading(path string) desk.File {
	out := desk.File{Path: path}
	seen, err := w.seen().of(path)
	if err != nil {
		return out
	}
	out.Title, out.Findings = seen.Title, seen.Diagnostics
	for _, l := range seen.Reading {
		out.Lines = append(out.Lines, desk.Line{Line: l.Line, Column: l.Column, Construct: l.Construct, Text: l.Text, As: l.As, Columns: l.Columns})
	}
	for _, s := range seen.Sections {
		out.Parts = append(out.Parts, desk.Part{
			Kind: s.Kind, Headings: s.Headings, Statement: s.Statement,
			Entries: len(s.Entries), Tasks: len(s.Tasks), Fields: len(s.Fields), Prose: len(s.Prose),
		})
	}
	return out
}
