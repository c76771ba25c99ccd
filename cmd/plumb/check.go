package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"plumb/generator"
)

func checkCommand(v *voice) *cobra.Command {
	var flags siteFlags
	var profile profiles
	var rev string
	c := &cobra.Command{
		Use:   "check [DIR]",
		Short: "Say what is wrong with the site, writing nothing",
		Long: "Check reads the site in DIR (default: the current folder), follows its links, tries its rules,\n" +
			"and prints what is wrong. It makes no pages: what goes wrong only while a theme makes one,\n" +
			"“plumb build” finds. “plumb explain CODE” explains a finding by its code, “plumb fix” makes\n" +
			"the corrections that need no thought.\n\n" +
			"With --changed-since it prints, and counts for the exit status, only what concerns a file\n" +
			"that was touched since the branch left REV, such as origin/main: committed, edited, or new.",
		Args: atMost(1, "folder"),
		RunE: func(c *cobra.Command, args []string) error {
			if c.Flags().Changed("changed-since") {
				if err := wantRevision(c, rev); err != nil {
					return err
				}
			}
			return profile.record(func() error { return check(c, args, v, &flags, rev) })
		},
	}
	flags.registerFindings(c, v)
	c.Flags().StringVar(&rev, "changed-since", "", "print only what concerns files that the branch touched since it left `REV` (git)")
	profile.register(c)
	return c
}

func check(c *cobra.Command, args []string, v *voice, flags *siteFlags, rev string) error {
	begun := time.Now()
	f, err := flags.open(c, args)
	if err != nil {
		return err
	}
	defer f.root.Close()
	var touched *touched
	if rev != "" {
		if touched, err = touchedSince(c.Context(), f.dir, rev); err != nil {
			return err
		}
	}
	f.Found = giveRoom()
	f.Progress = v.progress()
	report, err := generator.Check(c.Context(), f.Options)
	if err != nil {
		return f.fault(err)
	}
	found := reported(report)
	if touched != nil {
		found = found.within(touched)
	}
	if err := found.print(v, flags, f); err != nil {
		return err
	}
	if flags.timing {
		v.closing(report.String())
	}
	v.closing(fmt.Sprintf("%s: %s (%s)", count(report.Texts(), "file"), found, since(begun)))
	if flags.failed(found.list) {
		return errContent
	}
	return nil
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
