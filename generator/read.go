package generator

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/site"
	"plumb/generator/source"
	"plumb/generator/theme"
)

// config reads plumb.yaml. With an error in it the registers are left out, so
// that no message follows from what could not be read.
func (b *build) config() (*config.Config, error) {
	_, c, list, err := settings(b.Options)
	b.say(list)
	if err == nil && diag.HasErrors(list) {
		c.Broken, c.Segments, c.Roles = true, nil, nil
	}
	return c, err
}

// Settings returns plumb.yaml as it stands, nil where there is none, and what is
// wrong with it by itself.
func Settings(o Options) ([]byte, []diag.Diagnostic, error) {
	raw, _, list, err := settings(o)
	return raw, list, err
}

func settings(o Options) ([]byte, *config.Config, []diag.Diagnostic, error) {
	name := cmp.Or(o.Config, "plumb.yaml")
	raw, err := fs.ReadFile(o.Root, name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && o.Config == "":
		return nil, config.New(), nil, nil
	case errors.Is(err, fs.ErrPermission):
		return nil, config.New(), []diag.Diagnostic{unreadable(name)}, nil
	case errors.Is(err, syscall.EISDIR):
		return nil, config.New(), []diag.Diagnostic{diag.New(diag.Error, diag.UnreadableFile, diag.File(name), "this is a folder", "put a file in its place, or leave it out")}, nil
	case err != nil:
		return nil, nil, nil, err
	}
	f, list := source.Decode(name, raw)
	if f == nil {
		return raw, config.New(), list, nil
	}
	c, more := config.Parse(f)
	return raw, c, append(list, more...), nil
}

// listing is the content tree, each list sorted. Dropped are files that cannot
// be read or published, which has been said.
type listing struct{ texts, others, dropped []string }

// scan walks the content folder. Hidden files and what editors leave behind
// are passed over.
func (b *build) scan() (listing, error) {
	var l listing
	err := fs.WalkDir(b.Root, site.ContentDir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrPermission) {
			b.unreadable(path)
			l.dropped = append(l.dropped, path)
			return fs.SkipDir
		}
		if err != nil {
			return err
		}
		if ctxErr := b.ctx.Err(); ctxErr != nil {
			return ctxErr
		}
		switch {
		case path == site.ContentDir && !d.IsDir():
			return ErrNoContent
		case path == site.ContentDir:
		case source.Ignored(d.Name()) && d.IsDir():
			return fs.SkipDir
		case source.Ignored(d.Name()) || d.IsDir():
		case !d.Type().IsRegular() && !b.isLinkToFile(path, d) || !b.goodName(path):
			l.dropped = append(l.dropped, path)
		case strings.HasSuffix(path, ".md"):
			l.texts = append(l.texts, path)
		default:
			l.others = append(l.others, path)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = ErrNoContent
	}
	slices.Sort(l.texts)
	slices.Sort(l.others)
	return l, err
}

// isLinkToFile reports whether an entry is a symbolic link to a file within
// the site. Any other special file is left out with a warning.
func (b *build) isLinkToFile(path string, d fs.DirEntry) bool {
	info, err := fs.Stat(b.Root, path)
	if err == nil && info.Mode().IsRegular() {
		return true
	}
	b.say([]diag.Diagnostic{diag.New(diag.Warning, diag.UnreadableFile, diag.File(path),
		"this is a "+kindOf(d, info)+", so it is left out", "put a file in its place")})
	return false
}

// unreadable is the error for a file or folder that may not be read: others go
// on, so that one run shows every one.
func unreadable(path string) diag.Diagnostic {
	return diag.New(diag.Error, diag.UnreadableFile, diag.File(path), "this may not be read: permission denied", "give yourself the right to read it, or move it away")
}

func (b *build) unreadable(path string) { b.say([]diag.Diagnostic{unreadable(path)}) }

// goodName reports whether a file can be published under its name.
func (b *build) goodName(path string) bool {
	if utf8.ValidString(path) && !strings.ContainsFunc(path, func(r rune) bool { return r == '\\' || unicode.IsControl(r) }) {
		b.portableName(path)
		return true
	}
	severity := diag.Warning
	if strings.HasSuffix(path, ".md") {
		severity = diag.Error
	}
	b.say([]diag.Diagnostic{diag.New(severity, diag.BadFileName, diag.File(path),
		"this name cannot be an address: it holds a backslash, a control character or bytes that are no UTF-8", "rename the file")})
	return false
}

// portableName warns of a name that Windows cannot have: a site is also handed
// round as an archive and opened from disk.
func (b *build) portableName(file string) {
	for part := range strings.SplitSeq(file, "/") {
		if strings.ContainsAny(part, `<>:"|?*`) || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") || isDevice(part) {
			b.say([]diag.Diagnostic{diag.New(diag.Warning, diag.BadFileName, diag.File(file),
				fmt.Sprintf("Windows can have no file called “%s”", part), "rename it; letters, digits and hyphens are safe everywhere")})
			return
		}
	}
}

// isDevice reports whether Windows keeps a name for itself, whatever its ending.
func isDevice(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	return (len(stem) == 3 || len(stem) == 4) && slices.Contains(devices, strings.ToUpper(stem))
}

// devices are the names that Windows keeps for itself.
var devices = []string{
	"CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
	"LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
}

func kindOf(d fs.DirEntry, info fs.FileInfo) string {
	switch {
	case d.Type()&fs.ModeSymlink != 0 && info != nil && info.IsDir():
		return "link to a folder"
	case d.Type()&fs.ModeSymlink != 0:
		return "link that leads nowhere or out of the site"
	}
	return "special file"
}

// readText reads one text. One that may not be read is a file without data,
// as is one that is no text.
func (b *build) readText(path string) (text, error) {
	raw, err := fs.ReadFile(b.Root, path)
	if errors.Is(err, fs.ErrPermission) {
		return text{&source.File{Path: path}, []diag.Diagnostic{unreadable(path)}}, nil
	}
	if err != nil {
		return text{}, err
	}
	f, list := source.Decode(path, raw)
	if f == nil {
		f = &source.File{Path: path}
	}
	return text{f, list}, nil
}

// logo reads the picture that plumb.yaml names, from the site's root or its
// content folder. It is published beside the theme's assets.
func (b *build) logo(c *config.Config) (theme.Asset, error) {
	name := c.Theme.Logo
	if name.Text == "" {
		return theme.Asset{}, nil
	}
	for _, from := range []string{name.Text, path.Join(site.ContentDir, name.Text)} {
		if !fs.ValidPath(from) || !slices.Contains(pictures, strings.ToLower(path.Ext(from))) {
			break
		}
		data, err := fs.ReadFile(b.Root, from)
		if err == nil {
			return theme.Asset{Path: "theme/logo" + strings.ToLower(path.Ext(from)), Data: data}, nil
		}
		if errors.Is(err, fs.ErrPermission) {
			b.unreadable(from)
			return theme.Asset{}, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return theme.Asset{}, err
		}
	}
	b.say([]diag.Diagnostic{diag.New(diag.Error, diag.MissingFile, c.File.Place(name.Span), "there is no picture "+name.Text,
		"name an SVG, PNG, WebP or JPEG file in the site's folder or in "+site.ContentDir)})
	return theme.Asset{}, nil
}

// pictures are the kinds of files a logo may be.
var pictures = []string{".svg", ".png", ".webp", ".jpg", ".jpeg"}
