package align

import (
	"slices"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

// Core returns the sections without which a playbook cannot be followed.
func Core() []playbook.Kind { return slices.Clone(coreSections) }

// LimitOf returns a threshold of a rule as a site sets it; otherwise where no
// rule has it.
func LimitOf(c *config.Config, code diag.Code, name string, otherwise int) int {
	if n, ok := settle(c).limits[code][name]; ok {
		return n
	}
	return otherwise
}

// Definitions returns the different definitions of a metric, as the rule
// metric-defined-twice tells them apart: the first few, that of the whole house
// first, and how many more there are.
func Definitions(s *site.Site, g *site.Group) (texts []string, more int) {
	list, more := (&run{Input: Input{Site: s}}).definitions(g)
	for _, d := range list {
		texts = append(texts, d.text)
	}
	return texts, more
}

// RoleAt is where a finding about a role in a playbook stands.
func RoleAt(s *site.Site, p *site.Playbook, r *site.Role) diag.Pos {
	return p.File.Place(headingOf(s, p, r)).Pos
}

// SegmentAt is where a finding about a segment of a playbook stands.
func SegmentAt(p *site.Playbook, id string) diag.Pos { return p.File.Place(segmentSpan(p, id)).Pos }

// EntryAt is where a finding about an entry of a page stands.
func EntryAt(p *playbook.Page, e *playbook.Entry) diag.Pos { return p.File.Place(entryWords(p, e)).Pos }
