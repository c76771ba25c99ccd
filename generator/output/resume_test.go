package output

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

var errCut = errors.New("cut off")

// cutAt returns a step function that ends the build at the n-th step by a panic,
// after which nothing touches the disk.
func cutAt(n int) func(string) {
	return func(string) {
		if n--; n == 0 {
			panic(errCut)
		}
	}
}

// cutBy runs something whose step function may cut it off, and reports whether it
// came to its end. The lock of a process that is dead is no lock: it is removed
// here, because this process lives on.
func cutBy(t fataler, o Options, do func(Options) error) (finished bool, err error) {
	t.Helper()
	defer func() {
		switch what := recover(); what {
		case nil:
		case errCut:
			if err := os.Remove(o.Dir + "/.plumb/lock"); err != nil && !os.IsNotExist(err) {
				t.Fatalf("%v", err)
			}
		default:
			panic(what)
		}
	}()
	err = do(o)
	return true, err
}

func buildOf(s site) func(Options) error {
	return func(o Options) error {
		_, err := build(o, s)
		return err
	}
}

// cutBefore leaves an output whose build was cut off before a step of that name.
func cutBefore(t *testing.T, o Options, s site, at string) {
	t.Helper()
	o.step = func(what string) {
		if what == at {
			panic(errCut)
		}
	}
	if finished, _ := cutBy(t, o, buildOf(s)); finished {
		t.Fatalf("no step %q", at)
	}
}

// Whoever writes a file where the commit was about to write a new one keeps it.
func TestResumeLeavesWhatCameMeanwhile(t *testing.T) {
	inTemp(t)
	o := Options{Dir: "public"}
	mustBuild(t, o, small)
	next := small.with("fresh.html", "fresh").with("fold/er/1.html", "fresh").with("fold/er/2.html", "fresh").with("about.html", "changed").without("playbooks/two.html")
	cutBefore(t, o, next, "publish fresh.html")
	write1(t, "public/fresh.html", "theirs")
	must(t, os.RemoveAll("public/fold"))
	write1(t, "public/fold", "theirs too")
	write1(t, "public/playbooks/two.html", "edited")
	p, err := Open(o)
	must(t, err)
	must(t, p.Discard())
	wantContents(t, o.Dir, next.without("fold/er/1.html").without("fold/er/2.html").with("fresh.html", "theirs").with("fold", "theirs too").
		with("playbooks/two.html", "edited"))
	_, err = build(o, next.without("fold/er/1.html").without("fold/er/2.html").without("playbooks/two.html"))
	wantRefused(t, err, "public/fresh.html was not written by Plumb and differs from the file to be written there", inTheWayHint)
}

func TestResumeIsReported(t *testing.T) {
	inTemp(t)
	o := Options{Dir: "public"}
	mustBuild(t, o, small)
	next := small.without("about.html")
	cutBefore(t, o, next, "remove about.html")
	write1(t, "public/about.html", "edited")
	stats := mustBuild(t, o, next)
	if want := (Stats{Unchanged: 6, Kept: []string{"about.html"}, Resumed: true}); !reflect.DeepEqual(stats, want) {
		t.Errorf("%+v, want %+v", stats, want)
	}
	if stats := mustBuild(t, o, next); stats.Resumed || stats.Kept != nil {
		t.Errorf("reported again: %+v", stats)
	}
}

// A power cut can leave a staged file short, since only the journal is synced.
func TestResumeDropsWhatThePowerCutDamaged(t *testing.T) {
	inTemp(t)
	o := Options{Dir: "public"}
	mustBuild(t, o, small)
	next := site{}
	for p := range small {
		next[p] = "changed"
	}
	next = next.with("fresh.html", "changed")
	cutBefore(t, o, next, "publish style.css")
	staged, err := filepath.Glob("public/.plumb/stage/[0-9]*")
	must(t, err)
	for _, name := range staged {
		must(t, os.Truncate(name, 3))
	}
	p, err := Open(o)
	must(t, err)
	must(t, p.Discard())
	wantContents(t, o.Dir, small)
	mustBuild(t, o, next)
	wantContents(t, o.Dir, next)
	mustBuild(t, o, site{})
	wantContents(t, o.Dir, site{})
}

// A fault of the machine in the middle of a commit leaves the rest for the next
// Open; Discard must not take it away.
func TestAFaultInTheMiddleIsMadeGood(t *testing.T) {
	inTemp(t)
	o := Options{Dir: "public"}
	mustBuild(t, o, small)
	next := small.with("fresh.html", "fresh").with("about.html", "changed").without("playbooks/two.html")
	o.step = func(what string) {
		if what == "publish fresh.html" {
			must(t, os.MkdirAll("public/fresh.html/theirs", 0o755))
		}
	}
	p, err := Open(o)
	must(t, err)
	must(t, next.put(p))
	if _, err := p.Commit(); err == nil {
		t.Fatal("published over a folder")
	}
	if _, err := p.Commit(); !errors.Is(err, errClosed) {
		t.Errorf("Commit again: %v", err)
	}
	must(t, p.Discard())
	wantContents(t, o.Dir, small)
	must(t, os.RemoveAll("public/fresh.html"))
	o.step = nil
	p, err = Open(o)
	must(t, err)
	must(t, p.Discard())
	wantContents(t, o.Dir, next)
}

func TestALeftStageIsSwept(t *testing.T) {
	inTemp(t)
	o := Options{Dir: "public"}
	mustBuild(t, o, small)
	cutBefore(t, o, small.with("about.html", "changed"), "install journal")
	p, err := Open(o)
	must(t, err)
	must(t, p.Discard())
	wantContents(t, o.Dir, small)
	if _, err := os.Stat("public/.plumb/stage"); err == nil {
		t.Error("the stage is still there")
	}
}
