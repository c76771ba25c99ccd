// Package themes holds the themes that come with Plumb.
package themes

import (
	"embed"
	"io/fs"
)

//go:embed all:default
var builtin embed.FS

// FS returns the built-in themes, one folder each, named as plumb.yaml names
// them.
func FS() fs.FS { return builtin }
