package align

import (
	"bytes"
	"cmp"
	"slices"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

// extents returns where in the text of a playbook each of its entries is explained
// itself, numbered as they are listed: a heading with its block, an item, a row.
func extents(p *site.Playbook, text []byte, list []*playbook.Entry) []extent {
	var starts []int
	out := make([]extent, 0, len(list))
	for i, e := range list {
		from := lineStart(text, e.Span.Start)
		to := itemEnd(text, from)
		if e.Depth > 0 {
			if starts == nil {
				starts = boundaries(p)
			}
			to = len(text)
			if at, _ := slices.BinarySearch(starts, e.Span.Start+1); at < len(starts) {
				to = lineStart(text, starts[at])
			}
		}
		out = append(out, extent{from, max(from, to), i})
	}
	slices.SortStableFunc(out, func(a, b extent) int { return cmp.Compare(a.start, b.start) })
	for i := 1; i < len(out); i++ {
		out[i-1].end = min(out[i-1].end, out[i].start)
	}
	return out
}

func lineStart(text []byte, at int) int { return bytes.LastIndexByte(text[:at], '\n') + 1 }

// itemEnd returns where the item or row that begins at a line ends: before the
// next line that is neither empty nor set in.
func itemEnd(text []byte, at int) int {
	indent := func(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " \t")) }
	own, first := 0, true
	for at < len(text) {
		line := text[at:]
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line = line[:i+1]
		}
		switch blank := len(bytes.TrimSpace(line)) == 0; {
		case first:
			own, first = indent(line), false
		case !blank && indent(line) <= own:
			return at
		}
		at += len(line)
	}
	return at
}

// boundaries are where the headings and entries of a page begin, sorted.
func boundaries(p *site.Playbook) []int {
	var out []int
	for _, s := range p.Sections {
		for _, part := range s.Parts {
			out = append(out, part.Heading.Span.Start)
		}
		for _, e := range s.Entries() {
			out = append(out, e.Span.Start)
		}
	}
	for _, h := range p.Subheads {
		out = append(out, h.Span.Start)
	}
	for _, h := range p.Headings {
		out = append(out, h.Span.Start)
	}
	slices.Sort(out)
	return out
}
