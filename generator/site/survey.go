package site

import "plumb/generator/playbook"

// survey is what a chunk of the pages holds that matters to all of them: it is
// small, while the pages are all over the memory.
type survey struct {
	// named are what metrics call roles, normalised; heads are the headings among
	// the tasks, of those that make no difference the first.
	named map[string]bool
	heads []*playbook.Head
	// items are the entries for the indexes, groups what they are called, ends
	// where the items of each page end.
	items  []item
	groups []itemGroup
	ends   []int
}

// item is an entry with its group, an index of survey.groups.
type item struct {
	group int
	entry *playbook.Entry
}

// itemGroup are the entries of one key in one index.
type itemGroup struct {
	shelf int // an index of gathered
	key   string
	uses  int
	to    *filling
}

// survey fills the slots of a chunk of the pages, and surveys them.
func (l *linker) survey(from, to int) *survey {
	pages := l.in.Pages[from:to]
	n := 0
	for i := from; i < to; i++ {
		l.fill(i)
		n += len(l.in.Pages[i].Outline.Named)
	}
	s := &surveyor{}
	s.named, s.items, s.ends = map[string]bool{}, make([]item, 0, n), make([]int, 0, len(pages))
	for i := range s.known {
		s.known[i] = map[string]int{}
	}
	for i := range s.seen {
		s.seen[i] = map[string]bool{}
	}
	for i := from; i < to; i++ {
		if p := l.slots[i].Page.Page; p != nil && p.IsPlaybook() {
			s.callings(&p.Outline)
			if p.Meta.Status != playbook.Retired {
				s.entries(p.Outline.Named)
			}
		}
		s.ends = append(s.ends, len(s.items))
	}
	return &s.survey
}

// surveyor makes a survey.
type surveyor struct {
	survey
	seen  [2]map[string]bool            // keys of heads: of groups, of those that read as a role
	known [len(gathered)]map[string]int // groups by key
}

// callings notes what may be a role.
func (s *surveyor) callings(o *playbook.Outline) {
	for i := range o.Measures {
		if m := &o.Measures[i]; m.Explicit && !s.named[m.Name] {
			s.named[m.Name] = true
		}
	}
	for i := range o.Heads {
		h := &o.Heads[i]
		seen := s.seen[0]
		if h.RoleNoun {
			seen = s.seen[1]
		}
		if !seen[h.Key] {
			seen[h.Key] = true
			s.heads = append(s.heads, h)
		}
	}
}

// entries notes entries for the indexes.
func (s *surveyor) entries(named []playbook.Named) {
	shelf := 0
	for i := range named {
		e := &named[i]
		for gathered[shelf] != e.Kind {
			shelf = (shelf + 1) % len(gathered)
		}
		group, known := s.known[shelf][e.Key]
		if !known {
			group = len(s.groups)
			s.known[shelf][e.Key] = group
			s.groups = append(s.groups, itemGroup{shelf: shelf, key: e.Key})
		}
		s.groups[group].uses++
		s.items = append(s.items, item{group, e.Entry})
	}
}

// of returns the items of a page, by its place in the chunk.
func (s *survey) of(i int) []item {
	from := 0
	if i > 0 {
		from = s.ends[i-1]
	}
	return s.items[from:s.ends[i]]
}
