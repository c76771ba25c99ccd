package diag

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// few is how many findings are taken in at a glance: more are summed up.
const few = 5

// Summary writes how often each code is found, errors first, then the most
// frequent; nothing where the findings are few.
func Summary(w io.Writer, list []Diagnostic) error {
	if len(list) <= few {
		return nil
	}
	type kind struct {
		severity Severity
		code     Code
	}
	counts := map[kind]int{}
	for _, d := range list {
		counts[kind{d.Severity, d.Code}]++
	}
	var kinds []kind
	for k := range counts {
		kinds = append(kinds, k)
	}
	slices.SortFunc(kinds, func(a, b kind) int {
		return cmp.Or(cmp.Compare(b.severity, a.severity), cmp.Compare(counts[b], counts[a]), cmp.Compare(a.code, b.code))
	})
	var b strings.Builder
	b.WriteByte('\n')
	for _, k := range kinds {
		fmt.Fprintf(&b, "%6d %-8s %s\n", counts[k], plural(k.severity.String(), counts[k]), k.code)
	}
	b.WriteString("“plumb explain CODE” says what a finding means and how to mend it\n\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func plural(word string, n int) string {
	if n == 1 {
		return word
	}
	return word + "s"
}
