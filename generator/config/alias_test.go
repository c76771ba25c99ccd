package config_test

import (
	"strings"
	"testing"

	"plumb/generator/config"
	"plumb/generator/fix"
	"plumb/generator/source"

	"plumb/generator/diag"
)

// TestAliasFix: one more name for the role “desk”, in whatever form the register
// is written; all else stays, and the name is read back.
func TestAliasFix(t *testing.T) {
	for _, c := range []struct{ name, before, alias, after string }{
		{"a list in brackets", "  desk: {aliases: [A, \"B, C\"], team: X}  # c\n", "Dsk", "  desk: {aliases: [A, \"B, C\", Dsk], team: X}  # c\n"},
		{"an empty list", "  desk: {aliases: []}\n", "Dsk", "  desk: {aliases: [Dsk]}\n"},
		{"a list over lines", "  desk:\n    aliases: [A,\n      B]\n", "Dsk", "  desk:\n    aliases: [A,\n      B, Dsk]\n"},
		{"hyphens", "  desk:\n    aliases:\n    - A\n    - 'B'  # c\n    team: X\n", "Dsk", "  desk:\n    aliases:\n    - A\n    - 'B'  # c\n    - Dsk\n    team: X\n"},
		{"one text", "  desk:\n    aliases: A desk # c\n", "Dsk", "  desk:\n    aliases: [A desk, Dsk] # c\n"},
		{"one text with a comma", "  desk:\n    aliases: A, desk\n", "Dsk", "  desk:\n    aliases: [\"A, desk\", Dsk]\n"},
		{"one text in quotes", "  desk: {aliases: 'A'}\n", "Dsk", "  desk: {aliases: ['A', Dsk]}\n"},
		{"no aliases, in braces", "  desk: {title: The desk, team: X}\n", "Dsk", "  desk: {title: The desk, aliases: [Dsk], team: X}\n"},
		{"no aliases, a list first", "  desk: {team: [X, Y], title: T}\n", "Dsk", "  desk: {aliases: [Dsk], team: [X, Y], title: T}\n"},
		{"no aliases, on lines", "  desk:\n    title: The desk   # c\n    team: X", "Dsk", "  desk:\n    title: The desk   # c\n    aliases: [Dsk]\n    team: X"},
		{"no aliases, a text over lines", "  desk:\n    title: |\n      The\n      desk\n", "Dsk", "  desk:\n    aliases: [Dsk]\n    title: |\n      The\n      desk\n"},
		{"empty aliases", "  desk:\n    aliases:\n    team: X\n", "Dsk", "  desk:\n    aliases: [Dsk]\n    team: X\n"},
		{"nothing at all", "  desk:   # c\n", "Dsk", "  desk: {aliases: [Dsk]}   # c\n"},
		{"empty braces", "  desk: {}\n", "Dsk", "  desk: {aliases: [Dsk]}\n"},
		{"an id in quotes", "  \"desk\": {title: D}\n", "Dsk", "  \"desk\": {title: D, aliases: [Dsk]}\n"},
		{"text that YAML would read otherwise", "  desk: {title: D}\n", "Dsk: [x], #1 \"é\" <&>", "  desk: {title: D, aliases: [\"Dsk: [x], #1 \\\"é\\\" <&>\"]}\n"},
		{"a truth value", "  desk: {title: D}\n", "Yes", "  desk: {title: D, aliases: [\"Yes\"]}\n"},
		{"a number", "  desk: {title: D}\n", "007", "  desk: {title: D, aliases: [\"007\"]}\n"},
		{"another's name", "  desk: {title: D}\n", "Other", ""},
		{"its own name", "  desk: {title: The desk}\n", "the DESK", ""},
		{"no name", "  desk: {title: D}\n", "…", ""},
	} {
		const head = "roles:\n  other: {title: Other}\n"
		c.before, c.after = head+c.before, head+c.after
		settings, list := read(t, c.before)
		if len(list) > 0 {
			t.Errorf("%s: %v", c.name, list)
		}
		f := settings.AliasFix("desk", c.alias)
		if f == nil {
			if c.after != head {
				t.Errorf("%s: no fix", c.name)
			}
			continue
		}
		got, made := fix.Text([]byte(c.before), []*diag.Fix{f})
		if string(got) != c.after || made != 1 {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.after)
		}
		settings, list = read(t, string(got))
		if n := len(settings.Roles[1].Aliases); len(list) > 0 || n == 0 || settings.Roles[1].Aliases[n-1] != c.alias {
			t.Errorf("%s: read back as %q, %v", c.name, settings.Roles[1].Aliases, list)
		}
	}
}

func read(t *testing.T, text string) (*config.Config, []diag.Diagnostic) {
	t.Helper()
	f, list := source.Decode("plumb.yaml", []byte(strings.ReplaceAll(text, "\n", "\r\n")))
	if f == nil {
		t.Fatal(list)
	}
	return config.Parse(f)
}
