package align

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

// coreSections are those without which a playbook cannot be followed.
var coreSections = []playbook.Kind{
	playbook.ValueProposition, playbook.Buyers, playbook.SellingTasks, playbook.SupportProcesses, playbook.Metrics,
}

// handful is how many things a message or its related places list.
const handful = 5

// languageOf returns the language that a playbook is read in, a BCP 47 tag.
func (r *run) languageOf(p *site.Playbook) string {
	return cmp.Or(p.Meta.Lang, r.Site.Config.Language)
}

// sectionMissing looks for the core sections. Where plumb.yaml could not be read
// its headings may name them.
func sectionMissing(r *run, p *site.Playbook) {
	if r.Site.Config.Broken {
		return
	}
	lang := r.languageOf(p)
	for _, kind := range coreSections {
		s := p.Section(kind)
		if s != nil && says(s, lang) {
			continue
		}
		name := sectionName(lang, kind)
		if s == nil {
			r.report(p.File.Place(p.Meta.PositionSpan), fmt.Sprintf("the section “%s” is missing", name), r.sectionHint(p, kind, lang))
			continue
		}
		r.report(p.File.Place(p.Meta.PositionSpan), fmt.Sprintf("the section “%s” says nothing yet", name), "write it, or make the playbook a draft: status: draft",
			also(p.Page.Page, s.Parts[0].Heading.Span, "it begins here"))
	}
}

// sectionName returns what a section is usually called in a language.
func sectionName(lang string, k playbook.Kind) string {
	name := playbook.SectionNames(lang, k)[0]
	first, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[n:]
}

// says reports whether a section says more than that it is to follow.
func says(s *playbook.Section, lang string) bool {
	return slices.ContainsFunc(s.Parts, func(p *playbook.Part) bool {
		return p.StatementText != "" || slices.ContainsFunc(p.Items, func(it playbook.Item) bool { return itemSays(it, lang) })
	})
}

func itemSays(it playbook.Item, lang string) bool {
	switch it := it.(type) {
	case *playbook.Prose:
		return !playbook.IsMissing(lang, it.Text)
	case *playbook.FieldList:
		return slices.ContainsFunc(it.Fields, func(f playbook.Field) bool { return !f.Missing })
	case *playbook.EntryTable:
		return slices.ContainsFunc(it.Rows, func(e *playbook.Entry) bool { return entrySays(e, lang) })
	case *playbook.TaskList:
		return slices.ContainsFunc(it.Tasks, func(t *playbook.Task) bool { return !playbook.IsMissing(lang, t.Text) })
	}
	return true
}

// entrySays reports whether a row of a table holds anything.
func entrySays(e *playbook.Entry, lang string) bool {
	return !playbook.IsMissing(lang, e.Name) || slices.ContainsFunc(e.Fields, func(f playbook.Field) bool { return !f.Missing })
}

// sectionHint says how to give a playbook a section: the line of plumb.yaml for
// the heading that is most likely meant, else the heading to write.
func (r *run) sectionHint(p *site.Playbook, kind playbook.Kind, lang string) string {
	var seen []string
	for _, h := range p.Headings {
		if h.Text != "" && !slices.Contains(seen, h.Text) {
			seen = append(seen, h.Text)
		}
	}
	write := fmt.Sprintf("write “## %s”", sectionName(lang, kind))
	if len(seen) == 0 {
		return write
	}
	list := "headings that were not recognised: " + firstFew(seen)
	if near := nearestHeading(seen, kind, lang); near != "" {
		return fmt.Sprintf("%s; if “%s” is it, paste into plumb.yaml: headings: {%s: [%s]}", list, near, kind, yamlText(near))
	}
	return write + "; " + list
}

// firstFew lists the first few of some texts.
func firstFew(list []string) string {
	var b strings.Builder
	for i, s := range list {
		if i == handful {
			fmt.Fprintf(&b, " and %d more", len(list)-i)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("“" + playbook.Shorten(s, 60) + "”")
	}
	return b.String()
}

// yamlText writes a text as an item of a YAML list in brackets.
func yamlText(s string) string {
	plain := !strings.ContainsFunc(s, func(c rune) bool { return !unicode.IsLetter(c) && c != ' ' && c != '-' })
	if first, _ := utf8.DecodeRuneInString(s); plain && unicode.IsLetter(first) && strings.TrimSpace(s) == s {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// nearestHeading returns the heading that is most likely meant as a kind of
// section: a slip of one of its names, else the one of whose words the longer
// words of a name take the largest share; empty where none is near.
func nearestHeading(headings []string, kind playbook.Kind, lang string) string {
	names := telling(lang, kind)
	best, most := "", minShare
	for _, h := range headings {
		key := playbook.Normalize(h)
		if share := names.share(key); share > most {
			best, most = h, share
		}
	}
	return best
}

// minShare is of what share of a heading's longer words a name has to be more, and
// minSlip how many letters a heading has that may be a slip of a name.
const (
	minShare = 0.4
	minSlip  = 8
)

// tellingNames are the names of a kind of section, normalised, and the words of
// each that tell something.
type tellingNames struct {
	names []string
	words [][]string
}

// tellingTables are the telling names by language.
var tellingTables = func() map[string]func() map[playbook.Kind]tellingNames {
	tables := map[string]func() map[playbook.Kind]tellingNames{}
	for _, lang := range playbook.Languages() {
		tables[lang] = sync.OnceValue(func() map[playbook.Kind]tellingNames {
			out := map[playbook.Kind]tellingNames{}
			for _, kind := range coreSections {
				out[kind] = newTellingNames(playbook.SectionNames(lang, kind))
			}
			return out
		})
	}
	return tables
}()

func telling(lang string, kind playbook.Kind) tellingNames {
	table, ok := tellingTables[playbook.BaseLanguage(lang)]
	if !ok {
		table = tellingTables["en"]
	}
	return table()[kind]
}

// minTelling is how many letters a word has that tells something.
const minTelling = 4

// tellsNothing are longer words that stand in headings of all kinds.
var tellsNothing = wordsIn("what with your when that this them they does from para como quem avec pour nous wann womit wenn eine")

func newTellingNames(names []string) (t tellingNames) {
	for _, name := range names {
		key := playbook.Normalize(name)
		t.names, t.words = append(t.names, key), append(t.words, tellingWords(key))
	}
	return t
}

// tellingWords returns the longer words of a normalised text, without the mark of
// the plural; of one word that.
func tellingWords(key string) (words []string) {
	for w := range strings.FieldsSeq(key) {
		if utf8.RuneCountInString(w) >= minTelling && !tellsNothing[w] || w == key {
			words = append(words, strings.TrimSuffix(w, "s"))
		}
	}
	return words
}

// share returns how much of a normalised heading is a name.
func (t tellingNames) share(heading string) (share float64) {
	if slices.Contains(t.names, heading) {
		return 0 // it stands where it opens no section: to map it would not help
	}
	if strings.ContainsFunc(heading, isUnspaced) {
		for _, name := range t.names {
			if strings.Contains(heading, name) {
				share = max(share, float64(len(name))/float64(len(heading)))
			}
		}
		return share
	}
	if utf8.RuneCountInString(heading) >= minSlip && diag.Nearest(heading, t.names) != "" {
		return 1
	}
	words := tellingWords(heading)
	for _, name := range t.words {
		if len(name) > 0 && !slices.ContainsFunc(name, func(w string) bool { return !slices.Contains(words, w) }) {
			share = max(share, float64(len(name))/float64(len(words)))
		}
	}
	return share
}

// stemLength is how many letters of a word tell it from others: “review”,
// “reviews” and “reviewing” are one.
const stemLength = 5

// stem returns the beginning of a normalised word that its forms share.
func stem(w string) string {
	if n := len(w) - 1; n >= 3 && w[n] == 's' {
		w = w[:n]
	}
	n := 0
	for i := range w {
		if n == stemLength {
			return w[:i]
		}
		n++
	}
	return w
}
