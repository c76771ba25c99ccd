package generator

import (
	"bytes"
	"context"
	"hash/maphash"
	"io/fs"
	"slices"
	"sync"
	"sync/atomic"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/output"
	"plumb/generator/playbook"
	"plumb/generator/render"
	"plumb/generator/site"
	"plumb/generator/source"
	"plumb/generator/theme"
)

// Builder builds one site again and again. It remembers what the leaf steps of
// the build before made of which content: reading, decoding, measuring a picture,
// loading the theme and the site's colours for it, making a page. All else is done afresh, so that its build gives the same files
// and the same messages as any other build of the same site does. It must not be
// used by several goroutines at once.
type Builder struct {
	// Options may be changed between builds, but for Themes; a new Root must give
	// the same versions to the same content.
	Options
	memory memory
}

// Versioned is a file system that knows when a file has changed; the Root of a
// Builder that is one is not read again where it has not.
type Versioned interface {
	fs.FS
	// Version returns a number that stands for the content of a file as it was
	// last read: 0 if it was not, and never one that other content of the file
	// had.
	Version(name string) uint64
}

// Ignored reports whether the name of a file or a folder is that of something
// which no build reads: see [source.Ignored].
func Ignored(name string) bool { return source.Ignored(name) }

// NewBuilder returns a builder that remembers nothing yet.
func NewBuilder(o Options) *Builder {
	m := memory{
		words: &recall[source.Digest, vocabulary]{}, decoded: &recall[decoding, decoded]{},
		looks: &recall[source.Digest, loaded]{}, brands: &recall[source.Digest, branded]{}, made: &recall[uint64, made]{}, seed: maphash.MakeSeed(),
	}
	if _, ok := o.Root.(Versioned); ok {
		m.texts, m.assets, m.sizes = &recall[uint64, text]{}, &recall[uint64, output.File]{}, &recall[uint64, measured]{}
	}
	return &Builder{o, m}
}

// Build is the function [Build] with the builder's options. The data of the
// files that the sink is given is shared.
func (b *Builder) Build(ctx context.Context, sink output.Sink) (*Report, error) {
	b.memory.each(forgetful.begin)
	report, err := (&build{Options: b.Options, memory: &b.memory, ctx: ctx}).run(sink)
	if err == nil {
		b.memory.each(forgetful.end)
	}
	return report, err
}

// memory is what a Builder remembers, a table for each leaf step; where that is
// nil, the step is done each time.
type memory struct {
	texts   *recall[uint64, text]
	words   *recall[source.Digest, vocabulary]
	decoded *recall[decoding, decoded]
	looks   *recall[source.Digest, loaded]
	brands  *recall[source.Digest, branded]
	made    *recall[uint64, made]
	seed    maphash.Seed // of the fingerprints of pages
	assets  *recall[uint64, output.File]
	sizes   *recall[uint64, measured] // of pictures
}

// forgetful is a recall of whatever type.
type forgetful interface {
	begin()
	end()
}

func (m *memory) each(f func(forgetful)) {
	f(m.words)
	f(m.decoded)
	f(m.looks)
	f(m.brands)
	f(m.made)
	if m.texts != nil {
		f(m.texts)
		f(m.assets)
		f(m.sizes)
	}
}

// readAgain reads a text that was forgotten, nil if that fails.
func (b *build) readAgain(path string) *source.File {
	t, err := b.readText(path)
	if err != nil {
		return nil
	}
	return t.file
}

// version returns the version of a file of the root, 0 if nobody knows it.
func (b *build) version(name string) uint64 {
	if v, ok := b.Root.(Versioned); ok {
		return v.Version(name)
	}
	return 0
}

// decode reads and decodes the texts, each while its bytes are at hand.
func (b *build) decode(d playbook.Decoder, paths []string) ([]decoded, error) {
	var done atomic.Int64
	return parallel(b.ctx, paths, func(path string) (decoded, error) {
		defer b.progress("files", &done, len(paths))
		t, err := versioned(b, b.texts, path, b.readText)
		if err != nil || t.file.Data == nil {
			return decoded{nil, t.list}, err
		}
		of, err := b.understood(d, t.file)
		if b.decoded == nil { // a text is of no more use, but to those few of which something is said
			t.file.Forget(func() *source.File { return b.readAgain(path) })
		}
		of.list = slices.Concat(t.list, of.list)
		return of, err
	})
}

// versioned returns what a step makes of a file of the root, made again only if
// its version is another.
func versioned[V any](b *build, r *recall[uint64, V], path string, step func(path string) (V, error)) (V, error) {
	if r == nil {
		return step(path)
	}
	if v := b.version(path); v != 0 {
		if value, ok := r.get(path, v); ok {
			return value, nil
		}
	}
	value, err := step(path)
	if v := b.version(path); err == nil && v != 0 {
		r.put(path, v, value)
	}
	return value, err
}

// text is a file that was read, with what was said of it.
type text struct {
	file *source.File
	list []diag.Diagnostic
}

// vocabulary returns the words by which texts are understood.
func (b *build) vocabulary(c *config.Config) *playbook.Vocabulary {
	v, _ := once(b.words, c, func(c *config.Config) (string, source.Digest) { return "", c.Digest() },
		func(c *config.Config) (vocabulary, error) {
			words, list := playbook.NewVocabulary(c)
			return vocabulary{words, list}, nil
		})
	b.say(v.list)
	return v.words
}

type vocabulary struct {
	words *playbook.Vocabulary
	list  []diag.Diagnostic
}

// understood decodes one text.
func (b *build) understood(d playbook.Decoder, f *source.File) (decoded, error) {
	key := func(f *source.File) (string, decoding) {
		return f.Path, decoding{f.Digest, d.Digest()}
	}
	return once(b.decoded, f, key, func(f *source.File) (decoded, error) {
		page, list := d.Decode(f, houseKind(f.Path))
		b.mu.Lock()
		defer b.mu.Unlock()
		b.anew = append(b.anew, f.Path)
		return decoded{page, list}, nil
	})
}

// decoding is what a decoded page depends on, beside its path.
type decoding struct{ file, words source.Digest }

type decoded struct {
	page *playbook.Page
	list []diag.Diagnostic
}

// load makes a theme of its files.
func (b *build) load(files *theme.Source, lang string) loaded {
	l, _ := once(b.looks, files, func(files *theme.Source) (string, source.Digest) { return "", files.Digest(lang) },
		func(files *theme.Source) (loaded, error) {
			t, list := files.Load(lang)
			return loaded{t, list}, nil
		})
	return l
}

type loaded struct {
	theme *theme.Theme
	list  []diag.Diagnostic
}

// prints are the fingerprints of pages, nil where none is remembered.
func (b *build) prints(r *render.Renderer) *render.Fingerprints {
	if b.made == nil {
		return nil
	}
	return r.Fingerprints(b.seed)
}

// pages makes pages and hands each over, from several goroutines, with what was
// said of it.
func (b *build) pages(r *render.Renderer, prints *render.Fingerprints, pages []render.Page, hand func(made) error) error {
	buffers := sync.Pool{New: func() any { return new(bytes.Buffer) }}
	_, err := parallel(b.ctx, pages, func(p render.Page) (struct{}, error) {
		buf := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(buf)
		return struct{}{}, hand(b.page(r, prints, p, buf))
	})
	return err
}

// page makes a page in the buffer, unless it is known.
func (b *build) page(r *render.Renderer, prints *render.Fingerprints, p render.Page, buf *bytes.Buffer) made {
	key := func(p render.Page) (string, uint64) { return p.Path, prints.Of(p) }
	m, _ := once(b.made, p, key, func(p render.Page) (made, error) {
		if write := p.Stream(); write != nil && b.made == nil {
			return made{file: output.File{Path: p.Path, Class: classOf(p.Path), Write: write}}, nil
		}
		buf.Reset()
		list := r.Render(buf, p)
		if len(list) == 0 && p.Layout != "" {
			b.fresh.Add(1)
		}
		f := output.File{Path: p.Path, Class: classOf(p.Path), Data: buf.Bytes()}
		if b.made != nil {
			f = f.Share()
		}
		return made{f, list}, nil
	})
	return m
}

// fewTexts is how many texts a save changes at most; more are a checkout, of
// which nobody waits for one page.
const fewTexts = 4

// early makes the pages of the texts that are new before all others.
func (b *build) early(r *render.Renderer, prints *render.Fingerprints, pages []render.Page) {
	if b.Early == nil || b.made == nil || len(b.anew) > fewTexts || diag.HasErrors(b.report.Diagnostics) {
		return
	}
	wanted := map[string]bool{}
	for _, text := range b.anew {
		if p := b.report.Site.Page(text); p != nil {
			wanted[p.URL] = true
		}
	}
	var files []output.File
	for _, p := range pages {
		if wanted[p.Path] {
			if m := b.page(r, prints, p, new(bytes.Buffer)); len(m.list) == 0 {
				files = append(files, m.file)
			}
		}
	}
	if len(files) > 0 {
		b.Early(files)
	}
}

// made is a page with what was said while it was made; with an error among
// that there is no page.
type made struct {
	file output.File
	list []diag.Diagnostic
}

// asset reads a file that is published as it is.
func (b *build) asset(f site.File) (output.File, error) {
	return versioned(b, b.assets, f.Path, func(path string) (output.File, error) {
		data, err := fs.ReadFile(b.Root, path)
		return output.File{Path: f.URL, Class: output.Asset, Data: data, Sum: output.SumOf(data), Shared: true}, err
	})
}
