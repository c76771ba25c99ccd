package source

import (
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

// Place returns the place of a span in the reader's file.
func (r *Reader) Place(at Span) diag.Place { return r.File.Place(at) }

func (r *Reader) wrong(n *Node, want string) {
	r.Fail(diag.WrongType, n.Span, "this is "+n.Kind.String()+", but "+want+" belongs here", "")
}

// Absent reports whether a node holds nothing.
func Absent(n *Node) bool { return n == nil || n.Kind == Null }

// Text reads a scalar as text; a number or a truth value is taken as written.
func (r *Reader) Text(n *Node) Value {
	if Absent(n) {
		return Value{}
	}
	if n.Kind == List || n.Kind == Map {
		r.wrong(n, "a text")
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
		return []Value{r.Text(n)}
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
	if n.Kind != Bool {
		r.Fail(diag.WrongType, n.Span, "this is "+n.Kind.String()+", but true or false belongs here", "")
	}
	return n.Kind == Bool && n.Value == "true"
}

// Date reads a day as ISO 8601 writes it, 2026-03-02, in UTC.
func (r *Reader) Date(n *Node) time.Time {
	v := r.Text(n)
	if v.Text == "" {
		return time.Time{}
	}
	day, err := time.Parse(time.DateOnly, v.Text)
	if err != nil {
		r.Fail(diag.BadDate, v.Span, fmt.Sprintf("“%s” is no date", v.Text), "write year, month and day: 2026-03-02")
	}
	return day
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

// Period reads a whole number of days, weeks, months, quarters or years, at
// most 100 years: “6 months”.
func (r *Reader) Period(n *Node) Period {
	v := r.Text(n)
	if v.Text == "" {
		return Period{}
	}
	number, unit, _ := strings.Cut(v.Text, " ")
	count, err := strconv.Atoi(number)
	p, known := periodUnits[strings.TrimSuffix(strings.TrimSpace(unit), "s")]
	if err != nil || !known || count < 1 || count*(p.Days+31*p.Months) > 36600 {
		r.Fail(diag.BadPeriod, v.Span, fmt.Sprintf("“%s” is no period", v.Text), "write a number and a unit: 6 months, 2 weeks, 1 year")
		return Period{}
	}
	return Period{p.Months * count, p.Days * count}
}

// Keys reads a map strictly: every key has its function; another is an error
// that names the nearest known one, in the order given.
func (r *Reader) Keys(n *Node, what string, keys []Key) {
	if Absent(n) {
		return
	}
	if n.Kind != Map {
		r.wrong(n, what)
		return
	}
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.Name
	}
fields:
	for _, f := range n.Fields {
		for _, k := range keys {
			if k.Name == f.Key {
				k.Read(f.Value)
				continue fields
			}
		}
		r.Fail(diag.UnknownKey, f.Span, fmt.Sprintf("%s has no key “%s”", what, f.Key), diag.DidYouMean(f.Key, names))
	}
}

// Key is one known key of a map with what reads its value.
type Key struct {
	Name string
	Read func(*Node)
}

// Map calls read for every entry of a map, in source order.
func (r *Reader) Map(n *Node, what string, read func(Field)) {
	if Absent(n) {
		return
	}
	if n.Kind != Map {
		r.wrong(n, what)
		return
	}
	for _, f := range n.Fields {
		read(f)
	}
}
