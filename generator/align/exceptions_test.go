package align_test

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"

	"plumb/generator/align"
	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// judged links and checks a site without making its pages.
func judged(t interface{ Fatalf(string, ...any) }, files map[string]string) align.Result {
	in := site.Input{Config: config.New(), AsOf: asOf}
	var said []diag.Diagnostic
	say := func(list []diag.Diagnostic) { said = append(said, list...) }
	if text, ok := files["plumb.yaml"]; ok {
		f, _ := source.Decode("plumb.yaml", []byte(text))
		c, list := config.Parse(f)
		in.Config = c
		say(list)
	}
	words, list := playbook.NewVocabulary(in.Config)
	say(list)
	partial := in.Config.Broken
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) != ".md" {
			if name != "plumb.yaml" {
				in.Assets = append(in.Assets, name)
			}
			continue
		}
		f, list := source.Decode(name, []byte(files[name]))
		if f == nil {
			t.Fatalf("%s: %v", name, list)
			continue
		}
		house := playbook.NoKind
		switch name {
		case "playbooks/processes.md":
			house = playbook.SupportProcesses
		case "playbooks/metrics.md":
			house = playbook.Metrics
		}
		page, list := playbook.Decoder{Config: in.Config, Words: words}.Decode(f, house)
		say(list)
		if page == nil || diag.HasErrors(list) {
			partial, in.Dropped = true, append(in.Dropped, name)
			continue
		}
		in.Pages = append(in.Pages, page)
	}
	linked, list := site.Link(in)
	say(list)
	return align.Check(align.Input{Site: linked, Said: said, Partial: partial})
}

func asMap(files []txtar.File) map[string]string {
	out := map[string]string{}
	for _, f := range files {
		out[f.Name] = string(f.Data)
	}
	return out
}

// told are findings without their lines, which exceptions may move, sorted; those
// about exceptions are left out.
func told(list []diag.Diagnostic) []string {
	var out []string
	for _, d := range list {
		if !strings.HasPrefix(string(d.Code), "allow-") {
			out = append(out, fmt.Sprintf("%s %s: %s", d.Code, d.Path, d.Message))
		}
	}
	slices.Sort(out)
	return out
}

func silenced(list []align.Silenced) (out []diag.Diagnostic) {
	for _, s := range list {
		out = append(out, s.Diagnostic)
	}
	return out
}

// TestExceptionTakesOutItsFinding sets, for every finding of the second sample
// site, an exception at its place, one at each of the others that it rests on, and
// one for its file in plumb.yaml: the finding goes, and no other.
func TestExceptionTakesOutItsFinding(t *testing.T) {
	files := asMap(folder(t, "testdata/broken"))
	all := judged(t, files)
	if len(all.Findings) != len(brokenSite) || len(all.Silenced) > 0 {
		t.Fatalf("%d findings", len(all.Findings))
	}
	for _, d := range all.Findings {
		places := []diag.Place{d.Place}
		for _, r := range d.Related {
			places = append(places, r.Place)
		}
		for _, at := range places {
			if _, many := many[d.Code]; !many || at.Pos == d.Pos {
				lacksOne(t, files, all, d, excepted(files, at, d.Code))
			}
		}
		changed := maps.Clone(files)
		changed["plumb.yaml"] += fmt.Sprintf("checks:\n  allow:\n    - {code: %s, path: %s, reason: So it is}\n", d.Code, d.Path)
		lacksOne(t, files, all, d, changed)
	}
}

// many are rules that rest on several places at once: an exception at one of them
// is told at that place, and the others are still evidence.
var many = map[diag.Code]bool{"role-on-both-sides": true, "one-segment-two-answers": true, "copied-across-the-line": true, "kit-copied-across-the-line": true}

// excepted returns the files with an exception in the line of a place, or above
// the text where it stands in the front matter.
func excepted(files map[string]string, at diag.Place, code diag.Code) map[string]string {
	out := maps.Clone(files)
	comment := fmt.Sprintf("<!-- plumb: allow %s so it is -->", code)
	lines := strings.Split(out[at.Path], "\n")
	end := 1 + slices.Index(lines[1:], "---")
	switch line := lines[at.Line-1]; {
	case at.Line-1 < end:
		lines[end] += "\n\n" + comment + "\n"
	case strings.HasSuffix(line, "|"):
		lines[at.Line-1] = strings.TrimSuffix(line, "|") + comment + " |"
	default:
		lines[at.Line-1] += " " + comment
	}
	out[at.Path] = strings.Join(lines, "\n")
	return out
}

// lacksOne compares what is found with and without an exception.
func lacksOne(t *testing.T, files map[string]string, all align.Result, d diag.Diagnostic, changed map[string]string) {
	t.Helper()
	got := judged(t, changed)
	want := told(slices.DeleteFunc(slices.Clone(all.Findings), func(e diag.Diagnostic) bool { return e.Compare(d) == 0 }))
	if found := told(got.Findings); !slices.Equal(found, want) || len(got.Findings) != len(want) {
		t.Errorf("%s at %s:%d: left are\n%s\nwant\n%s", d.Code, d.Path, d.Line, strings.Join(found, "\n"), strings.Join(want, "\n"))
	}
	if found := told(silenced(got.Silenced)); !slices.Equal(found, told([]diag.Diagnostic{d})) {
		t.Errorf("%s at %s:%d: silenced are %q", d.Code, d.Path, d.Line, found)
	}
	for _, s := range got.Silenced {
		if !strings.EqualFold(s.Reason, "so it is") || s.By.Line == 0 {
			t.Errorf("%s is silenced by %+v because %q", s.Code, s.By, s.Reason)
		}
	}
}

// faulty is a playbook with places for exceptions, %s, that move no line. No
// section of it has so many faults of one kind that they are told as one.
const faulty = `---
position: 80
segment: a
---

%s

## Value proposition %s

For joiners.

- **We compete on:** the lowest price %s

%s
## Selling tasks

%s
### Account manager

%s

### Field engineer

- Look. %s

## Support processes

- **Audit desk:** counts %s
- **Loan pool:** lends

## Metrics

%s

| Metric | Target |
| --- | --- |
| Renewals | 90 %s |
| Visits | 8 |

## Buyers

Prose. %s

## Initiatives

- **Van.** Ends: 2020
  %s
`

// TestNothingIsLost is the law of exceptions: what is silenced and what is left
// are together what is found without them.
func TestNothingIsLost(t *testing.T) {
	codes := []string{"owner-missing", "review-missing", "section-missing", "basis-against-position", "role-without-tasks", "process-not-called", "metric-without-definition", "initiative-ended", "initiative-without-value", "initiative-without-metric", "no-entries", "value-proposition-unclear", "nothing-known", "allow-unused", ""}
	plain := map[string]string{"playbooks/x.md": fill(faulty, func() string { return "<!-- nothing -->" }), "playbooks/y.md": fill(faulty, func() string { return "<!-- nothing -->" })}
	want := judged(t, plain)
	if len(want.Findings) < 20 || len(want.Silenced) > 0 {
		t.Fatalf("%d findings", len(want.Findings))
	}
	rapid.Check(t, func(t *rapid.T) {
		exception := func() string {
			code := rapid.SampledFrom(codes).Draw(t, "code")
			return "<!-- plumb: allow " + code + rapid.SampledFrom([]string{"", " why", " because it is so"}).Draw(t, "reason") + " -->"
		}
		files := map[string]string{"playbooks/x.md": fill(faulty, exception), "playbooks/y.md": fill(faulty, exception)}
		if rapid.Bool().Draw(t, "config") {
			files["plumb.yaml"] = fmt.Sprintf("checks:\n  allow:\n    - {code: %q, path: %q, reason: So it is, until: %s}\n", rapid.SampledFrom(codes).Draw(t, "code"),
				rapid.SampledFrom([]string{"", "playbooks", "playbooks/", "./playbooks/x.md", "playbooks/?.md", "elsewhere", "["}).Draw(t, "path"), rapid.SampledFrom([]string{"2026-05-31", "2026-06-01", "2030-01-01"}).Draw(t, "until"))
		}
		got := judged(t, files)
		both := told(append(silenced(got.Silenced), got.Findings...))
		if all := told(want.Findings); !slices.Equal(both, all) {
			t.Fatalf("together there are\n%s\nwant\n%s", strings.Join(both, "\n"), strings.Join(all, "\n"))
		}
	})
}

func fill(text string, next func() string) string {
	for strings.Contains(text, "%s") {
		text = strings.Replace(text, "%s", next(), 1)
	}
	return text
}

// TestAllowInConfig says which findings an exception of plumb.yaml reaches.
func TestAllowInConfig(t *testing.T) {
	const page = "---\nposition: 80\nsegment: a\nreviewed: 2026-05-04\n---\n\n## Selling tasks\n\n### %s\n\nNothing.\n"
	files := map[string]string{
		"playbooks/a/x.md": fmt.Sprintf(page, "Account manager"), "playbooks/a/b/y.md": fmt.Sprintf(page, "Field engineer"), "playbooks/ab/z.md": fmt.Sprintf(page, "Account manager"),
	}
	for _, test := range []struct{ allow, want string }{
		{"code: role-without-tasks", "a/b/y a/x ab/z"},
		{"code: role-without-tasks, role: account-manager", "a/x ab/z"},
		{"code: role-without-tasks, path: playbooks/a", "a/b/y a/x"},
		{"code: role-without-tasks, path: playbooks/a/", "a/b/y a/x"},
		{"code: role-without-tasks, path: ./playbooks/a", "a/b/y a/x"},
		{"code: role-without-tasks, path: playbooks/a/x.md", "a/x"},
		{"code: role-without-tasks, path: playbooks/a/*.md", "a/x"},
		{"code: role-without-tasks, path: playbooks/*/*.md", "a/x ab/z"},
		{"code: role-without-tasks, path: playbooks/a*", "a/b/y a/x ab/z"},
		{"code: role-without-tasks, path: playbooks/a, role: account-manager", "a/x"},
		{"code: role-without-tasks, path: playbooks, until: 2026-06-01", "a/b/y a/x ab/z"},
		{"code: role-without-tasks, path: playbooks, until: 2026-05-31", ""},
		{"code: role-without-tasks, path: x.md", ""},
		{"code: owner-missing, role: account-manager", ""},
	} {
		files["plumb.yaml"] = "checks:\n  allow:\n    - {" + test.allow + ", reason: So it is}\n"
		var got []string
		for _, s := range judged(t, files).Silenced {
			got = append(got, strings.TrimSuffix(strings.TrimPrefix(s.Path, "playbooks/"), ".md"))
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%s silences %q, want %q", test.allow, s, test.want)
		}
	}
}

// TestNameLikePattern allows for a file whose name has the signs of a pattern.
func TestNameLikePattern(t *testing.T) {
	files := map[string]string{"playbooks/[x].md": "---\nposition: 80\nsegment: a\n---\n", "plumb.yaml": "checks:\n  allow:\n    - {code: owner-missing, path: \"playbooks/[x].md\", reason: So it is}\n"}
	if got := judged(t, files); len(got.Silenced) != 1 {
		t.Errorf("a name with the signs of a pattern is not reached: %+v", got)
	}
}
