package theme_test

import (
	"bytes"
	"html/template"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"plumb/generator/diag"
	"plumb/generator/theme"
)

func execute(t *testing.T, th *theme.Theme, layout string) string {
	t.Helper()
	b := bytes.NewBufferString("before ")
	if list := th.Execute(b, layout, view{Title: "A & B", Page: &page{}}); len(list) > 0 {
		t.Fatal(list)
	}
	return strings.TrimPrefix(b.String(), "before ")
}

func healthy(t *testing.T, lang string, own fstest.MapFS) *theme.Theme {
	t.Helper()
	th, list := load(lang, own)
	if len(list) > 0 {
		t.Fatal(list)
	}
	return th
}

func TestOverlay(t *testing.T) {
	const want = `<!doctype html><html lang="en"><head><title>A &amp; B</title></head><body>`
	for name, c := range map[string]struct {
		own  map[string]string
		want string
	}{
		"nothing of its own":   {nil, want + `<p>Inhaber: <b>A &amp; B</b></p></body></html>`},
		"a partial":            {map[string]string{"layouts/partials/who.html": `<i>{{.Title}}</i>`}, want + `<p>Inhaber: <i>A &amp; B</i></p></body></html>`},
		"a word":               {map[string]string{"i18n/de.yaml": "owner: Wer\n"}, want + `<p>Wer: <b>A &amp; B</b></p></body></html>`},
		"a layout":             {map[string]string{"layouts/page.html": `{{define "main"}}<hr>{{date "2026-03-02"}}{{end}}`}, want + `<hr><time datetime="2026-03-02">2. März 2026</time></body></html>`},
		"a layout of its own":  {map[string]string{"layouts/page.html": `<p>{{.Title}}</p>`}, `<p>A &amp; B</p>`},
		"a skeleton":           {map[string]string{"layouts/base.html": `<body>{{block "main" .}}{{end}}</body>`}, `<body><p>Inhaber: <b>A &amp; B</b></p></body>`},
		"a layout that is new": {map[string]string{"layouts/xyz.html": `{{define "main"}}{{end}}`}, want + `<p>Inhaber: <b>A &amp; B</b></p></body></html>`},
	} {
		if got := execute(t, healthy(t, "de", files(c.own)), "page"); got != c.want {
			t.Errorf("%s: %s\nwant %s", name, got, c.want)
		}
	}
}

// TestFailureLeavesNothing asks for a page that fails half-way.
func TestFailureLeavesNothing(t *testing.T) {
	th := healthy(t, "en", files(map[string]string{"layouts/page.html": `{{define "main"}}<p>text</p>{{.Nothing}}{{end}}`}))
	b := bytes.NewBufferString("before")
	if list := th.Execute(b, "page", view{}); len(list) != 1 || b.String() != "before" {
		t.Errorf("%v, buffer %q", list, b)
	}
	list := th.Execute(b, "xyz", view{})
	if len(list) != 1 || list[0].Code != diag.ThemeFile || list[0].Hint != "add the file, or let the theme build on the default one" || list[0].Path != "themes/acme/layouts/xyz.html" {
		t.Errorf("unknown layout: %+v", list)
	}
	if list = th.Execute(b, "pgae", view{}); list[0].Hint != "did you mean “page.html”?" {
		t.Errorf("misspelled layout: %+v", list)
	}
}

func TestAssets(t *testing.T) {
	th := healthy(t, "en", files(map[string]string{"assets/deep/b.bin": "mine", "assets/new.svg": "<svg  xmlns=\"http://www.w3.org/2000/svg\"><!-- x --><path  d=\"M 0 0 L 10 10\"/></svg>\n"}))
	var got []string
	for _, a := range th.Assets() {
		got = append(got, a.Path+"="+string(a.Data))
	}
	want := `theme/a.css=p{color:red} theme/deep/b.bin=mine theme/new.svg=<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0 10 10"/></svg>`
	if s := strings.Join(got, " "); s != want {
		t.Errorf("%s\nwant %s", s, want)
	}
}

// TestBrokenScript has a fault in one script of two: it is named, the other is
// published, and two that are fine but not together are said to be so.
func TestBrokenScript(t *testing.T) {
	th, list := load("en", files(map[string]string{"scripts/main/a.js": "let a = 1\nalert(a)\n", "scripts/main/b.js": "let (\n"}))
	if len(list) != 1 || list[0].Path != "themes/acme/scripts/main/b.js" {
		t.Errorf("%v", list)
	}
	if js := string(th.Script(theme.Main)); !strings.Contains(js, "alert") {
		t.Errorf("%q", js)
	}
	th, list = load("en", files(map[string]string{"scripts/main/a.js": "let a = 1\n", "scripts/main/b.js": "let a = 2\n"}))
	if len(list) != 1 || !strings.Contains(list[0].Message, "cannot be joined") || len(th.Script(theme.Main)) > 0 {
		t.Errorf("%v %q", list, th.Script(theme.Main))
	}
}

func TestDigest(t *testing.T) {
	first := healthy(t, "en", nil).Digest()
	if healthy(t, "en", nil).Digest() != first {
		t.Error("the same files, another digest")
	}
	for _, own := range []map[string]string{{"i18n/en.yaml": "owner: Who"}, {"layouts/page.html": "x"}} {
		if healthy(t, "en", files(own)).Digest() == first {
			t.Errorf("%v: the same digest", own)
		}
	}
	style := files(map[string]string{"assets/a.css": "p{}"})
	if healthy(t, "en", style).Digest() != first {
		t.Error("another style, another digest of the pages")
	}
	prefixes := []string{"themes/acme/", "built-in:default/"}
	if theme.Read([]fs.FS{style, base()}, prefixes).Digest("en") == theme.Read([]fs.FS{fstest.MapFS{}, base()}, prefixes).Digest("en") {
		t.Error("another style, the same digest of the files")
	}
	if healthy(t, "de", nil).Digest() == first {
		t.Error("another language, the same digest")
	}
}

func TestWords(t *testing.T) {
	th := healthy(t, "de-AT", files(map[string]string{"i18n/de.yaml": "count.one: \"ein Stück (%d)\"\n", "i18n/de-AT.yaml": "month.3: Märzen\n"}))
	for _, c := range []struct{ got, want string }{
		{th.Lang(), "de-AT"},
		{th.Text("owner"), "Inhaber"},
		{th.Text("count", 1), "ein Stück (1)"},
		{th.Text("count", 2), "2 Stücke"},
		{th.Text("count", 0), "0 Stücke"},
		{th.Text("from", "a", "b"), "from a to b"},
		{th.Text("owner", 3, "surplus"), "Inhaber"},
		{th.Text("unknown.key", 1), "unknown.key"},
		{th.Date("2026-03-02"), "2. Märzen 2026"},
		{th.Date("soon"), "soon"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// TestUnknownLanguage is told that the words are English.
func TestUnknownLanguage(t *testing.T) {
	th, list := load("nl", fstest.MapFS{})
	if len(list) != 1 || list[0].Severity != diag.Note || list[0].Path != "themes/default/i18n/nl.yaml" {
		t.Errorf("%+v", list)
	}
	if s := th.Text("count", 1); s != "1 piece" {
		t.Error(s)
	}
}

// TestWordsFoldedSafely keeps words in attributes, scripts and styles to
// html/template's escaping, and lets text be text.
func TestWordsFoldedSafely(t *testing.T) {
	th := healthy(t, "en", files(map[string]string{
		"i18n/en.yaml":      "owner: \"</b> & 'x'\"",
		"layouts/page.html": `{{define "main"}}<p title={{t "owner"}}>{{t "owner"}}</p><script>{{t "owner"}};a=() =>{{t "owner"}}</script>{{if .Title}}<b>{{t "owner"}}{{t "owner"}}</b>{{end}}{{end}}`,
	}))
	const text = `&lt;/b&gt; &amp; &#39;x&#39;`
	const want = `<p title=&lt;/b&gt;&#32;&amp;&#32;&#39;x&#39;>` + text + `</p><script>"\u003c/b\u003e \u0026 'x'";a=() =>"\u003c/b\u003e \u0026 'x'"</script><b>` + text + text + `</b>`
	if got := execute(t, th, "page"); !strings.Contains(got, want) {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// TestPartsAreNoPages has a part of the skeleton with nothing in it, which is not put
// into the skeleton as a page would be.
func TestPartsAreNoPages(t *testing.T) {
	for _, text := range []string{"", "{{/* none */}}", "{{define \"x\"}}x{{end}}", "\n"} {
		th := healthy(t, "en", files(map[string]string{"layouts/foot.html": text, "layouts/page.html": text}))
		if got := execute(t, th, "foot"); strings.TrimSpace(got) != "" {
			t.Errorf("%q: the foot is %s", text, got)
		}
		if got := execute(t, th, "page"); !strings.HasPrefix(got, "<!doctype html>") {
			t.Errorf("%q: the page is %s", text, got)
		}
	}
}

// TestAttributeThatMayBeThere holds actions that stand for whole attributes to what
// the templates make of them as they are written.
func TestAttributeThatMayBeThere(t *testing.T) {
	th := healthy(t, "en", files(map[string]string{
		"layouts/page.html": `{{define "main"}}<p class="a"{{.Own}}><b title="x > y"{{.Own}} id="c">{{.Title}}</b><i title="{{.Title}}"{{.Own}}></i>"{{.Title}}"<u title="a"{{.Own}}{{.Own}}></u></p>{{end}}`,
	}))
	for _, own := range []template.HTMLAttr{"", ` lang="de"`} {
		data := struct {
			Title string
			Own   template.HTMLAttr
		}{`A "&" B`, own}
		var small, plain bytes.Buffer
		if list := th.Execute(&small, "page", &data); len(list) > 0 {
			t.Fatal(list)
		}
		if err := th.Plain(&plain, "page", &data); err != nil {
			t.Fatal(err)
		}
		if got, want := small.String(), strings.ReplaceAll(plain.String(), "\n", ""); got != want || strings.Count(got, string(own)) < 4 {
			t.Errorf("%q: %s\nas written: %s", own, got, want)
		}
	}
}

func TestLayers(t *testing.T) {
	builtin := fstest.MapFS{"default/a": {}, "other/a": {}}
	site := fstest.MapFS{"themes/acme/b": {}, "themes/default/c": {}}
	for name, want := range map[string]string{
		"default": "themes/default/ built-in:default/",
		"acme":    "themes/acme/ built-in:default/",
		"other":   "built-in:other/",
	} {
		layers, prefixes, list := theme.Layers(site, builtin, name, diag.Place{})
		if got := strings.Join(prefixes, " "); got != want || len(layers) != len(prefixes) || len(list) > 0 {
			t.Errorf("%s: %s %v", name, got, list)
		}
	}
	_, prefixes, list := theme.Layers(site, builtin, "acmee", diag.File("plumb.yaml"))
	if len(list) != 1 || list[0].Code != diag.UnknownTheme || list[0].Hint != "did you mean “acme”? (or make the folder themes/acmee/)" {
		t.Errorf("%+v", list)
	}
	if strings.Join(prefixes, " ") != "built-in:default/" {
		t.Error("an unknown theme has no layer to go on with")
	}
}

func TestConcurrentPages(t *testing.T) {
	th := healthy(t, "en", nil)
	want := execute(t, th, "page")
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			var b bytes.Buffer
			if list := th.Execute(&b, "page", view{Title: "A & B"}); len(list) > 0 || b.String() != want {
				t.Errorf("%v %s", list, &b)
			}
		})
	}
	group.Wait()
}
