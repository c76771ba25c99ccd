package align

import (
	"regexp"
	"strings"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/source"
)

// mend gives the fault that was found last the fix that writes another text;
// none where that text is empty.
func (s *settings) mend(at source.Span, old, text string) {
	if text != "" {
		last := &s.faults[len(s.faults)-1]
		last.Fix = s.config.File.Place(at).Replace(old, text)
	}
}

// alone reports whether a setting may be written in the place of another: it
// does not stand there, and no other is taken for it.
func (s *settings) alone(set config.Rule, name, near string, names []string) bool {
	if near == "" || near == "severity" && set.Severity != "" {
		return false
	}
	for other := range set.Limits {
		if other == near || other != name && diag.Meant(other, names) == near {
			return false
		}
	}
	return true
}

// keyBefore returns the place of a key whose value stands at a span, in the same
// line; an empty one where that is not so.
func keyBefore(f *source.File, value source.Span, key string) source.Span {
	before := strings.TrimRight(string(f.Text()[:value.Start]), " ")
	before, ok := strings.CutSuffix(before, ":")
	if !ok || !strings.HasSuffix(before, key) {
		return source.Span{}
	}
	return source.Span{Start: len(before) - len(key), End: len(before)}
}

// mend gives the finding about an exception the fix that writes what was meant,
// where that is clear.
func (j *judgement) mend(at source.Span, e *exception, old string, known []string) {
	if near := diag.Nearest(old, known); near != "" {
		last := &j.found[len(j.found)-1]
		last.Fix = e.file.Place(at).Replace(old, near)
	}
}

var allowed = regexp.MustCompile(`plumb:\s*allow\s+(\S+)`)

// codeSpan returns the place of the code that an exception names: of plumb.yaml,
// its own; of a comment, the one place in it, or in the text around it, where the
// code stands.
func (e *exception) codeSpan() source.Span {
	if e.lines == nil {
		return e.span
	}
	var found []source.Span
	for _, m := range allowed.FindAllSubmatchIndex(e.file.Text()[e.span.Start:e.span.End], -1) {
		at := source.Span{Start: e.span.Start + m[2], End: e.span.Start + m[3]}
		at.End = at.Start + len(strings.TrimSuffix(string(e.file.Text()[at.Start:at.End]), "-->"))
		if string(e.file.Text()[at.Start:at.End]) == string(e.code) {
			found = append(found, at)
		}
	}
	if len(found) != 1 {
		return source.Span{}
	}
	return found[0]
}
