package source

import (
	"slices"
	"strings"
)

// Ignored reports whether the name of a file or a folder is hidden or that of
// something that a program puts beside a file while it saves: there is no such
// file for a site.
func Ignored(name string) bool {
	hasEnding := func(ending string) bool { return strings.HasSuffix(name, ending) }
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.HasPrefix(name, "#") && hasEnding("#") ||
		slices.ContainsFunc(droppings, hasEnding) || name == "4913"
}

// droppings are endings of files that are not meant to stay: of Emacs and
// others, of vim (which makes a file 4913 too, to see whether it may), of the
// JetBrains editors, of downloads.
var droppings = []string{"~", ".swp", ".swo", ".swx", ".tmp", "___jb_tmp___", "___jb_old___", "___jb_bak___", ".part", ".crdownload", ".crswap"}
