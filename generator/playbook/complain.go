package playbook

import (
	"slices"

	"plumb/generator/diag"
	"plumb/generator/markdown"
	"plumb/generator/source"
)

// wanted are the kinds whose sections are of use only with entries.
var wanted = map[Kind]string{
	SellingTasks:     "no task in this section: a task is an item of a list",
	Objections:       "no objection in this section: one is a table row, a deeper heading with its answer, or a list item that begins in bold",
	Buyers:           "no buyer in this section: one is a table row, a deeper heading, or a list item that begins in bold",
	SupportProcesses: "no process in this section: one is a table row, a deeper heading, or a list item that begins in bold",
	Metrics:          "no metric in this section: one is a table row, a deeper heading, or a list item that begins in bold",
}

const keptHint = "the text is kept and shown; plumb inspect shows what was understood"

// complain notes a section in which nothing of its kind was found though it
// has text, and a heading among tasks with text in place of a list.
func (p *partReader) complain(o *open) {
	message, ok := wanted[p.kind]
	if !ok || o.heading == nil || len(p.part.Items) == 0 {
		return
	}
	if slices.ContainsFunc(p.part.Items, isWanted) {
		if p.kind == SellingTasks {
			p.headsWithoutTasks(o.blocks)
		}
		return
	}
	at := o.heading.At
	if i := slices.IndexFunc(o.blocks, saysSomething); i >= 0 {
		at = firstLine(p.file, o.blocks[i].Span())
	}
	p.say(at, message)
}

// isWanted reports whether an item is, or holds, an entry or a task.
func isWanted(it Item) bool {
	list, ok := it.(*TaskList)
	return ok && len(list.Tasks) > 0 || len(entriesOf(it)) > 0
}

func (p *partReader) say(at source.Span, message string) {
	p.list = append(p.list, diag.New(diag.Note, diag.NoEntries, p.file.Place(at), message, keptHint))
}

// headsWithoutTasks notes each heading among tasks that has text and no list
// down to the next heading.
func (p *partReader) headsWithoutTasks(blocks []markdown.Block) {
	for i, b := range blocks {
		if _, ok := b.(*markdown.Heading); !ok {
			continue
		}
		below := blocks[i+1:]
		if n := slices.IndexFunc(below, isHeading); n >= 0 {
			if next := below[n].(*markdown.Heading); next.Level > b.(*markdown.Heading).Level {
				continue // what stands here introduces deeper headings
			}
			below = below[:n]
		}
		if first := slices.IndexFunc(below, saysSomething); first >= 0 && !slices.ContainsFunc(below, isList) {
			p.say(firstLine(p.file, below[first].Span()), "no task below this heading: a task is an item of a list")
		}
	}
}

func isHeading(b markdown.Block) bool {
	_, ok := b.(*markdown.Heading)
	return ok
}

func isList(b markdown.Block) bool {
	_, ok := b.(*markdown.List)
	return ok
}

// saysSomething reports whether a block shows text and is no heading.
func saysSomething(b markdown.Block) bool {
	switch b.(type) {
	case *markdown.Paragraph, *markdown.Table, *markdown.Quote, *markdown.CodeBlock, *markdown.List:
		return true
	}
	return false
}
