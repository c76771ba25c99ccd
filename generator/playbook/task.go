package playbook

import (
	"cmp"
	"slices"
	"strings"

	"plumb/generator/markdown"
	"plumb/generator/source"
)

// tasks decodes a section of selling tasks. Headings of any depth, and lines
// of bold text used as headings, are roles or groups; which is which is
// settled when all pages are known. A top-level list item is a task.
func (p *partReader) tasks(blocks []markdown.Block) {
	for i, b := range blocks {
		switch b := b.(type) {
		case *markdown.Heading:
			p.push(p.subhead(b))
		case *markdown.Paragraph:
			name := p.headLine(b)
			if name == nil && i+1 < len(blocks) && isList(blocks[i+1]) {
				name = p.roleLine(b)
			}
			if name == nil {
				p.prose(b)
				continue
			}
			p.flush()
			p.push(p.lineHead(b.At, name))
		case *markdown.List:
			p.taskList(b)
		default:
			p.prose(b)
		}
	}
}

// headLine returns the bold text that is all of a paragraph and reads as a
// heading; a sentence in bold is text.
func (p *partReader) headLine(b *markdown.Paragraph) []markdown.Inline {
	bold := boldLine(b)
	if bold == nil || !isTitle(markdown.InlineText(bold.Text)) || p.words.isMissing(markdown.InlineText(bold.Text)) {
		return nil
	}
	return bold.Text
}

// roleLine returns the text of a line above a list that is nothing but the name
// of a role and a colon: “Account manager:”.
func (p *partReader) roleLine(b *markdown.Paragraph) []markdown.Inline {
	text := strings.TrimSpace(markdown.InlineText(b.Text))
	if name := cutColon(text); name == text || !p.isRole(name) {
		return nil
	}
	return b.Text
}

// isRole reports whether a text is the name of a declared role or, where none
// is declared, reads as one.
func (p *partReader) isRole(name string) bool {
	if len(p.words.registered) > 0 {
		return p.words.registered[headKey(name)]
	}
	return p.words.soundsLikeRole(name)
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

// lineHead makes a heading of a line of text.
func (p *partReader) lineHead(at source.Span, line []markdown.Inline) *Subhead {
	name := cutInlineColon(line)
	text := strings.TrimSpace(markdown.InlineText(name))
	s := &Subhead{
		Heading: Heading{ID: p.uniqueID("group", text), Level: 6, HTML: p.inlineHTML(name), Text: text, Span: at},
		Depth:   boldDepth, Key: headKey(text), Bold: true, RoleNoun: p.words.soundsLikeRole(text),
	}
	p.note(at, "line", text, "role or group")
	p.add(s)
	return s
}

// headKey is the form in which a heading among tasks is compared with roles:
// also a bare number before it is no part of the name.
func headKey(text string) string { return dropNumber(Normalize(text)) }

// taskList decodes one list of tasks; a list that only text parts from the
// one above goes on with its numbers. An item that is nothing but the bold name
// of a role, with a list of its own, is that role's heading.
func (p *partReader) taskList(b *markdown.List) {
	if p.words.isMissing(markdown.BlockText([]markdown.Block{b})) {
		p.prose(b)
		return
	}
	rest := *b
	for len(rest.Items) > 0 {
		n := slices.IndexFunc(rest.Items, p.isRoleItem)
		if n < 0 {
			n = len(rest.Items)
		}
		p.taskItems(&rest, rest.Items[:n])
		if rest.Items = rest.Items[n:]; len(rest.Items) > 0 {
			p.roleItem(rest.Items[0])
			rest.Items = rest.Items[1:]
		}
	}
}

// isRoleItem reports whether a list item is the bold name of a role with the
// lists of its tasks.
func (p *partReader) isRoleItem(item *markdown.Item) bool {
	first, ok := firstParagraph(item.Blocks)
	if !ok || len(item.Blocks) < 2 || slices.ContainsFunc(item.Blocks[1:], func(b markdown.Block) bool { return !isList(b) }) {
		return false
	}
	bold := boldLine(first)
	return bold != nil && p.isRole(markdown.InlineText(cutInlineColon(bold.Text)))
}

// roleItem decodes the item of a role. The items behind it are not the role's.
func (p *partReader) roleItem(item *markdown.Item) {
	above := p.stack
	first := item.Blocks[0].(*markdown.Paragraph)
	p.flush()
	p.push(p.lineHead(first.At, boldLine(first).Text))
	for _, b := range item.Blocks[1:] {
		p.taskList(b.(*markdown.List))
	}
	p.stack, p.counted = above, 0
}

func (p *partReader) taskItems(b *markdown.List, items []*markdown.Item) {
	list := &TaskList{Ordered: b.Ordered, Start: p.counted + 1}
	if b.Ordered && b.Start > 1 && p.counted == 0 {
		list.Start = b.Start
		p.counted = b.Start - 1
	}
	for _, item := range items {
		if t := p.task(item); t != nil {
			list.Tasks = append(list.Tasks, t)
		}
	}
	if len(list.Tasks) == 0 {
		return
	}
	p.counted += len(list.Tasks)
	if p.trace {
		p.note(items[0].At, "list", markdown.BlockText(items[0].Blocks), tasksUnder(len(list.Tasks))+p.under())
	}
	p.add(list)
}

func tasksUnder(n int) string {
	if n == 1 {
		return "1 task"
	}
	return itoa(n) + " tasks"
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
	t := &Task{Heads: p.stack, Span: firstLine(p.file, item.At)}
	notes := item.Blocks
	if first, ok := firstParagraph(item.Blocks); ok {
		text := withoutBox(first.Text)
		t.HTML, t.Text = p.inlineHTML(text), strings.TrimSpace(markdown.InlineText(text))
		notes = notes[1:]
	}
	t.Notes = p.html(notes...)
	if t.HTML.IsZero() && t.Notes.IsZero() {
		return nil
	}
	if t.Text == "" {
		t.Text = cmp.Or(firstWords(markdown.BlockText(notes)), "…") // a picture, say
	}
	t.Links = markdown.LinksIn(item.Blocks)
	sum := source.Sum(appendNormal(make([]byte, 0, mostKey), t.Text))
	t.Key = sum.Short()
	t.ID = p.uniqueID("", "t-"+sum.String()[:6])
	return t
}

// withoutBox drops the box of a task list: a rep ticks tasks in the site.
func withoutBox(text []markdown.Inline) []markdown.Inline {
	if slices.ContainsFunc(text, isBox) {
		text = slices.DeleteFunc(slices.Clone(text), isBox)
	}
	return markdown.Trim(text)
}

func isBox(n markdown.Inline) bool {
	_, box := n.(*markdown.Checkbox)
	return box
}
