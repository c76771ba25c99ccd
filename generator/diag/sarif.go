package diag

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// SARIF writes findings in the Static Analysis Results Interchange Format,
// version 2.1.0, for services that show and track findings.
type SARIF struct {
	// Version is the program's.
	Version string
	// Dir is put before every path; with it, paths are relative and count from the
	// folder in which the program runs, which the log calls SRCROOT.
	Dir string
	// Explain returns the long text of a code.
	Explain func(Code) (Explanation, bool)
}

// Print writes one log with one run: the list, then what exceptions take out.
func (s SARIF) Print(w io.Writer, list []Diagnostic, silenced []Silenced) error {
	log := &sarifLog{SARIF: s, seen: map[string]int{}, index: map[Code]int{}}
	log.rules(list, silenced)
	results := make([]sarifResult, 0, len(list)+len(silenced))
	for _, d := range list {
		results = append(results, log.result(d))
	}
	for _, d := range silenced {
		r := log.result(d.Diagnostic)
		r.Suppressions = append(r.Suppressions, log.suppression(d.By))
		results = append(results, r)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(log.document(results)); err != nil {
		return err
	}
	_, err := w.Write(escaped(b.Bytes()))
	return err
}

// sarifLog is a log that is being made.
type sarifLog struct {
	SARIF
	index map[Code]int // of a rule among those of the driver
	list  []sarifRule
	seen  map[string]int // how often what a fingerprint is made of was met
}

func (l *sarifLog) document(results []sarifResult) sarifDocument {
	if l.list == nil {
		l.list = []sarifRule{}
	}
	run := sarifRun{Columns: "unicodeCodePoints", Results: results}
	run.Tool.Driver = sarifDriver{"Plumb", l.Version, l.list}
	run.Bases.Root.Description.Text = "The folder in which Plumb was run; where the site lies outside of it, the site's folder."
	return sarifDocument{
		Schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run},
	}
}

type sarifDocument struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool struct {
		Driver sarifDriver `json:"driver"`
	} `json:"tool"`
	Columns string `json:"columnKind"`
	Bases   struct {
		Root struct {
			Description sarifText `json:"description"`
		} `json:"SRCROOT"`
	} `json:"originalUriBaseIds"`
	Results []sarifResult `json:"results"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID      Code      `json:"id"`
	Short   sarifText `json:"shortDescription"`
	Full    sarifText `json:"fullDescription"`
	Help    sarifText `json:"help"`
	Default struct {
		Level string `json:"level"`
	} `json:"defaultConfiguration"`
}

type sarifResult struct {
	RuleID       Code               `json:"ruleId"`
	RuleIndex    int                `json:"ruleIndex"`
	Level        string             `json:"level"`
	Message      sarifText          `json:"message"`
	Locations    []sarifLocation    `json:"locations"`
	Related      []sarifLocation    `json:"relatedLocations,omitempty"`
	Fingerprints map[string]string  `json:"partialFingerprints"`
	Suppressions []sarifSuppression `json:"suppressions"`
	Fixes        []sarifFix         `json:"fixes,omitempty"`
}

type sarifLocation struct {
	ID       int           `json:"id,omitempty"`
	Physical sarifPhysical `json:"physicalLocation"`
	Message  *sarifText    `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
	Context  *sarifRegion  `json:"contextRegion,omitempty"` // the line as a whole
}

type sarifArtifact struct {
	URI  string `json:"uri"`
	Base string `json:"uriBaseId"`
}

type sarifRegion struct {
	StartLine   int        `json:"startLine"`
	StartColumn int        `json:"startColumn,omitempty"`
	EndColumn   int        `json:"endColumn,omitempty"`
	Snippet     *sarifText `json:"snippet,omitempty"`
}

type sarifSuppression struct {
	Kind          string        `json:"kind"`
	Status        string        `json:"status"`
	Justification string        `json:"justification"`
	Location      sarifLocation `json:"location"`
}

type sarifFix struct {
	Description sarifText     `json:"description"`
	Changes     []sarifChange `json:"artifactChanges"`
}

type sarifChange struct {
	Artifact     sarifArtifact      `json:"artifactLocation"`
	Replacements []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	Deleted  sarifRegion `json:"deletedRegion"`
	Inserted sarifText   `json:"insertedContent"`
}

// rules lists the codes that occur, each with the gravest level it is found
// at.
func (l *sarifLog) rules(list []Diagnostic, silenced []Silenced) {
	worst := map[Code]Severity{}
	for _, d := range list {
		worst[d.Code] = max(worst[d.Code], d.Severity)
	}
	for _, d := range silenced {
		worst[d.Code] = max(worst[d.Code], d.Severity)
	}
	for code, severity := range worst {
		l.list = append(l.list, l.rule(code, severity))
	}
	slices.SortFunc(l.list, func(a, b sarifRule) int { return strings.Compare(string(a.ID), string(b.ID)) })
	for i, r := range l.list {
		l.index[r.ID] = i
	}
}

func (l *sarifLog) rule(code Code, severity Severity) sarifRule {
	text, _ := l.Explain(code)
	full, _, _ := strings.Cut(text.Body, "\n\nWhy it matters: ")
	r := sarifRule{
		ID: code, Short: sarifText{text.Title + "."}, Full: sarifText{strings.Join(strings.Fields(full), " ")}, Help: sarifText{text.Body},
	}
	r.Default.Level = severity.String()
	return r
}

func (l *sarifLog) result(d Diagnostic) sarifResult {
	d = d.brief()
	message := d.Message + "."
	if d.Hint != "" {
		message += "\nHint: " + d.Hint
	}
	r := sarifResult{
		RuleID: d.Code, RuleIndex: l.index[d.Code], Level: d.Severity.String(), Message: plainText(message),
		Locations: []sarifLocation{{Physical: l.physical(d.Place)}}, Fingerprints: map[string]string{"plumbFinding/v1": l.fingerprint(d)},
		Suppressions: []sarifSuppression{},
	}
	for i, rel := range d.Related {
		text := plainText(rel.Message)
		r.Related = append(r.Related, sarifLocation{ID: i + 1, Physical: l.physical(rel.Place), Message: &text})
	}
	if d.Fix != nil {
		r.Fixes = []sarifFix{l.fix(d.Fix)}
	}
	return r
}

// plainText is a message in which no link is read, though it quotes one.
func plainText(s string) sarifText {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.ReplaceAll(Visible(lines[i]), "](", `\](`)
	}
	return sarifText{strings.Join(lines, "\n")}
}

// physical is a place. A file as a whole is its first line, for some services
// show nothing without a line.
func (l *sarifLog) physical(p Place) sarifPhysical {
	at := sarifPhysical{Artifact: l.artifact(p.Path), Region: sarifRegion{StartLine: max(p.Line, 1)}}
	if p.Line > 0 && p.Column > 0 {
		at.Region.StartColumn, at.Region.EndColumn = p.Column, p.Column+max(p.Width, 1)
	}
	if p.Source != "" {
		at.Context = &sarifRegion{StartLine: max(p.Line, 1), Snippet: &sarifText{p.Source}}
	}
	return at
}

func (l *sarifLog) artifact(file string) sarifArtifact {
	parts := strings.Split(l.Dir+file, "/")
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(p), ":", "%3A")
	}
	return sarifArtifact{strings.Join(parts, "/"), "SRCROOT"}
}

// fingerprint identifies a finding while lines are put in above it: by what is
// found, in which file and in which text, and by its turn among equals.
func (l *sarifLog) fingerprint(d Diagnostic) string {
	what := fmt.Sprintf("%s\x00%s\x00%s", d.Code, d.Path, strings.Join(strings.Fields(d.Source), " "))
	l.seen[what]++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", what, l.seen[what]))
	return hex.EncodeToString(sum[:16])
}

func (l *sarifLog) suppression(s Suppression) sarifSuppression {
	kind := "external"
	if s.InText() {
		kind = "inSource"
	}
	reason := s.Reason
	if s.Until != "" {
		reason += " (until " + s.Until + ")"
	}
	return sarifSuppression{kind, "accepted", Visible(reason), sarifLocation{Physical: l.physical(Place{Pos: s.Pos, Width: 1})}}
}

func (l *sarifLog) fix(f *Fix) sarifFix {
	out := sarifFix{Description: plainText(f.Title)}
	for _, e := range f.Edits {
		region := sarifRegion{StartLine: e.Line, StartColumn: e.Column, EndColumn: e.Column + utf8.RuneCountInString(e.Old)}
		replaced := sarifReplacement{region, sarifText{e.New}}
		artifact := l.artifact(e.Path)
		if n := len(out.Changes); n > 0 && out.Changes[n-1].Artifact == artifact {
			out.Changes[n-1].Replacements = append(out.Changes[n-1].Replacements, replaced)
			continue
		}
		out.Changes = append(out.Changes, sarifChange{artifact, []sarifReplacement{replaced}})
	}
	return out
}
