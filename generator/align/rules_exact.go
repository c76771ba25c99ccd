package align

import (
	"fmt"
	"time"

	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// The codes of errors that only a linked site shows.
const (
	DuplicatePlaybook diag.Code = "duplicate-playbook"
	ReviewInFuture    diag.Code = "review-in-future"
	UnknownMetric     diag.Code = "unknown-metric"
)

// exactRules find what cannot be meant.
var exactRules = []Rule{
	{
		Code: DuplicatePlaybook, Severity: diag.Error,
		Title: "Two live playbooks have one title and one segment",
		Text: "Two live playbooks in one language have the same title, letter case and punctuation aside, and a segment in common; or they say the very same. The second of them, in their order on the line, names the first. " +
			"The same title for two different segments is fine, and so are a draft and a retired playbook beside a live one.",
		Why:  "A rep who looks for the playbook of this segment finds two, and nobody can say which of them holds. Most often one is a copy that somebody began to edit.",
		Bad:  "# fleet.md              # fleet-new.md\ntitle: Fleet contract   title: Fleet Contract\nsegment: contractors    segment: contractors",
		Good: "# fleet.md              # fleet-new.md\ntitle: Fleet contract   title: Fleet contract\nsegment: contractors    segment: contractors\nstatus: retired",
		all:  duplicatePlaybooks,
	},
	{
		Code: ReviewInFuture, Severity: diag.Error,
		Title: "A playbook was reviewed on a day that has not come",
		Text:  "`reviewed` names a day after the one that is built for (`--as-of`, else today in UTC).",
		Why:   "Nobody can have reviewed it then: the year is mistyped, or it is the day of the next review, which `review_every` gives. While it stands, the review never falls due.",
		Bad:   "reviewed: 2062-03-02",
		Good:  "reviewed: 2026-03-02\nreview_every: 6 months",
		each:  reviewInFuture,
	},
	{
		Code: UnknownMetric, Severity: diag.Error,
		Title: "An initiative names a metric that does not exist",
		Text: "The field Metric of an initiative names no metric of the playbook or of metrics.md. Names are compared without letter case, accents and punctuation; words may stand before and behind a name, a name may be shortened to some of its words, and several may stand in one cell: of those only what is nearly the name of a metric is reported. A link is checked as every link is, and an empty cell or “TBD” is another finding. " +
			"Where neither the playbook nor the house defines a metric, nothing is said.",
		Why:  "An initiative is funded because it moves a number. Where the number is defined nowhere, it cannot fail, and it will be extended.",
		Bad:  "## Metrics\n- **Audits done.** Definition: audits with both foremen\n\n## Initiatives\n- **Audit van.** Financial value: … Metric: Adits done",
		Good: "## Metrics\n- **Audits done.** Definition: audits with both foremen\n\n## Initiatives\n- **Audit van.** Financial value: … Metric: Audits done, up 20 %",
		each: unknownMetric,
	},
}

// duplicatePlaybooks reports each playbook once, with the first that is the
// same.
func duplicatePlaybooks(r *run) {
	type key struct{ title, language, segment string }
	titles, texts := map[key]*site.Playbook{}, map[source.Digest]*site.Playbook{}
	for _, p := range r.Site.Playbooks {
		k := key{title: playbook.Normalize(p.Title), language: p.Meta.Lang}
		if k.title == "" {
			k.title = p.Title
		}
		if k.language == "" {
			k.language = r.Site.Config.Language
		}
		var first *site.Playbook
		for _, v := range p.Meta.Segments {
			k.segment = v.Text
			if q := titles[k]; q == nil {
				titles[k] = p
			} else if first == nil {
				first = q
				r.sayDuplicate(p, q, v)
			}
		}
		if q := texts[p.Sum]; q == nil && p.Sum != (source.Digest{}) {
			texts[p.Sum] = p
		} else if q != nil && first == nil {
			r.sayDuplicate(p, q, source.Value{})
		}
	}
}

func (r *run) sayDuplicate(p, q *site.Playbook, segment source.Value) {
	message := fmt.Sprintf("“%s” stands twice for the segment “%s”", p.Title, segment.Text)
	if segment.Text == "" {
		message = fmt.Sprintf("“%s” says the very same as another playbook", p.Title)
	}
	at := func(p *site.Playbook) source.Span {
		if p.Meta.Title.Text != "" {
			return p.Meta.Title.Span
		}
		return segmentSpan(p, segment.Text)
	}
	r.report(p.File.Place(at(p)), message, "retire one of the two (status: retired), make one of them, or say in the title what parts them",
		also(q.Page.Page, at(q), "the first is here"))
}

func reviewInFuture(r *run, p *site.Playbook) {
	if r.Site.AsOf.IsZero() || !p.Meta.Reviewed.After(r.Site.AsOf) {
		return
	}
	today := r.Site.AsOf.Format(time.DateOnly)
	r.report(p.File.Place(p.Meta.ReviewedSpan),
		fmt.Sprintf("“reviewed” is %s, which is after %s, the day that is built for", p.Meta.Reviewed.Format(time.DateOnly), today),
		"write the day of the last review; review_every: 6 months says when the next is due")
}
