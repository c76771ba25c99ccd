package align

import (
	"fmt"
	"strings"

	"plumb/generator/playbook"
)

// joined joins texts: “a, b and c”.
func joined(list []string) string {
	last := len(list) - 1
	if last <= 0 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:last], ", ") + " and " + list[last]
}

// enumerated is [joined] of what is said of each of a list.
func enumerated[T any](list []T, text func(T) string) string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = text(v)
	}
	return joined(out)
}

// firstFew quotes the first few of some texts, each up to a length, and counts
// the others.
func firstFew(list []string, length int) string {
	var out []string
	for _, s := range list[:min(len(list), handful)] {
		out = append(out, "“"+playbook.Shorten(s, length)+"”")
	}
	if n := len(list) - len(out); n > 0 {
		return strings.Join(out, ", ") + fmt.Sprintf(" and %d more", n)
	}
	return strings.Join(out, ", ")
}
