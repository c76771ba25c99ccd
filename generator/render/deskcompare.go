package render

import (
	"html/template"

	"plumb/generator/playbook"
)

// What two playbooks far apart may not have in common: so many of three or more,
// in percent of the shorter list.
const (
	copiedShare = 80
	copiedItems = 3
)

// deskSame are the kinds that the desk counts, with what a playbook has of them.
// The script of the page counts the same for other pairs.
var deskSame = []struct {
	kind playbook.Kind
	keys func(*comparand) []string
}{
	{playbook.SellingTasks, func(c *comparand) (out []string) {
		for _, t := range c.Tasks {
			out = append(out, t.Key)
		}
		return out
	}},
	{playbook.Buyers, func(c *comparand) (out []string) {
		for _, x := range c.Buyers {
			out = append(out, x.Key)
		}
		return out
	}},
	{playbook.SupportProcesses, func(c *comparand) (out []string) {
		for _, x := range c.Processes {
			out = append(out, x.Key)
		}
		return out
	}},
	{playbook.Metrics, func(c *comparand) (out []string) {
		for _, x := range c.Metrics {
			out = append(out, x.Key)
		}
		return out
	}},
	{playbook.Assets, func(c *comparand) (out []string) {
		for _, x := range c.Assets {
			out = append(out, x.Key)
		}
		return out
	}},
}

// deskComparison is the two ends of the line side by side, as compare.html shows
// them, and how much of them is the same.
func (r *Renderer) deskComparison(at string) (*Compare, template.HTML) {
	v := &Compare{Words: r.compareWords()}
	ends := r.ends()
	if ends == nil {
		return v, ""
	}
	c := &comparison{body: r.newBody(at, nil, 1), a: r.comparand(ends[0]), b: r.comparand(ends[1])}
	c.write()
	v.Body = c.html()
	for _, s := range deskSame {
		c.same(s.kind, s.keys(c.a), s.keys(c.b))
	}
	return v, c.html()
}

// same writes how much of one kind is the same.
func (c *comparison) same(kind playbook.Kind, a, b []string) {
	inA, inB, both := set(a), set(b), 0
	for key := range inB {
		if inA[key] {
			both++
		}
	}
	shorter := min(len(inA), len(inB))
	c.raw(`<li`)
	apart := max(c.b.Position.Value-c.a.Position.Value, c.a.Position.Value-c.b.Position.Value)
	isCopied := shorter >= copiedItems && both*100 >= copiedShare*shorter && apart >= farApart
	if isCopied {
		c.raw(` class="odd"`)
	}
	c.raw(`>`)
	c.text(c.word("section." + kind.String()))
	c.raw(`: `)
	c.text(c.word("desk.same", both, shorter))
	if isCopied {
		c.raw(` <strong class="bad">`)
		c.text(c.word("desk.copied"))
		c.raw("</strong>")
	}
	c.raw("</li>")
}

// set is the keys that are not empty.
func set(keys []string) map[string]bool {
	out := map[string]bool{}
	for _, k := range keys {
		if k != "" {
			out[k] = true
		}
	}
	return out
}
