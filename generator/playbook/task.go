package playbook

import (
	"slices"
	"strings"

	"plumb/generator/markdown"
	"plumb/generator/source"
)

// tasks decodes a section of selling tasks. Headings of any depth, and lines
// of bold text used as headings, are roles or groups; which is which is
// settled when all pages are known. A top-level list item is a task.
func (p *partReader) tasks(blocks []markdown.Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *markdown.Heading:
			p.push(p.subhead(b))
		case *markdown.Paragraph:
			if bold := boldLine(b); bold != nil && len(p.pending) == 0 || bold != nil && p.flushed() {
				p.push(p.boldHead(b, bold))
				continue
			}
			p.prose(b)
		case *markdown.List:
			p.taskList(b)
		default:
			p.prose(b)
		}
	}
}

// flushed ends pending prose; it is true so that it can stand in a condition.
func (p *partReader) flushed() bool {
	p.flush()
	return true
}

// push makes a heading the innermost one; those of its own depth or deeper
// end. A line of bold text is deeper than any heading.
func (p *partReader) push(s *Subhead) {
	p.stack = slices.DeleteFunc(slices.Clone(p.stack), func(t *Subhead) bool { return t.Depth >= s.Depth })
	p.stack = append(p.stack, s)
	p.counted = 0
}

// boldDepth is the depth of a line of bold text.
const boldDepth = 7

// boldLine returns the bold text that is all of a paragraph, a colon aside.
func boldLine(b *markdown.Paragraph) *markdown.Emphasis {
	text := markdown.Trim(b.Text)
	if len(text) == 0 || len(text) > 2 {
		return nil
	}
	bold, ok := text[0].(*markdown.Emphasis)
	if !ok || !bold.Strong {
		return nil
	}
	if len(text) == 2 {
		if t, ok := text[1].(*markdown.Text); !ok || cutColon(strings.TrimSpace(t.Value)) != "" {
			return nil
		}
	}
	return bold
}

func (p *partReader) boldHead(b *markdown.Paragraph, bold *markdown.Emphasis) *Subhead {
	name := cutInlineColon(bold.Text)
	text := strings.TrimSpace(markdown.InlineText(name))
	s := &Subhead{
		Heading: Heading{ID: p.uniqueID("group", text), Level: 6, HTML: inlineHTML(name), Text: text, Span: b.At},
		Depth:   boldDepth, Key: Normalize(text), Bold: true, RoleNoun: p.words.soundsLikeRole(text),
	}
	p.note(b.At, "bold line", text, "role or group")
	p.add(s)
	return s
}

// taskList decodes one list of tasks; a list that only text parts from the
// one above goes on with its numbers.
func (p *partReader) taskList(b *markdown.List) {
	list := &TaskList{Ordered: b.Ordered, Start: p.counted + 1}
	if b.Ordered && b.Start > 1 && p.counted == 0 {
		list.Start = b.Start
		p.counted = b.Start - 1
	}
	for _, item := range b.Items {
		if t := p.task(item); t != nil {
			list.Tasks = append(list.Tasks, t)
		}
	}
	if len(list.Tasks) == 0 {
		return
	}
	p.counted += len(list.Tasks)
	if p.trace {
		p.noteBlock(b, itoa(len(list.Tasks))+" tasks"+p.under())
	}
	p.add(list)
}

func (p *partReader) under() string {
	var names []string
	for _, s := range p.stack {
		names = append(names, s.Text)
	}
	if len(names) == 0 {
		return ""
	}
	return " under " + strings.Join(names, " › ")
}

// task decodes a list item: its first paragraph is the task, what is nested
// are its notes.
func (p *partReader) task(item *markdown.Item) *Task {
	t := &Task{Heads: slices.Clone(p.stack), Span: firstLine(p.file, item.At)}
	notes := item.Blocks
	if first, ok := firstParagraph(item.Blocks); ok {
		text := withoutBox(first.Text)
		t.HTML, t.Text = inlineHTML(text), strings.TrimSpace(markdown.InlineText(text))
		notes = notes[1:]
	}
	if len(item.Blocks) == 0 || t.Text == "" && len(notes) == 0 {
		return nil
	}
	if t.Text == "" {
		t.Text = firstWords(markdown.BlockText(notes))
	}
	t.Notes = p.html(notes...)
	t.Links = markdown.LinksIn(item.Blocks)
	sum := source.Sum([]byte(Normalize(t.Text)))
	t.ID = p.uniqueID("", "t-"+sum.String()[:6])
	return t
}

// withoutBox drops the box of a task list: a rep ticks tasks in the site.
func withoutBox(text []markdown.Inline) []markdown.Inline {
	return markdown.Trim(slices.DeleteFunc(slices.Clone(text), func(n markdown.Inline) bool {
		_, box := n.(*markdown.Checkbox)
		return box
	}))
}
