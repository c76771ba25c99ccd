package playbook

import (
	"testing"

	"plumb/generator/markdown"
	"plumb/generator/source"
)

// TestCutSentence cuts the first sentence off a statement: what is shown
// large.
func TestCutSentence(t *testing.T) {
	for _, test := range []struct{ text, first, rest string }{
		{"For builders, one fee covers every tool. The price is higher.", "For builders, one fee covers every tool.", "The price is higher."},
		{"For builders, one fee covers\nevery tool.\nThe price is higher.", "For builders, one fee covers every tool.", "The price is higher."},
		{"For builders, one fee covers e.g. tools and repairs. More follows.", "For builders, one fee covers e.g. tools and repairs.", "More follows."},
		{"Für Bauleiter deckt eine Gebühr z. B. Werkzeuge. Mehr folgt.", "Für Bauleiter deckt eine Gebühr z. B. Werkzeuge.", "Mehr folgt."},
		{"“For builders, one fee covers it.” That is all.", "“For builders, one fee covers it.”", "That is all."},
		{"For builders **one fee covers every tool.** The price is higher.", "For builders one fee covers every tool.", "The price is higher."},
		{"For builders **one fee covers it. The price** is higher. And so on.", "For builders one fee covers it. The price is higher.", "And so on."},
		{"No stop in sight of a statement that goes on", "No stop in sight of a statement that goes on", ""},
		{"道具はすべて月額に含まれます。価格は高い。", "道具はすべて月額に含まれます。", "価格は高い。"},
		{"A fee of 3.5 percent covers tools. More.", "A fee of 3.5 percent covers tools.", "More."},
	} {
		doc, _ := markdown.Parse(&source.File{Path: "x.md", Data: []byte(test.text)}, 0)
		text := doc.Blocks[0].(*markdown.Paragraph).Text
		first, rest := cutSentence(text)
		if got := markdown.InlineText(first); got != test.first {
			t.Errorf("%q: first sentence %q", test.text, got)
		}
		if got := markdown.InlineText(rest); got != test.rest {
			t.Errorf("%q: rest %q", test.text, got)
		}
	}
}
