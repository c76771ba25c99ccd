package main

import (
	"fmt"
	"math"
	"strings"

	"plumb/generator/playbook"
	"plumb/generator/source"
)

// unit is a text that search may show by itself.
type unit struct {
	url, anchor string
	kind        string // "task", "objection", or "" for the others, which are never asked for
	language    string
	text        string // what it is called
	rest        string // what else it says
}

// page is a file of the content that is being written.
type page struct {
	*writer
	number    int
	path, url string
	title     string
	size      int // that it has at least, in bytes
	language  string
	scale     float64 // 0.75 for a text of four kilobytes, so that some of it is prose
	md        strings.Builder
	units     []unit
	anchors   map[string]bool
	helpers   []string // its support processes
	calls     int      // how many of them a task has called on yet
}

// medianSize is what half of the playbooks are below, in bytes.
const medianSize = 4096

// begin gives playbook i a length, an address and a title that no other has.
func (s *site) begin(i int, taken map[string]bool) *page {
	w := newWriter(s.seed, i, s.words, s.glue)
	size := min(max(medianSize*math.Exp(w.rng.NormFloat64()*0.55), 1500), 40000)
	p := &page{writer: w, number: i, size: int(size), scale: 0.75 * size / medianSize, language: "en", anchors: map[string]bool{}}
	switch i % 50 {
	case 17, 37:
		p.language = "de"
	case 29:
		p.language = "ja"
	}
	for p.title = p.call(i); taken[strings.ToLower(p.title)]; {
		p.title = p.call(i)
	}
	taken[strings.ToLower(p.title)] = true
	p.path = s.path(i)
	p.url = strings.TrimSuffix(p.path, ".md") + ".html"
	return p
}

// write writes the text of a playbook.
func (p *page) write(s *site) {
	p.front(s)
	if p.language == "en" {
		p.english(s)
	} else {
		p.foreign(s)
	}
}

// path is where a playbook stands: in the folder of its segment.
func (s *site) path(i int) string {
	return fmt.Sprintf("playbooks/%s/p%05d.md", s.segment(i), i)
}

func (s *site) segment(i int) string { return s.segments[i*7%len(s.segments)].id }

func (p *page) call(i int) string {
	switch p.language {
	case "de":
		return fmt.Sprintf("%s %d", p.pick(p.glue.germanNouns)+"s"+p.pick(p.glue.germanHeads), i)
	case "ja":
		return fmt.Sprintf("%s%d", p.japaneseThing(), i)
	}
	return p.name()
}

func (p *page) front(s *site) {
	position := min(max(int(50+28*p.rng.NormFloat64()), 0), 100)
	if s.clean { // the segments stand along the line, each with its playbooks around it
		position = min(max(13*(p.number*7%len(s.segments))%101+position/5-10, 0), 100)
	}
	fmt.Fprintf(&p.md, "---\ntitle: %s\nposition: %d\nsegment: %s\n", p.title, position, s.segment(p.number))
	if position >= 40 && position <= 60 {
		fmt.Fprintf(&p.md, "position_reason: %s\n", strings.TrimSuffix(p.statement(), "."))
	}
	fmt.Fprintf(&p.md, "owner: %s\nreviewed: 2026-%02d-%02d\n", p.pick(p.glue.names), 6+p.rng.IntN(5), 1+p.rng.IntN(28))
	if p.language != "en" {
		fmt.Fprintf(&p.md, "lang: %s\n", p.language)
	}
	p.md.WriteString("---\n\n")
}

// some is a number of things that grows with the page.
func (p *page) some(n float64) int {
	return max(1, int(math.Round(n*p.scale*(0.6+0.8*p.rng.Float64()))))
}

func (p *page) heading(title string) { fmt.Fprintf(&p.md, "## %s\n\n", title) }

// text notes a text that is never asked for, and returns it.
func (p *page) text(s string) string {
	p.units = append(p.units, unit{url: p.url, language: p.language, text: s})
	return s
}

// english writes the sections of a playbook, then prose until it is as long as
// was drawn.
func (p *page) english(s *site) {
	p.value(s)
	p.buyers()
	p.questions()
	p.helpers = p.help()
	p.tasks(s)
	p.objections()
	p.alternatives()
	p.processes(s)
	p.metrics(s)
	p.assets()
	for n := 1; p.md.Len() < p.size; n++ {
		p.prose(s, n)
	}
}

func (p *page) value(s *site) {
	p.heading("Value proposition")
	p.md.WriteString(p.text(p.sentences(2)) + "\n\n")
	for _, label := range []string{"Customer", "Next best alternative", "We compete on", "Proof"} {
		says := p.things() + " " + p.pick(p.glue.prepositions) + " " + p.things()
		if s.clean && label == "We compete on" { // no word of it says cost or quality
			says = p.rare() + " " + p.pick(p.glue.prepositions) + " " + p.rare()
		}
		fmt.Fprintf(&p.md, "- **%s:** %s\n", label, p.text(says))
	}
	p.md.WriteString("\n")
}

func (p *page) buyers() {
	p.heading("Buyers")
	p.md.WriteString("| Buyer | Part in the decision | Buys on | Listen for |\n| --- | --- | --- | --- |\n")
	for range 1 + p.some(1.5) {
		fmt.Fprintf(&p.md, "| %s | %s | %s | “%s” |\n", p.text(p.name()), pick(p.rng, []string{"champion", "signs", "can block", "advises"}),
			p.text(p.things()+", "+p.things()), p.text("the "+p.things()+" "+p.says()+" the "+p.noun()))
	}
	p.md.WriteString("\n")
}

func (p *page) questions() {
	p.heading("Questions")
	for range p.some(2.5) {
		fmt.Fprintf(&p.md, "- **%s:** %s\n", p.text(p.name()), p.text("How many "+p.things()+" "+p.verb()+" the "+p.things()+" "+p.quantity()+"?"))
	}
	p.md.WriteString("\n")
}

// help names the playbook's support processes, so that its tasks can call on them.
func (p *page) help() []string {
	var names []string
	for range p.some(1.2) {
		name := ascii(p.name())
		for name == "" || p.anchor(slug(name)) == "" {
			name = ascii(p.name())
		}
		names = append(names, name)
	}
	return names
}

// tasks writes tasks of two to four roles; two in five have notes. Nearly every
// process of the playbook is called on by one of them, and one in five of the
// others points to a process of the house.
func (p *page) tasks(s *site) {
	p.heading("Selling tasks")
	first := p.rng.IntN(len(roles))
	for r := range 2 + p.rng.IntN(3) {
		fmt.Fprintf(&p.md, "### %s\n\n", roles[(first+r*3)%len(roles)].title)
		for n := range p.some(2.2) {
			p.task(s, n+1)
		}
		p.md.WriteString("\n")
	}
}

// calledOn returns the process that the next task calls on, and where it stands;
// most tasks call on none.
func (p *page) calledOn(s *site) (name, target string) {
	switch {
	case p.calls < len(p.helpers) && (s.clean || !p.one(25)):
		name = p.helpers[p.calls]
		p.calls++
		return name, "#" + slug(name)
	case p.one(5):
		name = pick(p.rng, s.processes)
		return name, "../processes.md#" + slug(name)
	}
	return "", ""
}

// task writes a task, the n-th of its list.
func (p *page) task(s *site, n int) {
	process, target := p.calledOn(s)
	text := strings.TrimSuffix(p.imperative(), ".")
	written := text + "."
	if process != "" {
		written = fmt.Sprintf("%s with the [%s](%s).", text, strings.ToLower(process), target)
		text += " with the " + strings.ToLower(process)
	}
	fmt.Fprintf(&p.md, "%d. %s\n", n, written)
	u := unit{url: p.url, kind: "task", language: p.language, text: text + "."}
	if p.one(3) || p.one(10) {
		for range 1 + p.rng.IntN(3) {
			note := p.statement()
			u.rest += note + " "
			fmt.Fprintf(&p.md, "%*s- %s\n", len(fmt.Sprint(n))+2, "", note)
		}
	}
	u.anchor = p.anchor(taskID(u.text))
	p.units = append(p.units, u)
}

// taskID is the anchor that Plumb gives a task.
func taskID(text string) string {
	return "t-" + source.Sum([]byte(playbook.Normalize(text))).String()[:6]
}

// anchor returns an anchor, or nothing where the page has it already.
func (p *page) anchor(id string) string {
	if p.anchors[id] {
		return ""
	}
	p.anchors[id] = true
	return id
}

// slug is the anchor of a heading of plain words.
func slug(words string) string {
	keep := func(r rune) rune {
		if strings.ContainsRune("“”?!.,;:%£", r) {
			return -1
		}
		return r
	}
	return strings.ReplaceAll(strings.ToLower(strings.Map(keep, words)), " ", "-")
}

func (p *page) objections() {
	p.heading("Objections")
	for range p.some(2) {
		says := "Your " + p.things() + " " + p.says() + " the " + p.things() + " " + p.pick(p.glue.prepositions) + " " + p.noun()
		answer := p.sentences(2)
		fmt.Fprintf(&p.md, "### “%s”\n\n%s\n\n", says, answer)
		p.units = append(p.units, unit{url: p.url, anchor: p.anchor(slug(says)), kind: "objection", language: p.language, text: says, rest: answer})
	}
}

func (p *page) alternatives() {
	p.heading("Alternatives")
	p.md.WriteString("| Alternative | Why they win | Why we win | What to ask |\n| --- | --- | --- | --- |\n")
	for range p.some(1.5) {
		fmt.Fprintf(&p.md, "| %s | %s | %s | “%s” |\n", p.text(p.name()), p.text(p.things()+" "+p.quantity()), p.text("the "+p.things()+" "+p.says()+" the "+p.things()),
			p.text("who "+p.says()+" the "+p.noun()+"?"))
	}
	p.md.WriteString("\n")
}

func (p *page) processes(s *site) {
	if s.clean { // what no task calls on is left out
		p.helpers = p.helpers[:p.calls]
	}
	p.heading("Support processes")
	p.md.WriteString("| Process | Owner | How to ask | Answer within | What it does |\n| --- | --- | --- | --- | --- |\n")
	for _, name := range p.helpers {
		fmt.Fprintf(&p.md, "| %s | %s | %s | %d working days | %s |\n", p.text(name), p.text(p.noun()+" desk"), p.text("by "+p.noun()), 1+p.rng.IntN(9), p.text(p.statement()))
	}
	p.md.WriteString("\n")
}

func (p *page) metrics(s *site) {
	p.heading("Metrics")
	p.md.WriteString("| Metric | Role | Kind | Definition | Target | Source | Cadence |\n| --- | --- | --- | --- | --- | --- | --- |\n")
	for n := range 1 + p.some(1.2) {
		kind := pick(p.rng, []string{"leading", "lagging (financial)", "lagging (brand)"})
		if n == 0 {
			kind = "leading"
		}
		name := p.name()
		if s.clean { // one is for the brand, and no other playbook has its like
			kind, name = []string{"leading", "lagging (brand)"}[n%2], fmt.Sprintf("%s %d", name, p.number)
		}
		fmt.Fprintf(&p.md, "| %s | %s | %s | %s | %d%% | %s | monthly |\n", p.text(name), roles[p.rng.IntN(len(roles))].title, kind, p.text(p.noun()+" divided by "+p.things()), 50+p.rng.IntN(50), p.text(p.noun()+" log"))
	}
	p.md.WriteString("\n")
}

func (p *page) assets() {
	p.heading("Assets")
	for range p.some(1.2) {
		fmt.Fprintf(&p.md, "- [%s](../assets/sheet-%02d.csv). Share: %s.\n", p.text(p.name()), p.rng.IntN(assetCount), pick(p.rng, []string{"customer", "us only"}))
	}
	p.md.WriteString("\n")
}

// prose writes a section of plain text with a link to another playbook, now and
// then with a nested list or a table.
func (p *page) prose(s *site, n int) {
	fmt.Fprintf(&p.md, "## %s\n\n", p.text(fmt.Sprintf("%s in part %d", p.name(), n)))
	fmt.Fprintf(&p.md, "%s See [the %s](../../%s).\n\n", p.text(p.sentences(2+p.rng.IntN(4))), p.noun(), s.path((p.number+1+p.rng.IntN(40))%s.n))
	switch p.rng.IntN(3) {
	case 0:
		for range 2 + p.rng.IntN(3) {
			fmt.Fprintf(&p.md, "- %s\n", p.text(p.statement()))
			for range p.rng.IntN(3) {
				fmt.Fprintf(&p.md, "  - %s\n", p.text(p.imperative()))
			}
		}
		p.md.WriteString("\n")
	case 1:
		fmt.Fprintf(&p.md, "| %s | %s |\n| --- | ---: |\n", upper(p.noun()), upper(p.noun()))
		for range 2 + p.rng.IntN(4) {
			fmt.Fprintf(&p.md, "| %s | %d |\n", p.text(p.things()), p.rng.IntN(5000))
		}
		p.md.WriteString("\n")
	}
	p.md.WriteString(p.text(p.sentences(1+p.rng.IntN(3))) + "\n\n")
}

// names of the sections that a German and a Japanese playbook have.
type sections struct{ value, tasks, objections, notes, buyers, processes, metrics string }

var foreignSections = map[string]sections{
	"de": {"Wertversprechen", "Verkaufsaufgaben", "Einwände", "Hintergrund", "Käufer", "Unterstützungsprozesse", "Kennzahlen"},
	"ja": {"価値提案", "営業タスク", "反論", "背景", "バイヤー", "支援プロセス", "指標"},
}

// The heads of their tables of buyers and of metrics.
var foreignHeads = map[string][2]string{
	"de": {"| Käufer | Kriterien |", "| Kennzahl | Definition |"},
	"ja": {"| バイヤー | 購買基準 |", "| 指標 | 定義 |"},
}

// say is a sentence in the page's language.
func (p *page) say() string {
	if p.language == "ja" {
		return p.japanese()
	}
	return p.german()
}

// foreign writes a playbook in another language: a short one, which lacks some of
// the core sections, unless nothing is to be found in it.
func (p *page) foreign(s *site) {
	names := foreignSections[p.language]
	p.heading(names.value)
	p.md.WriteString(p.text(p.say()+" "+p.say()) + "\n\n")
	p.foreignTasks(names)
	p.heading(names.objections)
	for range p.some(3) {
		says, answer := strings.TrimRight(p.say(), "。."), p.say()+" "+p.say()
		fmt.Fprintf(&p.md, "### %s\n\n%s\n\n", says, answer)
		p.text(says + " " + answer)
	}
	p.heading(names.notes)
	for range p.some(4) {
		p.md.WriteString(p.text(p.say()+" "+p.say()+" "+p.say()) + "\n\n")
	}
	if s.clean {
		p.foreignCore(names)
	}
}

// foreignCore writes the sections that every playbook should have.
func (p *page) foreignCore(names sections) {
	heads := foreignHeads[p.language]
	say := func() string { return strings.TrimRight(p.say(), "。.") }
	process := p.text(fmt.Sprintf("%s %d", say(), p.number))
	p.md.WriteString(process + "\n\n")
	fmt.Fprintf(&p.md, "## %s\n\n%s\n| --- | --- |\n| %s | %s |\n\n", names.buyers, heads[0], p.text(p.title), p.text(say()))
	fmt.Fprintf(&p.md, "## %s\n\n%s\n\n", names.processes, "- **"+process+"**")
	fmt.Fprintf(&p.md, "## %s\n\n%s\n| --- | --- |\n| %s | %s |\n", names.metrics, heads[1], p.text(p.title), p.text(say()))
}

func (p *page) foreignTasks(names sections) {
	p.heading(names.tasks)
	first := p.rng.IntN(len(roles))
	for r := range 2 {
		fmt.Fprintf(&p.md, "### %s\n\n", roles[(first+r*3)%len(roles)].title)
		for n := range p.some(4) {
			text := p.say()
			fmt.Fprintf(&p.md, "%d. %s\n", n+1, text)
			p.units = append(p.units, unit{url: p.url, anchor: p.anchor(taskID(text)), kind: "task", language: p.language, text: text})
		}
		p.md.WriteString("\n")
	}
}
