//go:build linux || darwin || freebsd || netbsd

package output

import (
	"os"
	"testing"
	"time"
)

// Where there is a change time, setting back the modification time hides nothing.
func TestTamperedFilesAreRestored(t *testing.T) {
	inTemp(t)
	o := Options{Dir: "public"}
	mustBuild(t, o, small)
	tick(t, ".")
	mustBuild(t, o, small) // so that the stamps are trusted
	old, err := os.Stat("public/about.html")
	must(t, err)
	write1(t, "public/about.html", "ABOUT") // the same size
	must(t, os.Chtimes("public/about.html", time.Time{}, old.ModTime()))
	must(t, os.Remove("public/index.html"))
	must(t, os.Remove("public/style.css"))
	must(t, os.Symlink("../elsewhere.css", "public/style.css"))
	write1(t, "elsewhere.css", "not ours")
	stats := mustBuild(t, o, small)
	wantContents(t, o.Dir, small)
	if stats.Changed != 3 || stats.Unchanged != 4 {
		t.Errorf("%+v", stats)
	}
	if data, _ := os.ReadFile("elsewhere.css"); string(data) != "not ours" {
		t.Error("a link was followed out of the output")
	}
}
