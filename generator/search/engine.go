package search

import (
	"bytes"
	"embed"
	"path"
	"slices"
)

//go:embed engine/*.js
var engine embed.FS

// Engine returns the script that reads the index in a browser: all parts of
// engine/ by their names, in one scope of their own.
func Engine() []byte {
	return slices.Concat([]byte("(() => {\n'use strict';\n"), engineParts("*.js"), []byte("})();\n"))
}

// engineParts joins the parts whose names match a pattern.
func engineParts(pattern string) []byte {
	var b bytes.Buffer
	entries, _ := engine.ReadDir("engine")
	for _, e := range entries {
		if ok, _ := path.Match(pattern, e.Name()); ok {
			text, _ := engine.ReadFile("engine/" + e.Name())
			b.Write(text)
		}
	}
	return b.Bytes()
}
