package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"

	"plumb/generator"
	"plumb/generator/diag"
	"plumb/generator/output"
)

// voice is all that the program says: results on out, messages on err.
type voice struct {
	out, err io.Writer
	color    bool // err is a terminal that wants colours
	terminal bool // err is a terminal that can take a line back
	quiet    bool

	mu    sync.Mutex
	shown bool // a progress line stands
}

func newVoice(out, err *os.File) *voice {
	terminal := term.IsTerminal(int(err.Fd()))
	able := terminal && os.Getenv("TERM") != "dumb"
	return &voice{out: out, err: err, terminal: able, color: able && os.Getenv("NO_COLOR") == ""}
}

func (v *voice) bold(code, s string) string {
	if !v.color {
		return s
	}
	return "\x1b[1;" + code + "m" + s + "\x1b[0m"
}

// errorf says what went wrong and how to mend it.
func (v *voice) errorf(message, hint string) {
	v.clear()
	fmt.Fprintf(v.err, "%s %s\n", v.bold("31", "plumb:"), diag.Visible(message))
	if hint != "" {
		fmt.Fprintf(v.err, "  %s %s\n", v.bold("39", "hint:"), diag.Visible(hint))
	}
}

// fault says what kept the program from its work.
func (v *voice) fault(err error) {
	var refused *output.RefusedError
	var use usage
	var path *fs.PathError
	var told advised
	switch {
	case errors.As(err, &told):
		v.errorf(told.message, told.advice)
	case errors.As(err, &refused):
		v.errorf(refused.Reason, refused.Hint)
	case errors.As(err, &use):
		v.errorf(use.Error(), use.hint())
	case errors.Is(err, generator.ErrNoContent):
		v.errorf(err.Error(), "run plumb in the folder that holds playbooks/, or name that folder behind the command")
	case errors.As(err, &path):
		v.errorf(fmt.Sprintf("cannot %s %s: %v", path.Op, path.Path, path.Err), "")
	default:
		v.errorf(err.Error(), "")
	}
}

// advised is a fault of the machine with a hint.
type advised struct{ message, advice string }

func (e advised) Error() string { return e.message }

// progress shows how far a build has come, on a terminal, once it has taken
// longer than a second.
func (v *voice) progress() func(what string, done, of int) {
	if !v.terminal || v.quiet {
		return nil
	}
	begun, last := time.Now(), time.Time{}
	return func(what string, done, of int) {
		v.mu.Lock()
		defer v.mu.Unlock()
		now := time.Now()
		if now.Sub(begun) < time.Second || now.Sub(last) < 100*time.Millisecond {
			return
		}
		last, v.shown = now, true
		fmt.Fprintf(v.err, "\r\x1b[K%d of %d %s", done, of, what)
	}
}

// clear takes the progress line away.
func (v *voice) clear() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.shown {
		fmt.Fprint(v.err, "\r\x1b[K")
		v.shown = false
	}
}

// findings prints diagnostics among the messages.
func (v *voice) findings(list []diag.Diagnostic, dir string) error {
	v.clear()
	return diag.Text{Color: v.color, Dir: dir, Apart: true}.Print(v.err, list)
}

// closing is the one line at the end.
func (v *voice) closing(s string) {
	v.clear()
	if !v.quiet {
		fmt.Fprintln(v.err, diag.Visible(s))
	}
}

// count says "1 page", "3 pages".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// tally counts findings by severity: "2 errors, 1 note".
func tally(list []diag.Diagnostic) string {
	var parts []string
	for _, s := range []diag.Severity{diag.Error, diag.Warning, diag.Note} {
		if n := diag.Count(list, s); n > 0 {
			parts = append(parts, count(n, s.String()))
		}
	}
	if len(parts) == 0 {
		return "no findings"
	}
	return strings.Join(parts, ", ")
}
