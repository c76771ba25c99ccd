package desk

import (
	"bytes"
	"cmp"
	"slices"

	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// finder leads from places in one file to the parts of the page made of it.
type finder struct {
	page *site.Page // nil where no page is made
	// whole says that the entries of the page stand on several pages of the output,
	// so that only the first of those can be led to.
	whole bool
	// ends are where the lines end, anchors what a link can lead to, in order; both
	// are empty unless many places are looked for.
	ends    []int
	anchors []anchor
}

type anchor struct {
	at int
	id string
}

// places is the finder of a file, made once and quick at many places.
func (d *Desk) places(path string) *finder {
	if f, known := d.finders.Load(path); known {
		return f.(*finder)
	}
	f, _ := d.finders.LoadOrStore(path, d.finder(path).prepare())
	return f.(*finder)
}

func (d *Desk) finder(path string) *finder {
	f := &finder{page: d.Site.Page(path)}
	f.whole = f.page != nil && (f.page == d.Site.Processes.House || f.page == d.Site.Metrics.House)
	if f.page != nil && f.page.Homeless {
		f.page = nil
	}
	return f
}

// at is a place in the file.
func (f *finder) at(pos diag.Pos) Item {
	it := Item{Text: pos.Path, At: pos}
	if pos.Line > 0 {
		it.Text += ":" + itoa(pos.Line)
	}
	if f.page == nil {
		return it
	}
	it.URL = f.page.URL
	if id := f.above(pos.Line); f.page.HasAnchor(id) {
		it.Anchor = id
	}
	return it
}

// above returns the last anchor at or above a line, nothing above all of them and
// for the file as a whole.
func (f *finder) above(line int) string {
	if line == 0 || f.whole {
		return ""
	}
	if f.ends == nil {
		return last(f.page, endOf(f.page.File.Text(), line))
	}
	end := f.ends[min(line, len(f.ends))-1]
	i, _ := slices.BinarySearchFunc(f.anchors, end+1, func(a anchor, end int) int { return cmp.Compare(a.at, end) })
	if i == 0 {
		return ""
	}
	return f.anchors[i-1].id
}

// prepare makes the finder quick at many places.
func (f *finder) prepare() *finder {
	if f.page == nil {
		return f
	}
	data := f.page.File.Text()
	for at := 0; at <= len(data); {
		i := bytes.IndexByte(data[at:], '\n')
		if i < 0 {
			i = len(data) - at
		}
		at += i + 1
		f.ends = append(f.ends, at-1)
	}
	anchors(f.page, func(at int, id string) { f.anchors = append(f.anchors, anchor{at, id}) })
	slices.SortStableFunc(f.anchors, func(a, b anchor) int { return cmp.Compare(a.at, b.at) })
	return f
}

// last returns the last anchor of a page up to a place in its source.
func last(p *site.Page, end int) (id string) {
	best := -1
	anchors(p, func(at int, anchor string) {
		if best <= at && at <= end {
			best, id = at, anchor
		}
	})
	return id
}

// endOf is where a line ends.
func endOf(data []byte, line int) int {
	at := 0
	for range line {
		i := bytes.IndexByte(data[at:], '\n')
		if i < 0 {
			return len(data)
		}
		at += i + 1
	}
	return at - 1
}

// anchors calls a function with what a link can lead to on a page, and its place in
// the source.
func anchors(p *site.Page, add func(at int, id string)) {
	known := func(span source.Span, id string) {
		if id != "" {
			add(span.Start, id)
		}
	}
	for _, h := range p.Headings {
		known(h.Span, h.ID)
	}
	for _, s := range p.Sections {
		for _, part := range s.Parts {
			known(part.Heading.Span, part.Heading.ID)
			for _, it := range part.Items {
				within(it, known)
			}
		}
	}
}

// within calls a function with the anchors of a part of a section.
func within(it playbook.Item, known func(source.Span, string)) {
	switch it := it.(type) {
	case *playbook.Subhead:
		known(it.Span, it.ID)
	case *playbook.Entry:
		known(it.Span, it.ID)
	case *playbook.EntryTable:
		for _, e := range it.Rows {
			known(e.Span, e.ID)
		}
	case *playbook.EntryList:
		for _, li := range it.Items {
			if li.Entry != nil {
				known(li.Entry.Span, li.Entry.ID)
			}
		}
	case *playbook.TaskList:
		for _, t := range it.Tasks {
			known(t.Span, t.ID)
		}
	}
}
