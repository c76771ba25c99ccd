package generator

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"

	"plumb/generator/diag"
	"plumb/generator/output"
	"plumb/generator/render"
	"plumb/generator/search"
	"plumb/generator/site"
	"plumb/generator/theme"
)

// searching reports whether a file is one that readers search with: the index,
// or a page of the list from A to Z.
func searching(path string) bool {
	folder, _, _ := strings.Cut(path, "/")
	return path == "search.html" || folder == search.Dir || folder == "a-z"
}

// search hands over what readers search with: now or, in a preview, when one of
// the files is asked for. An edit then waits for its page alone.
func (b *build) search(s *site.Site, r *render.Renderer, prints *render.Fingerprints, sink, kept output.Sink) error {
	late, ok := sink.(later)
	if !b.PagesOnly || !ok {
		return b.index(s, r, prints, kept)
	}
	b.say(r.SearchFault())
	alone := &build{Options: b.Options, memory: &memory{}, ctx: context.WithoutCancel(b.ctx), report: &Report{}}
	group := func(path string) string {
		if searching(path) {
			return search.Dir
		}
		return ""
	}
	late.Later(group, func(_ string, sink output.Sink) error { return alone.index(s, r, nil, sink) })
	return nil
}

// later is a sink that takes files which are made when they are asked for: see
// [output.Tree.Later].
type later interface {
	Later(group func(path string) string, make func(group string, to output.Sink) error)
}

// index makes the pages of the list and the index.
func (b *build) index(s *site.Site, r *render.Renderer, prints *render.Fingerprints, sink output.Sink) error {
	if err := b.hand(r, prints, r.SearchPages(), sink); err != nil {
		return err
	}
	in, err := indexOf(s, r)
	if err != nil {
		return err
	}
	var files atomic.Int64
	err = search.Build(in, func(f search.File) error {
		class := output.SearchShard
		if f.Name == search.RootName {
			class = output.SearchRoot
		}
		files.Add(1)
		return sink.Put(output.File{Path: search.Dir + "/" + f.Name + ".js", Class: class, Data: f.Data})
	})
	b.report.Files += int(files.Load())
	return err
}

// indexOf is what the index is made of.
func indexOf(s *site.Site, r *render.Renderer) (search.Input, error) {
	script, err := engine()
	return search.Input{Site: s, Place: r.Place, Engine: script}, err
}

// engine is what browsers read the index with, a constant that takes some
// milliseconds to make.
var engine = sync.OnceValues(func() ([]byte, error) { return theme.Minified(search.Engine()) })

// Index makes the index of a site, without its pages, and opens it.
func Index(ctx context.Context, o Options) (*search.Index, *Report, error) {
	b := &build{Options: o, memory: &memory{}, ctx: ctx, report: &Report{}}
	linked, look, err := b.themed()
	if err != nil {
		return nil, nil, err
	}
	b.report.Diagnostics = diag.Sort(b.report.Diagnostics)
	if look == nil {
		return nil, b.report, nil
	}
	in, err := indexOf(linked, render.New(linked, look, "", render.Logo{}))
	if err != nil {
		return nil, nil, err
	}
	files, err := search.Files(in)
	if err != nil {
		return nil, nil, err
	}
	index, err := search.Open(func(name string) ([]byte, error) { return files[name], nil })
	return index, b.report, err
}
