package playbook

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/markdown"
	"plumb/generator/source"
)

// Decoder turns files into pages. It is safe for concurrent use.
type Decoder struct {
	Config *config.Config
	Words  *Vocabulary
	// Trace notes in Page.Reading what each construct was taken for.
	Trace bool
}

// Digest identifies everything but the file that a decoded page depends on.
func (d Decoder) Digest() source.Digest { return d.Words.Digest() }

// Decode reads one file. The house kind is set for a file all of whose entries
// are of one kind (processes.md, metrics.md). The page is nil where nothing
// could be read; with an error among the diagnostics it is incomplete.
func (d Decoder) Decode(f *source.File, house Kind) (*Page, []diag.Diagnostic) {
	front, from, list := source.FrontMatter(f)
	if diag.HasErrors(list) {
		return nil, list
	}
	meta, more := readMeta(f, front, d.Config)
	list = append(list, more...)
	doc, more := markdown.Parse(f, from)
	list = append(list, more...)
	if doc == nil {
		return nil, list
	}
	if meta.Lang == "" && meta.Position != nil {
		meta.Lang = d.Words.guess(doc.Blocks, d.Config.Language)
	}
	r := &reader{
		file: f, doc: doc, words: d.Words.For(cmp.Or(meta.Lang, d.Config.Language)), trace: d.Trace,
		page: &Page{File: f, Meta: meta, Links: doc.Links}, taken: map[string]bool{}, numbered: map[string]int{},
	}
	r.scratch = d.Words.scratch.Get().(*scratch)
	r.read(house)
	d.Words.scratch.Put(r.scratch)
	return r.page, append(list, r.list...)
}

// reader decodes the blocks of one document.
type reader struct {
	file  *source.File
	doc   *markdown.Document
	words *Words
	page  *Page
	trace bool
	*scratch
	lead string // the first paragraph outside of the sections
	list []diag.Diagnostic
	// titleAt is where the heading stood that is the title: nothing before it
	// goes on behind it.
	titleAt int
	// taken are the anchors of the page; numbered is, for one of them, the next
	// number to try.
	taken    map[string]bool
	numbered map[string]int
}

// open is a section being collected.
type open struct {
	target
	heading *markdown.Heading
	blocks  []markdown.Block
}

func (r *reader) read(house Kind) {
	r.anchors(r.doc.Blocks)
	for _, n := range r.doc.Footnotes {
		r.taken[n.ID] = true
		r.anchors(n.Blocks)
	}
	blocks := r.title()
	var rest []markdown.Block
	var parts []open
	if house != NoKind {
		parts = []open{{target: target{kind: house}, blocks: blocks}}
	} else if r.page.IsPlaybook() {
		parts, rest = r.split(blocks)
	} else {
		rest = blocks
	}
	r.page.Sections = slices.Grow(r.page.Sections, len(parts))
	for i := range parts {
		r.section(&parts[i])
	}
	r.rest(rest)
	w := r.writer(0)
	w.Footnotes(r.doc.Footnotes)
	r.page.Footnotes = w.Fragment()
	r.page.Anchors = slices.AppendSeq(make([]string, 0, len(r.taken)), maps.Keys(r.taken))
	slices.Sort(r.page.Anchors)
	r.page.Allows = allows(r.file, r.doc.Blocks)
	r.page.summarize(r.lead)
	r.sums = r.page.sums(r.sums)
	r.page.outline()
	r.page.pack(&r.packer)
}

// anchors notes the ids of all headings, also those inside lists and quotes.
func (r *reader) anchors(blocks []markdown.Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *markdown.Heading:
			if b.ID != "" {
				r.taken[b.ID] = true
			}
		case *markdown.Quote:
			r.anchors(b.Blocks)
		case *markdown.List:
			for _, it := range b.Items {
				r.anchors(it.Blocks)
			}
		}
	}
}

// maxTitle is how many characters an H1 may have that is taken for the title: a
// longer one is a paragraph that a line of === made a heading.
const maxTitle = 120

// title settles the page's title and returns the blocks without the heading
// that says it.
func (r *reader) title() []markdown.Block {
	p, blocks := r.page, r.doc.Blocks
	p.Title = p.Meta.Title.Text
	for i, b := range blocks {
		h, ok := b.(*markdown.Heading)
		if !ok || h.Level != 1 {
			continue
		}
		text := markdown.InlineText(h.Text)
		if p.Title == "" && Normalize(text) != "" && utf8.RuneCountInString(text) <= maxTitle {
			p.Title = strings.TrimSpace(text)
		}
		if Normalize(text) != Normalize(p.Title) {
			break
		}
		p.TitleID, r.titleAt = h.ID, h.At.Start
		r.note(h.At, "heading", text, "title")
		return slices.Concat(blocks[:i], blocks[i+1:])
	}
	if p.Title == "" {
		p.Title = config.Humanize(strings.TrimSuffix(path.Base(r.file.Path), ".md"))
	}
	return blocks
}

// mostParts is room for the sections of most playbooks.
const mostParts = 12

// split divides the blocks into recognised sections and the rest. A section
// runs to the next heading of its own or a higher level; a deeper heading
// within it opens no other.
func (r *reader) split(blocks []markdown.Block) (parts []open, rest []markdown.Block) {
	parts = make([]open, 0, mostParts)
	var now *open
	for i, b := range blocks {
		h, isHeading := b.(*markdown.Heading)
		if now != nil && now.heading.At.Start < r.titleAt && b.Span().Start > r.titleAt {
			now = nil
		}
		if isHeading && (now == nil || h.Level <= now.heading.Level) {
			now = nil
			if t, ok := r.words.section(markdown.InlineText(h.Text)); ok {
				parts = append(parts, open{target: t, heading: h})
				now = &parts[len(parts)-1]
				r.note(h.At, "heading", markdown.InlineText(h.Text), "section "+t.kind.String()+partSuffix(t.field))
				continue
			}
		}
		if now != nil {
			now.blocks = blocks[i-len(now.blocks) : i+1 : i+1]
		} else {
			rest = append(rest, b)
		}
	}
	return parts, rest
}

func partSuffix(f FieldID) string {
	if f == "" {
		return ""
	}
	return ", part " + string(f)
}

// note records, in a trace, what a construct was taken for.
func (r *reader) note(at source.Span, construct, text, as string) {
	if r.trace {
		r.page.Reading = append(r.page.Reading, Reading{Span: at, Construct: construct, Text: firstWords(text), As: as})
	}
}

// noteTable is note for a table of entries, with the fields of its columns.
func (r *reader) noteTable(t *markdown.Table, as string, columns []Column) {
	if !r.trace {
		return
	}
	r.note(t.At, "table", cellText(t.Head), as)
	last := &r.page.Reading[len(r.page.Reading)-1]
	for _, c := range columns {
		last.Columns = append(last.Columns, cmp.Or(string(c.ID), "?"))
	}
}

// noteBlock is note for a block whose words are still to be put together.
func (r *reader) noteBlock(b markdown.Block, as string) {
	if r.trace {
		r.note(b.Span(), constructOf(b), markdown.BlockText([]markdown.Block{b}), as)
	}
}

// firstWords shortens a text to about sixty characters, at a space.
func firstWords(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	runes := []rune(s)
	if len(runes) <= 60 {
		return s
	}
	cut := string(runes[:60])
	if i := strings.LastIndexByte(cut, ' '); i > 30 {
		cut = cut[:i]
	}
	return cut + " …"
}

func isParagraph(b markdown.Block) bool {
	_, ok := b.(*markdown.Paragraph)
	return ok
}

// rest renders what stands in no section. Where an H1 is left, all headings
// move down by one so that the page keeps a single H1.
func (r *reader) rest(blocks []markdown.Block) {
	shift := 0
	for _, b := range blocks {
		if h, ok := b.(*markdown.Heading); ok && h.Level == 1 {
			shift = 1
		}
	}
	for _, b := range blocks {
		h, ok := b.(*markdown.Heading)
		if !ok {
			if constructOf(b) != "" {
				r.noteBlock(b, "prose")
			}
			continue
		}
		heading := r.heading(h)
		heading.Level += shift
		r.page.Headings = append(r.page.Headings, heading)
		r.note(h.At, "heading", heading.Text, "not a section: kept in the text")
	}
	if first := slices.IndexFunc(blocks, isParagraph); first >= 0 {
		r.lead = markdown.BlockText(blocks[first : first+1])
	}
	w := r.writer(shift)
	w.Blocks(blocks)
	r.page.Rest = w.Fragment()
	r.restText(blocks)
}

// restText puts the words of the rest together, and notes what stands below
// which heading.
func (r *reader) restText(blocks []markdown.Block) {
	if len(r.page.Headings) == 0 {
		r.page.RestText = markdown.BlockText(blocks)
		r.page.RestParts = []string{r.page.RestText}
		return
	}
	var b strings.Builder
	from, to := 0, make([]int, 0, 2*len(r.page.Headings)+1)
	write := func(list []markdown.Block) {
		if text := markdown.BlockText(list); text != "" {
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(text)
		}
		to = append(to, b.Len())
	}
	for i := range blocks {
		if isHeading(blocks[i]) {
			write(blocks[from:i])
			write(blocks[i : i+1])
			from = i + 1
		}
	}
	write(blocks[from:])
	p := r.page
	p.RestText = b.String()
	p.RestParts = make([]string, 0, len(p.Headings)+1)
	for i, begin := 0, 0; i < len(to); i += 2 {
		if i > 0 {
			begin = to[i-1]
		}
		p.RestParts = append(p.RestParts, strings.TrimPrefix(p.RestText[begin:to[i]], "\n"))
	}
}

func constructOf(b markdown.Block) string {
	switch b.(type) {
	case *markdown.Heading:
		return "heading"
	case *markdown.Paragraph:
		return "paragraph"
	case *markdown.List:
		return "list"
	case *markdown.Table:
		return "table"
	case *markdown.Quote:
		return "quote"
	case *markdown.CodeBlock:
		return "code"
	}
	return ""
}

func (r *reader) heading(h *markdown.Heading) Heading {
	return Heading{ID: h.ID, Level: h.Level, HTML: r.inlineHTML(h.Text), Text: strings.TrimSpace(markdown.InlineText(h.Text)), Span: h.At}
}

// writer returns the page's writer, empty.
func (r *reader) writer(shift int) *markdown.Writer {
	r.out.Reset()
	r.out.Shift, r.out.Scroll = shift, true
	return &r.out
}

func (r *reader) inlineHTML(text []markdown.Inline) markdown.Fragment {
	return r.out.InlineFragment(text)
}

// uniqueID returns an anchor for a name, one that no heading of the page has.
func (r *reader) uniqueID(prefix, name string) string {
	id := config.Slug(name)
	if r.taken[id] || id == "" {
		id = strings.TrimSuffix(prefix+"-"+id, "-")
	}
	base := id
	for n := max(r.numbered[base], 2); r.taken[id]; n++ {
		id = base + "-" + itoa(n)
		r.numbered[base] = n + 1
	}
	r.taken[id] = true
	return id
}
