package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// today is the day that Plumb builds for: no review of the corpus is overdue.
const today = "2026-11-23"

// row is one line of the table: what is run on the same texts.
type row struct {
	name     string
	commands []command
	// out is the folder that is written, which is removed before every run, unless
	// kept is set: then the runs find what the one before wrote.
	out  string
	kept bool
}

// bench is the programs and the folders of one measurement.
type bench struct {
	dir                                  string
	plumb, floor, corpus, hugo, pagefind string
	words                                bool // the sites are compared, not measured
}

// site is the texts of one size: for Plumb, and for Hugo.
type site struct{ plumb, clean, hugo string }

// rows returns what is compared for one size.
func (b *bench) rows(s site) []row {
	out := func(name string) string { return filepath.Join(b.dir, "out", name) }
	rows := []row{
		b.row("copy", out("copy"), b.floor, "-copy", "-from", filepath.Join(s.plumb, "playbooks"), "-to", out("copy")),
		b.row("floor: front matter, goldmark, write", out("floor"), b.floor, "-from", filepath.Join(s.plumb, "playbooks"), "-to", out("floor")),
		b.row("plumb build", out("plumb"), b.build(s.plumb, out("plumb"))...),
		b.again("plumb build, nothing changed", out("again"), b.build(s.plumb, out("again"))...),
		b.row("plumb build, no findings", out("clean"), b.build(s.clean, out("clean"))...),
		b.again("plumb build, no findings, nothing changed", out("same"), b.build(s.clean, out("same"))...),
		b.row("plumb check", "", b.plumb, "check", s.plumb, "--quiet", "--format", "json", "--as-of", today),
	}
	if b.hugo != "" {
		rows = append(rows, b.row("hugo --minify", out("hugo"), b.generate(s.hugo, out("hugo"))...))
		more := b.row("hugo --minify, GOGC=300", out("hugo300"), b.generate(s.hugo, out("hugo300"))...)
		more.commands[0].env = []string{"GOGC=300"}
		rows = append(rows, more)
	}
	if b.hugo != "" && b.pagefind != "" {
		both := b.row("hugo --minify, then pagefind", out("found"), b.generate(s.hugo, out("found"))...)
		both.commands = append(both.commands, command{args: []string{b.pagefind, "--site", out("found"), "--glob", "{playbooks/**/*,about}.html", "--root-selector", "main", "--force-language", "en", "--quiet"}})
		rows = append(rows, both)
	}
	return rows
}

func (b *bench) row(name, out string, args ...string) row {
	return row{name: name, out: out, commands: []command{{args: args}}}
}

func (b *bench) again(name, out string, args ...string) row {
	r := b.row(name, out, args...)
	r.kept = true
	return r
}

// build is Plumb's build; its findings are written, not shown.
func (b *bench) build(from, to string) []string {
	return []string{b.plumb, "build", from, "--out", to, "--quiet", "--format", "json", "--as-of", today}
}

// generate is Hugo's, with its caches beside the texts.
func (b *bench) generate(from, to string) []string {
	return []string{b.hugo, "build", "--minify", "--quiet", "--noBuildLock", "--source", from, "--destination", to, "--cacheDir", filepath.Join(b.dir, "cache")}
}

// measure runs all rows in rounds, each round beginning with another row, so that
// whatever else the machine does meets all.
func measure(rows []row, rounds int) ([]usage, error) {
	runs := make([][]usage, len(rows))
	for _, r := range rows {
		if r.kept {
			if _, err := run(r.commands); err != nil {
				return nil, err
			}
		}
	}
	for round := range rounds {
		for k := range rows {
			i := (k + round) % len(rows)
			u, err := rows[i].run()
			if err != nil {
				return nil, err
			}
			runs[i] = append(runs[i], u)
		}
	}
	medians := make([]usage, len(rows))
	for i := range runs {
		medians[i] = median(runs[i])
	}
	return medians, nil
}

// run runs a row once.
func (r row) run() (usage, error) {
	if r.out != "" && !r.kept {
		if err := os.RemoveAll(r.out); err != nil {
			return usage{}, err
		}
	}
	return run(r.commands)
}

// site writes the texts of n playbooks, for each program as it wants them.
func (b *bench) site(n int, seed uint64) (site, error) {
	at := filepath.Join(b.dir, "sites", strconv.Itoa(n))
	s := site{plumb: filepath.Join(at, "plumb"), clean: filepath.Join(at, "clean"), hugo: filepath.Join(at, "hugo")}
	write := []string{b.corpus, "-n", strconv.Itoa(n), "-seed", fmt.Sprint(seed), "-out"}
	clean := append([]string{b.corpus, "-clean"}, write[1:]...)
	if _, err := run([]command{{args: append(write, s.plumb)}, {args: append(clean, s.clean)}}); err != nil {
		return s, err
	}
	return s, adapt(s.plumb, s.hugo, filepath.Join("bench", "hugo"), n)
}
