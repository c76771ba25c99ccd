package search

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// pageText is a shard of a page's text.
type pageText struct {
	URL   string `json:"url"`
	Title string `json:"title"`
	Lang  string `json:"lang"`
	At    *int   `json:"at"`
	Place string `json:"place"`
	// Segments are those of a playbook, by their numbers.
	Segments []int                  `json:"segments"`
	Entries  map[string][][3]string `json:"entries"` // by column: anchor, head and body
}

// pageText reads the text of a page.
func (x *Index) pageText(page int) (*pageText, error) {
	name, err := x.textName(page)
	if err != nil {
		return nil, err
	}
	if text, ok := x.read[name]; ok {
		return text, nil
	}
	data, err := x.shard(name)
	if err != nil {
		return nil, err
	}
	text := &pageText{}
	if err := json.Unmarshal(data, text); err != nil {
		return nil, broken(name, err)
	}
	x.read[name] = text
	return text, nil
}

func (x *Index) textName(page int) (string, error) {
	if len(x.texts) > 0 {
		return x.texts[page], nil
	}
	dir := x.dirs[page/dirSize]
	list, err := x.text(dir)
	if err != nil {
		return "", err
	}
	names := strings.Fields(list)
	if page%dirSize >= len(names) {
		return "", broken(dir, errors.New("a page without its text"))
	}
	return names[page%dirSize], nil
}

// looked is an entry that was looked at in its text.
type looked struct {
	ranked
	text       *pageText
	anchor     string
	head, body field
	score      int
}

// lookAt cuts the text of an entry into words.
func (x *Index) lookAt(r ranked, units []*unit) (looked, error) {
	text, err := x.pageText(r.page)
	if err != nil {
		return looked{}, err
	}
	_, _, place := x.apart(r.key)
	entries := text.Entries[strconv.Itoa(r.column)]
	if place >= len(entries) {
		return looked{}, broken(text.URL, errors.New("an entry without its text"))
	}
	e := entries[place]
	l := looked{ranked: r, text: text, anchor: e[0], head: newField(e[1], units), body: newField(e[2], units)}
	l.score = r.score * (16 + nearness(&l.head, &l.body, len(units)))
	return l, nil
}

// view is a page of results, and all entries that are results.
type view struct {
	all     []ranked
	results []Result
}

// mostWithout is how many entries in which a phrase's words do not stand
// together are looked at, before the rest is given up.
const mostWithout = 96

// look looks at the texts of a page of results, and of those before it where a
// phrase must be found in them. Within their tier they are ordered anew, and of
// passages of one thing only the best is shown.
func (x *Index) look(all []ranked, units []*unit, q *Query) (view, error) {
	v := view{results: []Result{}}
	phrases := slices.ContainsFunc(units, func(u *unit) bool { return u.phrase })
	var page []looked
	passed, without := 0, 0
	for i, r := range all {
		open := r.fails == 0 && passed < q.At+q.Count
		if !open || !phrases && passed < q.At {
			passed += btoi(open)
			v.all = append(v.all, r)
			continue
		}
		l, err := x.lookAt(r, units)
		if err != nil {
			return v, err
		}
		if phrases && !hasPhrases(&l, units) {
			if without++; without == mostWithout {
				all = all[:i]
				break
			}
			continue
		}
		if passed >= q.At {
			page = append(page, l)
		}
		passed++
		v.all = append(v.all, r)
	}
	slices.SortStableFunc(page, func(a, b looked) int {
		if a.tier != b.tier {
			return b.tier - a.tier
		}
		return b.score - a.score
	})
	v.results = x.results(page, units)
	return v, nil
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (x *Index) results(page []looked, units []*unit) []Result {
	type thing struct {
		page, column int
		anchor       string
	}
	shown := map[thing]bool{}
	all := []Result{}
	for i := range page {
		l := &page[i]
		t := thing{l.page, l.column, l.anchor}
		if !shown[t] {
			shown[t] = true
			all = append(all, x.result(l, units))
		}
	}
	return all
}

func (x *Index) result(l *looked, units []*unit) Result {
	c := x.columns[l.column]
	body, marks := l.body.excerpt()
	title := newField(l.text.Title, units)
	segments := []string{}
	for _, s := range l.text.Segments {
		if s < 0 || s >= len(x.segments) {
			continue
		}
		segments = append(segments, x.segments[s].id)
	}
	return Result{
		URL: l.text.URL, Anchor: l.anchor, Kind: c.kind, Role: c.role,
		Title: l.text.Title, Lang: l.text.Lang, At: l.text.At, Place: l.text.Place,
		Segments: segments, Head: l.head.text, Body: body, Whole: l.tier == tierAll,
		Marks: Marks{title.marks(), l.head.marks(), marks},
	}
}
