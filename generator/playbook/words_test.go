package playbook

import (
	"slices"
	"strings"
	"testing"

	"plumb/generator/source"
)

// TestWordFiles holds every file of words to the shape of the English one.
func TestWordFiles(t *testing.T) {
	english := shape(wordFile("en"))
	for _, lang := range Languages() {
		root := wordFile(lang)
		got := shape(root)
		for _, key := range english {
			if optional := strings.HasPrefix(key, "role-nouns/") || key == "articles" || key == "and"; !optional && !slices.Contains(got, key) {
				t.Errorf("%s has no %s", lang, key)
			}
		}
		for _, key := range got {
			if !slices.Contains(english, key) && key != "role-nouns/genders" {
				t.Errorf("%s has %s, which English has not", lang, key)
			}
		}
		uniqueAliases(t, lang, root)
	}
}

// shape returns the keys of a file, those of a map within as paths.
func shape(n *source.Node) (keys []string) {
	for _, f := range n.Fields {
		if len(f.Value.Fields) == 0 {
			keys = append(keys, f.Key)
		}
		for _, sub := range shape(f.Value) {
			keys = append(keys, f.Key+"/"+sub)
		}
	}
	return keys
}

// uniqueAliases fails where one alias stands for two sections, or for two
// fields of one section: the second would never be found.
func uniqueAliases(t *testing.T, lang string, root *source.Node) {
	groups := map[string]*source.Node{"sections": root.Get("sections"), "values": root.Get("values")}
	for _, f := range root.Get("fields").Fields {
		kind, ok := ParseKind(f.Key)
		if !ok {
			t.Errorf("%s: no section is called %s", lang, f.Key)
		}
		groups["fields of "+kind.String()] = f.Value
	}
	for name, group := range groups {
		first := map[string]string{}
		for _, f := range group.Fields {
			if id, _, _ := strings.Cut(f.Key, "/"); name == "sections" && !slices.Contains(KindIDs(), id) {
				t.Errorf("%s: no section is called %s", lang, id)
			}
			for _, alias := range normals(f.Value) {
				if other, taken := first[alias]; taken && other != f.Key {
					t.Errorf("%s, %s: “%s” stands for %s and %s", lang, name, alias, other, f.Key)
				}
				if alias == "" {
					t.Errorf("%s, %s: an alias of %s is empty", lang, name, f.Key)
				}
				first[alias] = f.Key
			}
		}
	}
}

func TestField(t *testing.T) {
	for _, c := range []struct {
		lang  string
		kind  Kind
		label string
		want  FieldID
	}{
		{"en", Metrics, "Target", FieldTarget},
		{"en", Metrics, "Target (month 1)", FieldTarget},
		{"es", Metrics, "Target mes 1", FieldTarget},
		{"en", Metrics, "Target of all the regions together", ""},
		{"en", Metrics, "KPI owner", FieldOwner},
		{"en", Metrics, "KPI name", FieldName},
		{"en", Metrics, "Value added", ""},
		{"en", SupportProcesses, "Who benefits", ""},
		{"en", SupportProcesses, "Time savings", ""},
		{"en", SupportProcesses, "Response time (working days)", FieldAnswerWithin},
		{"en", Buyers, "Persona role", FieldName},
		{"ja", Metrics, "指標名", FieldName},
		{"ja", Metrics, "目標値（今月）", FieldTarget},
		{"ja", SupportProcesses, "プロセスオーナー", FieldOwner},
		{"ja", Metrics, "目標を達成するためにすべきこと", ""},
		{"de", Metrics, "Zielwert 2026", FieldTarget},
		{"fr", SupportProcesses, "Délai de réponse", FieldAnswerWithin},
		{"en", Qualify, "Anti-persona", FieldWalkAway},
	} {
		if got, _ := words(t, c.lang).field(c.kind, c.label); got != c.want {
			t.Errorf("%s, %s: “%s” is %q, want %q", c.lang, c.kind, c.label, got, c.want)
		}
	}
}

func TestIsMissing(t *testing.T) {
	w := words(t, "de")
	for _, s := range []string{"", " ", "TBD", "tbd.", "TBD (Anna)", "—", "-", "?", "…", "n/a", "noch offen", "N. N."} {
		if !w.isMissing(s) {
			t.Errorf("“%s” says that something is missing", s)
		}
	}
	for _, s := range []string{"0", "100 %", "✅", "❌", "x", "none of the above", "TBD by Anna once the audit is done"} {
		if w.isMissing(s) {
			t.Errorf("“%s” says something", s)
		}
	}
}
