package theme

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/svg"

	"plumb/generator/diag"
)

// The parts that a theme's scripts have: a folder of scripts/ each, whose
// files are joined in order of their names and share one scope.
const (
	// First runs before the page is painted: the choices that a reader made
	// before.
	First = "first"
	// Main runs once the page is there; it is published as theme/plumb.js.
	Main = "main"
	// Search is for those who search; it is published as theme/search.js, behind
	// its words.
	Search = "search"
	// Desk is for the authors' pages; it is published as theme/desk.js with them.
	Desk = "desk"
	// Worker is the service worker's.
	Worker = "worker"
)

// Script returns a part of the theme's scripts: statements that keep their
// names to themselves. It is empty where the theme has none.
func (t *Theme) Script(part string) []byte { return t.scripts[part] }

// scripts joins and minifies the parts.
func (l *loader) scripts() map[string][]byte {
	out := map[string][]byte{}
	for _, part := range []string{First, Main, Search, Desk, Worker} {
		list := l.scriptsOf(part)
		small, err := Minified(l.joined(list))
		if err != nil {
			list = slices.DeleteFunc(list, l.isBroken)
			small, err = Minified(l.joined(list))
		}
		switch {
		case err != nil:
			l.fail(diag.ThemeFile, diag.File("scripts/"+part), "the scripts cannot be joined: "+firstLine(err.Error()), "a name may be declared once in all files of a part")
		case len(list) > 0:
			out[part] = small
		}
	}
	return out
}

// scriptsOf returns the paths of the files of a part.
func (l *loader) scriptsOf(part string) []string {
	return slices.DeleteFunc(l.paths("scripts/"+part+"/"), func(p string) bool { return path.Ext(p) != ".js" })
}

// joined puts files into one scope.
func (l *loader) joined(list []string) []byte {
	var b bytes.Buffer
	b.WriteString("(() => {\n'use strict';\n")
	for _, p := range list {
		b.Write(l.files[p].Data)
		b.WriteByte('\n')
	}
	b.WriteString("})();\n")
	return b.Bytes()
}

// isBroken reports whether a script has a fault by itself, and says so.
func (l *loader) isBroken(p string) bool {
	_, err := Minified(l.files[p].Data)
	if err != nil {
		l.fail(diag.ThemeFile, diag.File(l.files[p].Path), "the script cannot be minified: "+firstLine(err.Error()), "")
	}
	return err != nil
}

// styles joins and minifies the style sheets of a folder.
func (l *loader) styles(folder string) []byte {
	var b bytes.Buffer
	for _, p := range l.paths(folder + "/") {
		if path.Ext(p) != ".css" || path.Dir(p) != folder {
			continue
		}
		if err := css.Minify(minify.New(), &b, bytes.NewReader(l.files[p].Data), nil); err != nil {
			l.fail(diag.ThemeFile, diag.File(l.files[p].Path), "the style sheet cannot be minified: "+firstLine(err.Error()), "")
		}
	}
	return b.Bytes()
}

// assets returns what is below assets/, styles, scripts and pictures minified.
func (l *loader) assets() []Asset {
	m := minify.New()
	m.AddFunc(".css", css.Minify)
	m.AddFunc(".js", js.Minify)
	m.AddFunc(".svg", svg.Minify)
	var out []Asset
	for _, p := range l.paths("assets/") {
		data := l.files[p].Data
		small, err := m.Bytes(path.Ext(p), data)
		switch {
		case err == nil:
			data = small
		case err != minify.ErrNotExist:
			l.fail(diag.ThemeFile, diag.File(l.files[p].Path), "the file cannot be minified: "+firstLine(err.Error()), "")
		}
		out = append(out, Asset{Path: "theme/" + strings.TrimPrefix(p, "assets/"), Data: data})
	}
	return out
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// Minified returns a script that does the same in fewer bytes.
func Minified(script []byte) ([]byte, error) {
	m := minify.New()
	var b bytes.Buffer
	err := js.Minify(m, &b, bytes.NewReader(script), nil)
	return b.Bytes(), err
}
