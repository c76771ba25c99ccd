package playbook

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"plumb/generator/markdown"
	"plumb/generator/source"
)

// rawField is a labelled value before it is rendered.
type rawField struct {
	id     FieldID
	label  string
	anchor string // of a heading that names the field
	at     source.Span
	value  []markdown.Inline
	blocks []markdown.Block
}

// labelRules say which labels count.
type labelRules struct {
	kind Kind
	// unknown takes bold labels that are no known words as well.
	unknown bool
	// besides is a field whose label does not count: that of the section's own
	// heading.
	besides FieldID
}

// maxLabelWords is how many words a bold label that is not known may have.
const maxLabelWords = 6

// labels splits running text at its labels. A label is bold and known (or any
// bold text with a colon, where the rules say so), or a known word with a
// colon where a sentence begins. A value ends at the next label.
func (r *reader) labels(text []markdown.Inline, rules labelRules) (lead []markdown.Inline, fields []rawField) {
	if !slices.ContainsFunc(text, mayLabel) {
		return text, nil
	}
	s := &labelScan{reader: r, rules: rules, begins: true}
	for i := 0; i < len(text); i++ {
		switch n := text[i].(type) {
		case *markdown.Emphasis:
			if skip, ok := s.bold(n, text[i+1:]); ok {
				if skip != nil {
					i++
					s.text(skip)
				}
				continue
			}
			s.append(n)
			s.begins = false
		case *markdown.Text:
			s.text(n)
		case *markdown.Break:
			s.append(n)
			s.begins = true
		case *markdown.Remark:
			s.append(n)
		default:
			s.append(n)
			s.begins = false
		}
	}
	if len(s.fields) > 0 && !slices.ContainsFunc(s.lead, isShown) {
		s.lead = nil
	}
	return s.lead, s.fields
}

// mayLabel reports whether a label may stand in an inline: most text has none.
func mayLabel(in markdown.Inline) bool {
	switch in := in.(type) {
	case *markdown.Emphasis:
		return true
	case *markdown.Text:
		return strings.IndexByte(in.Value, ':') >= 0 || strings.Contains(in.Value, "：")
	}
	return false
}

// isShown reports whether an inline is anything but a comment.
func isShown(in markdown.Inline) bool {
	_, remark := in.(*markdown.Remark)
	return !remark
}

type labelScan struct {
	*reader
	rules  labelRules
	lead   []markdown.Inline
	fields []rawField
	// begins says that a sentence begins here.
	begins bool
}

func (s *labelScan) append(n markdown.Inline) {
	if len(s.fields) == 0 {
		s.lead = append(s.lead, n)
		return
	}
	f := &s.fields[len(s.fields)-1]
	f.value = append(f.value, n)
}

func (s *labelScan) open(id FieldID, label string, at source.Span) {
	s.fields = append(s.fields, rawField{id: id, label: strings.TrimSpace(label), at: at})
	s.begins = false
}

// bold takes bold text with a colon in it or behind it as a label; italics too
// where the label is known. Where the colon stands in the text behind, that
// text is returned without it.
func (s *labelScan) bold(e *markdown.Emphasis, after []markdown.Inline) (*markdown.Text, bool) {
	label := strings.TrimSpace(markdown.InlineText(e.Text))
	inside := cutColon(label)
	if len(label) > maxHeading || len(linksOf(e.Text)) > 0 { // a label is plain: a link would be lost
		return nil, false
	}
	var rest *markdown.Text
	if inside == label {
		next, ok := firstText(after)
		if !ok {
			return nil, false
		}
		width, aside := s.labelEnd(label, next.Value)
		if width == 0 {
			return nil, false
		}
		inside = strings.TrimSpace(label + aside)
		rest = cutText(next, width)
	}
	if id, known := s.words.field(s.rules.kind, inside); known && id != s.rules.besides {
		s.open(id, s.mark()+inside, e.At)
		return rest, true
	}
	if s.rules.unknown && e.Strong && s.begins && inside != "" && len(strings.Fields(inside)) <= maxLabelWords {
		s.open("", s.mark()+inside, e.At)
		return rest, true
	}
	return nil, false
}

// labelEnd returns how much of the text behind a bold label belongs to it: its
// colon, with a parenthesis before it that is part of the label. A dash stands
// for the colon behind a known label where a sentence begins.
func (s *labelScan) labelEnd(label, next string) (width int, aside string) {
	if n := colonWidth(next); n > 0 {
		return n, ""
	}
	_, known := s.words.exactField(s.rules.kind, label)
	if !known {
		return 0, ""
	}
	if n := dashWidth(next); n > 0 && s.begins {
		return n, ""
	}
	end := strings.IndexAny(next, ")）")
	if trimmed := strings.TrimLeft(next, " "); end < 0 || !strings.HasPrefix(trimmed, "(") && !strings.HasPrefix(trimmed, "（") {
		return 0, ""
	}
	_, n := utf8.DecodeRuneInString(next[end:])
	end += n
	if n := colonWidth(next[end:]); n > 0 {
		return end + n, " " + strings.TrimSpace(next[:end])
	}
	return 0, ""
}

// dashWidth returns the width of a dash, with the space around it, that parts
// a label from its value; 0 without one.
func dashWidth(s string) int {
	rest := strings.TrimLeft(s, " ")
	for _, dash := range [...]string{"— ", "– ", "- "} {
		if len(rest) < len(s) && strings.HasPrefix(rest, dash) {
			return len(s) - len(rest) + len(dash)
		}
	}
	return 0
}

// mark takes signs that stand alone before a label, such as an emoji, into the
// label: they are no text of their own.
func (s *labelScan) mark() string {
	if len(s.fields) > 0 || len(s.lead) != 1 {
		return ""
	}
	t, ok := s.lead[0].(*markdown.Text)
	if !ok || strings.IndexFunc(t.Value, isWord) >= 0 || strings.TrimSpace(t.Value) == "" {
		return ""
	}
	s.lead = nil
	return strings.TrimSpace(t.Value) + " "
}

func firstText(list []markdown.Inline) (*markdown.Text, bool) {
	if len(list) == 0 {
		return nil, false
	}
	t, ok := list[0].(*markdown.Text)
	return t, ok
}

func cutColon(s string) string {
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(s, ":"), "："))
}

// colonWidth returns the width of the colon that a text begins with and of the
// space before it, which French has; 0 without one.
func colonWidth(s string) int {
	rest := strings.TrimLeftFunc(s, unicode.IsSpace)
	for _, colon := range [...]string{":", "："} {
		if strings.HasPrefix(rest, colon) {
			return len(s) - len(rest) + len(colon)
		}
	}
	return 0
}

// cutText returns the text without its first n bytes.
func cutText(t *markdown.Text, n int) *markdown.Text {
	return &markdown.Text{At: source.Span{Start: min(t.At.Start+n, t.At.End), End: t.At.End}, Value: t.Value[n:]}
}

// text looks for plain labels where sentences begin.
func (s *labelScan) text(t *markdown.Text) {
	from := 0
	for at := 0; at < len(t.Value); {
		if s.begins && t.Value[at] != ' ' {
			if id, label, n := s.plainLabel(t.Value[at:]); n > 0 {
				s.piece(t, from, at)
				label = s.mark() + label
				s.open(id, label, source.Span{Start: t.At.Start + at, End: t.At.Start + at + n})
				at += n
				from = at
				continue
			}
		}
		c, n := utf8.DecodeRuneInString(t.Value[at:])
		at += n
		s.begins = s.begins && !isWord(c) && !opensQuote(c)
		if endsSentence(c) && (at == len(t.Value) || unicode.IsSpace(rune(t.Value[at])) || c >= 0x3000) {
			s.begins = true
		}
	}
	s.piece(t, from, len(t.Value))
}

func endsSentence(c rune) bool {
	switch c {
	case '.', '!', '?', ';', '。', '！', '？', '；':
		return true
	}
	return false
}

func (s *labelScan) piece(t *markdown.Text, from, to int) {
	switch {
	case from == 0 && to == len(t.Value) && to > 0 && t.At.End == t.At.Start+to:
		s.append(t)
	case from < to:
		s.append(&markdown.Text{At: source.Span{Start: min(t.At.Start+from, t.At.End), End: min(t.At.Start+to, t.At.End)}, Value: t.Value[from:to]})
	}
}

// maxLabel is how long a plain label may be, in bytes.
const maxLabel = 60

// plainLabel returns the known label that a text begins with, and its length
// with the colon.
func (s *labelScan) plainLabel(text string) (FieldID, string, int) {
	if c, _ := utf8.DecodeRuneInString(text); !isWord(c) {
		return "", "", 0
	}
	head := text[:min(len(text), maxLabel)]
	i := strings.IndexByte(head, ':')
	if j := strings.Index(head, "："); j >= 0 && (i < 0 || j < i) {
		i = j
	}
	if i <= 0 || strings.ContainsAny(head[:i], ".!?;") {
		return "", "", 0
	}
	width := colonWidth(text[i:])
	if rest := text[i+width:]; width == 1 && rest != "" && !unicode.IsSpace(rune(rest[0])) {
		return "", "", 0 // 14:30, https://
	}
	id, ok := s.words.exactField(s.rules.kind, head[:i])
	if !ok || id == s.rules.besides {
		return "", "", 0
	}
	return id, head[:i], i + width
}

// opensQuote reports whether a character begins words that someone says, or an
// aside.
func opensQuote(c rune) bool { return strings.ContainsRune("\"“„«「『‘([（", c) }

// fields renders raw fields.
func (p *partReader) fields(raw []rawField) []Field {
	if len(raw) == 0 {
		return nil
	}
	out, tags := make([]Field, len(raw)), make([]Tag, len(raw))
	for i, f := range raw {
		tags[i] = Tag{f.id, f.label, f.anchor}
		out[i] = p.field(&tags[i], f)
	}
	return out
}

func (p *partReader) field(tag *Tag, f rawField) Field {
	value := markdown.Trim(f.value)
	field := Field{Tag: tag, Span: f.at}
	if len(f.blocks) == 0 {
		field.HTML = p.inlineHTML(value)
		field.Text = strings.TrimSpace(markdown.InlineText(value))
	} else {
		blocks := f.blocks
		if len(value) > 0 {
			blocks = append([]markdown.Block{&markdown.Paragraph{At: f.at, Text: value}}, blocks...)
		}
		field.Block, field.HTML = true, p.html(blocks...)
		field.Text = strings.TrimSpace(markdown.BlockText(blocks))
	}
	field.Missing = p.words.isMissing(field.Text)
	return field
}

func linksOf(text []markdown.Inline) []int {
	return markdown.LinksInText(text)
}
