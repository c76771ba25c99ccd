package search

import (
	"plumb/generator/markdown"
	"plumb/generator/playbook"
)

// lines writes bodies of entries, one behind the other: texts that are not empty,
// each on a line of its own.
type lines struct {
	text []byte
	from int // where the body begins that is being written
}

// begin begins another body.
func (l *lines) begin() { l.from = len(l.text) }

// clear forgets all bodies.
func (l *lines) clear() { l.text, l.from = l.text[:0], 0 }

// next parts a line from the one before it.
func (l *lines) next() {
	if len(l.text) > l.from {
		l.text = append(l.text, '\n')
	}
}

func (l *lines) line(text string) {
	if text != "" {
		l.next()
		l.text = append(l.text, text...)
	}
}

// fragment adds the words of a fragment.
func (l *lines) fragment(f markdown.Fragment) {
	before := len(l.text)
	l.next()
	begun := len(l.text)
	if l.text = f.AppendText(l.text); len(l.text) == begun {
		l.text = l.text[:before]
	}
}

// fields adds labelled values as lines, labels without a value if the page shows
// them. That an objection's answer is the answer needs no word.
func (l *lines) fields(list []playbook.Field, labels bool) {
	for i := range list {
		f := &list[i]
		switch {
		case f.Text == "" && !labels:
		case f.Text == "":
			l.line(f.Label)
		case f.Label == "" || f.ID == playbook.FieldAnswer && oneWord(f.Label):
			l.line(f.Text)
		default:
			l.line(f.Label)
			l.text = append(append(l.text, ": "...), f.Text...)
		}
	}
}
