package align_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"plumb/generator/align"
	"plumb/generator/diag"
)

const rulesFile = "../../docs/rules.md"

// TestRulesPage holds docs/rules.md to the rules that it is made from.
func TestRulesPage(t *testing.T) {
	want := rulesPage()
	if *update {
		if err := os.WriteFile(rulesFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(rulesFile)
	if err != nil || string(got) != want {
		t.Errorf("docs/rules.md is not what the rules say (%v); make it with: go test ./generator/align -run RulesPage -update", err)
	}
}

// rulesPage is the manual of all findings.
func rulesPage() string {
	var b strings.Builder
	b.WriteString("# What Plumb finds\n\n<!-- Made by: go test ./generator/align -run RulesPage -update -->\n\n" +
		"`plumb check` looks a site through, and so do `plumb build` and the preview. Every finding has a code; `plumb explain CODE` prints the text below.\n\n" +
		"- [Contradictions](#contradictions): where a playbook contradicts its own position, or playbooks contradict one another\n" +
		"- [Files, words and links](#files-words-and-links): what keeps a text from being understood\n" +
		"- [Saying “we know”](#saying-we-know): severities, thresholds and exceptions\n\n" +
		"An error keeps the site from being published, a warning is a likely mistake, a note is information. With `--strict` warnings count as errors.\n\n## Contradictions\n\n| code | | |\n| --- | --- | --- |\n")
	for _, r := range align.Rules() {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s |\n", r.Code, r.Code, r.Severity, strings.ReplaceAll(r.Title, "|", `\|`))
	}
	for _, r := range align.Rules() {
		rulePart(&b, r)
	}
	b.WriteString("\n## Files, words and links\n\n| code | |\n| --- | --- |\n")
	for _, c := range diag.Codes() {
		text, _ := diag.Explain(c)
		fmt.Fprintf(&b, "| [%s](#%s) | %s |\n", c, c, strings.ReplaceAll(text.Title, "|", `\|`))
	}
	for _, c := range diag.Codes() {
		text, _ := diag.Explain(c)
		fmt.Fprintf(&b, "\n### %s\n\n%s.\n\n%s", c, text.Title, fenced("text", text.Body))
	}
	b.WriteString(weKnow)
	return b.String()
}

// rulePart is the part of one rule.
func rulePart(b *strings.Builder, r *align.Rule) {
	fmt.Fprintf(b, "\n### %s\n\n**%s.** A%s.\n\n%s\n\nWhy it matters: %s\n\n", r.Code, r.Title, strings.Replace(" "+r.Severity.String(), " error", "n error", 1), r.Text, r.Why)
	fmt.Fprintf(b, "Wrong:\n\n%s\nRight:\n\n%s", fenced("text", r.Bad), fenced("text", r.Good))
	if len(r.Limits) == 0 {
		return
	}
	b.WriteString("\n| threshold | default | from | to | |\n| --- | --- | --- | --- | --- |\n")
	for _, l := range r.Limits {
		fmt.Fprintf(b, "| `%s` | %d | %d | %d | %s |\n", l.Name, l.Default, l.Min, l.Max, strings.ReplaceAll(l.Text, "|", `\|`))
	}
}

// fenced is a text as a block of code.
func fenced(lang, text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + lang + "\n" + strings.TrimRight(text, "\n") + "\n" + fence + "\n"
}

// weKnow says how to set and to silence rules.
const weKnow = "\n## Saying “we know”\n\n" + `Some contradictions are meant. Say so where they stand, with a reason:

` + "```markdown" + `
<!-- plumb: allow role-on-both-sides one person serves both brands until the shop opens in May -->
### Account manager
` + "```" + `

| the comment stands | it holds for |
| --- | --- |
| above all of the text, below the title too | the file, with its front matter |
| above or within a heading | the section of the heading |
| above a paragraph, a list or a table | that |
| within a paragraph or a row | that |
| in a list item | the item |

Several may stand below one another. An exception silences a finding if it holds for any of the places that the finding shows.

Or in plumb.yaml, where rules are set as well:

` + "```yaml" + `
checks:
  metric-without-definition: {severity: note}   # off, note, warning, error
  role-on-both-sides: {apart: 60}               # a threshold of the rule
  allow:
    - code: role-on-both-sides
      role: legal                     # an id of the register; optional
      path: playbooks/basix           # a file, a folder, a pattern such as playbooks/*/x.md; optional
      reason: One department for both brands
      until: 2027-06-30               # the last day; optional
` + "```" + `

What is silenced is counted, and listed with its reason by ` + "`plumb check --silenced`" + ` and in JSON and SARIF. An exception without a reason, past its end or without effect is itself a finding. Errors of
[files, words and links](#files-words-and-links) can be neither silenced nor turned off: they keep a page from being made.
`
