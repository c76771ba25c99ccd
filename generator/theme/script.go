package theme

import (
	"bytes"
	"path"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"

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
		var b bytes.Buffer
		for _, p := range l.paths("scripts/" + part + "/") {
			if path.Ext(p) != ".js" {
				continue
			}
			if _, err := Minified(l.files[p].Data); err != nil {
				l.fail(diag.ThemeFile, diag.File(l.files[p].Path), "the script cannot be minified: "+firstLine(err.Error()), "")
				continue
			}
			b.Write(l.files[p].Data)
			b.WriteByte('\n')
		}
		if b.Len() == 0 {
			continue
		}
		joined := append(append([]byte("(() => {\n'use strict';\n"), b.Bytes()...), "})();\n"...)
		small, err := Minified(joined)
		if err != nil {
			l.fail(diag.ThemeFile, diag.File("scripts/"+part), "the scripts cannot be joined: "+firstLine(err.Error()), "a name may be declared once in all files of a part")
			continue
		}
		out[part] = small
	}
	return out
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

// Minified returns a script that does the same in fewer bytes.
func Minified(script []byte) ([]byte, error) {
	m := minify.New()
	var b bytes.Buffer
	err := js.Minify(m, &b, bytes.NewReader(script), nil)
	return b.Bytes(), err
}
