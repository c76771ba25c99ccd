package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"plumb/generator/align"
	"plumb/generator/diag"
)

func explainCommand(v *voice) *cobra.Command {
	return &cobra.Command{
		Use:   "explain [CODE]",
		Short: "Explain a finding by its code, or list all codes",
		Long: "Explain prints what the finding with a code means, why it matters and how to mend it,\n" +
			"with an example. The code stands in brackets behind each finding: [broken-link].\n" +
			"Without a code it lists all of them.",
		Args: atMost(1, "code"),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				return explain(c, v, diag.Code(args[0]))
			}
			for _, code := range codes() {
				text, _ := explanation(code)
				if _, err := fmt.Fprintf(v.out, "%-30s %s\n", code, text.Title); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func explain(c *cobra.Command, v *voice, code diag.Code) error {
	text, ok := explanation(code)
	if !ok {
		var known []string
		for _, c := range codes() {
			known = append(known, string(c))
		}
		return usage{c, fmt.Errorf("there is no code “%s”", code), diag.Nearest(string(code), known)}
	}
	_, err := fmt.Fprintf(v.out, "%s: %s\n\n%s", code, text.Title, text.Body)
	return err
}

// codes are those of all findings, sorted.
func codes() []diag.Code {
	list := diag.Codes()
	for _, r := range align.Rules() {
		list = append(list, r.Code)
	}
	slices.Sort(list)
	return list
}

func explanation(c diag.Code) (diag.Explanation, bool) {
	if text, ok := align.Explain(c); ok {
		return text, true
	}
	return diag.Explain(c)
}
