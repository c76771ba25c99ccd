package playbook

import (
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
	at     source.Span
	value  []markdown.Inline
	blocks []markdown.Block
}

// labelRules say which labels count.
type labelRules struct {
	kind Kind
	// unknown takes bold labels that are no known words as well.
	unknown bool
}

// maxLabelWords is how many words a bold label that is not known may have.
const maxLabelWords = 6

// labels splits running text at its labels. A label is bold and known (or any
// bold text with a colon, where the rules say so), or a known word with a
// colon where a sentence begins. A value ends at the next label.
func (r *reader) labels(text []markdown.Inline, rules labelRules) (lead []markdown.Inline, fields []rawField) {
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
		default:
			s.append(n)
			s.begins = false
		}
	}
	return s.lead, s.fields
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

// bold takes bold text with a colon in it or behind it as a label. Where the
// colon stands in the text behind, that text is returned without it.
func (s *labelScan) bold(e *markdown.Emphasis, after []markdown.Inline) (*markdown.Text, bool) {
	label := strings.TrimSpace(markdown.InlineText(e.Text))
	inside := cutColon(label)
	var rest *markdown.Text
	if inside == label {
		next, ok := firstText(after)
		if !ok || !startsWithColon(next.Value) {
			return nil, false
		}
		rest = cutText(next, colonWidth(next.Value))
	}
	if id, known := s.words.field(s.rules.kind, inside); known && e.Strong {
		s.open(id, inside, e.At)
		return rest, true
	}
	if s.rules.unknown && e.Strong && s.begins && inside != "" && len(strings.Fields(inside)) <= maxLabelWords {
		s.open("", inside, e.At)
		return rest, true
	}
	return nil, false
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

func startsWithColon(s string) bool { return colonWidth(s) > 0 }

func colonWidth(s string) int {
	switch {
	case strings.HasPrefix(s, ":"):
		return 1
	case strings.HasPrefix(s, "："):
		return len("：")
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
				s.open(id, label, source.Span{Start: t.At.Start + at, End: t.At.Start + at + n})
				at += n
				from = at
				continue
			}
			s.begins = false
		}
		c, n := utf8.DecodeRuneInString(t.Value[at:])
		at += n
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
	if from < to {
		s.append(&markdown.Text{At: source.Span{Start: min(t.At.Start+from, t.At.End), End: min(t.At.Start+to, t.At.End)}, Value: t.Value[from:to]})
	}
}

// maxLabel is how long a plain label may be, in bytes.
const maxLabel = 60

// plainLabel returns the known label that a text begins with, and its length
// with the colon.
func (s *labelScan) plainLabel(text string) (FieldID, string, int) {
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
	if !ok {
		return "", "", 0
	}
	return id, head[:i], i + width
}

// fields renders raw fields.
func (p *partReader) fields(raw []rawField) []Field {
	if len(raw) == 0 {
		return nil
	}
	out := make([]Field, len(raw))
	for i, f := range raw {
		out[i] = p.field(f)
	}
	return out
}

func (p *partReader) field(f rawField) Field {
	value := markdown.Trim(f.value)
	field := Field{ID: f.id, Label: f.label, Span: f.at}
	if len(f.blocks) == 0 {
		field.HTML, field.Links = inlineHTML(value), linksOf(value)
		field.Text = strings.TrimSpace(markdown.InlineText(value))
	} else {
		blocks := f.blocks
		if len(value) > 0 {
			blocks = append([]markdown.Block{&markdown.Paragraph{At: f.at, Text: value}}, blocks...)
		}
		field.Block, field.HTML, field.Links = true, p.html(blocks...), markdown.LinksIn(blocks)
		field.Text = strings.TrimSpace(markdown.BlockText(blocks))
	}
	field.Missing = p.words.isMissing(field.Text)
	return field
}

func linksOf(text []markdown.Inline) []int {
	return markdown.LinksInText(text)
}
