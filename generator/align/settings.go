package align

import (
	"fmt"
	"strconv"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/source"
)

// settings are what plumb.yaml says of the rules.
type settings struct {
	config *config.Config
	byCode map[diag.Code]*Rule
	rules  map[diag.Code]config.Rule
	limits map[diag.Code]map[string]int
	faults []finding
}

// settle reads the settings of the rules.
func settle(c *config.Config) *settings {
	s := &settings{config: c, byCode: map[diag.Code]*Rule{}, rules: map[diag.Code]config.Rule{}, limits: map[diag.Code]map[string]int{}}
	for _, r := range Rules() {
		s.byCode[r.Code] = r
		s.limits[r.Code] = map[string]int{}
		for _, l := range r.Limits {
			s.limits[r.Code][l.Name] = l.Default
		}
	}
	written := map[string]bool{} // codes that stand there, or are to
	for _, set := range c.Checks.Rules {
		written[set.Code.Text] = true
	}
	for _, set := range c.Checks.Rules {
		code := diag.Code(set.Code.Text)
		if !s.known(code) {
			s.fail(diag.UnknownRule, set.Code.Span, fmt.Sprintf("there is no rule “%s”", code), codeHint(code))
			if near := diag.Nearest(string(code), codes()); !written[near] {
				s.mend(set.Code.Span, string(code), near)
				written[near] = true
			}
			continue
		}
		s.rules[code] = set
		for name, v := range set.Limits {
			s.limit(set, name, v)
		}
	}
	return s
}

// limit takes over one threshold. A finding of another stage has none.
func (s *settings) limit(set config.Rule, name string, v source.Value) {
	code := diag.Code(set.Code.Text)
	names := []string{"severity"}
	if rule := s.byCode[code]; rule != nil {
		for _, l := range rule.Limits {
			if names = append(names, l.Name); l.Name == name {
				s.threshold(code, l, v)
				return
			}
		}
	}
	s.fail(diag.UnknownKey, v.Span, fmt.Sprintf("the rule %s has no setting “%s”", code, name), diag.DidYouMean(name, names))
	if near := diag.Meant(name, names); s.alone(set, name, near, names) {
		s.mend(keyBefore(s.config.File, v.Span, name), name, near)
	}
}

func (s *settings) threshold(code diag.Code, l Limit, v source.Value) {
	n, err := strconv.Atoi(v.Text)
	if err != nil || n < l.Min || n > l.Max {
		s.fail(diag.WrongType, v.Span, fmt.Sprintf("“%s” of the rule %s takes a whole number from %d to %d, not “%s”", l.Name, code, l.Min, l.Max, v.Text), l.Text)
		return
	}
	s.limits[code][l.Name] = n
}

func (s *settings) fail(c diag.Code, at source.Span, message, hint string) {
	s.faults = append(s.faults, finding{Diagnostic: diag.New(diag.Error, c, s.config.File.Place(at), message, hint)})
}

// off reports whether a rule is not to be run.
func (s *settings) off(c diag.Code) bool { return s.rules[c].Severity == "off" }

// severity returns what a finding means on this site. What keeps a page from
// being made stays an error.
func (s *settings) severity(c diag.Code, own diag.Severity) diag.Severity {
	if own == diag.Error && s.byCode[c] == nil {
		return own
	}
	for _, to := range []diag.Severity{diag.Note, diag.Warning, diag.Error} {
		if s.rules[c].Severity == to.String() {
			return to
		}
	}
	return own
}

func (s *settings) run(in Input, rule *Rule) *run {
	return &run{Input: in, rule: rule, limits: s.limits[rule.Code]}
}

// known reports whether a code is a rule's or another stage's.
func (s *settings) known(c diag.Code) bool {
	_, ok := diag.Explain(c)
	return ok || s.byCode[c] != nil
}

func codeHint(c diag.Code) string {
	if near := diag.Nearest(string(c), codes()); near != "" {
		return "did you mean “" + near + "”?"
	}
	return "“plumb explain” lists all codes"
}

// codes are those of all findings.
func codes() []string {
	var out []string
	for _, r := range Rules() {
		out = append(out, string(r.Code))
	}
	for _, c := range diag.Codes() {
		out = append(out, string(c))
	}
	return out
}
