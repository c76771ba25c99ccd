package site

import (
	"cmp"
	"slices"
	"strings"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/markdown"
	"plumb/generator/playbook"
)

// RowsPerPage is how many rows one page of an index or a list holds: about as
// many as a person looks through.
const RowsPerPage = 60

// gathered are the kinds of entries that indexes gather.
var gathered = [...]playbook.Kind{playbook.SupportProcesses, playbook.Metrics, playbook.Assets}

// indexes groups the entries of all playbooks by name.
func (l *linker) indexes() {
	var shelves [len(gathered)]*shelf
	for i, x := range [...]*Index{&l.site.Processes, &l.site.Metrics, &l.site.Assets} {
		x.Kind = gathered[i]
		shelves[i] = &shelf{x, map[string]*filling{}}
		l.urls.own(x.URL)
		if x.House != nil {
			for _, e := range x.House.Section(x.Kind).Entries() {
				l.houseEntry(shelves[i], e)
			}
		}
	}
	l.gather(shelves[:])
	for _, shelf := range shelves {
		x := shelf.index
		slices.SortStableFunc(x.Groups, func(a, b *Group) int {
			return cmp.Or(strings.Compare(a.Key, b.Key), strings.Compare(a.Name, b.Name))
		})
		x.number()
	}
}

// shelf is an index that is being filled.
type shelf struct {
	index *Index
	byKey map[string]*filling
}

// filling is a group with how many uses there are of it.
type filling struct {
	*Group
	uses int
}

// group returns the group of a key, a new one where there is none.
func (s *shelf) group(key string) *filling {
	g := s.byKey[key]
	if g == nil {
		g = &filling{Group: &Group{Key: key}}
		s.byKey[key] = g
		s.index.Groups = append(s.index.Groups, g.Group)
	}
	return g
}

// houseEntry adds an entry of the house. A second one of a name is shown too,
// behind the first, which is what the name means; so is one without a name.
func (l *linker) houseEntry(s *shelf, e *playbook.Entry) {
	x := s.index
	if e.Name == "" {
		x.Groups = append(x.Groups, &Group{Name: "—", House: e})
		return
	}
	g := s.group(e.Key)
	if g.House == nil {
		g.Name, g.House = e.Name, e
		return
	}
	l.add(twice(x.House, e, g.House))
	x.Groups = append(x.Groups, &Group{Key: g.Key, Name: g.Name, House: e})
}

// gather puts the entries of all playbooks on the shelves: every group gets as
// much room as the surveys say, and is filled in order on the line.
func (l *linker) gather(shelves []*shelf) {
	var total int
	for _, s := range l.surveys {
		for i := range s.groups {
			g := &s.groups[i]
			g.to = shelves[g.shelf].group(g.key)
			g.to.uses += g.uses
			total += g.uses
		}
	}
	uses := room[Use]{make([]Use, total)}
	for _, slot := range l.line {
		s := l.surveys[slot/chunk]
		for _, it := range s.of(slot % chunk) {
			g := s.groups[it.group].to
			if g.Uses == nil {
				g.Uses = uses.take(g.uses)[:0]
				g.Name = cmp.Or(g.Name, it.entry.Name)
			}
			g.Uses = append(g.Uses, Use{&l.slots[slot], it.entry})
		}
	}
}

// twice reports an entry of the house that stands there before.
func twice(p *Page, e, first *playbook.Entry) diag.Diagnostic {
	d := diag.New(diag.Warning, diag.DuplicateEntry, p.File.Place(e.Span), "“"+e.Name+"” stands here twice: playbooks that name it mean the first", "make one of the two, or give one another name")
	d.Related = []diag.Related{{Place: p.File.Place(first.Span), Message: "first here"}}
	return d
}

// number gives the groups their anchors and pages. A house entry keeps the
// anchor that authors link to; the others get none that the house's page has.
func (x *Index) number() {
	taken := map[string]bool{}
	if x.House != nil {
		for _, id := range x.House.Anchors {
			taken[id] = true
		}
	}
	x.anchors, x.byID = map[string]*Group{}, make(map[string]*Group, len(x.Groups))
	slugs := x.slugs()
	rows := 0
	for i, g := range x.Groups {
		if g.House != nil && g.House.ID != "" {
			g.ID = g.House.ID
		} else {
			g.ID = freeID(taken, slugs[i])
		}
		if x.byID[g.ID] == nil {
			x.byID[g.ID] = g
		}
		if g.House != nil {
			x.anchors[g.ID] = g
			g.inner(x.anchors)
		}
		g.Row, g.Page = rows, rows/RowsPerPage+1
		rows += g.Rows()
	}
}

// slugs returns the ids that the keys of the groups make.
func (x *Index) slugs() []string {
	out := make([]string, len(x.Groups))
	chunked(len(out), func(from, to int) struct{} {
		for i := from; i < to; i++ {
			out[i] = config.Slug(x.Groups[i].Key)
		}
		return struct{}{}
	})
	return out
}

// inner notes the anchors within the entry of the house.
func (g *Group) inner(anchors map[string]*Group) {
	note := anchorNotes{anchors: anchors, group: g}
	g.House.HTML.Append(nil, note)
	g.House.Body.Append(nil, note)
	for _, f := range g.House.Fields {
		f.HTML.Append(nil, note)
		if f.Anchor != "" {
			anchors[f.Anchor] = g
		}
	}
}

// anchorNotes notes the anchors of fragments and writes nothing.
type anchorNotes struct {
	anchors map[string]*Group
	group   *Group
}

var _ markdown.Resolver = anchorNotes{}

func (anchorNotes) OpenLink(dst []byte, _ int) []byte        { return dst }
func (anchorNotes) CloseLink(dst []byte, _ int) []byte       { return dst }
func (anchorNotes) Image(dst []byte, _ int, _ string) []byte { return dst }

func (anchorNotes) OpenSelf(dst []byte, _ string) []byte { return dst }
func (anchorNotes) CloseSelf(dst []byte) []byte          { return dst }

func (n anchorNotes) ID(dst []byte, id string) []byte {
	n.anchors[id] = n.group
	return dst
}

// Rows is how many rows of a page the group takes.
func (g *Group) Rows() int { return max(1, len(g.Uses)) }

func freeID(taken map[string]bool, id string) string {
	if id == "" {
		id = "entry"
	}
	for taken[id] {
		id += "-entry"
	}
	taken[id] = true
	return id
}

// PageURL returns the address of a page of a paged list, from 1: the first
// page has the list's own, others a number before the ending, which no id of a
// register can look like.
func PageURL(url string, page int) string {
	if page <= 1 {
		return url
	}
	return strings.TrimSuffix(url, ".html") + "." + itoa(page) + ".html"
}

// Find returns the group with a key, nil where there is none.
func (x *Index) Find(key string) *Group {
	i, ok := slices.BinarySearchFunc(x.Groups, key, func(g *Group, key string) int { return strings.Compare(g.Key, key) })
	if !ok {
		return nil
	}
	return x.Groups[i]
}

// houseTargets are the targets that mean an entry of the house.
func (l *linker) houseTargets() map[Target]Ref {
	house := map[Target]Ref{}
	for _, x := range [...]*Index{&l.site.Processes, &l.site.Metrics} {
		if x.House == nil {
			continue
		}
		for _, g := range x.Groups {
			if g.House != nil {
				house[Target{Kind: Local, URL: PageURL(x.URL, g.Page), Anchor: g.ID}] = Ref{x.Kind, g.Key}
			}
		}
	}
	return house
}

// references ties the tasks of a playbook to the processes, metrics and assets
// they link to.
func (f *follower) references(p *Playbook) {
	links := p.Outline.TaskLinks
	var own map[Target]Ref
	for len(links) > 0 {
		n := 1
		for n < len(links) && links[n].Task == links[0].Task {
			n++
		}
		refs := refList{list: f.refs.take(n)[:0]}
		for _, link := range links[:n] {
			if !link.Settled && own == nil {
				own = p.entryTargets()
			}
			if ref, ok := f.ref(p, link, own); ok {
				refs.add(ref)
			}
		}
		if len(refs.list) > 0 {
			p.Tasks[links[0].Task].Refs = refs.list
		}
		links = links[n:]
	}
}

// ref returns what a link of a task refers to; own are the playbook's own
// entries.
func (f *follower) ref(p *Playbook, link playbook.TaskLink, own map[Target]Ref) (Ref, bool) {
	if link.Settled {
		return Ref{link.Kind, link.Key}, link.Kind != playbook.NoKind
	}
	ref, ok := own[p.Targets[link.Link]]
	if !ok {
		ref, ok = f.house[p.Targets[link.Link]]
	}
	return ref, ok
}

// refList are references without those that stand there twice.
type refList struct {
	list []Ref
	seen map[Ref]bool // all of them, where they are many
}

func (r *refList) add(ref Ref) {
	if r.seen[ref] || r.seen == nil && slices.Contains(r.list, ref) {
		return
	}
	r.list = append(r.list, ref)
	if r.seen == nil && len(r.list) > few {
		r.seen = map[Ref]bool{}
		for _, known := range r.list {
			r.seen[known] = true
		}
	}
	if r.seen != nil {
		r.seen[ref] = true
	}
}

// entryTargets are the targets by which a task means an entry of its own
// playbook: the entry's anchor, or the file it links to.
func (p *Playbook) entryTargets() map[Target]Ref {
	own := map[Target]Ref{}
	for _, kind := range gathered {
		for _, e := range p.Section(kind).Entries() {
			ref := Ref{kind, e.Key}
			own[Target{Kind: Local, URL: p.URL, Anchor: e.ID}] = ref
			if e.Link >= 0 && p.Targets[e.Link].Kind == Asset {
				own[p.Targets[e.Link]] = ref
			}
		}
	}
	return own
}
