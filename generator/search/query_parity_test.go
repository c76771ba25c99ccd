package search_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/dop251/goja"
	"pgregory.net/rapid"

	"plumb/generator/search"
)

// reader is the engine that runs in browsers, without what only they have.
type reader struct {
	run      *goja.Runtime
	ask, cut goja.Callable
}

const harness = `(function(root, textOfShard) {
	'use strict';
	%s
	openIndex(JSON.parse(root), async (name) => JSON.parse(textOfShard(name)));
	const reader = (query) => {
		const out = {};
		ask(JSON.parse(query)).then((answer) => out.answer = JSON.stringify(answer), (error) => out.error = String(error.stack ?? error));
		return out;
	};
	reader.cut = (text) => JSON.stringify(cutWords(text).map(({ text, from, to, pair = false, run }) => [text, from, to, pair, run]));
	return reader;
})`

// browser makes readers of the engine, which is compiled once.
type browser struct{ engine *goja.Program }

func newBrowser() browser {
	return browser{goja.MustCompile("engine.js", fmt.Sprintf(harness, search.EngineParts("[0-9]*.js")), true)}
}

func (b browser) read(tb testing.TB, files map[string][]byte) *reader {
	tb.Helper()
	run := goja.New()
	made, err := run.RunProgram(b.engine)
	if err != nil {
		tb.Fatal(err)
	}
	open, _ := goja.AssertFunction(made)
	load := func(name string) string {
		data, ok := files[name]
		if !ok {
			panic(run.NewGoError(fmt.Errorf("there is no %s", name)))
		}
		return string(search.ShardValue(data))
	}
	asker, err := open(goja.Undefined(), run.ToValue(string(search.Argument(files[search.RootName]))), run.ToValue(load))
	if err != nil {
		tb.Fatal(err)
	}
	ask, _ := goja.AssertFunction(asker)
	cut, _ := goja.AssertFunction(asker.ToObject(run).Get("cut"))
	return &reader{run, ask, cut}
}

// answer asks the engine.
func (r *reader) answer(q search.Query) (string, error) {
	asked := map[string]any{"text": q.Text, "kinds": some(q.Kinds), "roles": some(q.Roles), "segments": some(q.Segments), "role": q.Role, "at": q.At, "count": q.Count}
	if q.Within != nil {
		asked["from"], asked["to"] = q.Within[0], q.Within[1]
	}
	data, err := json.Marshal(asked)
	if err != nil {
		return "", err
	}
	out, err := r.ask(goja.Undefined(), r.run.ToValue(string(data)))
	if err != nil {
		return "", err
	}
	o := out.ToObject(r.run)
	if e := o.Get("error"); e != nil {
		return "", fmt.Errorf("the engine: %s", e)
	}
	if o.Get("answer") == nil {
		return "", fmt.Errorf("the engine has not answered")
	}
	return o.Get("answer").String(), nil
}

func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// parity compares the two readers.
type parity struct {
	index  *search.Index
	engine *reader
}

func (b browser) parity(tb testing.TB, files map[string][]byte) *parity {
	return &parity{open(tb, files), b.read(tb, files)}
}

// fatal is what testing and rapid have in common.
type fatal interface {
	Fatalf(format string, args ...any)
}

func (p *parity) check(t fatal, q search.Query) search.Answer {
	a, err := p.index.Ask(q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	said, err := p.engine.answer(q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	want, err := json.Marshal(a)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	if !reflect.DeepEqual(value(want), value([]byte(said))) {
		t.Fatalf("%+v\nGo:     %s\nengine: %s", q, want, said)
	}
	return a
}

func value(data []byte) (v any) {
	if json.Unmarshal(data, &v) != nil {
		return nil
	}
	return v
}

// fine cuts an index into very small shards, and its texts into lists: an index
// as large sites have it.
func fine(tb testing.TB, files map[string][]byte, size int) map[string][]byte {
	var root map[string]any
	if err := json.Unmarshal(search.Argument(files[search.RootName]), &root); err != nil {
		tb.Fatal(err)
	}
	out := map[string][]byte{}
	for _, name := range strings.Fields(root["texts"].(string) + " " + root["of"].(string)) {
		out[name] = files[name]
	}
	root["terms"] = recut(files, out, root["terms"].(string), "t", size)
	root["words"] = recut(files, out, root["words"].(string), "w", size)
	var dirs []string
	for list := range slices.Chunk(strings.Fields(root["texts"].(string)), search.DirSize) {
		dirs = append(dirs, fmt.Sprintf("d%d", len(dirs)))
		out[dirs[len(dirs)-1]] = shardOf(strings.Join(list, " "))
	}
	root["texts"], root["dirs"] = "", strings.Join(dirs, " ")
	data, _ := json.Marshal(root)
	out[search.RootName] = fmt.Appendf(nil, "plumb.search.open(%s);\n", data)
	return out
}

func shardOf(text string) []byte {
	data, _ := json.Marshal(text)
	return fmt.Appendf(nil, "plumb.search.shard(\"x\",%s);\n", data)
}

// recut joins the shards of a list and cuts them anew where the format allows.
func recut(from, to map[string][]byte, list, name string, size int) string {
	var all []string
	for _, shard := range everySecond(strings.Fields(list)) {
		all = append(all, strings.Fields(value(search.ShardValue(from[shard])).(string))...)
	}
	var names, shard []string
	last := ""
	flush := func() {
		if len(shard) > 0 {
			names = append(names, firstOf(shard[0], name), fmt.Sprint(name, len(names)))
			to[names[len(names)-1]] = shardOf(strings.Join(shard, " "))
			shard = nil
		}
	}
	for _, one := range all {
		if len(shard) >= size && last < firstOf(one, name) {
			flush()
		}
		shard = append(shard, one)
		if forms, _, ok := strings.Cut(one, "."); ok && name == "t" {
			last = max(last, forms[strings.LastIndexByte(forms, ',')+1:])
		}
	}
	flush()
	return strings.Join(names, " ")
}

func firstOf(one, of string) string {
	if of == "w" {
		return one[1:]
	}
	return one[:strings.IndexAny(one, ",.")]
}

func everySecond(list []string) (all []string) {
	for i := 1; i < len(list); i += 2 {
		all = append(all, list[i])
	}
	return all
}

// TestBothReadersAnswerTheQuestionsAlike asks all questions of the sample, and
// some that nobody should ask, with the index as it is and cut finely.
func TestBothReadersAnswerTheQuestionsAlike(t *testing.T) {
	hostile := []string{
		"", " ", `"`, `""""`, "“”", "__proto__", "constructor", "toString hasOwnProperty", "<script>alert(1)</script>", "\x00\x01", "𝔘𝔫𝔦", "\ufffd",
		"😀", "a", "1", "12", "0000", "the the the", "-", "…", "ﬁ ½ ⅷ", "İI ıi ΣΣς", strings.Repeat("contract ", 1200), strings.Repeat("客", 3000), strings.Repeat("x", 10000),
		strings.Repeat(`"`, 500) + "price", "price" + strings.Repeat(" z", 600), "[a-z]+ (.*) \\", "e\u0301\u0327tude", "fleet\u200bcontract", `"tool fleet" contr`, `"tool fleet contract`,
	}
	b := newBrowser()
	for _, site := range []string{"sample", "languages"} {
		files := filesOf(t, os.DirFS(map[string]string{"sample": "../..", "languages": "testdata/languages"}[site]))
		whole, cut := b.parity(t, files), b.parity(t, fine(t, files, 3))
		asked := hostile
		for _, q := range questions(t, filepath.Join("testdata/questions", site)) {
			asked = append(asked, q.text)
		}
		for i, text := range asked {
			q := search.Query{Text: text, Count: 1 + i%20, At: i % 3}
			if i%3 == 0 {
				whole.check(t, q)
			} else {
				cut.check(t, q)
			}
		}
	}
}

// TestBothReadersAnswerAlike asks random questions of a few random sites.
func TestBothReadersAnswerAlike(t *testing.T) {
	b := newBrowser()
	sites := map[int]*parity{}
	rapid.Check(t, func(r *rapid.T) {
		i := rapid.IntRange(0, 19).Draw(r, "site")
		p := sites[i]
		if p == nil {
			files := filesOf(t, rapid.Custom(randomSite).Example(i))
			if i%2 == 1 {
				files = fine(t, files, 1+i%5)
			}
			p = b.parity(t, files)
			sites[i] = p
		}
		for range 4 {
			p.check(r, randomQuery(r))
		}
	})
}

// TestBothReadersCutAlike compares the words of random texts.
func TestBothReadersCutAlike(t *testing.T) {
	engine := newBrowser().read(t, filesOf(t, small))
	script := string(search.EngineParts("*fold.js"))
	for _, list := range search.CharacterLists {
		if !strings.Contains(script, "'"+list+"'") {
			t.Errorf("the engine has not this list of characters: %s", list)
		}
	}
	letters := []rune("aB'’ʼ é\u0301ßŒøİıΣς½ﬁ⅞x²й\u0306'גּאַ日本ーｶﾞ가\u1100\u1161각ກ็ำไ​\u00ad\u200b😀𝔘𠀀１Ａ١.-_/\n\ue000\ufffd")
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom(letters))).Draw(r, "text")
		want, _ := json.Marshal(cutOf(text))
		got, err := engine.cut(goja.Undefined(), engine.run.ToValue(text))
		if err != nil {
			r.Fatalf("%q: %v", text, err)
		}
		if got.String() != string(want) && !reflect.DeepEqual(value(want), value([]byte(got.String()))) {
			r.Fatalf("%q\nGo:     %s\nengine: %s", text, want, got)
		}
	})
}

// cutOf returns the words of a text as the engine has them.
func cutOf(text string) [][]any {
	all := [][]any{}
	at := func(i int) int { return len(utf16.Encode([]rune(text[:i]))) }
	for w := range search.Words(text) {
		all = append(all, []any{w.Text, at(w.From), at(w.To), w.Pair, w.Run})
	}
	return all
}

var vocabulary = strings.Fields("discount discounts discounted concession contract contracts contractor contraction fleet renewal renew renewed study studies stud price prices pricing the a of to café cafe " +
	"Straße strasse naïve 顧客訪問 顧客 値引き 価格表 価格 見積もり 東京タワー 객원 고객 ลูกค้า 2026 3 30 300 😀 x² l’offre don’t O'Brien ΛΌΓΟΣ ﬁne Ångström zebra zebras hospital hospitals hospitality visit visits visited visitor")

func randomText(r *rapid.T, most int) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, most).Draw(r, "words"), rapid.SampledFrom([]string{" ", " ", " ", ", ", " – "}).Draw(r, "between"))
}

func randomSite(r *rapid.T) fstest.MapFS {
	lang := rapid.SampledFrom([]string{"en", "de", "fr", "ja"}).Draw(r, "language")
	files := fstest.MapFS{"plumb.yaml": {Data: []byte("title: S\nlanguage: " + lang + "\nroles:\n  am: {title: Account manager}\n  fe: {title: Fleet engineer}\n" +
		"segments:\n  s: {title: Hospitals}\n  t: {title: 顧客 visits}\nsynonyms:\n  discount: [concession, price prices, 値引き]\n  renewal: [zebra]\n")}}
	for i := range rapid.IntRange(1, 4).Draw(r, "playbooks") {
		files[fmt.Sprintf("playbooks/p%d.md", i)] = &fstest.MapFile{Data: []byte(randomPlaybook(r))}
	}
	files["playbooks/about.md"] = &fstest.MapFile{Data: []byte("---\ntitle: About " + randomText(r, 2) + "\n---\n\n" + randomText(r, 90) + "\n")}
	return files
}

func randomPlaybook(r *rapid.T) string {
	var b strings.Builder
	at := rapid.IntRange(0, 100).Draw(r, "position")
	fmt.Fprintf(&b, "---\ntitle: \"T %s\"\nposition: %d\nsegment: %s\nposition_reason: r\nowner: o\n---\n\n", randomText(r, 3), at, rapid.SampledFrom([]string{"s", "t", "[s, t]"}).Draw(r, "segment"))
	fmt.Fprintf(&b, "## Value proposition\n\nFor %s.\n\n## Selling tasks\n\n", randomText(r, 9))
	for _, role := range []string{"", "### Account manager\n\n", "### Fleet engineer\n\n"} {
		b.WriteString(role)
		for i := range rapid.IntRange(0, 3).Draw(r, "tasks") {
			fmt.Fprintf(&b, "%d. %s.\n", i+1, randomText(r, 12))
		}
		b.WriteString("\n")
	}
	for range rapid.IntRange(0, 2).Draw(r, "objections") {
		fmt.Fprintf(&b, "## Objections\n\n### “%s”\n\n%s\n\n", randomText(r, 4), randomText(r, 70))
	}
	return b.String()
}

func randomQuery(r *rapid.T) search.Query {
	var parts []string
	for range rapid.IntRange(1, 4).Draw(r, "units") {
		parts = append(parts, mutated(r, rapid.SampledFrom(vocabulary).Draw(r, "word")))
	}
	q := search.Query{Text: strings.Join(parts, rapid.SampledFrom([]string{" ", " ", `" `, ` "`, "", "  "}).Draw(r, "join"))}
	q.Kinds = rapid.SliceOfNDistinct(rapid.SampledFrom(search.Kinds()), 0, 2, rapid.ID[search.Kind]).Draw(r, "kinds")
	q.Roles = rapid.SliceOfN(rapid.SampledFrom([]string{"am", "fe", "nobody"}), 0, 1).Draw(r, "roles")
	q.Segments = rapid.SliceOfN(rapid.SampledFrom([]string{"s", "t", "none"}), 0, 1).Draw(r, "segments")
	q.Role = rapid.SampledFrom([]string{"", "am", "fe", "x"}).Draw(r, "role")
	q.At, q.Count = rapid.IntRange(0, 6).Draw(r, "at"), rapid.IntRange(1, 12).Draw(r, "count")
	if rapid.Bool().Draw(r, "narrow") {
		from := rapid.IntRange(0, 100).Draw(r, "from")
		q.Within = &[2]int{from, rapid.IntRange(from, 100).Draw(r, "to")}
	}
	return q
}

// mutated spoils a word as fingers do.
func mutated(r *rapid.T, word string) string {
	letters := []rune(word)
	i := rapid.IntRange(0, len(letters)-1).Draw(r, "i")
	switch rapid.IntRange(0, 6).Draw(r, "how") {
	case 0:
		return string(letters[:i+1])
	case 1:
		return string(slices.Delete(letters, i, i+1))
	case 2:
		if i > 0 {
			letters[i], letters[i-1] = letters[i-1], letters[i]
		}
		return string(letters)
	case 3:
		return `"` + word
	case 4:
		return strings.ToUpper(word)
	}
	return word
}
