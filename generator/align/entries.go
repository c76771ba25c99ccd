package align

import (
	"fmt"

	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

// entryMessages are what a rule says of entries.
type entryMessages struct {
	// one is a format of an entry's name, several of how many have the fault of how
	// many there are.
	one, several, hint string
}

// minTogether is from how many entries on a fault of a playbook is one finding.
const minTogether = 3

// reportEntries reports entries of a playbook, of so many there are: one by one,
// or as one finding where they are several and no exception tells them apart.
func (r *run) reportEntries(p *site.Playbook, list []*playbook.Entry, of int, m entryMessages) {
	if len(list) < minTogether || r.allowsSome(p) {
		for _, e := range list {
			r.report(p.File.Place(entryWords(p.Page.Page, e)), fmt.Sprintf(m.one, playbook.Shorten(e.Name, 80)), m.hint)
		}
		return
	}
	r.report(p.File.Place(entryWords(p.Page.Page, list[0])), fmt.Sprintf(m.several, len(list), of), m.hint, places(p, list[1:])...)
}

// places are related places for the first few entries of a list.
func places(p *site.Playbook, list []*playbook.Entry) (out []diag.Related) {
	for i, e := range list {
		message := "“" + playbook.Shorten(e.Name, 80) + "”"
		if i == handful-1 && len(list) > handful {
			message += fmt.Sprintf(" and %d more", len(list)-handful)
		}
		if out = append(out, also(p.Page.Page, entryWords(p.Page.Page, e), message)); i == handful-1 {
			break
		}
	}
	return out
}

// allowsSome reports whether the playbook holds an exception from the rule for a
// part of its text: it is to silence that part alone.
func (r *run) allowsSome(p *site.Playbook) bool {
	for i := range p.Allows {
		if a := &p.Allows[i]; a.From > 0 && a.Code == string(r.rule.Code) {
			return true
		}
	}
	return false
}
