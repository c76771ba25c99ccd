package generator

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"plumb/generator/align"
	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/output"
	"plumb/generator/playbook"
	"plumb/generator/render"
	"plumb/generator/site"
	"plumb/generator/theme"
)

// Version is the program's version.
const Version = "0.6.0"

// Options say what to build.
type Options struct {
	// Root is the folder of the site: it holds the content folder and,
	// optionally, plumb.yaml and themes.
	Root fs.FS
	// Config is the path of the configuration within Root; empty means
	// plumb.yaml, if there is one.
	Config string
	// Themes are the themes that come with the program, by folder.
	Themes fs.FS
	// AsOf is the day to build for; only year, month and day count.
	AsOf time.Time
	// Drafts builds drafts, pages not yet published and expired ones.
	Drafts bool
	// PagesOnly leaves out what only other programs read, and what is made anew
	// with every edit: plumb.json, feeds, the sitemap.
	PagesOnly bool
	// Desk adds the pages for the authors: see package desk. With PagesOnly and a
	// sink that takes files later they are made when one of them is asked for.
	Desk bool
	// Found is told, before they are read, how many texts the site has; nil for
	// nobody.
	Found func(texts int)
	// Progress is told, now and then and from several goroutines, how many of the
	// files are read and, after that, how many of the pages are made; nil for nobody.
	Progress func(what string, done, of int)
	// Early is handed the pages of the few texts that a Builder met anew, before
	// it looks at all others, unless there is an error; nil for nobody.
	Early func(pages []output.File)
}

// Report is what a build has to say.
type Report struct {
	// Diagnostics are sorted. With an error among them the files that were
	// handed over are the healthy part of the site and must not be published.
	Diagnostics []diag.Diagnostic
	// Silenced are the findings that an exception of the site took out.
	Silenced []align.Silenced
	// Site is the linked site.
	Site *site.Site
	// Files is how many files the sink took, Pages how many of them are pages,
	// Made how many of those were made in this build and not known before.
	Files, Pages, Made int
	// Broken are the texts that make no page because of an error, sorted.
	Broken []string
	// Failed are the paths of pages that the theme could not make.
	Failed  []string
	Timings []Timing
	// Inputs is one digest of all that was read and of the options; zero where the
	// build has anything to say. See [Inputs].
	Inputs output.Sum

	decoder playbook.Decoder
	texts   int
}

// Timing is the wall time of one stage.
type Timing struct {
	Stage string
	Took  time.Duration
}

// ErrNoContent means that the folder holds no site.
var ErrNoContent = errors.New("there is no folder " + site.ContentDir)

// Build reads the site, understands and links it, and hands every file of the
// output to the sink. An error is a fault of the machine, of the sink, or of
// the options; what is wrong with the site is in the report.
func Build(ctx context.Context, o Options, sink output.Sink) (*Report, error) {
	return (&build{Options: o, memory: &memory{}, ctx: ctx}).run(sink)
}

// build is one run of the pipeline.
type build struct {
	Options
	*memory
	ctx    context.Context
	report *Report
	begun  time.Time
	fresh  atomic.Int64 // pages made in this build

	renderer *render.Renderer // nil before the pages are made

	mu     sync.Mutex
	anew   []string        // texts decoded in this build
	hidden map[string]bool // texts that are not published yet, or no more
	seen   inputs
}

// run takes the site through all stages.
func (b *build) run(sink output.Sink) (*Report, error) {
	b.report, b.begun = &Report{}, time.Now()
	var beside sync.WaitGroup
	defer beside.Wait()
	beside.Go(func() { _, _ = engine() }) // the index will ask for it, and for what is wrong with it
	linked, look, err := b.themed()
	if err != nil {
		return nil, err
	}
	if look != nil {
		if err := b.render(linked, look, sink); err != nil {
			return nil, err
		}
	}
	b.check(linked)
	b.lap("check")
	if look != nil && b.Desk {
		err = b.desk(linked, b.renderer, look, sink)
		b.lap("desk")
	}
	b.settle()
	return b.report, err
}

// check looks for contradictions, and settles what is said of the site.
func (b *build) check(s *site.Site) {
	r := align.Check(align.Input{Site: s, Said: b.report.Diagnostics, Partial: len(b.report.Broken) > 0 || s.Config.Broken})
	b.report.Diagnostics, b.report.Silenced = r.Findings, r.Silenced
}

func (b *build) say(list []diag.Diagnostic) {
	b.report.Diagnostics = append(b.report.Diagnostics, list...)
}

// lap notes the time since the last stage ended.
func (b *build) lap(stage string) {
	now := time.Now()
	b.report.Timings = append(b.report.Timings, Timing{stage, now.Sub(b.begun)})
	b.begun = now
}

// link takes the site from files to linked pages.
func (b *build) link() (*site.Site, error) {
	settings, err := b.config()
	if err != nil {
		return nil, err
	}
	return b.linked(settings)
}

// themed is link, and loads the site's theme beside it: for that the texts need
// not be known. The theme is nil where there is none of its name.
func (b *build) themed() (linked *site.Site, look *theme.Theme, err error) {
	settings, err := b.config()
	if err != nil {
		return nil, nil, err
	}
	var l loaded
	var loading sync.WaitGroup
	loading.Go(func() { l = b.theme(settings) })
	linked, err = b.linked(settings)
	loading.Wait() // whatever has become of the site: nobody reads it behind the caller's back
	b.say(l.list)
	b.lap("theme")
	return linked, l.theme, err
}

// linked is link with settings that are read.
func (b *build) linked(settings *config.Config) (*site.Site, error) {
	tree, err := b.scan()
	if err != nil {
		return nil, err
	}
	b.lap("scan")
	if b.Found != nil {
		b.Found(len(tree.texts))
	}
	b.seen.settings = settings.Digest()
	b.seen.named(tree.others)
	b.report.texts = len(tree.texts)
	in, err := b.understand(settings, tree.texts)
	in.Dropped = append(in.Dropped, tree.dropped...)
	if err != nil {
		return nil, err
	}
	b.lap("understand")
	in.Config, in.Assets, in.AsOf, in.Drafts = settings, tree.others, day(b.AsOf), b.Drafts
	linked, list := site.Link(in)
	b.say(list)
	b.report.Site = linked
	b.lap("link")
	err = b.pictures(linked)
	b.lap("measure")
	return linked, err
}

func day(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// understand reads and decodes the texts. A page with an error is dropped; one that is
// not published anyway gives warnings instead.
func (b *build) understand(c *config.Config, paths []string) (in site.Input, err error) {
	b.hidden = map[string]bool{}
	b.report.decoder = playbook.Decoder{Config: c, Words: b.vocabulary(c), Trace: b.Desk && !b.PagesOnly}
	results, err := b.decode(b.report.decoder, paths)
	for i, r := range results {
		if r.page != nil && !b.Drafts && site.Hidden(r.page.Meta, day(b.AsOf)) {
			r.list = softened(r.list)
			b.hidden[paths[i]] = true
		}
		b.say(r.list)
		if r.page != nil {
			b.seen.texts = append(b.seen.texts, input{paths[i], r.page.File.Digest})
		}
		if r.page != nil && !diag.HasErrors(r.list) {
			in.Pages = append(in.Pages, r.page)
			continue
		}
		in.Dropped = append(in.Dropped, paths[i])
		b.report.Broken = append(b.report.Broken, paths[i])
		if r.page != nil {
			in.Broken = append(in.Broken, r.page)
		}
	}
	return in, err
}

// softened returns the list with its errors as warnings.
func softened(list []diag.Diagnostic) []diag.Diagnostic {
	list = slices.Clone(list)
	for i := range list {
		list[i].Severity = min(list[i].Severity, diag.Warning)
	}
	return list
}

// houseKind returns the kind of entries that a file of the whole house holds.
func houseKind(path string) playbook.Kind {
	switch path {
	case site.ContentDir + "/processes.md":
		return playbook.SupportProcesses
	case site.ContentDir + "/metrics.md":
		return playbook.Metrics
	}
	return playbook.NoKind
}

// theme loads the site's theme over the one that comes with the program.
func (b *build) theme(c *config.Config) loaded {
	layers, prefixes, list := b.layers(c)
	if len(layers) == 0 {
		return loaded{nil, list}
	}
	files := theme.Read(layers, prefixes)
	b.seen.theme = files.Digest(c.Language)
	l := b.load(files, c.Language)
	return loaded{l.theme, slices.Concat(list, l.list)}
}

// layers are the folders that a theme is made of, with the paths of those in the
// site.
func (b *build) layers(c *config.Config) ([]fs.FS, []string, []diag.Diagnostic) {
	name := c.Theme.Name
	at := diag.File("plumb.yaml")
	if c.File != nil && name.Span.End > 0 {
		at = c.File.Place(name.Span)
	}
	return theme.Layers(b.Root, b.Themes, name.Text, at)
}

// render makes every page and hands it, with the assets, to the sink.
func (b *build) render(s *site.Site, look *theme.Theme, sink output.Sink) error {
	logo, err := b.logo(s.Config)
	if err != nil {
		return err
	}
	b.seen.logo = logoSum(logo)
	r := render.New(s, look, "Plumb "+Version, b.headed(s.Config, logo))
	b.renderer = r
	if b.Desk {
		b.say(r.DeskFault())
		r.ShowDesk(!b.PagesOnly) // a preview has a link of its own
	}
	pages := r.Pages()
	if b.PagesOnly {
		pages = slices.DeleteFunc(pages, func(p render.Page) bool { return path.Ext(p.Path) == ".json" || path.Ext(p.Path) == ".xml" })
	}
	if roomy, ok := sink.(interface{ Grow(n int) }); ok {
		roomy.Grow(len(pages) + len(s.Files))
	}
	kept := &shelf{Sink: sink, files: make([]shelved, 0, len(pages)+len(s.Files))}
	prints := b.prints(r)
	b.early(r, prints, pages)
	if err := b.hand(r, prints, pages, kept); err != nil {
		return err
	}
	b.lap("render")
	if err := b.search(s, r, prints, sink, kept); err != nil {
		return err
	}
	b.lap("search")
	if err = b.files(s, r, look, logo, kept); err == nil {
		err = b.worker(look, kept)
	}
	b.lap("assets")
	return err
}

// progress tells that one more of a stage's items is done.
func (b *build) progress(what string, done *atomic.Int64, of int) {
	if n := int(done.Add(1)); b.Progress != nil {
		b.Progress(what, n, of)
	}
}

// hand makes pages and hands them to the sink.
func (b *build) hand(r *render.Renderer, prints *render.Fingerprints, pages []render.Page, sink output.Sink) error {
	for _, p := range pages {
		if p.Layout != "" {
			b.report.Pages++
		}
	}
	var done atomic.Int64
	failed := len(b.report.Failed)
	err := b.pages(r, prints, pages, func(m made) error {
		if len(m.list) > 0 {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.say(m.list)
			b.report.Failed = append(b.report.Failed, m.file.Path)
			return nil
		}
		b.progress("pages", &done, len(pages))
		return sink.Put(m.file)
	})
	if err != nil {
		return err
	}
	slices.Sort(b.report.Failed)
	failed = len(b.report.Failed) - failed
	b.report.Pages -= failed
	b.report.Files += len(pages) - failed
	b.report.Made = int(b.fresh.Load())
	return nil
}

// classOf returns a file's turn in a commit: the data that pages load comes
// before them.
func classOf(name string) output.Class {
	switch {
	case name == "index.html":
		return output.Home
	case path.Ext(name) == ".js":
		return output.Asset
	}
	return output.Page
}

// files hands over everything that is no page of the theme's.
func (b *build) files(s *site.Site, r *render.Renderer, look *theme.Theme, logo theme.Asset, sink output.Sink) error {
	put := func(f output.File) error {
		b.report.Files++
		return sink.Put(f)
	}
	assets := b.brand(s.Config, look.Assets())
	if logo.Path != "" {
		assets = append(slices.Clone(assets), logo)
	}
	for _, a := range assets {
		if err := put(output.File{Path: a.Path, Class: output.Asset, Data: a.Data, Shared: true}); err != nil {
			return err
		}
	}
	for _, f := range s.Files {
		asset, err := b.asset(f)
		if errors.Is(err, fs.ErrPermission) {
			b.unreadable(f.Path)
			continue
		}
		if err != nil {
			return err
		}
		b.seen.published(f.Path, asset.Sum)
		if err := put(asset); err != nil {
			return err
		}
	}
	for _, f := range r.Extras() {
		if err := put(output.File{Path: f.Path, Class: output.Page, Data: f.Data, Shared: true}); err != nil {
			return err
		}
	}
	return nil
}

// String writes the timings in one line.
func (r *Report) String() string {
	var parts []string
	for _, t := range r.Timings {
		parts = append(parts, fmt.Sprintf("%s %s", t.Stage, t.Took.Round(10*time.Microsecond)))
	}
	return strings.Join(parts, ", ")
}
