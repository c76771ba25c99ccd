package align

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"plumb/generator/diag"
)

// Explain returns the long text of a rule, in the form of [diag.Explain]; false
// where no rule has the code.
func Explain(c diag.Code) (diag.Explanation, bool) {
	rules := Rules()
	i := slices.IndexFunc(rules, func(r *Rule) bool { return r.Code == c })
	if i < 0 {
		return diag.Explanation{}, false
	}
	r := rules[i]
	var b strings.Builder
	b.WriteString(wrap(r.Text, "") + "\n" + wrap("Why it matters: "+r.Why, ""))
	if len(r.Limits) > 0 {
		b.WriteString("\nThresholds, set in plumb.yaml below checks: " + string(r.Code) + ":\n")
		for _, l := range r.Limits {
			b.WriteString(wrap(fmt.Sprintf("%s: %d  (%d to %d) %s", l.Name, l.Default, l.Min, l.Max, l.Text), "  "))
		}
	}
	b.WriteString("\n" + example("Wrong:   ", r.Bad) + example("Right:   ", r.Good))
	return diag.Explanation{Title: r.Title, Body: b.String()}, true
}

// example writes an example with its lines below one another.
func example(label, text string) string {
	return label + strings.ReplaceAll(text, "\n", "\n         ") + "\n"
}

// width is how many characters a line of an explanation has at most.
const width = 84

// wrap breaks paragraphs into lines, each with the indent before it.
func wrap(text, indent string) string {
	var b strings.Builder
	for i, paragraph := range strings.Split(text, "\n\n") {
		if i > 0 {
			b.WriteString("\n")
		}
		line := indent
		for _, word := range strings.Fields(paragraph) {
			if len(line) > len(indent) && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
				b.WriteString(line + "\n")
				line = indent
			}
			if len(line) > len(indent) {
				line += " "
			}
			line += word
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}
