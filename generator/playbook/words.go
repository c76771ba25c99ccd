package playbook

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/source"
)

//go:embed words/*.yaml
var wordFiles embed.FS

// Vocabulary knows the words of every language and the site's own headings.
// It is safe for concurrent use.
type Vocabulary struct {
	own       []name
	digest    source.Digest
	languages map[string]func() *Words
}

// Languages returns the languages that have words of their own, sorted.
func Languages() []string {
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	var out []string
	for _, f := range files {
		out = append(out, strings.TrimSuffix(f.Name(), ".yaml"))
	}
	return out
}

// NewVocabulary returns the words of all languages with the headings of a
// site's plumb.yaml before them.
func NewVocabulary(c *config.Config) (*Vocabulary, []diag.Diagnostic) {
	v := &Vocabulary{languages: map[string]func() *Words{}, digest: c.Digest()}
	list := v.siteHeadings(c)
	for _, lang := range Languages() {
		v.languages[lang] = sync.OnceValue(func() *Words { return v.load(lang) })
	}
	return v, list
}

// siteHeadings takes over the headings of plumb.yaml.
func (v *Vocabulary) siteHeadings(c *config.Config) (list []diag.Diagnostic) {
	seen := map[string]string{}
	for _, h := range c.Headings {
		kind, ok := ParseKind(h.Section.Text)
		if !ok {
			list = append(list, diag.New(diag.Error, diag.UnknownSection, c.File.Place(h.Section.Span),
				fmt.Sprintf("no section is called “%s”", h.Section.Text), sectionHint(h.Section.Text)))
			continue
		}
		for _, n := range h.Names {
			key := Normalize(n.Text)
			if other, taken := seen[key]; taken && other != h.Section.Text {
				list = append(list, diag.New(diag.Error, diag.DuplicateAlias, c.File.Place(n.Span),
					fmt.Sprintf("the heading “%s” stands for %s as well as %s", n.Text, other, h.Section.Text), "give it to one of them"))
				continue
			}
			seen[key] = h.Section.Text
			v.own = append(v.own, name{key, target{kind: kind}})
		}
	}
	return list
}

func sectionHint(id string) string {
	if near := diag.Nearest(id, KindIDs()); near != "" {
		return "did you mean “" + near + "”?"
	}
	return "sections: " + strings.Join(KindIDs(), ", ")
}

// Digest identifies what the site adds to the words of the program.
func (v *Vocabulary) Digest() source.Digest { return v.digest }

// For returns the words for a text in a language, a BCP 47 tag: those of its
// base language, with the English ones behind.
func (v *Vocabulary) For(tag string) *Words {
	t, err := language.Parse(tag)
	if err == nil {
		base, _ := t.Base()
		if load := v.languages[base.String()]; load != nil {
			return load()
		}
	}
	return v.languages["en"]()
}

// Words are the words of one language.
type Words struct {
	sections map[string]target
	fields   map[Kind][]fieldName // longest first
	values   map[string]string    // a word to the value it means
	missing  map[string]bool
	roles    roleNouns
	// function are words that do not name a field by themselves when others
	// follow: “for”.
	function []string
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

type fieldName struct {
	key string
	id  FieldID
}

// roleNouns are the words that make a heading the name of a role.
type roleNouns struct {
	ends, begins, suffixes []string
	never                  []string
	spaced                 bool // words stand apart
}

// load reads the words of a language. The files are part of the program and
// checked by its tests, so that a fault in one is a fault of the program.
func (v *Vocabulary) load(lang string) *Words {
	w := &Words{
		sections: map[string]target{}, fields: map[Kind][]fieldName{},
		values: map[string]string{}, missing: map[string]bool{},
		roles: roleNouns{spaced: lang != "ja"},
	}
	for _, n := range v.own {
		w.sections[n.key] = n.target
	}
	w.add(lang)
	if lang != "en" {
		w.add("en")
	}
	for kind := range w.fields {
		slices.SortStableFunc(w.fields[kind], func(a, b fieldName) int { return len(b.key) - len(a.key) })
	}
	return w
}

// add takes over the words of a file behind those already known.
func (w *Words) add(lang string) {
	path := "words/" + lang + ".yaml"
	raw, err := wordFiles.ReadFile(path)
	if err != nil {
		panic(err)
	}
	f, _ := source.Decode(path, raw)
	root, list := source.YAML(f, source.Span{Start: 0, End: len(f.Data)})
	if len(list) > 0 {
		panic(list[0].Message)
	}
	w.addSections(root.Get("sections"))
	for _, f := range root.Get("fields").Fields {
		kind, _ := ParseKind(f.Key)
		for _, field := range f.Value.Fields {
			for _, alias := range field.Value.Items {
				w.fields[kind] = append(w.fields[kind], fieldName{Normalize(alias.Value), FieldID(field.Key)})
			}
		}
	}
	for _, f := range root.Get("values").Fields {
		for _, word := range f.Value.Items {
			keep(w.values, Normalize(word.Value), f.Key)
		}
	}
	for _, word := range root.Get("missing").Items {
		w.missing[Normalize(word.Value)] = true
	}
	w.addRoles(root)
}

func keep[V any](m map[string]V, key string, v V) {
	if _, known := m[key]; !known && key != "" {
		m[key] = v
	}
}

func (w *Words) addSections(n *source.Node) {
	for _, f := range n.Fields {
		id, part, _ := strings.Cut(f.Key, "/")
		kind, _ := ParseKind(id)
		for _, alias := range f.Value.Items {
			keep(w.sections, Normalize(alias.Value), target{kind, FieldID(part)})
		}
	}
}

func (w *Words) addRoles(root *source.Node) {
	normal := func(n *source.Node) (out []string) {
		for _, item := range n.Items {
			out = append(out, Normalize(item.Value))
		}
		return out
	}
	nouns := root.Get("role-nouns")
	w.roles.ends = append(w.roles.ends, normal(nouns.Get("ends"))...)
	w.roles.begins = append(w.roles.begins, normal(nouns.Get("begins"))...)
	w.roles.suffixes = append(w.roles.suffixes, normal(nouns.Get("suffixes"))...)
	w.function = append(w.function, normal(root.Get("not-in-roles"))...)
	if len(w.roles.never) == 0 { // the language's own: “a” is no article in Spanish
		w.roles.never = w.function
	}
}

// section returns what a heading opens. Tried in turn: the whole heading, the
// heading without a trailing parenthesis, the parenthesis alone.
func (w *Words) section(heading string) (target, bool) {
	if t, ok := w.sections[Normalize(heading)]; ok {
		return t, true
	}
	before, inside := parentheses(heading)
	if t, ok := w.sections[Normalize(before)]; ok && before != "" {
		return t, true
	}
	t, ok := w.sections[Normalize(inside)]
	return t, ok && inside != ""
}

// maxTrailing is how many words may follow an alias in a label or a head:
// “Target month 1” is a target, a sentence that begins with “for” no customer.
const maxTrailing = 3

// field returns the field that a label or a column head names within a kind
// of section: an alias whole, else the longest one that its words begin with.
func (w *Words) field(kind Kind, label string) (FieldID, bool) {
	key := Normalize(label)
	if id, ok := w.exact(kind, key); ok {
		return id, true
	}
	for _, f := range w.fields[kind] {
		rest, ok := strings.CutPrefix(key, f.key)
		if !ok || f.key == "" || slices.Contains(w.function, f.key) || len(strings.Fields(rest)) > maxTrailing {
			continue
		}
		if rest[0] == ' ' || !w.roles.spaced && !ascii(f.key) {
			return f.id, true
		}
	}
	return "", false
}

// exactField is like field but takes whole aliases only: a label in running
// text has to be the very word.
func (w *Words) exactField(kind Kind, label string) (FieldID, bool) {
	return w.exact(kind, Normalize(label))
}

func (w *Words) exact(kind Kind, key string) (FieldID, bool) {
	for _, f := range w.fields[kind] {
		if key == f.key {
			return f.id, true
		}
	}
	return "", false
}

// maxMissing is how long, in bytes, a text may be that only says “to follow”.
const maxMissing = 40

// isMissing reports whether a text only says that something is still to come.
func (w *Words) isMissing(text string) bool {
	if len(text) > maxMissing {
		return false
	}
	key := Normalize(text)
	return key == "" || w.missing[key]
}

// maxRoleWords is how many words the name of a role may have.
const maxRoleWords = 5

// soundsLikeRole reports whether a heading reads as the name of a role.
func (w *Words) soundsLikeRole(heading string) bool {
	before, _ := parentheses(heading)
	if before == "" {
		before = heading
	}
	if strings.ContainsAny(before, "?!:.,;→") {
		return false
	}
	key := Normalize(before)
	words := strings.Fields(key)
	if len(words) == 0 || len(words) > maxRoleWords || w.roles.excludes(key, words) {
		return false
	}
	return w.roles.match(key, words)
}

func (r roleNouns) excludes(key string, words []string) bool {
	for _, n := range r.never {
		if slices.Contains(words, n) || !r.spaced && !ascii(n) && strings.Contains(key, n) {
			return true
		}
	}
	return false
}

func (r roleNouns) match(key string, words []string) bool {
	last := words[len(words)-1]
	for _, n := range r.ends {
		if endsWithWords(key, n) || endsWithWords(key, n+"s") {
			return true
		}
	}
	for _, n := range r.begins {
		if key == n || strings.HasPrefix(key, n+" ") {
			return true
		}
	}
	for _, n := range r.suffixes {
		if strings.HasSuffix(last, n) {
			return true
		}
	}
	return false
}

func endsWithWords(key, noun string) bool {
	return key == noun || strings.HasSuffix(key, noun) && key[len(key)-len(noun)-1] == ' '
}
