package align

import (
	"fmt"

	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// The codes of contradictions between playbooks.
const (
	RoleOnBothSides     diag.Code = "role-on-both-sides"
	CopiedAcross        diag.Code = "copied-across-the-line"
	KitCopiedAcross     diag.Code = "kit-copied-across-the-line"
	OneSegmentTwoAnswer diag.Code = "one-segment-two-answers"
)

// acrossRules compare playbooks with one another.
var acrossRules = []Rule{
	{
		Code: RoleOnBothSides, Severity: diag.Warning,
		Title: "A role sells at both ends of the line",
		Text: "A role has tasks of its own in playbooks on both sides of the middle that stand at least `apart` from each other. Every place is shown, up to twenty-one of both ends. " +
			"Tasks that are everyone's are not counted, nor are those of a role that plumb.yaml marks `shared: true` (it sells at no end: legal, say), or splits by `team:` with two or more teams (nobody does both). One team on both sides is still one team.\n\n" +
			"An exception at one playbook's heading of the role takes that playbook out of the evidence: the others are looked at without it.",
		Why:    "One person is asked to be a premium adviser in the morning and a cost hawk in the afternoon. What the one is hired, trained and paid for is the fault of the other: customers at one end meet somebody who concedes what they would pay for, at the other somebody who adds what they will not.",
		Bad:    "# plumb.yaml\nroles:\n  account-manager: {title: Account manager}\n\n# counter-orders.md, position: 8\n## Selling tasks\n### Account manager\n- Quote the list price and move on\n\n# fleet-contract.md, position: 92\n## Selling tasks\n### Account manager\n- Walk the site with the foreman before any offer",
		Good:   "# plumb.yaml: one of these\nroles:\n  counter-sales: {title: Counter sales}      # another role at the low end\n  account-manager: {title: Account manager, team: [Basix, Northline]}\n  legal: {title: Legal, shared: true}",
		Limits: []Limit{apartLimit("the positions of the two playbooks differ")},
		all:    rolesOnBothSides,
	},
	{
		Code: CopiedAcross, Severity: diag.Warning,
		Title: "Buyers, tasks, support or metrics are copied across the line",
		Text: "Two playbooks that stand at least `apart` have nearly the same buyers, tasks of one role, support processes or metrics: at least `same` per cent of the larger set, of sets of at least `items`. It is reported once for the playbook at the lower end, with the playbook that shares most. " +
			"Things are the same if their words are, letter case, accents, punctuation and leading numbers aside: all of a task, the name of a process or a metric, the name of a buyer and what that one buys on.\n\n" +
			"What more than half of all playbooks have that have any (of five or more) is the rule of the house and not counted. Nor are the tasks of roles that plumb.yaml marks `shared: true`.",
		Why:    "The two ends win by different things, so they need different buyers, tasks, support and metrics. Where all of it is the same, one of the two playbooks only says that it stands elsewhere: the rep does what was done before, and the customer pays for it or goes without.",
		Bad:    "# counter-orders.md, position: 8           # fleet-contract.md, position: 92\n## Metrics                                 ## Metrics\n- **Visits a week** …                      - **Visits a week** …\n- **Revenue a visit** …                    - **Revenue a visit** …\n- **Quotes sent** …                        - **Quotes sent** …",
		Good:   "# counter-orders.md, position: 8           # fleet-contract.md, position: 92\n## Metrics                                 ## Metrics\n- **Cost per order** …                     - **Price realised** …\n- **Orders without a call** …              - **Promise kept** …\n- **Exceptions granted** …                 - **Renewals** …",
		Limits: copyLimits,
		all:    func(r *run) { r.copies(copied) },
	},
	{
		Code: KitCopiedAcross, Severity: diag.Note,
		Title:  "Assets or people are copied across the line",
		Text:   "As copied-across-the-line, for assets (by their names) and people (whom to hire, what to pay and to train for, by all of the text). It is a note: a brochure may serve both ends, and a profile may, if somebody has thought about it.",
		Why:    "Whom a firm hires, what it pays them for and what it puts into their hands decides how they sell, more than what a playbook says. The same people with the same kit sell the same way.",
		Bad:    "# counter-orders.md, position: 8, and fleet-contract.md, position: 92\n## People\n- **Hire for:** drive\n- **Pay on:** revenue\n- **Train on:** closing",
		Good:   "# fleet-contract.md, position: 92\n## People\n- **Hire for:** patience on site\n- **Pay on:** promise kept and price realised\n- **Train on:** reading a fitter's day",
		Limits: copyLimits,
		all:    func(r *run) { r.copies(kit) },
	},
	{
		Code: OneSegmentTwoAnswer, Severity: diag.Warning,
		Title:  "One segment is given two answers",
		Text:   "Two live playbooks of one segment stand at least `apart` from each other on the line. It is reported once for a segment, where the lowest of its playbooks names it. Drafts and retired playbooks do not count.",
		Why:    "A segment is customers who buy on the same criteria. If some of them are best served for less and others for more, they are two segments; if they are one, one of the two playbooks is wrong about them. Until that is settled, who calls first decides what they are sold.",
		Bad:    "# tenders.md                              # partnership.md\nposition: 12                              position: 85\nsegment: hospitals                        segment: hospitals",
		Good:   "# tenders.md                              # partnership.md\nposition: 12                              position: 85\nsegment: framework-buyers                 segment: uptime-buyers",
		Limits: []Limit{apartLimit("the positions of the two playbooks differ")},
		all:    segmentsWithTwoAnswers,
	},
}

// copyLimits are the thresholds of what counts as a copy.
var copyLimits = []Limit{
	apartLimit("the positions of the two playbooks differ"),
	{Name: "same", Default: 80, Min: 50, Max: 100, Text: "of a hundred items of the larger set are in both"},
	{Name: "items", Default: 3, Min: 2, Max: 100, Text: "items that each of the two sets has, the rule of the house left out"},
}

func apartLimit(text string) Limit {
	return Limit{Name: "apart", Default: 50, Min: 10, Max: 100, Text: "points of the line by which " + text}
}

// manyPlaces is how many related places a role on both sides shows: each is a
// heading to look at.
const manyPlaces = 20

func rolesOnBothSides(r *run) {
	of := map[*site.Role][]*site.Playbook{}
	for _, p := range r.Site.Playbooks {
		for _, role := range p.Roles() {
			of[role] = append(of[role], p)
		}
	}
	for _, role := range r.Site.Roles {
		if !role.Shared && len(role.Teams) < 2 {
			r.roleOnBothSides(role, of[role])
		}
	}
}

func (r *run) roleOnBothSides(role *site.Role, list []*site.Playbook) {
	o := opposition{run: r, apart: playbook.Position(r.limit("apart")), sides: true, most: manyPlaces, roles: []string{role.ID}}
	o.span = func(p *site.Playbook) source.Span { return headingOf(r.Site, p, role) }
	o.say = func(list []*site.Playbook) {
		message := fmt.Sprintf("“%s” sells at %d in one playbook and at %d in another", role.Title, list[0].Position, list[1].Position)
		related := o.places(list[1:], func(p *site.Playbook) string { return fmt.Sprintf("at %d in “%s”", p.Position, p.Title) })
		hint := fmt.Sprintf("make two roles of it, or move the tasks of one end to a role that sells there; in plumb.yaml, “shared: true” at %s says that it sells at neither end, “team: [one, other]” that different people do it", role.ID)
		r.report(list[0].File.Place(o.span(list[0])), message, hint, related...).roles = o.roles
	}
	o.look(list)
}

func segmentsWithTwoAnswers(r *run) {
	for _, g := range r.Site.Segments {
		o := opposition{run: r, apart: playbook.Position(r.limit("apart")), most: handful}
		o.span = func(p *site.Playbook) source.Span { return segmentSpan(p, g.ID) }
		o.say = func(list []*site.Playbook) {
			message := fmt.Sprintf("the segment “%s” is sold to at %d here and at %d in “%s”", g.Title, list[0].Position, list[1].Position, list[1].Title)
			related := o.places(list[1:], func(p *site.Playbook) string { return fmt.Sprintf("at %d in “%s”", p.Position, p.Title) })
			r.report(list[0].File.Place(o.span(list[0])), message, "part the segment by what its customers buy on, or move one of the playbooks on the line", related...)
		}
		o.look(g.Playbooks)
	}
}

// copies reports the sets of some kinds that are copied across the line.
func (r *run) copies(kinds []playbook.Kind) {
	l := likeness{apart: playbook.Position(r.limit("apart")), same: r.limit("same"), least: r.limit("items")}
	for _, s := range shelves(l, r.Site.Playbooks, kinds) {
		s.order()
		s.file()
		for _, a := range s.sets {
			if list, more := s.matches(a); len(list) > 0 {
				r.copied(s, a, list, more)
			}
		}
	}
}

// copied reports the copies of one set. A partner that an exception covers is
// reported by itself, at its own place, for the exception to silence, and is
// none of the others.
func (r *run) copied(s *shelf, a *set, list []match, more bool) {
	f := copyFinding{run: r, shelf: s, set: a}
	if s.role != nil {
		f.roles = []string{s.role.ID}
	}
	free := make([]match, 0, len(list))
	for _, b := range list {
		if r.excepted(b.playbook, func() source.Span { return s.pairs(a, b.set)[0][1].Span }, f.roles...) {
			f.sayOf(b)
		} else {
			free = append(free, b)
		}
	}
	if len(free) < len(list) && r.excepted(a.playbook, func() source.Span { return s.pairs(a, list[0].set)[0][0].Span }, f.roles...) {
		free = list
	}
	if len(free) > 0 {
		f.say(free, more)
	}
}

// copyFinding is what is found of one set at the lower end.
type copyFinding struct {
	*run
	*shelf
	*set
	roles []string
}

// say reports the set with its partners, the nearest match first.
func (f *copyFinding) say(list []match, more bool) {
	var related []diag.Related
	for i, b := range list[:min(len(list), handful)] {
		text := fmt.Sprintf("%d of them at %d in “%s”", b.shared, b.playbook.Position, b.playbook.Title)
		if i == 0 {
			text = "the same here"
		}
		related = append(related, f.at(b.set, f.pairs(f.set, b.set)[0][1], text))
	}
	andMore(related, len(list)-len(related), more)
	pairs := f.pairs(f.set, list[0].set)
	f.report(f.at(f.set, pairs[0][0], "").Place, f.message(list[0], pairs), copyHint(f.kind), related...).roles = f.roles
}

// sayOf reports one partner, at its place.
func (f *copyFinding) sayOf(b match) {
	pairs := f.pairs(f.set, b.set)
	f.report(f.at(b.set, pairs[0][1], "").Place, f.message(b, pairs), copyHint(f.kind), f.at(f.set, pairs[0][0], "the same here")).roles = f.roles
}

func (f *copyFinding) at(s *set, it Item, message string) diag.Related {
	return also(s.playbook.Page.Page, headingWords(s.playbook.File, it.Span), message)
}

func (f *copyFinding) message(b match, pairs []Pair) string {
	p, q := f.playbook, b.playbook
	return fmt.Sprintf("“%s” at %d and “%s” at %d share %d of %d %s: %s", p.Title, p.Position, q.Title, q.Position,
		b.shared, max(len(f.set.items), len(b.items)), f.called(), listedNames(pairs))
}

// pairs are what two sets share, in the order of the first.
func (s *shelf) pairs(a, b *set) (out []Pair) {
	in := map[string]Item{}
	for it := range distinct(b.playbook, s.topic) {
		in[it.Key] = it
	}
	for it := range distinct(a.playbook, s.topic) {
		if other, ok := in[it.Key]; ok && !s.isHouse(&s.all[s.byKey[it.Key]]) {
			out = append(out, Pair{it, other})
		}
	}
	return out
}

// called is what a message calls the items.
func (s *shelf) called() string {
	switch s.kind {
	case playbook.Buyers:
		return "buyers"
	case playbook.SupportProcesses:
		return "support processes"
	case playbook.Metrics:
		return "metrics"
	case playbook.Assets:
		return "assets"
	case playbook.People:
		return "lines on people"
	}
	if s.role == nil {
		return "tasks"
	}
	return "tasks of “" + s.role.Title + "”"
}

// listedNames names the first items of a copy and counts the others.
func listedNames(pairs []Pair) string {
	var names []string
	for _, p := range pairs[:min(len(pairs), handful)] {
		names = append(names, "“"+playbook.Shorten(p[0].Text, 50)+"”")
	}
	if n := len(pairs) - len(names); n > 0 {
		names = append(names, fmt.Sprintf("%d more", n))
	}
	return joined(names)
}

// copyHint says what to do about a copy.
func copyHint(kind playbook.Kind) string {
	switch kind {
	case playbook.Buyers:
		return "say who buys at each end and on what: who buys on price and who buys on what it is worth seldom judge by the same things"
	case playbook.SellingTasks:
		return "write down what is done at each end: what makes it for less is left out where it sells for more; a role that serves both alike is “shared: true” in plumb.yaml"
	case playbook.SupportProcesses:
		return "name the support that each end lives on, and leave out what the lower end cannot afford"
	case playbook.Metrics:
		return "measure at each end what it wins by: cost, speed and exceptions here, price realised and promises kept there"
	case playbook.Assets:
		return "ask of each asset which end it sells for"
	}
	return "say whom each end needs: what the one is hired and paid for is the fault of the other"
}
