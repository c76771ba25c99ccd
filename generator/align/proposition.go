package align

import (
	"bytes"
	"iter"
	"strings"

	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// The labelled parts of a value proposition, beside [playbook.FieldBasis].
const (
	fieldCustomer    playbook.FieldID = "customer"
	fieldAlternative playbook.FieldID = "alternative"
)

// partNames are those parts as the word files and the messages call them.
var partNames = []struct {
	field                   playbook.FieldID
	list, missing, question string
}{
	{fieldCustomer, "customer", "no customer", "for whom is it?"},
	{fieldAlternative, "alternative", "no alternative", "what would they do or buy without you?"},
	{playbook.FieldBasis, "basis", "no basis", "do they choose it because it costs less, or because it is worth more to them, and in what?"},
}

// labelled reports whether a section says something behind a label.
func labelled(s *playbook.Section, id playbook.FieldID) bool {
	f := s.Field(id)
	return f != nil && !f.Missing
}

// labelledPoints is what a statement must have besides to be taken for something
// else where labels below it name the customer, and the alternative or the basis.
const labelledPoints = 6

// glance is what several rules read off one playbook.
type glance struct {
	read     bool
	reading  reading
	part     *playbook.Part
	measured bool
	measures []measure
	room     []token // for the words of one text after the other
}

// tokens parts a text into words, which hold until the next text.
func (g *glance) tokens(text string) []token {
	g.room = tokenize(g.room[:0], text)
	return g.room
}

// statementReading returns what the statement of a playbook reads as, and the
// part that holds it; nil where there is nothing to judge.
func (r *run) statementReading(p *site.Playbook) (reading, *playbook.Part) {
	if g := r.glance; !g.read {
		g.read = true
		g.reading, g.part = r.readStatement(p)
	}
	return r.glance.reading, r.glance.part
}

func (r *run) readStatement(p *site.Playbook) (reading, *playbook.Part) {
	s, w := p.Section(playbook.ValueProposition), proseIn(r.languageOf(p))
	if s == nil || w == nil {
		return reading{}, nil
	}
	facts := 0
	if labelled(s, fieldCustomer) && (labelled(s, fieldAlternative) || labelled(s, playbook.FieldBasis)) {
		facts = labelledPoints
	}
	for _, part := range s.Parts {
		if part.StatementText != "" {
			return w.read(part.StatementText, r.glance.tokens(part.StatementText), facts), part
		}
	}
	return reading{}, nil
}

// readings are what a message calls them.
var readings = map[string]string{
	"mission": "a mission", "vision": "a vision", "purpose": "a purpose", "values": "a statement of values", "goal": "a goal", "forecast": "a forecast",
}

func readsAsGoal(r *run, p *site.Playbook) {
	if what, part := r.statementReading(p); what.as != "" && what.goal {
		r.misread(p, what, part, "say what the customer gets and what it spares or costs them; the goal belongs to the metrics or the initiatives")
	}
}

func readsAsMission(r *run, p *site.Playbook) {
	if what, part := r.statementReading(p); what.as != "" && !what.goal {
		r.misread(p, what, part, "say for whom it is, what they would choose otherwise, and why yours costs them less or is worth more to them")
	}
}

func (r *run) misread(p *site.Playbook, what reading, part *playbook.Part, hint string) {
	message := "the value proposition reads as " + readings[what.as] + " (" + inQuotes(what.words) + ")"
	r.report(p.File.Place(placeOf(p.File, part.StatementSpan, part.StatementText[what.at.Start:what.at.End])), message, hint)
}

func inQuotes(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = "“" + strings.Join(strings.Fields(s), " ") + "”"
	}
	return strings.Join(out, ", ")
}

// placeOf returns where words of a text stand in its source; all of the text
// where markup or a line's end parts them.
func placeOf(f *source.File, at source.Span, words string) source.Span {
	if i := bytes.Index(f.Text()[at.Start:at.End], []byte(words)); i >= 0 {
		return source.Span{Start: at.Start + i, End: at.Start + i + len(words)}
	}
	return at
}

// leavesOpen asks for what a value proposition does not name. One that reads as
// something else was asked already.
func leavesOpen(r *run, p *site.Playbook) {
	s, w := p.Section(playbook.ValueProposition), proseIn(r.languageOf(p))
	if s == nil || w == nil {
		return
	}
	open, labels := false, false
	named := make([]bool, len(partNames))
	for i, part := range partNames {
		named[i] = labelled(s, part.field)
		open, labels = open || !named[i], labels || s.Field(part.field) != nil
	}
	if !open {
		return
	}
	plain, at := sectionWords(p.File, s)
	text := tokens(plain)
	open = false
	for i, list := range w.parts {
		named[i] = named[i] || list.in(text)
		open = open || !named[i]
	}
	// Labels that are known are in the language already.
	if !open || len(text) == 0 || !w.speaks(plain, text, nil) && !(labels && latin(plain)) {
		return
	}
	if what, _ := r.statementReading(p); what.as == "" && !pointsElsewhere(p, s, text) {
		r.ask(p, at, named)
	}
}

// fewBeside is how many words may stand beside links where they are all that a
// section says: “See …”.
const fewBeside = 2

// maxLink is how many bytes of a link's text are looked at.
const maxLink = 1000

// pointsElsewhere reports whether nearly all words of a section are those of
// links: another page says it.
func pointsElsewhere(p *site.Playbook, s *playbook.Section, text []token) bool {
	linked := 0
	var data []byte
	for _, part := range s.Parts {
		lists := []iter.Seq[int]{part.Statement.Links(), part.Onward.Links()}
		for _, it := range part.Items {
			if prose, ok := it.(*playbook.Prose); ok {
				lists = append(lists, prose.HTML.Links())
			}
		}
		for _, list := range lists {
			for i := range list {
				if t := &p.Links[i]; !t.Image && !t.Footnote {
					if data == nil {
						data = p.File.Text()
					}
					linked += words(tokens(linkText(data, t.Span)))
				}
			}
		}
	}
	beside := words(text) - linked
	return linked > 0 && (beside <= fewBeside || beside*5 <= linked)
}

// words counts the words of a text.
func words(text []token) (n int) {
	for _, t := range text {
		if !t.mark {
			n++
		}
	}
	return n
}

// linkText returns what stands in the brackets before the place of a link's
// target, or at its beginning where the target stands elsewhere.
func linkText(data []byte, at source.Span) string {
	if at.Start < at.End && data[at.Start] == '[' {
		text, _, _ := bytes.Cut(data[at.Start+1:at.End], []byte{']'})
		return string(text)
	}
	end := bytes.LastIndex(data[:at.Start], []byte("]("))
	if end < 0 {
		return ""
	}
	depth := 0
	for i := end - 1; i >= max(0, end-maxLink); i-- {
		switch {
		case data[i] == ']':
			depth++
		case data[i] == '[' && depth == 0:
			return string(data[i+1 : end])
		case data[i] == '[':
			depth--
		}
	}
	return ""
}

func (r *run) ask(p *site.Playbook, at source.Span, named []bool) {
	var missing, questions []string
	for i, part := range partNames {
		if !named[i] {
			missing, questions = append(missing, part.missing), append(questions, part.question)
		}
	}
	r.report(p.File.Place(at), "the value proposition names "+joined(missing), strings.Join(questions, " "))
}

// sectionWords returns all that a section says, and where its statement stands;
// where it has none, its heading.
func sectionWords(f *source.File, s *playbook.Section) (string, source.Span) {
	var b strings.Builder
	say := func(text string) { b.WriteString(text); b.WriteString("\n") }
	at := headingWords(f, s.Parts[0].Heading.Span)
	for _, part := range s.Parts {
		if part.StatementText != "" {
			say(part.StatementText)
			at = part.StatementSpan
		}
		for _, it := range part.Items {
			itemWords(it, say)
		}
	}
	return b.String(), at
}

func itemWords(it playbook.Item, say func(string)) {
	switch it := it.(type) {
	case *playbook.Prose:
		say(it.Text)
	case *playbook.FieldList:
		fieldWords(it.Fields, say)
	case *playbook.Entry:
		entryText(it, say)
	case *playbook.EntryTable:
		for _, e := range it.Rows {
			entryText(e, say)
		}
	case *playbook.EntryList:
		for _, li := range it.Items {
			if li.Entry != nil {
				entryText(li.Entry, say)
			}
			if li.Prose != nil {
				say(li.Prose.Text)
			}
		}
	}
}

func entryText(e *playbook.Entry, say func(string)) {
	say(e.Name)
	fieldWords(e.Fields, say)
	say(e.Text)
}

func fieldWords(list []playbook.Field, say func(string)) {
	for _, f := range list {
		if !f.Missing {
			say(f.Text)
		}
	}
}
