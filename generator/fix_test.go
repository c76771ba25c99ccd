package generator_test

import (
	"bytes"
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"

	"plumb/generator"
	"plumb/generator/diag"
	"plumb/generator/output"
	"plumb/themes"
)

func fixOptions(root fstest.MapFS) generator.Options {
	return generator.Options{Root: root, Themes: themes.FS(), AsOf: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Drafts: true}
}

func errorsIn(t interface{ Fatal(...any) }, root fstest.MapFS) []string {
	report, err := generator.Build(context.Background(), fixOptions(root), output.Discard{})
	if err != nil {
		t.Fatal(err)
	}
	return errorLines(report.Diagnostics)
}

// errorLines are the errors of a list, a line each.
func errorLines(list []diag.Diagnostic) []string {
	var b strings.Builder
	for _, d := range list {
		if d.Severity == diag.Error {
			diag.Text{}.Print(&b, []diag.Diagnostic{{Severity: d.Severity, Code: d.Code, Place: diag.Place{Pos: d.Pos}, Message: d.Message}})
		}
	}
	return strings.Split(b.String(), "\n")
}

// planted is a site in which ‹right|slip|slip …› stands for one of its texts; a
// slip that begins with ! cannot be corrected by a program.
const planted = `
-- plumb.yaml --
‹title|titel|tilte›: Playbooks   # the title: titel
‹indexing|indexng›: ‹false|no›
roles:
  account-manager: {‹title|titl›: Account manager, ‹aliases|alias›: [AM]}
  "field-engineer":
    ‹title|tytle›: Field engineer
    ‹shared|shard›: ‹true|yes›
segments:
  hospitals: {title: Hospitals}
  trade-counters: {title: Trade counters}
headings:
  ‹questions|question›: [Ask them]
checks:
  ‹allow-unused|alow-unused›: {severity: ‹off|of›}
  ‹allow-expired|"allow-expird"›: {‹severity|severty›: ‹note|notes›}
  allow:
    - {‹code|kode›: ‹raw-html|raw-htlm›, ‹role|roll›: ‹field-engineer|field-enginer›, reason: "titel", ‹until|untill›: ‹2030-03-02|2030-3-2|2 March 2030›}
-- playbooks/a.md --
---
‹title|titel|Title›: positon
‹position|positon|Position|postion›: ‹30|30%|30.0|!high|!101›
‹segment|segmnt›: ‹hospitals|hospitls|Hospitals|"hospitls"|!nobody-knows›
‹owner|ownr›: lvie   # lvie
‹reviewed|reviewd›: ‹2026-03-02|2026-3-2|2026/03/02|02.03.2026|2 March 2026|"2026/3/2"|!03/04/2026|!2026-02-30›
‹status|staus›: ‹live|lvie|Published|"lvie"|!whatever›
‹lang|lnag›: ‹en|english|!nowhere-at-all›
---
# positon: lvie

‹<!-- plumb: allow raw-html why not -->|<!-- plumb: allow raw-htlm why not -->|<!--plumb:allow raw-htlm why not-->›

positon: 2 March 2026 hospitls [x](‹b.md|!c.md›)
-- playbooks/b.md --
---
position: ‹lean-more|lean-mroe|Lean-more|!lean›
segments:
  - ‹trade-counters|trade-countrs›   # trade-countrs
  - hospitals
‹illustrative|ilustrative›: ‹true|True|TRUE|yes›
‹expires|Expires›: ‹2031-12-25|25/12/2031|12/25/2031|20311225|!12/11/2031›
---
# B

## Ask them

- positon?
`

var choice = regexp.MustCompile(`‹[^›]*›`)

// plant returns the site with a choice for each place, and with CRLF or a byte
// order mark where it says so.
func plant(choose func(options []string) string, bom, crlf bool) fstest.MapFS {
	text := choice.ReplaceAllStringFunc(planted, func(s string) string {
		options := strings.Split(strings.TrimSuffix(strings.TrimPrefix(s, "‹"), "›"), "|")
		return strings.TrimPrefix(choose(options), "!")
	})
	root := fstest.MapFS{}
	for _, f := range txtar.Parse([]byte(text)).Files {
		if crlf {
			f.Data = bytes.ReplaceAll(f.Data, []byte("\n"), []byte("\r\n"))
		}
		if bom {
			f.Data = append([]byte("\xef\xbb\xbf"), f.Data...)
		}
		root[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return root
}

// TestFixLaw: whatever slips are planted, correcting them gives the right text,
// byte for byte, adds no error to those that a program cannot correct, and
// leaves nothing for a second run.
func TestFixLaw(t *testing.T) {
	if list := errorsIn(t, plant(func(o []string) string { return o[0] }, false, false)); len(list) > 1 {
		t.Fatalf("the right text has errors: %q", list)
	}
	rapid.Check(t, func(t *rapid.T) {
		bom, crlf := rapid.Bool().Draw(t, "bom"), rapid.Bool().Draw(t, "crlf")
		bad := rapid.Bool().Draw(t, "bad")
		var chosen []string
		slips := plant(func(o []string) string {
			if !bad {
				o = slices.DeleteFunc(slices.Clone(o), func(s string) bool { return s[0] == '!' })
			}
			chosen = append(chosen, rapid.SampledFrom(o).Draw(t, "choice"))
			return chosen[len(chosen)-1]
		}, bom, crlf)
		i := -1
		right := plant(func(o []string) string {
			if i++; chosen[i][0] == '!' {
				return chosen[i]
			}
			return o[0]
		}, bom, crlf)

		var before []string
		if bad {
			before = errorsIn(t, slips)
		}
		fixed, err := generator.Fix(context.Background(), fixOptions(slips))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range fixed.Files {
			if !bytes.Equal(f.Old, slips[f.Path].Data) {
				t.Fatalf("%s was read as %q", f.Path, f.Old)
			}
			slips[f.Path] = &fstest.MapFile{Data: f.New}
		}
		for path, want := range right {
			if got := unquoted(slips[path].Data); !bad && got != unquoted(want.Data) {
				t.Fatalf("%s became\n%s\nnot\n%s", path, got, want.Data)
			}
		}
		known := []string{""}
		if bad {
			known = append(errorsIn(t, right), before...)
		}
		for _, got := range withoutColumns(errorLines(fixed.Report.Diagnostics)) {
			if !slices.Contains(withoutColumns(known), got) {
				t.Fatalf("an error that was not there: %s", got)
			}
		}
		again, err := generator.Fix(context.Background(), fixOptions(slips))
		if err != nil || len(again.Files) > 0 || again.Left > 0 {
			t.Fatalf("a second run: %v %+v", err, again.Files)
		}
	})
}

// unquoted leaves out what a slip may have and keep: quotes round a value, the
// case of a truth value, spaces in a comment of Plumb's.
func unquoted(data []byte) string {
	return strings.NewReplacer(`"`, "", "True", "true", "TRUE", "true", "<!--plumb:allow", "<!-- plumb: allow", "not-->", "not -->").Replace(string(data))
}

var column = regexp.MustCompile(`(\.(?:md|yaml):\d+):\d+`)

func withoutColumns(list []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, column.ReplaceAllString(s, "$1"))
	}
	return out
}

// TestFixForeign: a key of another tool becomes Plumb's line that means the
// same; where there is a choice, or the line stands there already, none is made.
func TestFixForeign(t *testing.T) {
	for before, after := range map[string]string{
		"draft: true":                              "status: draft",
		"draft: false":                             "status: live",
		"published: false":                         "status: draft",
		"Published: TRUE":                          "status: live",
		"archived: true":                           "status: retired",
		"unlisted: false":                          "status: live",
		"publishDate: 2026/3/2":                    "publish_from: 2026-03-02",
		"\"expiryDate\": \"2031-12-25\" # e":       "\"expires\": \"2031-12-25\" # e",
		"draft: maybe":                             "",
		"hidden: true":                             "",
		"private: true":                            "",
		"visibility: partner":                      "",
		"expiry: 03/02/2031":                       "",
		"headless: true":                           "",
		"draft: true\nstatus: live":                "",
		"draft: true\npublished: true":             "status: draft\npublished: true",
		"positon: 3\nposition: 4\nsegment: a":      "",
		"segmnt: a\nsegments: [b]\nposition: 4":    "",
		"position: 49.5\nsegment: a":               "",
		"position: 3\nsegment: Mid Size":           "position: 3\nsegment: mid-size",
		"position: 3\nsegment: [a-b, \"A b\"]":     "",
		"position: 3\nsegment: [\"A b\", \"A-b\"]": "position: 3\nsegment: [\"a-b\", \"A-b\"]",
		"status: >\n  lvie":                        "",
		"title: |\n  status: lvie":                 "",
	} {
		const page = "playbooks/a.md"
		text := func(tags string) string { return "---\n" + tags + "\n---\n# A\n\nstatus: lvie\n" }
		if after == "" {
			after = before
		}
		fixed, err := generator.Fix(context.Background(), fixOptions(fstest.MapFS{page: {Data: []byte(text(before))}}))
		if err != nil {
			t.Fatal(err)
		}
		got := text(before)
		for _, f := range fixed.Files {
			got = string(f.New)
		}
		if got != text(after) {
			t.Errorf("%q became\n%s", before, got)
		}
	}
}
