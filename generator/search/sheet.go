package search

import (
	"strconv"
	"strings"

	"plumb/generator/site"
)

// sheetWriter writes the shard of a page's text while the words of its entries
// are taken.
type sheetWriter struct {
	h    *harvester
	at   entryPlace // of the next entry
	text []byte
	open bool // a column has been begun
}

// size is a good guess of how many bytes a page's shard has.
func (s *sheet) size() int {
	n := 256
	for i := range s.items {
		it := &s.items[i]
		n += (len(it.head)+len(it.anchor)+16)*(1+len(it.body)/longestPassage) + len(it.body) + len(it.body)/32
	}
	return n
}

// head writes what is said of the page.
func (w *sheetWriter) head(b *builder, s *sheet) {
	w.text = appendMemberText(append(w.text, '{'), "url", s.url)
	w.text = appendMemberText(w.text, "title", s.title)
	if s.lang != "" {
		w.text = appendMemberText(w.text, "lang", s.lang)
	}
	if s.at >= 0 {
		w.text = appendMemberNumber(w.text, "at", s.at)
		w.text = appendMemberText(w.text, "place", b.Place(s.at))
		w.text = b.appendSegments(w.text, s.segments)
	}
	w.text = append(appendMember(w.text, "entries"), '{')
}

// appendSegments appends the numbers of a playbook's segments.
func (b *builder) appendSegments(dst []byte, list []*site.Segment) []byte {
	dst = append(appendMember(dst, "segments"), '[')
	for i, s := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = strconv.AppendUint(dst, uint64(b.segment[s]), 10)
	}
	return append(dst, ']')
}

// item writes an item: an entry for each passage of its body.
func (w *sheetWriter) item(it *item) {
	if !w.open || w.at.column != it.column {
		if w.open {
			w.text = append(w.text, ']')
		}
		w.open, w.at.column, w.at.place = true, it.column, 0
		w.text = append(appendMember(w.text, strconv.Itoa(int(it.column))), '[')
	}
	rest := strings.TrimSpace(it.body)
	for first := true; first || rest != ""; first = false {
		size := passage(rest)
		if w.at.place == maxPlace-1 {
			size = len(rest)
		}
		w.entry(it, strings.TrimSpace(rest[:size]), first)
		rest = strings.TrimSpace(rest[size:])
	}
}

// entry writes one entry. Beyond the most that a column of one page can hold,
// which is some twenty megabytes of text, nothing is found.
func (w *sheetWriter) entry(it *item, body string, first bool) {
	if w.at.place >= maxPlace {
		return
	}
	if w.at.place > 0 {
		w.text = append(w.text, ',')
	}
	w.text = appendText(append(w.text, '['), it.anchor)
	w.text = appendText(append(w.text, ','), it.head)
	if body != "" {
		w.text = appendText(append(w.text, ','), body)
	}
	w.text = append(w.text, ']')
	w.h.entry(w.at, it, body, first)
	w.at.place++
}

func (w *sheetWriter) end() []byte {
	if w.open {
		w.text = append(w.text, ']')
	}
	return append(w.text, "}}"...)
}
