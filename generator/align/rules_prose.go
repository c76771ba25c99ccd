package align

import "plumb/generator/diag"

// The codes of findings from prose, and of what is asked of a set of metrics.
const (
	ReadsAsGoal         diag.Code = "value-proposition-is-a-goal"
	ReadsAsMission      diag.Code = "value-proposition-is-a-mission"
	Unclear             diag.Code = "value-proposition-unclear"
	MiddleWithoutReason diag.Code = "middle-without-reason"
	MetricsAllLagging   diag.Code = "metrics-all-lagging"
	MetricsAllVolume    diag.Code = "metrics-all-volume"
	MetricsWithoutBrand diag.Code = "metrics-without-brand"
)

// onlyProse is what holds for all rules on a value proposition's words.
const onlyProse = "Only the section of the value proposition is read, and only where page and text are in English; texts in other languages are left alone. "

var proseRules = []Rule{
	{
		Code: ReadsAsGoal, Severity: diag.Note, each: readsAsGoal,
		Title: "The value proposition reads as a goal or a forecast",
		Text: "The statement, the first paragraph of the value proposition, says what the firm wants to reach or expects to happen: “our goal is”, a year to come, revenue, market share, “we will grow”. The phrases that decided it are quoted; they stand in a list with points, and what speaks of an offer (the customer addressed, a price, a comparison, a product that does something) is taken off. " +
			"Where labels below the statement name the customer and the alternative or the basis, it takes more.\n\n" + onlyProse + "A note, for words can mislead: where it is a value proposition after all, allow the finding and say why.",
		Why:  "A goal says what the firm gets. A rep cannot offer it to anyone, and a customer has no reason to pay for it. It is not wrong; it belongs to the metrics and the initiatives.",
		Bad:  "## Value proposition\nWe will become the leading supplier to mid-size contractors and grow revenue by 20% by 2028.",
		Good: "## Value proposition\nFor contractors whose crews wait when a tool fails, we swap it within a working day;\nit costs more than buying and repairing, and spares them hours that cost more still.",
	},
	{
		Code: ReadsAsMission, Severity: diag.Note, each: readsAsMission,
		Title: "The value proposition reads as a mission, a purpose, a vision or values",
		Text: "The statement, the first paragraph of the value proposition, says why the firm exists, what the world will be like, or how people there behave: “our mission is”, “to inspire”, “a world where”, “we believe”. The phrases that decided it are quoted; they stand in a list with points, and what speaks of an offer (the customer addressed, a price, a comparison, a product that does something) is taken off. A single word such as “mission” or “leading” decides nothing. " +
			"Where labels below the statement name the customer and the alternative or the basis, it takes more.\n\n" + onlyProse + "A note, for words can mislead: where it is a value proposition after all, allow the finding and say why.",
		Why:  "A mission fits both ends of the line, and so it tells nobody what to do at either. Two firms with the same mission can win with the lowest price and with the best service.",
		Bad:  "## Value proposition\nOur mission is to inspire builders everywhere and to create a better world.",
		Good: "## Value proposition\nBuilders who know what they need get standard tools two days later,\nat the lowest price in the region.",
	},
	{
		Code: Unclear, Severity: diag.Note, each: leavesOpen,
		Title: "The value proposition leaves open for whom, instead of what, or on what basis",
		Text: "The section of the value proposition names no customer, no alternative (what they would do or buy otherwise), or no basis (what they save, or what they pay more for). There is one finding a playbook, with what is missing as questions. A labelled line counts (“Customer: …”, “Next best alternative: …”, “We compete on: …”), and so does prose, generously: “for”, “you” or any kind of people or firms for the customer; “than”, “without”, any comparison for the alternative; money, time, ease, risk or quality for the basis.\n\n" +
			onlyProse + "It is asked at every place on the line alike: for clarity, not for extremity. A statement that reads as a goal or a mission is reported as that, and not here; a section that is hardly more than a link to where it is written is left alone.",
		Why:  "Without a customer and an alternative nobody can say whether it costs less or is worth more, and that is what decides the place on the line.",
		Bad:  "## Value proposition\nIntegrated tool logistics.",
		Good: "## Value proposition\nFor contractors with crews on five sites: a working tool within a day,\ninstead of a repair that takes a week.",
	},
	{
		Code: MiddleWithoutReason, Severity: diag.Note, each: middleWithoutReason,
		Title: "A playbook is in the middle of the line and says no reason",
		Text:  "The position lies between the two sides, where other rules count a playbook to neither (41 to 59), and the front matter has no `position_reason`. The middle is no fault; what is asked for is a sentence.",
		Why:   "Warehouse clubs and grocers of good food at fair prices do well in the middle, and know why. Most who stand there did not want to choose.",
		Bad:   "position: middle\nsegment: households",
		Good:  "position: middle\nposition_reason: Members pay a fee for few, good goods at cost; neither end gives them both.\nsegment: households",
		Limits: []Limit{
			{Name: "from", Default: 41, Min: 0, Max: 50, Text: "the position from which on a playbook is in the middle"},
			{Name: "to", Default: 59, Min: 50, Max: 100, Text: "the position up to which it is"},
		},
	},
	{
		Code: MetricsAllLagging, Severity: diag.Note, each: metricsAllLagging,
		Title: "All metrics are lagging",
		Text:  "Three or more metrics of a playbook say their kind, or metrics.md says it, and all are lagging. Metrics that say no kind do not count. Only the sections of metrics that measure the seller are looked at.",
		Why:   "A lagging metric tells at the end of the quarter what could have been changed at its beginning.",
		Bad:   "| Metric | Kind |\n| --- | --- |\n| Renewals | lagging |\n| Price realised | lagging |\n| Promise kept | lagging |",
		Good:  "| Metric | Kind |\n| --- | --- |\n| Surveys with both workshops | leading |\n| Renewals | lagging |\n| Price realised | lagging |",
	},
	{
		Code: MetricsAllVolume, Severity: diag.Note, each: metricsAllVolume,
		Title: "All metrics count volume where the playbook sells for more",
		Text:  "The position is on the side that sells for more, the playbook has three or more metrics, and the name and definition of each speak of an amount (units, orders, calls, revenue, number of …) and of nothing that it is worth: no price, margin, renewal, satisfaction, quality, time, share or rate. Definitions in metrics.md count. Only metrics that measure the seller are looked at, and only in English.",
		Why:   "Who is measured by volume alone sells volume: the fastest way to it is a lower price, and the position is given away deal by deal.",
		Bad:   "position: 85\n…\n## Metrics\n- **Number of visits.**\n- **Orders won.**\n- **Revenue.**",
		Good:  "position: 85\n…\n## Metrics\n- **Number of visits.**\n- **Price realised.** Definition: invoiced price / list price.\n- **Renewals.**",
		Limits: []Limit{
			{Name: "high", Default: 60, Min: 51, Max: 100, Text: "the position from which on a playbook sells for more"},
		},
	},
	{
		Code: MetricsWithoutBrand, Severity: diag.Note, each: metricsWithoutBrand,
		Title: "No metric is for the brand",
		Text:  "A playbook has three or more metrics, none says that its side is the brand, and none speaks of it in its name or definition: satisfaction, recommendation, retention (NRR, GRR), renewal, trust, promise, complaints, reputation. What metrics.md says of a metric counts. In a language other than English only the sides are looked at, and only where every metric says its own. Only metrics that measure the seller are looked at.",
		Why:   "Selling spends the brand or builds it. Where only money is counted, nobody sees which until customers are gone.",
		Bad:   "| Metric | Kind |\n| --- | --- |\n| New contracts | lagging (financial) |\n| Margin | lagging (financial) |\n| Visits | leading (financial) |",
		Good:  "| Metric | Kind |\n| --- | --- |\n| New contracts | lagging (financial) |\n| Margin | lagging (financial) |\n| Promise kept | lagging (brand) |",
		Limits: []Limit{
			{Name: "from", Default: 0, Min: 0, Max: 100, Text: "the position from which on a playbook is asked"},
		},
	},
}
