package align_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"plumb/generator/align"
)

const owned = "---\nposition: 80\nsegment: a\nreviewed: 2026-05-04\n---\n\n## Value proposition\n\nFor joiners.\n\n- **We compete on:** the lowest price\n\n## Buyers\n\nProse.\n"

// TestSettings says what plumb.yaml makes of findings: their severity and code,
// with the messages about the settings themselves.
func TestSettings(t *testing.T) {
	for _, test := range []struct{ checks, want, not string }{
		{"", "warning owner-missing", ""},
		{"owner-missing: {severity: note}", "note owner-missing", "warning owner-missing"},
		{"owner-missing: {severity: error}", "error owner-missing", "warning owner-missing"},
		{"owner-missing: {severity: off}", "", "owner-missing"},
		{"no-entries: {severity: error}", "error no-entries", ""},
		{"no-entries: {severity: off}", "", "no-entries"},
		{"owner-missing: {severity: of}", "error wrong-type: “of” is no severity (did you mean “off”?)", ""},
		{"owner-mising: {severity: off}", "error unknown-rule: there is no rule “owner-mising” (did you mean “owner-missing”?)", ""},
		{"xyz: {severity: off}", "error unknown-rule: there is no rule “xyz” (“plumb explain” lists all codes)", ""},
		{"basis-against-position: {high: 90}", "", "basis-against-position"},
		{"basis-against-position: {high: 51}", "warning basis-against-position", ""},
		{"basis-against-position: {high: 50}", "error wrong-type: “high” of the rule basis-against-position takes a whole number from 51 to 100, not “50” (the position from which on a playbook sells for more)", ""},
		{"basis-against-position: {high: many}", "error wrong-type: “high” of the rule basis-against-position takes a whole number from 51 to 100, not “many”", ""},
		{"basis-against-position: {high: 60.5}", "not “60.5”", ""},
		{"basis-against-position: {hihg: 60}", "error unknown-key: the rule basis-against-position has no setting “hihg” (did you mean “high”?)", ""},
		{"owner-missing: {days: 3}", "error unknown-key: the rule owner-missing has no setting “days” (known: severity)", ""},
		{"no-entries: {days: 3}", "error unknown-key: the rule no-entries has no setting “days”", ""},
	} {
		files := map[string]string{"playbooks/x.md": owned}
		if test.checks != "" {
			files["plumb.yaml"] = "checks:\n  " + test.checks + "\n"
		}
		var b strings.Builder
		for _, d := range judged(t, files).Findings {
			fmt.Fprintf(&b, "%s %s: %s (%s)\n", d.Severity, d.Code, d.Message, d.Hint)
		}
		if !strings.Contains(b.String(), test.want) {
			t.Errorf("%s: found are\n%s\nwant %s", test.checks, b.String(), test.want)
		}
		if test.not != "" && strings.Contains(b.String(), test.not) {
			t.Errorf("%s: found are\n%s\nwant no %s", test.checks, b.String(), test.not)
		}
	}
}

// TestRaisedFindingMayBeAllowed: a warning of another stage that a site makes an
// error is still the authors' to allow; what keeps a page from being made is not.
func TestRaisedFindingMayBeAllowed(t *testing.T) {
	const allow = "checks:\n  no-entries: {severity: error}\n  allow:\n    - {code: no-entries, reason: So it is}\n    - {code: broken-link, reason: So it is}\n"
	got := judged(t, map[string]string{"plumb.yaml": allow, "playbooks/x.md": owned + "\n[Gone](gone.md)\n"})
	if len(got.Silenced) != 1 || got.Silenced[0].Code != "no-entries" {
		t.Errorf("silenced are %+v", got.Silenced)
	}
	if s := fmt.Sprint(told(got.Findings)); !strings.Contains(s, "broken-link") {
		t.Errorf("a broken link is not found: %s", s)
	}
}

// TestLastDay reads the ends of initiatives.
func TestLastDay(t *testing.T) {
	for text, want := range map[string]string{
		"2026-03-31": "2026-03-31", "31 March 2026": "2026-03-31", "March 31st, 2026": "2026-03-31", "31.3.2026": "2026-03-31", "31. März 2026": "2026-03-31",
		"31/03/2026": "2026-03-31", "03/31/2026": "2026-03-31", "1er février 2026": "2026-02-01", "31 de marzo de 2026": "2026-03-31", "31 de março de 2026": "2026-03-31",
		"2026年3月31日": "2026-03-31", "2026年3月末": "2026-03-31", "2026年末": "2026-12-31", "2026-02": "2026-02-28", "2/2024": "2024-02-29", "Feb. 2026": "2026-02-28", "until the end of June 2026": "2026-06-30",
		"Ende 2026": "2026-12-31", "fin mars 2026": "2026-03-31", "Q3 2026": "2026-09-30", "2026-Q1": "2026-03-31", "T2 2026": "2026-06-30", "H1 2026": "2026-06-30", "2026": "2026-12-31",
		"2025-01-01 to 2026-03-31": "2026-03-31", "31 March 2026 (pilot)": "2026-03-31", "2026/3/1": "2026-03-01",
		"3/4/2026": "", "FY26": "", "FY2026": "", "FY 2026": "", "not before 2026": "", "when done": "", "2026-02-30": "", "Q5 2026": "", "1200": "", "": "", "TBD": "", "0000-01-01": "", "99999": "", "every March": "", "2026-13": "",
	} {
		day, ok := align.LastDay(text)
		got := ""
		if ok {
			got = day.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q ends on %q, want %q", text, got, want)
		}
	}
}

// FuzzOneFile gives the rules hostile playbooks: none may panic, and all end.
func FuzzOneFile(f *testing.F) {
	f.Add(owned)
	f.Add(fill(faulty, func() string { return "<!-- plumb: allow owner-missing why -->" }))
	f.Add("---\nposition: 1\nsegment: a\nlang: ja\n---\n\n## 支援プロセス\n\n### 技術審査\n\n二日。\n\n- **(x)** / \n- **/**\n")
	f.Add("---\nposition: 99\nsegment: a\nowner: \"?\"\n---\n\n## Support processes\n\n| Process |\n| --- |\n| a / b / (c) |\n| ü |\n|  |\n\n### \n\n## Metrics\n\n### **\n")
	f.Fuzz(func(t *testing.T, text string) {
		files := map[string]string{"playbooks/x.md": text, "playbooks/processes.md": text, "playbooks/metrics.md": text}
		if !strings.HasPrefix(text, "---\nposition:") || len(text) > 4000 {
			return
		}
		judged(skipper{}, files)
	})
}

// skipper leaves out what is no text at all.
type skipper struct{}

func (skipper) Fatalf(string, ...any) {}
