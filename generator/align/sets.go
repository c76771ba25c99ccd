package align

import (
	"cmp"
	"iter"
	"slices"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

// Two playbooks are a copy where their sets share most of their items. To compare
// all pairs would be quadratic, so sets are found by what they must share
// (prefix filtering: Chaudhuri, Ganti, Kaushik, “A Primitive Operator for
// Similarity Joins in Data Cleaning”, ICDE 2006; with several items together as
// in Wang, Li, Feng, “Can We Beat the Prefix Filtering?”, SIGMOD 2012):
//
// Let all items have one order. Two sets that share at least c items share some
// L items that are the first L of what they share. In a set of n items the last of
// these stands no further than at n−c+L, for c−L shared ones are behind it. So
// every set is indexed by all ways to take L of its first n−c+L items, c being
// what it has to share with the smallest set that could match it, and two sets
// that match are found below one key at least. The order is by rising frequency,
// so that what is looked at is rare and the lists are short: what nobody at the
// other end of the line has comes first, and a key that holds such an item is
// not made.
//
// L is 3, so that one common item, or two, bring no sets together. There would be
// thousands of ways to take 3 of a very large set's items: such sets, and those
// that could match one, are indexed by single items too, as many as n−c+1.

const (
	// together is L, where the limits allow it.
	together = 3
	// large is from how many items on a set is indexed by single items.
	large = 40
	// maxLooked is how many sets one is compared with at most, the farthest first:
	// it is only reached where hundreds share three of their rarest items with it.
	maxLooked = 256
)

// likeness says when two sets are a copy.
type likeness struct {
	// apart is how far apart they stand on the line, least how many items each has.
	apart playbook.Position
	least int
	// same is how many in a hundred of the larger set's items they share.
	same int
}

// needs is how many items two sets share at least, of which the larger has n.
func (l likeness) needs(n int) int { return (l.same*n + 99) / 100 }

// shelf is a topic in all playbooks that have it.
type shelf struct {
	likeness
	topic
	sets []*set
	// byKey are the numbers of the items as they are met, all what is known of
	// each.
	byKey map[string]int32
	all   []frequency
	// room is for the items of one playbook after the other.
	room []int32
	// index are the sets by what they must share, in order on the line.
	index map[uint64][]*set
}

// frequency is how often an item stands on the shelf, and between which
// positions.
type frequency struct {
	count     int32
	last      int32 // the number of the set that has it last, from 1
	rank      int32 // in the order
	low, high playbook.Position
}

// set is what one playbook has of a topic.
type set struct {
	playbook *site.Playbook
	// items are ranks of the shelf's order, ascending; own is how many of the first
	// of them nobody at the other end has. Until there is an order they are numbers.
	items []int32
	own   int
	// looked is the set that was compared with it last.
	looked *set
}

// match is a set at the other end of the line that is a copy.
type match struct {
	*set
	shared int
}

// shelves gathers the topics of the kinds from all playbooks. A role that is
// shared does the same at both ends by intent.
func shelves(l likeness, list []*site.Playbook, kinds []playbook.Kind) []*shelf {
	var out []*shelf
	byTopic := map[topic]*shelf{}
	for _, p := range list {
		for _, kind := range kinds {
			for _, t := range topicsOf(p, kind) {
				if t.role != nil && t.role.Shared {
					continue
				}
				s := byTopic[t]
				if s == nil {
					s = &shelf{likeness: l, topic: t, byKey: map[string]int32{}}
					byTopic[t] = s
					out = append(out, s)
				}
				s.add(p)
			}
		}
	}
	return out
}

// add adds what a playbook has, if it has any.
func (s *shelf) add(p *site.Playbook) {
	s.room = s.room[:0]
	listed(p, s.topic, func(it Item) bool {
		if it.Key != "" {
			s.count(it.Key, p.Position)
		}
		return true
	})
	if len(s.room) > 0 {
		s.sets = append(s.sets, &set{playbook: p, items: slices.Clone(s.room)})
	}
}

// count counts an item at a position, once for the set that is being made.
func (s *shelf) count(key string, at playbook.Position) {
	n, known := s.byKey[key]
	if !known {
		n = int32(len(s.all))
		s.byKey[key] = n
		s.all = append(s.all, frequency{low: at})
	}
	f, set := &s.all[n], int32(len(s.sets)+1)
	if f.last == set {
		return
	}
	f.count, f.high, f.last = f.count+1, at, set
	s.room = append(s.room, n)
}

// order ranks the items: those that nobody has at the other end first, then by
// rising frequency. What is the rule of the house is taken out of all sets.
func (s *shelf) order() {
	numbers := make([]int32, len(s.all))
	for i := range numbers {
		numbers[i] = int32(i)
	}
	slices.SortStableFunc(numbers, func(a, b int32) int {
		f, g := &s.all[a], &s.all[b]
		return cmp.Or(s.across(f)-s.across(g), cmp.Compare(f.count, g.count))
	})
	for rank, n := range numbers {
		s.all[n].rank = int32(rank)
	}
	for _, set := range s.sets {
		s.rank(set)
	}
}

// rank makes ranks of a set's numbers.
func (s *shelf) rank(set *set) {
	kept := set.items[:0]
	for _, n := range set.items {
		f := &s.all[n]
		if s.isHouse(f) {
			continue
		}
		kept = append(kept, f.rank)
		set.own += 1 - s.across(f)
	}
	slices.Sort(kept)
	set.items = kept
}

// across is 1 for an item that stands at both ends, else 0.
func (s *shelf) across(f *frequency) int {
	if f.high-f.low >= s.apart {
		return 1
	}
	return 0
}

// isHouse reports whether an item is the rule of the house: more than half of
// five or more playbooks have it, of those that have anything of the kind.
func (s *shelf) isHouse(f *frequency) bool {
	return len(s.sets) >= 5 && int(f.count)*2 > len(s.sets)
}

// file puts the sets into the index that could match another.
func (s *shelf) file() {
	s.index = map[uint64][]*set{}
	for _, set := range s.sets {
		for key := range s.keys(set) {
			s.index[key] = append(s.index[key], set)
		}
	}
}

// keys are what a set is indexed by.
func (s *shelf) keys(set *set) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		n := len(set.items)
		c := s.needs(n)
		if n < s.least || n-set.own < c {
			return
		}
		if n <= large {
			l := min(together, s.needs(s.least))
			if !combine(l, set.items[min(set.own, n-c+l):n-c+l], uint64(l), yield) {
				return
			}
		}
		if n >= s.needs(large) {
			combine(1, set.items[min(set.own, n-c+1):n-c+1], 0, yield)
		}
	}
}

// combine yields a key for each way to take l of the items. Two ways may have
// one key: what is found by it is compared.
func combine(l int, items []int32, key uint64, yield func(uint64) bool) bool {
	if l == 0 {
		return yield(key)
	}
	for i := 0; i+l <= len(items); i++ {
		if !combine(l-1, items[i+1:], (key+uint64(items[i])+1)*0x9e3779b97f4a7c15, yield) {
			return false
		}
	}
	return true
}

// matches are the copies of a set at the higher end: those that share most first,
// then the farthest, then by path; and whether there may be more.
func (s *shelf) matches(a *set) (out []match, more bool) {
	looked := 0
	for key := range s.keys(a) {
		list := s.index[key]
		for i := len(list) - 1; i >= 0; i-- {
			b := list[i]
			if b.playbook.Position-a.playbook.Position < s.apart {
				break
			}
			if b.looked == a {
				continue
			}
			if b.looked = a; looked == maxLooked {
				return ranked(out), true
			}
			looked++
			if n := s.shared(a, b); n > 0 {
				out = append(out, match{b, n})
			}
		}
	}
	return ranked(out), false
}

func ranked(list []match) []match {
	slices.SortFunc(list, func(a, b match) int {
		return cmp.Or(b.shared-a.shared, int(b.playbook.Position-a.playbook.Position), cmp.Compare(a.playbook.File.Path, b.playbook.File.Path))
	})
	return list
}

// shared is how many items two sets share, 0 where they are too few.
func (s *shelf) shared(a, b *set) int {
	c := s.needs(max(len(a.items), len(b.items)))
	if min(len(a.items), len(b.items)) < c {
		return 0
	}
	n := 0
	for i, j := 0, 0; i < len(a.items) && j < len(b.items); {
		switch d := a.items[i] - b.items[j]; {
		case d < 0:
			i++
		case d > 0:
			j++
		default:
			i, j, n = i+1, j+1, n+1
		}
	}
	if n < c {
		return 0
	}
	return n
}
