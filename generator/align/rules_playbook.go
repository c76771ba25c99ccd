package align

import "plumb/generator/diag"

// The codes of findings about one playbook.
const (
	SectionMissing          diag.Code = "section-missing"
	RoleWithoutTasks        diag.Code = "role-without-tasks"
	ProcessNotCalled        diag.Code = "process-not-called"
	MetricWithoutDefinition diag.Code = "metric-without-definition"
	MetricDefinedTwice      diag.Code = "metric-defined-twice"
	InitiativeWithoutValue  diag.Code = "initiative-without-value"
	InitiativeWithoutMetric diag.Code = "initiative-without-metric"
	InitiativeEnded         diag.Code = "initiative-ended"
	OwnerMissing            diag.Code = "owner-missing"
	ReviewMissing           diag.Code = "review-missing"
	ReviewOverdue           diag.Code = "review-overdue"
	BasisAgainstPosition    diag.Code = "basis-against-position"
)

var playbookRules = []Rule{
	{
		Code: SectionMissing, Severity: diag.Warning, each: sectionMissing,
		Title: "A playbook lacks one of its core sections",
		Text: "A live playbook has no value proposition, no buyers, no selling tasks, no support processes or no metrics. There is one finding a playbook, and one for each section that says only that it is to follow (“TBD”), at its heading. " +
			"The first five headings that no section is known by are listed. Where one of them is likely to be a section under a name of your own, the line to paste into plumb.yaml is given; headings there hold for all playbooks. Where none is, the heading to write is.\n\n" +
			"An exception above the text silences what is missing as a whole. Drafts and retired playbooks are not looked at.",
		Why:  "A position on the line is a promise to do five things in a way of its own: to whom to sell, what to do there, who helps, and what is counted. What is left out is done in the way of the firm's other end.",
		Bad:  "## Value proposition\n…\n## Who we meet\n…",
		Good: "## Value proposition\n…\n## Buyers\n…\n## Selling tasks\n…\n## Support processes\n…\n## Metrics\n…",
	},
	{
		Code: RoleWithoutTasks, Severity: diag.Warning, each: roleWithoutTasks, all: registerWithoutTasks,
		Title: "A role is named and has no task",
		Text: "A heading among the selling tasks names a role, and no task stands below it anywhere in the playbook; a task is an item of a list. Or a role of the register in plumb.yaml has no task of its own in any live playbook; tasks that are everyone's do not count for it.\n\n" +
			"While a text cannot be read, the register is not looked at: the tasks may stand there.",
		Why:  "Whoever has the role opens the page two minutes before a call and finds nothing to do. Either the task is missing, or the role is not part of this sale.",
		Bad:  "### Account manager\n1. Map tools, sites and repair spend.\n### Field engineer\n## Objections",
		Good: "### Account manager\n1. Map tools, sites and repair spend.\n### Field engineer\n1. Demonstrate on the customer's site.",
	},
	{
		Code: ProcessNotCalled, Severity: diag.Warning, each: processNotCalled, all: houseProcessNotCalled,
		Title: "Nothing calls on a support process",
		Text: "A support process stands in a playbook, no task links to it, and no other text of the playbook names it: no task or note, no objection, no question, no other process. Forms of its words count, in any order within a paragraph, and so does its abbreviation in capitals. " +
			"A process of processes.md is looked for in all live playbooks.\n\nThree or more in one playbook are one finding.",
		Why:  "Help that no task asks for is paid for and not used, or it is asked for by those who happen to know of it.",
		Bad:  "### Account manager\n1. Send the offer.\n## Support processes\n- **Contract review:** within three days.",
		Good: "### Account manager\n1. Send the offer once [contract review](#contract-review) has read it.\n## Support processes\n### Contract review\nAnswer within: three days.",
	},
	{
		Code: MetricWithoutDefinition, Severity: diag.Warning, each: metricWithoutDefinition, all: houseMetricWithoutDefinition,
		Title: "A metric has no definition",
		Text: "A metric of a playbook has no definition, and no text that could be one; nor does metrics.md define a metric of that name. A name that says what is counted is its own definition: one of five words or more, one with “/” or “%” in it, or with a time in parentheses (“Downloads (48h)”). Customer metrics are not looked at.\n\n" +
			"Three or more in one playbook are one finding.",
		Why:  "People are paid by it. Without a definition everyone counts in the way that suits them, and two teams that report the same number mean different things.",
		Bad:  "| Metric | Role | Target |\n| --- | --- | --- |\n| Renewals | Account manager | 90% |",
		Good: "| Metric | Role | Definition | Target |\n| --- | --- | --- | --- |\n| Renewals | Account manager | contracts renewed / contracts due in the quarter | 90% |",
	},
	{
		Code: MetricDefinedTwice, Severity: diag.Warning, all: metricDefinedTwice,
		Title: "One metric has two definitions",
		Text: "Metrics of one name have different definitions, in two live playbooks or in a playbook and metrics.md. Letter case, accents and punctuation do not count; nor does a definition that says another and adds to it, in any order of the sentences; nor, from twenty words on, other forms and fillers: 85 in a hundred words are the same and all numbers and negations. What stands beside a link to metrics.md is a remark, not a definition. " +
			"There is one finding a name, at the second definition.",
		Why:  "The number is compared across playbooks, and it is not the same number. The two ends of the line often need different metrics; then they need different names too.",
		Bad:  "less.md: - **Cost to serve:** selling cost / net sales\nmore.md: - **Cost to serve:** service hours / contracts",
		Good: "less.md: - **Cost to serve:** selling cost / net sales\nmore.md: - **Hours per contract:** service hours / contracts",
	},
	{
		Code: InitiativeWithoutValue, Severity: diag.Warning, each: initiativeWithoutValue,
		Title: "An initiative raises neither financial nor brand value",
		Text:  "An initiative has neither a financial nor a brand value, or says “TBD” for both. One of the two is enough. Three or more in one playbook are one finding.",
		Why:   "To fund selling initiatives that raise neither is among the most expensive mistakes in aligning strategy and sales: they take the time of those who sell, and nobody can say what for.",
		Bad:   "| Initiative | Financial value | Brand value |\n| --- | --- | --- |\n| New demo van | | TBD |",
		Good:  "| Initiative | Financial value | Brand value |\n| --- | --- | --- |\n| New demo van | | seen at work on 40 sites a year |",
	},
	{
		Code: InitiativeWithoutMetric, Severity: diag.Warning, each: initiativeWithoutMetric,
		Title: "Nothing measures an initiative",
		Text:  "An initiative names no metric, or says “TBD”. That the metric exists is another finding: unknown-metric. Three or more in one playbook are one finding.",
		Why:   "Without a metric nobody will know whether it worked, and it goes on because it is there.",
		Bad:   "- **New demo van.** Brand value: seen at work. Ends: 2030-03-31.",
		Good:  "- **New demo van.** Brand value: seen at work. Metric: Demonstrations with a crew. Ends: 2030-03-31.",
	},
	{
		Code: InitiativeEnded, Severity: diag.Warning, each: initiativeEnded,
		Title: "An initiative is past its end",
		Text: "The end of an initiative lies before the day that is built for (`--as-of`, else today in UTC). It may be a day, a month, a quarter, half a year or a year: “2026-03-31”, “March 2026”, “Q1 2026”, “31.3.2026”. " +
			"What could mean two days (“3/4/2026”) or a firm's own year (“FY26”) is left alone.",
		Why:  "What has ended and still stands in the playbook is still worked on, or has taught nobody anything.",
		Bad:  "- **New demo van.** Brand value: seen at work. Metric: Demonstrations. Ends: Q1 2020.",
		Good: "- **New demo van.** Brand value: seen at work. Metric: Demonstrations. Ends: Q1 2030.",
	},
	{
		Code: OwnerMissing, Severity: diag.Warning, each: ownerMissing,
		Title: "Nobody owns a playbook",
		Text:  "The front matter of a live playbook names no `owner`, or “TBD”.",
		Why:   "A playbook that nobody owns is right on the day it is written. Reps who meet one that is out of date stop reading the others.",
		Bad:   "position: 78\nsegment: mid-size-contractors",
		Good:  "position: 78\nsegment: mid-size-contractors\nowner: Dana Okafor <dana.okafor@example.com>",
	},
	{
		Code: ReviewMissing, Severity: diag.Warning, each: reviewMissing,
		Title: "Nothing says when a playbook was last reviewed",
		Text:  "The front matter of a live playbook has no `reviewed`. When a file was last saved says nothing about it and is not asked.",
		Why:   "A reader cannot tell whether it still holds, and nobody is told when to look again.",
		Bad:   "position: 78\nowner: Dana Okafor",
		Good:  "position: 78\nowner: Dana Okafor\nreviewed: 2026-05-04",
	},
	{
		Code: ReviewOverdue, Severity: diag.Warning, each: reviewOverdue,
		Title: "A review is overdue",
		Text:  "The day of the last review and the period (`review_every`, in the front matter or in plumb.yaml) lie before the day that is built for (`--as-of`, else today in UTC). On the day itself it is due, and not overdue.",
		Why:   "Competitors, prices and people change faster than playbooks.",
		Bad:   "reviewed: 2020-05-04\nreview_every: 6 months",
		Good:  "reviewed: 2026-05-04\nreview_every: 6 months",
	},
	{
		Code: BasisAgainstPosition, Severity: diag.Warning, each: basisAgainstPosition,
		Title: "“We compete on” contradicts the position",
		Text: "The line “We compete on” of the value proposition says cost or price where the position is on the side that sells it for more, or willingness to pay, quality or service where it is on the side that makes it for less. What a clause negates does not count (“not unit price”), nor does a cost that is the customer's (“cost per working hour”). " +
			"Where the line says both, or neither, nothing is said. Only this line is read, in English, German, French, Spanish, Portuguese and Japanese: words alone never judge a task, for to help a customer cut a bill is premium service.",
		Why:  "It is the one line that says which of the two the firm does. A playbook that says one and stands at the other sends its reps both ways.",
		Bad:  "position: 85\n…\n- **We compete on:** the lowest price in the region",
		Good: "position: 85\n…\n- **We compete on:** fewer crew hours lost, not unit price",
		Limits: []Limit{
			{Name: "high", Default: 60, Min: 51, Max: 100, Text: "the position from which on a playbook sells for more"},
			{Name: "low", Default: 40, Min: 0, Max: 49, Text: "the position up to which a playbook makes it for less"},
		},
	},
}
