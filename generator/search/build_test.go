package search

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"plumb/generator/config"
	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// failer is what tests and properties have in common.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// siteOf links a site of Markdown files, by path below the content folder.
func siteOf(t failer, settings *config.Config, files map[string]string) *site.Site {
	t.Helper()
	words, _ := playbook.NewVocabulary(settings)
	house := map[string]playbook.Kind{"metrics.md": playbook.Metrics, "processes.md": playbook.SupportProcesses}
	in := site.Input{Config: settings}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		f, list := source.Decode(site.ContentDir+"/"+path, []byte(files[path]))
		if f == nil {
			t.Fatal(list)
		}
		page, list := playbook.Decoder{Config: settings, Words: words}.Decode(f, house[path])
		if page == nil {
			t.Fatal(list)
		}
		in.Pages = append(in.Pages, page)
	}
	linked, _ := site.Link(in)
	return linked
}

// filesOf makes the index of a site: the root first, the others by name.
func filesOf(t failer, s *site.Site, harvesters int) []File {
	t.Helper()
	var mu sync.Mutex
	var files []File
	err := build(Input{Site: s, Place: strconv.Itoa, Engine: []byte("'the engine';")}, pace{harvesters, 1}, func(f File) error {
		mu.Lock()
		defer mu.Unlock()
		files = append(files, File{f.Name, bytes.Clone(f.Data)})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	root := files[len(files)-1]
	slices.SortFunc(files[:len(files)-1], func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	return append([]File{root}, files[:len(files)-1]...)
}

// index is an index taken apart, by other means than those of [Index].
type indexFiles struct {
	rootFile
	shards map[string][]byte // the values by name
	terms  []string          // the shards of terms, in order
	words  []string
	pages  []indexedPage
}

// indexedPage is a shard of a page's text.
type indexedPage struct {
	URL     string
	Entries map[string][][]string
}

func apart(t failer, files []File) *indexFiles {
	t.Helper()
	x := &indexFiles{shards: map[string][]byte{}}
	for _, f := range files {
		data, ok := bytes.CutPrefix(f.Data, []byte("plumb.search.shard(\""+f.Name+"\","))
		if f.Name == RootName {
			data, ok = bytes.CutPrefix(f.Data, []byte("'the engine';\nplumb.search.open("))
		}
		data, end := bytes.CutSuffix(data, []byte(");\n"))
		if !ok || !end || !json.Valid(data) {
			t.Fatalf("%s: %s", f.Name, f.Data)
		}
		x.shards[f.Name] = data
	}
	if err := json.Unmarshal(x.shards[RootName], &x.rootFile); err != nil {
		t.Fatal(err)
	}
	x.terms, x.words = x.ordered(t, x.Terms), x.ordered(t, x.Words)
	names := strings.Fields(x.Texts)
	for _, dir := range strings.Fields(x.Dirs) {
		names = append(names, strings.Fields(x.text(t, dir))...)
	}
	for _, name := range names {
		var p indexedPage
		if err := json.Unmarshal(x.shards[name], &p); err != nil {
			t.Fatal(err)
		}
		x.pages = append(x.pages, p)
	}
	return x
}

func (x *indexFiles) text(t failer, name string) (s string) {
	t.Helper()
	if err := json.Unmarshal(x.shards[name], &s); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return s
}

// ordered returns the shards of a list, and checks that the least word of each
// is what the list says.
func (x *indexFiles) ordered(t failer, list string) (texts []string) {
	t.Helper()
	words := strings.Fields(list)
	for i := 0; i < len(words); i += 2 {
		text := x.text(t, words[i+1])
		if first, _, _ := strings.Cut(text, ","); !strings.HasPrefix(first, words[i]) && !strings.HasPrefix(first[1:], words[i]) || i > 1 && words[i] <= words[i-2] {
			t.Fatalf("the shard of %q begins with %q", words[i], first)
		}
		texts = append(texts, text)
	}
	return texts
}

// place is an entry.
type place struct{ page, column, place uint32 }

// decoded are the groups of all shards of terms: by form, the weights by entry.
func (x *indexFiles) decoded(t failer) (postings map[string]map[place]uint32, counts map[string]int) {
	t.Helper()
	postings, counts = map[string]map[place]uint32{}, map[string]int{}
	last := ""
	for i, shard := range x.terms {
		if first, _, _ := strings.Cut(shard, "."); strings.Split(first, ",")[0] <= last {
			t.Fatalf("shard %d begins with %q, and the one before has %q", i, first, last)
		}
		for _, g := range strings.Split(shard, " ") {
			fields := strings.Split(g, ".")
			forms := strings.Split(fields[0], ",")
			list := x.postings(t, fields[1:])
			count := len(list)
			if len(fields) == 5 {
				n, _, _ := number(fields[4])
				count = int(n)
			}
			for _, form := range forms {
				if postings[form] != nil {
					t.Fatalf("the form %q stands twice", form)
				}
				postings[form], counts[form] = list, count
			}
			last = max(last, slices.Max(forms))
		}
	}
	return postings, counts
}

func (x *indexFiles) postings(t failer, lists []string) map[place]uint32 {
	t.Helper()
	list := map[place]uint32{}
	gaps, columns, places := lists[0], lists[1], lists[2]
	var at, before place
	for gaps != "" {
		var gap, both uint32
		gap, gaps, _ = number(gaps)
		at.column, columns, _ = number(columns)
		both, places, _ = number(places)
		at.page, at.place = at.page+gap, both>>2
		if len(list) > 0 && cmp.Or(cmp.Compare(at.page, before.page), cmp.Compare(at.column, before.column), cmp.Compare(at.place, before.place)) <= 0 {
			t.Fatalf("%v behind %v", at, before)
		}
		list[at], before = both&3, at
	}
	if columns+places != "" {
		t.Fatalf("more columns or places than gaps: %q", lists)
	}
	return list
}

// entries calls f for every entry.
func (x *indexFiles) entries(f func(at place, page *indexedPage, e []string)) {
	for i := range x.pages {
		p := &x.pages[i]
		for column, list := range p.Entries {
			n, _ := strconv.Atoi(column)
			for j, e := range list {
				f(place{uint32(i), uint32(n), uint32(j)}, p, append(slices.Clone(e), "")[:3])
			}
		}
	}
}

var alphabet = []string{
	"price", "prices", "pricing", "négociée", "negocie", "négocié", "follow-up", "l’offre", "O'Neill", "supplier’s", "suppliers", "the", "99.9", "½", "日本語版", "が", "ｶﾞｲﾄﾞ", "die", "dying", "do", "does",
	"Straße", "strasse", "Ångström", "it's", "C++", "<b>", "🎯", "e-mail", "x", "constructor", "__proto__", "П'ять", "ß", "한국어", "ﬁne", "state-of-the-art", "3月", "\"quoted\"", "\\\\",
}

func phrase(most int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(alphabet), 1, most).Draw(t, "words"), rapid.SampledFrom([]string{" ", " ", ", ", ". "}).Draw(t, "space"))
	})
}

// randomFiles are the texts of a small site.
func randomFiles(t *rapid.T) map[string]string {
	files := map[string]string{}
	for i := range rapid.IntRange(0, 4).Draw(t, "playbooks") {
		files[fmt.Sprintf("p%d.md", i)] = fmt.Sprintf("---\nposition: %d\nsegment: s%d\nlang: %s\n---\n\n# %s\n\n## Value proposition\n\n%s\n\n## Selling tasks\n\n### Account manager\n\n- %s\n  - %s\n- %s\n\n### SDR\n\n- %[6]s\n\n## Objections\n\n- **%[7]s** %s\n\n## Metrics\n\n| Metric | Role | Target |\n| --- | --- | --- |\n| %[8]s | SDR | %[9]s |\n\n## Why\n\n%s\n",
			rapid.IntRange(0, 3).Draw(t, "at")*33, rapid.IntRange(0, 2).Draw(t, "segment"), rapid.SampledFrom([]string{"en", "fr"}).Draw(t, "lang"), phrase(4).Draw(t, "title"), phrase(9).Draw(t, "value"),
			phrase(12).Draw(t, "task"), phrase(9).Draw(t, "note"), phrase(4).Draw(t, "other"), phrase(2).Draw(t, "target"), phrase(200).Draw(t, "text"))
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "pages") {
		files[fmt.Sprintf("about%d.md", i)] = "# About\n\n" + phrase(30).Draw(t, "text") + "\n\n## " + phrase(5).Draw(t, "heading") + "\n\n" + phrase(30).Draw(t, "text")
	}
	return files
}

// TestShardsHoldTheWordsOfTheTexts reads the shards and compares them with the
// words of the texts that stand beside them: each word leads to its entries with
// its weight, and to no others.
func TestShardsHoldTheWordsOfTheTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		settings := config.New()
		settings.Language = rapid.SampledFrom([]string{"en", "fr", "de", "ja"}).Draw(t, "language")
		x := apart(t, filesOf(t, siteOf(t, settings, randomFiles(t)), 1))
		postings, counts := x.decoded(t)
		n := 0
		held := map[place]map[string]bool{}
		x.entries(func(at place, _ *indexedPage, e []string) {
			n++
			held[at] = map[string]bool{}
			weight := headWeight(countWords(e[1]))
			for i, text := range e[1:] {
				for w := range Words(text) {
					held[at][w.Text] = true
					if got, ok := postings[w.Text][at]; !ok || got < weight {
						t.Fatalf("%q of %q is at %v with weight %d (%v), not %d", w.Text, text, at, got, ok, weight)
					}
					if i > 0 {
						weight = 0
					}
				}
				weight = 0
			}
		})
		if n != x.Entries {
			t.Fatalf("%d entries, the root says %d", n, x.Entries)
		}
		checkHeld(t, x, postings, held)
		checkWords(t, x, counts)
	})
}

func countWords(text string) int {
	return newHarvester(inflection{}).read(text)
}

// checkHeld checks that each posting's entry has a form of the group.
func checkHeld(t failer, x *indexFiles, postings map[string]map[place]uint32, held map[place]map[string]bool) {
	t.Helper()
	for _, shard := range x.terms {
		for _, g := range strings.Split(shard, " ") {
			forms := strings.Split(strings.Split(g, ".")[0], ",")
			for at := range postings[forms[0]] {
				if !slices.ContainsFunc(sameGroup(postings, forms[0], at), func(form string) bool { return holds(held[at], form) }) {
					t.Fatalf("none of %q is in %v: %v", forms, at, held[at])
				}
			}
		}
	}
}

// sameGroup returns the forms which lead to an entry and have a beginning in
// common with a form, or are of a group that was parted.
func sameGroup(postings map[string]map[place]uint32, form string, at place) (out []string) {
	for f, list := range postings {
		if _, ok := list[at]; ok && (f == form || maps.Equal(list, postings[form])) {
			out = append(out, f)
		}
	}
	return out
}

// holds reports whether an entry has a word: as it is, as two of its words in
// one, or as the last character of a pair.
func holds(words map[string]bool, form string) bool {
	if words[form] {
		return true
	}
	for i := range form {
		if words[form[:i]] && words[form[i:]] {
			return true
		}
	}
	for w := range words {
		if strings.HasSuffix(w, form) {
			return true
		}
	}
	return false
}

// checkWords checks that the shards of words have all forms in order, with how
// common each is.
func checkWords(t failer, x *indexFiles, counts map[string]int) {
	t.Helper()
	last, n := "", 0
	for _, shard := range x.words {
		for _, w := range strings.Split(shard, " ") {
			n++
			if want := digits[bits.Len(uint(counts[w[1:]]))-1]; w[1:] <= last || w[0] != want {
				t.Fatalf("%q behind %q, in %d entries", w, last, counts[w[1:]])
			}
			last = w[1:]
		}
	}
	if n != len(counts) {
		t.Fatalf("%d words, %d forms", n, len(counts))
	}
}

// TestTheSameSiteGivesTheSameFiles: however many harvesters take the words.
func TestTheSameSiteGivesTheSameFiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files := randomFiles(t)
		one := filesOf(t, siteOf(t, config.New(), files), 1)
		three := filesOf(t, siteOf(t, config.New(), files), 3)
		if !slices.EqualFunc(one, three, func(a, b File) bool { return a.Name == b.Name && bytes.Equal(a.Data, b.Data) }) {
			t.Fatal("other files with more harvesters")
		}
	})
}

// TestShardsAreNamedByWhatTheyHold: and no two alike.
func TestShardsAreNamedByWhatTheyHold(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range filesOf(t, manyPages(t, 600, nil), 2)[1:] {
		value := bytes.TrimPrefix(f.Data, []byte("plumb.search.shard(\""+f.Name+"\","))
		if want := digestName(sha256.Sum256(value))[:nameLength]; f.Name != want || seen[f.Name] {
			t.Errorf("%s should be %s", f.Name, want)
		}
		seen[f.Name] = true
	}
}

// TestShardsWhoseNamesClashHaveLongerOnes: the one whose turn comes later has,
// whichever is made first.
func TestShardsWhoseNamesClashHaveLongerOnes(t *testing.T) {
	files := map[string]string{}
	s := &shelf{taken: map[string][32]byte{}, put: func(f File) error {
		files[f.Name] = string(f.Data)
		return nil
	}}
	a, b, again := &sheaf{}, &sheaf{}, &sheaf{}
	a.add("a")
	b.add("b")
	again.add("b")
	short := digestName(b.shards[0].digest)[:nameLength]
	longer := digestName(b.shards[0].digest)[:nameLength+1]
	s.taken[short] = a.shards[0].digest
	q := queue{shelf: s, waiting: map[int]*sheaf{}}
	q.add(2, again)
	q.add(1, b)
	if len(files) > 0 {
		t.Errorf("%q before their turn", files)
	}
	q.add(0, a)
	if first := digestName(a.shards[0].digest)[:nameLength]; !slices.Equal(q.names, []string{first, longer, longer}) || len(files) != 2 || files[longer] != "plumb.search.shard(\""+longer+"\",\"b\");\n" {
		t.Errorf("%q: %q", q.names, files)
	}
}

// TestAFileThatIsNotTakenEndsTheBuild: nothing is handed over behind it, the root
// least of all.
func TestAFileThatIsNotTakenEndsTheBuild(t *testing.T) {
	full := errors.New("no room")
	taken := 0
	err := build(Input{Site: manyPages(t, 60, nil), Place: strconv.Itoa}, pace{1, 4}, func(f File) error {
		if taken++; taken > 20 {
			return full
		}
		return nil
	})
	if err != full || taken != 21 {
		t.Errorf("%v behind %d files", err, taken)
	}
}

// manyPages is a site of short pages; edit may change their texts.
func manyPages(t failer, n int, edit func(files map[string]string)) *site.Site {
	t.Helper()
	files := map[string]string{}
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "---\nposition: %d\nsegment: s%d\n---\n\n# Playbook %d\n\n", i%101, i%7, i)
		for j := range 120 {
			fmt.Fprintf(&b, "word%x ", (i*7919+j*j*31)%4001)
		}
		files[fmt.Sprintf("p%d.md", i)] = b.String()
	}
	if edit != nil {
		edit(files)
	}
	return siteOf(t, config.New(), files)
}

// TestManyPagesHaveDirectories: the root of a large site does not name the
// text of each page.
func TestManyPagesHaveDirectories(t *testing.T) {
	for n, dirs := range map[int]int{505: 0, 506: 17} { // and a page for each of seven segments
		x := apart(t, filesOf(t, manyPages(t, n, nil), 2))
		if len(x.pages) != n+7 || len(strings.Fields(x.Dirs)) != dirs || (x.Texts == "") != (dirs > 0) || x.Pages != n+7 {
			t.Errorf("%d pages: %d in %q and %q", n, len(x.pages), x.Texts, x.Dirs)
		}
	}
}

// TestAnEditChangesFewShards: a word that nobody used before comes, one goes.
func TestAnEditChangesFewShards(t *testing.T) {
	names := func(edit func(map[string]string)) map[string]bool {
		all := map[string]bool{}
		for _, f := range filesOf(t, manyPages(t, 600, edit), 2) {
			all[f.Name] = true
		}
		return all
	}
	before := names(nil)
	after := names(func(files map[string]string) {
		files["p300.md"] = strings.Replace(files["p300.md"], "word1", "novel1", 1)
	})
	changed := 0
	for name := range after {
		if !before[name] {
			changed++
		}
	}
	t.Logf("%d of %d shards", changed, len(after))
	if changed > 9 { // the text and its list; of terms and words, where the word was and where it is, and a neighbour if the cut moved
		t.Errorf("%d of %d files are new", changed, len(after))
	}
}
