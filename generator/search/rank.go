package search

import (
	"cmp"
	"slices"
)

// hit is an entry with a value. What more says depends: of how many words it
// holds one, or which units it meets.
type hit struct {
	key   uint64
	value int
	more  uint32
}

// merge joins two lists in the order of keys.
func merge(a, b []hit, join func(a, b int) int) []hit {
	if len(a) == 0 {
		return slices.Clone(b)
	}
	all := make([]hit, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].key < b[0].key:
			all, a = append(all, a[0]), a[1:]
		case a[0].key > b[0].key:
			all, b = append(all, b[0]), b[1:]
		default:
			all = append(all, hit{a[0].key, join(a[0].value, b[0].value), a[0].more + b[0].more})
			a, b = a[1:], b[1:]
		}
	}
	return append(append(all, a...), b...)
}

func larger(a, b int) int  { return max(a, b) }
func smaller(a, b int) int { return min(a, b) }
func sum(a, b int) int     { return a + b }

// kindValues say what a kind is worth, fieldValues what it is worth where a word
// stands, by its weight: in a body, in a long head, a short one, a very short
// one.
var (
	kindValues  = [kindCount]int{KindPlaybook: 22, KindTask: 17, KindObjection: 17, KindProcess: 18, KindMetric: 17, KindAsset: 14, KindBuyer: 15, KindSection: 12, KindPage: 16}
	fieldValues = [4]int{4, 8, 10, 12}
)

// valued turns weights into values. It notes which pages have the unit in their
// title.
func (x *Index) valued(u *unit, hits []hit, match int) []hit {
	all := make([]hit, len(hits))
	for i, h := range hits {
		page, column, _ := x.apart(h.key)
		kind := x.columns[column].kind
		if h.value > 0 && (kind == KindPlaybook || kind == KindPage) {
			u.title(x, page)
		}
		all[i] = hit{h.key, match * kindValues[kind] * fieldValues[h.value], 0}
	}
	return all
}

// Entries are ranked in tiers before all else: those with all units, those with
// more than half, the others.
const (
	tierNone = iota - 1
	tierSome
	tierMost
	tierAll
)

// ranked is an entry that is a result if its tier is.
type ranked struct {
	key    uint64
	page   int
	column int
	tier   int
	score  int
	fails  int // which filters it does not pass, by bits
}

// needs are the units that an entry must meet to have all of the question.
type needs struct {
	all     uint32 // those that are needed
	phrases uint32 // those that nothing makes up for
	idf     int
}

func needed(units []*unit) (n needs) {
	for _, alsoCommon := range []bool{false, true} {
		for i, u := range units {
			if alsoCommon || !u.common {
				n.all |= 1 << i
				n.idf += u.idf
			}
			if u.phrase {
				n.phrases |= 1 << i
			}
		}
		if n.all != 0 {
			break
		}
	}
	return n
}

// rank finds and orders all results.
func (x *Index) rank(units []*unit, q *Query) []ranked {
	var union []hit
	for i, u := range units {
		scaled := slices.Clone(u.hits)
		for j := range scaled {
			scaled[j].value *= u.idf
			scaled[j].more = 1 << i
		}
		union = merge(union, scaled, sum)
	}
	n, f := needed(units), x.filter(q)
	all := make([]ranked, 0, len(union))
	for _, h := range union {
		page, column, _ := x.apart(h.key)
		r := ranked{key: h.key, page: page, column: column}
		r.tier, r.score = x.score(units, n, h, page, column)
		r.score *= x.factor(page, column, q.Role)
		r.fails = f.fails(page, column)
		all = append(all, r)
	}
	least := leastTier(all)
	all = slices.DeleteFunc(all, func(r ranked) bool { return r.tier < least })
	slices.SortFunc(all, func(a, b ranked) int {
		return cmp.Or(b.tier-a.tier, b.score-a.score, cmp.Compare(a.key, b.key))
	})
	return all
}

// score completes an entry's score by what its playbook and its role have in
// their titles, and says its tier.
func (x *Index) score(units []*unit, n needs, h hit, page, column int) (tier, score int) {
	if h.more&n.all == 0 || h.more&n.phrases != n.phrases {
		return tierNone, 0
	}
	score = h.value
	met := 0
	for i, u := range units {
		if h.more>>i&1 == 0 {
			if !u.around(page, column) {
				continue
			}
			h.more |= 1 << i
			score += u.idf * matchAround * kindValues[x.columns[column].kind] * fieldValues[0]
		}
		if n.all>>i&1 == 1 {
			met += u.idf
		}
	}
	switch {
	case h.more&n.all == n.all:
		return tierAll, score
	case 2*met > n.idf:
		return tierMost, score
	}
	return tierSome, score
}

// around reports whether a page's or a role's title has a unit.
func (u *unit) around(page, column int) bool {
	return u.titled != nil && u.titled[page] || u.roles != nil && u.roles[column]
}

// factor is eight times what an entry counts: more if it is what the whole house
// shares, half as much again if it is of the reader's role, half if it is
// another's task.
func (x *Index) factor(page, column int, role string) int {
	c := x.columns[column]
	factor := 8
	if page >= len(x.positions) && (c.kind == KindProcess || c.kind == KindMetric) {
		factor = 10
	}
	switch {
	case role == "" || c.role == "":
		return factor
	case c.role == role:
		return factor * 3 / 2
	case c.kind == KindTask:
		return factor / 2
	}
	return factor
}

// leastTier says what counts as a result: what has more than half of the
// question; but where nothing has all of it and little more than half, whatever
// has some.
func leastTier(all []ranked) int {
	most := 0
	for _, r := range all {
		if r.tier == tierAll {
			return tierMost
		}
		most += btoi(r.tier == tierMost)
	}
	if most >= enough {
		return tierMost
	}
	return tierSome
}

// enough is how many results with more than half of a question are enough.
const enough = 10
