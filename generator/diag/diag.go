// Package diag holds what Plumb has to say about a site: diagnostics as plain
// values, and the printers that show them.
//
// A fault of the content, the configuration or the theme is a [Diagnostic]; a
// fault of the machine (a full disk, a port in use) is an error. A stage
// returns both apart and never turns one into the other.
package diag

import (
	"cmp"
	"slices"
)

// Severity says what a diagnostic means for the build.
type Severity uint8

const (
	// Note is information: nothing needs to be done.
	Note Severity = iota
	// Warning is a likely mistake; the site is published all the same.
	Warning
	// Error keeps the site from being published.
	Error
)

// String returns "note", "warning" or "error".
func (s Severity) String() string {
	return [...]string{"note", "warning", "error"}[s]
}

// MarshalText writes the severity as its name.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Pos is a place in a file as an editor shows it.
type Pos struct {
	// Path is relative to the site's root, with forward slashes.
	Path string `json:"path"`
	// Line counts from 1; 0 means the file as a whole.
	Line int `json:"line,omitempty"`
	// Column counts Unicode code points from 1; 0 means the line as a whole.
	Column int `json:"column,omitempty"`
}

// Compare orders positions by path, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.Path, q.Path), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
}

// Place is a position together with the source it points at, so that a printer
// needs no file.
type Place struct {
	Pos
	// Width is the number of code points to underline, at least 1 where the
	// column is known.
	Width int `json:"width,omitempty"`
	// Source is the line of source without its line ending.
	Source string `json:"source,omitempty"`
}

// File returns the place that means the file as a whole.
func File(path string) Place { return Place{Pos: Pos{Path: path}} }

// Related is a second place that explains a diagnostic.
type Related struct {
	Place
	Message string `json:"message"`
}

// Diagnostic is one finding about a site.
type Diagnostic struct {
	Severity Severity `json:"severity"`
	Code     Code     `json:"code"`
	Place
	// Message is one sentence without a full stop that names what is wrong.
	Message string `json:"message"`
	// Hint is how to mend it; empty where the message says so already.
	Hint    string    `json:"hint,omitempty"`
	Related []Related `json:"related,omitempty"`
	// Fix is the correction that “plumb fix” makes; nil where a person has to
	// decide.
	Fix *Fix `json:"fix,omitempty"`
}

// New returns a diagnostic about one place.
func New(s Severity, c Code, at Place, message, hint string) Diagnostic {
	return Diagnostic{Severity: s, Code: c, Place: at, Message: message, Hint: hint}
}

// Compare orders diagnostics by place, then severity (errors first), code and
// message.
func (d Diagnostic) Compare(e Diagnostic) int {
	return cmp.Or(
		d.Pos.Compare(e.Pos),
		cmp.Compare(e.Severity, d.Severity),
		cmp.Compare(d.Code, e.Code),
		cmp.Compare(d.Message, e.Message),
	)
}

// Sort orders a list by [Diagnostic.Compare] and drops exact repetitions.
func Sort(list []Diagnostic) []Diagnostic {
	slices.SortStableFunc(list, Diagnostic.Compare)
	return slices.CompactFunc(list, func(a, b Diagnostic) bool { return a.Compare(b) == 0 })
}

// Count returns how many diagnostics of the list have the severity.
func Count(list []Diagnostic, s Severity) int {
	n := 0
	for _, d := range list {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// HasErrors reports whether the list keeps a site from being published.
func HasErrors(list []Diagnostic) bool { return Count(list, Error) > 0 }

// longestSource is the number of bytes of a source line that goes with a finding
// in a report for programs.
const longestSource = 2000

// brief drops source lines that are too long to be repeated with every finding:
// one line may have ten thousand.
func (d Diagnostic) brief() Diagnostic {
	if len(d.Source) > longestSource {
		d.Source = ""
	}
	related := d.Related
	for i, r := range related {
		if len(r.Source) > longestSource {
			if &d.Related[0] == &related[0] {
				d.Related = slices.Clone(related)
			}
			d.Related[i].Source = ""
		}
	}
	return d
}
