package markdown

import (
	"bytes"
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"plumb/generator/diag"
	"plumb/generator/source"
)

var update = flag.Bool("update", false, "write what came out into the files of testdata; read it before you commit")

// TestParse runs every testdata/*.txtar: input.md is parsed, and each of the
// other files is compared with what its name says.
func TestParse(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal(err, paths)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { runArchive(t, path) })
	}
}

func runArchive(t *testing.T, path string) {
	a := readArchive(t, path)
	var f *source.File
	var doc *Document
	var list []diag.Diagnostic
	for i, section := range a.sections {
		got := ""
		switch section.name {
		case "input.md":
			f = &source.File{Path: "input.md", Data: []byte(section.data)}
			doc, list = Parse(f, 0)
			checkSpans(t, doc, 0, len(f.Data))
			continue
		case "html":
			got = print(doc, 0, true)
		case "shifted":
			w := Writer{Shift: 1}
			w.Blocks(doc.Blocks)
			got = string(w.Fragment().Append(nil, plainResolver{doc, true}))
		case "links":
			got = linksText(f, doc)
		case "diagnostics":
			got = diagnosticsText(t, list)
		case "tree":
			got = treeText(f, doc)
		case "text":
			got = BlockText(doc.Blocks) + "\n"
		default:
			t.Fatalf("no such section: %s", section.name)
		}
		if *update {
			a.sections[i].data = got
		} else if want := section.data; got != want {
			t.Errorf("%s:\ngot:\n%s\nwant:\n%s", section.name, got, want)
		}
	}
	if *update {
		a.write(t, path)
	}
}

func diagnosticsText(t *testing.T, list []diag.Diagnostic) string {
	var b bytes.Buffer
	if err := (diag.Text{}).Print(&b, diag.Sort(list)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func linksText(f *source.File, doc *Document) string {
	var b strings.Builder
	for _, l := range doc.Links {
		kind := "link"
		if l.Image {
			kind = "image"
		}
		fmt.Fprintf(&b, "%s %q %q at %q\n", kind, l.Dest, l.Title, f.Data[l.Span.Start:l.Span.End])
	}
	return b.String()
}

// treeText shows every node with the source it stands for.
func treeText(f *source.File, doc *Document) string {
	d := dumper{f: f}
	d.blocks(doc.Blocks, "")
	for _, n := range doc.Footnotes {
		fmt.Fprintf(&d.b, "footnote %s\n", n.ID)
		d.blocks(n.Blocks, "  ")
	}
	return d.b.String()
}

type dumper struct {
	f *source.File
	b strings.Builder
}

func (d *dumper) line(indent, name string, at source.Span) {
	fmt.Fprintf(&d.b, "%s%s %q\n", indent, name, d.f.Data[at.Start:at.End])
}

func (d *dumper) blocks(list []Block, indent string) {
	in := indent + "  "
	for _, b := range list {
		d.line(indent, strings.ToLower(strings.TrimPrefix(fmt.Sprintf("%T", b), "*markdown.")), b.Span())
		switch b := b.(type) {
		case *Heading:
			d.inlines(b.Text, in)
		case *Paragraph:
			d.inlines(b.Text, in)
		case *Quote:
			d.blocks(b.Blocks, in)
		case *List:
			for _, item := range b.Items {
				d.line(in, "item", item.At)
				d.blocks(item.Blocks, in+"  ")
			}
		case *Table:
			for _, row := range append([][]Cell{b.Head}, b.Rows...) {
				for _, cell := range row {
					d.line(in, "cell", cell.At)
					d.inlines(cell.Text, in+"  ")
				}
			}
		}
	}
}

func (d *dumper) inlines(list []Inline, indent string) {
	for _, n := range list {
		switch n := n.(type) {
		case *Text:
			d.line(indent, "text", n.At)
		case *Code:
			d.line(indent, "code", n.At)
		case *Emphasis:
			d.line(indent, "emphasis", n.At)
			d.inlines(n.Text, indent+"  ")
		case *Strike:
			fmt.Fprintf(&d.b, "%sstrike\n", indent)
			d.inlines(n.Text, indent+"  ")
		case *Link:
			d.line(indent, "link", n.At)
			d.inlines(n.Text, indent+"  ")
		case *Image:
			d.line(indent, "image", n.At)
		case *Break:
			fmt.Fprintf(&d.b, "%sbreak hard=%v\n", indent, n.Hard)
		case *Checkbox:
			fmt.Fprintf(&d.b, "%scheckbox checked=%v\n", indent, n.Checked)
		case *Remark:
			fmt.Fprintf(&d.b, "%sremark %q\n", indent, n.Value)
		}
	}
}
