package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// patience is how long a script waits for what must happen: much longer than
// it takes, since the machine may be busy.
const patience = 30 * time.Second

// liveCommands are the commands of scripts about a program that goes on:
//
//	start NAME ARG…       starts plumb, its output in NAME.out and NAME.err
//	until FILE PATTERN    waits until the file matches, behind what earlier ones matched
//	fetch NAME PATH FILE  writes what the server NAME answers: status, text
//	interrupt NAME STATUS interrupts the program, which ends with the status
func liveCommands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){"start": start, "until": until, "fetch": fetch, "interrupt": interrupt}
}

// running are the programs that a script has started, by name, and how far
// their output was looked at, by file.
type running struct {
	programs map[string]*exec.Cmd
	seen     map[string]int
}

type runningKey struct{}

func newRunning() running { return running{map[string]*exec.Cmd{}, map[string]int{}} }

func runningIn(ts *testscript.TestScript) running { return ts.Value(runningKey{}).(running) }

func start(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: start NAME ARG…")
	}
	name := args[0]
	c := exec.Command("plumb", args[1:]...)
	c.Dir, c.Env = ts.MkAbs("."), append(os.Environ(), "PATH="+ts.Getenv("PATH"), "VISUAL=", "EDITOR=")
	for _, to := range []struct {
		ending string
		stream *io.Writer
	}{{".out", &c.Stdout}, {".err", &c.Stderr}} {
		f, err := os.Create(ts.MkAbs(name + to.ending))
		ts.Check(err)
		*to.stream = f
	}
	ts.Check(c.Start())
	runningIn(ts).programs[name] = c
	ts.Defer(func() { c.Process.Kill() })
}

func until(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: until FILE PATTERN")
	}
	pattern, err := regexp.Compile("(?m)" + args[1])
	ts.Check(err)
	seen, text := runningIn(ts).seen, []byte(nil)
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if text, err = os.ReadFile(ts.MkAbs(args[0])); err != nil {
			continue
		}
		if at := pattern.FindIndex(text[seen[args[0]]:]); at != nil {
			seen[args[0]] += at[1]
			return
		}
	}
	ts.Fatalf("%s never matched %s; it holds:\n%s", args[0], args[1], text)
}

func fetch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: fetch NAME PATH FILE")
	}
	for end := time.Now().Add(patience); time.Now().Before(end) && !strings.Contains(ts.ReadFile(args[0]+".out"), "\n"); {
		time.Sleep(5 * time.Millisecond)
	}
	address, _, _ := strings.Cut(ts.ReadFile(args[0]+".out"), "\n")
	answer, err := http.Get(strings.TrimSuffix(address, "/") + args[1])
	ts.Check(err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), fmt.Appendf(nil, "%d\n%s", answer.StatusCode, text), 0o644))
}

func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: interrupt NAME STATUS")
	}
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	c := runningIn(ts).programs[args[0]]
	ts.Check(c.Process.Signal(os.Interrupt))
	ended := time.AfterFunc(patience, func() { c.Process.Kill() })
	c.Wait()
	if !ended.Stop() || c.ProcessState.ExitCode() != want {
		ts.Fatalf("%s: %s\n%s", args[0], c.ProcessState, ts.ReadFile(args[0]+".err"))
	}
}
