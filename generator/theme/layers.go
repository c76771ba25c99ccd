package theme

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"path"
	"slices"
	"strings"

	"plumb/generator/diag"
	"plumb/generator/source"
)

// file is one file of a theme after the layers are merged.
type file struct {
	*source.File
	// layer is the number of the layer that the file comes from.
	layer int
}

// loader collects what a theme is made of and what is wrong with it.
type loader struct {
	// files are by path within the theme.
	files map[string]*file
	// below are the layouts that layers below the first have.
	below []string
	// own says that a layer above the last, which is the program's, has templates.
	own bool
	// words are the i18n files of all layers, those of the first layer first.
	words []*file
	// texts are the words of the site's language.
	texts *words
	list  []diag.Diagnostic
	// met is what was said while the files were read.
	met []diag.Diagnostic
}

func (l *loader) fail(c diag.Code, at diag.Place, message, hint string) {
	l.list = append(l.list, diag.New(diag.Error, c, at, message, hint))
}

func (l *loader) warn(at diag.Place, message, hint string) {
	l.list = append(l.list, diag.New(diag.Warning, diag.ThemeFile, at, message, hint))
}

// layer adds the files of one layer that no earlier layer has.
func (l *loader) layer(layer fs.FS, prefix string, number int) {
	err := fs.WalkDir(layer, ".", func(p string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case p != "." && source.Ignored(e.Name()) && e.IsDir():
			return fs.SkipDir
		case e.IsDir() || source.Ignored(e.Name()):
			return nil
		}
		return l.add(layer, prefix, p, number)
	})
	if err != nil {
		l.fail(diag.ThemeFile, diag.File(strings.TrimSuffix(prefix, "/")), "the theme cannot be read: "+reason(err), "")
	}
}

// reason returns an error of a file system without the path it repeats.
func reason(err error) string {
	if pe, ok := err.(*fs.PathError); ok {
		return pe.Err.Error()
	}
	return err.Error()
}

func (l *loader) add(layer fs.FS, prefix, p string, number int) error {
	words := strings.HasPrefix(p, "i18n/")
	if number > 0 && isLayout(p) {
		l.below = append(l.below, strings.TrimSuffix(path.Base(p), ".html"))
	}
	if l.files[p] != nil && !words {
		return nil
	}
	raw, err := fs.ReadFile(layer, p)
	if err != nil {
		return err
	}
	f := &file{layer: number}
	if isText(p) {
		var list []diag.Diagnostic
		f.File, list = source.Decode(prefix+p, raw)
		l.list = append(l.list, list...)
	}
	if f.File == nil {
		f.File = &source.File{Path: prefix + p, Data: raw, Digest: source.Sum(raw)}
		if isText(p) {
			f.Data = nil
		}
	}
	if words {
		l.words = append(l.words, f)
	}
	if l.files[p] == nil {
		l.files[p] = f
	}
	return nil
}

func isText(p string) bool {
	return slices.Contains([]string{".html", ".yaml", ".css", ".js", ".svg"}, path.Ext(p))
}

// digest is of the paths and contents of the files in the folders, of what could
// not be read, and of the language.
func (l *loader) digest(lang string, folders ...string) source.Digest {
	var b bytes.Buffer
	b.WriteString(lang)
	add := func(f *file) {
		b.Write(binary.AppendUvarint(nil, uint64(len(f.Path))))
		b.WriteString(f.Path)
		b.Write(f.Digest[:])
	}
	for _, folder := range folders {
		for _, p := range l.paths(folder) {
			add(l.files[p])
		}
	}
	for _, f := range l.words {
		add(f)
	}
	for _, d := range l.met {
		b.WriteString(d.Path + "\x00" + d.Message)
	}
	return source.Sum(b.Bytes())
}

// paths returns the theme's files below a folder in order.
func (l *loader) paths(folder string) []string {
	var out []string
	for p := range l.files {
		if strings.HasPrefix(p, folder) {
			out = append(out, p)
		}
	}
	return sorted(out)
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

// isLayout reports whether a path is that of a layout, not of a partial.
func isLayout(p string) bool { return path.Dir(p) == "layouts" && path.Ext(p) == ".html" }

// misplaced warns of files that a theme's author would expect to work.
func (l *loader) misplaced() {
	for _, p := range l.paths("") {
		name := strings.TrimSuffix(path.Base(p), ".html")
		switch top, below, _ := strings.Cut(p, "/"); {
		case isLayout(p) && l.files[p].layer == 0 && !slices.Contains(l.below, name):
			if near := diag.Nearest(name, l.below); near != "" {
				l.warn(diag.File(l.files[p].Path), "no page uses a layout of this name", "did you mean “"+near+".html”?")
			}
		case strings.HasPrefix(p, partials) && l.files[p].layer == 0 && !l.called(below):
			l.warn(diag.File(l.files[p].Path), "no template calls this partial", "call it with {{template \""+below+"\" .}}, or delete the file")
		case !slices.Contains([]string{"layouts", "assets", "styles", "scripts", "i18n"}, top) && isText(p):
			l.warn(diag.File(l.files[p].Path), "the file is not used here", "templates belong in layouts/, pictures in assets/, styles in styles/, scripts in scripts/first, main, search, desk or worker, words in i18n/")
		}
	}
}

// called reports whether the text of a template names another.
func (l *loader) called(name string) bool {
	for _, p := range l.paths(folder) {
		if bytes.Contains(l.files[p].Data, []byte(name)) {
			return true
		}
	}
	return false
}

// Layers returns the layers of the theme with a name for [Load]: the site's
// folder themes/<name>/ over the built-in theme of that name or, where there
// is none, over the default one. A name that neither knows is an error at the
// place where the site names it.
func Layers(site, builtin fs.FS, name string, at diag.Place) ([]fs.FS, []string, []diag.Diagnostic) {
	var layers []fs.FS
	var prefixes []string
	add := func(files fs.FS, dir, prefix string) bool {
		sub, err := fs.Sub(files, dir)
		if err != nil || !isDir(files, dir) {
			return false
		}
		layers, prefixes = append(layers, sub), append(prefixes, prefix)
		return true
	}
	if strings.ContainsAny(name, `/\`) || strings.Trim(name, ".") == "" {
		return nil, nil, []diag.Diagnostic{diag.New(diag.Error, diag.UnknownTheme, at, "“"+name+"” is no name of a theme", "name one folder of themes/, without a path")}
	}
	own := add(site, "themes/"+name, "themes/"+name+"/")
	base := add(builtin, name, "built-in:"+name+"/")
	if !base {
		add(builtin, "default", "built-in:default/")
	}
	if own || base {
		return layers, prefixes, nil
	}
	known := append(folders(builtin, "."), folders(site, "themes")...)
	hint := "make the folder themes/" + name + "/"
	if near := diag.DidYouMean(name, known); near != "" {
		hint = near + " (or " + hint + ")"
	}
	return layers, prefixes, []diag.Diagnostic{diag.New(diag.Error, diag.UnknownTheme, at, "there is no theme “"+name+"”", hint)}
}

func isDir(files fs.FS, dir string) bool {
	info, err := fs.Stat(files, dir)
	return err == nil && info.IsDir()
}

func folders(files fs.FS, dir string) []string {
	entries, err := fs.ReadDir(files, dir)
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() && !source.Ignored(e.Name()) {
			out = append(out, e.Name())
		}
	}
	return out
}
