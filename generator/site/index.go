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

// indexes groups the entries of all playbooks by name.
func (l *linker) indexes() {
	s := l.site
	l.index(&s.Processes, playbook.SupportProcesses)
	l.index(&s.Metrics, playbook.Metrics)
	l.index(&s.Assets, playbook.Assets)
}

func (l *linker) index(x *Index, kind playbook.Kind) {
	x.Kind = kind
	l.urls.own(x.URL)
	groups := map[string]*Group{}
	if x.House != nil {
		for _, e := range x.House.Section(kind).Entries() {
			l.houseEntry(x, groups, e)
		}
	}
	for _, p := range l.site.Playbooks {
		for _, e := range p.Section(kind).Entries() {
			if e.Name != "" {
				g := group(x, groups, e)
				g.Uses = append(g.Uses, Use{p, e})
			}
		}
	}
	slices.SortStableFunc(x.Groups, func(a, b *Group) int {
		return cmp.Or(strings.Compare(a.Key, b.Key), strings.Compare(a.Name, b.Name))
	})
	x.number()
}

// houseEntry adds an entry of the house. A second one of a name is shown too,
// behind the first, which is what the name means; so is one without a name.
func (l *linker) houseEntry(x *Index, groups map[string]*Group, e *playbook.Entry) {
	if e.Name == "" {
		x.Groups = append(x.Groups, &Group{Name: "—", House: e})
		return
	}
	g := group(x, groups, e)
	if g.House == nil {
		g.House = e
		return
	}
	l.add(twice(x.House, e, g.House))
	x.Groups = append(x.Groups, &Group{Key: g.Key, Name: g.Name, House: e})
}

// twice reports an entry of the house that stands there before.
func twice(p *Page, e, first *playbook.Entry) diag.Diagnostic {
	d := diag.New(diag.Warning, diag.DuplicateEntry, p.File.Place(e.Span), "“"+e.Name+"” stands here twice: playbooks that name it mean the first", "make one of the two, or give one another name")
	d.Related = []diag.Related{{Place: p.File.Place(first.Span), Message: "first here"}}
	return d
}

// group returns the group of an entry's name.
func group(x *Index, groups map[string]*Group, e *playbook.Entry) *Group {
	key := e.Key
	g := groups[key]
	if g == nil {
		g = &Group{Key: key, Name: e.Name}
		groups[key] = g
		x.Groups = append(x.Groups, g)
	}
	return g
}

// number gives the groups their anchors and pages. A house entry keeps the
// anchor that authors link to; the others get none that the house's page has.
func (x *Index) number() {
	taken := map[string]bool{}
	if x.House != nil {
		for id := range x.House.Anchors {
			taken[id] = true
		}
	}
	x.anchors = map[string]*Group{}
	rows := 0
	for _, g := range x.Groups {
		if g.House != nil && g.House.ID != "" {
			g.ID = g.House.ID
		} else {
			g.ID = freeID(taken, config.Slug(g.Key))
		}
		if g.House != nil {
			x.anchors[g.ID] = g
			g.inner(x.anchors)
		}
		g.Row, g.Page = rows, rows/RowsPerPage+1
		rows += g.Rows()
	}
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

// references ties tasks to the processes, metrics and assets they link to.
func (l *linker) references() {
	house := map[Target]Ref{}
	for _, x := range []*Index{&l.site.Processes, &l.site.Metrics} {
		for _, g := range x.Groups {
			if g.House != nil {
				house[Target{Kind: Local, URL: PageURL(x.URL, g.Page), Anchor: g.ID}] = Ref{x.Kind, g.Key}
			}
		}
	}
	for _, p := range l.all {
		if !slices.ContainsFunc(p.Tasks, func(t Task) bool { return len(t.Links) > 0 }) {
			continue
		}
		own := p.entryTargets()
		for i := range p.Tasks {
			t := &p.Tasks[i]
			for _, link := range t.Links {
				ref, ok := own[p.Targets[link]]
				if !ok {
					ref, ok = house[p.Targets[link]]
				}
				if ok && !slices.Contains(t.Refs, ref) {
					t.Refs = append(t.Refs, ref)
				}
			}
		}
	}
}

// entryTargets are the targets by which a task means an entry of its own
// playbook: the entry's anchor, or the file it links to.
func (p *Playbook) entryTargets() map[Target]Ref {
	own := map[Target]Ref{}
	for _, kind := range []playbook.Kind{playbook.SupportProcesses, playbook.Metrics, playbook.Assets} {
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
