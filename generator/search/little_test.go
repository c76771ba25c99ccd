package search

import (
	"strings"
	"testing"

	"plumb/generator/config"
)

// TestLittleWordsAreFolded: a question is compared with them as it is folded.
func TestLittleWordsAreFolded(t *testing.T) {
	for _, tag := range []string{"de", "en", "es", "fr", "it", "nl", "pt"} {
		list := strings.Fields(littleWords(tag))
		seen := map[string]bool{}
		for _, word := range list {
			if Fold(word) != word || seen[word] {
				t.Errorf("%s: %q", tag, word)
			}
			seen[word] = true
		}
		if len(list) < 80 || littleWords(tag+"-XX") == "" {
			t.Errorf("%s: %d words", tag, len(list))
		}
	}
	if littleWords("ja") != "" {
		t.Error("Japanese has little words")
	}
}

// TestASynonymIsAForm: the text has “discounts”, the setting “discount”.
func TestASynonymIsAForm(t *testing.T) {
	settings := config.New()
	settings.Synonyms = []config.Synonym{{Word: "discount", Others: []string{"concession", "nowhere"}}}
	x := apart(t, filesOf(t, siteOf(t, settings, map[string]string{"a.md": "# A\n\nNo discounts here.\n"}), 1))
	terms := " " + strings.Join(x.terms, " ")
	if !strings.Contains(terms, " discount,discounts.") || strings.Contains(terms, "nowhere") || strings.Contains(terms, "concession") {
		t.Errorf("%s", terms)
	}
}
