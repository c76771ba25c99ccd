package generator_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"plumb/generator"
	"plumb/generator/output"
	"plumb/themes"
)

// TestNothingIsDropped states the promise of DESIGN: every word that a
// Markdown reader would show stands in the page, whatever Plumb understands or
// fails to understand. The words of a random document are all different, so
// that each can be looked for by itself.
func TestNothingIsDropped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom([]string{"", "lang: en\n", "lang: de\n", "lang: ja\n", "lang: fr\n"}).Draw(t, "lang")
		checkShown(t, "p.md", "title: P\nposition: 10\nsegment: s\n"+lang, "playbooks/p")
	})
}

// TestNothingIsDroppedElsewhere is the same promise for the pages that are no
// playbooks: those of the house, of the registers, and ordinary ones.
func TestNothingIsDroppedElsewhere(t *testing.T) {
	pages := map[string]string{
		"processes.md": "processes", "metrics.md": "metrics", "roles/sdr.md": "roles/sdr", "segments/s.md": "segments/s",
		"index.md": "index", "folder/about.md": "folder/about",
	}
	paths := slices.Sorted(maps.Keys(pages))
	rapid.Check(t, func(t *rapid.T) {
		path := rapid.SampledFrom(paths).Draw(t, "path")
		checkShown(t, path, "title: P\n", pages[path])
	})
}

// checkShown builds a site with a random text at a path and looks for its
// words in the page with a name, and in those that continue it.
func checkShown(t *rapid.T, path, front, page string) {
	d := &author{t: t}
	text := d.document()
	shown := map[string]bool{}
	built := buildPages(t, path, "---\n"+front+"---\n\n"+text, page)
	for _, p := range built {
		pageWords(t, p, shown)
		checkSafe(t, p)
	}
	for _, w := range d.words {
		if !shown[w] {
			t.Fatalf("the word %s is not on the page\n--- %s\n%s\n--- page\n%s", w, path, text, built[0][strings.Index(built[0], "<main"):])
		}
	}
}

// checkSafe holds a page made of random text to what every page promises: one
// h1, ids that stand once, nothing that could run or load from elsewhere.
func checkSafe(t *rapid.T, page string) {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	ids, h1 := map[string]bool{}, 0
	each(doc, func(n *html.Node) {
		if id := attr(n, "id"); id != "" {
			if ids[id] {
				t.Fatalf("the id %s stands twice\n%s", id, page)
			}
			ids[id] = true
		}
		if n.Data == "h1" {
			h1++
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Val, "javascript:") {
				t.Fatalf("the attribute %s=%q\n%s", a.Key, a.Val, page)
			}
		}
	})
	if h1 != 1 {
		t.Fatalf("%d h1\n%s", h1, page)
	}
}

// author writes random playbooks from the constructs in use.
type author struct {
	t     *rapid.T
	words []string
	notes []string // footnotes still to be written
}

func (a *author) pick(label string, options ...string) string {
	return rapid.SampledFrom(options).Draw(a.t, label)
}

func (a *author) times(label string, most int) int { return rapid.IntRange(1, most).Draw(a.t, label) }

// word returns a new word that must be shown.
func (a *author) word() string {
	w := fmt.Sprintf("w%dx", len(a.words))
	a.words = append(a.words, w)
	return w
}

// inline returns a stretch of running text.
func (a *author) inline() string {
	var parts []string
	for range a.times("pieces", 4) {
		w := a.word()
		parts = append(parts, a.pick("inline",
			w, "**"+w+"**", "*"+w+"*", "`"+w+"`", "~~"+w+"~~", "["+w+"](https://example.com/)", "["+w+"](#nowhere-"+w+")", "<b>"+w+"</b>", w+".", w+":", "**"+w+":**",
			"Owner: "+w+".", "*Ask:* "+w, "**Owner** (since May): "+w, "**Target** – "+w, "🎯 **"+w+":** x", "Objection: "+w+". Answer: x", "**Nota "+w+"** : x", "Réponse : "+w, "回答："+w, a.footnote(w), "**Target:** "+w, "Ask: "+w, "Share: "+w+".", "{{< "+w+" >}}", "😀 "+w, w+"<br>", "["+w+"](javascript:alert(1))", "<img src=x onerror=alert(1)>"+w, "[^"+w+"]", "![pic "+w+"](https://example.com/x.png)", "&lt;"+w, "<https://example.com/"+w+">", "\\*"+w+"\\*", "<!-- note -->"+w, "_"+w+"_ —"))
	}
	return strings.Join(parts, a.pick("space", " ", " ", "\n"))
}

// footnote returns a reference to a footnote that holds a word of its own.
func (a *author) footnote(word string) string {
	if a.times("footnote", 4) > 1 {
		return word
	}
	id := fmt.Sprintf("n%d", len(a.notes))
	a.notes = append(a.notes, "[^"+id+"]: "+a.word())
	return word + "[^" + id + "]"
}

func (a *author) line() string { return strings.ReplaceAll(a.inline(), "\n", " ") }

var knownHeadings = []string{
	"Value proposition", "El pitch (elevator pitch)", "Buyers", "Qualify", "Walk away", "Good fit", "Questions", "Selling tasks",
	"Objections", "Alternatives", "Support processes", "Metrics", "Customer metrics", "Assets", "Proof", "People", "Initiatives",
}

func (a *author) heading() string {
	level := strings.Repeat("#", a.times("level", 5))
	name := rapid.SampledFrom(append(knownHeadings, "Account manager", "3. Stage", "Why", "Rôle {#own-id}", "Title <script>alert(1)</script>",
		"Response", "Owner", "TBD", "Part 2: Objections", "“Dear”", "Einwände", "Kennzahlen", "反論と回答", "指標", "Objections (customer metrics)", "Support processes 🛠️")).Draw(a.t, "heading")
	if a.times("plain", 3) == 1 {
		name = a.line()
	}
	return level + " " + name
}

func (a *author) table() string {
	heads := []string{"Metric", "Kind", "Target", "Owner", "Buyer", "Objection", "Answer", "Share", "Definition", "", "Attribute"}
	columns := a.times("columns", 4)
	var b strings.Builder
	for range columns {
		b.WriteString("| " + rapid.SampledFrom(heads).Draw(a.t, "head") + " ")
	}
	b.WriteString("|\n" + strings.Repeat("| --- ", columns) + "|\n")
	for range a.times("rows", 3) {
		for range columns {
			cell := a.pick("cell", "", "Target", "Owner", "x")
			if cell == "x" {
				cell = strings.ReplaceAll(a.line(), "|", "\\|")
			}
			b.WriteString("| " + cell + " ")
		}
		b.WriteString("|\n")
	}
	return b.String()
}

func (a *author) list(depth int) string {
	marker := a.pick("marker", "- ", "1. ", "* ", "- [ ] ", "- [x] ", "- **", "- [", "- **Owner:** ", "- **Metric:** ", "- 🎯 ", "- **Account manager**\n  - ")
	var b strings.Builder
	for range a.times("items", 3) {
		switch marker {
		case "- **":
			b.WriteString("- **" + a.word() + a.pick("end", "**", ":**", "**:", ".**") + " " + a.line() + "\n")
		case "- [":
			b.WriteString("- [" + a.word() + "](other.md) " + a.line() + "\n")
		default:
			b.WriteString(marker + a.line() + "\n")
		}
		if depth < 2 && a.times("nest", 4) == 1 {
			b.WriteString(indent(a.list(depth+1), "   ") + "\n")
		}
		if a.times("table", 8) == 1 {
			b.WriteString("\n" + indent(a.table(), "   ") + "\n\n")
		}
		if a.times("loose", 5) == 1 {
			b.WriteString("\n   " + a.line() + "\n\n")
		}
	}
	return b.String()
}

func indent(s, by string) string {
	return by + strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", "\n"+by)
}

func (a *author) block() string {
	switch a.times("block", 12) {
	case 1, 2, 3:
		return a.heading()
	case 4, 5:
		return a.list(0)
	case 6:
		return a.table()
	case 7:
		return "> " + strings.ReplaceAll(a.inline(), "\n", "\n> ")
	case 8:
		return "**" + a.word() + "**"
	case 9:
		return "```\n" + a.word() + "\n```"
	case 10:
		w := a.word()
		return a.pick("rule", w+"\n\n---", w+"\n\n***", "<!-- a comment -->\n\n"+w, w+"\n===", "**Response:**\n\n"+w, "**Own label:**\n\n- "+w, "**“"+w+"”** x", "Account manager:\n- "+w, "> **Customer:** "+w, "> "+w+"\n>\n> - x", "TBD\n\n"+w, "Say:\n\n> "+w, "<div>\n"+w+"\n</div>", "**"+w+"**\ntext")
	}
	return a.inline()
}

func (a *author) document() string {
	var blocks []string
	for range a.times("blocks", 14) {
		blocks = append(blocks, a.block())
	}
	return strings.Join(append(blocks, a.notes...), "\n\n")
}

// buildPages builds a site with a text at a path and returns the page with a
// name and those that continue it. Links that lead nowhere are errors, and the
// pages are made all the same.
func buildPages(t *rapid.T, path, text, name string) (pages []string) {
	site := fstest.MapFS{
		"playbooks/other.md":   {Data: []byte("# Other\n")},
		"playbooks/another.md": {Data: []byte("---\nposition: 20\nsegment: s\n---\n\n## Selling tasks\n\n### SDR\n\n- Call.\n")},
		"playbooks/" + path:    {Data: []byte(text)},
	}
	var tree output.Tree
	_, err := generator.Build(context.Background(), generator.Options{Root: site, Themes: themes.FS(), AsOf: time.Unix(0, 0)}, &tree)
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; ; n++ {
		part := name
		if n > 1 {
			part = fmt.Sprintf("%s.%d", name, n)
		}
		f, ok := tree.Get(part + ".html")
		if !ok {
			break
		}
		pages = append(pages, string(f.Data))
	}
	if len(pages) == 0 {
		t.Fatalf("no page\n%s", text)
	}
	return pages
}

// pageWords adds the words of a page's main part.
func pageWords(t *rapid.T, page string, words map[string]bool) {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			for _, w := range strings.FieldsFunc(n.Data, func(r rune) bool { return r != 'w' && r != 'x' && (r < '0' || r > '9') }) {
				words[w] = true
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(find(doc, "main"))
}

func find(n *html.Node, tag string) *html.Node {
	if n.Type == html.ElementNode && n.Data == tag {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if m := find(c, tag); m != nil {
			return m
		}
	}
	return nil
}
