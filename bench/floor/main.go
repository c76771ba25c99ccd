// Floor is what no generator that uses goldmark can go below: it reads every
// Markdown file of a folder, parses its front matter, turns the rest into HTML,
// and writes that. With -copy it only copies.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/adrg/frontmatter"
	"github.com/goccy/go-yaml"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
)

func main() {
	from := flag.String("from", "", "the `FOLDER` with the Markdown files")
	to := flag.String("to", "", "the `FOLDER` that is written")
	copied := flag.Bool("copy", false, "only copy the files")
	flag.Parse()
	step := page()
	if *copied {
		step = func(src []byte) ([]byte, error) { return src, nil }
	}
	if err := run(*from, *to, step); err != nil {
		fmt.Fprintln(os.Stderr, "floor:", err)
		os.Exit(1)
	}
}

// page returns the step that makes HTML of a playbook.
func page() func(src []byte) ([]byte, error) {
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithParserOptions(parser.WithAutoHeadingID()))
	format := frontmatter.NewFormat("---", "---", yaml.Unmarshal)
	return func(src []byte) ([]byte, error) {
		var meta map[string]any
		text, err := frontmatter.Parse(bytes.NewReader(src), &meta, format)
		if err != nil {
			return nil, err
		}
		var out bytes.Buffer
		err = md.Convert(text, &out)
		return out.Bytes(), err
	}
}

// run takes every Markdown file below a folder through a step, on all cores.
func run(from, to string, step func([]byte) ([]byte, error)) error {
	names := make(chan string)
	fault := make(chan error, 1)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for name := range names {
				if err := one(from, to, name, step); err != nil {
					select {
					case fault <- err:
					default:
					}
				}
			}
		})
	}
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".md" {
			return err
		}
		name, err := filepath.Rel(from, path)
		names <- name
		return err
	})
	close(names)
	workers.Wait()
	select {
	case err = <-fault:
	default:
	}
	return err
}

// one takes one file through the step.
func one(from, to, name string, step func([]byte) ([]byte, error)) error {
	src, err := os.ReadFile(filepath.Join(from, name))
	if err != nil {
		return err
	}
	out, err := step(src)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	name = filepath.Join(to, strings.TrimSuffix(name, ".md")+".html")
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, out, 0o666)
}
