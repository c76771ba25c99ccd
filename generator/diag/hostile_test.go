package diag_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"plumb/generator/diag"
)

// hostile draws texts that would do harm where they are printed as they are:
// orders to a terminal or to the service that runs Plumb, new lines, changes of
// direction, bytes that are no UTF-8.
func hostile() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{
		"a", "é", "東", "👩\u200d🚀", " ", "::", "::error::x", "\n::add-mask::x\n", "##[add-mask]x", "##vso[task.complete]", "%0A", "%", ",", ":", "\r", "\r\n", "\t",
		"\x1b[31m", "\x1b]8;;https://x\x07", "\u009b31m", "\x00", "\x7f", "\xff\xfe", "\xed\xa0\x80", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\U000e0041",
		"](https://x)", "[x](1)", "{0}", `"`, `\`, "</script>", "=cmd()",
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 0, 6).Draw(t, "pieces"), "")
	})
}

func hostilePlace() *rapid.Generator[diag.Place] {
	return rapid.Custom(func(t *rapid.T) diag.Place {
		return diag.Place{
			Pos:    diag.Pos{Path: "p/" + hostile().Draw(t, "path"), Line: rapid.IntRange(0, 3).Draw(t, "line"), Column: rapid.IntRange(0, 9).Draw(t, "column")},
			Width:  rapid.IntRange(0, 9).Draw(t, "width"),
			Source: strings.NewReplacer("\n", "", "\r", "").Replace(hostile().Draw(t, "source")),
		}
	})
}

func hostileFinding() *rapid.Generator[diag.Diagnostic] {
	return rapid.Custom(func(t *rapid.T) diag.Diagnostic {
		d := diag.New(diag.Severity(rapid.IntRange(0, 2).Draw(t, "severity")), diag.BrokenLink, hostilePlace().Draw(t, "place"), hostile().Draw(t, "message"), hostile().Draw(t, "hint"))
		for range rapid.IntRange(0, 2).Draw(t, "related") {
			d.Related = append(d.Related, diag.Related{Place: hostilePlace().Draw(t, "place"), Message: hostile().Draw(t, "message")})
		}
		if d.Line > 0 && d.Column > 0 && rapid.Bool().Draw(t, "fix") {
			d.Fix = &diag.Fix{Title: hostile().Draw(t, "title"), Edits: []diag.Edit{{Pos: d.Pos, Old: d.Source, New: hostile().Draw(t, "new")}}}
		}
		return d
	})
}

func hostileSilenced() *rapid.Generator[diag.Silenced] {
	return rapid.Custom(func(t *rapid.T) diag.Silenced {
		return diag.Silenced{Diagnostic: hostileFinding().Draw(t, "finding"), By: diag.Suppression{Reason: hostile().Draw(t, "reason"), Pos: hostilePlace().Draw(t, "by").Pos}}
	})
}

// tame fails where an output holds what a terminal or a log service would obey;
// the signs that join letters are let through.
func tame(t *rapid.T, out string) {
	if !utf8.ValidString(out) {
		t.Fatalf("no UTF-8: %q", out)
	}
	if i := strings.IndexFunc(out, func(r rune) bool {
		return r != '\n' && r != 0x200c && r != 0x200d && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co)
	}); i >= 0 {
		t.Fatalf("not all of it is seen: %q", out)
	}
	if strings.Contains(out, "##[") || strings.Contains(out, "##vso[") {
		t.Fatalf("an order: %q", out)
	}
}

var ordered = regexp.MustCompile(`(?m)^[^\S\n]*::[^:\n]`)

func TestHostileText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := hostileFinding().Draw(t, "finding")
		s := hostileSilenced().Draw(t, "silenced")
		var b strings.Builder
		for _, err := range []error{(diag.Text{}).Print(&b, []diag.Diagnostic{d}), (diag.Text{}).Silenced(&b, []diag.Silenced{s})} {
			if err != nil {
				t.Fatal(err)
			}
		}
		out := b.String()
		tame(t, out)
		if ordered.MatchString(out) {
			t.Fatalf("an order: %q", out)
		}
		most := 1 + 2 + 3*len(d.Related) + 1 + 2
		if n := strings.Count(out, "\n"); n > most {
			t.Fatalf("%d lines of at most %d: %q", n, most, out)
		}
	})
}

// annotation is a workflow command as GitHub's runner takes it apart.
var annotation = regexp.MustCompile(`^::(error|warning|notice) (file=[^,:]*(?:,(?:line|col|endColumn)=\d+)*,title=broken-link)::(.*)$`)

func TestHostileGitHub(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(hostileFinding(), 1, 3).Draw(t, "findings")
		var b strings.Builder
		if err := (diag.GitHub{}).Print(&b, list); err != nil {
			t.Fatal(err)
		}
		tame(t, b.String())
		lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
		if len(lines) != len(list) {
			t.Fatalf("%d lines for %d findings: %q", len(lines), len(list), b.String())
		}
		for i, line := range lines {
			m := annotation.FindStringSubmatch(line)
			if m == nil || !strings.Contains(m[3], escapedMessage(list[i].Message)) {
				t.Fatalf("%q", line)
			}
		}
	})
}

func escapedMessage(s string) string { return strings.ReplaceAll(diag.Visible(s), "%", "%25") }

// TestHostileJSON: what is read back is what was found.
func TestHostileJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(hostileFinding(), 0, 3).Draw(t, "findings")
		silenced := rapid.SliceOfN(hostileSilenced(), 0, 2).Draw(t, "silenced")
		var b strings.Builder
		if err := diag.JSON(&b, list, silenced); err != nil {
			t.Fatal(err)
		}
		tame(t, b.String())
		var got []struct {
			Path, Message, Source string
			Suppressed            *struct{ Reason string }
		}
		if err := json.Unmarshal([]byte(b.String()), &got); err != nil || len(got) != len(list)+len(silenced) {
			t.Fatalf("%v %q", err, b.String())
		}
		for i, g := range got {
			if i < len(list) && (g.Suppressed != nil || g.Message != valid(list[i].Message) || g.Path != valid(list[i].Path) || g.Source != valid(list[i].Source)) {
				t.Fatalf("%+v of %+v", g, list[i])
			}
			if i >= len(list) && (g.Suppressed == nil || g.Suppressed.Reason != valid(silenced[i-len(list)].By.Reason)) {
				t.Fatalf("%+v of %+v", g, silenced[i-len(list)])
			}
		}
	})
}

// valid is a text as JSON can hold it.
func valid(s string) string { return string([]rune(s)) }

func TestHostileSARIF(t *testing.T) {
	schema := schemaOf(t)
	rapid.Check(t, func(r *rapid.T) {
		list := rapid.SliceOfN(hostileFinding(), 0, 3).Draw(r, "findings")
		out := sarif(t, list, rapid.SliceOfN(hostileSilenced(), 0, 2).Draw(r, "silenced"))
		tame(r, out)
		validate(r, schema, out)
		for _, m := range messages.FindAllString(out, -1) {
			if strings.Contains(strings.ReplaceAll(m, `\\](`, ""), "](") {
				r.Fatalf("a link in a message: %s", m)
			}
		}
	})
}

var messages = regexp.MustCompile(`"message": \{\n *"text": .*`)
