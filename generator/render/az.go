package render

import (
	"cmp"
	"encoding/binary"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

// azRow is a name in the A–Z: a playbook, a task, a process or a metric. What
// has one name in several playbooks is one row.
type azRow struct {
	kind azKind
	text string
	lang string
	// url and anchor are of the entry itself; of a task, where it stands first
	// on the line.
	url, anchor string
	// places are the first playbooks that it stands in, of is how many there are.
	places []azPlace
	of     int
	last   *site.Playbook // that was counted
	// roles are those it is for, nil for everyone: so many as are named, and one
	// more if there are others.
	roles []*site.Role

	folded string // what the row is ordered by
	letter uint8
	first  uint64 // the first bytes of folded, for most rows differ in them
}

type azKind uint8

const (
	azPlaybook azKind = iota
	azTask
	azProcess
	azMetric
)

// azWords are the keys of the names of kinds.
var azWords = [...]string{"az.playbook", "az.task", "az.process", "az.metric"}

// azPlace is where a row stands in a playbook.
type azPlace struct {
	*site.Playbook
	anchor string
}

// How much a row of the A–Z names.
const (
	azNamed  = 5   // roles, playbooks
	azLength = 160 // characters of its own text
	azTitle  = 60  // characters of a playbook's title
)

// azLetter is the rows that begin with one letter.
type azLetter struct {
	// id is the anchor and the name of the file, name what is shown.
	id, name string
	rows     []*azRow
}

// azGatherer gathers the rows of a site.
type azGatherer struct {
	site  *site.Site
	rows  []*azRow
	tasks map[string]*azRow // by their keys
}

// azLetters returns the names of a site by their first letters, in order:
// folded text, text, address. Retired playbooks stand in no list.
func azLetters(s *site.Site) []azLetter {
	g := &azGatherer{site: s, tasks: make(map[string]*azRow, 8*len(s.Playbooks))}
	for _, p := range s.Playbooks {
		if !p.Homeless {
			g.playbook(p)
		}
	}
	g.index(&s.Processes, azProcess)
	g.index(&s.Metrics, azMetric)
	return ordered(g.rows)
}

func (g *azGatherer) add(row azRow) *azRow {
	g.rows = append(g.rows, &row)
	return &row
}

func (g *azGatherer) playbook(p *site.Playbook) {
	g.add(azRow{kind: azPlaybook, text: p.Title, lang: p.Meta.Lang, url: p.URL, places: []azPlace{{p, ""}}, of: 1})
	for i := range p.Tasks {
		t := &p.Tasks[i]
		row := g.tasks[t.Key]
		if row == nil {
			row = g.add(azRow{kind: azTask, text: t.Text, lang: p.Meta.Lang, url: p.URL, anchor: t.ID})
			g.tasks[t.Key] = row
		}
		row.stands(p, t.ID)
		row.isFor(t.Role)
	}
}

// stands notes a playbook; they come in order on the line.
func (row *azRow) stands(p *site.Playbook, anchor string) {
	if row.last == p {
		return
	}
	row.of, row.last = row.of+1, p
	if len(row.places) < azNamed {
		row.places = append(row.places, azPlace{p, anchor})
	}
}

func (row *azRow) isFor(role *site.Role) {
	if len(row.roles) <= azNamed && !slices.Contains(row.roles, role) {
		row.roles = append(row.roles, role)
	}
}

// index adds the groups of an index; of several with one name the first, which
// is what the name means. A group without a name is found by none.
func (g *azGatherer) index(x *site.Index, kind azKind) {
	rows := make(map[string]*azRow, len(x.Groups))
	for _, group := range x.Groups {
		if group.Key == "" || rows[group.Key] != nil {
			continue
		}
		owner, _ := described(x, group)
		row := g.add(azRow{kind: kind, text: group.Name, lang: owner.Meta.Lang, url: site.PageURL(x.URL, group.Page), anchor: group.ID})
		rows[group.Key] = row
		for _, use := range group.Uses {
			row.stands(use.Playbook, "")
		}
	}
	if kind != azMetric {
		return
	}
	for _, role := range g.site.Roles {
		for _, use := range role.Metrics {
			if row := rows[use.Entry.Key]; row != nil {
				row.isFor(role)
			}
		}
	}
}

// ordered returns the rows by letter, in order.
func ordered(rows []*azRow) []azLetter {
	var wg sync.WaitGroup
	for part := range slices.Chunk(rows, len(rows)/runtime.GOMAXPROCS(0)+1) {
		wg.Go(func() {
			for _, row := range part {
				row.fold()
			}
		})
	}
	wg.Wait()
	letters := lettered(rows)
	for _, l := range letters {
		wg.Go(func() { slices.SortFunc(l.rows, compareRows) })
	}
	wg.Wait()
	return letters
}

// fold readies a row to be compared, once.
func (row *azRow) fold() {
	row.text = playbook.Shorten(row.text, azLength)
	row.folded = strings.Map(foldLetter, playbook.Normalize(strings.Map(foldMark, row.text)))
	row.letter = letterOf(row.folded)
	var first [8]byte
	copy(first[:], row.folded)
	row.first = binary.BigEndian.Uint64(first[:])
}

// foldMark is for the marks of well-set English, in which there are no other
// characters that take long to normalise.
func foldMark(r rune) rune {
	switch r {
	case '“', '”', '–', '—', '…':
		return ' '
	case '‘', '’':
		return '\''
	}
	return r
}

// foldLetter is for letters that are no others with a mark, and for katakana,
// which stand among hiragana.
func foldLetter(r rune) rune {
	switch r {
	case 'æ':
		return 'a'
	case 'đ', 'ð':
		return 'd'
	case 'ı':
		return 'i'
	case 'ł':
		return 'l'
	case 'ø', 'œ':
		return 'o'
	case 'þ':
		return 't'
	}
	if 'ァ' <= r && r <= 'ヶ' {
		return r - 'ァ' + 'ぁ'
	}
	return r
}

func compareRows(a, b *azRow) int {
	if a.first != b.first {
		return cmp.Compare(a.first, b.first)
	}
	if c := strings.Compare(a.folded, b.folded); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(a.text, b.text), strings.Compare(a.url, b.url), strings.Compare(a.anchor, b.anchor), cmp.Compare(a.kind, b.kind))
}

// lettered parts folded rows by their letters.
func lettered(rows []*azRow) (out []azLetter) {
	var by [int(azScripts) + len(scripts) + 1][]*azRow
	for _, row := range rows {
		by[row.letter] = append(by[row.letter], row)
	}
	for letter, rows := range by {
		if len(rows) > 0 {
			id, name := letterName(uint8(letter))
			out = append(out, azLetter{id, name, rows})
		}
	}
	return out
}

// The letters in order: digits, a to z, one for each other script, what begins
// with none of them.
const (
	azDigits uint8 = iota
	azA
	azScripts = azA + 26
)

// script is a script that has a letter of the A–Z to itself, under its name in
// that script.
type script struct {
	id, name string
	in       []*unicode.RangeTable
}

var scripts = [...]script{
	{"greek", "Ελληνικά", []*unicode.RangeTable{unicode.Greek}},
	{"cyrillic", "Кириллица", []*unicode.RangeTable{unicode.Cyrillic}},
	{"armenian", "Հայերեն", []*unicode.RangeTable{unicode.Armenian}},
	{"georgian", "ქართული", []*unicode.RangeTable{unicode.Georgian}},
	{"hebrew", "עברית", []*unicode.RangeTable{unicode.Hebrew}},
	{"arabic", "العربية", []*unicode.RangeTable{unicode.Arabic}},
	{"devanagari", "देवनागरी", []*unicode.RangeTable{unicode.Devanagari}},
	{"bengali", "বাংলা", []*unicode.RangeTable{unicode.Bengali}},
	{"tamil", "தமிழ்", []*unicode.RangeTable{unicode.Tamil}},
	{"telugu", "తెలుగు", []*unicode.RangeTable{unicode.Telugu}},
	{"thai", "ไทย", []*unicode.RangeTable{unicode.Thai}},
	{"khmer", "ខ្មែរ", []*unicode.RangeTable{unicode.Khmer}},
	{"hangul", "한글", []*unicode.RangeTable{unicode.Hangul}},
	{"kana", "かな", []*unicode.RangeTable{unicode.Hiragana, unicode.Katakana}},
	{"han", "漢字", []*unicode.RangeTable{unicode.Han}},
}

// letterOf returns the letter that a folded text stands under.
func letterOf(folded string) uint8 {
	r, _ := utf8.DecodeRuneInString(folded)
	switch {
	case 'a' <= r && r <= 'z':
		return azA + uint8(r-'a')
	case unicode.IsDigit(r):
		return azDigits
	}
	i := slices.IndexFunc(scripts[:], func(s script) bool { return unicode.In(r, s.in...) })
	if i < 0 {
		i = len(scripts)
	}
	return azScripts + uint8(i)
}

// letterName returns a letter's id and its name, which is empty for what begins
// with no letter.
func letterName(letter uint8) (id, name string) {
	switch {
	case letter == azDigits:
		return "0-9", "0–9"
	case letter < azScripts:
		return string('a' + rune(letter-azA)), string('A' + rune(letter-azA))
	case int(letter-azScripts) < len(scripts):
		s := scripts[letter-azScripts]
		return s.id, s.name
	}
	return "other", ""
}
