package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"plumb/generator"
	"plumb/generator/diag"
	"plumb/generator/fix"
)

func fixCommand(v *voice) *cobra.Command {
	var flags siteFlags
	var write bool
	c := &cobra.Command{
		Use:   "fix [DIR]",
		Short: "Make the corrections that need no thought, or show them",
		Long: "Fix prints, as a diff, the corrections of the site in DIR (default: the current folder) that\n" +
			"need no thought: keys, ids, stops, statuses and codes that are nearly known ones, dates, and\n" +
			"headings that are nearly a role's name, which become aliases of the role in plumb.yaml. It\n" +
			"touches front matter, plumb.yaml and Plumb's own comments, never what a reader reads.\n\n" +
			"It changes nothing and exits with 1 if there is something to correct. With --write it makes\n" +
			"the corrections, if the files are still what was read.",
		Args: atMost(1, "folder"),
		RunE: func(c *cobra.Command, args []string) error { return fixSite(c, args, v, &flags, write) },
	}
	flags.registerReading(c, v)
	c.Flags().BoolVar(&write, "write", false, "make the corrections")
	return c
}

func fixSite(c *cobra.Command, args []string, v *voice, flags *siteFlags, write bool) error {
	begun := time.Now()
	flags.drafts = true // they are corrected before they are published
	f, err := flags.open(c, args)
	if err != nil {
		return err
	}
	defer f.root.Close()
	fixed, err := generator.Fix(c.Context(), f.Options)
	if err != nil {
		return f.fault(err)
	}
	for _, file := range fixed.Files {
		if err := v.diff(f.prefix()+file.Path, file); err != nil {
			return err
		}
	}
	if write {
		if n, err := fix.Write(f.root, f.dir, fixed.Files); err != nil {
			return notWritten(n, err)
		}
	}
	if err := v.findings(dates(fixed.Report.Diagnostics), f.prefix()); err != nil {
		return err
	}
	v.closing(corrected(fixed, write) + fmt.Sprintf("; left for you: %s (%s)", tally(fixed.Report.Diagnostics), since(begun)))
	if len(fixed.Files) > 0 && !write {
		return errContent
	}
	return nil
}

// dates are those that were left alone: who has dates corrected has to see which
// could be two days. All else is for “plumb check” to say.
func dates(list []diag.Diagnostic) []diag.Diagnostic {
	return slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool { return d.Code != diag.BadDate })
}

// corrected says what was done.
func corrected(f *generator.Fixed, written bool) string {
	switch {
	case len(f.Files) == 0:
		return "nothing to correct"
	case written:
		return fmt.Sprintf("%s made in %s", count(f.Count, "correction"), count(len(f.Files), "file"))
	}
	return fmt.Sprintf("%s in %s; --write makes them", count(f.Count, "correction"), count(len(f.Files), "file"))
}

// notWritten is the fault that kept corrections from being written.
func notWritten(n int, err error) error {
	done := "nothing was written"
	if n > 0 {
		done = count(n, "file") + " before it were written"
	}
	advice := ""
	switch {
	case errors.Is(err, fix.ErrChanged):
		advice = "run plumb fix again"
	case errors.Is(err, fix.ErrOutside):
		advice = "correct it by hand"
	}
	return advised{fmt.Sprintf("cannot write %v; %s", err, done), advice}
}

// obeyed reports whether a build service reads along, which takes lines for orders
// to itself.
func obeyed() bool { return os.Getenv("GITHUB_ACTIONS") != "" || os.Getenv("TF_BUILD") != "" }

// diff prints how a file changes, on a terminal and to a build service without
// what they would obey.
func (v *voice) diff(name string, f fix.File) error {
	v.clear()
	text := string(diff.Diff("a/"+name, f.Old, "b/"+name, f.New))
	_, text, _ = strings.Cut(text, "\n") // the line that names a command
	out, ok := v.out.(*os.File)
	if ok && term.IsTerminal(int(out.Fd())) || obeyed() {
		lines := strings.Split(text, "\n")
		for i := range lines {
			lines[i] = v.tinted(diag.Inert(diag.Visible(strings.TrimSuffix(lines[i], "\r"))))
		}
		text = strings.Join(lines, "\n")
	}
	_, err := fmt.Fprint(v.out, text)
	return err
}

// tinted gives a line of a diff its colour.
func (v *voice) tinted(line string) string {
	switch {
	case !v.color || line == "":
		return line
	case line[0] == '+':
		return "\x1b[32m" + line + "\x1b[0m"
	case line[0] == '-':
		return "\x1b[31m" + line + "\x1b[0m"
	}
	return line
}
