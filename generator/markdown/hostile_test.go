package markdown

import (
	"fmt"
	"strings"
	"testing"

	"plumb/generator/diag"
	"plumb/generator/source"
)

// hostileSize is a small part of the largest file that is read at all, to keep the
// test short: what grows with the square shows at this size.
const hostileSize = 1 << 16

// fill repeats a pattern up to the largest size.
func fill(pattern string) string { return strings.Repeat(pattern, hostileSize/len(pattern)) }

// nest puts a text between as many openers and closers as fit.
func nest(open, inner, end string) string {
	n := (hostileSize - len(inner)) / (len(open) + len(end))
	return strings.Repeat(open, n) + inner + strings.Repeat(end, n)
}

// numbered repeats a format with a running number.
func numbered(format string) string { return count(format, hostileSize/(len(format)+4)) }

func count(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// growing joins runs of a character of lengths 1, 2, 3 and so on.
func growing(char, sep string) string {
	var b strings.Builder
	for i := 1; b.Len()+i+len(sep) < hostileSize; i++ {
		b.WriteString(strings.Repeat(char, i) + sep)
	}
	return b.String()
}

// staircase nests lists by indentation.
func staircase(line string) string {
	var b strings.Builder
	for i := 0; b.Len()+2*i+len(line) < hostileSize; i++ {
		b.WriteString(strings.Repeat("  ", i) + line)
	}
	return b.String()
}

// hostileInputs are texts that keep a careless parser busy or fill its memory.
func hostileInputs() map[string]string {
	in := map[string]string{
		"spans": numbered("`%d") + "`", "growing backticks": growing("`", "a"), "growing backticks in lines": growing("`", "a\n"),
		"table of short rows": strings.Repeat("|a", 3500) + "\n" + strings.Repeat("|-", 3500) + "\n" + strings.Repeat("|\n", 20000),
		"small wide table":    strings.Repeat("a|", 2300) + "\n" + strings.Repeat("-|", 2300) + "\n" + strings.Repeat("|\n", 2300),
		"wide delimiter line": "a\n" + fill("|-"), "wide delimiter lines": fill(strings.Repeat("|-", 500) + "\n"),
		"table cells":           strings.Repeat("a|", 100) + "\n" + strings.Repeat("-|", 100) + "\n" + fill(strings.Repeat("a|", 100)+"\n"),
		"escaped pipes in code": "a|b\n-|-\n" + fill("`\\|`|`\\|`\n"), "table of bold": "|a|b|\n|-|-|\n" + fill("|**a**|_b_|\n"),
		"definitions": numbered("[%d]: /u\n"), "definitions with titles": numbered("[%d]: /u\n\"x\n"),
		"definitions and uses":     count("[%d]: /u\n", hostileSize/25) + "\n" + fill("[1] ")[:hostileSize/2],
		"long destination, often":  "[a]: <" + strings.Repeat("x", 9000) + ">\n\n" + fill("[a] ")[:hostileSize*3/4],
		"footnotes":                numbered("[^%d]: a\n"),
		"footnotes and references": count("[^%d]: a\n", hostileSize/25) + "\n\n" + count("[^%d]", hostileSize/20),
		"footnotes in footnotes":   fill("[^a]: "),
		"headings of one name":     fill("# a\n\n"), "headings with explicit ids": fill("# a {#a}\n"), "headings in braces": "# " + fill("{"),
		"underlined": fill("a\n===\n"), "underlines": "a\n" + fill("===\n"), "underlines under definitions": fill("[a]: b\n===\n"),
		"list staircase": staircase("- a\n"), "quotes in lines": fill("> > > > > > > > a\n"),
		"blank lines in a deep list": strings.Repeat("- ", 40) + "a\n" + fill("\n"),
		"lines in a deep list":       strings.Repeat("- ", 40) + "a\n" + fill("a\n"),
		"lines in deep quotes":       strings.Repeat("> ", 90) + "a\n" + fill("a\n"),
		"emphasis, one closer":       strings.Repeat("*", hostileSize/2-1) + "a" + strings.Repeat("*", hostileSize/2),
		"unsafe links":               fill("[a](x:y)\n\n"), "remote images": fill("![a](//b) "),
		"script never closed": fill("<script>\n"), "templates": fill("<div><template>\n"), "pre": fill("<pre>\n"),
		"html comment lines": fill("<!--\n"), "links in one paragraph": fill("[a](b)\n"), "images": fill("![a](b)"),
		"nested images": nest("![", "a", "](b)"), "nested links": nest("[", "a", "](b)"), "nested emphasis": nest("*a **", "b", "**c*"),
		"nested emphasis in parts": fill(strings.Repeat("*a **a ", 40) + strings.Repeat("b** b*", 40) + "\n\n"),
		"brackets then closers":    strings.Repeat("[", hostileSize/2) + strings.Repeat("]", hostileSize/2),
		"brackets in groups":       fill(strings.Repeat("[", 499) + strings.Repeat("]", 499)),
		"brackets around images":   strings.Repeat("[", 490) + nest("![", "a", "](b)")[:1000] + fill("]")[:hostileSize-2000],
		"tabs":                     fill("\t"), "tabs in a list": "- " + fill("\t"), "tabs in lists": fill("-\t"), "quote tabs": fill(">\t"),
		"spaces in lines": fill(strings.Repeat(" ", 1000) + "a\n"), "spaces in a deep list": strings.Repeat("- ", 40) + "a\n" + fill(strings.Repeat(" ", 1000)+"\n"),
		"emphasis and links": fill("*a [b](c) "), "emphasis in brackets": fill("[*a](b)"), "emphasis and brackets": fill("*[a]_"),
		"urls with parentheses": fill("http://a.b/(("), "url with entities": "http://a.b/" + fill("&a;"),
	}
	for _, p := range []string{
		"*a_ ", "*", "_", "a*", "*a", "**a ", "_a", "a_", "*_", "~a", "~~a ", "[", "]", "![", "[]", "[[]]", "[a]", "[a]\n", "[a][", "[a][b]\n",
		"[a](", "[a](b", "[a](b \"", "[a](<b", "[a](b(", "[a](b 'c\n", "](", "[^", "[^1]", "![^1", "[a]: b", "<", "<a", "<a ", "<a b=\"", "<a b='",
		"<a b=\"c", "</a", "<!--", "<!", "<!A", "<?", "<![CDATA[", "<a:", "<a@b", "<a>", "<b>a</b>", "&", "&a", "&#", "&#x", "&amp;", "\\", "\\*",
		"`", "`a", "``a`", "` ``", "~~~\n", "```\n", "```", "> ", ">", ">a\n", "- ", "-", "-\n", "- a\n", "- a\n\n", "1. ", "1)\n", "+ - * ", "* ",
		"# ", "#\n", "# a\n", "a\n\n", "a\n", "\n", " ", " \n", "    a\n", "---\n", "***\n", "a  \n", "a\\\n", "|", "|-", "|-\n", "a|b\n-|-\n", "|:-",
		":::\n", "{{<", "{%", "{{< a >}}", "{% a %}", "http://", "www.", " www.a.b", " http://a.b", "_http://a.b", "a@b.c ", "_a@a", "_a_a", "a@a_", "(",
		"<br>", "<br>\n", "<div>\n", "<div>\n\n", "<\n", "<div", "<div\n", "<table><tr><td>", "<p>a", "<li>", "<img alt=a>", "\x00", "é", "\u2028", "�",
		"- [ ] a\n", "- [x](a)\n", "[ ]", "a\tb", "\ta\n", "=\n", "a\n=\n", "a\n-\n", "<!-->", "<!--a-->\n", "<!--a-->", "-->", "[a]:\n", "[a]: <\n",
		"**a*", "***", "*a**a", "a***b*c", "[*](*)", "![*a_](", "[a](b)[", "!`[", "`[`]", "|`\\|`", "\"", "'", "> - ", "> 1. > ", "- > ",
	} {
		in[fmt.Sprintf("%q", p)] = fill(p)
	}
	return in
}

// maxGrowth is how many bytes of HTML a byte of Markdown may become, apart from
// what link reference definitions add.
const maxGrowth = 24

func TestHostile(t *testing.T) {
	for name, text := range hostileInputs() {
		t.Run(name, func(t *testing.T) {
			doc, diags := Parse(&source.File{Path: "x.md", Data: []byte(text)}, 0)
			if doc == nil {
				if len(diags) != 1 || diags[0].Code != diag.TooComplex || diags[0].Severity != diag.Error || diags[0].Line == 0 {
					t.Errorf("refused with %v", diags)
				}
				return
			}
			if n := len(print(doc, 0, true)); n > maxGrowth*len(text)+2*maxReferenced {
				t.Errorf("%d bytes became %d", len(text), n)
			}
			if len(diags) > 5*(maxRepeats+1) {
				t.Errorf("%d diagnostics", len(diags))
			}
		})
	}
}

// honestInputs are long texts that somebody may well have written.
func honestInputs(t *testing.T) map[string]string {
	page := string(playbook(t))
	row := strings.Repeat("| **bold** and [a link](x.md) ", 12) + "|\n"
	return map[string]string{
		"half a megabyte of playbooks": strings.Repeat(page+"\n\n", 500_000/len(page)),
		"a long table":                 strings.Repeat("| head ", 12) + "|\n" + strings.Repeat("|---", 12) + "|\n" + strings.Repeat(row, 300),
		"a very long table":            "| a | b | c |\n|---|---|---|\n" + strings.Repeat("| *some* | words | `here` |\n", 15_000),
		"a long list":                  strings.Repeat("- a short **item**\n", 25_000),
		"a paragraph of links":         strings.Repeat("See [this page](pages/this.md) and *that*. ", 2000),
		"definitions":                  count("[a%d]: https://example.com/page\n", 2500) + "\n\n" + count("[a%d] ", 2500),
		"footnotes":                    count("Text[^%d] goes on.\n\n", 2500) + count("[^%d]: Note.\n\n", 2500),
		"nested lists":                 strings.Repeat(strings.Repeat("- a\n  - b\n    - c\n      - d\n        - e\n", 10)+"\n\n", 400),
		"code":                         "```\n" + strings.Repeat("if (a[i] * b_c < `x`) { return \"y\"; }\n", 12_000) + "```\n",
		"plain lines":                  strings.Repeat("The quick brown fox jumps over the lazy dog.\n", 11_000),
	}
}

func TestHonest(t *testing.T) {
	for name, text := range honestInputs(t) {
		if doc, diags := Parse(&source.File{Path: "x.md", Data: []byte(text)}, 0); doc == nil {
			t.Errorf("%s, %d bytes, is refused: %v", name, len(text), diags)
		}
	}
}
