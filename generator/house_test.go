package generator_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"
)

// TestHousePageKeepsItsOrder looks for all that a page of the house says beside
// its entries: its prose, its headings with links to the entries below each,
// items that are no entries, footnotes.
func TestHousePageKeepsItsOrder(t *testing.T) {
	tree, _ := buildTree(t, fstest.MapFS{"playbooks/processes.md": {Data: []byte(`# What the house does

Ask before you promise.[^1]

## Desks

They answer within a day.

### Pricing desk

Owner: finance.

### Legal desk

Owner: counsel.

## Support processes

- **Loan pool:** lends tools.
- and a van

[^1]: Or call.
`)}})
	f, _ := tree.Get("processes.html")
	doc, err := html.Parse(strings.NewReader(string(f.Data)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	each(doc, func(n *html.Node) {
		switch {
		case n.Data == "h1" || n.Data == "h2":
			got = append(got, n.Data+" "+strings.TrimSpace(textOf(n)))
		case n.Data == "a" && strings.HasSuffix(attr(n, "href"), "desk"):
			got = append(got, attr(n, "href"))
		}
	})
	want := "h1 What the house does, h2 Desks, #pricing-desk, #legal-desk, h2 Support processes, h2 Legal desk, h2 Loan pool, h2 Pricing desk"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("the page has\n%s\nwant\n%s", s, want)
	}
	for _, text := range []string{"Ask before you promise.", "They answer within a day.", "and a van", "Or call."} {
		if !strings.Contains(textOf(find(doc, "main")), text) {
			t.Errorf("the page does not say %q", text)
		}
	}
}

// textOf returns the text in a node.
func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	return b.String()
}
