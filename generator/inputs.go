package generator

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"plumb/generator/output"
	"plumb/generator/source"
	"plumb/generator/theme"
)

// inputs are all that the files of a site depend on, but for the program: a build
// notes them as it reads, so that they are what it has read, whatever was saved
// meanwhile. Of the files that no page links to it knows the names alone.
type inputs struct {
	settings, theme, logo source.Digest
	texts, others         []input // in the order of their paths
}

// input is a file; the sum is zero where nobody has read it.
type input struct {
	path string
	sum  source.Digest
}

// named notes files that nobody has read yet.
func (in *inputs) named(others []string) {
	for _, path := range others {
		in.others = append(in.others, input{path: path})
	}
}

// published notes what was read of one of them.
func (in *inputs) published(path string, sum output.Sum) {
	i, found := slices.BinarySearchFunc(in.others, path, func(f input, path string) int { return strings.Compare(f.path, path) })
	if found {
		in.others[i].sum = source.Digest(sum[:len(source.Digest{})])
	}
}

// digest is one of everything, and of the options. Nothing of the sources can be
// told from it.
func (in *inputs) digest(o Options) output.Sum {
	h := sha256.New()
	fmt.Fprintf(h, "%q %s %t %t\n", o.Config, o.AsOf.Format(time.DateOnly), o.Drafts, o.Desk)
	fmt.Fprintf(h, "%s %s %s %d\n", in.settings, in.theme, in.logo, len(in.texts))
	var line []byte
	for _, list := range [][]input{in.texts, in.others} {
		for _, f := range list {
			line = append(append(append(line[:0], f.path...), 0), f.sum[:]...)
			h.Write(line)
		}
	}
	return output.Sum(h.Sum(nil))
}

// settle notes what was read, where there is nothing to say of it.
func (b *build) settle() {
	if len(b.report.Diagnostics) == 0 && len(b.report.Silenced) == 0 && !b.PagesOnly {
		b.report.Inputs = b.seen.digest(b.Options)
	}
}

// logoSum is the digest of a logo, zero for none.
func logoSum(a theme.Asset) source.Digest {
	if a.Path == "" {
		return source.Digest{}
	}
	return source.Sum([]byte(a.Path), []byte{0}, a.Data)
}

// Inputs returns the digest that a build of the site would have in [Report.Inputs],
// as long as it would find nothing: it reads what that would read and makes
// nothing of it. Published says whether the output has a file. It is zero where it
// cannot be told; the build then says why.
func Inputs(ctx context.Context, o Options, published func(path string) bool) output.Sum {
	b := &build{Options: o, memory: &memory{}, ctx: ctx, report: &Report{}}
	in, err := b.inputs(published)
	if err != nil || len(b.report.Diagnostics) > 0 {
		return output.Sum{}
	}
	return in.digest(o)
}

func (b *build) inputs(published func(path string) bool) (in inputs, err error) {
	settings, err := b.config()
	if err != nil {
		return in, err
	}
	tree, err := b.scan()
	if err != nil {
		return in, err
	}
	logo, err := b.logo(settings)
	if err != nil {
		return in, err
	}
	in.settings, in.logo = settings.Digest(), logoSum(logo)
	layers, prefixes, list := b.layers(settings)
	b.say(list)
	in.theme = theme.Read(layers, prefixes).Digest(settings.Language)
	if in.texts, err = parallel(b.ctx, tree.texts, b.weigh); err != nil {
		return in, err
	}
	in.others, err = parallel(b.ctx, tree.others, func(path string) (input, error) {
		if !published(norm.NFC.String(path)) {
			return input{path: path}, nil
		}
		return b.weigh(path)
	})
	return in, err
}

// weigh reads a file for its digest alone.
func (b *build) weigh(path string) (input, error) {
	data, err := fs.ReadFile(b.Root, path)
	return input{path, source.Sum(data)}, err
}
