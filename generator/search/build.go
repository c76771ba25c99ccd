package search

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

// Build makes the files of the index and hands each to put, from several
// goroutines at once, in no order but that the root comes last. The data is put's
// until it returns. The same site gives the same files.
func Build(in Input, put func(File) error) error {
	return build(in, pace{runtime.GOMAXPROCS(0), 8}, put)
}

// pace is how the work is shared: how many harvesters there are, and how many
// pages one takes at a time. Nothing depends on it but time and room.
type pace struct{ harvesters, pages int }

func build(in Input, at pace, put func(File) error) error {
	b := &builder{Input: in, pace: at, inflection: inflectionOf(in.Site.Config.Language), number: map[columnKey]uint16{}}
	b.columns()
	b.segments()
	pages := b.pages()
	if len(pages) > 1<<26 {
		return fmt.Errorf("search: %d pages are more than an index can hold", len(pages))
	}
	out := &shelf{put: put, taken: map[string][sha256.Size]byte{}}
	r := root{pages: len(pages)}
	r.texts, r.dirs = out.dirs(b.harvest(&r, pages, out), at.harvesters)
	if of := b.of(); of != "" {
		r.of = out.one(of)
	}
	if out.err != nil {
		return out.err
	}
	return put(File{RootName, b.root(&r)})
}

type builder struct {
	Input
	pace
	inflection inflection
	list       []columnKey
	number     map[columnKey]uint16
	segment    map[*site.Segment]uint32 // the numbers of segments
}

// columnKey is a kind with a role, nil for none.
type columnKey struct {
	kind Kind
	role *site.Role
}

// columns numbers the columns: by kind, and among tasks and metrics by role.
func (b *builder) columns() {
	for _, kind := range Kinds() {
		b.column(kind, nil)
		for _, role := range b.Site.Roles {
			if kind == KindTask && len(role.Playbooks) > 0 || kind == KindMetric && (len(role.Metrics) > 0 || b.houseMeasures(role)) {
				b.column(kind, role)
			}
		}
	}
}

func (b *builder) column(kind Kind, role *site.Role) {
	key := columnKey{kind, role}
	b.number[key] = uint16(len(b.list))
	b.list = append(b.list, key)
}

// houseMeasures reports whether a metric of the house measures a role.
func (b *builder) houseMeasures(role *site.Role) bool {
	g := sectionGatherer{gatherer: &gatherer{site: b.Site}, kind: playbook.Metrics}
	return slices.ContainsFunc(b.Site.Metrics.Groups, func(x *site.Group) bool { return x.House != nil && g.measured(x.House) == role })
}

// origin is a page that has entries.
type origin struct {
	sheet
	gather func(g *gatherer)
}

// pages are all pages with entries: the playbooks in their order on the line,
// then the others by address.
func (b *builder) pages() (all []origin) {
	s := b.Site
	for _, p := range s.Playbooks {
		if !p.Homeless {
			all = append(all, b.source(p.URL, p.Title, p.Page.Page, func(g *gatherer) { g.playbook(p) }))
		}
	}
	line := len(all)
	for _, p := range s.Pages {
		if shown(p) {
			all = append(all, b.source(p.URL, p.Title, p.Page, func(g *gatherer) { g.page(p.Page) }))
		}
	}
	if shown(s.Home) {
		all = append(all, b.source("index.html", s.Home.Title, s.Home.Page, func(g *gatherer) { g.page(s.Home.Page) }))
	}
	all = append(all, b.registers()...)
	for _, x := range []*site.Index{&s.Processes, &s.Metrics} {
		all = append(all, b.house(x)...)
	}
	slices.SortStableFunc(all[line:], func(a, b origin) int { return cmp.Compare(a.url, b.url) })
	return all
}

// shown reports whether a page is there and to be found.
func shown(p *site.Page) bool {
	return p != nil && !p.Homeless && p.Meta.Status != playbook.Retired
}

func (b *builder) source(url, title string, p *playbook.Page, gather func(g *gatherer)) origin {
	s := origin{sheet{url: url, title: title, at: -1}, gather}
	if p != nil && p.Meta.Lang != b.Site.Config.Language {
		s.lang = p.Meta.Lang
	}
	return s
}

// registers are the pages of roles and segments. One that only retired
// playbooks name is as good as retired.
func (b *builder) registers() (all []origin) {
	for _, r := range b.Site.Roles {
		prose := proseOf(r.Prose)
		if len(b.Site.Config.Roles)+len(r.Playbooks)+len(r.Metrics) > 0 || prose != nil {
			also := filled(strings.Join(r.Aliases, ", "), r.Team())
			all = append(all, b.source(r.URL, r.Title, prose, func(g *gatherer) { g.page(prose, also...) }))
		}
	}
	for _, s := range b.Site.Segments {
		prose := proseOf(s.Prose)
		if len(b.Site.Config.Segments)+len(s.Playbooks) > 0 || prose != nil {
			all = append(all, b.source(s.URL, s.Title, prose, func(g *gatherer) { g.page(prose, s.Criteria...) }))
		}
	}
	return all
}

func proseOf(p *site.Page) *playbook.Page {
	if p == nil || p.Meta.Status == playbook.Retired {
		return nil
	}
	return p.Page
}

// house are the pages of an index with entries of the house.
func (b *builder) house(x *site.Index) (all []origin) {
	if x.House == nil || x.House.Meta.Status == playbook.Retired {
		return nil
	}
	byPage := map[int][]*site.Group{1: nil}
	last := 1
	for _, g := range x.Groups {
		if g.House != nil {
			byPage[g.Page] = append(byPage[g.Page], g)
			last = max(last, g.Page)
		}
	}
	for n := 1; n <= last; n++ {
		groups, ok := byPage[n]
		if !ok {
			continue
		}
		all = append(all, b.source(site.PageURL(x.URL, n), x.House.Title, x.House.Page, func(g *gatherer) {
			if n == 1 {
				g.house(x)
			}
			for _, group := range groups {
				g.houseEntry(x, group)
			}
		}))
	}
	return all
}

// harvest takes the words of all pages, makes the shards of their texts, terms and
// words, and returns the names of the texts.
func (b *builder) harvest(r *root, pages []origin, out *shelf) []string {
	from := make([]*harvester, b.harvesters)
	gatherers := make([]gatherer, b.harvesters)
	for i := range from {
		from[i] = newHarvester(b.inflection)
		gatherers[i].site = b.Site
	}
	names := out.fill((len(pages)+b.pace.pages-1)/b.pace.pages, b.harvesters, func(worker, i int, to *sheaf) {
		first := i * b.pace.pages
		for n := first; n < min(first+b.pace.pages, len(pages)); n++ {
			b.sheet(from[worker], gatherers[worker].gather(&pages[n]), uint32(n), to)
		}
	})
	// A synonym is a form of what the texts have in other forms.
	for _, s := range b.Site.Config.Synonyms {
		for _, text := range append([]string{s.Word}, s.Others...) {
			from[0].read(text)
		}
	}
	for _, h := range from {
		r.entries += int(h.entries)
		h.done()
	}
	m := newMerger(from)
	groups := m.write()
	words := m.words(groups)
	r.synonyms = b.synonyms(words)
	r.terms = out.terms(groups, b.harvesters)
	r.words = out.words(words, b.harvesters)
	return names
}

// sheet takes the words of a page and writes the shard of its text.
func (b *builder) sheet(h *harvester, s *sheet, page uint32, to *sheaf) {
	for i := range s.items {
		it := &s.items[i]
		it.column = b.columnOf(it)
		h.order = append(h.order, uint64(it.column)<<32|uint64(i))
	}
	slices.Sort(h.order)
	to.begin()
	w := sheetWriter{h: h, at: entryPlace{page: page}, text: slices.Grow(to.text, s.size())}
	w.head(b, s)
	for _, i := range h.order {
		w.item(&s.items[uint32(i)])
	}
	h.order = h.order[:0]
	to.text = w.end()
	to.end()
}

// columnOf returns the number of an item's column.
func (b *builder) columnOf(it *item) uint16 {
	if n, ok := b.number[columnKey{it.kind, it.role}]; ok {
		return n
	}
	return b.number[columnKey{kind: it.kind}]
}

// root is what the root says beside what the site declares.
type root struct {
	entries, pages                int
	terms, words, texts, dirs, of string
	synonyms                      [][]string
}

// root returns the file of the root: the engine, and what it begins with.
func (b *builder) root(r *root) []byte {
	dst := append(slices.Clip(bytes.TrimSpace(b.Engine)), "\nplumb.search.open({\"format\":1"...)
	dst = appendMemberNumber(dst, "entries", r.entries)
	dst = b.appendColumns(dst)
	dst = appendMemberNumber(dst, "pages", r.pages)
	dst = b.appendLine(dst)
	dst = appendMemberText(dst, "of", r.of)
	dst = appendMemberText(dst, "terms", r.terms)
	dst = appendMemberText(dst, "words", r.words)
	dst = appendMemberText(dst, "texts", r.texts)
	dst = appendMemberText(dst, "dirs", r.dirs)
	dst = appendSets(appendMember(dst, "synonyms"), r.synonyms)
	dst = appendMemberText(dst, "endings", b.inflection.endings)
	dst = appendMemberText(dst, "little", littleWords(b.Site.Config.Language))
	return append(dst, "});\n"...)
}

// appendColumns appends the columns and the roles in them.
func (b *builder) appendColumns(dst []byte) []byte {
	dst = append(appendMember(dst, "columns"), '[')
	roles := map[*site.Role]bool{}
	for _, c := range b.list {
		id := ""
		if c.role != nil {
			id = c.role.ID
			roles[c.role] = true
		}
		dst = appendPair(dst, c.kind.String(), id)
	}
	dst = append(appendMember(append(dst, ']'), "roles"), '[')
	for _, role := range b.Site.Roles {
		if roles[role] {
			dst = appendPair(dst, role.ID, role.Title)
		}
	}
	return append(dst, ']')
}

// segments numbers the segments with playbooks.
func (b *builder) segments() {
	b.segment = map[*site.Segment]uint32{}
	for _, s := range b.Site.Segments {
		if len(s.Playbooks) > 0 {
			b.segment[s] = uint32(len(b.segment))
		}
	}
}

// appendLine appends the segments, and the playbooks' places on the line.
func (b *builder) appendLine(dst []byte) []byte {
	dst = append(appendMember(dst, "segments"), '[')
	for _, s := range b.Site.Segments {
		if _, ok := b.segment[s]; ok {
			dst = appendPair(dst, s.ID, s.Title)
		}
	}
	var line []int
	nameless := false
	for _, p := range b.Site.Playbooks {
		if p.Homeless {
			continue
		}
		if n := len(line); n == 0 || line[n-2] != int(p.Position) {
			line = append(line, int(p.Position), 0)
		}
		line[len(line)-1]++
		nameless = nameless || len(p.Segments) == 0
	}
	if nameless {
		dst = appendPair(dst, "", "")
	}
	dst = append(appendMember(append(dst, ']'), "line"), '[')
	for i, n := range line {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = strconv.AppendInt(dst, int64(n), 10)
	}
	return append(dst, ']')
}

// of writes the segments of all playbooks, along the line. A playbook whose
// segments are all unknown, which is an error, is given one without a name.
func (b *builder) of() string {
	var of []byte
	for _, p := range b.Site.Playbooks {
		if p.Homeless {
			continue
		}
		for i, s := range p.Segments {
			more := uint32(1)
			if i+1 == len(p.Segments) {
				more = 0
			}
			of = appendNumber(of, 2*b.segment[s]+more)
		}
		if len(p.Segments) == 0 {
			of = appendNumber(of, 2*uint32(len(b.segment)))
		}
	}
	return string(of)
}

// synonyms are the sets of names that mean the same, folded: those of which the
// texts have one.
func (b *builder) synonyms(known []word) (sets [][]string) {
	unknown := func(form string) bool {
		_, ok := slices.BinarySearchFunc(known, form, func(w word, form string) int { return strings.Compare(w.form, form) })
		return !ok
	}
	for _, s := range b.Site.Config.Synonyms {
		var set []string
		met := false
		for _, text := range append([]string{s.Word}, s.Others...) {
			words := cut(text)
			if name := strings.Join(words, " "); name != "" && !slices.Contains(set, name) {
				set = append(set, name)
				met = met || !slices.ContainsFunc(words, unknown)
			}
		}
		if met && len(set) > 1 {
			sets = append(sets, set)
		}
	}
	return sets
}

func appendSets(dst []byte, sets [][]string) []byte {
	dst = append(dst, '[')
	for i, set := range sets {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, '[')
		for j, name := range set {
			if j > 0 {
				dst = append(dst, ',')
			}
			dst = appendText(dst, name)
		}
		dst = append(dst, ']')
	}
	return append(dst, ']')
}
