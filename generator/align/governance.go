package align

import (
	"cmp"
	"fmt"
	"time"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

func ownerMissing(r *run, p *site.Playbook) {
	owner := p.Meta.Owner
	const hint = "say who keeps it true: “owner: Dana Okafor <dana.okafor@example.com>”"
	switch {
	case owner.Text == "":
		r.report(p.File.Place(p.Meta.PositionSpan), "nobody owns this playbook", hint)
	case playbook.IsMissing(r.languageOf(p), owner.Text):
		r.report(p.File.Place(owner.Span), fmt.Sprintf("nobody owns this playbook: “%s” is no owner", owner.Text), hint)
	}
}

func reviewMissing(r *run, p *site.Playbook) {
	if p.Meta.Reviewed.IsZero() {
		r.report(p.File.Place(p.Meta.PositionSpan), "nothing says when this playbook was last reviewed",
			"give the day on which somebody last held it against what is done: “reviewed: 2026-05-04”")
	}
}

// reviewOverdue compares with the day that the site is built for, never with the
// time of a file.
func reviewOverdue(r *run, p *site.Playbook) {
	if p.Due.IsZero() || !p.Due.Before(r.Site.AsOf) {
		return
	}
	who := cmp.Or(p.Meta.Owner.Text, "whoever owns it")
	r.report(p.File.Place(p.Meta.ReviewedSpan), fmt.Sprintf("the review was due on %s, %s ago", p.Due.Format(time.DateOnly), days(p.Due, r.Site.AsOf)),
		fmt.Sprintf("let %s read it against what is done, and set “reviewed” to that day", playbook.Shorten(who, 60)))
}
