package source_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"plumb/generator/source"
)

var statusLine = regexp.MustCompile(`(?m)^status: draft$`)

// FuzzFrontMatter holds every text to the laws of front matter: reading never
// panics, every place lies in the file, and where a text opens with three
// dashes and a mark of a draft, either the mark is read or there is an error:
// it is never left in the text.
func FuzzFrontMatter(f *testing.F) {
	for _, seed := range []string{
		"", "---", "---\n---\n", "---\nstatus: draft\n---\n\nText.\n", "---\nstatus: draft\n", "---\nstatus: draft\n----\nText.\n",
		"---\r\nstatus: draft\r\n---\r\n", "\ufeff---\nstatus: draft\n---\n", " ---\nstatus: draft\n---\n", "\n---\nstatus: draft\n---\n",
		"---\nstatus: draft\n...\nText.\n", "---\n# c\n\nstatus: draft\n---\n", "---\ntitle: |\n  x\n  ---\nstatus: draft\n---\n",
		"---\nText.\n\n---\nstatus: draft\n---\n", "---\n\nText\n", "+++\nstatus = 'draft'\n+++\n", "{\"status\": \"draft\"}\n", "```\n---\nstatus: draft\n---\n",
		"---\na: &x [*x]\n<<: {a: !t 1}\n---\n", "---\na: [{b: c}, 'd', \"e\\n\"]\n? f\n---\n", "<!--\n-->\n---\nstatus: draft\n---\n", "title: x\nstatus: draft\n---\n",
		"---\nstatus: draft\n---\n---\nstatus: draft\n---\n", "---\n\tstatus: draft\n---\n", "—\nstatus: draft\n—\n", "---\n日本: 客\nstatus: draft\n---\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, list := source.Decode("x.md", raw)
		if file == nil {
			if len(list) != 1 {
				t.Fatalf("%d messages about a file that is no text", len(list))
			}
			return
		}
		node, at, list := source.FrontMatter(file)
		for _, d := range list {
			if d.Line < 1 || d.Column < 1 || d.Line > bytes.Count(file.Data, []byte("\n"))+1 || d.Message == "" {
				t.Fatalf("a place out of the file: %+v", d)
			}
		}
		if len(list) > 0 {
			if node != nil {
				t.Fatal("front matter is read and wrong")
			}
			return
		}
		inside(t, file, node)
		rest := string(file.Data[at:])
		if node != nil && !strings.HasPrefix(string(file.Data), "---") {
			t.Fatal("front matter that does not open with three dashes")
		}
		if strings.HasPrefix(string(file.Data), "---\nstatus: draft\n") && (node.Get("status") == nil || statusLine.MatchString(firstLines(rest, 3))) {
			t.Fatalf("the mark of a draft is lost; the text is %q", rest)
		}
	})
}

func firstLines(s string, n int) string {
	return strings.Join(strings.SplitN(s, "\n", n+1)[:min(n, strings.Count(s, "\n")+1)], "\n")
}

// inside checks that every place of a value lies in the file.
func inside(t *testing.T, f *source.File, n *source.Node) {
	t.Helper()
	if n == nil {
		return
	}
	check := func(s source.Span) {
		if s.Start < 0 || s.End < s.Start || s.End > len(f.Data) {
			t.Fatalf("place %v in a file of %d bytes", s, len(f.Data))
		}
	}
	check(n.Span)
	for _, item := range n.Items {
		inside(t, f, item)
	}
	for _, field := range n.Fields {
		check(field.Span)
		inside(t, f, field.Value)
	}
}
