// Package config reads plumb.yaml: the site's settings and its registers of
// segments and roles. Reading is strict; a key that is not known is an error.
package config

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"plumb/generator/colour"
	"plumb/generator/diag"
	"plumb/generator/source"
)

// Config is a site's plumb.yaml. The zero value, with the defaults of [New],
// is a site without one.
type Config struct {
	// File is plumb.yaml itself, nil where there is none.
	File *source.File
	// Broken says that plumb.yaml has errors: what depends on its registers is
	// not checked, for the messages would only follow from them.
	Broken bool

	Title string
	// BaseURL is where the site will stand, with a trailing slash; empty where
	// that is not said.
	BaseURL string
	// Language is the BCP 47 tag of the site's own words.
	Language string
	// Indexing lets search engines in.
	Indexing    bool
	ReviewEvery source.Period

	// Stops are the site's own names of the five stops of the line, from
	// "make it for less" to "sell it for more"; empty for the default.
	Stops [5]string
	// Stances are the site's own sentences on what a place on the line asks of a
	// rep, by stop; empty for the theme's.
	Stances [5]string

	// Segments and Roles are the registers in their order; nil where the site
	// declares none and takes them as they come.
	Segments []Segment
	Roles    []Role
	// Audiences are ids, the most restricted first.
	Audiences []string

	// Headings are the site's own names of sections, by the section's id.
	Headings []Heading
	Synonyms []Synonym
	Checks   Checks
	Theme    Theme
}

// Segment is a group of customers with buying criteria of its own.
type Segment struct {
	ID, Title string
	Criteria  []string
	Audience  string
	Span      source.Span
}

// Role is a selling role.
type Role struct {
	ID, Title string
	Aliases   []string
	// Teams are the teams that have the role. Where it has two or more it is split:
	// nobody does all of its work.
	Teams []string
	// Shared roles sell at no end of the line.
	Shared   bool
	Audience string
	Span     source.Span
}

// Heading gives names to a kind of section.
type Heading struct {
	Section source.Value
	Names   []source.Value
}

// Synonym gives other words for a word of a search.
type Synonym struct {
	Word   string
	Others []string
}

// Checks sets the alignment rules.
type Checks struct {
	Rules []Rule
	Allow []Allow
}

// Rule sets one alignment rule.
type Rule struct {
	Code source.Value
	// Severity is off, note, warning or error; empty for the rule's own.
	Severity string
	// Limits are the rule's thresholds by name.
	Limits map[string]source.Value
}

// Allow silences findings of a rule, with a reason.
type Allow struct {
	Code, Role, Path, Reason source.Value
	// Until is an ISO date; empty for no end.
	Until string
	Span  source.Span
}

// Theme chooses the look.
//
//	theme:
//	  name: default           # a folder of themes/, or a theme that comes with Plumb
//	  accent: "#7a3b69"       # the brand: the header, and pages that have no place on the line
//	  less: "#1155a9"         # the end of the line that makes it for less
//	  more: oklch(49% 0.125 48)
//	  logo: logo.svg          # SVG, PNG, WebP or JPEG, in the site's folder or in playbooks/
//
// A colour is written as in CSS: see [colour.Parse].
type Theme struct {
	Name, Logo         source.Value
	Accent, Less, More Colour
}

// Colour is a colour with its place; its Text is empty where none is given.
type Colour struct {
	source.Value
	RGB colour.RGB
}

// New returns the settings of a site without plumb.yaml.
func New() *Config {
	return &Config{Title: "Playbooks", Language: "en", Theme: Theme{Name: source.Value{Text: "default"}}}
}

// Digest identifies the settings.
func (c *Config) Digest() source.Digest {
	if c.File == nil {
		return source.Digest{}
	}
	return c.File.Digest
}

// Parse reads plumb.yaml. With an error among the diagnostics the settings are
// those that could be read, the rest at its default.
func Parse(f *source.File) (*Config, []diag.Diagnostic) {
	c := New()
	c.File = f
	node, list := source.YAML(f, source.Span{Start: 0, End: len(f.Data)})
	if len(list) > 0 {
		return c, list
	}
	p := &parser{Reader: source.Reader{File: f}, c: c}
	p.root(node)
	return c, p.List
}

type parser struct {
	source.Reader
	c     *Config
	named []source.Value // the audiences that register entries name
}

func (p *parser) root(n *source.Node) {
	c := p.c
	if n != nil && n.Kind != source.Map {
		p.Fail(diag.WrongType, n.Span, p.File.Path+" is made of lines “key: value”; this is "+n.Kind.String(), "write “title: …” to begin with")
		return
	}
	p.Keys(n, p.File.Path, []source.Key{
		{Name: "title", Read: func(n *source.Node) { c.Title = p.orDefault(n, c.Title) }},
		{Name: "base_url", Read: p.baseURL},
		{Name: "language", Read: func(n *source.Node) { c.Language = p.language(n, c.Language) }},
		{Name: "indexing", Read: func(n *source.Node) { c.Indexing = p.Bool(n) }},
		{Name: "review_every", Read: func(n *source.Node) { c.ReviewEvery = p.Period(n) }},
		{Name: "spectrum", Read: p.spectrum},
		{Name: "stance", Read: p.stance},
		{Name: "segments", Read: p.segments},
		{Name: "roles", Read: p.roles},
		{Name: "audiences", Read: p.audiences},
		{Name: "headings", Read: p.headings},
		{Name: "synonyms", Read: p.synonyms},
		{Name: "checks", Read: p.checks},
		{Name: "theme", Read: p.theme},
	})
	p.knownAudiences()
}

func (p *parser) orDefault(n *source.Node, or string) string {
	if v := p.Text(n); v.Text != "" {
		return v.Text
	}
	return or
}

func (p *parser) language(n *source.Node, or string) string {
	v := p.Text(n)
	if v.Text == "" {
		return or
	}
	tag, err := language.Parse(v.Text)
	if err != nil {
		p.Fail(diag.BadLanguage, v.Span, fmt.Sprintf("“%s” is no language tag", v.Text), LanguageHint(v.Text))
		p.Mend(v.Text, LanguageTag(v.Text))
		return or
	}
	return tag.String()
}

// languageNames are what authors write instead of a tag.
var languageNames = map[string]string{
	"english": "en", "german": "de", "deutsch": "de", "spanish": "es", "español": "es", "french": "fr", "français": "fr",
	"portuguese": "pt", "português": "pt", "italian": "it", "italiano": "it", "dutch": "nl", "nederlands": "nl",
	"japanese": "ja", "日本語": "ja", "chinese": "zh", "中文": "zh", "polish": "pl", "polski": "pl",
}

// LanguageTag returns the tag of a language that is called by its name, "" for
// another text.
func LanguageTag(text string) string { return languageNames[strings.ToLower(text)] }

// LanguageHint says how to mend the name of a language.
func LanguageHint(text string) string {
	if tag := LanguageTag(text); tag != "" {
		return "write " + tag
	}
	return "write the language's short form: en, de, es, pt-BR, ja"
}

func (p *parser) baseURL(n *source.Node) {
	v := p.Text(n)
	if v.Text == "" {
		return
	}
	u, err := url.Parse(v.Text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		p.Fail(diag.BadURL, v.Span, fmt.Sprintf("“%s” is no address of a site", v.Text), "write it whole: https://playbooks.example.com/sales/")
		return
	}
	p.c.BaseURL = strings.TrimSuffix(u.String(), "/") + "/"
}

func (p *parser) spectrum(n *source.Node) { p.stops(n, "the names of the stops", &p.c.Stops) }

func (p *parser) stance(n *source.Node) { p.stops(n, "what each stop asks of a rep", &p.c.Stances) }

// stops reads a text for each stop of the line.
func (p *parser) stops(n *source.Node, what string, texts *[5]string) {
	var keys []source.Key
	for i, name := range [...]string{"less", "lean-less", "middle", "lean-more", "more"} {
		keys = append(keys, source.Key{Name: name, Read: func(n *source.Node) { texts[i] = p.Text(n).Text }})
	}
	p.Keys(n, what, keys)
}

// id checks an id of a register: it becomes part of an address.
func (p *parser) id(f source.Field, what string) bool {
	if IsID(f.Key) {
		return true
	}
	p.Fail(diag.BadID, f.Span, fmt.Sprintf("“%s” is no id of %s", f.Key, what), "use lower-case letters, digits and hyphens: "+Slug(f.Key))
	return false
}

// IsID reports whether a text is an id: lower-case letters and digits of any
// script, and single hyphens between them. The forms of an accent are one:
// [Compose] gives the one to keep.
func IsID(s string) bool { return s != "" && Compose(s) == Slug(s) }

// Compose returns the composed Unicode form of an id, so that the same id typed
// on another system is the same.
func Compose(id string) string { return norm.NFC.String(id) }

// Slug returns the id that a text makes: its letters in lower case and its
// digits, everything else a hyphen.
func Slug(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range Compose(strings.ToLower(s)) {
		if !unicode.In(r, unicode.L, unicode.N, unicode.M) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Humanize returns the title that an id stands for: “mid-size” is “Mid size”.
func Humanize(id string) string {
	s := []rune(strings.ReplaceAll(strings.ReplaceAll(id, "-", " "), "_", " "))
	if len(s) > 0 {
		s[0] = unicode.ToUpper(s[0])
	}
	return string(s)
}

func (p *parser) segments(n *source.Node) {
	p.c.Segments = []Segment{}
	p.Map(n, "segments by their ids", "mid-size-contractors: {title: Mid-size contractors}", func(f source.Field) {
		if !p.id(f, "a segment") {
			return
		}
		s := Segment{ID: Compose(f.Key), Title: Humanize(f.Key), Span: f.Span}
		p.Keys(f.Value, "the settings of a segment", []source.Key{
			{Name: "title", Read: func(n *source.Node) { s.Title = p.orDefault(n, s.Title) }},
			{Name: "criteria", Read: func(n *source.Node) { s.Criteria = texts(p.Texts(n)) }},
			{Name: "audience", Read: func(n *source.Node) { s.Audience = p.audience(n) }},
		})
		p.c.Segments = append(p.c.Segments, s)
	})
}

func (p *parser) roles(n *source.Node) {
	p.c.Roles = []Role{}
	names := map[string]string{}
	p.Map(n, "roles by their ids", "account-manager: {title: Account manager}", func(f source.Field) {
		if !p.id(f, "a role") {
			return
		}
		r := Role{ID: Compose(f.Key), Title: Humanize(f.Key), Span: f.Span}
		var aliases []source.Value
		p.Keys(f.Value, "the settings of a role", []source.Key{
			{Name: "title", Read: func(n *source.Node) { r.Title = p.orDefault(n, r.Title) }},
			{Name: "aliases", Read: func(n *source.Node) { aliases = p.Texts(n) }},
			{Name: "team", Read: func(n *source.Node) { r.Teams = p.teams(n) }},
			{Name: "shared", Read: func(n *source.Node) { r.Shared = p.Bool(n) }},
			{Name: "audience", Read: func(n *source.Node) { r.Audience = p.audience(n) }},
		})
		r.Aliases = texts(aliases)
		p.distinct(names, r, append([]source.Value{{Text: r.Title, Span: f.Span}}, aliases...))
		p.c.Roles = append(p.c.Roles, r)
	})
}

// teams reads one team or a list of them.
func (p *parser) teams(n *source.Node) (out []string) {
	seen := map[string]bool{}
	for _, v := range p.Texts(n) {
		if key := Slug(v.Text); key != "" && seen[key] {
			p.Fail(diag.DuplicateKey, v.Span, fmt.Sprintf("the team “%s” stands twice", v.Text), "keep one of the two: a role is split by two different teams")
			continue
		}
		seen[Slug(v.Text)] = true
		out = append(out, v.Text)
	}
	return out
}

// Team returns the names of the role's teams in one line; empty without one.
func (r *Role) Team() string { return strings.Join(r.Teams, ", ") }

// distinct reports a name that two roles share: a heading could mean either.
func (p *parser) distinct(names map[string]string, r Role, own []source.Value) {
	for _, v := range append(own, source.Value{Text: r.ID, Span: r.Span}) {
		key := Slug(v.Text)
		if other, taken := names[key]; taken && other != r.ID {
			p.Fail(diag.DuplicateAlias, v.Span, fmt.Sprintf("“%s” names the role %s as well as %s", v.Text, other, r.ID), "give it to one of them")
			continue
		}
		names[key] = r.ID
	}
}

func texts(values []source.Value) []string {
	var out []string
	for _, v := range values {
		out = append(out, v.Text)
	}
	return out
}

func (p *parser) audiences(n *source.Node) {
	seen := map[string]bool{}
	for _, v := range p.Texts(n) {
		switch {
		case !IsID(v.Text):
			p.Fail(diag.BadID, v.Span, fmt.Sprintf("“%s” is no id of an audience", v.Text), "use lower-case letters, digits and hyphens: "+Slug(v.Text))
		case seen[v.Text]:
			p.Fail(diag.DuplicateKey, v.Span, fmt.Sprintf("the audience “%s” stands twice", v.Text), "keep one of the two")
		default:
			p.c.Audiences = append(p.c.Audiences, v.Text)
		}
		seen[v.Text] = true
	}
}

// audience reads the audience of a register entry; it is checked when the
// whole file is read, for audiences may stand below.
func (p *parser) audience(n *source.Node) string {
	v := p.Text(n)
	if v.Text != "" {
		p.named = append(p.named, v)
	}
	return v.Text
}

func (p *parser) knownAudiences() {
	for _, v := range p.named {
		if !p.c.HasAudience(v.Text) {
			p.Fail(diag.UnknownAudience, v.Span, fmt.Sprintf("no audience is called “%s”", v.Text), AudienceHint(v.Text, p.c.Audiences))
		}
	}
}

// HasAudience reports whether the site declares an audience.
func (c *Config) HasAudience(name string) bool {
	for _, a := range c.Audiences {
		if a == name {
			return true
		}
	}
	return false
}

// AudienceHint says how to mend the name of an audience.
func AudienceHint(name string, known []string) string {
	if len(known) == 0 {
		return "declare the audiences in plumb.yaml, the most restricted first: audiences: [" + name + "]"
	}
	return diag.DidYouMean(name, known)
}

func (p *parser) headings(n *source.Node) {
	p.Map(n, "sections with your names for them", "questions: [Ask them]", func(f source.Field) {
		p.c.Headings = append(p.c.Headings, Heading{source.Value{Text: f.Key, Span: f.Span}, p.Texts(f.Value)})
	})
}

func (p *parser) synonyms(n *source.Node) {
	p.Map(n, "words with their synonyms", "discount: [concession, rebate]", func(f source.Field) {
		p.c.Synonyms = append(p.c.Synonyms, Synonym{f.Key, texts(p.Texts(f.Value))})
	})
}

func (p *parser) theme(n *source.Node) {
	t := &p.c.Theme
	p.Keys(n, "the settings of the theme", []source.Key{
		{Name: "name", Read: func(n *source.Node) {
			if v := p.Text(n); v.Text != "" {
				t.Name = v
			}
		}},
		{Name: "accent", Read: func(n *source.Node) { t.Accent = p.colour(n) }},
		{Name: "less", Read: func(n *source.Node) { t.Less = p.colour(n) }},
		{Name: "more", Read: func(n *source.Node) { t.More = p.colour(n) }},
		{Name: "logo", Read: func(n *source.Node) { t.Logo = p.Text(n) }},
	})
}
