package align_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"

	"plumb/generator/align"
	"plumb/generator/diag"
)

// proseCodes are those of the rules that read prose.
var proseCodes = []diag.Code{align.ReadsAsGoal, align.ReadsAsMission, align.Unclear}

// offer is a value proposition that leaves nothing open.
const offer = "For crews on five sites: a working tool within a day, instead of a repair that takes a week."

// playbookFile is a playbook with a statement and more text below it.
func playbookFile(i int, statement, rest string) txtar.File {
	text := fmt.Sprintf("---\ntitle: Playbook %d\nposition: 80\nsegment: a\n---\n\n## Value proposition\n\n%s\n%s", i, statement, rest)
	return txtar.File{Name: fmt.Sprintf("playbooks/%03d.md", i), Data: []byte(text)}
}

// TestOnlyTheValuePropositionIsRead puts every statement of testdata wherever else
// a playbook has text.
func TestOnlyTheValuePropositionIsRead(t *testing.T) {
	var files []txtar.File
	for i, text := range allStatements(t) {
		item := "\n- " + text + "\n"
		files = append(files, playbookFile(i, offer, "\n"+text+"\n\n- **Proof:** "+text+"\n\n## Qualify\n"+item+"\n## Questions\n"+item+
			"\n## Selling tasks\n\n### Account manager\n"+item+"\n## Objections\n\n- **“"+strings.ReplaceAll(text, "“", "")+"”** "+text+"\n\n## Metrics\n\n- **One.** Definition: "+text+"\n\n## Why\n\n"+text+"\n"))
	}
	for _, d := range checked(t, files).Diagnostics {
		if slices.Contains(proseCodes, d.Code) {
			t.Errorf("%s:%d: %s [%s]", d.Path, d.Line, d.Message, d.Code)
		}
	}
}

// allStatements are the texts of testdata/statements.
func allStatements(t *testing.T) (out []string) {
	t.Helper()
	paths, err := filepath.Glob("testdata/statements/*.tsv")
	if err != nil || len(paths) == 0 {
		t.Fatal("no statements", err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(raw)) {
			out = append(out, line[strings.LastIndexByte(line, '\t')+1:len(line)-1])
		}
	}
	return out
}

// TestAnyStatementCanBeRead builds playbooks whose statements are any characters,
// among words that count, and looks at what is underlined.
func TestAnyStatementCanBeRead(t *testing.T) {
	words := []string{"Our mission is", "to inspire", "by 2030", "revenue of $5 billion", "you", "*the* world", "we’ll", "使命", "٪", "`x`", "\u202e", "a\u0301", "[x](y.md)", "||", "\n", "\x1b[31m"}
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(words), rapid.String()), 1, 12).Draw(t, "parts"), " ")
	})
	var files []txtar.File
	for i := range 300 {
		files = append(files, playbookFile(i, text.Example(i), ""))
	}
	found := 0
	for _, d := range checked(t, files).Diagnostics {
		if slices.Contains(proseCodes, d.Code) {
			found++
		}
		if slices.Contains(proseCodes, d.Code) && (d.Line < 7 || d.Column < 1 || d.Column+d.Width > len([]rune(d.Source))+2) {
			t.Errorf("%s:%d:%d, %d wide: %q", d.Path, d.Line, d.Column, d.Width, d.Source)
		}
	}
	if found < 50 {
		t.Errorf("only %d findings: nothing was tried", found)
	}
}
