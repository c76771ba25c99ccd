package generator

import (
	"bytes"
	"errors"
	"io"
	"io/fs"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/picture"
	"plumb/generator/render"
	"plumb/generator/site"
	"plumb/generator/theme"
)

// measured is the size of a picture, or why there is none; neither for a file
// that may not be read, which is an error where it is to be published.
type measured struct {
	picture.Size
	fault picture.Fault
}

// pictures measures what the pages show, each file once, and warns where a
// picture that has no size is shown first.
func (b *build) pictures(s *site.Site) error {
	var files []site.File
	at := map[string]int{}
	for _, m := range s.Images {
		if _, known := at[m.Path]; !known {
			at[m.Path] = len(files)
			files = append(files, m.File)
		}
	}
	sizes, err := parallel(b.ctx, files, b.measure)
	if err != nil {
		return err
	}
	for _, m := range s.Images {
		size := &sizes[at[m.Path]]
		m.Measured(size.Width, size.Height)
		if size.fault != "" {
			b.sizeless(m.Page.File.Place(m.Page.Links[m.Link].Span), m.Path, size.fault)
			size.fault = "" // once is enough
		}
	}
	return nil
}

// sizeless warns of a picture without a size.
func (b *build) sizeless(at diag.Place, path string, fault picture.Fault) {
	hint := "save it anew as PNG, JPEG, WebP, GIF, AVIF or SVG"
	switch fault {
	case picture.ErrNoSize:
		hint = `give its svg element a viewBox, as in <svg viewBox="0 0 640 480">`
	case picture.ErrTooBig:
		hint = "make it smaller: nobody sees more than some 4,000 pixels"
	}
	b.say([]diag.Diagnostic{diag.New(diag.Warning, diag.PictureSize, at, "the size of the picture "+path+" cannot be read: "+fault.Error(), hint)})
}

// measure finds the size of a file.
func (b *build) measure(f site.File) (measured, error) {
	return versioned(b, b.sizes, f.Path, func(string) (measured, error) {
		r, err := b.open(f)
		if errors.Is(err, fs.ErrPermission) {
			return measured{}, nil
		}
		if err != nil {
			return measured{}, err
		}
		defer r.Close()
		return sized(r)
	})
}

// open opens a file of the content. Where whole files are remembered anyway it
// is read once for that and for its size.
func (b *build) open(f site.File) (io.ReadCloser, error) {
	if b.assets == nil {
		return b.Root.Open(f.Path)
	}
	file, err := b.asset(f)
	return io.NopCloser(bytes.NewReader(file.Data)), err
}

func sized(r io.Reader) (m measured, err error) {
	if m.Size, err = picture.Measure(r); errors.As(err, &m.fault) {
		err = nil
	}
	return m, err
}

// headed is the logo as the header shows it.
func (b *build) headed(c *config.Config, logo theme.Asset) render.Logo {
	if logo.Path == "" {
		return render.Logo{}
	}
	m, _ := sized(bytes.NewReader(logo.Data)) // which is in memory
	if m.fault != "" {
		b.sizeless(c.File.Place(c.Theme.Logo.Span), c.Theme.Logo.Text, m.fault)
	}
	return render.Logo{Path: logo.Path, Width: m.Width, Height: m.Height}
}
