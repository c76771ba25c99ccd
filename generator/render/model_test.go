package render

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
	"plumb/generator/theme"
	"plumb/themes"
)

// linked returns the renderer of a site without plumb.yaml.
func linked(t testing.TB, files map[string]string) *Renderer {
	t.Helper()
	c := config.New()
	words, _ := playbook.NewVocabulary(c)
	decoder := playbook.Decoder{Config: c, Words: words}
	in := site.Input{Config: c, AsOf: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Assets: []string{site.ContentDir + "/sheet 1.csv"}}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, list := source.Decode(site.ContentDir+"/"+name, []byte(files[name]))
		kind := map[string]playbook.Kind{"processes.md": playbook.SupportProcesses, "metrics.md": playbook.Metrics}[name]
		p, more := decoder.Decode(f, kind)
		if diag.HasErrors(append(list, more...)) {
			t.Fatal(list, more)
		}
		in.Pages = append(in.Pages, p)
	}
	s, list := site.Link(in)
	if diag.HasErrors(list) {
		t.Fatal(list)
	}
	layers, prefixes, _ := theme.Layers(fstest.MapFS{}, themes.FS(), "default", diag.File("plumb.yaml"))
	look, list := theme.Load(layers, prefixes, "en")
	if diag.HasErrors(list) {
		t.Fatal(list)
	}
	return New(s, look, "Plumb test", Logo{})
}

// all is a playbook with every kind of section, and in each something that the
// program does not know.
const all = `---
title: Fleet
position: 78
segment: fleets
position_reason: They count hours.
owner: Dana <dana@example.com>
reviewed: 2026-09-14
review_every: 6 months
---
## Value proposition

One fee covers all. The rest follows.

- **Customer:** fleets
- **Colour:** blue

Text below.

## Buyers

| Buyer | Part | Buys on | Shoe size |
| --- | --- | --- | --- |
| Chief | signs | cost | 44 |

## Good fit

- Many tools
- Many sites

## Walk away

One tool.

## Questions

- **Chief:** What broke?

## Selling tasks

All of you.

- Smile

### Account manager

#### Before

1. Map [the pool](processes.md#pool) and the [audit](#audit).
   - Ask *first*, then

     show the [sheet](<sheet 1.csv>).

## Objections

### Price

#### "Too dear"

Per tool, yes.

#### "Too long"

**Answer:** No.

## Support processes

- [Pool](processes.md#pool): ask early.

### Audit

Counts tools. **Owner:** desk. **Answer within:** 2 days.

## Metrics

| Metric | Role | Kind | Target | Owner |
| --- | --- | --- | --- | --- |
| Price | Account manager | lagging (brand) | 94% | |
| Calls | Nobody | sometimes | TBD | Account manager |

## Assets

- [Sheet](<sheet 1.csv>). Share: customer.

## People

- **Hire for:** calm
- **Sing:** daily

## More

[Other](other.md), [again](other.md), [out](https://example.com/?a=1&b=2).
`

func decodeModel(t *testing.T, r *Renderer, p *site.Playbook) map[string]any {
	t.Helper()
	data := r.appendModel(nil, p)
	var m map[string]any
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	return m
}

// TestModel: what a playbook says is in its model, understood or not.
func TestModel(t *testing.T) {
	r := linked(t, map[string]string{
		"all.md":       all,
		"other.md":     "# Other\n",
		"processes.md": "# Processes\n\n## Pool\n\nLends. **Owner:** stores.\n",
	})
	m := decodeModel(t, r, r.site.Playbooks[0])
	for name, want := range map[string]string{
		"path":          `"playbooks/all.html"`,
		"status":        `"live"`,
		"position":      `{"label":"78 of 100, leans to sell it for more","side":"more","stop":"lean-more","value":78}`,
		"owner":         `"Dana"`,
		"owner_address": `"dana@example.com"`,
		"due":           `"2027-03-14"`,
		"reason":        `"They count hours."`,
		"statement":     `{"customer":"fleets","other":[{"label":"Colour","text":"blue"}],"text":"One fee covers all. The rest follows."}`,
		"buyers":        `[{"criteria":"cost","key":"chief","name":"Chief","other":[{"label":"Shoe size","text":"44"}],"part":"signs"}]`,
		"qualify":       `{"fit":"Many tools\nMany sites","walk_away":"One tool."}`,
		"questions":     `[{"key":"chief","name":"Chief","text":"What broke?"}]`,
		"roles":         `[{"id":"account-manager","title":"Account manager"}]`,
		"objections": `[{"answer":"Per tool, yes.","group":"Price","key":"too dear","objection":"\"Too dear\""},` +
			`{"answer":"No.","group":"Price","key":"too long","objection":"\"Too long\""}]`,
		"processes": `[{"does":"ask early.","key":"pool","name":"Pool","url":"processes.html#pool"},` +
			`{"answer_within":"2 days.","does":"Counts tools.","key":"audit","name":"Audit","owner":"desk."}]`,
		"metrics": `[{"key":"price","kind":"lagging","name":"Price","role":"account-manager","side":"brand","target":"94%"},` +
			`{"key":"calls","name":"Calls","other":[{"label":"Role","text":"Nobody"},{"label":"Kind","text":"sometimes"}],"owner":"Account manager","role":"account-manager"}]`,
		"assets": `[{"key":"sheet","name":"Sheet","share":"customer","url":"playbooks/sheet%201.csv"}]`,
		"people": `{"hire":"calm","other":[{"label":"Sing","text":"daily"}]}`,
		"prose":  `[{"section":"value-proposition","text":"Text below."},{"section":"selling-tasks","text":"All of you."}]`,
		"links": `[{"kind":"page","url":"processes.html#pool"},{"kind":"asset","url":"playbooks/sheet%201.csv"},` +
			`{"kind":"page","url":"other.html"},{"kind":"external","url":"https://example.com/?a=1\u0026b=2"}]`,
	} {
		got, _ := json.Marshal(m[name])
		if string(got) != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
	tasks, _ := json.Marshal(m["tasks"])
	for _, want := range []string{
		`"text":"Smile"`, `"group":"Before"`, `"role":"account-manager"`, `"notes":"Ask first, then\nshow the sheet."`,
		`"refs":[{"key":"pool","kind":"support-processes"},{"key":"audit","kind":"support-processes"},{"key":"sheet","kind":"assets"}]`,
	} {
		if !strings.Contains(string(tasks), want) {
			t.Errorf("no %s in %s", want, tasks)
		}
	}
}

// TestScriptIsTheModel: the script of a playbook and plumb.json hold the same
// bytes, and what an author wrote ends neither of them.
func TestScriptIsTheModel(t *testing.T) {
	const hostile = "---\ntitle: '</script><img src=x onerror=alert(1)> \"\\ '\nposition: 1\nsegment: s\n---\n## Selling tasks\n\n- `</script>` \u2028 & \u2029 <!-- -->\n"
	r := linked(t, map[string]string{"ä b+c.md": hostile})
	p := r.site.Playbooks[0]
	var script, whole bytes.Buffer
	r.modelScript(p).data(&script)
	r.catalogue(&whole)
	model, ok := strings.CutPrefix(script.String(), `plumb.take("playbooks/ä b+c.html",`)
	model, closed := strings.CutSuffix(model, ");\n")
	if !ok || !closed || !json.Valid([]byte(model)) || !strings.Contains(whole.String(), "[\n"+model+"\n]") {
		t.Errorf("%s\n%s", script.String(), whole.String())
	}
	if !json.Valid(whole.Bytes()) {
		t.Error("plumb.json is no JSON")
	}
	for _, bad := range []string{"<", "\u2028", "\u2029"} {
		if strings.Contains(whole.String(), bad) {
			t.Errorf("plumb.json holds %q", bad)
		}
	}
	if got := decodeModel(t, r, p)["title"]; got != p.Title {
		t.Errorf("the title is %q, not %q", got, p.Title)
	}
	if path := r.modelScript(p).Path; path != "data/playbooks/ä b+c.js" {
		t.Error(path)
	}
	if got, want := compareHref(p), "../compare.html?a=playbooks/%C3%A4+b%2Bc.html"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

// TestStrings: any text comes back from JSON as it was.
func TestStrings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.String().Draw(t, "text")
		var got string
		if err := json.Unmarshal(appendString(nil, want), &got); err != nil || got != want {
			t.Fatal(got, err)
		}
		broken := want + "\xff"
		if err := json.Unmarshal(appendString(nil, broken), &got); err != nil || got != want+string(utf8.RuneError) {
			t.Fatal(got, err)
		}
	})
}
