package search

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"plumb/generator/config"
)

// TestInflectionsAreOneGroup: in the language of the site, with accents and
// without, but not words that only look alike.
func TestInflectionsAreOneGroup(t *testing.T) {
	for _, c := range []struct{ lang, same, other string }{
		{"en", "discount discounts discounted discounting discount’s DISCOUNT", "discus"},
		{"en", "supply supplies supplied supplying", "suppose"},
		{"en", "price pricing prices priced", "prince"},
		{"en-GB", "tool tools", "toll"},
		{"de", "Angebot Angebote Angeboten Angebots", "Angel"},
		{"de", "Straße Straßen Strasse", "Streit"},
		{"fr", "négociation négociations", "négligence"},
		{"fr", "négociée négociés négocié negocie", "neige"},
		{"es", "reunión reuniones reunion", "reino"},
		{"it", "prezzo prezzi", "presa"},
		{"pt", "preço preços preco", "presa"},
		{"nl", "klant klanten", "klank"},
		{"sv", "kund kunder kunderna", "kung"},
		{"ru", "цена цены ценами", "центр"},
		{"ja", "quote", "quotes"},
		{"tlh", "tool", "tools"},
	} {
		settings := config.New()
		settings.Language = c.lang
		x := apart(t, filesOf(t, siteOf(t, settings, map[string]string{"a.md": "# A\n\n" + c.same + "\n", "b.md": "# B\n\n" + c.other + "\n"}), 1))
		postings, _ := x.decoded(t)
		for form, want := range map[string]int{c.same: 1, c.other: 1} {
			for w := range Words(form) {
				if len(postings[w.Text]) != want {
					t.Errorf("%s: %q is in %d entries", c.lang, w.Text, len(postings[w.Text]))
				}
			}
		}
		for w := range Words(c.same) {
			if first := cut(c.same)[0]; !sharesGroup(x, first, w.Text) {
				t.Errorf("%s: %q is no form of %q", c.lang, w.Text, first)
			}
		}
	}
}

func sharesGroup(x *indexFiles, a, b string) bool {
	return slices.ContainsFunc(strings.Fields(strings.Join(x.terms, " ")), func(g string) bool {
		forms := strings.Split(strings.Split(g, ".")[0], ",")
		return slices.Contains(forms, a) && slices.Contains(forms, b)
	})
}

// TestFormsOfAGroupStandTogether or are parted with all postings: no group
// keeps the words between its forms in one shard.
func TestFormsOfAGroupStandTogether(t *testing.T) {
	h := newHarvester(inflectionOf("en"))
	h.entry(entryPlace{}, &item{}, "dying supplier dies die died", true)
	var got [][]string
	for _, b := range newMerger([]*harvester{h}).bundles() {
		got = append(got, b.forms)
	}
	if fmt.Sprint(got) != "[[die died dies] [dying] [supplier]]" {
		t.Error(got)
	}
	x := apart(t, filesOf(t, siteOf(t, config.New(), map[string]string{"a.md": "# A\n\nIt died.\n", "b.md": "# B\n\nDying.\n"}), 1))
	postings, _ := x.decoded(t)
	if len(postings["died"]) != 2 || len(postings["dying"]) != 2 {
		t.Error(postings["died"], postings["dying"])
	}
}

// TestWordsInOneAreFoundToo: what is written with a hyphen or an apostrophe.
func TestWordsInOneAreFoundToo(t *testing.T) {
	x := apart(t, filesOf(t, siteOf(t, config.New(), map[string]string{"a.md": "# A\n\nA follow-up e‑mail to O’Neill, 30-day, well- known, price/cost.\n"}), 1))
	postings, _ := x.decoded(t)
	for word, want := range map[string]int{"followup": 1, "follow": 1, "up": 1, "email": 1, "oneill": 1, "neill": 1, "30day": 0, "wellknown": 0, "pricecost": 0} {
		if len(postings[word]) != want {
			t.Errorf("%q is in %d entries", word, len(postings[word]))
		}
	}
}

// TestTheHeaviestPostingsAreKept: of a word that is nearly everywhere, those in
// heads, then the first ones in bodies; the shard says how many there are.
func TestTheHeaviestPostingsAreKept(t *testing.T) {
	h := newHarvester(inflection{})
	const entries = MostPostings + 1000
	for i := range uint32(entries) {
		it := item{head: "other"}
		if i%30 == 0 {
			it.head = "common"
		}
		h.entry(entryPlace{page: i}, &it, "common", true)
	}
	m := newMerger([]*harvester{h})
	var w writer
	for _, b := range m.bundles() {
		_, count := w.write(nil, m, b)
		if b.forms[0] != "common" {
			continue
		}
		heads := 0
		for _, p := range w.list {
			if p.weight() == 3 {
				heads++
			}
		}
		if count != entries || len(w.list) != MostPostings || heads != (entries+29)/30 || !slices.IsSorted(w.list) {
			t.Errorf("%d of %d postings, %d in heads", len(w.list), count, heads)
		}
	}
}

// TestListsAreMerged: however postings were dealt out to harvesters, those of
// all are read, each entry once, with its highest weight.
func TestListsAreMerged(t *testing.T) {
	entries := rapid.SliceOf(rapid.Custom(func(t *rapid.T) entryPlace {
		return entryPlace{rapid.Uint32Max(300).Draw(t, "page"), rapid.Uint32Range(0, maxPlace-1).Draw(t, "place"), rapid.Uint16Max(700).Draw(t, "column")}
	}))
	inOrder := func(a, b entryPlace) int {
		return cmp.Or(cmp.Compare(a.page, b.page), cmp.Compare(a.column, b.column), cmp.Compare(a.place, b.place))
	}
	rapid.Check(t, func(t *rapid.T) {
		want := map[posting]posting{}
		var got, more []posting
		for range 3 {
			var g groupState
			list := entries.Draw(t, "entries")
			slices.SortFunc(list, inOrder)
			for _, at := range slices.Compact(list) {
				weight := rapid.Uint32Max(weightMask).Draw(t, "weight")
				g.add(at, weight)
				p := newPosting(uint64(at.page), uint64(at.column), uint64(at.place<<weightBits|weight))
				want[p.entry()] = max(want[p.entry()], p)
			}
			more = appendPostings(more[:0], g.list)
			got = merged(nil, got, more)
		}
		if !slices.Equal(got, slices.Sorted(maps.Values(want))) {
			t.Fatalf("%x, not %x", got, want)
		}
	})
}

// TestNoGroupIsTooLongToLoad: where each posting takes many characters, fewer
// are kept.
func TestNoGroupIsTooLongToLoad(t *testing.T) {
	h := newHarvester(inflection{})
	const entries = MostPostings - 1
	for i := range uint32(entries) {
		h.entry(entryPlace{page: i * 40, column: uint16(i % 1500), place: i * 7919 % 9000}, &item{}, "common", true)
	}
	m := newMerger([]*harvester{h})
	var w writer
	text, count := w.write(nil, m, m.bundles()[0])
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(text)
	z.Close()
	if count != entries || len(text) > mostBytes+100 || len(text) < mostBytes*9/10 || packed.Len() > 64<<10 {
		t.Errorf("%d bytes of %d postings, %d packed", len(text), count, packed.Len())
	}
}

// TestPassagesLoseNothing: they are the text, cut where no word is.
func TestPassagesLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.TrimSpace(rapid.StringOfN(rapid.SampledFrom([]rune("aaaabcdeéß日本。. .  \n")), 0, 3000, -1).Draw(t, "text"))
		var all []string
		for rest := text; rest != ""; {
			n := passage(rest)
			if n <= 0 || n > len(rest) || !utf8.ValidString(rest[:n]) {
				t.Fatalf("%d of %q", n, rest)
			}
			for w := range Words(rest[:n]) {
				if !w.Pair {
					all = append(all, w.Text)
				}
			}
			rest = rest[n:]
		}
		var want []string
		for w := range Words(text) {
			if !w.Pair {
				want = append(want, w.Text)
			}
		}
		if !slices.Equal(all, want) {
			t.Fatalf("%q\n%q", all, want)
		}
	})
}

// TestPassagesEndWithSentences: of about sixty words.
func TestPassagesEndWithSentences(t *testing.T) {
	text := strings.Repeat("We mend it within the day, or lend another one until it is back. ", 30)
	for rest := text; rest != ""; {
		n := passage(rest)
		words := len(strings.Fields(rest[:n]))
		if !strings.HasSuffix(strings.TrimSpace(rest[:n]), ".") || words > 100 || words < 40 && n < len(rest) {
			t.Errorf("%d words: %q", words, rest[:n])
		}
		rest = rest[n:]
	}
}

// TestTextsAreWrittenAsJSON as encoding/json reads it.
func TestTextsAreWrittenAsJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("a\"\\\n\t\x00\u2028\u2029</script>\ufffd😀")))).Draw(t, "text")
		data := appendText(nil, want)
		var got string
		if err := json.Unmarshal(data, &got); err != nil || got != want {
			t.Fatalf("%q is written %s and read %q: %v", want, data, got, err)
		}
	})
	if got := string(appendText(nil, "a\xffb\u2028")); got != "\"a\\ufffdb\\u2028\"" {
		t.Error(got)
	}
}

// TestHeadsWeighByTheirLength: the fewer words a head has, the more each says.
func TestHeadsWeighByTheirLength(t *testing.T) {
	for head, want := range map[string]uint32{"Loan pool": 3, "One two three": 3, "One two three four": 2, "日本語の見出し": 3, "日本語の見出しの例": 2, strings.Repeat("word ", 8): 2, strings.Repeat("word ", 9): 1} {
		if got := headWeight(countWords(head)); got != want {
			t.Errorf("%q: %d", head, got)
		}
	}
}

// TestPlaybooksAreAboutTheirSegments: the words of a segment weigh more than
// others of a playbook's body, and footnotes do not answer for a title.
func TestPlaybooksAreAboutTheirSegments(t *testing.T) {
	x := apart(t, filesOf(t, siteOf(t, config.New(), map[string]string{
		"p.md": "---\nposition: 5\nsegment: rare-steel\nowner: Dana\n---\n\n# Uptime\n\nText.[^1]\n\n[^1]: Footnote.\n",
	}), 1))
	postings, _ := x.decoded(t)
	sheet := x.pages[0]
	for word, want := range map[string]uint32{"uptime": 3, "steel": 1, "dana": 0, "text": 0} {
		if got, ok := postings[word][place{0, 0, 0}]; !ok || got != want {
			t.Errorf("%q: %d", word, got)
		}
	}
	if len(postings["uptime"]) != 1 || len(postings["footnote"]) != 1 {
		t.Error(postings["uptime"], postings["footnote"], sheet)
	}
}

// TestAnIndexOfNothing: a site without a page has a root and no shards.
func TestAnIndexOfNothing(t *testing.T) {
	files := filesOf(t, siteOf(t, config.New(), nil), 4)
	if x := apart(t, files); len(files) != 1 || x.Entries != 0 || x.Terms+x.Words+x.Texts+x.Dirs != "" {
		t.Errorf("%s", files[0].Data)
	}
}

// TestSynonymsAreFolded: sets of less than two words are none, nor are those of
// which the texts have nothing.
func TestSynonymsAreFolded(t *testing.T) {
	settings := config.New()
	settings.Synonyms = []config.Synonym{{Word: "Discount", Others: []string{"Rébate", "price-cut", "discount"}}, {Word: "swap", Others: []string{"SWAP", "!"}}, {Word: "zebra", Others: []string{"takeover"}}}
	x := apart(t, filesOf(t, siteOf(t, settings, map[string]string{"a.md": "# A\n\nA price cut.\n"}), 1))
	if got := fmt.Sprint(x.Synonyms); got != "[[discount rebate price cut]]" {
		t.Error(got)
	}
}

// TestAnUnknownSegmentIsNoReasonToFail: it is an error of the site, and a
// preview shows the other pages all the same.
func TestAnUnknownSegmentIsNoReasonToFail(t *testing.T) {
	settings := config.New()
	settings.Segments = []config.Segment{{ID: "known", Title: "Known"}}
	page := func(segment string) string { return "---\nposition: 5\nsegment: " + segment + "\n---\n\n# P\n" }
	files := filesOf(t, siteOf(t, settings, map[string]string{"a.md": page("known"), "b.md": page("unknown")}), 1)
	byName := map[string][]byte{}
	for _, f := range files {
		byName[f.Name] = f.Data
	}
	if _, err := Open(func(name string) ([]byte, error) { return byName[name], nil }); err != nil {
		t.Error(err)
	}
}

// TestTheVocabularyIsAMap of forms to numbers.
func TestTheVocabularyIsAMap(t *testing.T) {
	form := rapid.OneOf(rapid.StringMatching(`[a-c\x00]{1,3}`), rapid.StringMatching(`[ab]{13,17}`), rapid.StringN(1, 8, -1))
	rapid.Check(t, func(t *rapid.T) {
		v, want := newVocabulary(), map[string]uint32{}
		for i, f := range rapid.SliceOf(form).Draw(t, "forms") {
			if value, ok := v.get(f); ok != (want[f] != 0) || value != want[f] {
				t.Fatalf("%q is %d, not %d", f, value, want[f])
			}
			if want[f] == 0 {
				want[f] = uint32(i) + 1
				v.put(f, uint32(i)+1)
			}
		}
		for f, value := range want {
			if got, ok := v.get(f); !ok || got != value {
				t.Fatalf("%q is %d, not %d", f, got, value)
			}
		}
	})
	v := newVocabulary()
	for i := range uint32(5000) {
		v.put(fmt.Sprint("w", i), i)
	}
	for i := range uint32(5000) {
		if got, ok := v.get(fmt.Sprint("w", i)); !ok || got != i {
			t.Fatal(i, got, ok)
		}
	}
}

// TestNoWordBreaksAStemmer of any language, and none loses a word.
func TestNoWordBreaksAStemmer(t *testing.T) {
	langs := []string{"ar", "da", "de", "en", "es", "fi", "fr", "hu", "it", "nb", "nl", "pt", "ro", "ru", "sv", "tr"}
	letters := rapid.StringOf(rapid.SampledFrom([]rune("aeiouystngrlедаиныйمالاتةéäöüßøşğı'’")))
	rapid.Check(t, func(t *rapid.T) {
		in := inflectionOf(rapid.SampledFrom(langs).Draw(t, "language"))
		word := rapid.OneOf(letters, rapid.String()).Draw(t, "word")
		for piece := range pieces(Fold(word)) {
			if in.stem == nil || in.of(word, piece) == "" {
				t.Fatalf("%q has no stem", word)
			}
		}
	})
	for _, lang := range langs {
		seen := map[string]bool{}
		for _, ending := range strings.Fields(inflectionOf(lang).endings) {
			if Fold(ending) != ending || seen[ending] {
				t.Errorf("%s: the ending %q is not folded, or stands twice", lang, ending)
			}
			seen[ending] = true
		}
	}
}

// TestHarvestersCountAlike: what is left out of a list does not depend on how many
// there were at work, also where two written forms are one folded.
func TestHarvestersCountAlike(t *testing.T) {
	files := map[string]string{}
	for i := range 30 {
		var b strings.Builder
		for j := range 400 {
			fmt.Fprintf(&b, "## Heading %d\n\nA resume, a résumé.\n\n", j)
		}
		files[fmt.Sprintf("p%d.md", i)] = "# Page\n\n" + b.String()
	}
	site := siteOf(t, config.New(), files)
	one, three := filesOf(t, site, 1), filesOf(t, site, 3)
	if !bytes.Equal(one[0].Data, three[0].Data) || len(one) != len(three) {
		t.Errorf("%d and %d files", len(one), len(three))
	}
}

// TestALongWordIsNoWord: it would stand in the root.
func TestALongWordIsNoWord(t *testing.T) {
	files := filesOf(t, siteOf(t, config.New(), map[string]string{"a.md": "# A\n\n" + strings.Repeat("x", 50000) + "\n"}), 1)
	if len(files[0].Data) > 10000 {
		t.Errorf("the root has %d bytes", len(files[0].Data))
	}
}
