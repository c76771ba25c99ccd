package generator

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"plumb/generator/site"
	"plumb/generator/theme"
)

// Check says what [Build] would say of a site and makes no page of it: it reads,
// links and judges. What goes wrong only while the theme makes a page, Build alone
// finds.
func Check(ctx context.Context, o Options) (*Report, error) {
	b := &build{Options: o, memory: &memory{}, ctx: ctx, report: &Report{}, begun: time.Now()}
	linked, look, err := b.themed()
	if err != nil {
		return nil, err
	}
	if look != nil {
		if err := b.beside(linked, look); err != nil {
			return nil, err
		}
	}
	b.check(linked)
	b.lap("check")
	return b.report, nil
}

// beside looks at what is published beside the pages.
func (b *build) beside(s *site.Site, look *theme.Theme) error {
	logo, err := b.logo(s.Config)
	if err != nil {
		return err
	}
	b.headed(s.Config, logo)
	b.brand(s.Config, look.Assets())
	for _, f := range s.Files {
		file, err := b.Root.Open(f.Path)
		if errors.Is(err, fs.ErrPermission) {
			b.unreadable(f.Path)
			continue
		}
		if err != nil {
			return err
		}
		if err := file.Close(); err != nil {
			return err
		}
	}
	return nil
}

// Texts is how many texts of the content folder were read.
func (r *Report) Texts() int { return r.texts }
