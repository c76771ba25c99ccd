package output

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// newFolders is a site with folders of one class, of two, and with one inside.
var newFolders = site{
	"index.html": "home", "pages/a.html": "a", "pages/b.html": "b!", "pages/c.html": "c",
	"mixed/style.css": "style", "mixed/page.html": "page", "outer/page.html": "outer", "outer/inner/page.html": "inner",
}

// moves returns what is moved while a site is published, and lets meddle see
// each step first.
func moves(t *testing.T, s site, meddle func(what string)) (list []string) {
	t.Helper()
	mustBuild(t, Options{Dir: "public", step: func(what string) {
		meddle(what)
		if moved, ok := strings.CutPrefix(what, "publish "); ok {
			list = append(list, moved)
		}
	}}, s)
	return list
}

// In a fresh output a folder arrives by one rename, with what is first to come into
// it; it looks like one that was made in its place.
func TestNewFolderComesWhole(t *testing.T) {
	inTemp(t)
	got := moves(t, newFolders, func(string) {})
	want := []string{"folder mixed", "mixed/page.html", "outer/page.html", "folder outer/inner", "folder pages", "index.html"}
	if !slices.Equal(got, want) {
		t.Errorf("moved %q, want %q", got, want)
	}
	wantContents(t, "public", newFolders)
	must(t, os.Mkdir("made", folderMode))
	made, err := os.Stat("made")
	must(t, err)
	came, err := os.Stat("public/pages")
	must(t, err)
	if came.Mode() != made.Mode() {
		t.Errorf("the folder has mode %v, want %v", came.Mode(), made.Mode())
	}
	before := snapshot(t, "public")
	if stats := mustBuild(t, Options{Dir: "public"}, newFolders); stats.Unchanged != len(newFolders) {
		t.Errorf("the next build: %+v", stats)
	}
	untouched(t, published(before), published(snapshot(t, "public")))
}

// Where somebody puts something into the place of a folder meanwhile, its files
// come one by one, and what is theirs stays.
func TestNewFolderTakenMeanwhile(t *testing.T) {
	inTemp(t)
	got := moves(t, newFolders, func(what string) {
		if what == "publish folder pages" {
			write1(t, "public/pages/theirs.txt", "theirs")
		}
	})
	if !slices.Contains(got, "pages/c.html") {
		t.Errorf("moved %q", got)
	}
	wantContents(t, "public", newFolders.with("pages/theirs.txt", "theirs"))
}
