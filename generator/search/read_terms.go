package search

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// group is the forms of a word, with the entries that hold one.
type group struct {
	forms []string
	lists []string // gaps, columns, places and, where some are left out, how many there would be
	count int      // entries that hold it
	left  bool     // some of them are left out
	hits  []hit
}

// form is a form with how common its group is: 2^often entries or more.
type form struct {
	text  string
	often int
}

// end is behind all words that begin with what stands before it.
const end = "\xff"

// groupsOf reads a shard of terms.
func (x *Index) groupsOf(name string) ([]*group, error) {
	if all, ok := x.groups[name]; ok {
		return all, nil
	}
	text, err := x.text(name)
	if err != nil {
		return nil, err
	}
	var all []*group
	for _, g := range strings.Fields(text) {
		lists := strings.Split(g, ".")
		if len(lists) != 4 && len(lists) != 5 {
			return nil, broken(name, errors.New("a word without its lists"))
		}
		one := &group{forms: strings.Split(lists[0], ","), lists: lists[1:], left: len(lists) == 5}
		if one.count, err = one.size(); err != nil {
			return nil, broken(name, err)
		}
		all = append(all, one)
	}
	x.groups[name] = all
	return all, nil
}

// size counts a group's entries.
func (g *group) size() (int, error) {
	if g.left {
		n, rest, ok := number(g.lists[3])
		if !ok || rest != "" || n > 1<<30 {
			return 0, errors.New("a word without its count")
		}
		return int(n), nil
	}
	gaps, err := numbers(g.lists[0])
	return len(gaps), err
}

// find returns the group of a form, nil where there is none.
func (x *Index) find(word string) (*group, error) {
	for _, name := range x.terms.between(word, word) {
		all, err := x.groupsOf(name)
		if err != nil {
			return nil, err
		}
		for _, g := range all {
			if slices.Contains(g.forms, word) {
				return g, nil
			}
		}
	}
	return nil, nil
}

// formsOf reads a shard of words.
func (x *Index) formsOf(name string) ([]form, error) {
	if all, ok := x.lists[name]; ok {
		return all, nil
	}
	text, err := x.text(name)
	if err != nil {
		return nil, err
	}
	var all []form
	for _, w := range strings.Fields(text) {
		often := strings.IndexByte(digits, w[0])
		if often < 0 || often > 32 {
			return nil, broken(name, errors.New("a word without its digit"))
		}
		all = append(all, form{w[1:], often})
	}
	x.lists[name] = all
	return all, nil
}

// known returns all forms from one to another, in order.
func (x *Index) known(from, to string) ([]form, error) {
	var all []form
	for _, name := range x.words.between(from, to) {
		forms, err := x.formsOf(name)
		if err != nil {
			return nil, err
		}
		for _, f := range forms {
			if f.text >= from && f.text < to {
				all = append(all, f)
			}
		}
	}
	return all, nil
}

// hitsOf reads a group's lists. The value of its hits is the weight of the word.
func (x *Index) hitsOf(g *group) ([]hit, error) {
	if g.hits != nil {
		return g.hits, nil
	}
	gaps, err1 := numbers(g.lists[0])
	columns, err2 := numbers(g.lists[1])
	places, err3 := numbers(g.lists[2])
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, brokenGroup(g, err.Error())
	}
	if len(gaps) != len(columns) || len(gaps) != len(places) {
		return nil, brokenGroup(g, "lists of different lengths")
	}
	all := make([]hit, len(gaps))
	page := uint64(0)
	for i, gap := range gaps {
		page += uint64(gap)
		key, ok := x.key(page, columns[i], places[i]/4)
		if !ok || i > 0 && key <= all[i-1].key {
			return nil, brokenGroup(g, "an entry that cannot be")
		}
		all[i] = hit{key, int(places[i] % 4), 1}
	}
	g.hits = all
	return all, nil
}

func brokenGroup(g *group, what string) error {
	return fmt.Errorf("search index: the lists of %q: %s", g.forms[0], what)
}

// key is the number of an entry. Their order is that of pages, columns and
// places.
func (x *Index) key(page uint64, column, place uint32) (uint64, bool) {
	if page >= uint64(x.pages) || int(column) >= len(x.columns) || place >= maxPlace {
		return 0, false
	}
	return (page*uint64(len(x.columns))+uint64(column))*maxPlace + uint64(place), true
}

// apart is the opposite of key.
func (x *Index) apart(key uint64) (page, column, place int) {
	columns := uint64(len(x.columns))
	rest := key / maxPlace
	return int(rest / columns), int(rest % columns), int(key % maxPlace)
}

// numbers reads a whole list.
func numbers(list string) ([]uint32, error) {
	all := make([]uint32, 0, len(list))
	for list != "" {
		n, rest, ok := number(list)
		if !ok {
			return nil, errors.New("a list that is no numbers")
		}
		all = append(all, n)
		list = rest
	}
	return all, nil
}
