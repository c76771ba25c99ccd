package config_test

import (
	"strings"
	"testing"

	"plumb/generator/config"
	"plumb/generator/source"
)

func TestSlug(t *testing.T) {
	for text, want := range map[string]string{
		"Mid-size Contractors": "mid-size-contractors",
		"mid-size-contractors": "mid-size-contractors",
		"  A & B  ":            "a-b",
		"trade_counters":       "trade-counters",
		"a--b":                 "a-b",
		"-a-":                  "a",
		"a/b.c":                "a-b-c",
		"Écoles":               "écoles",
		"E\u0301coles":         "écoles", // composed, as another system types it
		"東京 客先":                "東京-客先",
		"STRASSE":              "strasse",
		"¿Qué?":                "qué",
		"½ price":              "½-price",
		"🚀":                    "",
		"":                     "",
		"İ":                    "i",
	} {
		if got := config.Slug(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		if slug := config.Slug(text); slug != config.Slug(slug) {
			t.Errorf("%q: the id of an id is another: %q", text, config.Slug(slug))
		}
	}
}

func TestIsID(t *testing.T) {
	for id, want := range map[string]bool{
		"legal": true, "mid-size": true, "a1": true, "écoles": true, "e\u0301coles": true, "客先": true, "1": true,
		"": false, "Legal": false, "a_b": false, "a b": false, "-a": false, "a-": false, "a--b": false, "a/b": false, "..": false, "a.b": false, "a\x00": false,
	} {
		if config.IsID(id) != want {
			t.Errorf("%q: %v", id, !want)
		}
	}
}

func TestHumanize(t *testing.T) {
	for id, want := range map[string]string{"mid-size": "Mid size", "trade_counters": "Trade counters", "écoles": "Écoles", "客先": "客先", "": ""} {
		if got := config.Humanize(id); got != want {
			t.Errorf("%q: got %q, want %q", id, got, want)
		}
	}
}

const whole = `title: Northline Tools
base_url: https://playbooks.example.com/sales
language: de_AT
indexing: true
review_every: 6 months
spectrum: {less: Basix, more: Northline}
segments:
  trade-counters:
  hire: {title: Hire shops, criteria: [cost per day, one drop], audience: partner}
roles:
  legal: {title: Legal, aliases: Counsel, shared: true, team: House}
audiences: [internal, partner]
headings: {questions: [Ask them]}
synonyms: {discount: [concession, rebate]}
checks:
  copied: {severity: note, most: 3}
  allow: [{code: copied, role: legal, reason: One department, until: 2027-06-30}]
theme: {name: acme, accent: "#7a3b69", logo: logo.svg}
`

func parse(t *testing.T, text string) (*config.Config, []string) {
	t.Helper()
	f, list := source.Decode("plumb.yaml", []byte(text))
	if len(list) > 0 {
		t.Fatal(list)
	}
	c, list := config.Parse(f)
	var said []string
	for _, d := range list {
		said = append(said, d.Message)
	}
	return c, said
}

func TestParse(t *testing.T) {
	c, said := parse(t, whole)
	if len(said) > 0 {
		t.Fatal(said)
	}
	for _, is := range []struct {
		what string
		ok   bool
	}{
		{"title", c.Title == "Northline Tools"},
		{"base_url", c.BaseURL == "https://playbooks.example.com/sales/"},
		{"language", c.Language == "de-AT"},
		{"indexing", c.Indexing},
		{"review_every", c.ReviewEvery == source.Period{Months: 6}},
		{"spectrum", c.Stops == [5]string{0: "Basix", 4: "Northline"}},
		{"segments", len(c.Segments) == 2 && c.Segments[0].Title == "Trade counters" && c.Segments[1].Title == "Hire shops"},
		{"criteria", strings.Join(c.Segments[1].Criteria, "|") == "cost per day|one drop" && c.Segments[1].Audience == "partner"},
		{"roles", len(c.Roles) == 1 && c.Roles[0].Shared && c.Roles[0].Team() == "House" && strings.Join(c.Roles[0].Aliases, "|") == "Counsel"},
		{"audiences", strings.Join(c.Audiences, "|") == "internal|partner" && c.HasAudience("partner") && !c.HasAudience("public")},
		{"headings", len(c.Headings) == 1 && c.Headings[0].Section.Text == "questions" && c.Headings[0].Names[0].Text == "Ask them"},
		{"synonyms", len(c.Synonyms) == 1 && strings.Join(c.Synonyms[0].Others, "|") == "concession|rebate"},
		{"rules", len(c.Checks.Rules) == 1 && c.Checks.Rules[0].Severity == "note" && c.Checks.Rules[0].Limits["most"].Text == "3"},
		{"allow", len(c.Checks.Allow) == 1 && c.Checks.Allow[0].Role.Text == "legal" && c.Checks.Allow[0].Until == "2027-06-30"},
		{"theme", c.Theme.Name.Text == "acme" && c.Theme.Accent.Text == "#7a3b69" && c.Theme.Logo.Text == "logo.svg"},
	} {
		if !is.ok {
			t.Errorf("%s is not what the file says: %+v", is.what, c)
		}
	}
}

// TestTeams reads one team, a list, and a list that names one twice.
func TestTeams(t *testing.T) {
	for yaml, want := range map[string]string{"Northline": "Northline", "[Basix, Northline]": "Basix|Northline", "": "", "[]": "", "[Basix]": "Basix"} {
		c, said := parse(t, "roles:\n  account-manager: {team: "+yaml+"}\n")
		if got := strings.Join(c.Roles[0].Teams, "|"); got != want || len(said) > 0 {
			t.Errorf("team: %s is read as %q: %v", yaml, got, said)
		}
	}
	c, said := parse(t, "roles:\n  account-manager: {team: [Basix, basix]}\n")
	if len(c.Roles[0].Teams) != 1 || len(said) != 1 || !strings.Contains(said[0], "stands twice") {
		t.Errorf("a team that stands twice: %v, %v", c.Roles[0].Teams, said)
	}
	if line := c.Roles[0].Team(); line != "Basix" {
		t.Errorf("in one line: %q", line)
	}
}

func TestColours(t *testing.T) {
	c, said := parse(t, "theme:\n  accent: rgb(122 59 105)\n  less: Teal\n  more: '#a50'\n")
	if len(said) > 0 {
		t.Fatal(said)
	}
	for _, is := range []struct {
		got  config.Colour
		want string
	}{{c.Theme.Accent, "#7a3b69"}, {c.Theme.Less, "#008080"}, {c.Theme.More, "#aa5500"}} {
		if is.got.RGB.String() != is.want || is.got.Text == "" || is.got.Span.Start == 0 {
			t.Errorf("%+v is not %s", is.got, is.want)
		}
	}
	for text, want := range map[string]string{
		"accent:": "", "accent: # not yet": "", "accent: ''": "",
		"accent: #7a3b69": "comment", "accent:   #abc # ours": "comment", "accent: nothing": "no colour", "less: '#12'": "no colour", "more: '#1234'": "transparent",
	} {
		c, said := parse(t, "theme:\n  "+text+"\n")
		if (want == "") != (len(said) == 0) || !strings.Contains(strings.Join(said, " "), want) || c.Theme.Accent.Text+c.Theme.Less.Text+c.Theme.More.Text != "" {
			t.Errorf("%s: %v %+v", text, said, c.Theme)
		}
	}
}

func TestParseNothing(t *testing.T) {
	for _, text := range []string{"", "# nothing yet\n", "title:\n", "title: ~\nsegments:\nroles:\n"} {
		c, said := parse(t, text)
		if len(said) > 0 || c.Title != "Playbooks" || c.Language != "en" || c.Theme.Name.Text != "default" || len(c.Roles) > 0 {
			t.Errorf("%q: %v %+v", text, said, c)
		}
	}
}
