// Package align is the alignment compiler: it reports where a playbook
// contradicts its own position, or playbooks contradict one another.
//
// A [Rule] is a value with its code, what it says and why, an example that it
// finds and one that it leaves alone; “plumb explain”, docs/rules.md and the
// tests are made from these. [Check] runs all rules on a linked site, applies
// what plumb.yaml says of them (checks:), and takes out what the authors allow,
// which it lists with their reasons.
//
// A finding rests on places in files, never on a model of what was meant. Tasks
// are compared, not judged by their words: helping a customer cut a bill is
// premium service. Words are judged only in the value proposition, and only in
// a language that the folder words knows.
package align

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// Rule is one thing that is looked for.
type Rule struct {
	Code     diag.Code
	Severity diag.Severity
	// Title is one line, without a full stop.
	Title string
	// Text says what is found and what is not, Why the reason that the rule rests
	// on: paragraphs, their lines not broken.
	Text, Why string
	// Bad is found, Good is not: lines of Markdown or YAML.
	Bad, Good string
	// Limits are the thresholds that plumb.yaml may set.
	Limits []Limit

	// One of the two is set, or both: each looks at a live playbook by itself, all
	// at the site. Both may be called while other rules run.
	each func(*run, *site.Playbook)
	all  func(*run)
}

// Limit is a threshold of a rule.
type Limit struct {
	Name              string
	Default, Min, Max int
	// Text says what is counted, with its unit.
	Text string
}

// Rules returns all rules, in the order in which they are explained.
func Rules() []*Rule {
	var out []*Rule
	for _, group := range [][]Rule{exactRules, acrossRules, playbookRules, proseRules, allowRules} {
		for i := range group {
			out = append(out, &group[i])
		}
	}
	return out
}

// Input is what is checked.
type Input struct {
	Site *site.Site
	// Said are the findings of the stages before.
	Said []diag.Diagnostic
	// Partial says that texts were dropped because of an error: what is missed
	// may stand in one of them.
	Partial bool
}

// Result is what was found.
type Result struct {
	// Findings are those of the stages before and of the rules, sorted, as the
	// site wants them.
	Findings []diag.Diagnostic
	// Silenced are those that an exception took out, sorted.
	Silenced []Silenced
}

// Silenced is a finding that the authors know of.
type Silenced struct {
	diag.Diagnostic
	Reason string `json:"reason"`
	// By is where the exception stands.
	By diag.Place `json:"by"`
	// Until is the ISO date of the last day of the exception; empty for no end.
	Until string `json:"until,omitempty"`
}

// Check runs the rules. It costs time in proportion to the size of the site.
func Check(in Input) Result {
	settings := settle(in.Site.Config)
	found := search(in, settings)
	for i := range settings.faults {
		found = append(found, &settings.faults[i])
	}
	for _, d := range in.Said {
		found = append(found, &finding{Diagnostic: d})
	}
	return judge(in, settings, found)
}

// finding is a diagnostic with the ids of the roles that it concerns, so that an
// exception can name one.
type finding struct {
	diag.Diagnostic
	roles []string
}

// run is one rule at work.
type run struct {
	Input
	rule   *Rule
	limits map[string]int
	// glance is what was read off the playbook that is looked at; rules that look at
	// it one after another share it.
	glance *glance
	found  []*finding
}

// limit returns a threshold.
func (r *run) limit(name string) int { return r.limits[name] }

// report adds a finding of the rule's own severity.
func (r *run) report(at diag.Place, message, hint string, related ...diag.Related) *finding {
	d := diag.New(r.rule.Severity, r.rule.Code, at, message, hint)
	d.Related = related
	f := &finding{Diagnostic: d}
	r.found = append(r.found, f)
	return f
}

// also is a second place that explains a finding.
func also(p *playbook.Page, at source.Span, message string) diag.Related {
	return diag.Related{Place: p.File.Place(at), Message: message}
}

// chunk is how many playbooks are looked at in one go.
const chunk = 64

// search runs all rules that are not off, those on single playbooks together, so
// that a playbook's parts are fetched from memory once.
func search(in Input, s *settings) []*finding {
	var jobs []func() []*run
	var single []*Rule
	for _, rule := range Rules() {
		if s.off(rule.Code) {
			continue
		}
		if rule.each != nil {
			single = append(single, rule)
		}
		if rule.all != nil {
			jobs = append(jobs, func() []*run {
				r := s.run(in, rule)
				rule.all(r)
				return []*run{r}
			})
		}
	}
	for list := range slices.Chunk(in.Site.Playbooks, chunk) {
		jobs = append(jobs, func() []*run { return each(in, s, single, list) })
	}
	return parallel(jobs)
}

// each looks at some playbooks by every rule.
func each(in Input, s *settings, rules []*Rule, list []*site.Playbook) []*run {
	runs := make([]*run, len(rules))
	for i, rule := range rules {
		runs[i] = s.run(in, rule)
	}
	seen := &glance{}
	for _, p := range list {
		*seen = glance{room: seen.room}
		for i, rule := range rules {
			runs[i].glance = seen
			rule.each(runs[i], p)
		}
	}
	for _, r := range runs {
		r.glance = nil
	}
	return runs
}

// parallel does the jobs on as many goroutines as there are processors.
func parallel(jobs []func() []*run) []*finding {
	out := make([][]*run, len(jobs))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(jobs)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(jobs); i = int(next.Add(1)) - 1 {
				out[i] = jobs[i]()
			}
		})
	}
	wg.Wait()
	var found []*finding
	for _, runs := range out {
		for _, r := range runs {
			found = append(found, r.found...)
		}
	}
	return found
}

// sorted orders findings as [diag.Sort] does.
func sorted(list []*finding) []*finding {
	slices.SortStableFunc(list, func(a, b *finding) int { return a.Compare(b.Diagnostic) })
	return slices.CompactFunc(list, func(a, b *finding) bool { return a.Compare(b.Diagnostic) == 0 })
}
