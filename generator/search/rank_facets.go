package search

import "slices"

// What an entry can fail: one bit each.
const (
	failsKind = 1 << iota
	failsRole
	failsSegment
	failsWithin
)

// filter is a question's filters by the numbers of what they let pass.
type filter struct {
	columns  []int  // what each column fails
	segments []bool // nil where every one passes
	within   *[2]int
	index    *Index
}

func (x *Index) filter(q *Query) *filter {
	f := &filter{columns: make([]int, len(x.columns)), within: q.Within, index: x}
	for i, c := range x.columns {
		if len(q.Kinds) > 0 && !slices.Contains(q.Kinds, c.kind) {
			f.columns[i] |= failsKind
		}
		everyone := c.kind == KindTask && c.role == ""
		if len(q.Roles) > 0 && !everyone && (c.role == "" || !slices.Contains(q.Roles, c.role)) {
			f.columns[i] |= failsRole
		}
	}
	if len(q.Segments) > 0 {
		f.segments = make([]bool, len(x.segments))
		for i, t := range x.segments {
			f.segments[i] = slices.Contains(q.Segments, t.id)
		}
	}
	return f
}

// fails says which filters an entry does not pass.
func (f *filter) fails(page, column int) int {
	fails := f.columns[column]
	if f.segments != nil && !slices.ContainsFunc(f.index.segmentsOf(page), func(s int) bool { return f.segments[s] }) {
		fails |= failsSegment
	}
	if f.within != nil {
		at := f.index.position(page)
		if at < 0 || at < f.within[0] || at > f.within[1] {
			fails |= failsWithin
		}
	}
	return fails
}

// segmentsOf returns the segments of a page, by their numbers.
func (x *Index) segmentsOf(page int) []int {
	if page < len(x.of) {
		return x.of[page]
	}
	return nil
}

// position is a page's on the line, -1 where it is no playbook.
func (x *Index) position(page int) int {
	if page < len(x.positions) {
		return x.positions[page]
	}
	return -1
}

// facets counts entries, each facet those that fail no filter but its own.
func (x *Index) facets(all []ranked) Facets {
	f := Facets{map[Kind]int{}, map[string]int{}, 0, map[string]int{}, map[int]int{}}
	for _, r := range all {
		c := x.columns[r.column]
		if r.fails&^failsKind == 0 {
			f.Kinds[c.kind]++
		}
		switch {
		case r.fails&^failsRole != 0:
		case c.role != "":
			f.Roles[c.role]++
		case c.kind == KindTask:
			f.Everyone++
		}
		if r.fails&^failsSegment == 0 {
			for _, s := range x.segmentsOf(r.page) {
				f.Segments[x.segments[s].id]++
			}
		}
		if at := x.position(r.page); r.fails&^failsWithin == 0 && at >= 0 {
			f.Positions[at]++
		}
	}
	return f
}
