package diag_test

import (
	"testing"

	"plumb/generator/diag"
)

func TestNearest(t *testing.T) {
	keys := []string{"title", "position", "segment", "status", "audience", "lang", "é-coles"}
	for word, want := range map[string]string{
		"positon":    "position",
		"Position":   "position",
		"POSITION":   "position",
		"tilte":      "title", // two letters exchanged are one slip
		"stauts":     "status",
		"lnag":       "lang",
		"lan":        "lang",
		"audeince":   "audience",
		"segmnet":    "segment",
		"sgmnt":      "", // two slips are too many for five letters
		"tags":       "",
		"":           "",
		"x":          "",
		"e-coles":    "é-coles",
		"positioned": "position",
		"completely": "",
	} {
		if got := diag.Nearest(word, keys); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
	if got := diag.Nearest("ac", []string{"ab", "ad"}); got != "ab" {
		t.Errorf("of equals the first counts, not %q", got)
	}
	if got := diag.Nearest("Ab", []string{"AB", "ab"}); got != "AB" {
		t.Errorf("letter case does not count, so the first does, not %q", got)
	}
}

func TestDidYouMean(t *testing.T) {
	many := []string{"a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b1", "b2", "b3", "b4", "b5", "b6", "b7"}
	for _, c := range []struct {
		word  string
		known []string
		want  string
	}{
		{"drfat", []string{"draft", "live"}, "did you mean “draft”?"},
		{"alias", []string{"title", "aliases"}, "did you mean “aliases”?"},
		{"segmentation", []string{"title", "segment"}, "did you mean “segment”?"},
		{"zebra", []string{"draft", "live"}, "known: draft, live"},
		{"zebra", nil, ""},
		{"zebra", many, ""},
	} {
		if got := diag.DidYouMean(c.word, c.known); got != c.want {
			t.Errorf("%q: got %q, want %q", c.word, got, c.want)
		}
	}
}
