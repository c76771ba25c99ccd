package main

import (
	"fmt"
	"strings"

	"plumb/generator"
	"plumb/generator/align"
	"plumb/generator/diag"
)

// findings are what a command says of a site.
type findings struct {
	list     []diag.Diagnostic
	silenced []diag.Silenced
	// others is how many more there are that nobody asked for.
	others int
}

func reported(r *generator.Report) *findings {
	f := &findings{list: r.Diagnostics}
	for _, s := range r.Silenced {
		f.silenced = append(f.silenced, silenced(s))
	}
	return f
}

func silenced(s align.Silenced) diag.Silenced {
	return diag.Silenced{Diagnostic: s.Diagnostic, By: diag.Suppression{Reason: s.Reason, Pos: s.By.Pos, Until: s.Until}}
}

// print writes findings as text among the messages, in any other format as the
// result.
func (f *findings) print(v *voice, flags *siteFlags, site *folder) error {
	v.clear()
	here, inside := site.prefixHere()
	switch flags.format {
	case "json":
		return diag.JSON(v.out, f.list, f.silenced)
	case "sarif":
		return diag.SARIF{Version: generator.Version, Dir: here, Explain: explanation}.Print(v.out, f.list, f.silenced)
	case "github":
		if !inside {
			here = site.prefix()
		}
		return diag.GitHub{Dir: here}.Print(v.out, f.list)
	}
	return f.text(v, flags, site.prefix())
}

func (f *findings) text(v *voice, flags *siteFlags, dir string) error {
	if err := v.findings(f.list, dir); err != nil {
		return err
	}
	if flags.silenced {
		if err := (diag.Text{Color: v.color, Dir: dir}).Silenced(v.err, f.silenced); err != nil {
			return err
		}
	}
	if v.quiet {
		return nil
	}
	return diag.Summary(v.err, f.list)
}

// String is for the closing line: “2 errors, 1 note; 3 silenced by exceptions”.
func (f *findings) String() string {
	parts := []string{tally(f.list)}
	if n := len(f.silenced); n > 0 {
		parts = append(parts, fmt.Sprintf("%d silenced by %s", n, exceptions(n)))
	}
	if f.others > 0 {
		parts = append(parts, fmt.Sprintf("%d more in files that the branch did not touch", f.others))
	}
	return strings.Join(parts, "; ")
}

func exceptions(n int) string {
	if n == 1 {
		return "an exception"
	}
	return "exceptions"
}
