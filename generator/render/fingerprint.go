package render

import (
	"encoding/binary"
	"hash/maphash"
	"runtime"
	"sync"
	"sync/atomic"

	"plumb/generator/markdown"
	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// Fingerprints reckons, for each page, what identifies everything that it is
// made of: pages of one path with one fingerprint have the same bytes and the same
// diagnostics. It is composed of digests that are known, so that it costs a small
// part of what making the page does; the view is not made for it.
//
// A fingerprint has 64 bits and is of use within one process, to compare a page
// with the same page of the build before: in a million builds of ten thousand
// pages two are equal by chance with a probability of 1 in 10^9.
type Fingerprints struct {
	r    *Renderer
	seed maphash.Seed
	// common is of what every page depends on, refs are, by rank, of what lists
	// show of a playbook.
	common uint64
	refs   []uint64
	// models are, by rank, of what a playbook says; 0 where nobody has asked.
	models []atomic.Uint64
	spare  sync.Pool // of *inputs
}

// Fingerprints are those of the renderer's pages. Only such of one seed can be
// compared.
func (r *Renderer) Fingerprints(seed maphash.Seed) *Fingerprints {
	f := &Fingerprints{r: r, seed: seed, refs: make([]uint64, len(r.site.Playbooks)), models: make([]atomic.Uint64, len(r.site.Playbooks))}
	f.spare.New = func() any { return &inputs{of: f, r: r} }
	w := &inputs{of: f, r: r}
	w.digest(r.theme.Digest())
	w.digest(r.site.Config.Digest())
	w.text(r.chrome.Generator, r.chrome.Logo, string(r.chrome.LogoSize), r.chrome.Desk)
	f.common = w.sum()
	f.reckonRefs()
	return f
}

// Of returns the fingerprint of a page. It may be called from several goroutines.
func (f *Fingerprints) Of(p Page) uint64 {
	w := f.spare.Get().(*inputs)
	defer f.spare.Put(w)
	w.known(f.common)
	w.text(p.Layout)
	if w.flags(p.feed != nil); p.feed != nil {
		w.text(p.feed.path, p.feed.title)
	}
	p.needs(w)
	return w.sum()
}

func (f *Fingerprints) reckonRefs() {
	var wg sync.WaitGroup
	share := len(f.refs)/runtime.GOMAXPROCS(0) + 1
	for from := 0; from < len(f.refs); from += share {
		wg.Go(func() {
			w := &inputs{of: f, r: f.r}
			for i, p := range f.r.site.Playbooks[from:min(from+share, len(f.refs))] {
				w.shown(p)
				f.refs[from+i] = w.sum()
			}
		})
	}
	wg.Wait()
}

// inputs describes what a page is made of: texts with their length before
// them, numbers and digests, in an order that the page's kind gives.
type inputs struct {
	of  *Fingerprints
	r   *Renderer
	buf []byte
}

// sum returns the digest of what was described, and begins anew.
func (w *inputs) sum() uint64 {
	sum := maphash.Bytes(w.of.seed, w.buf)
	w.buf = w.buf[:0]
	return sum
}

func (w *inputs) known(sum uint64) { w.buf = binary.LittleEndian.AppendUint64(w.buf, sum) }

// shown is what lists show of a playbook.
func (w *inputs) shown(p *site.Playbook) {
	w.text(p.URL, p.Title, p.Meta.Lang, p.Summary, isoDate(p.Meta.Reviewed))
	w.number(int(p.Position))
	w.flags(p.Meta.Illustrative, w.r.draft(&p.Page))
	w.segments(p)
}

func (w *inputs) number(n int) { w.buf = binary.AppendVarint(w.buf, int64(n)) }

func (w *inputs) text(texts ...string) {
	for _, s := range texts {
		w.number(len(s))
		w.buf = append(w.buf, s...)
	}
}

func (w *inputs) flags(flags ...bool) {
	for _, f := range flags {
		w.buf = append(w.buf, '0')
		if f {
			w.buf[len(w.buf)-1] = '1'
		}
	}
}

func (w *inputs) digest(d source.Digest) { w.buf = append(w.buf, d[:]...) }

// page is all of a page's own text, with what its links lead to; nil is no
// page.
func (w *inputs) page(p *site.Page) {
	w.flags(p != nil)
	if p == nil {
		return
	}
	w.text(p.URL)
	w.digest(p.File.Digest)
	w.flags(w.r.draft(p))
	for i := range p.Targets {
		w.target(&p.Targets[i])
	}
}

func (w *inputs) target(t *site.Target) {
	w.number(int(t.Kind))
	w.number(int(t.Width))
	w.number(int(t.Height))
	w.text(t.URL, t.Anchor, t.Suffix)
}

// links are what the links of a page's fragment lead to.
func (w *inputs) links(p *site.Page, f markdown.Fragment) {
	for i := range f.Links() {
		w.target(&p.Targets[i])
	}
}

// ref is what lists show of a playbook; nil is none.
func (w *inputs) ref(p *site.Playbook) {
	w.flags(p != nil)
	if p != nil {
		w.known(w.of.refs[p.Rank])
	}
}

// listed is a playbook in a list that tells its digest.
func (w *inputs) listed(p *site.Playbook) {
	w.ref(p)
	w.digest(p.Sum)
}

func (w *inputs) refs(list []*site.Playbook) {
	w.number(len(list))
	for _, p := range list {
		w.listed(p)
	}
}

// dots are playbooks drawn on the line.
func (w *inputs) dots(list []*site.Playbook) {
	w.refs(list)
	for _, p := range list {
		w.text(roleIDs(p.Roles()))
	}
}

func (w *inputs) segments(p *site.Playbook) {
	w.number(len(p.Segments))
	for _, s := range p.Segments {
		w.text(s.URL, s.Title)
	}
}

// entry is an entry as shown away from its place.
func (w *inputs) entry(p *site.Page, e *playbook.Entry) {
	w.digest(e.Sum)
	if e.Linked {
		for f := range e.Fragments() {
			w.links(p, f)
		}
	}
}

// use is an entry of a playbook with the playbook.
func (w *inputs) use(u site.Use) {
	w.ref(u.Playbook)
	w.entry(&u.Playbook.Page, u.Entry)
}

// playbook is what a playbook's page is made of. What follows from its own text
// and the settings, as the next review does, is in their digests.
func (w *inputs) playbook(p *site.Playbook) {
	w.known(w.of.model(p))
	for _, near := range []*site.Playbook{p.Before, p.After, p.SegmentBefore, p.SegmentAfter} {
		w.ref(near)
	}
}

func (w *inputs) role(r *site.Role) {
	w.flags(r != nil)
	if r != nil {
		w.text(r.ID, r.Title)
	}
}

// rolePage is what page n of a role is made of.
func (w *inputs) rolePage(role *site.Role, n int) {
	w.text(role.ID, role.Title, role.Team(), titleID(role.Prose))
	w.flags(role.Shared)
	w.number(len(role.Playbooks))
	if n == 1 {
		w.page(role.Prose)
	}
	if k := len(role.Playbooks); k > 0 {
		w.number(int(role.Playbooks[0].Position))
		w.number(int(role.Playbooks[k-1].Position))
	}
	shown := chunk(role.Playbooks, n, playbooksPerPage)
	for _, p := range shown {
		w.listed(p)
		w.tasks(p, role)
	}
	w.support(role, shown)
	if n == 1 {
		w.never(role)
	}
	for _, use := range shownMetrics(role, shown) {
		w.use(use)
	}
}

// support is the processes that a role's tasks call on.
func (w *inputs) support(role *site.Role, shown []*site.Playbook) {
	x := &w.r.site.Processes
	for _, g := range supporters(w.r.site, role, shown) {
		owner, entry := described(x, g)
		w.text(g.ID, g.Name)
		w.number(g.Page)
		w.entry(owner, entry)
	}
}

// never is what others do at the other end.
func (w *inputs) never(role *site.Role) {
	for _, p := range otherEnd(w.r.site, role) {
		w.ref(p)
		for _, t := range othersTasks(p, role) {
			w.text(t.Role.Title)
			w.digest(t.Sum)
			w.links(&p.Page, t.HTML)
		}
	}
}

// tasks are a playbook's tasks as shown on the page of a role: run by run, for
// those below the same headings have one role and one group.
func (w *inputs) tasks(p *site.Playbook, role *site.Role) {
	links, start := p.Outline.TaskLinks, int32(0)
	for _, run := range p.Outline.Runs {
		first := &p.Tasks[start]
		start = run.End
		n := 0
		for ; n < len(links) && links[n].Task < run.End; n++ {
			if first.Of(role) {
				w.target(&p.Targets[links[n].Link])
			}
		}
		links = links[n:]
		if !first.Of(role) {
			continue
		}
		w.digest(run.Sum)
		if first.Group != nil {
			w.text(first.Group.ID)
			w.links(&p.Page, first.Group.HTML)
		}
	}
}

// segmentPage is what page n of a segment is made of.
func (w *inputs) segmentPage(g *site.Segment, n int) {
	w.text(g.Title, titleID(g.Prose))
	w.text(g.Criteria...)
	w.number(len(g.Playbooks))
	if n == 1 {
		w.page(g.Prose)
	}
	shown := chunk(g.Playbooks, n, playbooksPerPage)
	w.dots(shown)
	for _, p := range shown {
		s := p.Section(playbook.Buyers)
		w.flags(s != nil)
		if s != nil {
			w.section(&p.Page, s)
		}
	}
}

// section is a section as shown on another page than its own.
func (w *inputs) section(p *site.Page, s *playbook.Section) {
	w.digest(s.Sum)
	if s.Linked {
		for f := range s.Fragments() {
			w.links(p, f)
		}
	}
}

// indexPage is what page n of an index is made of.
func (w *inputs) indexPage(x *site.Index, n, total int) {
	w.number(total)
	w.flags(x.House != nil)
	if x.House != nil {
		w.text(x.House.Meta.Title.Text, x.House.Title, x.House.TitleID, x.House.Meta.Lang, x.House.URL)
	}
	if n == 1 && x.House != nil {
		w.houseIntro(x)
	}
	for g, rows := range indexRows(x, n) {
		w.text(g.ID, g.Name)
		w.number(rows.from)
		if g.House != nil && rows.from == 0 {
			w.flags(true)
			w.entry(x.House, g.House)
		}
		for _, use := range chunkRange(g.Uses, rows.from, rows.to) {
			w.use(use)
		}
	}
}

// houseIntro is the house's page with the places of its entries.
func (w *inputs) houseIntro(x *site.Index) {
	w.page(x.House)
	for _, e := range x.House.Section(x.Kind).Entries() {
		if g := x.Find(e.Key); g != nil {
			w.text(g.ID)
			w.number(g.Page)
		}
	}
}

// home is what the front page is made of.
func (w *inputs) home() {
	s := w.r.site
	w.page(s.Home)
	w.number(len(s.Playbooks))
	w.number(len(s.Roles))
	w.number(len(s.Segments))
	w.linked(w.r.roleLinks("index.html", chunk(s.Roles, 1, shownOnHome)))
	w.linked(w.r.segmentLinks("index.html", chunk(s.Segments, 1, shownOnHome)))
	w.refs(lastReviewed(s.Playbooks))
	if len(s.Playbooks) > maxDots {
		for _, list := range binned(s.Playbooks) {
			w.number(len(list))
		}
		return
	}
	for _, g := range s.Segments {
		w.text(g.URL, g.Title)
		w.dots(g.Playbooks)
	}
}

func (w *inputs) linked(links []Link) {
	w.number(len(links))
	for _, l := range links {
		w.text(l.Href, l.Text)
		w.number(l.Count)
	}
}
