// Check compares what a build allocates, per page, with what it did when
// profile.json was recorded. Unlike times these figures are the same on every
// machine and in every run, so a step back is seen at once.
//
//	go run ./bench/check           fails where it is more than a tenth more
//	go run ./bench/check -update   records what it is now
//
// It is started in the root of the repository.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"testing/fstest"
	"time"

	"plumb/generator"
	"plumb/generator/output"
	"plumb/themes"
)

const (
	file      = "bench/check/profile.json"
	playbooks = 400
	// allowed is by how much of itself a figure may grow, and from which gain on
	// the record is out of date.
	allowed = 0.1
)

// cost is what a page costs.
type cost struct {
	Allocations float64 `json:"allocations"`
	Bytes       float64 `json:"bytes"`
}

func main() {
	update := flag.Bool("update", false, "record what it is now")
	flag.Parse()
	if err := run(*update); err != nil {
		fmt.Fprintln(os.Stderr, "check:", err)
		os.Exit(1)
	}
}

func run(update bool) error {
	root, err := corpus()
	if err != nil {
		return err
	}
	now, err := measure(root)
	if err != nil {
		return err
	}
	if update {
		return record(now)
	}
	var then map[string]cost
	src, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(src, &then)
	}
	if err != nil {
		return err
	}
	if slices.Contains(compare(then, now, func(line string) { fmt.Println(line) }), worse) {
		return errors.New("a build costs more than it did; if that is worth it, record it: go run ./bench/check -update")
	}
	return nil
}

// corpus writes the texts and reads them into memory: files are not measured.
func corpus() (fstest.MapFS, error) {
	dir, err := os.MkdirTemp("", "plumb-check-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	said, err := exec.Command("go", "run", "./bench/corpus", "-n", strconv.Itoa(playbooks), "-seed", "1", "-out", dir).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, said)
	}
	root := fstest.MapFS{}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		root[filepath.ToSlash(name)] = &fstest.MapFile{Data: data}
		return err
	})
	return root, err
}

// stages are the parts of a build that can be run by themselves. Each contains
// reading, understanding and linking.
var stages = map[string]func(generator.Options) error{
	"index": func(o generator.Options) error {
		_, _, err := generator.Index(context.Background(), o)
		return err
	},
	"pages": func(o generator.Options) error {
		o.PagesOnly = true
		_, err := generator.Build(context.Background(), o, new(output.Tree))
		return err
	},
	"whole": func(o generator.Options) error {
		_, err := generator.Build(context.Background(), o, output.Discard{})
		return err
	},
}

// measure runs the stages on one processor, so that nothing depends on who comes
// first.
func measure(root fs.FS) (map[string]cost, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	o := generator.Options{Root: root, Themes: themes.FS(), AsOf: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)}
	costs := map[string]cost{}
	for name, stage := range stages {
		var runs []cost
		for range 4 {
			c, err := once(o, stage)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			runs = append(runs, c)
		}
		runs = runs[1:] // the first fills what is made once for a program
		slices.SortFunc(runs, func(a, b cost) int { return int(a.Bytes - b.Bytes) })
		costs[name] = runs[1]
	}
	return costs, nil
}

// once runs a stage and counts.
func once(o generator.Options, stage func(generator.Options) error) (cost, error) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	err := stage(o)
	runtime.ReadMemStats(&after)
	return cost{
		Allocations: float64((after.Mallocs - before.Mallocs) / playbooks),
		Bytes:       float64((after.TotalAlloc - before.TotalAlloc) / playbooks),
	}, err
}

func record(now map[string]cost) error {
	src, err := json.MarshalIndent(now, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(src, '\n'), 0o644)
}

// verdict says how a figure compares with the recorded one.
type verdict int

const (
	same verdict = iota
	better
	worse
)

// compare judges every figure and says what is to be said. A stage that is in one
// of the two alone is worse: there is nothing to hold it to.
func compare(then, now map[string]cost, say func(string)) []verdict {
	var all []verdict
	names := maps.Clone(then)
	maps.Copy(names, now)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		a, b := then[name], now[name]
		for _, f := range []struct {
			what      string
			then, now float64
		}{{"allocations", a.Allocations, b.Allocations}, {"bytes", a.Bytes, b.Bytes}} {
			v := judge(f.then, f.now)
			all = append(all, v)
			say(fmt.Sprintf("%-6s %8.0f %-12s a playbook, recorded %8.0f%s", name, f.now, f.what, f.then,
				[]string{"", ": less; record it with -update", ": TOO MUCH"}[v]))
		}
	}
	return all
}

func judge(then, now float64) verdict {
	switch {
	case then <= 0 || now <= 0 || now > then*(1+allowed):
		return worse
	case now < then*(1-allowed):
		return better
	}
	return same
}
