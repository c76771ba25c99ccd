package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"plumb/generator"
	"plumb/generator/site"
)

func inspectCommand(v *voice) *cobra.Command {
	var flags siteFlags
	c := &cobra.Command{
		Use:   "inspect FILE",
		Short: "Show what Plumb understood of a file",
		Long: "Inspect prints what each heading, list and table of a playbook was taken for, the\n" +
			"sections, entries and tasks that were read, and what was left as prose.",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage{command: c, error: errors.New("name one file")}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return inspect(c, args[0], v, &flags) },
	}
	flags.register(c, v)
	flags.registerFormat(c, "print what was understood", "text", "json")
	return c
}

func inspect(c *cobra.Command, file string, v *voice, flags *siteFlags) error {
	dir, path, err := siteOf(file)
	if err != nil {
		return err
	}
	f, err := flags.open(c, []string{dir})
	if err != nil {
		return err
	}
	defer f.root.Close()
	seen, err := generator.Inspect(c.Context(), f.Options, path)
	if errors.Is(err, generator.ErrNotInSite) {
		return fmt.Errorf("%s: %w", file, err)
	}
	if err != nil {
		return f.fault(err)
	}
	if flags.format == "json" {
		e := json.NewEncoder(v.out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		err = e.Encode(seen)
	} else if _, err = fmt.Fprint(v.out, seen.Text()); err == nil {
		err = v.findings(seen.Diagnostics, f.prefix())
	}
	if err == nil && flags.failed(seen.Diagnostics) {
		return errContent
	}
	return err
}

// siteOf finds the site that a file belongs to: the folder that holds the
// content folder above the file. It returns that folder as the user would
// write it, and the file's path within.
func siteOf(file string) (dir, path string, err error) {
	if _, err := os.Stat(file); err != nil {
		return "", "", reading(file, err)
	}
	full, err := filepath.Abs(file)
	if err != nil {
		return "", "", err
	}
	for at := filepath.Dir(full); ; at = filepath.Dir(at) {
		if filepath.Base(at) == site.ContentDir {
			root := filepath.Dir(at)
			rel, err := filepath.Rel(root, full)
			return relativeTo(root), filepath.ToSlash(rel), err
		}
		if at == filepath.Dir(at) {
			return "", "", fmt.Errorf("%s is not in a folder %s of a site", file, site.ContentDir)
		}
	}
}

// relativeTo returns a folder relative to the current one, if that is shorter.
func relativeTo(dir string) string {
	here, err := os.Getwd()
	if err != nil {
		return dir
	}
	if rel, err := filepath.Rel(here, dir); err == nil && len(rel) < len(dir) {
		return rel
	}
	return dir
}
