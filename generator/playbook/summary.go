package playbook

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"plumb/generator/markdown"
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
	return s[:sentenceEnd(s, 0)]
}

// shortest is how long, in bytes, what ends with a stop is at least taken for a
// sentence: “Approx. 3 of 5” goes on.
const shortest = 20

// sentenceEnd returns where the first sentence ends that does not end before
// from, the length of the text at the latest.
func sentenceEnd(s string, from int) int {
	for i, c := range s {
		if !strings.ContainsRune(".!?。！？", c) {
			continue
		}
		end := i + utf8.RuneLen(c)
		end += len(s[end:]) - len(strings.TrimLeft(s[end:], `"'”’»)`))
		if end < from || c < utf8.RuneSelf && (i <= shortest || !stopsHere(s[:i], s[end:])) {
			continue
		}
		return end
	}
	return len(s)
}

// stopsHere reports whether a stop between two texts ends a sentence: white
// space and no small letter follow, and before it stands no single letter, as
// in “z. B.”.
func stopsHere(before, after string) bool {
	if after == "" {
		return true
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, " "))
	if after[0] != ' ' || unicode.IsLower(next) {
		return false
	}
	word := before[strings.LastIndexByte(before, ' ')+1:]
	return utf8.RuneCountInString(word) > 1
}

// cutSentence cuts the first sentence off a text. Where it ends within a link
// or emphasis, the next one is taken with it.
func cutSentence(text []markdown.Inline) (first, rest []markdown.Inline) {
	whole := markdown.InlineText(text)
	for end := sentenceEnd(whole, 0); end < len(whole); end = sentenceEnd(whole, end+1) {
		at := 0
		for i, in := range text {
			size := len(markdown.InlineText(text[i : i+1]))
			t, plain := in.(*markdown.Text)
			switch {
			case at+size == end:
				return text[:i+1], markdown.Trim(text[i+1:])
			case at < end && end < at+size && plain:
				before, after := *t, *t
				before.Value, after.Value = t.Value[:end-at], t.Value[end-at:]
				first = append(slices.Clone(text[:i]), &before)
				return first, markdown.Trim(append([]markdown.Inline{&after}, text[i+1:]...))
			}
			at += size
		}
	}
	return text, nil
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
