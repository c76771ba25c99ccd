package playbook

import (
	"strings"
	"time"

	"plumb/generator/diag"
	"plumb/generator/source"
)

// mendForeign gives the finding about a key of another tool its fix, where
// Plumb has a line that means the same.
func (r *metaReader) mendForeign(f source.Field, ours string) {
	key, value := sameInPlumb(plainKey(f.Key), ours, f.Value)
	if key == "" || !r.free(key) {
		return
	}
	name, ok := r.Place(f.Span).Edit(f.Key, key)
	text, both := r.Place(f.Value.Span).Edit(f.Value.Value, value)
	if ok && both && name.Line == text.Line {
		r.take(key)
		r.List[len(r.List)-1].Fix = &diag.Fix{Title: "write “" + key + ": " + value + "”", Edits: []diag.Edit{name, text}}
	}
}

// sameInPlumb returns the key and the value that mean what those of another tool
// do; empty where there is a choice. What a page's audience is nobody guesses.
func sameInPlumb(key, ours string, v *source.Node) (string, string) {
	if name, ok := strings.CutSuffix(ours, ": 2026-03-02"); ok {
		day := v.Value
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			day = source.MeantDate(day)
		}
		if day == "" {
			return "", ""
		}
		return name, day
	}
	if v.Kind != source.Bool || key == "build" || key == "headless" {
		return "", ""
	}
	yes := strings.EqualFold(v.Value, "true")
	switch ours {
	case "status: draft":
		return "status", either(yes, "draft", "live")
	case "status: draft, or status: live":
		return "status", either(yes, "live", "draft")
	case "status: retired":
		return "status", either(yes, "retired", "live")
	}
	return "", ""
}

func either(yes bool, one, other string) string {
	if yes {
		return one
	}
	return other
}
