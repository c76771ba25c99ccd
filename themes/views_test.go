package themes_test

import (
	"fmt"
	"html"
	"html/template"
	"strconv"

	"plumb/generator/render"
)

// The views below are what a theme may meet: every field filled somewhere,
// long titles, dots far apart in one row, dots at one place, text that needs
// escaping.

var stops = []struct{ id, side, words string }{
	{"make-it-for-less", "less", "makes it for less"},
	{"lean-less", "less", "leans to make it for less"},
	{"middle", "middle", "in the middle"},
	{"lean-more", "more", "leans to sell it for more"},
	{"sell-it-for-more", "more", "sells it for more"},
}

func at(value int) render.Position {
	s := stops[min((value*4+50)/100, 4)]
	return render.Position{Value: value, Digits: digits(value), Stop: s.id, Side: s.side, Label: fmt.Sprintf("%d of 100, %s", value, s.words)}
}

func digits(n int) string { return fmt.Sprintf("t%d u%d", n/10, n%10) }

func spot(value int) *render.Position {
	p := at(value)
	return &p
}

func link(href, text string) render.Link { return render.Link{Href: href, Text: text} }

func nav(root string) template.HTML {
	return render.Items(root, []render.Link{link("roles.html", "Roles"), link("segments.html", "Segments"), link("processes.html", "Support processes"), link("metrics.html", "Metrics"), link("assets.html", "Assets"), link("about.html", "About")})
}

func view(kind, title string) render.View {
	return render.View{
		Site: render.Site{
			Title: "Northline Tools playbooks", Lang: "en", Less: "Make it for less", More: "Sell it for more",
			Generator: "Plumb 0.1", CSS: "theme/plumb.css", Icon: "theme/plumb.svg", Data: "site.js", Script: "theme/plumb.js",
			Nav: nav(""),
		},
		Kind: kind, Title: title, Description: `What it is for & how "it" works`, Lang: "en", Dir: "ltr", NoIndex: true,
		Head:   `<meta name="description" content="What it is for &amp; how &#34;it&#34; works"><meta name="robots" content="noindex"><link rel="canonical" href="https://playbooks.example.com/sales/"><link rel="manifest" href="manifest.webmanifest">`,
		Crumbs: []render.Link{link("index.html", "Home")},
	}
}

func dot(value, lane int, left bool, text string) render.Dot {
	return render.Dot{Link: link("playbook.html", text), Position: at(value), Lane: lane, Left: left, Roles: "account-manager field-engineer", Digest: "2F1CS53f"}
}

func row(name string, lanes int, dots ...render.Dot) render.SpectrumRow {
	r := render.SpectrumRow{Segment: link("segment.html", name), Dots: dots, Lanes: lanes}
	for _, d := range dots {
		r.Items += template.HTML(`<li class="dot ` + d.Position.Digits + ` l` + strconv.Itoa(d.Lane) + `"` + marked(d.Position) + ` data-roles="` + d.Roles + `" data-digest="2F1CS53f"><a href="playbook.html"><span class="mini"></span><span class="name">` +
			d.Text + `</span> <em class="tag">Illustrative</em> <span class="value">` + strconv.Itoa(d.Position.Value) + `</span></a></li>`)
	}
	return r
}

func ref(value int, text, segment string) render.Ref {
	return render.Ref{
		Href: "playbook.html", Text: text, Position: at(value), Line: template.HTML(`<span class="mark"></span><bdi>` + at(value).Label + `</bdi>&nbsp;· <a href="segment.html">` + segment + `</a>`),
		Statement: "One monthly fee covers every power tool, repair and theft replacement, so crews lose fewer hours than with tools they own & mend.",
		Reviewed:  "2026-03-02",
	}
}

func refs() []render.Ref {
	drafted, public := ref(15, "Web-only consumables", "Online buyers"), ref(98, "Soliris, a drug that is paid for by insurers", "Rare diseases")
	drafted.Draft, public.Illustrative = true, true
	return []render.Ref{ref(8, "Basix counter range", "Trade counters"), drafted, ref(50, "Renewed tools", "Growing installers"), ref(78, "Tool fleet contract", "Mid-size contractors"), ref(92, "Hospital uptime", "Hospitals"), public}
}

func spectrum() render.Spectrum {
	case1 := dot(98, 0, true, "Soliris")
	case1.Illustrative = true
	return render.Spectrum{Rows: []render.SpectrumRow{
		row("DIY chains", 1, dot(4, 0, false, "Full pallet, on the date")),
		row("Trade counters", 2, dot(8, 0, false, "Basix counter range"), dot(12, 1, false, "Consumables by the pallet for independent merchants")),
		row("Online buyers", 1, dot(15, 0, false, "Web-only consumables")),
		row("Growing installers", 1, dot(50, 0, false, "Renewed tools")),
		row("Mid-size contractors", 2, dot(10, 0, false, "Starter kits"), dot(78, 0, false, "Fleet contract"), dot(78, 1, true, "Tool park audit and one-day replacement promise")),
		row("Hospitals and clinical engineering", 2, dot(88, 0, true, "Measured torque"), dot(92, 1, true, "Hospital uptime")),
		row("Rare diseases", 1, case1),
	}}
}

func bins() render.Spectrum {
	var s render.Spectrum
	for i := range 10 {
		from, to, n := i*10, i*10+9, []int{41, 28, 9, 0, 3, 6, 12, 33, 57, 24}[i]
		if i == 9 {
			to = 100
		}
		b := render.Bin{Link: link("line.html", strconv.Itoa(from)), From: from, To: to, Position: at(i*10 + 5), Share: n * 100 / 57, Digits: digits(n * 100 / 57)}
		if b.Count = n; n == 0 {
			b.Href = ""
		}
		s.Bins = append(s.Bins, b)
	}
	return s
}

func counted(n int, href, text string) render.Link {
	return render.Link{Href: href, Text: text, Count: n}
}

func homeView(s render.Spectrum) render.View {
	v := view("home", "Northline Tools playbooks")
	v.Crumbs = nil
	v.Canonical = "https://playbooks.example.com/sales/"
	v.Home = &render.Home{
		Intro:    "<p>We sell at both ends of the line, under two names. <strong>Basix</strong> makes it for less: the lowest cost on the shelf and in the parcel. <strong>Northline</strong> sells for more.</p><p>Pick your <a href=\"roles.html\">role</a> to see what it does along the line.</p>",
		Spectrum: s, Count: 12,
		Roles:     []render.Link{counted(3, "role.html", "Account manager"), counted(1, "role.html", "Calibration engineer"), counted(2, "role.html", "Counter sales"), counted(2, "role.html", "Field engineer"), counted(4, "role.html", "Inside sales")},
		Segments:  []render.Link{counted(1, "segment.html", "DIY chains"), counted(2, "segment.html", "Hospitals and clinical engineering"), counted(3, "segment.html", "Mid-size contractors")},
		MoreRoles: &render.Link{Href: "roles.html", Text: "All 18 roles"},
		Reviewed:  refs()[:4],
	}
	return v
}

const (
	valueHTML  = `<dl class="fields"><div data-field="customer"><dt>Customer</dt><dd>contractors with 30–300 field staff and three or more live sites</dd></div><div data-field="alternative"><dt>Next best alternative</dt><dd>own the tools, buy from a dealer, repair locally</dd></div><div data-field="basis"><dt>We compete on</dt><dd>willingness to pay (fewer lost crew hours), not unit price</dd></div><div data-field="proof"><dt>Proof</dt><dd>audit of the customer’s own repair and downtime records</dd></div></dl>`
	buyersHTML = `<div class="table-scroll" tabindex="0" role="region" aria-label="Buyers"><table class="entries"><thead><tr><th scope="col">Buyer</th><th scope="col">Part in the decision</th><th scope="col">Buys on</th><th scope="col">Listen for</th></tr></thead><tbody><tr id="operations-manager"><th scope="row" data-label="Buyer">Operations manager</th><td data-label="Part in the decision" data-field="part">champion</td><td data-label="Buys on" data-field="criteria">crew hours lost, replacement within <strong>one working day</strong></td><td data-label="Listen for" data-field="listen">“we always have two drills in repair”</td></tr><tr id="finance-director"><th scope="row" data-label="Buyer">Finance director</th><td data-label="Part in the decision" data-field="part">signs</td><td data-label="Buys on" data-field="criteria">predictable monthly cost, no capital tied up</td><td data-label="Listen for" data-field="listen">“what did tools cost us last year?”</td></tr><tr id="site-foreman"><th scope="row" data-label="Buyer">Site foreman</th><td data-label="Part in the decision" data-field="part">can block</td><td data-label="Buys on" data-field="criteria">the tool works, loan tool on site</td><td data-label="Listen for" data-field="listen">“the cheap one is fine”</td></tr></tbody></table></div>`
	tasksHTML  = `<h3 class="role" id="account-manager" data-roles="account-manager"><a class="self" href="#account-manager">Account manager</a></h3><h4 class="group" id="before-the-offer" data-roles="account-manager"><a class="self" href="#before-the-offer">Before the offer</a></h4><ol class="tasks" data-roles="account-manager"><li id="t-bl89pv" data-key="bL89PvmO"><div class="task">Map tools, sites and repair spend before the first offer.</div><details class="notes"><summary>Notes</summary><div><ul><li>Use the customer’s records, not list prices.</li><li>Ask for a <a href="#tool-park-audit">tool park audit</a>.</li></ul></div></details></li><li id="t-qjzrfg" data-key="qjZrfgq3"><div class="task">Show the finance director cost per working hour, not price per tool.</div></li></ol><h4 class="group" id="the-offer" data-roles="account-manager"><a class="self" href="#the-offer">The offer</a></h4><div class="said" data-roles="account-manager"><p>One price, from the contract desk.</p></div><ol class="tasks" start="3" data-roles="account-manager"><li id="t-vvar4t" data-key="vvAr4tGC"><div class="task">Agree the replacement promise with the operations manager in writing.</div></li><li id="t-2f1cs5" data-key="2F1CS53f"><div class="task">Review lost hours with the customer every quarter.</div></li></ol><h3 class="role" id="field-engineer" data-roles="field-engineer"><a class="self" href="#field-engineer">Field engineer</a></h3><ol class="tasks" data-roles="field-engineer"><li id="t-xk02mm" data-key="Xk02mmR1"><div class="task">Demonstrate on the customer’s site, with the foreman’s crew.</div></li><li id="t-xk02mm" data-key="Xk02mmR2"><div class="task">Record failures and swaps for the quarterly review.</div></li></ol><ul class="tasks"><li id="t-xk02mm" data-key="Xk02mmR3"><div class="task">Wear the helmet.</div></li></ul>`
	asksHTML   = `<ul class="entries"><li class="entry" id="q-1"><p class="entry-name">Operations manager</p><p>Which tool was missed most often last month, and what did the crew do meanwhile?</p></li><li class="entry" id="q-2"><p class="entry-name">Finance director</p><p>Where do repairs and losses appear in your accounts?</p></li></ul>`
	objectHTML = `<article class="entry" id="twice"><h3>“Your tools cost twice as much”</h3><p>Per tool, yes. Ask what a stopped crew costs per hour, then show last year’s stopped hours from their own records.</p></article><article class="entry" id="own"><h3>“We would rather own them”</h3><p>Owning is right for tools that never leave one bench. Offer to leave those out.</p></article>`
	qualHTML   = `<dl class="fields"><div data-field="fit"><dt>Good fit</dt><dd><ul><li>More than 80 tools in use, spread over three or more sites</li><li>Repair or loss above 8 % of tool spend a year</li></ul></dd></div><div data-field="walk-away"><dt>Walk away</dt><dd><ul><li>Buys one tool at a time by lowest quote</li><li>Will not share repair records: the saving cannot be shown</li></ul></dd></div></dl>`
	procHTML   = `<article class="entry" id="tool-park-audit"><h3>Tool park audit</h3><p>Two days on site; counts tools, age, repairs.</p><dl class="fields"><div data-field="owner"><dt>Owner</dt><dd>service desk</dd></div><div data-field="ask"><dt>Ask</dt><dd>audit form, ten working days ahead</dd></div><div data-field="answer-within"><dt>Answer within</dt><dd>2 working days</dd></div></dl></article><article class="entry" id="contract-desk"><h3>Contract desk</h3><p>Builds the monthly fee and checks the margin floor.</p><dl class="fields"><div data-field="owner"><dt>Owner</dt><dd>finance</dd></div><div data-field="answer-within"><dt>Answer within</dt><dd>1 working day</dd></div></dl></article>`
	metricHTML = `<div class="table-scroll" tabindex="0" role="region" aria-label="Metrics"><table class="entries"><thead><tr><th scope="col">Metric</th><th scope="col">Kind</th><th scope="col">Definition</th><th scope="col">Target</th><th scope="col">Owner</th><th scope="col">Source</th><th scope="col">Cadence</th></tr></thead><tbody><tr id="price-realised"><th scope="row" data-label="Metric">Price realised</th><td data-label="Kind" data-field="kind">lagging</td><td data-label="Definition" data-field="definition">fee signed / list fee</td><td data-label="Target" data-field="target">≥ 94 %</td><td data-label="Owner" data-field="owner">Account manager</td><td data-label="Source" data-field="source">contract desk</td><td data-label="Cadence" data-field="cadence">monthly</td></tr><tr id="fleet-renewal"><th scope="row" data-label="Metric">Fleet renewal</th><td data-label="Kind" data-field="kind">lagging</td><td data-label="Definition" data-field="definition">contracts renewed / due</td><td data-label="Target" data-field="target">≥ 90 %</td><td data-label="Owner" data-field="owner">Account manager</td><td data-label="Source" data-field="source"><code>crm.renewals</code></td><td data-label="Cadence" data-field="cadence">quarterly</td></tr></tbody></table></div>`
	assetsHTML = `<ul class="entries"><li class="entry" id="a-1"><p class="entry-name"><a href="a.csv">Cost-per-hour sheet</a></p><dl class="fields"><div data-field="share"><dt>Share</dt><dd>customer</dd></div></dl></li><li class="entry" id="a-2"><p class="entry-name"><a href="b.html">Audit form</a></p><dl class="fields"><div data-field="share"><dt>Share</dt><dd>us only</dd></div></dl></li></ul>`
	proseHTML  = `<h2 id="history">History of the offer</h2><p>The contract began as a <em>repair flat rate</em> in one region.<sup id="fnref:1"><a href="#fn:1" class="footnote-ref">1</a></sup> It has run there since 2019, and <a href="x.html">the audit form</a> dates from then. See also <code>crm.renewals</code>.</p><blockquote><p>We stopped counting drills and began to count hours.</p></blockquote><h3 id="figures">Figures</h3><div class="table-scroll" tabindex="0" role="region" aria-label="Figures"><table><thead><tr><th>Year</th><th class="align-right">Contracts</th><th class="align-right">Hours saved</th><th>Region</th></tr></thead><tbody><tr><td>2024</td><td class="align-right">14</td><td class="align-right">3,120</td><td>North</td></tr><tr><td>2025</td><td class="align-right">31</td><td class="align-right">11,480</td><td>North and coast</td></tr></tbody></table></div><ul><li><input type="checkbox" disabled checked> Records of twelve months</li><li><input type="checkbox" disabled> A lead user for every site</li></ul><pre><code>fee = tools × rate + sites × visit</code></pre><p><img src="swap.svg" alt="Swap in four hours"></p><hr><p>Last paragraph.</p>`
	notesHTML  = `<section class="footnotes" role="doc-endnotes"><ol><li id="fn:1"><p>Called “Werkzeug pauschal” there. <a href="#fnref:1">↩</a></p></li></ol></section>`
)

func section(kind, heading, body string) render.Section {
	return render.Section{Kind: kind, ID: kind, Name: heading, Heading: template.HTML(heading), Body: template.HTML(body)}
}

func tasks() render.Section {
	s := section("selling-tasks", "Selling tasks", tasksHTML)
	s.Whose, s.Write = ` data-has="account-manager field-engineer" data-all`, "mailto:dana@example.com?subject=x"
	return s
}

func playbookView() render.View {
	v := view("playbook", "Tool fleet contract")
	v.Position = spot(78)
	v.Crumbs = append(v.Crumbs, link("segment.html", "Mid-size contractors"))
	v.Digest = "bL89PvmO"
	v.Playbook = &render.Playbook{
		Segments: []render.Link{link("segment.html", "Mid-size contractors")},
		Lead: lead(at(78), "Tool fleet contract", "Mid-size contractors") + `<h2 class="eyebrow" id="value-proposition">Value proposition</h2>` +
			`<p class="statement">For contractors with 30 to 300 field staff, one monthly fee covers every power tool, repair and theft replacement, so crews lose fewer hours than with tools they own and mend themselves.</p>` +
			`<p class="onward">The tool price is higher; the cost per working hour is lower.</p><p class="stance">Here we sell value before price.</p>`,
		Cards:  `<div class="card" data-kind="value-proposition">` + valueHTML + `</div>`,
		Stance: "Here we sell value before price: show what it saves or earns before you name a figure.",
		Reason: "The tool price is higher; the cost per working hour is lower.",
		Sections: []render.Section{
			section("buyers", "Across the table", buyersHTML),
			tasks(), section("questions", "Ask them", asksHTML),
			section("objections", "When they say …", objectHTML), section("assets", "Assets", assetsHTML),
			section("qualify", "Qualify", qualHTML), section("support-processes", "Support processes", procHTML), section("metrics", "Metrics", metricHTML),
		},
		Rest: proseHTML, Footnotes: notesHTML,
		Roles: []render.Link{{Href: "#account-manager", Text: "Account manager", Role: "account-manager"}, {Href: "#field-engineer", Text: "Field engineer", Role: "field-engineer"}},
		Owner: "Dana Okafor", OwnerHref: "mailto:dana@example.com?subject=x", Compare: ` href="compare.html?a=playbook.html"`, Reviewed: "2026-03-02", Due: "2026-09-02",
		Stamp: `<span>Owner: Dana Okafor</span><span>Reviewed: <time datetime="2026-03-02">2 March 2026</time></span>`,
		Meta:  `<div><dt>Owner</dt><dd><a href="mailto:dana@example.com?subject=x">Dana Okafor</a></dd></div><div><dt>Next review due</dt><dd data-due="2026-09-02"><time datetime="2026-09-02">2 September 2026</time> <span class="late">overdue</span></dd></div>`,
		Near: `<div class="before"><p class="end">Nearer to less</p>` + near("prev", 50, "Renewed tools") + `</div><div class="after"><p class="end">Nearer to more</p>` + near("next", 88, "Measured torque") +
			`</div><div class="within"><p class="end">In the same segment</p>` + near("prev", 10, "Starter kits") + `</div>`,
	}
	for _, s := range v.Playbook.Sections {
		v.Playbook.Cards += card(s)
	}
	for _, s := range v.Playbook.Sections {
		v.Playbook.Contents += render.Items("", []render.Link{link("#"+s.ID, s.Name)})
	}
	v.Playbook.Contents += render.Items("", []render.Link{link("#history", "History of the offer")})
	return v
}

// lead is the head of a card.
func lead(at render.Position, title, segment string) template.HTML {
	return template.HTML(`<p class="place"><span class="mark"></span><bdi>` + at.Label + `</bdi></p><div class="title"><h1>` + title + `</h1><p class="for"><a href="segment.html">` + segment + `</a></p></div>`)
}

// card is a section as pages show it.
func card(s render.Section) template.HTML {
	write, jump := template.HTML(""), template.HTML("")
	if s.Write != "" {
		write = template.HTML(`<a class="write" href="` + s.Write + `">Ask the owner</a>`)
	}
	if s.Whose != "" {
		jump = `<p class="no-tasks">Nothing here for your role.</p><nav class="jump" id="page:jump" aria-label="Tasks by role"><ul><li><a href="#account-manager" data-role="account-manager">Account manager</a></li><li class="all" hidden><a href="#page:jump" data-role="">All roles</a></li></ul></nav>`
	}
	return template.HTML(`<section class="card" data-kind="`+s.Kind+`"`+string(s.Whose)+`><h2 id="`+s.ID+`">`) + s.Heading + `</h2>` + write + jump + s.Body + `</section>`
}

// near is a neighbour on the line.
func near(rel string, value int, text string) template.HTML {
	p := at(value)
	return template.HTML(`<p data-stop="` + p.Stop + `" data-side="` + p.Side + `"><a rel="` + rel + `" href="playbook.html">` + text + `</a> <span class="place"><span class="mark"></span><bdi>` + p.Label + `</bdi></span></p>`)
}

func bareView() render.View {
	v := view("playbook", "Rare disease education before product: Soliris, a drug for certain blood and kidney diseases that insurers pay for")
	v.Position = spot(100)
	v.Lang, v.Dir = "ar", "rtl"
	v.Playbook = &render.Playbook{
		Segments: []render.Link{link("segment.html", "Rare diseases"), link("segment.html", "Hospitals")},
		Lead:     lead(at(100), v.Title, "Rare diseases"),
		Stance:   "Here we sell for more: do not open with a discount.",
		Draft:    true, Retired: true, Illustrative: true,
	}
	return v
}

func pager() render.Pager {
	return render.Pager{Page: 2, Pages: 9, Items: `<li><a href="1.html" rel="prev">Previous</a></li>` + render.Items("", []render.Link{link("1.html", "1"), {Href: "2.html", Text: "2", Current: true}}) +
		`<li>…</li>` + render.Items("", []render.Link{link("9.html", "9")}) + `<li><a href="3.html" rel="next">Next</a></li>`}
}

func roleView() render.View {
	v := view("role", "Account manager")
	v.Role = &render.Role{ID: "account-manager", Team: "Northline", OtherEnd: "Here we win by costing less.", Support: template.HTML(asksHTML), Intro: "<p>You keep a contractor’s crews working.</p>", From: spot(70), To: spot(92), Metrics: metricHTML, Pager: pager()}
	v.Role.Never = template.HTML(`<div` + marked(at(8)) + `><h3><a href="playbook.html">Basix counter range</a></h3><p class="place">` + string(refs()[0].Line) + `</p><div><ul><li>Quote by the pallet. <span class="count">Counter sales</span></li></ul></div></div>`)
	for _, r := range refs()[3:5] {
		v.Role.Rows += pair(r, `<span class="mini `+r.Position.Digits+`"></span><p class="place">`+string(r.Line)+`</p>`, tasksHTML)
		v.Role.Points += template.HTML(`<circle data-stop="` + r.Position.Stop + `" cx="` + strconv.Itoa(r.Position.Value) + `%" cy="6.5" r="4"/>`)
	}
	return v
}

func segmentView() render.View {
	v := view("segment", "Mid-size contractors")
	v.Segment = &render.Segment{
		Criteria: []string{"crew hours lost", "predictable monthly cost", "loan tool within a day"}, Intro: "<p>Between 30 and 300 people in the field.</p>",
		Spectrum: render.Spectrum{Rows: spectrum().Rows[4:5]}, Pager: render.Pager{Page: 1, Pages: 1},
	}
	for _, r := range refs()[3:5] {
		v.Segment.Rows += pair(r, `<p class="place"><span class="mark"></span><bdi>`+r.Position.Label+`</bdi></p>`, `<p class="text">`+r.Statement+`</p>`+buyersHTML)
	}
	return v
}

func indexView(kind, title string) render.View {
	v := view(kind, title)
	v.Index = &render.Index{
		Intro: "<p>What holds for the whole house.</p>", Pager: pager(),
		Rows: group("contract-desk", "Contract desk", ` <span class="count">(continued)</span>`, 1, `<div class="house"><p class="tag">For the whole house</p>`+procHTML+`</div>`, use(refs()[3], procHTML)) +
			group("tool-park-audit", "Tool park audit", "", 2, "", use(refs()[3], metricHTML)+use(refs()[4], "")),
	}
	return v
}

// group is one process with the playbooks that have it.
func group(id, name, continued string, count int, house, rows template.HTML) template.HTML {
	return template.HTML(fmt.Sprintf(`<details class="card pair fold"><summary><h2>%s%s</h2><span class="count">Used in %d</span></summary><div class="matter" id="%s">%s<ul class="uses">%s</ul></div></details>`,
		name, continued, count, id, house, rows))
}

func listView(kind, title string, list render.List) render.View {
	v := view(kind, title)
	v.List = &list
	return v
}

// views are one or more views of every layout, by the name of a file.
func views() map[string]render.View {
	page := view("page", "How to read these playbooks")
	page.Page = &render.Prose{Body: proseHTML, Footnotes: notesHTML, Contents: render.Items("", []render.Link{link("#history", "History of the offer"), link("#figures", "Figures")})}
	missing := view("404", "Not found")
	missing.Root, missing.Site.Nav, missing.Crumbs = "/sales/", nav("/sales/"), nil
	empty := homeView(render.Spectrum{})
	empty.Home = &render.Home{}
	lonely := view("role", "Legal")
	lonely.Role = &render.Role{}
	compare, alone := view("compare", "Compare"), view("compare", "Compare")
	compare.Compare, alone.Compare = &render.Compare{Body: `<section class="moves"><h2>Legal</h2></section>`, Words: `{"stop":"“Stop” & <go>"}`}, &render.Compare{}
	unserved := view("segment", "Nobody yet")
	search, letter, nameless := view("search", "Search"), view("search", "A to Z: A · 2"), view("search", "Search")
	search.AZ, letter.AZ, nameless.AZ = names(), names(), &render.AZ{}
	letter.AZ.Letter, letter.AZ.Pager, letter.AZ.Groups[0].ID = "A", pager(), ""
	letter.Root = "../"
	unserved.Segment = &render.Segment{}
	desk, overview, idle := view("desk", "Reviews"), view("desk", "The desk"), view("desk", "Side by side")
	desk.Desk, overview.Desk, idle.Desk = deskPage(), deskPage(), &render.Desk{Compare: &render.Compare{}, CSS: "theme/desk.css", Script: "theme/desk.js"}
	overview.Desk.Tables, overview.Desk.Compare, overview.Desk.Calendar = nil, nil, ""
	overview.Desk.Pages = []render.DeskLink{{Link: link("reviews.html", "Reviews"), About: "When & by whom.", Count: 2, Unit: "Overdue: 2"}}
	overview.Desk.First = []render.Link{link("reviews.html", "Overdue: 2")}
	return map[string]render.View{
		"index": homeView(spectrum()), "many": homeView(bins()), "empty": empty,
		"playbook": playbookView(), "bare": bareView(), "page": page,
		"role": roleView(), "lonely": lonely, "segment": segmentView(), "unserved": unserved,
		"processes": indexView("processes", "Support processes"), "metrics": indexView("metrics", "Metrics"), "assets": indexView("assets", "Assets"),
		"roles":    listView("roles", "Roles", render.List{Links: homeView(bins()).Home.Roles, Pager: pager()}),
		"segments": listView("segments", "Segments", render.List{Links: homeView(bins()).Home.Segments}),
		"line":     listView("line", "From 70 to 79 on the line", render.List{Rows: listed(refs()), Pager: pager()}),
		"compare":  compare, "alone": alone,
		"search": search, "letter": letter, "nameless": nameless,
		"desk": desk, "overview": overview, "idle": idle,
		"404": missing, "offline": view("offline", "This page is not on your device"),
	}
}

func deskPage() *render.Desk {
	return &render.Desk{
		Name: "reviews", Lead: "When & by whom.", Day: "2026-11-01", Nav: render.Items("", []render.Link{link("index.html", "The desk")}), Calendar: "reviews.ics",
		Tables: []render.DeskTable{
			{Name: "reviews", Title: "Dates", CSV: "reviews.csv", Part: true, HTML: `<table class="desk-table"><thead><tr><th scope="col">Due</th></tr></thead><tbody><tr><th scope="row">1 May</th></tr></tbody></table>`},
			{Name: "owners", Title: "Owners", None: "Nobody & nothing."},
		},
		Compare: &render.Compare{Body: `<section class="moves"><h2>Legal</h2></section>`, Words: `{"stop":"“Stop” & <go>"}`}, Same: `<ul><li>Tasks: 1 of 2</li></ul>`, Rules: `{"files":1}`,
		Pager: pager(), CSS: "theme/desk.css", Script: "theme/desk.js", Words: `{"same":"%d of %d"}`,
	}
}

func names() *render.AZ {
	return &render.AZ{
		Letters: `<li><a href="#a"><bdi>A</bdi></a></li><li><a href="#han"><bdi>漢字</bdi> <span class="count">2</span></a></li>`,
		Groups: []render.AZGroup{{ID: "a", Name: "A", Rows: `<li><a href="playbook.html#t-2f1cs5">Agree the replacement</a><p class="count">Task · Account manager · Tool fleet contract</p></li>` +
			`<li data-stop="lean-more" data-side="more"><p class="name"><a href="playbook.html">Audits</a></p><p class="count"><span class="mark"></span>Playbook · <bdi>78 of 100</bdi> <em class="tag">Draft</em></p></li>`}},
	}
}

// marked are the attributes of a playbook in a list; pair, use and listed are
// playbooks as lists show them.
func marked(p render.Position) string {
	return ` data-stop="` + p.Stop + `" data-side="` + p.Side + `"`
}

func named(r render.Ref) string {
	tags := ""
	if r.Draft {
		tags += ` <em class="tag">Draft</em>`
	}
	if r.Illustrative {
		tags += ` <em class="tag">Illustrative</em>`
	}
	return `<a href="playbook.html">` + r.Text + `</a>` + tags
}

func pair(r render.Ref, place, body string) template.HTML {
	return template.HTML(`<section class="card pair"` + marked(r.Position) + ` data-digest="2F1CS53f"><div class="stub"><h2>` + named(r) + `</h2>` + place + `</div><div class="matter">` + body + `</div></section>`)
}

func use(r render.Ref, body string) template.HTML {
	return template.HTML(`<li` + marked(r.Position) + `><p class="name">` + named(r) + `</p><p class="place">` + string(r.Line) + `</p><div class="use">` + body + `</div></li>`)
}

func listed(list []render.Ref) (out template.HTML) {
	for _, r := range list {
		out += template.HTML(`<li class="ref"` + marked(r.Position) + ` data-digest="2F1CS53f"><p class="name">` + named(r) + `</p><span class="mini ` + r.Position.Digits + `"></span><p class="place">` + string(r.Line) + `</p><p class="text">` + html.EscapeString(r.Statement) + `</p></li>`)
	}
	return out
}
