package markdown

import (
	"strconv"
	"strings"
)

// The levels of printed headings: h1 is the page's own.
const (
	topHeading    = 2
	lowestHeading = 6
)

// Writer builds a [Fragment]. The zero value is ready for use.
type Writer struct {
	// Shift is added to the level of every heading.
	Shift int
	// Top is the highest level a heading is printed with; 0 means 2, since a
	// page has its own h1.
	Top int
	// Scroll puts every table into a box of its own that can be scrolled, also
	// by keyboard, where the table is wider than the page.
	Scroll bool

	html []byte
}

// Raw writes HTML as it is: it must come from the program, not from a text.
func (w *Writer) Raw(html string) { w.html = append(w.html, html...) }

// Text writes text, escaped.
func (w *Writer) Text(s string) { w.html = AppendEscaped(w.html, s) }

// Fragment returns what was written so far. The writer may be used on.
func (w *Writer) Fragment() Fragment { return Fragment{string(w.html)} }

// Reset forgets what was written. The room that it took is used again.
func (w *Writer) Reset() { w.html = w.html[:0] }

// Blocks writes blocks, each on lines of its own.
func (w *Writer) Blocks(list []Block) {
	for i, b := range list {
		w.block(b, i+1 < len(list))
	}
}

// block writes one block; more says that another follows it.
func (w *Writer) block(b Block, more bool) {
	switch b := b.(type) {
	case *Heading:
		w.heading(b)
	case *Paragraph:
		w.paragraph(b, more)
	case *List:
		w.list(b)
	case *Table:
		w.table(b)
	case *Quote:
		w.Raw("<blockquote>\n")
		w.Blocks(b.Blocks)
		w.Raw("</blockquote>\n")
	case *CodeBlock:
		w.code(b)
	case *Rule:
		w.Raw("<hr>\n")
	case *Comment:
	}
}

func (w *Writer) heading(h *Heading) {
	top := w.Top
	if top == 0 {
		top = topHeading
	}
	digit := byte('0' + min(max(h.Level+w.Shift, top), lowestHeading))
	w.html = append(w.html, '<', 'h', digit)
	w.id(h.ID)
	w.html = append(w.html, '>')
	w.headingText(h)
	w.html = append(w.html, '<', '/', 'h', digit, '>', '\n')
}

// headingText writes a heading's text as a link to the heading; where it holds
// a link already, one stands behind it.
func (w *Writer) headingText(h *Heading) {
	switch {
	case h.ID == "" || strings.TrimSpace(InlineText(h.Text)) == "":
		w.Inlines(h.Text)
	case len(LinksInText(h.Text)) > 0:
		w.Inlines(h.Text)
		w.hole(selfHole, 0, h.ID)
	default:
		w.hole(openSelfHole, 0, h.ID)
		w.Inlines(h.Text)
		w.hole(closeSelfHole, 0, "")
	}
}

func (w *Writer) paragraph(p *Paragraph, more bool) {
	if !p.Tight {
		w.Raw("<p>")
	}
	w.Inlines(p.Text)
	switch {
	case !p.Tight:
		w.Raw("</p>\n")
	case more:
		w.Raw("\n")
	}
}

func (w *Writer) list(l *List) {
	tag := "ul>\n"
	if l.Ordered {
		tag = "ol>\n"
	}
	if l.Ordered && l.Start != 1 {
		w.Raw(`<ol start="`)
		w.html = strconv.AppendInt(w.html, int64(l.Start), 10)
		w.Raw("\">\n")
	} else {
		w.Raw("<")
		w.Raw(tag)
	}
	for _, item := range l.Items {
		w.item(item)
	}
	w.Raw("</")
	w.Raw(tag)
}

func (w *Writer) item(item *Item) {
	w.Raw("<li>")
	if len(item.Blocks) > 0 {
		if p, ok := item.Blocks[0].(*Paragraph); !ok || !p.Tight {
			w.Raw("\n")
		}
	}
	w.Blocks(item.Blocks)
	w.Raw("</li>\n")
}

func (w *Writer) table(t *Table) {
	if w.Scroll {
		w.Raw(`<div class="table-scroll" tabindex="0">`)
	}
	w.Raw("<table>\n<thead>\n")
	w.row(t, t.Head, "th")
	w.Raw("</thead>\n")
	if len(t.Rows) > 0 {
		w.Raw("<tbody>\n")
		for _, row := range t.Rows {
			w.row(t, row, "td")
		}
		w.Raw("</tbody>\n")
	}
	w.Raw("</table>")
	if w.Scroll {
		w.Raw("</div>")
	}
	w.Raw("\n")
}

// alignClass holds the class of a cell by alignment: a style attribute would
// not pass the pages' security policy.
var alignClass = [...]string{
	AlignNone:   ">",
	AlignLeft:   ` class="align-left">`,
	AlignCenter: ` class="align-center">`,
	AlignRight:  ` class="align-right">`,
}

func (w *Writer) row(t *Table, row []Cell, tag string) {
	w.Raw("<tr>\n")
	for i, cell := range row {
		align := AlignNone
		if i < len(t.Align) {
			align = t.Align[i]
		}
		w.html = append(append(append(w.html, '<'), tag...), alignClass[align]...)
		w.Inlines(cell.Text)
		w.html = append(append(append(w.html, "</"...), tag...), ">\n"...)
	}
	w.Raw("</tr>\n")
}

func (w *Writer) code(c *CodeBlock) {
	w.Raw("<pre><code")
	if c.Info != "" {
		w.Raw(` class="language-`)
		w.Text(c.Info)
		w.Raw(`"`)
	}
	w.Raw(">")
	w.Text(c.Text)
	w.Raw("</code></pre>\n")
}

// Inlines writes running text.
func (w *Writer) Inlines(list []Inline) {
	for _, in := range list {
		w.inline(in)
	}
}

func (w *Writer) inline(in Inline) {
	switch in := in.(type) {
	case *Text:
		w.Text(in.Value)
	case *Code:
		w.Raw("<code>")
		w.Text(in.Value)
		w.Raw("</code>")
	case *Emphasis:
		w.emphasis(in)
	case *Strike:
		w.Raw("<del>")
		w.Inlines(in.Text)
		w.Raw("</del>")
	case *Link:
		w.link(in)
	case *Image:
		w.hole(imageHole, in.Index, in.Alt)
	case *Break:
		if in.Hard {
			w.Raw("<br>")
		}
		w.Raw("\n")
	case *Checkbox:
		w.checkbox(in)
	case *Remark:
	}
}

func (w *Writer) emphasis(e *Emphasis) {
	if e.Strong {
		w.Raw("<strong>")
		w.Inlines(e.Text)
		w.Raw("</strong>")
		return
	}
	w.Raw("<em>")
	w.Inlines(e.Text)
	w.Raw("</em>")
}

// checkbox writes a box as a character: an input that can be neither ticked
// nor named is nothing but an obstacle to a screen reader.
func (w *Writer) checkbox(c *Checkbox) {
	if c.Checked {
		w.Raw(`<span class="box">☑</span> `)
		return
	}
	w.Raw(`<span class="box">☐</span> `)
}

func (w *Writer) link(l *Link) {
	if l.Footnote {
		w.Raw("<sup")
		w.id(l.FootnoteRef)
		w.Raw(">")
	}
	w.open(l.Index)
	w.Inlines(l.Text)
	w.close(l.Index)
	if l.Footnote {
		w.Raw("</sup>")
	}
}

// Footnotes writes the notes as a section with a numbered list; nothing where
// there are none.
func (w *Writer) Footnotes(list []Footnote) {
	if len(list) == 0 {
		return
	}
	w.Raw("<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n")
	for i := range list {
		w.footnote(&list[i])
	}
	w.Raw("</ol>\n</section>\n")
}

// footnote writes one note; the way back stands in its last paragraph.
func (w *Writer) footnote(n *Footnote) {
	w.Raw("<li")
	w.id(n.ID)
	w.Raw(">\n")
	body := n.Blocks
	var last *Paragraph
	if len(body) > 0 {
		last, _ = body[len(body)-1].(*Paragraph)
	}
	if last != nil {
		body = body[:len(body)-1]
	}
	w.Blocks(body)
	if last != nil || n.Back >= 0 {
		w.Raw("<p>")
		if last != nil {
			w.Inlines(last.Text)
		}
		w.back(n, last != nil)
		w.Raw("</p>\n")
	}
	w.Raw("</li>\n")
}

func (w *Writer) back(n *Footnote, gap bool) {
	if n.Back < 0 {
		return
	}
	if gap {
		w.Raw(" ")
	}
	w.open(n.Back)
	w.Raw("↩\ufe0e")
	w.close(n.Back)
}
