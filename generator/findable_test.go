package generator_test

import (
	"context"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"plumb/generator"
	"plumb/generator/output"
	"plumb/generator/search"
	"plumb/themes"
)

// TestEveryWordIsFound is the promise that nothing is dropped, for the index:
// every word of a random text is a word of an entry, and every entry leads to an
// anchor that its page has.
func TestEveryWordIsFound(t *testing.T) {
	paths := map[string]string{
		"p.md": "title: P\nposition: 10\nsegment: s\n", "processes.md": "title: P\n", "metrics.md": "title: P\n", "roles/sdr.md": "title: P\n",
		"segments/s.md": "title: P\n", "index.md": "title: P\n", "folder/about.md": "title: P\n",
	}
	order := slices.Sorted(maps.Keys(paths))
	rapid.Check(t, func(t *rapid.T) {
		path := rapid.SampledFrom(append(order, "p.md", "p.md", "p.md")).Draw(t, "path")
		lang := rapid.SampledFrom([]string{"", "lang: en\n", "lang: de\n", "lang: ja\n", "lang: fr\n"}).Draw(t, "lang")
		a := &author{t: t}
		text := "---\n" + paths[path] + lang + "---\n\n" + a.document()
		report, tree := published(t, fstest.MapFS{
			"playbooks/other.md":   {Data: []byte("# Other\n")},
			"playbooks/another.md": {Data: []byte("---\nposition: 20\nsegment: s\n---\n\n## Selling tasks\n\n### SDR\n\n- Call.\n")},
			"playbooks/" + path:    {Data: []byte(text)},
		})
		pages := indexed(t, report)
		found := map[string]bool{}
		for _, p := range pages {
			p.words(found)
		}
		for _, w := range a.words {
			if !found[w] {
				t.Fatalf("the word %s is in no entry\n--- %s\n%s\n--- entries\n%v", w, path, text, pages)
			}
		}
		checkAnchors(t, tree, pages)
	})
}

// TestResultsLeadToAnchors looks for the anchor of every entry of the sample
// in the page it names.
func TestResultsLeadToAnchors(t *testing.T) {
	report, tree := published(t, os.DirFS(".."))
	pages := indexed(t, report)
	checkAnchors(t, tree, pages)
	kinds := map[string]int{}
	for _, p := range pages {
		for kind, list := range p.Entries {
			kinds[kind] += len(list)
		}
	}
	if len(kinds) < 9 {
		t.Errorf("the entries of the sample by column: %v", kinds)
	}
}

// TestRetiredPagesAreInNoByteOfTheIndex: nor are drafts.
func TestRetiredPagesAreInNoByteOfTheIndex(t *testing.T) {
	page := func(status, word string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\ntitle: " + word + "title\nposition: 10\nsegment: " + word + "-segment\nstatus: " + status + "\nowner: " + word + "owner\n---\n\n## Selling tasks\n\n### " + word + " manager\n\n- " + word + "task\n  - " + word + "note\n\n## Metrics\n\n| Metric | Owner |\n| --- | --- |\n| " + word + "metric | " + word + " manager |\n\n## Why\n\n" + word + "text\n")}
	}
	plain := func(status, title, word string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\ntitle: " + title + "\nstatus: " + status + "\n---\n\n## " + word + "head\n\n" + word + "text\n")}
	}
	for _, more := range []fstest.MapFS{
		{},
		{
			"playbooks/processes.md": plain("retired", "zebra", "zebra"), "playbooks/index.md": plain("retired", "zebra", "zebra"),
			// The name of a live segment stays its name.
			"playbooks/roles/sdr.md": plain("retired", "zebra", "zebra"), "playbooks/segments/live-segment.md": plain("retired", "Live", "zebra"),
		},
	} {
		site := fstest.MapFS{
			"playbooks/live.md": page("live", "live"), "playbooks/retired.md": page("retired", "zebra"), "playbooks/draft.md": page("draft", "zebra"),
			"playbooks/about.md": plain("live", "about", "about"), "playbooks/old.md": plain("retired", "zebra", "zebra"),
		}
		maps.Copy(site, more)
		report, _ := published(t, site)
		live := false
		for name, data := range index(t, report) {
			if strings.Contains(strings.ToLower(string(data)), "zebra") {
				t.Errorf("%s holds a word of a retired page\n%s", name, data)
			}
			live = live || strings.Contains(string(data), "livenote")
		}
		if !live {
			t.Error("the live page is not in the index")
		}
	}
}

type failer interface {
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

func published(t failer, root fs.FS) (*generator.Report, *output.Tree) {
	var tree output.Tree
	report, err := generator.Build(context.Background(), generator.Options{Root: root, Themes: themes.FS(), AsOf: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)}, &tree)
	if err != nil {
		t.Fatal(err)
	}
	return report, &tree
}

func index(t failer, report *generator.Report) map[string][]byte {
	files, err := search.Files(search.Input{Site: report.Site, Place: func(int) string { return "a place" }})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// indexedPage is a shard of a page's text.
type indexedPage struct {
	URL     string
	Title   string
	Entries map[string][][]string
}

// indexed are the texts of all pages.
func indexed(t failer, report *generator.Report) (pages []indexedPage) {
	for name, file := range index(t, report) {
		_, data, _ := strings.Cut(string(file), ",")
		data = strings.TrimSuffix(strings.TrimSpace(data), ");")
		if name == search.RootName || data[0] != '{' {
			continue
		}
		var p indexedPage
		if err := json.Unmarshal([]byte(data), &p); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, p)
	}
	return pages
}

func (p *indexedPage) words(into map[string]bool) {
	for _, list := range p.Entries {
		for _, e := range list {
			for _, text := range e[1:] {
				for w := range search.Words(text) {
					into[w.Text] = true
				}
			}
		}
	}
}

// checkAnchors looks for the anchors of all entries in the pages.
func checkAnchors(t failer, tree *output.Tree, pages []indexedPage) {
	for _, p := range pages {
		file, ok := tree.Get(p.URL)
		if !ok {
			t.Fatalf("there is no page %s", p.URL)
		}
		ids := idsOf(t, string(file.Data))
		for _, list := range p.Entries {
			for _, e := range list {
				if e[0] != "" && !ids[e[0]] {
					t.Fatalf("%s#%s, “%s”, is not there", p.URL, e[0], e[1])
				}
			}
		}
	}
}

func idsOf(t failer, page string) map[string]bool {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	each(doc, func(n *html.Node) { ids[attr(n, "id")] = true })
	return ids
}
