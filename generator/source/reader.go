package source

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"plumb/generator/diag"
)

// Value is a text of a YAML document with its place.
type Value struct {
	Text string
	Span Span
}

// Reader reads typed values out of YAML nodes and collects what is wrong with
// them. Its methods take a nil or null node for an absent value.
type Reader struct {
	File *File
	List []diag.Diagnostic
}

// Fail records an error at a span.
func (r *Reader) Fail(c diag.Code, at Span, message, hint string) {
	r.List = append(r.List, diag.New(diag.Error, c, r.File.Place(at), message, hint))
}

// Mend gives the finding that was recorded last the fix that writes another text
// in its place; none where that text is empty.
func (r *Reader) Mend(old, text string) {
	if last := &r.List[len(r.List)-1]; text != "" {
		last.Fix = last.Place.Replace(old, text)
	}
}

// Place returns the place of a span in the reader's file.
func (r *Reader) Place(at Span) diag.Place { return r.File.Place(at) }

func (r *Reader) wrong(n *Node, want, hint string) {
	r.Fail(diag.WrongType, n.Span, "this should be "+want+", not "+n.Kind.String(), hint)
}

// Absent reports whether a node holds nothing.
func Absent(n *Node) bool { return n == nil || n.Kind == Null }

// Text reads a scalar as text; a number or a truth value is taken as written.
func (r *Reader) Text(n *Node) Value {
	if Absent(n) {
		return Value{}
	}
	if n.Kind == List || n.Kind == Map {
		hint := "write it behind the colon; in quotes, if it begins with [ or {"
		if n.Kind == List && len(n.Items) == 1 {
			hint = "leave out the brackets or the hyphen"
		}
		r.wrong(n, "one text", hint)
		return Value{}
	}
	return Value{strings.TrimSpace(n.Value), n.Span}
}

// Texts reads a text or a list of texts.
func (r *Reader) Texts(n *Node) []Value {
	if Absent(n) {
		return nil
	}
	if n.Kind != List {
		if v := r.Text(n); v.Text != "" {
			return []Value{v}
		}
		return nil
	}
	var out []Value
	for _, item := range n.Items {
		if v := r.Text(item); v.Text != "" {
			out = append(out, v)
		}
	}
	return out
}

// Bool reads true or false.
func (r *Reader) Bool(n *Node) bool {
	if Absent(n) {
		return false
	}
	if n.Kind == Bool {
		return strings.EqualFold(n.Value, "true")
	}
	meant := ""
	switch strings.ToLower(n.Value) {
	case "yes", "on", "1", "y":
		meant = "true"
	case "no", "off", "0", "n":
		meant = "false"
	}
	r.wrong(n, "true or false", "write "+cmp.Or(meant, "true or false"))
	r.Mend(n.Value, meant)
	return false
}

// Date reads a day as ISO 8601 writes it, 2026-03-02, in UTC.
func (r *Reader) Date(n *Node) time.Time {
	v := r.Text(n)
	if v.Text == "" {
		return time.Time{}
	}
	day, err := time.Parse(time.DateOnly, v.Text)
	if err != nil {
		r.Fail(diag.BadDate, v.Span, fmt.Sprintf("“%s” is no date", v.Text), dateHint(v.Text))
		r.Mend(v.Text, MeantDate(v.Text))
		return time.Time{}
	}
	return day
}

// otherDates are ways to write a day that can mean one day only; where day and
// month could be taken for each other there is none.
var otherDates = []string{
	time.RFC3339, "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-1-2", "2006/1/2", "2006.1.2", "20060102",
	"2.1.2006", "2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "2. January 2006",
}

// MeantDate returns the day that a text means as ISO 8601 writes it; "" where
// that is not clear. Of two numbers with slashes the one above 12 is the day.
func MeantDate(text string) string {
	for _, layout := range otherDates {
		if day, err := time.Parse(layout, text); err == nil {
			return day.Format(time.DateOnly)
		}
	}
	if one, other := slashed(text); one == other || one == "" || other == "" {
		return cmp.Or(one, other)
	}
	return ""
}

// slashed returns the days that a text such as 03/02/2026 can mean: with the day
// first, and with the month first.
func slashed(text string) (dayFirst, monthFirst string) {
	if day, err := time.Parse("2/1/2006", text); err == nil {
		dayFirst = day.Format(time.DateOnly)
	}
	if day, err := time.Parse("1/2/2006", text); err == nil {
		monthFirst = day.Format(time.DateOnly)
	}
	return dayFirst, monthFirst
}

// dateHint writes the date that was meant, where that is clear.
func dateHint(text string) string {
	if day := MeantDate(text); day != "" {
		return "write " + day
	}
	if one, other := slashed(text); one != "" && other != "" {
		return "day and month could be taken for each other: write " + one + " or " + other
	}
	if len(text) == len(time.DateOnly) && strings.Trim(text, "0123456789-") == "" {
		return "there is no such day; year, month and day stand in this order: 2026-03-02"
	}
	return "write year, month and day: 2026-03-02"
}

// Period is a span of calendar time.
type Period struct{ Months, Days int }

// After returns the day that lies the period after another.
func (p Period) After(day time.Time) time.Time { return day.AddDate(0, p.Months, p.Days) }

// IsZero reports whether no period was given.
func (p Period) IsZero() bool { return p == Period{} }

var periodUnits = map[string]Period{
	"day": {Days: 1}, "week": {Days: 7}, "month": {Months: 1}, "quarter": {Months: 3}, "year": {Months: 12},
}

// maxPeriod is the longest period, in days: a hundred years.
const maxPeriod = 36600

// Period reads a whole number of days, weeks, months, quarters or years, at
// most 100 years: “6 months”.
func (r *Reader) Period(n *Node) Period {
	v := r.Text(n)
	if v.Text == "" {
		return Period{}
	}
	number, unit, _ := strings.Cut(strings.ToLower(v.Text), " ")
	count, err := strconv.Atoi(number)
	p, known := periodUnits[strings.TrimSuffix(strings.TrimSpace(unit), "s")]
	if err != nil || !known || count < 1 || count > maxPeriod || count*(p.Days+31*p.Months) > maxPeriod {
		r.Fail(diag.BadPeriod, v.Span, fmt.Sprintf("“%s” is no period", v.Text), "write a whole number and a unit: 6 months, 2 weeks, 1 year")
		return Period{}
	}
	return Period{p.Months * count, p.Days * count}
}

// Keys reads a map strictly: every key has its function; another is an error
// that names the nearest known one, in the order given. What the map holds is
// named as in “the settings of a role”.
func (r *Reader) Keys(n *Node, what string, keys []Key) {
	if Absent(n) {
		return
	}
	if n.Kind != Map {
		value := "…"
		if n.Value != "" {
			value = firstLine(n.Value)
		}
		r.wrong(n, what, "write “"+keys[0].Name+": "+value+"” on a line of its own below, indented")
		return
	}
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.Name
	}
	taken := map[string]bool{}
fields:
	for _, f := range n.Fields {
		for _, k := range keys {
			if k.Name == f.Key {
				k.Read(f.Value)
				continue fields
			}
		}
		r.Fail(diag.UnknownKey, f.Span, fmt.Sprintf("there is no key “%s” in %s", f.Key, what), diag.DidYouMean(f.Key, names))
		if meant := diag.Meant(f.Key, names); n.Get(meant) == nil && !taken[meant] {
			r.Mend(f.Key, meant)
			taken[meant] = true
		}
	}
}

// Key is one known key of a map with what reads its value.
type Key struct {
	Name string
	Read func(*Node)
}

// Map calls read for every entry of a map, in source order. The example is one
// line of what the map holds.
func (r *Reader) Map(n *Node, what, example string, read func(Field)) {
	if Absent(n) {
		return
	}
	if n.Kind != Map {
		r.wrong(n, what, "write “"+example+"” on a line of its own below, indented")
		return
	}
	for _, f := range n.Fields {
		read(f)
	}
}
