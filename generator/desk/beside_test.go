package desk_test

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/dop251/goja"
	"pgregory.net/rapid"

	"plumb/generator"
	"plumb/generator/align"
	"plumb/generator/desk"
	"plumb/generator/output"
	"plumb/generator/site"
	"plumb/themes"
)

// said is a copy as a browser says it.
type said struct {
	Kind, Role string
	Names      []string
	Of, House  int
	Copied     bool
}

// beside is a built site, and what a browser has of it to set two playbooks side by
// side.
type beside struct {
	report *generator.Report
	pairs  *desk.Beside
	tree   *output.Tree
	run    *goja.Runtime
}

func besides(t testing.TB, files map[string]string) *beside {
	t.Helper()
	root := fstest.MapFS{}
	for name, text := range files {
		root[name] = &fstest.MapFile{Data: []byte(text)}
	}
	b := &beside{tree: &output.Tree{}, run: goja.New()}
	var err error
	b.report, err = generator.Build(context.Background(), generator.Options{Root: root, Themes: themes.FS(), Desk: true, AsOf: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}, b.tree)
	if err != nil {
		t.Fatal(err)
	}
	b.pairs = desk.New(desk.Input{Site: b.report.Site, Findings: b.report.Diagnostics}).Page("compare").Beside
	script, err := fs.ReadFile(themes.FS(), "default/scripts/desk/copies.js")
	if err != nil {
		t.Fatal(err)
	}
	b.must(t, `const models = {}, keys = {};
		const plumb = { take: (path, model) => models[path] = model, desk: (n, all) => { for (const path in all) keys[path] = { n, of: all[path] }; } };
		class TextEncoder { encode(text) { return bytesOf(text); } }`)
	if err := b.run.Set("bytesOf", func(s string) []int {
		var out []int
		for _, c := range []byte(s) {
			out = append(out, int(c))
		}
		return out
	}); err != nil {
		t.Fatal(err)
	}
	b.must(t, string(script))
	for _, p := range b.tree.Paths() {
		if strings.HasPrefix(p, "desk/keys/") || strings.HasPrefix(p, "data/playbooks/") && path.Ext(p) == ".js" {
			f, _ := b.tree.Get(p)
			b.must(t, string(f.Data))
		}
	}
	page, _ := b.tree.Get("desk/compare.html")
	if found := regexp.MustCompile(`data-rules="([^"]*)"`).FindSubmatch(page.Data); found != nil {
		b.must(t, "const rules = "+html.UnescapeString(string(found[1])))
	}
	return b
}

func (b *beside) must(t testing.TB, script string) goja.Value {
	t.Helper()
	v, err := b.run.RunString(script)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// inBrowser is what the page says of two playbooks.
func (b *beside) inBrowser(t testing.TB, p, q *site.Playbook) (out []said) {
	t.Helper()
	v := b.must(t, fmt.Sprintf(`JSON.stringify(copiesOf(...[%q, %q].map((path) => {
		if (keys[path].n !== fileOf(path, rules.files)) throw new Error(path + ' is not found in file ' + fileOf(path, rules.files));
		return { model: models[path], keys: keys[path].of };
	}), rules))`, p.URL, q.URL))
	if err := json.Unmarshal([]byte(v.String()), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// inBuild is what the check's own comparison says.
func (b *beside) inBuild(p, q *site.Playbook) (out []said) {
	out = []said{}
	for _, c := range b.pairs.Copies(p, q) {
		role := ""
		if c.Role != nil {
			role = c.Role.ID
		}
		out = append(out, said{c.Kind.String(), role, c.Names, c.Of, c.House, c.Copied})
	}
	return out
}

// TestBrowserAndCheckSeeTheSameCopies sets random playbooks side by side: what the
// page's script says of a pair is what the check would.
func TestBrowserAndCheckSeeTheSameCopies(t *testing.T) {
	found := 0
	rapid.Check(t, func(rt *rapid.T) {
		files := map[string]string{"plumb.yaml": "roles:\n  am: {title: Account manager}\n  law: {title: Legal, shared: true}\n"}
		n := rapid.IntRange(2, 7).Draw(rt, "playbooks")
		for i := range n {
			files[fmt.Sprintf("playbooks/ä%d.md", i)] = drawnBook(rt, i)
		}
		b := besides(t, files)
		list := b.report.Site.Playbooks
		if len(list) != n {
			t.Fatal(b.report.Diagnostics)
		}
		for _, p := range list {
			for _, q := range list {
				if p == q {
					continue
				}
				got, want := b.inBrowser(t, p, q), b.inBuild(p, q)
				if !reflect.DeepEqual(got, want) {
					t.Fatalf("%s and %s:\n%+v, the check says\n%+v\n%s\n%s", p.URL, q.URL, got, want, p.File.Data, q.File.Data)
				}
				found += len(want)
			}
		}
		b.findings(t)
	})
	if found == 0 {
		t.Error("no pair had anything in common")
	}
}

// findings holds what the check found to what a pair is told.
func (b *beside) findings(t testing.TB) {
	t.Helper()
	for _, f := range b.report.Diagnostics {
		if f.Code != align.CopiedAcross && f.Code != align.KitCopiedAcross {
			continue
		}
		p, q := b.report.Site.Playbook(f.Path), b.report.Site.Playbook(f.Related[0].Path)
		if !strings.Contains(fmt.Sprintf("%+v", b.inBuild(p, q)), "Copied:true") {
			t.Fatalf("%s: %+v", f.Message, b.inBuild(p, q))
		}
	}
}

// drawnBook has things out of a few, written in more than one way.
func drawnBook(t *rapid.T, i int) string {
	some := func(label string, all ...string) string {
		list := rapid.SliceOfNDistinct(rapid.SampledFrom(all), 0, len(all), rapid.ID).Draw(t, label)
		if len(list) == 0 {
			return ""
		}
		return strings.Join(list, "\n") + "\n"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: Book %d\nposition: %d\nsegment: s\n---\n", i, rapid.SampledFrom([]int{0, 30, 49, 80, 100}).Draw(t, "position"))
	fmt.Fprintf(&b, "\n## Buyers\n\n%s", some("buyers", "- **Head** Buys on: the price", "- **Head.** Buys on: The Price!", "- **Head** Buys on: calm", "- **Clerk**", "- **Fitter** Buys on: TBD", "- **Käufer** Buys on: Größe", "- **Chief** Part: signs. Buys on: a; b"))
	fmt.Fprintf(&b, "\n## Selling tasks\n\n%s", some("everyone", "- Call", "- call!", "- Ask the *chief*", "- 1. Write"))
	fmt.Fprintf(&b, "\n### Account manager\n\n%s", some("am", "- Call", "- Visit", "- Price", "- Close <b> & go"))
	fmt.Fprintf(&b, "\n### Legal\n\n%s", some("law", "- Sign", "- Read", "- File", "- Keep"))
	fmt.Fprintf(&b, "\n## Support processes\n\n%s", some("processes", "- **Loan pool**", "- **loan-pool**", "- **Repair** Owner: x", "- **Audit**", "- **2. Audit**"))
	fmt.Fprintf(&b, "\n## Metrics\n\n%s", some("metrics", "- **Calls** Definition: a day", "- **Calls** Definition: a week", "- **Visits**", "- **Orders**", "- **Ōrders**"))
	fmt.Fprintf(&b, "\n## Assets\n\n%s", some("assets", "- [Sheet](https://example.com/a)", "- [Sheet](https://example.com/b)", "- **Film**", "- **Tool**"))
	fmt.Fprintf(&b, "\n## People\n\n%s", some("people", "- **Hire for:** calm", "- **Hire for:** Calm.", "- **Pay on:** deals", "- **Train on:** TBD", "- **Dress:** blue", "- **Lunch:** blue"))
	return b.String()
}
