package render

import (
	"bytes"
	"fmt"
	"hash/maphash"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// book is a playbook with tasks, a line each: a heading where it begins with #.
func book(title string, position int, more string, tasks ...string) string {
	text := fmt.Sprintf("---\ntitle: %q\nposition: %d\nsegment: s\n%s---\n## Selling tasks\n\n", title, position, more)
	for _, t := range tasks {
		if strings.HasPrefix(t, "#") {
			text += "\n##" + t + "\n\n"
		} else {
			text += "- " + t + "\n"
		}
	}
	return text
}

// plainRows are the rows of a page as text, each with the addresses it leads to
// behind it.
func plainRows(t *testing.T, r *Renderer, p Page) (out []string) {
	t.Helper()
	for n := range parsed(t, r, p).Descendants() {
		if n.Data != "li" || n.Parent.Data != "ul" || classOf(n.Parent) != "uses" {
			continue
		}
		var text, links []string
		for c := range n.Descendants() {
			if c.Type == html.TextNode {
				text = append(text, c.Data)
			}
			if c.Data == "a" {
				links = append(links, attributeOf(c, "href"))
			}
		}
		out = append(out, strings.Join(append([]string{strings.Join(text, "")}, links...), " | "))
	}
	return out
}

func parsed(t *testing.T, r *Renderer, p Page) *html.Node {
	t.Helper()
	var b bytes.Buffer
	if list := r.Render(&b, p); len(list) > 0 {
		t.Fatal(list)
	}
	if b.Len() > 150<<10 {
		t.Errorf("%s has %d bytes", p.Path, b.Len())
	}
	doc, err := html.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func attributeOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func classOf(n *html.Node) string { return attributeOf(n, "class") }

// TestNamesFromAToZ: every name is one row that leads to the very thing, in
// order of the folded text, with what it is, whose, and where it stands.
func TestNamesFromAToZ(t *testing.T) {
	shared := []string{"# Account manager", "Call them", "# Field engineer", "Call them!"}
	r := linked(t, map[string]string{
		"a.md":    book("Zebra <b>", 10, "", append(shared, "# Buyer's agent manager", "éteindre la **lampe** & partir")...),
		"b.md":    book("Oak", 90, "illustrative: true\nlang: de\n", shared[:2]...),
		"c.md":    book("Old", 50, "status: retired\n", "Retired task") + "\n## Metrics\n\n- **Retired metric**\n",
		"d.md":    book("Dusk", 91, "", "Call them") + "\n## Support processes\n\n- **Loan pool**\n\n## Metrics\n\n- **Swaps** Role: field engineer\n",
		"many.md": book("Elm", 92, "", "Call them"), "many1.md": book("Fir", 93, "", "Call them"), "many2.md": book("Gum", 94, "", "Call them"),
		"metrics.md": "# Metrics\n\n## Swaps\n\nHow many.\n\n## House only\n\nTwo.\n",
	})
	pages := r.SearchPages()
	if len(pages) != 1 || pages[0].Path != "search.html" {
		t.Fatal(pages)
	}
	want := []string{
		"Call themTask · Account manager, Field engineer, Everyone · Zebra <b>, Oak, Dusk, Elm, Fir and 1 more | playbooks/a.html#t | playbooks/a.html#t | playbooks/b.html#t | playbooks/d.html#t | playbooks/many.html#t | playbooks/many1.html#t",
		"DuskPlaybook · 91 of 100, sells it for more | playbooks/d.html",
		"ElmPlaybook · 92 of 100, sells it for more | playbooks/many.html",
		"éteindre la lampe & partirTask · Buyer's agent manager · Zebra <b> | playbooks/a.html#t",
		"FirPlaybook · 93 of 100, sells it for more | playbooks/many1.html",
		"GumPlaybook · 94 of 100, sells it for more | playbooks/many2.html",
		"House onlyMetric · For the whole house | metrics.html#house-only",
		"Loan poolSupport process · Used in 1 playbook | processes.html#loan-pool",
		"OakPlaybook · 90 of 100, sells it for more Illustrative | playbooks/b.html",
		"SwapsMetric · Field engineer · Used in 1 playbook | metrics.html#swaps",
		"Zebra <b>Playbook · 10 of 100, makes it for less | playbooks/a.html",
	}
	got := plainRows(t, r, pages[0])
	for i := range got {
		got[i] = withoutTaskIDs(got[i])
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// withoutTaskIDs shortens the anchors of tasks, which are digests.
func withoutTaskIDs(row string) string {
	parts := strings.Split(row, " | ")
	for i, p := range parts {
		if before, _, ok := strings.Cut(p, "#t-"); ok && i > 0 {
			parts[i] = before + "#t"
		}
	}
	return strings.Join(parts, " | ")
}

// TestNamesLeadSomewhere: the address of each row is a page of the site with
// the anchor on it.
func TestNamesLeadSomewhere(t *testing.T) {
	r := linked(t, map[string]string{
		"all.md": all, "other.md": "# Other\n", "metrics.md": "# Metrics\n\n## Price realised\n\nMuch.\n\n## Late\n", "processes.md": "# Processes\n\n## Pool\n\nLends.\n",
		"x/ü #1.md": book("Über uns", 3, "lang: de\n", "Call", "Call", "Call them") + "\n## Support processes\n\n- **Pool**\n- **Ünique %1**\n",
	})
	anchors := map[string]bool{}
	for _, p := range r.Pages() {
		if p.Layout == "" {
			continue
		}
		to := href("", p.Path)
		anchors[to] = true
		for n := range parsed(t, r, p).Descendants() {
			if id := attributeOf(n, "id"); id != "" {
				anchors[to+"#"+escapeAnchor(id)] = true
			}
		}
	}
	rows := plainRows(t, r, r.SearchPages()[0])
	for _, row := range rows {
		for _, to := range strings.Split(row, " | ")[1:] {
			if !anchors[to] {
				t.Errorf("%s leads nowhere: %s", row, to)
			}
		}
	}
	if len(rows) < 8 {
		t.Error(rows)
	}
}

// TestLetters: what stands under which letter.
func TestLetters(t *testing.T) {
	for text, want := range map[string]string{
		"Call": "a-z C", "Élan": "a-z E", "  “Quoted”": "a-z Q", "1. Numbered": "a-z N", "Øre": "a-z O", "Łódź": "a-z L", "Ærø": "a-z A",
		"90-day review": "0-9 0–9", "９０ days": "0-9 0–9", "٣ أيام": "0-9 0–9",
		"Ωμέγα": "greek Ελληνικά", "Ёлка": "cyrillic Кириллица", "שלום": "hebrew עברית", "سلام": "arabic العربية", "ไทย": "thai ไทย",
		"한국어": "hangul 한글", "電話": "han 漢字", "すぐ": "kana かな", "スグ": "kana かな", "ｽｸﾞ": "kana かな",
		"— … —": "other ", "🎉": "other ", "ᚠᚢ": "other ",
	} {
		row := azRow{text: text}
		row.fold()
		id, name := letterName(row.letter)
		if len(id) == 1 {
			id = "a-z"
		}
		if got := id + " " + name; got != want {
			t.Errorf("%s stands under %q, not %q", text, got, want)
		}
	}
}

// manyNames are the texts of a site with n playbooks of twelve tasks, many of
// them with names that are long and need escaping.
func manyNames(n int) map[string]string {
	verbs := strings.Fields("Agree Bring Call Demonstrate Explain Find Give Handle Inform Join Keep Learn Map Name Offer Plan Quote Review Show Test Use Visit Write Übergeben 電話 すぐ Звонить 3×")
	files := map[string]string{}
	for i := range n {
		var tasks []string
		for k := range 12 {
			tasks = append(tasks, fmt.Sprintf("%s “the %d & <%d> of the customer’s sites” %s", verbs[(i*5+k*11)%len(verbs)], k, i, strings.Repeat("before the offer ", i*k%9)))
		}
		files[fmt.Sprintf("folder/p%05d.md", i)] = book(fmt.Sprintf("Offer %d", i), i*37%101, "", append(tasks, "Greet them")...)
	}
	return files
}

// TestManyNames: of a large site each letter has pages of its own, of bounded
// size; together they hold every name once, in order.
func TestManyNames(t *testing.T) {
	const n = 300
	r := linked(t, manyNames(n))
	pages := r.SearchPages()
	if rows := plainRows(t, r, pages[0]); len(rows) > 0 {
		t.Errorf("search.html has %d rows", len(rows))
	}
	paths := map[string]bool{}
	for _, p := range pages {
		paths[p.Path] = true
	}
	for _, want := range []string{"search.html", "a-z/a.html", "a-z/g.2.html", "a-z/han.html", "a-z/kana.html", "a-z/cyrillic.html", "a-z/0-9.html"} {
		if !paths[want] {
			t.Errorf("there is no %s among %v", want, paths)
		}
	}
	var all []string
	for _, p := range pages {
		rows := plainRows(t, r, p)
		if len(rows) > linksPerPage {
			t.Errorf("%s has %d rows", p.Path, len(rows))
		}
		all = append(all, rows...)
		for n := range parsed(t, r, p).Descendants() {
			if n.Data != "a" || classOf(n.Parent.Parent.Parent) != "pager" {
				continue
			}
			if to := path.Join(path.Dir(p.Path), attributeOf(n, "href")); !paths[to] {
				t.Errorf("%s leads to %s", p.Path, to)
			}
		}
	}
	slices.Sort(all)
	if len(all) != 13*n+1 || len(slices.Compact(all)) != 13*n+1 {
		t.Errorf("%d names, %d of them different", len(all), len(slices.Compact(all)))
	}
}

// TestOrderOfNames: one order, whatever the order the names are met in.
func TestOrderOfNames(t *testing.T) {
	rows := []*azRow{
		{text: "call", url: "b"}, {text: "Call", url: "b"}, {text: "Call", url: "a"}, {text: "Càll", url: "a"}, {text: "Call", url: "a", anchor: "x"},
		{text: "call again and again"}, {text: "call again and"}, {text: "2 calls"}, {text: "すぐ"}, {text: "サス"}, {text: "!"}, {text: "zone"},
	}
	const want = "2 calls, Call, Call#x, Call, Càll, call, call again and, call again and again, zone, サス, すぐ, !"
	for range 20 {
		slices.SortFunc(rows, func(a, b *azRow) int { return int(maphash.String(maphash.MakeSeed(), a.text)%3) - 1 })
		var got []string
		for _, l := range ordered(rows) {
			for _, row := range l.rows {
				got = append(got, strings.TrimSuffix(row.text+"#"+row.anchor, "#"))
			}
		}
		if s := strings.Join(got, ", "); s != want {
			t.Fatalf("got  %s\nwant %s", s, want)
		}
	}
}

// TestFingerprintsOfNames: a page of the A–Z whose bytes change has another
// fingerprint, and few have where one task changes.
func TestFingerprintsOfNames(t *testing.T) {
	files := manyNames(300)
	seed := maphash.MakeSeed()
	type made struct {
		print uint64
		bytes string
	}
	build := func() map[string]made {
		r := linked(t, files)
		prints, out := r.Fingerprints(seed), map[string]made{}
		for _, p := range r.SearchPages() {
			var b bytes.Buffer
			r.Render(&b, p)
			out[p.Path] = made{prints.Of(p), b.String()}
		}
		return out
	}
	const edited = "folder/p00007.md"
	text := files[edited]
	before := build()
	for _, edit := range []struct {
		from, to string
		most     int // pages that are made anew
	}{
		{"- Greet them", "- Greet nobody", 3}, {"- Greet", "- Xylograph\n- Greet", 99}, {"title: \"Offer 7\"", "title: \"Mellow 7\"", 99}, {"position: ", "illustrative: true\nposition: ", 1},
		{"\n- ", "\n### Account manager\n\n- ", 99}, {"segment: s", "segment: s\nlang: de", 99}, {"segment: s", "segment: s\nstatus: retired", 99},
	} {
		files[edited] = strings.Replace(text, edit.from, edit.to, 1)
		anew := 0
		for path, m := range build() {
			if old := before[path]; old.print != m.print {
				anew++
			} else if old.bytes != m.bytes {
				t.Errorf("%s: %s is another page with the same fingerprint", edit.to, path)
			}
		}
		if anew == 0 || anew > edit.most {
			t.Errorf("%s makes %d pages anew", edit.to, anew)
		}
	}
}

// BenchmarkNames sorts the names of 10,000 playbooks, and makes their pages.
func BenchmarkNames(b *testing.B) {
	src, err := os.ReadFile("../testdata/playbook.md")
	if err != nil {
		b.Fatal(err)
	}
	_, body, _ := bytes.Cut(src, []byte("\n---\n"))
	files := manyNames(10000)
	for path, text := range files {
		files[path] = text + "\n" + string(body)
	}
	r := linked(b, files)
	b.Run("sort", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			n := 0
			for _, l := range azLetters(r.site) {
				n += len(l.rows)
			}
			b.ReportMetric(float64(n), "rows")
		}
	})
	b.Run("pages", func(b *testing.B) {
		pages := r.SearchPages()
		var page bytes.Buffer
		for b.Loop() {
			for _, p := range pages {
				page.Reset()
				r.Render(&page, p)
			}
			b.ReportMetric(float64(len(pages)), "pages")
		}
	})
}
