package playbook

import (
	"fmt"
	"strings"
	"testing"

	"plumb/generator/markdown"
	"plumb/generator/source"
)

// TestAllowReach says which lines an exception holds for; 0 begins the file as a
// whole.
func TestAllowReach(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"above a heading: its section", "# T\n\nText.\n\n<!-- plumb: allow a why -->\n## B\n\nText.\n\n### C\n\nMore.\n\n## D\n", "a 6-12"},
		{"above a paragraph", "Text.\n\n<!-- plumb: allow a why -->\nFirst\nsecond.\n\nThird.\n", "a 4-5"},
		{"above a list", "Text.\n\n<!-- plumb: allow a why -->\n\n- one\n- two\n\nThird.\n", "a 5-6"},
		{"within a paragraph", "Text.\n\nFirst\nsecond <!-- plumb: allow a why -->\nthird.\n\nFourth.\n", "a 3-5"},
		{"within the first paragraph: not the file", "First <!-- plumb: allow a why -->\n\nSecond.\n", "a 1-1"},
		{"within a heading: its section", "# T\n\nText.\n\n## B <!-- plumb: allow a why -->\n\nText.\n\n## D\n", "a 5-7"},
		{"within the first heading: not the file", "## B <!-- plumb: allow a why -->\n\nText.\n\n## D\n", "a 1-3"},
		{"within bold text in a link", "Text.\n\n[**b <!-- plumb: allow a why -->**](x.md)\n", "a 3-3"},
		{"in a row", "Text.\n\n| A | B |\n| - | - |\n| 1 | 2 <!-- plumb: allow a why --> |\n| 3 | 4 |\n", "a 5-5"},
		{"in the head of a table", "| A <!-- plumb: allow a why --> | B |\n| - | - |\n| 1 | 2 |\n", "a 1-1"},
		{"in an item", "- one <!-- plumb: allow a why -->\n  more\n- two\n", "a 1-2"},
		{"between the blocks of an item", "- one\n  <!-- plumb: allow a why -->\n  - nested\n- two\n", "a 1-3"},
		{"below the text of an item", "- one\n\n  <!-- plumb: allow a why -->\n\n- two\n", "a 1-3"},
		{"in a nested item", "- one\n  - nested <!-- plumb: allow a why -->\n  - other\n- two\n", "a 2-2"},
		{"between two items: the rest of the list", "- one\n<!-- plumb: allow a why -->\n- two\n- three\n", "a 3-4"},
		{"top of the file", "<!-- plumb: allow a why -->\n\nText.\n\n## B\n", "a 0-6"},
		{"below the title", "# T\n\n<!-- plumb: allow a why -->\n\nText.\n", "a 0-6"},
		{"within the title", "# T <!-- plumb: allow a why -->\n\nText.\n", "a 0-4"},
		{"below a comment that is none of ours", "<!-- a note -->\n<!-- plumb: allow a why -->\n\nText.\n", "a 0-5"},
		{"stacked", "Text.\n\n<!-- plumb: allow a why -->\n<!-- plumb: allow b because -->\n## C\n\nText.\n", "a 5-7, b 5-7"},
		{"on one line", "Text.\n\n<!-- plumb: allow a why --> <!-- plumb: allow b because -->\n\nMore.\n", "a 5-5, b 5-5"},
		{"in a quote", "Text.\n\n> <!-- plumb: allow a why -->\n> Said.\n>\n> More.\n", "a 4-4"},
		{"at the end", "Text.\n\nLast.\n\n<!-- plumb: allow a why -->\n", "a 3-3"},
		{"at the end of a section", "Text.\n\n## B\n\nLast.\n\n<!-- plumb: allow a why -->\n\n## C\n\nText.\n", "a 9-11"},
		{"alone", "<!-- plumb: allow a why -->\n", "a 0-2"},
		{"before text on its line", "Text.\n\n<!-- plumb: allow a why --> More.\n", "a 3-3"},
		{"CRLF", "# T\r\n\r\nText.\r\n\r\n<!-- plumb: allow a\r\n why -->\r\n## B\r\n\r\nText.\r\n", "a 7-9"},
		{"behind front matter", "---\ntitle: T\n---\n\nText.\n\n<!-- plumb: allow a why -->\n## B\n", "a 8-8"},
		{"in code", "Text.\n\n```\n<!-- plumb: allow a why -->\n```\n\n`<!-- plumb: allow b why -->`\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, _ := source.Decode("x.md", []byte(test.text))
			_, at, _ := source.FrontMatter(f)
			doc, _ := markdown.Parse(f, at)
			var got []string
			for _, a := range allows(f, doc.Blocks) {
				got = append(got, fmt.Sprintf("%s %d-%d", a.Code, a.From, a.To))
			}
			if s := strings.Join(got, ", "); s != test.want {
				t.Errorf("the exceptions hold for %q, want %q", s, test.want)
			}
		})
	}
}

// TestAllowWords takes the code and the reason out of a comment.
func TestAllowWords(t *testing.T) {
	for _, test := range []struct{ text, code, reason string }{
		{"<!-- plumb: allow a one person serves both -->", "a", "one person serves both"},
		{"<!--plumb: allow a-->", "a", ""},
		{"<!--   plumb:allow   a\n  two\n  lines -->", "a", "two lines"},
		{"<!-- plumb: allow -->", "", ""},
		{"<!-- plumb: ignore a why -->", "", ""},
		{"<!-- plumb: -->", "", ""},
		{"<!-- plumb: allow a “why” — because -->", "a", "“why” — because"},
	} {
		f, _ := source.Decode("x.md", []byte(test.text+"\n"))
		doc, _ := markdown.Parse(f, 0)
		list := allows(f, doc.Blocks)
		if len(list) != 1 || list[0].Code != test.code || list[0].Reason != test.reason {
			t.Errorf("%s: %+v", test.text, list)
		}
	}
}
