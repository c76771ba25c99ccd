package source

import (
	"bytes"

	"plumb/generator/diag"
)

// The library recurses for each level of nesting, and its time grows with the
// square of the number of entries of one map or list: what no author writes is
// refused before it is read.
const (
	maxDepth   = 100  // brackets in each other
	maxIndent  = 200  // columns
	maxEntries = 5000 // of one map or list
)

// bearable reports whether the text is one that the library can read in a
// reasonable time.
func (y *yamlReader) bearable() bool { return y.brackets() && y.indents() }

func (y *yamlReader) tooMuch(at int, message string) bool {
	y.add(diag.YAMLFeature, Span{at, at + 1}, message, "this is not what a site's settings or a page's front matter look like; did something else get into the file?")
	return false
}

// brackets counts those that are open and what stands in them.
func (y *yamlReader) brackets() bool {
	depth, entries := 0, 0
	for i, c := range y.data {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(0, depth-1)
		case ',':
			entries++
		}
		if depth == 0 {
			entries = 0
		}
		if depth > maxDepth {
			return y.tooMuch(i, "more than 100 brackets are open here")
		}
		if entries > maxEntries {
			return y.tooMuch(i, "more than 5000 entries in one list")
		}
	}
	return true
}

// level is a number of lines with the same indentation.
type level struct{ indent, lines int }

// indents counts the lines of one indentation, which are the entries of one
// map or list at the most.
func (y *yamlReader) indents() bool {
	var open []level
	for _, at := range y.lines {
		line, _ := lineBytes(y.data, at)
		if n := len(line) - len(bytes.TrimLeft(line, " -?:")); n > maxIndent {
			return y.tooMuch(at, "more than 200 columns of indentation")
		}
		text := bytes.TrimLeft(line, " ")
		if len(text) == 0 || text[0] == '#' {
			continue
		}
		indent := len(line) - len(text)
		for len(open) > 0 && open[len(open)-1].indent > indent {
			open = open[:len(open)-1]
		}
		if len(open) == 0 || open[len(open)-1].indent < indent {
			open = append(open, level{indent: indent})
		}
		now := &open[len(open)-1]
		if now.lines++; now.lines > maxEntries {
			return y.tooMuch(at, "more than 5000 entries in one list or map")
		}
	}
	return true
}
