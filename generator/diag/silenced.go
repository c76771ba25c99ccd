package diag

import "strings"

// Silenced is a finding that the authors know of, with the exception that takes
// it out.
type Silenced struct {
	Diagnostic
	By Suppression `json:"suppressed"`
}

// Suppression is an exception to a rule.
type Suppression struct {
	Reason string `json:"reason"`
	// Pos is where the exception stands.
	Pos
	// Until is the ISO date of its last day; empty for no end.
	Until string `json:"until,omitempty"`
}

// InText reports whether the exception is a comment in a text, not a setting of
// the site's.
func (s Suppression) InText() bool { return strings.HasSuffix(s.Path, ".md") }
