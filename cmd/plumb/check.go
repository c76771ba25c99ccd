package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"plumb/generator"
	"plumb/generator/output"
)

func checkCommand(v *voice) *cobra.Command {
	var flags siteFlags
	c := &cobra.Command{
		Use:   "check [DIR]",
		Short: "Say what is wrong with the site, writing nothing",
		Long: "Check makes every page of the site in DIR (default: the current folder), writes none of\n" +
			"them, and prints what is wrong. “plumb explain CODE” explains a finding by its code.",
		Args: atMost(1, "folder"),
		RunE: func(c *cobra.Command, args []string) error {
			begun := time.Now()
			f, err := flags.open(c, args)
			if err != nil {
				return err
			}
			defer f.root.Close()
			f.Progress = v.progress()
			report, err := generator.Build(c.Context(), f.Options, output.Discard{})
			if err != nil {
				return f.fault(err)
			}
			if err := v.findings(report.Diagnostics, flags.format, f.prefix()); err != nil {
				return err
			}
			if flags.timing {
				v.closing(report.String())
			}
			v.closing(fmt.Sprintf("%s: %s (%s)", count(report.Pages, "page"), tally(report.Diagnostics), since(begun)))
			if flags.failed(report.Diagnostics) {
				return errContent
			}
			return nil
		},
	}
	flags.register(c, v)
	return c
}

func versionCommand(v *voice) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: atMost(0, ""),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(v.out, "plumb", generator.Version)
			return err
		},
	}
}
