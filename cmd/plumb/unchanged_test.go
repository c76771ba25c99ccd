package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// quietSite is a site of which nothing is to be said.
var quietSite = map[string]string{
	"playbooks/index.md":      "Welcome. See [the house](about.md) and [the plan](plan.txt).\n",
	"playbooks/about.md":      "# About\n\n![A map](map.svg)\n",
	"playbooks/plan.txt":      "plan",
	"playbooks/unlinked.txt":  "nobody",
	"playbooks/map.svg":       `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>`,
	"logo.svg":                `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"/>`,
	"plumb.yaml":              "title: House\ntheme:\n  name: own\n  logo: logo.svg\n",
	"themes/own/styles/x.css": "a{}",
}

// ran runs a command and returns what it says.
func ran(t *rapid.T, status int, args ...string) string {
	var out bytes.Buffer
	if got := run(context.Background(), args, &voice{out: &out, err: &out}); got != status {
		t.Fatalf("%v: status %d\n%s", args, got, &out)
	}
	return out.String()
}

func put(t *rapid.T, name, text string) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// publishedFiles are the files of an output, without those that a build keeps for
// itself, which tell of its history.
func publishedFiles(t *rapid.T, dir string) string {
	var b strings.Builder
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Base(filepath.Dir(name)) == ".plumb" {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		fmt.Fprintf(&b, "%s %q\n", rel, data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// deeds are what people do between two builds.
var deeds = []func(t *rapid.T, dir string){
	func(t *rapid.T, dir string) {}, // nothing
	func(t *rapid.T, dir string) {
		name := rapid.SampledFrom([]string{"index.md", "plan.txt", "unlinked.txt", "new.md", ".hidden", "more/x.md"}).Draw(t, "content")
		text := rapid.SampledFrom([]string{"One.\n", "Two.\n", "Six. [Plan](plan.txt)\n", "[Un](unlinked.txt)\n"}).Draw(t, "text")
		if strings.Contains(name, "/") {
			text = "Deep.\n"
		}
		put(t, filepath.Join(dir, "playbooks", name), text)
	},
	func(t *rapid.T, dir string) { os.Remove(filepath.Join(dir, "playbooks/new.md")) },
	func(t *rapid.T, dir string) {
		put(t, filepath.Join(dir, "plumb.yaml"), rapid.SampledFrom([]string{"title: Home\n", quietSite["plumb.yaml"]}).Draw(t, "settings"))
	},
	func(t *rapid.T, dir string) {
		put(t, filepath.Join(dir, "themes/own/styles/x.css"), rapid.SampledFrom([]string{"a{}", "b{}"}).Draw(t, "style"))
	},
	func(t *rapid.T, dir string) {
		size := rapid.SampledFrom([]string{"3 1", "4 1"}).Draw(t, "logo")
		put(t, filepath.Join(dir, "logo.svg"), strings.ReplaceAll(quietSite["logo.svg"], "3 1", size))
	},
	func(t *rapid.T, dir string) {
		size := rapid.SampledFrom([]string{"4 3", "5 3"}).Draw(t, "map")
		put(t, filepath.Join(dir, "playbooks/map.svg"), strings.ReplaceAll(quietSite["playbooks/map.svg"], "4 3", size))
	},
	func(t *rapid.T, dir string) { put(t, filepath.Join(dir, "public/about.html"), "theirs") },
	func(t *rapid.T, dir string) { os.Remove(filepath.Join(dir, "public/about.html")) },
	func(t *rapid.T, dir string) { os.RemoveAll(filepath.Join(dir, "public/theme")) },
}

// TestUnchangedIsFresh: whatever was done since the build before, the output is
// then what a build into a new folder makes; and where nothing was done, nothing
// is done.
func TestUnchangedIsFresh(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	rapid.Check(t, func(t *rapid.T) {
		base, err := os.MkdirTemp("", "unchanged")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(base)
		dir := filepath.Join(base, "site")
		for name, text := range quietSite {
			put(t, filepath.Join(dir, name), text)
		}
		for i := range rapid.IntRange(1, 5).Draw(t, "builds") {
			args := []string{dir, "--as-of", rapid.SampledFrom([]string{"2026-06-01", "2026-06-02"}).Draw(t, "day")}
			if rapid.Bool().Draw(t, "desk") {
				args = append(args, "--desk")
			}
			first := ran(t, exitGood, append([]string{"build"}, args...)...)
			again := ran(t, exitGood, append([]string{"build"}, args...)...)
			if quiet := strings.Contains(first, "no findings"); quiet != strings.HasPrefix(again, "nothing changed: ") {
				t.Fatalf("a build says\n%s\nand another one\n%s", first, again)
			}
			rapid.SampledFrom(deeds).Draw(t, "edit")(t, dir)
			ran(t, exitGood, append([]string{"build"}, args...)...)
			fresh := filepath.Join(base, fmt.Sprint("fresh", i))
			ran(t, exitGood, append([]string{"build", "--out", fresh}, args...)...)
			if got, want := publishedFiles(t, filepath.Join(dir, "public")), publishedFiles(t, fresh); got != want {
				t.Fatalf("not what a fresh build gives:\n%s\nbut\n%s", want, got)
			}
		}
	})
}
