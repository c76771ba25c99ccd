package site

import (
	"bytes"
	"unicode/utf8"

	"plumb/generator/diag"
	"plumb/generator/source"
)

// placer is [source.File.Place] for many spans of one file, best in their order
// in it: a page may have a hundred thousand links that lead nowhere, perhaps in
// one line, and each place would be counted from the beginning.
type placer struct {
	file *source.File
	data []byte // its text
	// begin is where the line of the last place begins, line its number from 0,
	// text its text.
	begin, line int
	text        string
	// at is that place, column how many characters stand before it in the line.
	at, column int
}

func (p *placer) place(f *source.File, s source.Span) diag.Place {
	if p.file != f {
		*p = placer{file: f, data: f.Text()}
		p.read()
	}
	start := min(max(s.Start, 0), len(p.data))
	p.lineOf(start)
	if start < p.at {
		p.at, p.column = p.begin, 0
	}
	p.column += utf8.RuneCount(p.data[p.at:start])
	p.at = start
	end := p.begin + len(p.text)
	width := utf8.RuneCount(p.data[start:max(start, min(s.End, end))])
	return diag.Place{
		Pos:   diag.Pos{Path: f.Path, Line: p.line + 1, Column: p.column + 1},
		Width: max(1, width), Source: p.text,
	}
}

// lineOf goes to the line that holds the place at an offset.
func (p *placer) lineOf(start int) {
	data := p.data
	if p.begin <= start && start <= p.begin+len(p.text) {
		return
	}
	begin := bytes.LastIndexByte(data[:start], '\n') + 1
	if begin >= p.begin {
		p.line += bytes.Count(data[p.begin:begin], []byte{'\n'})
	} else {
		p.line -= bytes.Count(data[begin:p.begin], []byte{'\n'})
	}
	p.begin, p.at, p.column = begin, begin, 0
	p.read()
}

// read notes the text of the line.
func (p *placer) read() {
	rest := p.data[p.begin:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	p.text = string(rest)
}
