package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"plumb/generator"
	"plumb/generator/diag"
	"plumb/themes"
)

// siteFlags are the flags of every command that reads a site.
type siteFlags struct {
	config, asOf, format   string
	drafts, strict, timing bool
	silenced               bool
	formats                []string // those that the command has; nil for no choice
	desk                   bool     // not registered by itself: only some commands make pages
}

func (f *siteFlags) register(c *cobra.Command, v *voice) {
	f.registerReading(c, v)
	c.Flags().BoolVar(&f.drafts, "drafts", false, "build drafts, pages not yet published and expired ones too")
	c.Flags().BoolVar(&f.strict, "strict", false, "let warnings count as errors")
	c.Flags().BoolVar(&f.timing, "timings", false, "print the time of each stage")
}

// registerFormat registers the formats that a command has, text the first of
// them.
func (f *siteFlags) registerFormat(c *cobra.Command, what string, formats ...string) {
	f.formats = formats
	c.Flags().StringVar(&f.format, "format", formats[0], what+" as `"+strings.Join(formats, "|")+"`, all but text on standard output")
}

// registerFindings registers the flags of commands that print what rules find.
func (f *siteFlags) registerFindings(c *cobra.Command, v *voice) {
	f.register(c, v)
	f.registerFormat(c, "print findings", "text", "json", "sarif", "github")
	c.Flags().BoolVar(&f.silenced, "silenced", false, "list what exceptions silence too, with their reasons")
}

// registerReading registers those that say what is read.
func (f *siteFlags) registerReading(c *cobra.Command, v *voice) {
	c.Flags().StringVar(&f.config, "config", "", "read `FILE` instead of plumb.yaml")
	c.Flags().StringVar(&f.asOf, "as-of", "", "build for the day `YYYY-MM-DD` instead of today (UTC)")
	c.Flags().BoolVarP(&v.quiet, "quiet", "q", false, "print findings and faults only")
}

// folder is an opened site.
type folder struct {
	dir  string
	root *os.Root
	generator.Options
}

// open checks the flags and opens the site's folder. No file outside of it is
// read, whatever links it holds.
func (f *siteFlags) open(c *cobra.Command, args []string) (*folder, error) {
	if f.formats != nil && !slices.Contains(f.formats, f.format) {
		return nil, usage{c, fmt.Errorf("--format is %s or %s, not “%s”", strings.Join(f.formats[:len(f.formats)-1], ", "), f.formats[len(f.formats)-1], f.format), ""}
	}
	day := time.Now().UTC()
	if c.Flags().Changed("as-of") {
		var err error
		if day, err = time.Parse(time.DateOnly, f.asOf); err != nil {
			return nil, usage{c, fmt.Errorf("--as-of takes a day such as 2026-03-02, not “%s”", f.asOf), ""}
		}
	}
	dir := "."
	if len(args) > 0 {
		dir = args[0]
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, reading(dir, err)
	}
	config, err := f.configIn(dir)
	if err != nil {
		root.Close()
		return nil, err
	}
	return &folder{dir: dir, root: root, Options: generator.Options{
		Root: root.FS(), Config: config, Themes: themes.FS(), AsOf: day, Drafts: f.drafts, Desk: f.desk,
	}}, nil
}

// configIn returns the configuration file's path within the site's folder.
func (f *siteFlags) configIn(dir string) (string, error) {
	if f.config == "" {
		return "", nil
	}
	base, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	file, err := filepath.Abs(f.config)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(base, file)
	if err != nil || !filepath.IsLocal(rel) {
		return "", fmt.Errorf("--config names %s, which is not in the site's folder %s", f.config, dir)
	}
	if _, err := os.Stat(file); err != nil {
		return "", reading(f.config, err)
	}
	return filepath.ToSlash(rel), nil
}

// prefix is put before the paths of findings, so that they can be opened from
// where the program was started.
func (f *folder) prefix() string {
	if f.dir == "." {
		return ""
	}
	return filepath.ToSlash(filepath.Clean(f.dir)) + "/"
}

// prefixHere is prefix for those who count paths from the folder in which the
// program runs, with false where the site is not in it.
func (f *folder) prefixHere() (string, bool) {
	here, err := os.Getwd()
	if err != nil {
		return "", false
	}
	dir, err := filepath.Abs(f.dir)
	if err != nil {
		return "", false
	}
	rel, err := filepath.Rel(here, dir)
	switch {
	case err != nil || !filepath.IsLocal(rel):
		return "", false
	case rel == ".":
		return "", true
	}
	return filepath.ToSlash(rel) + "/", true
}

// fault adds to an error in which folder it was met.
func (f *folder) fault(err error) error {
	var path *fs.PathError
	var out writeError
	switch {
	case errors.As(err, &out):
		return err
	case errors.Is(err, generator.ErrNoContent):
		return fmt.Errorf("%w in %s", err, f.dir)
	case errors.As(err, &path) && !filepath.IsAbs(path.Path):
		return reading(f.prefix()+path.Path, err)
	}
	return err
}

// reading is the error that something could not be read, under the name by
// which the user knows it.
func reading(name string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("cannot read %s: %w", name, err)
}

// writeError is a fault of the output, not of the site.
type writeError struct {
	dir   string
	cause error
}

func (e writeError) Error() string { return fmt.Sprintf("cannot write %s: %v", e.dir, e.cause) }

// writing is the error that something could not be written into the output,
// under the name by which the user knows it; a refusal says it all itself.
func writing(dir string, err error) error {
	var path *fs.PathError
	var link *os.LinkError
	var number syscall.Errno
	switch {
	case errors.As(err, &path):
		return writeError{dir, path.Err}
	case errors.As(err, &link):
		return writeError{dir, link.Err}
	case errors.As(err, &number):
		return writeError{dir, number}
	}
	return err
}

// why says what keeps a site from being published where that is no error.
func (f *siteFlags) why(list []diag.Diagnostic) string {
	if diag.HasErrors(list) {
		return ""
	}
	return ", for --strict counts warnings as errors"
}

// failed reports whether findings keep a site from being published.
func (f *siteFlags) failed(list []diag.Diagnostic) bool {
	return diag.HasErrors(list) || f.strict && diag.Count(list, diag.Warning) > 0
}
