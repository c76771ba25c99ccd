package desk_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"plumb/generator"
	"plumb/generator/desk"
	"plumb/generator/diag"
	"plumb/generator/output"
	"plumb/themes"
)

// made returns the desk of a site as of 1 June 2026.
func made(t *testing.T, files map[string]string) *desk.Desk {
	t.Helper()
	root := fstest.MapFS{}
	for name, text := range files {
		root[name] = &fstest.MapFile{Data: []byte(text)}
	}
	r, err := generator.Build(context.Background(), generator.Options{Root: root, Themes: themes.FS(), AsOf: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}, output.Discard{})
	if err != nil {
		t.Fatal(err)
	}
	return desk.New(desk.Input{Site: r.Site, Findings: r.Diagnostics, Silenced: r.Silenced, Broken: r.Broken})
}

// rows writes a table as plain text, a row a line.
func rows(d *desk.Desk, page, name string) string {
	var b strings.Builder
	for _, t := range d.Page(page).Tables {
		if t.Name != name {
			continue
		}
		for i := range t.Len {
			row := t.Row(i)
			if row.Odd {
				b.WriteString("! ")
			}
			for j, c := range row.Cells {
				if j > 0 {
					b.WriteString(" | ")
				}
				b.WriteString(cell(c))
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func cell(c desk.Cell) string {
	var parts []string
	for _, p := range c.Dots {
		parts = append(parts, fmt.Sprint("•", int(p)))
	}
	if c.State != desk.NoState && len(c.Items) == 0 {
		parts = append(parts, c.State.String())
	}
	for _, it := range c.Items {
		s := it.Text
		if it.Word != "" {
			s = strings.TrimSpace(it.Word + " " + strings.Trim(fmt.Sprint(it.Args...), "[]"))
		}
		if it.Anchor != "" {
			s += "#" + it.Anchor
		}
		parts = append(parts, s)
	}
	if c.More > 0 {
		parts = append(parts, fmt.Sprintf("+%d", c.More))
	}
	return strings.Join(parts, ", ")
}

// same compares what a page shows with what it should.
func same(t *testing.T, got, want string) {
	t.Helper()
	if want = strings.TrimLeft(want, "\n"); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func book(position int, segment, rest string) string {
	return fmt.Sprintf("---\nposition: %d\nsegment: %s\n%s", position, segment, rest)
}

// TestHolesAreNamed: what nobody serves is said in words, and nothing else is.
func TestHolesAreNamed(t *testing.T) {
	d := made(t, map[string]string{
		"plumb.yaml":     "segments:\n  a: {title: Served}\n  b: {title: Forgotten}\n  c: {title: Unmanned}\nroles:\n  am: {title: Account manager}\n  x: {title: Idle role}\n",
		"playbooks/1.md": book(0, "a", "---\n## Selling tasks\n### Account manager\n- Call\n"),
		"playbooks/2.md": book(30, "a", "---\n"),
		"playbooks/3.md": book(95, "c", "---\n## Buyers\n- **Head**\n"),
	})
	same(t, rows(d, "coverage", "holes"), `
Forgotten | desk.hole.segment
Unmanned | desk.hole.nobody
stop.middle | desk.hole.stop
stop.lean-more | desk.hole.stop
Idle role | desk.hole.role
`)
	same(t, rows(d, "coverage", "coverage"), `
Served | 0 · 1 | 30 · 2 |  |  | `+`
! Forgotten |  |  |  |  | `+`
Unmanned |  |  |  |  | 95 · 3
`)
	same(t, rows(d, "coverage", "staff"), `
Served | stop.make-it-for-less | 1 | Account manager
Served | stop.lean-less | 1 | desk.everyone
Unmanned | stop.sell-it-for-more | 1 | desk.everyone
`)
}

// TestRolesOnBothSides: a role far apart on both sides is strange, unless it is
// shared or split by team.
func TestRolesOnBothSides(t *testing.T) {
	tasks := "---\n## Selling tasks\n### Torn\n- Call\n- Ask\n### Shared\n- Sign\n### Split\n- Visit\n### Narrow\n- Write\n"
	d := made(t, map[string]string{
		"plumb.yaml":     "roles:\n  torn: {title: Torn}\n  shared: {title: Shared, shared: true}\n  split: {title: Split, team: [A, B]}\n  narrow: {title: Narrow, team: A}\n",
		"playbooks/1.md": book(20, "a", tasks),
		"playbooks/2.md": book(80, "b", strings.Replace(tasks, "### Narrow\n- Write\n", "", 1)),
		"playbooks/3.md": book(60, "b", "---\n## Selling tasks\n### Narrow\n- Read\n"),
	})
	same(t, rows(d, "roles", "roles"), `
! Torn | •20, •80 | 20 | 80 | 60 | 2 | 4 | desk.side.both
Shared | •20, •80 | 20 | 80 | 60 | 2 | 2 | desk.side.both, desk.side.shared
Split | •20, •80 | 20 | 80 | 60 | 2 | 2 | desk.side.both, desk.side.split A, B
Narrow | •20, •60 | 20 | 60 | 40 | 2 | 2 | A
`)
	if n := d.Page("roles").Count; n != 1 {
		t.Errorf("%d roles are to be looked at", n)
	}
}

// TestWhatIsAllowedIsNotMarked: the desk marks what the check found, and nothing
// that the authors allow or do not want to hear of.
func TestWhatIsAllowedIsNotMarked(t *testing.T) {
	files := map[string]string{
		"playbooks/1.md": book(0, "a", "---\n## Selling tasks\n\n### Account manager\n\n- Ask for the loan pool\n\n## Support processes\n\n- **Loan pool**\n- **Lost and found**\n\n## Metrics\n\n- **Calls** Definition: 3 a day\n\n## Initiatives\n\n- **Fair** Metric: Calls. Ends: 2026-05-01\n"),
		"playbooks/2.md": book(90, "a", "---\n## Selling tasks\n\n### Account manager\n\n- Ask\n\n## Metrics\n\n- **Calls** Definition: 9 a week\n"),
	}
	pages := [][2]string{{"roles", "roles"}, {"coverage", "coverage"}, {"processes", "processes"}, {"metrics", "metrics"}, {"initiatives", "initiatives"}}
	look := func(checks string) (marked []string) {
		files["plumb.yaml"] = "roles:\n  am: {title: Account manager}\n" + checks
		d := made(t, files)
		for _, p := range pages {
			for line := range strings.Lines(rows(d, p[0], p[1])) {
				if strings.HasPrefix(line, "! ") {
					name, _, _ := strings.Cut(line[2:], " | ")
					marked = append(marked, name)
				}
			}
			if n := d.Page(p[0]).Count; n != d.Count(p[0]) {
				t.Errorf("%s: %d and %d", p[0], n, d.Count(p[0]))
			}
		}
		return marked
	}
	if got, want := look(""), []string{"Account manager", "A, desk.two-answers", "Lost and found#lost-and-found", "Calls#calls", "Fair#fair"}; !slices.Equal(got, want) {
		t.Errorf("marked are %q, want %q", got, want)
	}
	const silent = `checks:
  role-on-both-sides: {severity: off}
  process-not-called: {severity: off}
  allow:
    - {code: metric-defined-twice, path: playbooks/2.md, reason: known}
    - {code: one-segment-two-answers, path: playbooks/1.md, reason: known}
    - {code: initiative-ended, path: playbooks/1.md, reason: known}
    - {code: initiative-without-value, path: playbooks/1.md, reason: known}
`
	if got := look(silent); len(got) > 0 {
		t.Errorf("marked are %q", got)
	}
	d := made(t, files)
	if got := rows(d, "processes", "processes"); !strings.Contains(got, "Loan pool#loan-pool | desk.missing | desk.missing |  | 0 | desk.named | 1\n") {
		t.Error(got)
	}
	if got := rows(d, "roles", "roles"); !strings.Contains(got, "desk.side.both, desk.side.allowed") {
		t.Error(got)
	}
}

// TestReviewsByDay: the most urgent first, those without a day last; a review is
// overdue from the day after.
func TestReviewsByDay(t *testing.T) {
	due := func(reviewed string) string {
		return "owner: Dana <d@example.com>\nreviewed: " + reviewed + "\nreview_every: 1 month\n---\n"
	}
	d := made(t, map[string]string{
		"playbooks/a.md": book(1, "s", "---\n"),
		"playbooks/b.md": book(2, "s", due("2026-05-01")), // due on the day itself
		"playbooks/c.md": book(3, "s", due("2026-04-30")),
		"playbooks/d.md": book(4, "s", strings.Replace(due("2026-05-20"), "1 month", "3 months", 1)),
		"playbooks/e.md": book(5, "s", strings.Replace(due("2026-05-20"), "1 month", "1 year", 1)),
	})
	same(t, rows(d, "reviews", "reviews"), `
! 2026-05-30 | desk.when.overdue | C | 3 | Dana | 2026-04-30
2026-06-01 | desk.when.30 | B | 2 | Dana | 2026-05-01
2026-08-20 | desk.when.90 | D | 4 | Dana | 2026-05-20
2027-05-20 | desk.when.later | E | 5 | Dana | 2026-05-20
 | desk.when.none | A | 1 | desk.nobody | `+`
`)
	same(t, rows(d, "reviews", "reviews-by-owner"), `
desk.nobody | 0 | 0 | 0 | 0 | 1
Dana | 1 | 1 | 1 | 1 | 0
`)
}

// TestSectionsAreFullThinPromisedOrMissing tells the four apart.
func TestSectionsAreFullThinPromisedOrMissing(t *testing.T) {
	d := made(t, map[string]string{"playbooks/a.md": book(1, "s", "---\n## Value proposition\n\nFor growers who need a pump tonight, we bring one within the hour, at a price agreed in spring.\n\n## Buyers\n\n- **Head**\n\n## Objections\n\nTBD\n\n## Selling tasks\n\n- Call\n- Ask\n")})
	got := strings.Split(strings.TrimSpace(rows(d, "completeness", "completeness")), " | ")[2:6]
	if want := []string{"full", "thin", "full", "missing"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestRegisters: metrics with two definitions and processes nobody calls on are
// marked; an initiative says what it lacks.
func TestRegisters(t *testing.T) {
	metric := func(definition string) string {
		return "## Metrics\n\n| Metric | Kind | Definition |\n|---|---|---|\n| Calls | leading | " + definition + " |\n"
	}
	d := made(t, map[string]string{
		"playbooks/a.md": book(1, "s", "---\n## Selling tasks\n\n- Ask the [pool](#loan-pool)\n\n## Support processes\n\n### Loan pool\n\nOwner: Stores\n\n### Lost and found\n\n"+metric("calls a week")),
		"playbooks/b.md": book(9, "s", "---\n"+metric("calls a day")+"\n## Initiatives\n\n- **Fair** Financial value: 3 %\n"),
	})
	same(t, rows(d, "metrics", "metrics"), "! Calls#calls |  | desk.value.leading |  | desk.clash 2, calls a week, calls a day | A#calls, B#calls | 2\n")
	same(t, rows(d, "processes", "processes"), `
Loan pool#loan-pool | Stores | desk.missing |  | 1 | A | 1
! Lost and found#lost-and-found | desk.missing | desk.missing |  | 0 | desk.uncalled | 1
`)
	if got := rows(d, "initiatives", "initiatives"); !strings.HasPrefix(got, "! Fair") || !strings.HasSuffix(got, "| B | 9 | 3 % | desk.missing | desk.missing | desk.missing\n") {
		t.Error(got)
	}
}

// TestEvidenceLeadsToThePart: a finding is linked to the part of the page that is
// made of its line, and shows the line.
func TestEvidenceLeadsToThePart(t *testing.T) {
	d := made(t, map[string]string{"playbooks/a.md": book(1, "s", "---\n# A\n\n## Buyers\n\nNobody yet.\n\n## Proof\n\nSee [this](https://example.com) and [that](missing.md).\n")})
	got := rows(d, "findings", "findings")
	if !strings.Contains(got, "broken-link | desk.severity.error") || !strings.Contains(got, "playbooks/a.md:13#proof") {
		t.Error(got)
	}
}

// TestFindingsByOwner lists every finding once on each of the two pages, the
// summary leads to the first of each group.
func TestFindingsByOwner(t *testing.T) {
	files := map[string]string{}
	for i := range 130 {
		owner := []string{"", "owner: Ada\n", "owner: Bob\n"}[i%3]
		files[fmt.Sprintf("playbooks/p%03d.md", i)] = book(i%100, "s", owner+"---\n[x](nothing.md)\n")
	}
	d := made(t, files)
	for _, name := range []string{"findings", "owners"} {
		p := d.Page(name)
		if want := (p.Tables[1].Len + 59) / 60; p.Pages() != want || want < 3 || p.Tables[1].Len != len(d.Findings) {
			t.Errorf("%s: %d pages, %d rows, %d findings", name, p.Pages(), p.Tables[1].Len, len(d.Findings))
		}
		for i := range p.Tables[0].Len {
			to := p.Tables[0].Row(i).Cells[0].Items[0]
			found := false
			for j := range p.Tables[1].Len {
				page := fmt.Sprintf("desk/%s.%d.html", name, j/60+1)
				if j < 60 {
					page = "desk/" + name + ".html"
				}
				found = found || p.Tables[1].Row(j).ID == to.Anchor && page == to.URL
			}
			if !found {
				t.Errorf("%s: %v leads nowhere", name, to)
			}
		}
	}
}

// TestFilesHaveOneAddressEach also where file systems tell names not apart.
func TestFilesHaveOneAddressEach(t *testing.T) {
	d := desk.New(desk.Input{Site: made(t, map[string]string{"playbooks/x.md": "# X\n"}).Site, Broken: []string{"playbooks/X.md", "playbooks/é.md", "playbooks/e\u0301.md"}})
	paths, addresses := d.Files()
	seen := map[string]bool{}
	for _, p := range paths {
		seen[strings.ToLower(addresses[p])] = true
	}
	if len(paths) != 4 || len(seen) != 4 || addresses["playbooks/X.md"] != "desk/reading/playbooks/X.html" {
		t.Error(paths, addresses)
	}
}

// TestCSVIsNoFormula: what a reader of CSV gets back is what was put in, and no
// part of a field begins with what a spreadsheet would reckon with.
func TestCSVIsNoFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		field := rapid.StringOf(rapid.OneOf(rapid.SampledFrom([]rune("=+-@\t\r\n \"',;＝＋－＠\u00a0")), rapid.Rune()))
		fields := rapid.SliceOfN(field, 1, 4).Draw(t, "fields")
		for i := range fields {
			fields[i] = strings.ReplaceAll(fields[i], "\r", "") // which encoding/csv takes for the end of a line
		}
		got, err := csv.NewReader(strings.NewReader(string(desk.AppendCSV(nil, fields...)))).Read()
		if err != nil || len(got) != len(fields) {
			t.Fatal(err, got, fields)
		}
		for i, f := range got {
			if bare := strings.NewReplacer("'", ""); bare.Replace(f) != bare.Replace(fields[i]) {
				t.Fatalf("%q became %q", fields[i], f)
			}
			for cell := range strings.FieldsFuncSeq(f, func(r rune) bool { return strings.ContainsRune(";\t\n", r) }) {
				if first := strings.TrimLeft(cell, " \u00a0"); first != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(first)[0]) {
					t.Fatalf("%q is a formula in %q", cell, f)
				}
			}
		}
	})
	if got, want := string(desk.AppendCSV(nil, "x; =1+1", "=1+1", "a \"b\"", "-2", "", "2-1")), "\"x;' =1+1\",\"'=1+1\",\"a \"\"b\"\"\",\"'-2\",\"\",\"2-1\"\r\n"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestCalendar holds the dates to RFC 5545: lines end in CRLF and have at most 75
// octets, texts are escaped, days are whole, nothing depends on the clock.
func TestCalendar(t *testing.T) {
	title := "Semi; colon, comma \\ " + strings.Repeat("日本語のとても長い名前", 6)
	site := map[string]string{
		"playbooks/a.md": "---\ntitle: '" + title + "'\nposition: 1\nsegment: s\nowner: Dana\nreviewed: 2026-05-01\nreview_every: 1 month\n---\n",
		"playbooks/b.md": book(2, "s", "---\n"),
	}
	words := desk.Words{Name: "Playbooks", Program: "Plumb", Review: func(s string) string { return "Review " + s }}
	text := string(made(t, site).AppendCalendar(nil, words))
	if text != string(made(t, site).AppendCalendar(nil, words)) {
		t.Error("two calendars of one site differ")
	}
	lines := strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n")
	for _, l := range lines {
		if len(l) > 75 || strings.ContainsAny(l, "\r\n") || strings.ToValidUTF8(l, "?") != l {
			t.Errorf("%d octets: %q", len(l), l)
		}
	}
	whole := strings.ReplaceAll(text, "\r\n ", "")
	for _, want := range []string{
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "DTSTAMP:20260601T000000Z\r\n", "DTSTART;VALUE=DATE:20260601\r\n", "DTEND;VALUE=DATE:20260602\r\n",
		"SUMMARY:Review Semi\\; colon\\, comma \\\\ 日本語", "DESCRIPTION:Dana\\nplaybooks/a.md\r\n", "@plumb.invalid\r\n",
	} {
		if !strings.Contains(whole, want) {
			t.Errorf("there is no %q in\n%s", want, whole)
		}
	}
	if n := strings.Count(text, "BEGIN:VEVENT"); n != 1 || lines[len(lines)-1] != "END:VCALENDAR" {
		t.Errorf("%d events", n)
	}
}

// TestEveryPageIsThere and an unknown one is not.
func TestEveryPageIsThere(t *testing.T) {
	d := made(t, map[string]string{"playbooks/a.md": "# A\n"})
	for _, name := range desk.Names() {
		if p := d.Page(name); p == nil || p.Name != name || len(p.Tables) == 0 {
			t.Errorf("%s: %v", name, p)
		}
	}
	if d.Page("nothing") != nil {
		t.Error("there is a page of no name")
	}
	if p := d.Reading(desk.File{Path: "playbooks/a.md", Findings: []diag.Diagnostic{{Message: "x"}}}); p.Pages() != 1 || p.Title != "playbooks/a.md" {
		t.Error(p)
	}
}
