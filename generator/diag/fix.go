package diag

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fix is a correction that a program can make: it needs no judgement, and
// touches no prose.
type Fix struct {
	// Title says what is done, as an order: “write “position””.
	Title string `json:"title"`
	// Edits are made together or not at all. No two of them overlap.
	Edits []Edit `json:"edits"`
}

// Edit replaces a part of one line.
type Edit struct {
	// Pos is the first character that is replaced, or the place of an insertion;
	// line and column are always known.
	Pos
	// Old is what stands there, without a line ending; empty for an insertion. An
	// edit whose text has changed since is not to be made.
	Old string `json:"old"`
	// New is what is to stand there; a line feed in it is the file's line ending.
	New string `json:"new"`
}

// Replace returns the fix that writes another text where a finding is about one
// word: the place without quotes around it. It is nil where the place does not
// say what was read there, as with an escape in quotes.
func (p Place) Replace(old, text string) *Fix {
	edit, ok := p.Edit(old, text)
	if !ok {
		return nil
	}
	return &Fix{Title: "write “" + text + "”", Edits: []Edit{edit}}
}

// Edit is the edit of [Place.Replace]; false where there is none.
func (p Place) Edit(old, text string) (Edit, bool) {
	line := []rune(p.Source)
	if p.Line == 0 || p.Column == 0 || p.Column-1+p.Width > len(line) {
		return Edit{}, false
	}
	at := p.Pos
	there := string(line[at.Column-1 : at.Column-1+p.Width])
	if n := len(there); n > 1 && (there[0] == '"' || there[0] == '\'') && there[n-1] == there[0] {
		there = there[1 : n-1]
		at.Column++
	}
	at.Column += utf8.RuneCountInString(there) - utf8.RuneCountInString(strings.TrimLeftFunc(there, unicode.IsSpace))
	if there = strings.TrimSpace(there); there != old || old == "" {
		return Edit{}, false
	}
	return Edit{Pos: at, Old: old, New: text}, true
}

// Mended returns the diagnostic with a fix, which may be nil.
func (d Diagnostic) Mended(f *Fix) Diagnostic {
	d.Fix = f
	return d
}
