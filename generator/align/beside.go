package align

import (
	"slices"

	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

// Beside says of any two playbooks what the rules on copies say of those that
// they look at.
type Beside struct {
	site   *site.Site
	limits map[playbook.Kind]likeness
	house  map[topic][]string
}

// NewBeside returns what holds for a site: its limits, and what is the rule of its
// house. It costs about as much as the rules.
func NewBeside(s *site.Site) *Beside {
	x := &Beside{s, map[playbook.Kind]likeness{}, map[topic][]string{}}
	x.learn(CopiedAcross, copied)
	x.learn(KitCopiedAcross, kit)
	return x
}

func (x *Beside) learn(code diag.Code, kinds []playbook.Kind) {
	limit := func(name string) int { return LimitOf(x.site.Config, code, name, 0) }
	l := likeness{apart: playbook.Position(limit("apart")), same: limit("same"), least: limit("items")}
	for _, kind := range kinds {
		x.limits[kind] = l
	}
	for _, shelf := range shelves(l, x.site.Playbooks, kinds) {
		for key, n := range shelf.byKey {
			if shelf.isHouse(&shelf.all[n]) {
				x.house[shelf.topic] = append(x.house[shelf.topic], key)
			}
		}
		slices.Sort(x.house[shelf.topic])
	}
}

// Limits returns from how far apart on the line a copy of a kind is found, from how
// many items on each side, and how many in a hundred of the larger side's.
func (x *Beside) Limits(kind playbook.Kind) (apart, items, same int) {
	l := x.limits[kind]
	return int(l.apart), l.least, l.same
}

// House returns the keys of what is the rule of the house, sorted.
func (x *Beside) House(kind playbook.Kind, role *site.Role) []string {
	return x.house[topic{kind, role}]
}

// IsHouse reports whether a key is the rule of the house.
func (x *Beside) IsHouse(c Copy, key string) bool {
	_, found := slices.BinarySearch(x.house[topic{c.Kind, c.Role}], key)
	return found
}

// IsCopied reports whether two playbooks have too much of a kind in common for
// their distance; c is of [Copies] of the two.
func (x *Beside) IsCopied(a, b *site.Playbook, c Copy) bool {
	l, t := x.limits[c.Kind], topic{c.Kind, c.Role}
	if max(a.Position-b.Position, b.Position-a.Position) < l.apart || c.Role != nil && c.Role.Shared {
		return false
	}
	sizes := [2]int{}
	for i, p := range []*site.Playbook{a, b} {
		for it := range distinct(p, t) {
			if !x.IsHouse(c, it.Key) {
				sizes[i]++
			}
		}
	}
	shared := 0
	for _, pair := range c.Shared {
		if !x.IsHouse(c, pair[0].Key) {
			shared++
		}
	}
	return min(sizes[0], sizes[1]) >= l.least && shared >= l.needs(max(sizes[0], sizes[1]))
}

// Items returns the different things of a kind, of tasks those of a role, that a
// playbook has.
func Items(p *site.Playbook, kind playbook.Kind, role *site.Role) []Item {
	return slices.Collect(distinct(p, topic{kind, role}))
}
