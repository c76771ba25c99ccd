package generator_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"plumb/generator"
	"plumb/generator/output"
	"plumb/themes"
)

// kept is what a service worker knows of its site.
type kept struct {
	Version      string
	Own          []string
	Files, Later map[string]string
}

func workerOf(t testing.TB, tree *output.Tree) kept {
	t.Helper()
	f, ok := tree.Get("sw.js")
	line, script, _ := bytes.Cut(f.Data, []byte("\n"))
	data, begins := bytes.CutPrefix(line, []byte("const plumb="))
	if !ok || !begins || len(script) == 0 {
		t.Fatalf("no worker: %.200s", f.Data)
	}
	var k kept
	if err := json.Unmarshal(bytes.TrimSuffix(data, []byte(";")), &k); err != nil {
		t.Fatal(err)
	}
	return k
}

// digests are the files of a build as a worker should know them: all but itself
// and what only programs read, by address.
func digests(tree *output.Tree) map[string]string {
	out := map[string]string{}
	for _, p := range tree.Paths() {
		if p == "sw.js" || !strings.HasPrefix(p, "playbooks/") && slices.Contains(strings.Fields(".xml .json .txt .webmanifest"), path.Ext(p)) {
			continue
		}
		f, _ := tree.Get(p)
		out[strings.ReplaceAll((&url.URL{Path: p}).EscapedPath(), "+", "%2B")] = base64.StdEncoding.EncodeToString(f.Sum[:6])
	}
	return out
}

// TestWorkerKnowsTheSample compares the list of the sample's worker with its files.
func TestWorkerKnowsTheSample(t *testing.T) {
	tree, _ := buildTree(t, os.DirFS(".."))
	k := workerOf(t, tree)
	if want := digests(tree); !maps.Equal(k.Files, want) || len(k.Later) > 0 {
		t.Errorf("the worker knows\n%v\n%v\nthe site is\n%v", k.Files, k.Later, want)
	}
	first := map[string]bool{}
	for address := range k.Files {
		own, _, _ := strings.Cut(address, "/")
		first[own] = true
	}
	if slices.Sort(k.Own); !slices.Equal(k.Own, slices.Sorted(maps.Keys(first))) {
		t.Error(k.Own)
	}
}

// TestWorkerFollows edits a small site at random: the worker knows every file, and
// its version is another as soon as any of them is.
func TestWorkerFollows(t *testing.T) {
	b := generator.NewBuilder(generator.Options{Themes: themes.FS(), AsOf: sampleDay})
	rapid.Check(t, func(r *rapid.T) {
		site := fstest.MapFS{"playbooks/a & b.md": {Data: []byte("# A\n\n[Sheet](sheet+1.csv) [Film](film.bin)\n")}, "playbooks/film.bin": {Data: bytes.Repeat([]byte("film"), 300_000)}}
		versions := map[string]output.Sum{}
		r.Repeat(map[string]func(*rapid.T){
			"edit": func(r *rapid.T) {
				name := rapid.SampledFrom([]string{"playbooks/a & b.md", "playbooks/c.md", "playbooks/d/e.md", "playbooks/sheet+1.csv"}).Draw(r, "file")
				if text := rapid.SampledFrom([]string{"", "One. [Film](film.bin)", "Two."}).Draw(r, "text"); text != "" {
					site[name] = &fstest.MapFile{Data: []byte(text)}
				} else {
					delete(site, name)
				}
			},
			"": func(r *rapid.T) {
				tree := &output.Tree{}
				b.Root = site
				if _, err := b.Build(context.Background(), tree); err != nil {
					r.Fatal(err)
				}
				k := workerOf(t, tree)
				all := maps.Clone(k.Files)
				maps.Copy(all, k.Later)
				if want := digests(tree); !maps.Equal(all, want) || len(all) != len(k.Files)+len(k.Later) {
					r.Fatalf("the worker knows %v, the site is %v", all, want)
				}
				if _, film := k.Files["playbooks/film.bin"]; film || len(k.Later) > 1 {
					r.Fatal(k.Later)
				}
				without := &output.Tree{}
				for _, p := range tree.Paths() {
					if f, _ := tree.Get(p); p != "sw.js" {
						without.Put(f)
					}
				}
				if sum, known := versions[k.Version]; known && sum != without.Digest() {
					r.Fatalf("one version of two sites: %s", k.Version)
				}
				versions[k.Version] = without.Digest()
			},
		})
		if len(versions) == 0 {
			r.Fatal("no build")
		}
	})
}

// TestWorkerOfALargeSite has the worker keep what every reader needs, no more than
// a phone can load, and nothing that is not published.
func TestWorkerOfALargeSite(t *testing.T) {
	site := fstest.MapFS{"playbooks/secret.md": {Data: []byte("---\nstatus: draft\nposition: 1\nsegment: s\n---\nSecret\n")}}
	// One file that is too large keeps no other away.
	site["themes/default/assets/background.webp"] = &fstest.MapFile{Data: make([]byte, 3<<20)}
	for i := range 410 {
		text := fmt.Sprintf("---\nposition: %d\nsegment: s\n---\n## Selling tasks\n\n### Account manager\n\n1. Call %d\n", i%100, i)
		site[fmt.Sprintf("playbooks/p%d.md", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, _ := buildTree(t, site)
	k, all, size := workerOf(t, tree), digests(tree), 0
	for address, sum := range k.Files {
		if all[address] != sum {
			t.Errorf("%s is not in the site", address)
		}
		f, _ := tree.Get(address)
		size += len(f.Data)
	}
	for _, address := range []string{"index.html", "offline.html", "site.js", "theme/plumb.css", "theme/plumb.js", "roles.html", "roles/account-manager.html"} {
		if k.Files[address] == "" {
			t.Errorf("%s is not kept", address)
		}
	}
	for _, address := range []string{"roles/account-manager.2.html", "playbooks/p1.html", "playbooks/secret.html"} {
		if k.Files[address] != "" {
			t.Errorf("%s is kept", address)
		}
	}
	if len(k.Later) > 0 || len(k.Own) > 40 || size > 2<<20 {
		t.Error(len(k.Later), k.Own, size)
	}
	f, _ := tree.Get("sw.js")
	if bytes.Contains(f.Data, []byte("secret")) {
		t.Error("the worker names a draft")
	}
	site["playbooks/p7.md"] = &fstest.MapFile{Data: []byte("---\nposition: 7\nsegment: s\n---\nOther\n")}
	changed, _ := buildTree(t, site)
	if workerOf(t, changed).Version == k.Version {
		t.Error("another page, and no other version")
	}
}

// sequence notes the order in which files come, and that their digests are right.
type sequence struct {
	mu    sync.Mutex
	files []output.File
}

func (s *sequence) Put(f output.File) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.Sum != output.SumOf(f.Data) && f.Sum != (output.Sum{}) {
		return errors.New(f.Path + " has another digest")
	}
	s.files = append(s.files, f)
	return nil
}

// TestWorkerIsLast: nothing that the worker names is published after it.
func TestWorkerIsLast(t *testing.T) {
	var s sequence
	if _, err := generator.Build(context.Background(), generator.Options{Root: os.DirFS(".."), Themes: themes.FS(), AsOf: sampleDay}, &s); err != nil {
		t.Fatal(err)
	}
	last := s.files[len(s.files)-1]
	if last.Path != "sw.js" {
		t.Fatal(last.Path)
	}
	for _, f := range s.files[:len(s.files)-1] {
		// Files of one turn are published in the order of their paths.
		if f.Class > last.Class || f.Class == last.Class && f.Path > last.Path {
			t.Errorf("%s is published after the worker", f.Path)
		}
	}
}

// TestIndexIsPublishedInTurn: its shards come before the pages, what names them
// behind, so that who comes in the middle finds what is named.
func TestIndexIsPublishedInTurn(t *testing.T) {
	var s sequence
	if _, err := generator.Build(context.Background(), generator.Options{Root: os.DirFS(".."), Themes: themes.FS(), AsOf: sampleDay}, &s); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, f := range s.files {
		name, ok := strings.CutPrefix(f.Path, "search/")
		if !ok {
			continue
		}
		seen++
		want := output.SearchShard
		if name == "root.js" {
			want = output.SearchRoot
		}
		if f.Class != want {
			t.Errorf("%s has turn %d, not %d", f.Path, f.Class, want)
		}
	}
	if seen < 20 || output.SearchShard >= output.Page || output.Page >= output.SearchRoot {
		t.Error(seen)
	}
}

// TestPreviewFindsFaultsOfSearchPages: they are made when somebody asks for them,
// what is wrong with their layout is said at once.
func TestPreviewFindsFaultsOfSearchPages(t *testing.T) {
	site := fstest.MapFS{"playbooks/about.md": {Data: []byte("About.\n")}, "themes/default/layouts/search.html": {Data: []byte("{{define \"main\"}}<h1>{{.Nope.Foo}}</h1>{{end}}")}}
	report, err := generator.Build(context.Background(), generator.Options{Root: site, Themes: themes.FS(), AsOf: sampleDay, PagesOnly: true}, &output.Tree{})
	if err != nil || len(report.Diagnostics) != 1 || report.Diagnostics[0].Place.Path != "themes/default/layouts/search.html" {
		t.Errorf("%v, %v", report.Diagnostics, err)
	}
}
