package main

import (
	"fmt"

	"github.com/spf13/cobra"

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
			for _, code := range diag.Codes() {
				text, _ := diag.Explain(code)
				if _, err := fmt.Fprintf(v.out, "%-24s %s\n", code, text.Title); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func explain(c *cobra.Command, v *voice, code diag.Code) error {
	text, ok := diag.Explain(code)
	if !ok {
		var known []string
		for _, c := range diag.Codes() {
			known = append(known, string(c))
		}
		return usage{c, fmt.Errorf("there is no code “%s”", code), diag.Nearest(string(code), known)}
	}
	_, err := fmt.Fprintf(v.out, "%s: %s\n\n%s", code, text.Title, text.Body)
	return err
}
