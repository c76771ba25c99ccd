package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// site is what all playbooks share.
type site struct {
	n         int
	seed      uint64
	clean     bool // no rule finds anything
	words     *vocabulary
	glue      *glue
	segments  []segment
	processes []string
}

type segment struct{ id, title string }

type role struct{ id, title string }

var roles = []role{
	{"account-manager", "Account manager"}, {"field-engineer", "Field engineer"}, {"inside-sales", "Inside sales"}, {"tender-desk", "Tender desk"},
	{"pricing-analyst", "Pricing analyst"}, {"service-planner", "Service planner"}, {"application-engineer", "Application engineer"}, {"parts-desk", "Parts desk"},
}

const (
	assetCount   = 40
	processCount = 30
)

func newSite(n int, seed uint64) *site {
	s := &site{n: n, seed: seed, words: newVocabulary(), glue: newGlue()}
	w := newWriter(seed, -1, s.words, s.glue)
	names := map[string]bool{}
	name := func() string {
		for {
			if name := ascii(w.name()); name != "" && !names[name] {
				names[name] = true
				return name
			}
		}
	}
	for range max(8, n/100) {
		title := name()
		s.segments = append(s.segments, segment{slug(title), title})
	}
	for range processCount {
		s.processes = append(s.processes, name())
	}
	return s
}

// ascii returns a name if it may be an id.
func ascii(name string) string {
	if len(name) > len([]rune(name)) {
		return ""
	}
	return name
}

// config is plumb.yaml.
func (s *site) config() string {
	var b strings.Builder
	b.WriteString("title: Selling playbooks\nbase_url: https://playbooks.example/\nlanguage: en\nreview_every: 12 months\n\nsegments:\n")
	rng := rand.New(rand.NewPCG(s.seed, 3))
	for _, g := range s.segments {
		fmt.Fprintf(&b, "  %s:\n    title: %s\n    criteria: [%s, %s]\n", g.id, g.title,
			s.words.nouns.words[s.words.nouns.draw(rng)].forms[0], s.words.nouns.words[s.words.nouns.draw(rng)].forms[1])
	}
	b.WriteString("\nroles:\n")
	for _, r := range roles {
		shared := ""
		if s.clean {
			shared = ", shared: true"
		}
		fmt.Fprintf(&b, "  %s: {title: %s%s}\n", r.id, r.title, shared)
	}
	b.WriteString("\nsynonyms:\n  discount: [concession, rebate]\n  swap: [replacement, exchange]\n  van: [truck]\n")
	return b.String()
}

// house returns the files that are no playbook, by their paths.
func (s *site) house() map[string]string {
	w := newWriter(s.seed, -2, s.words, s.glue)
	files := map[string]string{
		"plumb.yaml":           s.config(),
		"playbooks/index.md":   "# Selling playbooks\n\n" + w.sentences(3) + "\n",
		"playbooks/about.md":   "# About these playbooks\n\n" + w.sentences(6) + "\n\n" + w.sentences(5) + "\n",
		"playbooks/metrics.md": "# Metrics\n\n## Metrics\n\n### Price realised\n\n- Kind: lagging\n- Side: financial\n- Role: Account manager\n- Definition: price paid by list price\n- Target: 94%\n- Cadence: monthly\n",
	}
	var b strings.Builder
	b.WriteString("# Support processes\n\n## Support processes\n")
	for _, name := range s.processes {
		fmt.Fprintf(&b, "\n### %s\n\n%s **Owner:** service desk. **Ask:** hotline. **Answer within:** %d working days.\n", name, w.statement(), 1+w.rng.IntN(9))
	}
	files["playbooks/processes.md"] = b.String()
	for i := range assetCount {
		files[fmt.Sprintf("playbooks/assets/sheet-%02d.csv", i)] = fmt.Sprintf("item,amount\n%s,%d\n", w.noun(), w.rng.IntN(900))
	}
	for _, r := range roles {
		files["playbooks/roles/"+r.id+".md"] = "# " + r.title + "\n\n" + w.sentences(4) + "\n"
	}
	for _, g := range s.segments[:min(len(s.segments), 20)] {
		files["playbooks/segments/"+g.id+".md"] = "# " + g.title + "\n\n" + w.sentences(4) + "\n"
	}
	return files
}
