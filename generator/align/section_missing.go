package align

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
	var missing []playbook.Kind
	for _, kind := range coreSections {
		switch s := p.Section(kind); {
		case s == nil:
			missing = append(missing, kind)
		case !says(s, lang):
			r.report(p.File.Place(sectionHeading(p, kind)), fmt.Sprintf("the section “%s” says nothing yet", sectionName(lang, kind)),
				"write it, or make the playbook a draft: status: draft")
		}
	}
	if len(missing) == 0 {
		return
	}
	format := "the sections %s are missing"
	if len(missing) == 1 {
		format = "the section %s is missing"
	}
	r.report(p.File.Place(p.Meta.PositionSpan), fmt.Sprintf(format, enumerated(missing, func(k playbook.Kind) string { return "“" + sectionName(lang, k) + "”" })), r.sectionHint(p, missing, lang))
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

// sectionHint says how to give a playbook its sections: the lines of plumb.yaml
// for the headings that are likely meant, else the headings to write.
func (r *run) sectionHint(p *site.Playbook, missing []playbook.Kind, lang string) string {
	seen := unknownHeadings(p)
	var meant []guess
	var open []playbook.Kind
	for _, kind := range missing {
		near := nearestHeading(seen, kind, lang)
		if near == "" || slices.ContainsFunc(meant, func(g guess) bool { return g.heading == near }) {
			open = append(open, kind)
			continue
		}
		meant = append(meant, guess{kind, near})
	}
	var parts []string
	if len(open) > 0 {
		parts = append(parts, "write "+enumerated(open, func(k playbook.Kind) string { return "“## " + sectionName(lang, k) + "”" }))
	}
	if len(meant) > 0 {
		parts = append([]string{r.mapping(meant, len(missing) == 1, lang)}, parts...)
	}
	if len(seen) > 0 {
		parts = append(parts, "headings that were not recognised: "+firstFew(seen, 60))
	}
	return strings.Join(parts, "; ")
}

// guess is a heading that is likely meant as a section.
type guess struct {
	kind    playbook.Kind
	heading string
}

// mapping says what to write into plumb.yaml so that headings are known; alone is
// set where nothing else is missing.
func (r *run) mapping(list []guess, alone bool, lang string) string {
	if alone {
		return fmt.Sprintf("if “%s” is it, %s", list[0].heading, r.paste(list))
	}
	return "if " + enumerated(list, func(g guess) string { return fmt.Sprintf("“%s” is “%s”", g.heading, sectionName(lang, g.kind)) }) + ", " + r.paste(list)
}

// paste is the line for plumb.yaml; where it has headings already, the lines to
// stand below that key, or the names to add to a list that is there.
func (r *run) paste(list []guess) string {
	if len(r.Site.Config.Headings) == 0 {
		var lines []string
		for _, g := range list {
			lines = append(lines, g.line())
		}
		return "paste into plumb.yaml: headings: {" + strings.Join(lines, ", ") + "}"
	}
	return "add below headings: in plumb.yaml: " + enumerated(list, func(g guess) string {
		for _, h := range r.Site.Config.Headings {
			if h.Section.Text == g.kind.String() {
				return "“" + g.heading + "” to the list " + h.Section.Text
			}
		}
		return g.line()
	})
}

// line is a line of plumb.yaml.
func (g guess) line() string { return fmt.Sprintf("%s: [%s]", g.kind, yamlText(g.heading)) }

// unknownHeadings are the different headings of a playbook that no section is
// known by.
func unknownHeadings(p *site.Playbook) (seen []string) {
	for _, h := range p.Headings {
		if h.Text != "" && !slices.Contains(seen, h.Text) {
			seen = append(seen, h.Text)
		}
	}
	return seen
}

// yamlText writes a text as an item of a YAML list in brackets.
func yamlText(s string) string {
	plain := !strings.ContainsFunc(s, func(c rune) bool { return !unicode.IsLetter(c) && c != ' ' && c != '-' })
	if first, _ := utf8.DecodeRuneInString(s); plain && unicode.IsLetter(first) && strings.TrimSpace(s) == s {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
