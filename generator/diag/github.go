package diag

import (
	"fmt"
	"io"
	"strings"
)

// GitHub writes findings as workflow commands, from which GitHub makes
// annotations in the files of a pull request.
type GitHub struct {
	// Dir is put before every path, so that it counts from the root of the
	// repository.
	Dir string
}

// Print writes the list to w, a command a line.
func (g GitHub) Print(w io.Writer, list []Diagnostic) error {
	var b strings.Builder
	for _, d := range list {
		level := [...]string{"notice", "warning", "error"}[d.Severity]
		fmt.Fprintf(&b, "::%s file=%s", level, property(g.Dir+d.Path))
		if d.Line > 0 {
			fmt.Fprintf(&b, ",line=%d", d.Line)
		}
		if d.Line > 0 && d.Column > 0 {
			fmt.Fprintf(&b, ",col=%d,endColumn=%d", d.Column, d.Column+max(d.Width, 1))
		}
		fmt.Fprintf(&b, ",title=%s::%s\n", property(string(d.Code)), data(g.message(d)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// message says it all, for an annotation has one place only.
func (g GitHub) message(d Diagnostic) string {
	lines := []string{Visible(d.Message)}
	for _, r := range d.Related {
		lines = append(lines, Text{Dir: g.Dir}.at(r.Pos)+": "+Visible(r.Message))
	}
	if d.Hint != "" {
		lines = append(lines, "hint: "+Visible(d.Hint))
	}
	return strings.Join(lines, "\n")
}

// data escapes what stands behind a command.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// property escapes the value of a property.
func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(Visible(s))
}
