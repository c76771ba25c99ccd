package output

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
)

var small = site{
	"index.html":           "home",
	"about.html":           "about",
	"playbooks/a/one.html": "one",
	"playbooks/two.html":   "two",
	"style.css":            "body{}",
	"search.js":            "root",
	"shards/x.js":          "shard",
}

func (s site) with(p, data string) site {
	next := s.without(p)
	next[p] = data
	return next
}

func (s site) without(gone string) site {
	next := site{}
	for p, data := range s {
		if p != gone {
			next[p] = data
		}
	}
	return next
}

func TestCommitMakesTheDirectoryHoldTheSite(t *testing.T) {
	inTemp(t)
	o := Options{Dir: "out/public"}
	stats := mustBuild(t, o, small)
	wantContents(t, o.Dir, small)
	want := Stats{Written: 7, Bytes: 30}
	if !reflect.DeepEqual(stats, want) {
		t.Errorf("first build: %+v, want %+v", stats, want)
	}
	next := small.without("playbooks/a/one.html").with("about.html", "about us").with("new.html", "new")
	stats = mustBuild(t, o, next)
	wantContents(t, o.Dir, next)
	want = Stats{Written: 1, Changed: 1, Unchanged: 5, Deleted: 1, Bytes: 11}
	if !reflect.DeepEqual(stats, want) {
		t.Errorf("second build: %+v, want %+v", stats, want)
	}
	if _, err := os.Stat("out/public/playbooks/a"); err == nil {
		t.Error("the folder that became empty is still there")
	}
	if entries, _ := os.ReadDir("out/public/.plumb"); len(entries) != 2 {
		t.Errorf(".plumb holds %v, want manifest.json and stat", entries)
	}
}

func TestSecondBuildTouchesNothing(t *testing.T) {
	dir := inTemp(t)
	o := Options{Dir: "public"}
	for _, ticked := range []bool{false, true, true} {
		mustBuild(t, o, small)
		if ticked {
			tick(t, dir)
		}
		before := snapshot(t, o.Dir)
		stats := mustBuild(t, o, small)
		after := snapshot(t, o.Dir)
		delete(before, ".plumb/stat")
		delete(after, ".plumb/stat")
		untouched(t, before, after)
		if want := (Stats{Unchanged: 7}); !reflect.DeepEqual(stats, want) {
			t.Errorf("%+v, want %+v", stats, want)
		}
	}
}

// The third build trusts the stamps of the second: it writes nothing at all, not
// even them.
func TestStampsSettle(t *testing.T) {
	dir := inTemp(t)
	o := Options{Dir: "public"}
	mustBuild(t, o, small)
	tick(t, dir)
	mustBuild(t, o, small)
	before := snapshot(t, o.Dir)
	var steps []string
	o.step = func(what string) { steps = append(steps, what) }
	mustBuild(t, o, small)
	untouched(t, before, snapshot(t, o.Dir))
	if want := "make .plumb, unlock"; strings.Join(steps, ", ") != want {
		t.Errorf("steps %q, want %q", steps, want)
	}
}

func TestDiscardLeavesNoTrace(t *testing.T) {
	for _, start := range []string{"missing", "empty", "published"} {
		t.Run(start, func(t *testing.T) {
			dir := inTemp(t)
			o := Options{Dir: "out/public"}
			switch start {
			case "empty":
				must(t, os.MkdirAll(o.Dir, 0o755))
			case "published":
				mustBuild(t, o, small)
			}
			tick(t, dir)
			must(t, os.Chtimes(dir, time.Time{}, time.Unix(1000, 0)))
			before := snapshot(t, dir)
			p, err := Open(o)
			must(t, err)
			must(t, small.with("about.html", "other").with("more/new.html", "new").put(p))
			must(t, p.Discard())
			must(t, p.Discard())
			if start == "missing" { // the parent's time is not Plumb's to set
				must(t, os.Chtimes(dir, time.Time{}, time.Unix(1000, 0)))
			}
			untouched(t, before, snapshot(t, dir))
			if err := p.Put(File{Path: "late.html"}); !errors.Is(err, errClosed) {
				t.Errorf("Put after Discard: %v", err)
			}
			if _, err := p.Commit(); !errors.Is(err, errClosed) {
				t.Errorf("Commit after Discard: %v", err)
			}
		})
	}
}

func TestFilesOfOthersAreLeft(t *testing.T) {
	inTemp(t)
	o := Options{Dir: "public"}
	mustBuild(t, o, small)
	write1(t, "public/about.html", "edited by hand")
	write1(t, "public/playbooks/a/mine.txt", "mine")
	must(t, os.Mkdir("public/empty", 0o755))
	before := snapshot(t, o.Dir)
	next := site{"index.html": "home"}
	stats := mustBuild(t, o, next)
	if want := (Stats{Unchanged: 1, Deleted: 5, Kept: []string{"about.html"}}); !reflect.DeepEqual(stats, want) {
		t.Errorf("%+v, want %+v", stats, want)
	}
	wantContents(t, o.Dir, next.with("about.html", "edited by hand").with("playbooks/a/mine.txt", "mine"))
	after := snapshot(t, o.Dir)
	for _, p := range []string{"about.html", "playbooks/a/mine.txt", "empty", "index.html"} {
		if !before[p].same(after[p]) {
			t.Errorf("%s was touched", p)
		}
	}
	if stats := mustBuild(t, o, next); stats.Kept != nil {
		t.Errorf("kept files are reported again: %v", stats.Kept)
	}
	_, err := build(o, small)
	wantRefused(t, err, "public/about.html was not written by Plumb and differs from the file to be written there", inTheWayHint)
}

func TestSameBytesAreAdopted(t *testing.T) {
	inTemp(t)
	o := Options{Dir: "public"}
	mustBuild(t, o, small)
	write1(t, "public/more/page.html", "page")
	before := snapshot(t, o.Dir)
	next := small.with("more/page.html", "page")
	if stats := mustBuild(t, o, next); stats.Unchanged != 8 || stats.Written != 0 {
		t.Errorf("%+v", stats)
	}
	untouched(t, published(before), published(snapshot(t, o.Dir)))
	if stats := mustBuild(t, o, small); stats.Deleted != 1 {
		t.Errorf("an adopted file is Plumb's: %+v", stats)
	}
	if _, err := os.Stat("public/more"); err != nil {
		t.Error("the folder of the adopted file was not Plumb's")
	}
}

func TestFilesAndFoldersChangePlaces(t *testing.T) {
	inTemp(t)
	o := Options{Dir: "public"}
	one := site{"a": "file", "b/c/d": "deep", "b/e": "flat"}
	two := site{"a/x/y": "below", "b": "file"}
	for _, s := range []site{one, two, one, two, {"b/c": "half"}, one} {
		mustBuild(t, o, s)
		wantContents(t, o.Dir, s)
	}
	write1(t, "public/b/foreign", "theirs")
	before := snapshot(t, o.Dir)
	_, err := build(o, two)
	wantRefused(t, err, "public/b is a folder with something in it that Plumb did not write", inTheWayHint)
	untouched(t, before, snapshot(t, o.Dir))
	write1(t, "public/a", "edited")
	_, err = build(o, site{"a/x": "below"})
	wantRefused(t, err, "public/a was changed since Plumb wrote it, and now stands in the way", inTheWayHint)
}

func TestCommitOrder(t *testing.T) {
	inTemp(t)
	o := Options{Dir: "public"}
	mustBuild(t, o, small)
	var steps []string
	o.step = func(what string) { steps = append(steps, what) }
	next := site{}
	for p := range small {
		next[p] = "changed"
	}
	next = next.without("playbooks/two.html").with("anew.html", "x").with("a.css", "x").with("shards/y.js", "x")
	mustBuild(t, o, next)
	var got []string
	for _, s := range steps {
		if !strings.HasPrefix(s, "stage ") {
			got = append(got, s)
		}
	}
	want := []string{
		"make .plumb", "make the stage",
		"write .plumb/stage/manifest.json", "write .plumb/stage/journal", "install journal",
		"publish a.css", "publish style.css",
		"publish shards/x.js", "publish shards/y.js",
		"publish anew.html",
		"publish about.html", "publish playbooks/a/one.html",
		"publish search.js",
		"publish index.html",
		"remove playbooks/two.html",
		"install manifest.json", "write .plumb/stage/stat", "install stat",
		"remove the journal", "remove the stage", "unlock",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("steps\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestManifestIsAFunctionOfTheSite(t *testing.T) {
	inTemp(t)
	s := site{"a/b/c.html": "one", "x.css": "two"}
	mustBuild(t, Options{Dir: "public", Audience: "staff"}, s)
	got, err := os.ReadFile("public/.plumb/manifest.json")
	must(t, err)
	want := `{"format":1,"audience":"staff","folders":[
"a",
"a/b"],"files":[
{"path":"a/b/c.html","size":3,"sha256":"` + SumOf([]byte("one")).String() + `"},
{"path":"x.css","size":3,"sha256":"` + SumOf([]byte("two")).String() + `"}]}
`
	if string(got) != want {
		t.Errorf("manifest\n%s\nwant\n%s", got, want)
	}
	mustBuild(t, Options{Dir: "public", Audience: "staff"}, site{"a/z": "", "x.css": "other"})
	mustBuild(t, Options{Dir: "public", Audience: "staff"}, s)
	if again, _ := os.ReadFile("public/.plumb/manifest.json"); string(again) != want {
		t.Errorf("after another site in between\n%s", again)
	}
}

func TestSecondBuildAtOnceIsRefused(t *testing.T) {
	inTemp(t)
	o := Options{Dir: "public"}
	p, err := Open(o)
	must(t, err)
	_, err = Open(o)
	wantRefused(t, err, "another build is writing to the output public", "wait until it has ended, or build into another folder")
	must(t, p.Discard())
	p, err = Open(o)
	must(t, err)
	must(t, p.Discard())
}

// Builds that come and go in a fresh output take its folder away from under each
// other; each either publishes or is refused.
func TestManyBuildsAtOnce(t *testing.T) {
	inTemp(t)
	o := Options{Dir: "deep/public"}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 20 {
				p, err := Open(o)
				var refused *RefusedError
				if errors.As(err, &refused) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				if err := p.Put(File{Path: "index.html", Data: fmt.Appendf(nil, "%d %d", i, j)}); err != nil {
					t.Error(err)
				}
				if err := p.Discard(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	mustBuild(t, o, small)
	wantContents(t, o.Dir, small)
}

func TestPutFromManyGoroutines(t *testing.T) {
	inTemp(t)
	o := Options{Dir: "public"}
	want := site{}
	for round := range 3 {
		p, err := Open(o)
		must(t, err)
		var wg sync.WaitGroup
		for g := range 2 {
			for i := range 300 { // more folders than handles
				name := fmt.Sprintf("d%d/page-%d.html", i, g)
				data := fmt.Sprint(name, round*(i%2))
				want[name] = data
				wg.Go(func() {
					if err := p.Put(File{Path: name, Class: Page, Data: []byte(data)}); err != nil {
						t.Error(err)
					}
				})
			}
		}
		wg.Wait()
		_, err = p.Commit()
		must(t, err)
		wantContents(t, o.Dir, want)
	}
}

func TestAFailedPutKeepsTheSiteFromBeingPublished(t *testing.T) {
	inTemp(t)
	p, err := Open(Options{Dir: "public"})
	must(t, err)
	must(t, p.Put(File{Path: "index.html"}))
	first := p.Put(File{Path: "INDEX.html"})
	if _, err := p.Commit(); err == nil || err != first {
		t.Errorf("Commit returned %v, want %v", err, first)
	}
	must(t, p.Discard())
	if _, err := os.Stat("public"); err == nil {
		t.Error("the output is still there")
	}
}

func TestModes(t *testing.T) {
	inTemp(t)
	mustBuild(t, Options{Dir: "public"}, site{"a/b": "c"})
	probe := filepath.Join(t.TempDir(), "probe")
	must(t, os.Mkdir(probe, 0o755))
	must(t, os.WriteFile(probe+"/file", nil, 0o644))
	for p, like := range map[string]string{"public": probe, "public/a": probe, "public/a/b": probe + "/file"} {
		got, err := os.Stat(p)
		must(t, err)
		want, err := os.Stat(like)
		must(t, err)
		if got.Mode() != want.Mode() {
			t.Errorf("%s has mode %v, want %v", p, got.Mode(), want.Mode())
		}
	}
}

// Where case makes no difference, a page spelled anew is not taken for the old
// one, nor deleted as the old one after it was written. (The disk under this test
// tells them apart: what is checked is that the old names are gone first.)
func TestPagesSpelledAnewWhereCaseMakesNoDifference(t *testing.T) {
	inTemp(t)
	var steps []string
	o := Options{Dir: "public", step: func(what string) { steps = append(steps, what) }}
	mustBuild(t, o, site{"Foo/x.html": "x", "Bar.html": "bar", "same.html": "same"})
	steps = nil
	p, err := Open(o)
	must(t, err)
	p.caseless = true
	next := site{"foo/x.html": "x", "bar.html": "bar", "same.html": "same"}
	must(t, next.put(p))
	_, err = p.Commit()
	must(t, err)
	wantContents(t, "public", next)
	if _, err := os.Stat("public/Foo"); err == nil {
		t.Error("the folder of the old spelling is still there")
	}
	want := "remove Bar.html, remove Foo/x.html, remove Foo, make folder foo, publish bar.html, publish foo/x.html, install manifest.json"
	if got := strings.Join(steps, ", "); !strings.Contains(got, want) {
		t.Errorf("steps %s", got)
	}
}
