package main

import (
	"errors"

	"github.com/spf13/cobra"

	"plumb/generator/output"
)

// buildOnSave is build --watch: it publishes again and again.
func buildOnSave(c *cobra.Command, args []string, v *voice, flags *siteFlags, out string) error {
	if c.Flags().Changed("format") || flags.timing {
		return usage{command: c, error: errors.New("--watch tells of each build in one line: it goes neither with --format nor with --timings")}
	}
	f, err := flags.open(c, args)
	if err != nil {
		return err
	}
	defer f.root.Close()
	if out, err = f.output(c, out); err != nil {
		return err
	}
	l, err := liveIn(f, v, c.Flags().Changed("as-of"))
	if err != nil {
		return err
	}
	defer l.close()
	// An output that cannot be used ends the program only before the first build.
	p, err := output.Open(output.Options{Dir: out, Protected: f.protected()})
	if err != nil {
		return writing(out, err)
	}
	if err := p.Discard(); err != nil {
		return writing(out, err)
	}
	l.show = published{l, flags, out}.show
	return l.run(c.Context())
}

// published publishes each outcome of a live site.
type published struct {
	live  *live
	flags *siteFlags
	out   string
}

// show publishes an outcome without errors.
func (p published) show(o outcome) (string, error) {
	if o.report == nil || p.flags.failed(o.diagnostics) {
		return "not published" + p.flags.why(o.diagnostics), nil
	}
	did, err := p.publish(o.tree)
	if err != nil {
		return "not published", err
	}
	return did, nil
}

// publish makes the output hold a tree.
func (p published) publish(tree *output.Tree) (string, error) {
	to, err := output.Open(output.Options{Dir: p.out, Protected: p.live.site.protected()})
	if err != nil {
		return "", writing(p.out, err)
	}
	defer to.Discard()
	if err := tree.CopyTo(to); err != nil {
		return "", writing(p.out, err)
	}
	stats, err := to.Commit()
	if err != nil {
		return "", writing(p.out, err)
	}
	for _, path := range stats.Kept {
		p.live.voice.closing("kept " + path + ": it was changed since Plumb wrote it")
	}
	return p.out + ": " + written(stats), nil
}
