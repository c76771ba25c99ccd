package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// command is a program with its arguments and what it is told by its environment.
type command struct {
	args []string
	env  []string
}

// usage is what a run took. Of several commands one after another, times are
// summed up and the peak is the highest.
type usage struct {
	wall, cpu time.Duration
	peak      int64 // bytes
}

// run runs commands one after another.
func run(commands []command) (usage, error) {
	var sum usage
	for _, c := range commands {
		u, err := c.run()
		if err != nil {
			return sum, err
		}
		sum.wall += u.wall
		sum.cpu += u.cpu
		sum.peak = max(sum.peak, u.peak)
	}
	return sum, nil
}

// run waits for the command and all that it started. The system counts in what
// this program itself held at the time, some megabytes: no peak below that is seen.
func (c command) run() (usage, error) {
	cmd := exec.Command(c.args[0], c.args[1:]...)
	cmd.Env = append(os.Environ(), c.env...)
	var said bytes.Buffer
	cmd.Stderr = &said
	begun := time.Now()
	err := cmd.Run()
	wall := time.Since(begun)
	if err != nil {
		return usage{}, fmt.Errorf("%s: %w\n%s", strings.Join(c.args, " "), err, said.String())
	}
	state := cmd.ProcessState
	return usage{wall, state.UserTime() + state.SystemTime(), peak(state.SysUsage().(*syscall.Rusage))}, nil
}

// median is of each figure by itself.
func median(runs []usage) usage {
	return usage{
		wall: middle(runs, func(u usage) time.Duration { return u.wall }),
		cpu:  middle(runs, func(u usage) time.Duration { return u.cpu }),
		peak: middle(runs, func(u usage) int64 { return u.peak }),
	}
}

func middle[T time.Duration | int64](runs []usage, figure func(usage) T) T {
	list := make([]T, len(runs))
	for i, u := range runs {
		list[i] = figure(u)
	}
	slices.Sort(list)
	return (list[(len(list)-1)/2] + list[len(list)/2]) / 2
}

// weight is what a program wrote.
type weight struct {
	pages, files  int
	bytes         int64
	playbooks     int   // how many pages of playbooks
	playbookBytes int64 // what they weigh
	largest       int64 // page
	largestName   string
}

// weigh counts what stands in a folder.
func weigh(dir string) (weight, error) {
	var w weight
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		w.count(filepath.ToSlash(name), info.Size())
		return err
	})
	return w, err
}

func (w *weight) count(name string, size int64) {
	w.files++
	w.bytes += size
	if !strings.HasSuffix(name, ".html") {
		return
	}
	w.pages++
	if size > w.largest {
		w.largest, w.largestName = size, name
	}
	if strings.HasPrefix(name, "playbooks/") && strings.HasPrefix(filepath.Base(name), "p0") {
		w.playbooks++
		w.playbookBytes += size
	}
}

// perPlaybook is what the page of a playbook weighs in kilobytes, on average.
func (w weight) perPlaybook() string {
	if w.playbooks == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f", float64(w.playbookBytes)/1e3/float64(w.playbooks))
}
