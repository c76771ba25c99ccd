package playbook

import (
	"strings"
	"unicode/utf8"
)

// maxSummary is how many characters of a sentence a list shows.
const maxSummary = 320

// summarize settles the sentence by which lists describe the page: the first
// one of the value proposition, else of the text.
func (p *Page) summarize(lead string) {
	text := lead
	if s := p.Section(ValueProposition); s != nil {
		for _, part := range s.Parts {
			if part.StatementText != "" {
				text = part.StatementText
				break
			}
		}
	}
	p.Summary = Shorten(firstSentence(text), maxSummary)
}

// firstSentence returns the first sentence of a text, or its beginning where
// none ends soon.
func firstSentence(s string) string {
	if len(s) > 8*maxSummary {
		s = strings.ToValidUTF8(s[:8*maxSummary], "")
	}
	s = strings.Join(strings.Fields(s), " ")
	for i, c := range s {
		end := i + utf8.RuneLen(c)
		if c == '。' || (c == '.' || c == '!' || c == '?') && (end == len(s) || s[end] == ' ') && i > 20 {
			return s[:end]
		}
	}
	return s
}

// Shorten returns a text of at most so many characters, cut at a space where
// one is near.
func Shorten(s string, most int) string {
	if len(s) <= most {
		return s
	}
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	cut := string(runes[:most])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}
