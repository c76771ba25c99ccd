package render

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// validate holds a JSON text to the published schema.
func validate(t *testing.T, text []byte) {
	t.Helper()
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(modelSchema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("plumb.schema.json", schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("plumb.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(value); err != nil {
		t.Error(err)
	}
}

// TestSchema: plumb.json keeps to its schema, with much in it and with nothing.
func TestSchema(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"nothing": {"about.md": "# About\n"},
		"all": {
			"all.md": all, "other.md": "# Other\n", "metrics.md": "# Metrics\n\n## Price\n\n**Role:** Account manager **Kind:** leading\n",
			"processes.md": "# Processes\n\n## Pool\n\nLends. **Owner:** stores. **Colour:** red\n\n## TBD\n",
			"old.md":       "---\nposition: 2\nsegment: fleets\nstatus: retired\nlang: ar\nillustrative: true\n---\n## Metrics\n\n|  | Role |\n| --- | --- |\n|  |  |\n| x |  |\n\n## Selling tasks\n\n- ![](https://example.com/x.png)\n",
			"roles/am.md":  "# Manager of accounts\n", "empty.md": "---\nposition: 1\nsegment: none\n---\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			linked(t, files).catalogue(&b)
			validate(t, b.Bytes())
		})
	}
}

// TestNothingHidden: what a build leaves out is in none of the files for
// programs.
func TestNothingHidden(t *testing.T) {
	r := linked(t, map[string]string{
		"a.md":       "---\nposition: 1\nsegment: s\n---\n[x](secret.md) [y](notes.md)\n",
		"secret.md":  "---\ntitle: Secret\nposition: 99\nsegment: secret\nstatus: draft\n---\n## Support processes\n\n- **Secret desk**\n",
		"notes.md":   "---\ntitle: Secret notes\nexpires: 2020-01-01\n---\n",
		"b.md":       "---\nposition: 3\nsegment: s\n---\n",
		"notes/x.md": "---\ntitle: Secret plan\npublish_from: 2030-01-01\nposition: 3\nsegment: s\n---\n",
	})
	for _, p := range r.comparePages(r.modelPages(nil)) {
		var b bytes.Buffer
		if p.Path == "plumb.schema.json" {
			continue
		}
		r.Render(&b, p)
		if text := strings.ToLower(p.Path + b.String()); strings.Contains(text, "secret") || strings.Contains(text, "notes.html") {
			t.Errorf("%s tells: %s", p.Path, text)
		}
	}
}

// TestChoices: the lists to choose from hold every playbook once, in parts of
// bounded size where they are many.
func TestChoices(t *testing.T) {
	files := map[string]string{}
	for i := range 1200 {
		status := "live"
		if i%10 == 3 {
			status = "retired"
		}
		files[fmt.Sprintf("p%04d.md", i)] = fmt.Sprintf("---\ntitle: %s %d\nposition: %d\nsegment: s\nstatus: %s\n---\n", strings.Repeat("Long ", i%60), i, i%101, status)
	}
	r := linked(t, files)
	var all strings.Builder
	pages := r.choicePages(nil)
	for _, p := range pages {
		var b bytes.Buffer
		p.data(&b)
		if b.Len() > 60<<10 {
			t.Errorf("%s has %d bytes", p.Path, b.Len())
		}
		if p.Path != "data/playbooks.js" {
			all.Write(b.Bytes())
		} else if !strings.Contains(b.String(), `"parts":["0 to`) || strings.Contains(b.String(), `"groups"`) {
			t.Error(b.String())
		}
	}
	if len(pages) < 3 {
		t.Errorf("%d scripts", len(pages))
	}
	for name := range files {
		if n := strings.Count(all.String(), `["playbooks/`+strings.TrimSuffix(name, ".md")+`.html"`); n != 1 {
			t.Errorf("%s stands there %d times", name, n)
		}
	}
}

// TestNoPair: a comparison takes two playbooks.
func TestNoPair(t *testing.T) {
	r := linked(t, map[string]string{"a.md": all[:strings.Index(all, "## Selling")] + "", "old.md": "---\nposition: 2\nsegment: s\nstatus: retired\n---\n"})
	if v := r.compareView(); v.Compare.Body != "" {
		t.Error(v.Compare.Body)
	}
	var b bytes.Buffer
	r.Render(&b, r.comparePages(nil)[0])
	if !strings.Contains(b.String(), "no two playbooks") || strings.Contains(b.String(), "compare.js") {
		t.Error(b.String())
	}
}

// BenchmarkCatalogue writes plumb.json of 10,000 playbooks.
func BenchmarkCatalogue(b *testing.B) {
	src, err := os.ReadFile("../testdata/playbook.md")
	if err != nil {
		b.Fatal(err)
	}
	_, body, _ := bytes.Cut(src, []byte("\n---\n"))
	files := map[string]string{}
	for i := range 10000 {
		files[fmt.Sprintf("p%05d.md", i)] = fmt.Sprintf("---\ntitle: Playbook %d\nposition: %d\nsegment: segment-%d\nowner: Dana Okafor\nreviewed: 2026-09-%02d\n---\n%s", i, i*37%101, i%100, i%28+1, body)
	}
	r := linked(b, files)
	b.ReportAllocs()
	for b.Loop() {
		var buf bytes.Buffer
		r.catalogue(&buf)
		b.SetBytes(int64(buf.Len()))
	}
}
