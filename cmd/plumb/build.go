package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"plumb/generator"
	"plumb/generator/output"
	"plumb/generator/site"
)

func buildCommand(v *voice) *cobra.Command {
	var flags siteFlags
	var profile profiles
	var out string
	var watch bool
	c := &cobra.Command{
		Use:   "build [DIR]",
		Short: "Build the site into its public folder",
		Long: "Build compiles the site in DIR (default: the current folder) into DIR/public. While the\n" +
			"content has errors nothing is published: the folder stays exactly as it was. Where\n" +
			"neither the site nor the folder has changed since a build that found nothing, nothing is done.",
		Args: atMost(1, "folder"),
		RunE: func(c *cobra.Command, args []string) error {
			return profile.record(func() error {
				if watch {
					return buildOnSave(c, args, v, &flags, out)
				}
				return build(c, args, v, &flags, out)
			})
		},
	}
	flags.registerFindings(c, v)
	c.Flags().BoolVar(&flags.desk, "desk", false, "add desk/, the pages for those who write the playbooks")
	c.Flags().BoolVarP(&watch, "watch", "w", false, "build again on every save, until Ctrl-C")
	c.Flags().StringVarP(&out, "out", "o", "", "write the site into `FOLDER` (default DIR/public)")
	profile.register(c)
	return c
}

func build(c *cobra.Command, args []string, v *voice, flags *siteFlags, out string) error {
	begun := time.Now()
	f, err := flags.open(c, args)
	if err != nil {
		return err
	}
	defer f.root.Close()
	if out, err = f.output(c, out); err != nil {
		return err
	}
	p, err := output.Open(output.Options{Dir: out, Protected: f.protected()})
	if err != nil {
		return writing(out, err)
	}
	defer p.Discard()
	pages, same, err := unchanged(c.Context(), f, p)
	if err != nil {
		return writing(out, err)
	}
	if same {
		return nothing(v, flags, f, fmt.Sprintf("nothing changed: %s in %s", count(pages, "page"), out), begun)
	}
	report, stats, err := publish(c.Context(), f, v, flags, target{p, out})
	if err != nil {
		return f.fault(err)
	}
	found := reported(report)
	if err := found.print(v, flags, f); err != nil {
		return err
	}
	if flags.timing {
		v.closing(report.String())
	}
	if stats == nil {
		v.closing(fmt.Sprintf("not published%s: %s (%s)", flags.why(report.Diagnostics), found, since(begun)))
		return errContent
	}
	for _, path := range stats.Kept {
		v.closing("kept " + path + ": it was changed since Plumb wrote it")
	}
	v.closing(fmt.Sprintf("%s in %s: %s; %s (%s)", count(report.Pages, "page"), out, written(*stats), found, since(begun)))
	return nil
}

// nothing ends a build that had nothing to do, as one that found nothing ends.
func nothing(v *voice, flags *siteFlags, f *folder, did string, begun time.Time) error {
	found := &findings{}
	if err := found.print(v, flags, f); err != nil {
		return err
	}
	if flags.timing {
		v.closing("compare " + time.Since(begun).Round(10*time.Microsecond).String())
	}
	v.closing(fmt.Sprintf("%s; %s (%s)", did, found, since(begun)))
	return nil
}

// written says what a commit did.
func written(s output.Stats) string {
	return fmt.Sprintf("%d new, %d changed, %d unchanged, %d deleted", s.Written, s.Changed, s.Unchanged, s.Deleted)
}

// output returns where the site is published.
func (f *folder) output(c *cobra.Command, out string) (string, error) {
	if out == "" && c.Flags().Changed("out") {
		return "", usage{command: c, error: errors.New("--out needs a folder")}
	}
	if out == "" {
		out = filepath.Join(f.dir, "public")
	}
	return out, nil
}

// publish builds and, where nothing speaks against it, commits. The stats are
// nil where the site was not published.
func publish(ctx context.Context, f *folder, v *voice, flags *siteFlags, p target) (*generator.Report, *output.Stats, error) {
	f.Progress, f.Found = v.progress(), giveRoom()
	report, err := generator.Build(ctx, f.Options, p)
	if err != nil {
		return nil, nil, err
	}
	if flags.failed(report.Diagnostics) {
		return report, nil, writing(p.dir, p.Discard())
	}
	begun := time.Now()
	p.Made(made(report.Inputs), report.Pages)
	stats, err := p.Commit()
	report.Timings = append(report.Timings, generator.Timing{Stage: "commit", Took: time.Since(begun)})
	return report, &stats, writing(p.dir, err)
}

// target is the output with the name by which the user knows it.
type target struct {
	*output.Publication
	dir string
}

// Put is [output.Publication.Put]; an error names the output.
func (t target) Put(f output.File) error { return writing(t.dir, t.Publication.Put(f)) }

// protected are the places that the output may not touch.
func (f *folder) protected() []output.Protected {
	list := []output.Protected{
		{Path: filepath.Join(f.dir, site.ContentDir), What: "the content folder"},
		{Path: filepath.Join(f.dir, "themes"), What: "the themes folder"},
		{Path: filepath.Join(f.dir, "plumb.yaml"), What: "the configuration file"},
	}
	if f.Config != "" {
		list = append(list, output.Protected{Path: filepath.Join(f.dir, filepath.FromSlash(f.Config)), What: "the configuration file"})
	}
	return list
}

// since returns the time that has passed, rounded for a person.
func since(begun time.Time) time.Duration {
	d := time.Since(begun)
	if d > time.Second {
		return d.Round(10 * time.Millisecond)
	}
	return d.Round(time.Millisecond)
}
