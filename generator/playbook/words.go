package playbook

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"plumb/generator/source"
)

// Words are the words of one language.
type Words struct {
	sections map[string]target
	fields   map[Kind]map[string]FieldID
	values   map[string]string // a word to the value it means
	missing  map[string]bool
	// missingFirst are the first bytes of those words.
	missingFirst [128]bool
	roles        roleNouns
	// registered are the names of the site's declared roles.
	registered map[string]bool
	// whole are aliases that name a field by themselves only, and not when
	// other words follow: “for”, “who”.
	whole map[string]bool
	// articles may stand before the name of a section: “our buyers”.
	articles []string
	// conjunctions are left out of names of sections, where authors write “&”
	// and “+” as well.
	conjunctions []string
	// chapters stand with a number before the name of a section: “Part 2:”.
	chapters []string
	spaced   bool // words stand apart
}

// target is what a heading opens: a section, or a part of one.
type target struct {
	kind  Kind
	field FieldID
}

type name struct {
	key string
	target
}

// load reads the words of a language. The files are part of the program and
// checked by its tests, so that a fault in one is a fault of the program.
func (v *Vocabulary) load(lang string) *Words {
	w := &Words{
		sections: map[string]target{}, fields: map[Kind]map[string]FieldID{}, whole: map[string]bool{},
		values: map[string]string{}, missing: map[string]bool{}, registered: v.roles, spaced: lang != "ja",
	}
	for _, n := range v.own {
		w.sections[n.key] = n.target
	}
	w.add(lang)
	if lang != "en" {
		w.add("en")
	}
	w.roles.spaced = w.spaced
	return w
}

// wordTables are the words of each language by its name, normalised: as they
// stand in their file, read when they are first asked for.
var wordTables = func() map[string]func() *source.Node {
	tables := map[string]func() *source.Node{}
	for _, lang := range Languages() {
		tables[lang] = sync.OnceValue(func() *source.Node {
			root := wordFile(lang)
			normalizeLists(root)
			return root
		})
	}
	return tables
}()

func wordFile(lang string) *source.Node {
	path := "words/" + lang + ".yaml"
	raw, err := wordFiles.ReadFile(path)
	if err != nil {
		panic(err)
	}
	f, _ := source.Decode(path, raw)
	root, list := source.YAML(f, source.Span{Start: 0, End: len(f.Data)})
	if len(list) > 0 {
		panic(path + ": " + list[0].Message)
	}
	return root
}

// add takes over the words of a file behind those already known.
func (w *Words) add(lang string) {
	root := wordTables[lang]()
	w.articles = append(w.articles, normals(root.Get("articles"))...)
	w.conjunctions = append(w.conjunctions, normals(root.Get("and"))...)
	for _, f := range root.Get("fields").Fields {
		kind, _ := ParseKind(f.Key)
		w.addFields(kind, f.Value)
		if kind == Metrics { // the customer's have the same fields
			w.addFields(CustomerMetrics, f.Value)
		}
	}
	w.chapters = append(w.chapters, normals(root.Get("chapters"))...)
	w.addSections(root.Get("sections"))
	for _, f := range root.Get("values").Fields {
		for _, word := range normals(f.Value) {
			keep(w.values, word, f.Key)
		}
	}
	for _, word := range normals(root.Get("missing")) {
		w.missing[word] = true
		if word != "" && word[0] < utf8.RuneSelf {
			w.missingFirst[word[0]] = true
		}
	}
	for _, word := range normals(root.Get("whole")) {
		w.whole[word] = true
	}
	w.roles.add(root)
}

// normalizeLists normalises the words of all lists but abbreviations, which are
// told by their capitals.
func normalizeLists(n *source.Node) {
	for _, f := range n.Fields {
		if f.Key != "abbreviations" {
			normalizeLists(f.Value)
		}
	}
	for _, item := range n.Items {
		item.Value = Normalize(item.Value)
	}
}

// normals returns the words of a list of one of the wordTables.
func normals(n *source.Node) []string {
	if n == nil {
		return nil
	}
	out := make([]string, len(n.Items))
	for i, item := range n.Items {
		out[i] = item.Value
	}
	return out
}

// keep adds a word that is not known yet: what stands first counts.
func keep[V any](m map[string]V, key string, v V) {
	if _, known := m[key]; !known && key != "" {
		m[key] = v
	}
}

func (w *Words) addSections(n *source.Node) {
	for _, f := range n.Fields {
		id, part, _ := strings.Cut(f.Key, "/")
		kind, _ := ParseKind(id)
		for _, key := range normals(f.Value) {
			t := target{kind, FieldID(part)}
			keep(w.sections, key, t)
			keep(w.sections, withoutNumbers(key), t)
			keep(w.sections, w.withoutConjunctions(key), t)
			if part != "" { // what may head a section may be a label within one
				keep(w.fields[kind], key, FieldID(part))
			}
		}
	}
}

func (w *Words) withoutConjunctions(key string) string {
	words := strings.Fields(key)
	if len(words) < 3 {
		return key
	}
	return strings.Join(slices.DeleteFunc(words, func(s string) bool { return slices.Contains(w.conjunctions, s) }), " ")
}

func (w *Words) addFields(kind Kind, n *source.Node) {
	known := w.fields[kind]
	if known == nil {
		known = map[string]FieldID{}
		w.fields[kind] = known
	}
	for _, f := range n.Fields {
		for _, key := range normals(f.Value) {
			keep(known, key, FieldID(f.Key))
		}
	}
}

// section returns what a heading opens. Tried in turn: the whole heading, the
// heading without a trailing parenthesis, the parenthesis alone.
func (w *Words) section(heading string) (target, bool) {
	if t, ok := w.sectionNamed(heading); ok {
		return t, true
	}
	before, inside := parentheses(heading)
	if t, ok := w.sectionNamed(before); ok {
		return t, true
	}
	return w.sectionNamed(inside)
}

// sectionNamed looks a name up as it is, then without the numbers in it and
// without an article before it.
func (w *Words) sectionNamed(text string) (target, bool) {
	if len(text) > maxHeading {
		return target{}, false
	}
	if t, ok := lookUp(w.sections, text); ok {
		return t, true
	}
	key := withoutNumbers(w.withoutChapter(Normalize(text)))
	if !w.spaced {
		key = strings.TrimLeft(key, "0123456789")
	}
	for {
		if t, ok := w.sections[key]; ok {
			return t, true
		}
		first, rest, ok := strings.Cut(key, " ")
		if !ok || !slices.Contains(w.articles, first) {
			return target{}, false
		}
		key = rest
	}
}

// withoutChapter drops “section 2” and “第2章” before the name of a section.
func (w *Words) withoutChapter(key string) string {
	for _, c := range w.chapters {
		rest, found := strings.CutPrefix(key, c+" ")
		if number, name, ok := strings.Cut(rest, " "); found && ok && strings.Trim(number, "0123456789ivx") == "" {
			return name
		}
		number, found := strings.CutPrefix(key, "第")
		if name, ok := strings.CutPrefix(strings.TrimLeft(number, "0123456789一二三四五六七八九十"), c); found && ok {
			return strings.TrimSpace(name)
		}
	}
	return key
}

// maxHeading is how long, in bytes, the name of a section may be.
const maxHeading = 200

// maxTrailing is how many words may follow an alias in a label or a head:
// “Target month 1” is a target, a sentence that begins with “for” no customer.
const maxTrailing = 3

// field returns the field that a label or a column head names within a kind
// of section: an alias whole, else the longest one that its words begin with;
// the same without a trailing parenthesis.
func (w *Words) field(kind Kind, label string) (FieldID, bool) {
	if len(label) > maxHeading {
		return "", false
	}
	if id, ok := lookUp(w.fields[kind], label); ok {
		return id, true
	}
	if id, ok := w.leading(kind, Normalize(label)); ok {
		return id, true
	}
	before, _ := parentheses(label)
	if before == "" {
		return "", false
	}
	id, ok := lookUp(w.fields[kind], before)
	return id, ok
}

// leading returns the field of the longest alias that the words of a label
// begin with. In “Process owner” the alias only says whose owner it is.
func (w *Words) leading(kind Kind, key string) (FieldID, bool) {
	if !w.spaced && !ascii(key) {
		return w.leadingPart(kind, key)
	}
	words := 0
	for end := strings.LastIndexByte(key, ' '); end > 0 && words < maxTrailing; end = strings.LastIndexByte(key[:end], ' ') {
		words++
		id, ok := w.fields[kind][key[:end]]
		if !ok || w.whole[key[:end]] {
			continue
		}
		if other, ok := w.fields[kind][key[end+1:]]; ok && id == FieldName {
			return other, true
		}
		return id, true
	}
	return "", false
}

// maxTrailingRunes is maxTrailing for a script that writes no spaces.
const maxTrailingRunes = 7

// leadingPart is leading for a script that writes no spaces.
func (w *Words) leadingPart(kind Kind, key string) (FieldID, bool) {
	for end := len(key) - 1; end > 0; end-- {
		id, ok := w.fields[kind][key[:end]]
		if !ok || w.whole[key[:end]] || !mayFollow(key[:end], key[end:]) {
			continue
		}
		if other, ok := w.fields[kind][strings.TrimSpace(key[end:])]; ok && id == FieldName {
			return other, true
		}
		return id, true
	}
	return "", false
}

// mayFollow reports whether what follows an alias may belong to the same
// label: a few words or signs, and not the rest of a Latin word.
func mayFollow(alias, rest string) bool {
	if rest[0] == ' ' {
		return strings.Count(rest, " ") <= maxTrailing
	}
	return utf8.RuneCountInString(rest) <= maxTrailingRunes && (rest[0] >= utf8.RuneSelf || !ascii(alias))
}

// partNamed is like field for a heading, which has to be an alias whole or
// before a trailing parenthesis: “Customer benefits” is not the customer.
func (w *Words) partNamed(kind Kind, heading string) (FieldID, bool) {
	if id, ok := w.exactField(kind, heading); ok {
		return id, true
	}
	before, _ := parentheses(heading)
	return w.exactField(kind, before)
}

// exactField is like field but takes whole aliases only: a label in running
// text has to be the very word.
func (w *Words) exactField(kind Kind, label string) (FieldID, bool) {
	if len(label) > maxHeading {
		return "", false
	}
	id, ok := lookUp(w.fields[kind], label)
	return id, ok
}

// maxMissing is how long, in bytes, a text may be that only says “to follow”.
const maxMissing = 60

// isMissing reports whether a text only says that something is still to come:
// “TBD”, “TBD (Anna)”, “?”, “—”, nothing at all.
func (w *Words) isMissing(text string) bool {
	if len(text) > maxMissing {
		return false
	}
	if strings.Trim(text, " \n-–—_.…?") == "" {
		return true
	}
	if !w.mayBeMissing(text) {
		return false
	}
	if _, missing := lookUp(w.missing, text); missing {
		return true
	}
	before, _ := parentheses(text)
	if before == "" {
		return false
	}
	_, missing := lookUp(w.missing, before)
	return missing
}

// mayBeMissing is a quick look before normalising: no word for “to follow”
// begins with the text's first letter.
func (w *Words) mayBeMissing(text string) bool {
	for i := range len(text) {
		c := text[i] | 0x20
		switch {
		case text[i] >= utf8.RuneSelf:
			return true
		case '0' <= c && c <= '9':
			return true // a number may lead: “1. TBD”
		case 'a' <= c && c <= 'z':
			return w.missingFirst[c]
		}
	}
	return true
}
