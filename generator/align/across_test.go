package align_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"plumb/generator"
	"plumb/generator/align"
	"plumb/generator/diag"
	"plumb/generator/site"
)

// ofArchive checks an archive that is written as one text.
func ofArchive(t *testing.T, text string) *generator.Report {
	t.Helper()
	return checked(t, txtar.Parse([]byte(text)).Files)
}

func codesOf(list []diag.Diagnostic) map[diag.Code]int {
	n := map[diag.Code]int{}
	for _, d := range list {
		n[d.Code]++
	}
	return n
}

// TestAnExceptionTakesItsPlaybookOut looks at what is silenced: each exception has
// its effect, and what is left without it is found.
func TestAnExceptionTakesItsPlaybookOut(t *testing.T) {
	for _, c := range []struct {
		code            diag.Code
		example         string
		found, silenced int
	}{
		{align.RoleOnBothSides, "finds-the-rest-of-an-exception", 1, 1},
		{align.RoleOnBothSides, "silent-exception", 0, 2},
		{align.CopiedAcross, "finds-the-rest-of-an-exception", 1, 1},
		{align.CopiedAcross, "silent-exception", 0, 1},
		{align.OneSegmentTwoAnswer, "silent-exception", 0, 1},
	} {
		archive, err := txtar.ParseFile(filepath.Join("testdata", "rules", string(c.code), c.example+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
		report := checked(t, archive.Files)
		codes := codesOf(report.Diagnostics)
		if codes[c.code] != c.found || len(report.Silenced) != c.silenced || codes[align.AllowUnused] > 0 {
			t.Errorf("%s, %s: %v, silenced %v", c.code, c.example, codes, report.Silenced)
		}
	}
}

// TestExceptionsAtBothEndsAreUsed writes the exception at both playbooks of a pair.
func TestExceptionsAtBothEndsAreUsed(t *testing.T) {
	const playbook = `
-- playbooks/%[1]s.md --
---
title: %[1]s
position: %[2]d
segment: hospitals
---

<!-- plumb: allow one-segment-two-answers we know -->
<!-- plumb: allow role-on-both-sides we know -->
<!-- plumb: allow copied-across-the-line we know -->

## Selling tasks

### Account manager

- Ask who signs
- Ask what it costs
- Ask when it ends
`
	report := ofArchive(t, fmt.Sprintf(playbook, "tenders", 5)+fmt.Sprintf(playbook, "uptime", 95))
	codes := codesOf(report.Diagnostics)
	if codes[align.AllowUnused]+codes[align.RoleOnBothSides]+codes[align.CopiedAcross]+codes[align.OneSegmentTwoAnswer] > 0 || len(report.Silenced) != 6 {
		t.Errorf("found %v, silenced %v", codes, report.Silenced)
	}
}

// TestCopies compares two playbooks kind by kind.
func TestCopies(t *testing.T) {
	report := ofArchive(t, `
-- playbooks/a.md --
---
title: A
position: 5
segment: tenders
---

## Buyers

| Buyer | Buys on |
| --- | --- |
| Foreman | hours |
| Clerk | price |

## Selling tasks

- Say hello

### Account manager

- Ask who signs
- Ask who signs!
- Ask when it ends

## People

- **Hire for:** drive
-- playbooks/b.md --
---
title: B
position: 6
segment: tenders
---

## Selling tasks

### Account manager

1. Ask when it ends
2. Walk the site

### Legal manager

- Say hello

## Buyers

### Foreman

**Buys on:** Hours.

### Clerk

**Buys on:** no paper

## People

- **Hire for:** Drive
`)
	var got []string
	for _, c := range align.Copies(report.Site.Playbook("playbooks/a.md"), report.Site.Playbook("playbooks/b.md")) {
		line := fmt.Sprintf("%s%s %v:", c.Kind, titled(c.Role), c.Sizes)
		for _, pair := range c.Shared {
			line += fmt.Sprintf(" %s (#%s) = %s (#%s)", pair[0].Text, pair[0].ID, pair[1].Text, pair[1].ID)
		}
		got = append(got, line)
	}
	want := []string{
		"buyers [2 2]: Foreman (#foreman) = Foreman (#foreman)",
		"selling-tasks of Account manager [2 2]: Ask when it ends (#t-1dc062) = Ask when it ends (#t-1dc062)",
		"people [1 1]: Hire for (#) = Hire for (#)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func titled(r *site.Role) string {
	if r == nil {
		return ""
	}
	return " of " + r.Title
}
