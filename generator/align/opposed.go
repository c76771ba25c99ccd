package align

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// middle parts the two sides of the line.
const middle playbook.Position = 50

// opposition looks for playbooks that contradict one another by where they stand.
type opposition struct {
	*run
	apart playbook.Position
	// sides asks that they stand on both sides of the middle.
	sides bool
	// span is the place in a playbook that a finding rests on.
	span func(*site.Playbook) source.Span
	// most is how many related places a finding shows.
	most int
	// roles are those that the finding concerns.
	roles []string
	// say reports it; the first two of the list stand apart.
	say func([]*site.Playbook)
}

// look looks at playbooks in order on the line. Those that an exception covers
// are no evidence against the others; each is reported by itself, for the
// exception to silence.
func (o *opposition) look(list []*site.Playbook) {
	all := o.opposed(list)
	if len(all) == 0 {
		return
	}
	var free []*site.Playbook
	for _, p := range all {
		if !o.excepted(p, func() source.Span { return o.span(p) }, o.roles...) {
			free = append(free, p)
			continue
		}
		far := all[0]
		if p.Position-far.Position < o.apart || o.sides && p.Position <= middle {
			far = all[len(all)-1]
		}
		o.say([]*site.Playbook{p, far})
	}
	if rest := o.opposed(free); len(rest) > 0 {
		o.say(fromEnds(rest))
	}
}

// fromEnds takes from a list the first, the last, the second, the last but one
// …: where only some are shown, they are of both ends.
func fromEnds(list []*site.Playbook) []*site.Playbook {
	out := make([]*site.Playbook, 0, len(list))
	for i, j := 0, len(list)-1; i <= j; i, j = i+1, j-1 {
		if out = append(out, list[i]); i < j {
			out = append(out, list[j])
		}
	}
	return out
}

// opposed returns the playbooks that another one of the list stands apart from.
func (o *opposition) opposed(list []*site.Playbook) (out []*site.Playbook) {
	if len(list) == 0 {
		return nil
	}
	low, high := list[0].Position, list[len(list)-1].Position
	if high-low < o.apart || o.sides && (low >= middle || high <= middle) {
		return nil
	}
	for _, p := range list {
		below := high-p.Position >= o.apart && (!o.sides || p.Position < middle)
		above := p.Position-low >= o.apart && (!o.sides || p.Position > middle)
		if below || above {
			out = append(out, p)
		}
	}
	return out
}

// excepted reports whether an exception of the text, or of plumb.yaml for its
// path, covers a place of a playbook.
func (r *run) excepted(p *site.Playbook, at func() source.Span, roles ...string) bool {
	for i := range p.Allows {
		a := &p.Allows[i]
		if diag.Code(a.Code) == r.rule.Code && strings.TrimSpace(a.Reason) != "" && a.Covers(p.File.Place(at()).Line) {
			return true
		}
	}
	for _, a := range r.Site.Config.Checks.Allow {
		e := exception{path: cleanPath(a.Path.Text)}
		switch {
		case diag.Code(a.Code.Text) != r.rule.Code || a.Path.Text == "" || strings.TrimSpace(a.Reason.Text) == "":
		case a.Until != "" && a.Until < r.Site.AsOf.Format(time.DateOnly):
		case a.Role.Text != "" && !slices.Contains(roles, a.Role.Text):
		case e.in(p.File.Path):
			return true
		}
	}
	return false
}

// places are the related places of a finding, as many as are shown; the last of
// them says how many more there are.
func (o *opposition) places(list []*site.Playbook, message func(*site.Playbook) string) (out []diag.Related) {
	for _, p := range list[:min(len(list), o.most)] {
		out = append(out, also(p.Page.Page, o.span(p), message(p)))
	}
	andMore(out, len(list)-len(out), false)
	return out
}

// andMore says in the last of the related places how many playbooks more there
// are, or that there are more than that.
func andMore(list []diag.Related, n int, least bool) {
	if n <= 0 && !least || len(list) == 0 {
		return
	}
	count := fmt.Sprintf(", and %d more playbooks", n)
	switch {
	case least && n <= 0:
		count = ", and perhaps more playbooks"
	case least:
		count = fmt.Sprintf(", and at least %d more playbooks", n)
	case n == 1:
		count = ", and one more playbook"
	}
	list[len(list)-1].Message += count
}

// headingOf is the first heading of a role with tasks of its own in a playbook.
func headingOf(s *site.Site, p *site.Playbook, r *site.Role) source.Span {
	for i := range p.Tasks {
		if p.Tasks[i].Role != r {
			continue
		}
		for _, h := range slices.Backward(p.Tasks[i].Heads) {
			if s.RoleOf(h) == r {
				return headingWords(p.File, h.Span)
			}
		}
	}
	return source.Span{}
}

// segmentSpan is where a playbook names a segment; its position where it does not.
func segmentSpan(p *site.Playbook, id string) source.Span {
	for _, v := range p.Meta.Segments {
		if v.Text == id {
			return v.Span
		}
	}
	return p.Meta.PositionSpan
}
