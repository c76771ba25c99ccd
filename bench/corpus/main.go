// Corpus writes a site of many playbooks that reads like one: words as common and
// as rare as in real texts, pages of all lengths, sections of every kind, some
// German and Japanese. The same numbers give the same bytes.
//
//	go run ./bench/corpus -n 10000 -seed 1 -out DIR
//
// Beside the content it writes questions.tsv: class, query, and the one place of
// the site that a person would say is meant.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
)

func main() {
	n := flag.Int("n", 1000, "how many playbooks")
	seed := flag.Uint64("seed", 1, "other seeds give other texts")
	clean := flag.Bool("clean", false, "nothing is found in it: no rule has anything to say, as it has of some playbooks of an ordinary site")
	out := flag.String("out", "", "the folder to write; it must not exist yet, or be empty")
	flag.Parse()
	if err := run(*n, *seed, *clean, *out); err != nil {
		fmt.Fprintln(os.Stderr, "corpus:", err)
		os.Exit(1)
	}
}

func run(n int, seed uint64, clean bool, out string) error {
	switch {
	case n < 1:
		return fmt.Errorf("-n %d: a site has at least one playbook", n)
	case out == "":
		return fmt.Errorf("-out is missing: the folder to write")
	}
	if list, err := os.ReadDir(out); err == nil && len(list) > 0 {
		return fmt.Errorf("%s is not empty", out)
	}
	s := newSite(n, seed)
	s.clean = clean
	for name, text := range s.files() {
		if err := write(out, name, text); err != nil {
			return err
		}
	}
	return nil
}

// files returns the texts of all files by their names.
func (s *site) files() map[string]string {
	pages := s.pages()
	if s.clean { // what no task calls on is left out
		s.processes = slices.DeleteFunc(s.processes, func(name string) bool { return !called(pages, name) })
	}
	files := s.house()
	for _, p := range pages {
		files[p.path] = p.md.String()
	}
	files["questions.tsv"] = questions(s, pages)
	return files
}

// called reports whether a task of some playbook calls on a process of the house.
func called(pages []*page, process string) bool {
	link := "(../processes.md#" + slug(process) + ")"
	return slices.ContainsFunc(pages, func(p *page) bool { return strings.Contains(p.md.String(), link) })
}

// pages writes all playbooks, as many at a time as there are processors. Titles
// are given one after another: no two are the same.
func (s *site) pages() []*page {
	pages, taken := make([]*page, s.n), map[string]bool{}
	for i := range pages {
		pages[i] = s.begin(i, taken)
	}
	var all sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		all.Go(func() {
			for i := w; i < s.n; i += workers {
				pages[i].write(s)
			}
		})
	}
	all.Wait()
	return pages
}

func write(out, name, text string) error {
	at := filepath.Join(out, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		return err
	}
	return os.WriteFile(at, []byte(text), 0o644)
}
