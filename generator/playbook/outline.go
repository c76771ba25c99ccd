package playbook

import (
	"slices"
	"unique"

	"plumb/generator/source"
)

// Outline is what linking asks of every page, side by side: in a large site
// the entries and tasks of a page stand far apart in memory, and to visit them
// all would take longer than to link.
type Outline struct {
	// Heads are the headings among the selling tasks, in source order.
	Heads []Head
	// Tasks are the selling tasks in source order, Runs parts them by what they
	// stand below.
	Tasks []*Task
	Runs  []Run
	// TaskLinks are the links of the tasks, in their order.
	TaskLinks []TaskLink
	// Named are the entries that have a name: first the support processes, then
	// the metrics, then the assets.
	Named []Named
	// Measures are the names by which metrics may mean a role.
	Measures []Measure
	// Links are the page's links taken apart, one for each of Page.Links.
	Links []Link
}

// Head is a heading among the selling tasks.
type Head struct {
	*Subhead
	Key      string
	RoleNoun bool
	// Above is the index of the heading above, -1 where there is none.
	Above int32
}

// Run is tasks in a row that stand below the same headings.
type Run struct {
	// Head is the index of the innermost heading, -1 where there is none.
	Head int32
	// End is where the run's tasks end; they begin where those of the run before
	// end.
	End int32
	// Sum is of all that is shown of the tasks and of the headings above them.
	Sum source.Digest
}

// TaskLink is a link in a task.
type TaskLink struct {
	// Task counts the tasks of the page from 0, Link is an index of Page.Links.
	Task, Link int32
	// Settled says that the link leads to an anchor of this page, so that it can
	// mean nothing but the entry which has that anchor: the one of Kind with Key,
	// if Kind is set.
	Settled bool
	Kind    Kind
	Key     string
}

// Named is an entry with what tells it from others.
type Named struct {
	Kind  Kind
	Key   string
	Entry *Entry
}

// Measure is a name of whom a metric measures. A metric has one for its role,
// and behind it one for its owner: the first of them that is a role counts.
type Measure struct {
	Entry *Entry
	// Name is normalised.
	Name string
	// Explicit says that the metric calls it a role.
	Explicit bool
}

// indexed are the kinds of entries that are gathered across playbooks.
var indexed = []Kind{SupportProcesses, Metrics, Assets}

// outline fills the page's outline; all else of the page is read by then.
func (p *Page) outline() {
	o := &p.Outline
	o.Links = p.takenApart()
	o.tasks(p.Section(SellingTasks))
	for _, kind := range indexed {
		entries := p.Section(kind).Entries()
		o.Named = slices.Grow(o.Named, len(entries))
		for _, e := range entries {
			if e.Name != "" {
				e.Key = intern(e.Key)
				o.Named = append(o.Named, Named{kind, e.Key, e})
			}
		}
	}
	o.TaskLinks = p.taskLinks()
	metrics := p.Section(Metrics).Entries()
	o.Measures = make([]Measure, 0, len(metrics))
	for _, e := range metrics {
		for _, id := range []FieldID{FieldRole, FieldOwner} {
			if f := e.Field(id); f != nil && !f.Missing {
				o.Measures = append(o.Measures, Measure{e, intern(Normalize(f.Text)), id == FieldRole})
			}
		}
	}
}

// intern returns the one copy of a text that many pages hold: it takes less
// memory, and texts are compared faster that are at one place.
func intern(s string) string { return unique.Make(s).Value() }

// tasks notes the tasks and the headings among them.
func (o *Outline) tasks(s *Section) {
	o.Tasks = s.Tasks()
	o.Heads = s.heads()
	at := map[*Subhead]int32{}
	for i := range o.Heads {
		at[o.Heads[i].Subhead] = int32(i)
	}
	for i, t := range o.Tasks {
		above := int32(-1)
		for _, h := range t.Heads {
			o.Heads[at[h]].Above = above
			above = at[h]
		}
		if n := len(o.Runs); n == 0 || o.Runs[n-1].Head != above {
			o.Runs = append(o.Runs, Run{Head: above})
		}
		run := &o.Runs[len(o.Runs)-1]
		run.End = int32(i) + 1
		run.Sum = source.Sum(run.Sum[:], t.Sum[:])
	}
}

func (s *Section) heads() (out []Head) {
	if s == nil {
		return nil
	}
	for _, part := range s.Parts {
		for _, it := range part.Items {
			if h, ok := it.(*Subhead); ok {
				h.Key = intern(h.Key)
				out = append(out, Head{h, h.Key, h.RoleNoun, -1})
			}
		}
	}
	return out
}

func (p *Page) taskLinks() (out []TaskLink) {
	var byAnchor map[string]Named
	for i, t := range p.Outline.Tasks {
		for _, link := range t.Links {
			tl := TaskLink{Task: int32(i), Link: int32(link)}
			if to := p.Outline.Links[link]; to.Kind == LinkHere && to.Anchor != "" {
				if byAnchor == nil {
					byAnchor = p.entryAnchors()
				}
				e := byAnchor[to.Anchor]
				tl.Settled, tl.Kind, tl.Key = true, e.Kind, e.Key
			}
			out = append(out, tl)
		}
	}
	return out
}

// entryAnchors are the entries that tasks may mean, by their anchors.
func (p *Page) entryAnchors() map[string]Named {
	out := map[string]Named{}
	for _, kind := range indexed {
		for _, e := range p.Section(kind).Entries() {
			out[e.ID] = Named{kind, e.Key, e}
		}
	}
	return out
}
