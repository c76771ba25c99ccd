//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// TestInterrupt interrupts a build, a process of its own, in the middle: what
// was published stays as it was, and no stage is left behind.
func TestInterrupt(t *testing.T) {
	dir := t.TempDir()
	pages(t, dir, "before")
	if out, err := plumb(dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	before := tree(t, filepath.Join(dir, "public"))

	pages(t, dir, "after")
	var stderr bytes.Buffer
	build := plumb(dir)
	build.Stderr = &stderr
	if err := build.Start(); err != nil {
		t.Fatal(err)
	}
	stage := filepath.Join(dir, "public", ".plumb", "stage")
	interruptWithin(t, build, stage)
	err := build.Wait()

	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitFault || stderr.String() != "plumb: interrupted; nothing was published\n" {
		t.Errorf("%v\n%s", err, stderr.String())
	}
	if _, err := os.Stat(stage); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the stage is left behind: %v", err)
	}
	if after := tree(t, filepath.Join(dir, "public")); after != before {
		t.Errorf("the output has changed:\n%s\nbefore:\n%s", after, before)
	}
	if out, err := plumb(dir).CombinedOutput(); err != nil {
		t.Errorf("the next build fails: %v\n%s", err, out)
	}
}

// plumb is the command, as TestMain has put it on the path.
func plumb(dir string) *exec.Cmd { return exec.Command("plumb", "build", dir) }

// interruptWithin interrupts a process as soon as its stage holds a file. The
// process is halted meanwhile, so that it cannot end before.
func interruptWithin(t *testing.T, build *exec.Cmd, stage string) {
	t.Helper()
	for staged := 0; staged == 0; runtime.Gosched() {
		entries, _ := os.ReadDir(stage)
		staged = len(entries)
	}
	for _, s := range []syscall.Signal{syscall.SIGSTOP, syscall.SIGINT, syscall.SIGCONT} {
		if err := build.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
	}
}

// pages writes a site that takes a while to build.
func pages(t *testing.T, dir, text string) {
	t.Helper()
	folder := filepath.Join(dir, "playbooks")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range 800 {
		page := fmt.Sprintf("# Page %d\n\n%s\n", i, strings.Repeat(text+" ", 200))
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("page-%d.md", i)), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// tree lists what a folder holds: paths, sizes and times, but for the cache of
// times that each build renews.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == "stat" {
			return err
		}
		info, err := e.Info()
		if err == nil {
			fmt.Fprintf(&b, "%s %d %d\n", path, info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
