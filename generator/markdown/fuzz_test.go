package markdown

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"plumb/generator/source"
)

// FuzzParse reads anything that a file may hold.
func FuzzParse(f *testing.F) {
	paths, err := filepath.Glob("testdata/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		if data, err := os.ReadFile(path); err == nil {
			f.Add(string(data), 3)
		}
	}
	for _, ex := range specExamples(f) {
		f.Add(ex.Markdown, 0)
	}
	f.Fuzz(func(t *testing.T, text string, from int) {
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00") {
			return
		}
		from = min(max(from, 0), len(text))
		for from < len(text) && !utf8.RuneStart(text[from]) {
			from++
		}
		doc, list := Parse(&source.File{Path: "x.md", Data: []byte(text)}, from)
		if doc == nil {
			if len(list) != 1 || list[0].Line == 0 {
				t.Fatalf("refused with %v", list) // without a line: goldmark failed
			}
			return
		}
		checkSpans(t, doc, from, len(text))
		checkIDs(t, doc)
		checkHTML(t, print(doc, 0, true))
		BlockText(doc.Blocks)
		if n := len(LinksIn(doc.Blocks)); n > len(doc.Links) {
			t.Errorf("%d links in blocks, %d in the document", n, len(doc.Links))
		}
	})
}

// checkIDs fails where two anchors are the same or a heading has none.
func checkIDs(t *testing.T, doc *Document) {
	seen := map[string]bool{}
	var walk func([]Block)
	walk = func(list []Block) {
		for _, b := range list {
			switch b := b.(type) {
			case *Heading:
				if b.ID == "" || seen[b.ID] || strings.ContainsAny(b.ID, " \t\n\"<>&") {
					t.Errorf("id %q is empty, taken or no id", b.ID)
				}
				seen[b.ID] = true
			case *Quote:
				walk(b.Blocks)
			case *List:
				for _, item := range b.Items {
					walk(item.Blocks)
				}
			}
		}
	}
	walk(doc.Blocks)
	for _, n := range doc.Footnotes {
		walk(n.Blocks)
		if seen[n.ID] {
			t.Errorf("footnote id %q is taken", n.ID)
		}
		seen[n.ID] = true
	}
}

// allowedTags are what a printer may write, with the attributes of each.
var allowedTags = map[string]string{
	"h2": "id", "h3": "id", "h4": "id", "h5": "id", "h6": "id", "p": "", "ul": "", "ol": "start", "li": "id",
	"blockquote": "", "pre": "", "code": "class", "hr": "", "br": "", "em": "", "strong": "", "del": "",
	"a": "href title", "img": "src alt title", "span": "class", "sup": "id", "section": "class role",
	"table": "", "thead": "", "tbody": "", "tr": "", "th": "class", "td": "class",
}

var voidTags = map[string]bool{"br": true, "hr": true, "img": true}

// checkHTML fails where HTML is not well-formed or holds what no text may put
// there.
func checkHTML(t *testing.T, text string) {
	t.Helper()
	var open []string
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		token := z.Token()
		switch kind {
		case html.StartTagToken:
			checkTag(t, token)
			if token.Data == "a" && strings.Contains(" "+strings.Join(open, " ")+" ", " a ") {
				t.Errorf("a link in a link in %s", text)
			}
			if !voidTags[token.Data] {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Errorf("</%s> closes %v in %s", token.Data, open, text)
				return
			}
			open = open[:len(open)-1]
		case html.CommentToken, html.DoctypeToken, html.SelfClosingTagToken:
			t.Errorf("%s in %s", token, text)
		}
	}
	if len(open) > 0 {
		t.Errorf("%v stay open in %s", open, text)
	}
}

func checkTag(t *testing.T, token html.Token) {
	allowed, ok := allowedTags[token.Data]
	if !ok {
		t.Errorf("tag %s", token)
	}
	for _, a := range token.Attr {
		if !strings.Contains(" "+allowed+" ", " "+a.Key+" ") {
			t.Errorf("attribute %s of %s", a.Key, token)
		}
		if (a.Key == "href" || a.Key == "src") && unsafeDest(a.Val) != "" {
			t.Errorf("%s", token)
		}
		if a.Key == "src" && remote(a.Val) {
			t.Errorf("remote %s", token)
		}
	}
}

// soup are the pieces FuzzWords puts together; "w" becomes a word of its own.
var soup = []string{
	"w", "w", "w", "w w", " w", "w ", " ", "\n", "\n\n", "*", "**", "_", "~~", "`", "``", "[", "](", "]", "(", ")", "!", "|", "\n|-|-|\n",
	"\n# ", "\n- ", "\n1. ", "\n> ", "    ", "\t", "\\", "&amp;", "&", "<br>", "<b>", "</b>", "\n<div>", "</div>", "<Name>", "\n<script>",
	"{#", "}", "[^n]", "\n\n[^n]: w", "\n\n[n]: /u\n\n", "[n]", " http://a.b/", "@a.b", "\n===\n", "\n---\n", "<!--", "-->", "{{<", ">}}",
	"{%", "\n:::", "<td>", "<li>", "<?", "?>", "<![CDATA[", "]]>", "<!A", ">", "<pre>", "</pre>", "<img alt=w>", "\n<table><tr><td>w", "+ ",
	"***", "- [ ] ", "www.", "  \n", "\n=\n", "\n  ", "</", "<", "'",
}

// FuzzWords puts words and marks together: no word may be lost.
func FuzzWords(f *testing.F) {
	f.Add([]byte{0, 9, 1, 9, 7, 30, 2, 8, 15, 0, 16, 1, 19, 36, 3})
	f.Add([]byte{37, 0, 8, 0, 47, 0, 48, 0, 49, 0, 8, 0, 33, 0, 34})
	for i := range soup {
		f.Add([]byte{0, byte(i), 0, byte(i), 1, 8, 0, byte(i), byte(i) + 1, 0, byte(i) + 7, 0})
	}
	f.Fuzz(func(t *testing.T, choice []byte) {
		text, words := stew(choice)
		if strings.Contains(text, "```") || strings.Contains(text, "~~~") {
			return // what follows the language of a block of code is no text
		}
		doc, _ := Parse(&source.File{Path: "x.md", Data: []byte(text)}, 0)
		if doc == nil {
			return
		}
		hay := haystack(doc)
		for _, w := range words {
			if !strings.Contains(hay, w) {
				t.Errorf("%s is lost from\n%s\nin\n%s", w, text, hay)
			}
		}
		checkSpans(t, doc, 0, len(text))
		checkHTML(t, print(doc, 0, true))
	})
}

// stew cooks the soup, and returns the words that must survive: not those in
// the destination of a link.
func stew(choice []byte) (text string, words []string) {
	var b strings.Builder
	destination := false
	for i, c := range choice {
		piece := soup[int(c)%len(soup)]
		for j, r := range piece {
			if r != 'w' || piece == "www." {
				b.WriteRune(r)
				if r == ' ' || r == '\n' {
					destination = false
				}
				continue
			}
			word := fmt.Sprintf("q%dx%dz", i, j)
			b.WriteString(word)
			if !destination {
				words = append(words, word)
			}
		}
		if piece == "](" {
			destination = true
		}
	}
	return b.String(), words
}

// haystack is all a document holds.
func haystack(doc *Document) string {
	var b strings.Builder
	b.WriteString(print(doc, 0, true))
	for _, l := range doc.Links {
		b.WriteString("\n" + l.Dest + "\n" + l.Title)
	}
	comments(&b, doc.Blocks)
	for _, n := range doc.Footnotes {
		comments(&b, n.Blocks)
	}
	return b.String()
}

func comments(b *strings.Builder, list []Block) {
	for _, block := range list {
		switch block := block.(type) {
		case *Comment:
			b.WriteString("\n" + block.Text)
		case *Heading:
			remarks(b, block.Text)
		case *Paragraph:
			remarks(b, block.Text)
		case *Quote:
			comments(b, block.Blocks)
		case *List:
			for _, item := range block.Items {
				comments(b, item.Blocks)
			}
		case *Table:
			for _, row := range append([][]Cell{block.Head}, block.Rows...) {
				for _, cell := range row {
					remarks(b, cell.Text)
				}
			}
		}
	}
}

func remarks(b *strings.Builder, list []Inline) {
	for _, in := range list {
		switch in := in.(type) {
		case *Remark:
			b.WriteString("\n" + in.Value)
		case *Emphasis:
			remarks(b, in.Text)
		case *Strike:
			remarks(b, in.Text)
		case *Link:
			remarks(b, in.Text)
		}
	}
}
