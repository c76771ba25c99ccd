package search

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// How well a form that was found matches what was typed, in sixteenths.
const (
	matchWord    = 16
	matchForm    = 14
	matchSynonym = 12
	matchPrefix  = 11
	matchTypo    = 8
	matchAround  = 6 // the playbook or the role has it, not the entry
)

// How many groups a beginning of a word, and a slip, are understood as.
const (
	mostCompletions = 8
	mostMended      = 4
)

// understand looks a unit up.
func (x *Index) understand(u *unit) error {
	u.how, u.as, u.forms = HowNone, []string{}, map[string]bool{}
	err := x.lookUp(u)
	if err == nil && !u.phrase {
		err = x.addSynonyms(u)
	}
	x.weigh(u)
	return err
}

func (x *Index) lookUp(u *unit) error {
	if u.phrase || len(u.words) > 1 {
		return x.several(u)
	}
	word := u.words[0]
	found, err := x.find(word)
	if err != nil {
		return err
	}
	if found != nil {
		if err := x.add(u, HowWord, matchWord, word, 1, found); err != nil {
			return err
		}
	}
	if u.open {
		forms, err := x.completions(word, found)
		if err != nil {
			return err
		}
		if err := x.addForms(u, HowPrefix, matchPrefix, forms); err != nil {
			return err
		}
	}
	if u.how == HowNone {
		return x.mend(u)
	}
	return nil
}

// add lets a unit be met by entries that hold all of some groups of words, or so
// many at least. What was found first says how the unit was understood.
func (x *Index) add(u *unit, how How, match int, as string, least int, groups ...*group) error {
	hits, err := x.both(groups, least)
	if err != nil || len(hits) == 0 {
		return err
	}
	if u.how == HowNone {
		u.how = how
	}
	size := len(hits)
	for _, g := range groups {
		if len(groups) == 1 {
			size = g.count
		}
		for _, f := range g.forms {
			u.forms[f] = u.forms[f] || how != HowPrefix
		}
	}
	if how == u.how {
		u.as = append(u.as, as)
		u.size += size
		u.left = u.left || groups[0].left
	}
	u.hits = merge(u.hits, x.valued(u, hits, match), larger)
	return nil
}

// addForms lets a unit be met by the groups of forms.
func (x *Index) addForms(u *unit, how How, match int, forms []candidate) error {
	var seen []*group
	for _, f := range forms {
		g, err := x.find(f.text)
		if err != nil {
			return err
		}
		if g == nil || slices.Contains(seen, g) {
			continue
		}
		seen = append(seen, g)
		if err := x.add(u, how, match, f.text, 1, g); err != nil {
			return err
		}
	}
	return nil
}

// both returns the entries that hold words of so many groups, with the least of
// their weights.
func (x *Index) both(groups []*group, least int) ([]hit, error) {
	var all []hit
	for _, g := range groups {
		hits, err := x.hitsOf(g)
		if err != nil {
			return nil, err
		}
		all = merge(all, hits, smaller)
	}
	return slices.DeleteFunc(all, func(h hit) bool { return int(h.more) < least }), nil
}

// several looks up what is more than one word. Of a phrase, words of which the
// index knows not all entries are left to the texts. What no entry holds is met
// by those that hold half of it, and at least two words.
func (x *Index) several(u *unit) error {
	groups, missing, err := x.findAll(u.words)
	if err != nil {
		return err
	}
	as := Fold(u.text)
	if !missing {
		sure := groups
		if known := slices.DeleteFunc(slices.Clone(groups), func(g *group) bool { return u.phrase && g.left }); len(known) > 0 {
			sure = known
		}
		if err := x.add(u, HowWord, matchWord, as, len(sure), sure...); err != nil {
			return err
		}
	}
	if u.how == HowNone && !u.phrase {
		return x.add(u, HowTypo, matchTypo, as, max(2, (len(u.words)+1)/2), groups...)
	}
	return nil
}

func (x *Index) findAll(words []string) (groups []*group, missing bool, err error) {
	for _, w := range words {
		g, err := x.find(w)
		if err != nil {
			return nil, false, err
		}
		if g == nil {
			missing = true
		} else if !slices.Contains(groups, g) {
			groups = append(groups, g)
		}
	}
	return groups, missing, nil
}

// candidate is a form that what was typed may mean, with how many entries hold
// it, more or less.
type candidate struct {
	text  string
	count int
}

// completions returns the most common forms that begin with a word, of other
// groups than its own: from the shards of terms if they are few, else from those
// of words, and then fewer of a short beginning, as each may need a shard.
func (x *Index) completions(word string, own *group) ([]candidate, error) {
	names := x.terms.between(word, word+end)
	if len(names) <= 2 {
		all, err := x.beginning(names, word, own)
		return x.choose(all, mostCompletions), err
	}
	forms, err := x.known(word, word+end)
	var all []candidate
	for _, f := range forms {
		if own == nil || !slices.Contains(own.forms, f.text) {
			all = append(all, candidate{f.text, 1 << f.often})
		}
	}
	return x.choose(all, min(mostCompletions, 2*utf8.RuneCountInString(word))), err
}

// beginning returns a form of each group in some shards of terms that has one
// which begins with a word.
func (x *Index) beginning(names []string, word string, own *group) ([]candidate, error) {
	var all []candidate
	for _, name := range names {
		groups, err := x.groupsOf(name)
		if err != nil {
			return nil, err
		}
		for _, g := range groups {
			i := slices.IndexFunc(g.forms, func(f string) bool { return strings.HasPrefix(f, word) })
			if i >= 0 && g != own {
				all = append(all, candidate{g.forms[i], g.count})
			}
		}
	}
	return all, nil
}

// choose returns the candidates that most entries hold, those last that say
// little, and of forms that may be one word the first.
func (x *Index) choose(all []candidate, most int) []candidate {
	limit := x.commonBeyond()
	slices.SortFunc(all, func(a, b candidate) int {
		if a, b := a.count > limit, b.count > limit; a != b {
			if b {
				return -1
			}
			return 1
		}
		return cmp.Or(b.count-a.count, strings.Compare(a.text, b.text))
	})
	var chosen []candidate
	for _, c := range all {
		if len(chosen) == most {
			break
		}
		if !slices.ContainsFunc(chosen, func(d candidate) bool { return x.related(c.text, d.text) }) {
			chosen = append(chosen, c)
		}
	}
	return chosen
}

// commonBeyond is how many entries hold a word that says little.
func (x *Index) commonBeyond() int { return max(64, x.entries/8) }

// mend understands a word that is not there: as another form of one that is,
// else as a slip. Slips in the first letter are looked for last.
func (x *Index) mend(u *unit) error {
	word := u.words[0]
	letters := utf8.RuneCountInString(word)
	if letters < 3 {
		return nil
	}
	_, n := utf8.DecodeRuneInString(word)
	near, err := x.known(word[:n], word[:n]+end)
	if err != nil {
		return err
	}
	if forms := x.choose(x.relatives(word, near), mostMended); len(forms) > 0 {
		return x.addForms(u, HowForm, matchForm, forms)
	}
	if letters < 4 || strings.Trim(word, "0123456789") == "" {
		return nil
	}
	slips := nearest(word, near, u.open)
	if len(slips) == 0 {
		if near, err = x.known("", end); err != nil {
			return err
		}
		slips = nearest(word, near, u.open)
	}
	return x.addForms(u, HowTypo, matchTypo, x.choose(slips, mostMended))
}

func (x *Index) relatives(word string, among []form) []candidate {
	var all []candidate
	for _, f := range among {
		if x.related(word, f.text) {
			all = append(all, candidate{f.text, 1 << f.often})
		}
	}
	return all
}

// nearest returns the forms that are the fewest slips away from a word; of a
// word that may go on, their beginnings count.
func nearest(word string, among []form, open bool) []candidate {
	letters := []rune(word)
	limit := 1
	if len(letters) >= 8 {
		limit = 2
	}
	var all []candidate
	for _, f := range among {
		switch d := distance(letters, []rune(f.text), limit, open); {
		case d < limit:
			limit = d
			all = append(all[:0], candidate{f.text, 1 << f.often})
		case d == limit:
			all = append(all, candidate{f.text, 1 << f.often})
		}
	}
	return all
}

// distance is how many letters must be added, left out, changed or swapped with
// their neighbour to make one word of another, or its beginning: beyond the
// limit some larger number.
func distance(a, b []rune, limit int, beginning bool) int {
	if len(a)-len(b) > limit || !beginning && len(b)-len(a) > limit {
		return limit + 1
	}
	b = b[:min(len(b), len(a)+limit)]
	before, row := []int(nil), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next := make([]int, len(b)+1)
		next[0] = i
		for j := 1; j <= len(b); j++ {
			next[j] = min(next[j-1]+1, row[j]+1, row[j-1]+differ(a[i-1], b[j-1]))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row = row, next
		if slices.Min(row) > limit && slices.Min(before) > limit {
			return limit + 1
		}
	}
	if beginning {
		return slices.Min(row)
	}
	return row[len(b)]
}

func differ(a, b rune) int {
	if a == b {
		return 0
	}
	return 1
}

// addSynonyms lets a unit be met by the other names of what it names.
func (x *Index) addSynonyms(u *unit) error {
	for _, set := range x.synonyms {
		names := slices.ContainsFunc(set, func(m member) bool { return x.isName(u, m) })
		for _, m := range set {
			if !names || x.isName(u, m) {
				continue
			}
			groups, missing, err := x.findAll(m.words)
			if err != nil {
				return err
			}
			if missing {
				continue
			}
			if err := x.add(u, HowSynonym, matchSynonym, m.text, len(groups), groups...); err != nil {
				return err
			}
		}
	}
	return nil
}

// isName reports whether a unit holds a name, or is understood as it.
func (x *Index) isName(u *unit, m member) bool {
	if len(m.words) == 1 && len(u.words) == 1 && u.forms[m.words[0]] {
		return true
	}
	for from := range len(u.words) - len(m.words) + 1 {
		if slices.EqualFunc(u.words[from:from+len(m.words)], m.words, x.related) {
			return true
		}
	}
	return false
}

// weigh says how much a unit tells, and what has it in its title.
func (x *Index) weigh(u *unit) {
	u.idf = 16 + max(0, logarithm(x.entries+1)-logarithm(u.size+1))
	u.common = !u.phrase && (u.left || u.size > x.commonBeyond())
	if u.phrase {
		return
	}
	u.roles = make([]bool, len(x.columns))
	for i, c := range x.columns {
		u.roles[i] = slices.ContainsFunc(x.roles, func(t title) bool { return t.id == c.role && x.isTitled(u, t) })
	}
}

func (u *unit) title(x *Index, page int) {
	if u.titled == nil {
		u.titled = make([]bool, x.pages)
	}
	u.titled[page] = true
}

// isTitled reports whether a title has a unit.
func (x *Index) isTitled(u *unit, t title) bool {
	first := u.words[0]
	for i, w := range t.words {
		switch {
		case len(u.words) > 1:
			if n := i + len(u.words); n <= len(t.words) && slices.EqualFunc(u.words, t.words[i:n], x.related) {
				return true
			}
		case u.forms[w] || x.related(first, w) || u.open && strings.HasPrefix(w, first):
			return true
		}
	}
	return false
}

// logarithm is that to the base of two, in sixteenths.
func logarithm(n int) int {
	k := bits.Len(uint(n)) - 1
	return 16*k + n<<4>>k - 16
}
