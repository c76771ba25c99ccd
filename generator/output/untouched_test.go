//go:build unix

package output

import (
	"os"
	"testing"
)

// untouchedNow opens the output and asks.
func untouchedNow(t *testing.T, o Options) bool {
	t.Helper()
	p, err := Open(o)
	must(t, err)
	ok, err := p.Untouched()
	must(t, err)
	must(t, p.Discard())
	return ok
}

// What a build was made of is in the manifest, and whatever is done to a file of
// its shows.
func TestUntouched(t *testing.T) {
	inTemp(t)
	o := Options{Dir: "public"}
	p, err := Open(o)
	must(t, err)
	if ok, err := p.Untouched(); ok || err != nil {
		t.Fatal("a fresh output is untouched", err)
	}
	must(t, site{"index.html": "home", "a/b.html": "b"}.put(p))
	p.Made(SumOf([]byte("inputs")), 2)
	_, err = p.Commit()
	must(t, err)

	p, err = Open(o)
	must(t, err)
	if of, pages := p.Inputs(); of != SumOf([]byte("inputs")) || pages != 2 || !p.Has("a/b.html") || p.Has("b.html") {
		t.Error(of, pages)
	}
	must(t, p.Discard())
	before := snapshot(t, "public")
	if !untouchedNow(t, o) {
		t.Error("nobody has touched it")
	}
	untouched(t, before, snapshot(t, "public"))
	for _, deed := range []func() error{
		func() error { return os.WriteFile("public/a/b.html", []byte("c"), 0o644) },
		func() error { return os.Remove("public/a/b.html") },
		func() error { return os.Symlink("../index.html", "public/a/b.html") },
		func() error { return os.RemoveAll("public/a") },
	} {
		must(t, deed())
		if untouchedNow(t, o) {
			t.Error("it is said to be untouched")
		}
	}
	mustBuild(t, o, site{"index.html": "home"})
	p, err = Open(o)
	must(t, err)
	if of, _ := p.Inputs(); of != (Sum{}) {
		t.Error("a build that did not say what it was made of has", of)
	}
	must(t, p.Discard())
}

// An output that was copied is read once, not at every look.
func TestUntouchedCopyIsReadOnce(t *testing.T) {
	inTemp(t)
	o, s := Options{Dir: "public"}, site{}
	for i := range 2 * fewReads {
		s["p"+string(rune('a'+i%26))+string(rune('a'+i/26))] = "page"
	}
	mustBuild(t, o, s)
	must(t, os.CopyFS("copy", os.DirFS("public")))
	o.Dir = "copy"
	tick(t, ".")
	for _, want := range []bool{true, false} {
		p, err := Open(o)
		must(t, err)
		_, read, ok := p.look()
		if !ok || read > fewReads != want {
			t.Errorf("%d files were read: %t", read, ok)
		}
		_, err = p.Untouched()
		must(t, err)
		must(t, p.Discard())
	}
}
