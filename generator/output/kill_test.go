package output

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"
)

const (
	killEnv   = "PLUMB_OUTPUT_TEST_KILL_AT"
	killDir   = "public"
	maxSteps  = 200
	childDone = "published"
)

var (
	beforeKill = site{
		"index.html": "home", "same.html": "same", "changed.html": "old", "gone/away.html": "gone",
		"style.css": "old", "search.js": "old", "shards/old.js": "old", "spot": "a file", "room/deep/x": "in a folder",
	}
	afterKill = site{
		"index.html": "home, changed", "same.html": "same", "changed.html": "new", "fresh/page.html": "fresh",
		"style.css": "new", "search.js": "new", "shards/new.js": "new", "spot/x": "in a folder", "room": "a file",
	}
)

// killAt returns a step function that kills the process at the n-th step, as
// kill -9 does: nothing deferred runs.
func killAt(n int) func(string) {
	return func(string) {
		if n--; n == 0 {
			self, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = self.Kill()
			}
			panic(fmt.Sprint("still alive: ", err))
		}
	}
}

// TestChildOfKill is the process that TestKilledAtEveryStep kills; on its own it
// has nothing to do.
func TestChildOfKill(t *testing.T) {
	at := os.Getenv(killEnv)
	if at == "" {
		return
	}
	n, err := strconv.Atoi(at)
	must(t, err)
	mustBuild(t, Options{Dir: killDir, step: killAt(n)}, afterKill)
	fmt.Println(childDone)
}

func child(t *testing.T, n int) (finished bool) {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	cmd := exec.Command(self, "-test.run=^TestChildOfKill$")
	cmd.Env = append(os.Environ(), killEnv+"="+strconv.Itoa(n))
	out, err := cmd.Output()
	if err == nil && len(out) == 0 {
		t.Fatal("the child did nothing")
	}
	return err == nil
}

// A build killed at any step, in a fresh output and over another site, leaves
// every file whole, old or new, and no lock; the next build is none the worse.
func TestKilledAtEveryStep(t *testing.T) {
	for _, start := range []site{{}, beforeKill} {
		for n := 1; ; n++ {
			if n > maxSteps {
				t.Fatal("the build has no end")
			}
			inTemp(t)
			o := Options{Dir: killDir}
			if len(start) > 0 {
				mustBuild(t, o, start)
				write1(t, "public/theirs.txt", "theirs")
			}
			if child(t, n) {
				break
			}
			checkWhole(t, start)
			p, err := Open(o)
			must(t, err)
			must(t, p.Discard())
			checkResumed(t, start, n)
			mustBuild(t, o, afterKill)
			want := afterKill
			if len(start) > 0 {
				want = want.with("theirs.txt", "theirs")
			}
			wantContents(t, o.Dir, want)
			if entries, _ := os.ReadDir("public/.plumb"); len(entries) != 2 {
				t.Fatalf("step %d: .plumb holds %v", n, entries)
			}
		}
	}
}

// checkWhole fails if a file is neither as before nor as after.
func checkWhole(t *testing.T, start site) {
	t.Helper()
	if _, err := os.Stat(killDir); err != nil {
		return
	}
	for p, data := range contents(t, killDir) {
		if p != "theirs.txt" && data != start[p] && data != afterKill[p] {
			t.Fatalf("%s holds %q", p, data)
		}
	}
}

// checkResumed fails unless an Open has made the output wholly old or wholly new.
func checkResumed(t *testing.T, start site, n int) {
	t.Helper()
	now := site{}
	if _, err := os.Stat(killDir); err == nil {
		now = contents(t, killDir).without("theirs.txt")
	}
	tree := treeOf(t, now)
	if !tree.Equal(treeOf(t, start)) && !tree.Equal(treeOf(t, afterKill)) {
		t.Fatalf("step %d: neither old nor new: %v", n, now)
	}
}
