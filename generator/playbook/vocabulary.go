package playbook

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/markdown"
	"plumb/generator/source"
)

//go:embed words/*.yaml
var wordFiles embed.FS

// Vocabulary knows the words of every language and the site's own headings.
// It is safe for concurrent use.
type Vocabulary struct {
	own       []name
	roles     map[string]bool // names of the declared roles
	digest    source.Digest
	names     []string // of the languages, sorted
	languages map[string]func() *Words
	scratch   sync.Pool
}

// scratch is memory that decoding one page after the other needs.
type scratch struct {
	out    markdown.Writer
	sums   []byte
	packer markdown.Packer
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
	v := &Vocabulary{languages: map[string]func() *Words{}, digest: c.Digest(), roles: map[string]bool{}}
	v.scratch.New = func() any { return &scratch{} }
	for _, r := range c.Roles {
		for _, n := range append([]string{r.ID, r.Title}, r.Aliases...) {
			v.roles[Normalize(n)] = true
		}
	}
	list := v.siteHeadings(c)
	v.names = Languages()
	for _, lang := range v.names {
		v.languages[lang] = sync.OnceValue(func() *Words { return v.load(lang) })
	}
	return v, list
}

// siteHeadings takes over the headings of plumb.yaml.
func (v *Vocabulary) siteHeadings(c *config.Config) (list []diag.Diagnostic) {
	seen := map[string]string{}
	written := map[string]bool{} // keys that stand there, or are to
	for _, h := range c.Headings {
		written[h.Section.Text] = true
	}
	for _, h := range c.Headings {
		kind, ok := ParseKind(h.Section.Text)
		if !ok {
			at := c.File.Place(h.Section.Span)
			d := diag.New(diag.Error, diag.UnknownSection, at, fmt.Sprintf("no section is called “%s”", h.Section.Text), sectionHint(h.Section.Text))
			if near := diag.Nearest(h.Section.Text, KindIDs()); near != "" && !written[near] {
				d, written[near] = d.Mended(at.Replace(h.Section.Text, near)), true
			}
			list = append(list, d)
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
	if load := v.languages[tag]; load != nil {
		return load()
	}
	t, err := language.Parse(tag)
	if err == nil {
		base, _ := t.Base()
		if load := v.languages[base.String()]; load != nil {
			return load()
		}
	}
	return v.languages["en"]()
}

// A page that does not say its language is read in another than the site's if
// that knows at least moreSections more of its sections. A site's language that
// knows enoughSections is not doubted.
const (
	moreSections   = 2
	enoughSections = 4
)

// guess returns the language of a text that does not say its own, by the
// sections that its headings name; empty for the site's language, and where two
// others know equally many.
func (v *Vocabulary) guess(blocks []markdown.Block, site string) string {
	var headings []string
	for _, b := range blocks {
		if h, ok := b.(*markdown.Heading); ok {
			headings = append(headings, markdown.InlineText(h.Text))
		}
	}
	known := v.For(site).count(headings, enoughSections)
	if known >= enoughSections || len(headings)-known < moreSections {
		return ""
	}
	best, most, tie := "", known+moreSections-1, false
	for _, lang := range v.names {
		switch n := v.languages[lang]().count(headings, len(headings)); {
		case n > most:
			best, most, tie = lang, n, false
		case n == most:
			tie = true
		}
	}
	if tie {
		return ""
	}
	return best
}

// count returns how many of the headings name a section; it stops at a number
// that is enough.
func (w *Words) count(headings []string, enough int) (n int) {
	for _, h := range headings {
		if _, ok := w.section(h); ok {
			if n++; n == enough {
				break
			}
		}
	}
	return n
}
