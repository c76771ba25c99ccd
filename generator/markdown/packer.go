package markdown

import "strings"

// Packer moves the texts of one page into one piece of memory: a site keeps
// hundreds a page, and what each costs beside its bytes, and what it keeps alive of
// the file, comes to more than the texts. The zero value is ready for use.
type Packer struct {
	texts []packed
	size  int
}

// packed is a text that waits for its new place.
type packed struct {
	text *string
	at   int
}

// Text adds a text, and returns where it will stand.
func (p *Packer) Text(s *string) int {
	at := p.size
	p.Again(s, at)
	p.size += len(*s)
	return at
}

// Fragment adds a fragment, and returns where it will stand.
func (p *Packer) Fragment(f *Fragment) int { return p.Text(&f.html) }

// Again adds a text that was added before and will stand at an offset.
func (p *Packer) Again(s *string, at int) {
	if *s == "" {
		*s = "" // a part of a text that nothing is left of keeps that alive
		return
	}
	p.texts = append(p.texts, packed{s, at})
}

// Within adds a text that may be part of another one, which will stand at an
// offset and take up its room.
func (p *Packer) Within(outer string, at int, s *string) {
	if i := strings.Index(outer, *s); i >= 0 {
		p.Again(s, at+i)
	} else {
		p.Text(s)
	}
}

// Shown adds a fragment and the text it shows. Most often the fragment holds
// that as it is.
func (p *Packer) Shown(f *Fragment, text *string) { p.Within(f.html, p.Fragment(f), text) }

// Part adds a fragment that may be part of a text, which will stand at an
// offset.
func (p *Packer) Part(outer string, at int, f *Fragment) { p.Within(outer, at, &f.html) }

// Pack moves all texts that were added, none of which may have been changed
// since. The packer is empty then, and may be used for the next page.
func (p *Packer) Pack() {
	var b strings.Builder
	b.Grow(p.size)
	for _, t := range p.texts {
		if t.at == b.Len() {
			b.WriteString(*t.text)
		}
	}
	all := b.String()
	for _, t := range p.texts {
		*t.text = all[t.at : t.at+len(*t.text)]
	}
	clear(p.texts)
	p.texts, p.size = p.texts[:0], 0
}
