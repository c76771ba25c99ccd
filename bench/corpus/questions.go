package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// perClass is how many questions a class has at most.
const perClass = 40

// asker finds questions that one unit alone answers: it counts in which units
// each word stands, whatever its form.
type asker struct {
	site  *site
	rng   *rand.Rand
	units []unit
	words map[string]uint32 // numbers of words, by their forms
	in    [][]int32         // by number of a word: the units that hold it
	forms map[uint32][]form // by number of a word of the vocabulary
	all   []form

	japaneseUnits []int32
}

// questions returns lines of class, query and url#anchor.
func questions(s *site, pages []*page) string {
	a := newAsker(s, pages)
	var out []string
	for _, class := range []struct {
		name string
		ask  func(unit, int32) string
	}{
		{"exact", func(u unit, i int32) string { return a.some(u.text, i, 3) }},
		{"two words", func(u unit, i int32) string { return a.some(u.text, i, 2) }},
		{"body", func(u unit, i int32) string { return a.some(u.rest, i, 3) }},
		{"prefix", a.prefix},
		{"typo", func(u unit, i int32) string { return a.typo(u, i, 5, 1) }},
		{"two typos", func(u unit, i int32) string { return a.typo(u, i, 8, 2) }},
		{"inflected", a.inflected},
		{"accented", a.accented},
		{"japanese", a.japanese},
	} {
		for _, line := range a.class(class.ask) {
			out = append(out, class.name+"\t"+line)
		}
	}
	return strings.Join(out, "\n") + "\n"
}

func newAsker(s *site, pages []*page) *asker {
	a := &asker{site: s, rng: rand.New(rand.NewPCG(s.seed, 5)), words: map[string]uint32{}, forms: map[uint32][]form{}}
	for f, base := range s.words.bases {
		a.words[f] = base
		a.all = append(a.all, f)
	}
	slices.Sort(a.all)
	for _, f := range a.all {
		a.forms[a.words[f]] = append(a.forms[a.words[f]], f)
	}
	a.in = make([][]int32, s.words.count)
	for _, p := range pages {
		for _, u := range p.units {
			a.count(u)
		}
	}
	return a
}

func (a *asker) count(u unit) {
	i := int32(len(a.units))
	a.units = append(a.units, u)
	if u.language == "ja" {
		a.japaneseUnits = append(a.japaneseUnits, i)
	}
	for _, text := range []string{u.text, u.rest} {
		for _, w := range cut(text) {
			n, known := a.words[w]
			if !known {
				n = uint32(len(a.in))
				a.words[w] = n
				a.in = append(a.in, nil)
			}
			if list := a.in[n]; len(list) == 0 || list[len(list)-1] != i {
				a.in[n] = append(list, i)
			}
		}
	}
}

// cut returns the words of a text in lower case.
func cut(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
}

// class asks about units drawn by lot until there are enough questions.
func (a *asker) class(ask func(unit, int32) string) []string {
	var out []string
	for range 60000 {
		i := int32(a.rng.IntN(len(a.units)))
		u := a.units[i]
		if u.kind == "" || u.anchor == "" {
			continue
		}
		if query := ask(u, i); query != "" {
			out = append(out, query+"\t"+u.url+"#"+u.anchor)
		}
		if len(out) == perClass {
			break
		}
	}
	return out
}

// telling returns the words of a text that few units hold, each once.
func (a *asker) telling(text string) []string {
	var out []string
	for _, w := range cut(text) {
		if len([]rune(w)) > 3 && len(a.in[a.words[w]]) <= max(3, len(a.units)/200) && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// some returns n telling words of an English text, in their order, that no other
// unit holds.
func (a *asker) some(text string, i int32, n int) string {
	words := a.telling(text)
	if a.units[i].language != "en" || len(words) < n {
		return ""
	}
	from := a.rng.IntN(len(words) - n + 1)
	words = words[from : from+n]
	if !a.alone(words, i) {
		return ""
	}
	return strings.Join(words, " ")
}

// alone reports whether unit i is the only one that holds all words.
func (a *asker) alone(words []string, i int32) bool {
	lists := make([][]int32, len(words))
	for k, w := range words {
		lists[k] = a.in[a.words[w]]
	}
	return only(lists, i)
}

// only reports whether i is all that some lists have in common.
func only(lists [][]int32, i int32) bool {
	slices.SortFunc(lists, func(x, y []int32) int { return len(x) - len(y) })
	for _, k := range lists[0] {
		if k != i && !slices.ContainsFunc(lists[1:], func(l []int32) bool { _, ok := slices.BinarySearch(l, k); return !ok }) {
			return false
		}
	}
	return true
}

// prefix cuts the last word: what begins like it must say the same unit.
func (a *asker) prefix(u unit, i int32) string {
	query := a.some(u.text, i, 3)
	if query == "" {
		return ""
	}
	words := strings.Fields(query)
	last := []rune(words[2])
	short := string(last[:max(3, len(last)*6/10)])
	var any []int32
	from, _ := slices.BinarySearch(a.all, short)
	for _, f := range a.all[from:] {
		if !strings.HasPrefix(f, short) {
			break
		}
		any = append(any, a.in[a.words[f]]...)
	}
	slices.Sort(any)
	if !only([][]int32{a.in[a.words[words[0]]], a.in[a.words[words[1]]], any}, i) {
		return ""
	}
	return words[0] + " " + words[1] + " " + short
}

// typo misspells one of two or three words so that nothing else is as near.
func (a *asker) typo(u unit, i int32, least, edits int) string {
	query := a.some(u.text, i, 2+a.rng.IntN(2))
	words := strings.Fields(query)
	k := slices.IndexFunc(words, func(w string) bool { return len([]rune(w)) >= least })
	if k < 0 {
		return ""
	}
	right := words[k]
	for range edits {
		words[k] = a.slip(words[k])
	}
	if len([]rune(words[k])) < least {
		return ""
	}
	for _, f := range a.all {
		if f == words[k] || a.words[f] != a.words[right] && oneEdit(f, words[k]) {
			return ""
		}
	}
	return strings.Join(words, " ")
}

// slip changes, drops, adds or swaps a letter behind the first.
func (a *asker) slip(word string) string {
	letters := []rune(word)
	at := 1 + a.rng.IntN(len(letters)-2)
	switch other := rune('a' + a.rng.IntN(26)); a.rng.IntN(4) {
	case 0:
		letters[at] = other
	case 1:
		letters = slices.Delete(letters, at, at+1)
	case 2:
		letters = slices.Insert(letters, at, other)
	default:
		letters[at], letters[at+1] = letters[at+1], letters[at]
	}
	return string(letters)
}

// oneEdit reports whether one change, letter more, letter less or swap makes b of
// a, or none.
func oneEdit(a, b string) bool {
	if d := len(a) - len(b); d < -4 || d > 4 { // no letter has more bytes
		return false
	}
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	n := 0
	for n < len(x) && x[n] == y[n] {
		n++
	}
	x, y = x[n:], y[n:]
	switch {
	case len(x) < len(y):
		return string(x) == string(y[1:])
	case len(x) == 0:
		return true
	}
	return string(x[1:]) == string(y[1:]) || len(x) > 1 && x[0] == y[1] && x[1] == y[0] && string(x[2:]) == string(y[2:])
}

// inflected puts one word into another form.
func (a *asker) inflected(u unit, i int32) string {
	words := strings.Fields(a.some(u.text, i, 2+a.rng.IntN(2)))
	for k, w := range words {
		if forms := a.forms[a.words[w]]; len(forms) > 1 {
			words[k] = pick(a.rng, slices.DeleteFunc(slices.Clone(forms), func(f form) bool { return f == w }))
			return strings.Join(words, " ")
		}
	}
	return ""
}

// accented leaves accents away.
func (a *asker) accented(u unit, i int32) string {
	words := a.telling(u.text)
	k := slices.IndexFunc(words, func(w string) bool { return plain(w) != w })
	if k < 0 || u.language == "ja" || len(words) < 2 {
		return ""
	}
	other := (k + 1) % len(words)
	if words = []string{words[k], words[other]}; !a.alone(words, i) {
		return ""
	}
	return plain(words[0]) + " " + plain(words[1])
}

// plain drops the accents of a word. Letters that are no letter with an accent
// (ß, ø, ł) stay.
func plain(word string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(word)))
}

// japanese asks for two expressions of a text, or one long one.
func (a *asker) japanese(u unit, i int32) string {
	if u.language != "ja" {
		return ""
	}
	runs := strings.FieldsFunc(u.text, func(r rune) bool { return unicode.Is(unicode.Hiragana, r) || unicode.IsPunct(r) })
	for k, run := range runs {
		runs[k] = strings.Trim(strings.TrimPrefix(strings.TrimPrefix(run, "毎週"), "毎月"), "前後別向")
	}
	runs = slices.DeleteFunc(runs, func(run string) bool { return len([]rune(run)) < 3 })
	runs = runs[:min(len(runs), 1+a.rng.IntN(2))]
	if len(runs) == 0 {
		return ""
	}
	for _, k := range a.japaneseUnits {
		if other := a.units[k]; k != i && !slices.ContainsFunc(runs, func(run string) bool { return !strings.Contains(other.text+"\n"+other.rest, run) }) {
			return ""
		}
	}
	return strings.Join(runs, " ")
}
