package source_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"plumb/generator/source"
)

// read reads the value of the key a, and returns the messages in one line.
func read[T any](t *testing.T, value string, take func(*source.Reader, *source.Node) T) (T, string) {
	t.Helper()
	f, _ := source.Decode("x.yaml", []byte("a: "+value+"\n"))
	n, list := source.YAML(f, source.Span{Start: 0, End: len(f.Data)})
	if len(list) > 0 {
		t.Fatal(list)
	}
	r := &source.Reader{File: f}
	v := take(r, n.Get("a"))
	var said []string
	for _, d := range r.List {
		said = append(said, fmt.Sprintf("%d: %s (%s)", d.Column, d.Message, d.Hint))
	}
	return v, strings.Join(said, "; ")
}

func TestDate(t *testing.T) {
	const inOrder = "4: “%s” is no date (there is no such day; year, month and day stand in this order: 2026-03-02)"
	for value, want := range map[string]string{
		"2026-03-02":           "2026-03-02",
		"'2024-02-29'":         "2024-02-29",
		"":                     "0001-01-01",
		"~":                    "0001-01-01",
		"2026-02-29":           fmt.Sprintf(inOrder, "2026-02-29"),
		"02-03-2026":           fmt.Sprintf(inOrder, "02-03-2026"),
		"2026-3-2":             "4: “2026-3-2” is no date (write 2026-03-02)",
		"2.3.2026":             "4: “2.3.2026” is no date (write 2026-03-02)",
		"20260302":             "4: “20260302” is no date (write 2026-03-02)",
		"2 March 2026":         "4: “2 March 2026” is no date (write 2026-03-02)",
		"2026-03-02T23:59:00Z": "4: “2026-03-02T23:59:00Z” is no date (write 2026-03-02)",
		"02/03/2026":           "4: “02/03/2026” is no date (day and month could be taken for each other: write 2026-03-02 or 2026-02-03)",
		"25/12/2026":           "4: “25/12/2026” is no date (write 2026-12-25)",
		"12/25/2026":           "4: “12/25/2026” is no date (write 2026-12-25)",
		"3/3/2026":             "4: “3/3/2026” is no date (write 2026-03-03)",
		"31/2/2026":            "4: “31/2/2026” is no date (write year, month and day: 2026-03-02)",
		"soon":                 "4: “soon” is no date (write year, month and day: 2026-03-02)",
		"[2026-03-02]":         "4: this should be one text, not a list (leave out the brackets or the hyphen)",
	} {
		day, said := read(t, value, (*source.Reader).Date)
		if got := said; got != want && (said != "" || day.Format(time.DateOnly) != want || day.Location() != time.UTC) {
			t.Errorf("%s: got %v %q, want %q", value, day, said, want)
		}
	}
}

func TestPeriod(t *testing.T) {
	for value, want := range map[string]source.Period{
		"6 months": {Months: 6}, "1 month": {Months: 1}, "2 weeks": {Days: 14}, "10 days": {Days: 10}, "1 Year": {Months: 12},
		"2 quarters": {Months: 6}, "3  months": {Months: 3}, "": {}, "98 years": {Months: 1176},
	} {
		if got, said := read(t, value, (*source.Reader).Period); got != want || said != "" {
			t.Errorf("%q: %+v %s", value, got, said)
		}
	}
	for _, value := range []string{"6", "months", "6months", "0 months", "-1 month", "1.5 years", "half a year", "6 mouths", "101 years",
		"9223372036854775807 years", "99999999999999999999 days", "24795450 years", "6 months ago"} {
		got, said := read(t, value, (*source.Reader).Period)
		if !got.IsZero() || !strings.Contains(said, "“"+value+"” is no period") {
			t.Errorf("%q: %+v %s", value, got, said)
		}
	}
	after := source.Period{Months: 1, Days: 1}.After(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	if after.Format(time.DateOnly) != "2026-02-02" {
		t.Error(after)
	}
}

func TestBool(t *testing.T) {
	for value, want := range map[string]string{
		"true": "true", "True": "true", "TRUE": "true", "false": "false", "": "false",
		"yes":  "4: this should be true or false, not text (write true)",
		"off":  "4: this should be true or false, not text (write false)",
		"1":    "4: this should be true or false, not a number (write true)",
		"[no]": "4: this should be true or false, not a list (write true or false)",
	} {
		got, said := read(t, value, (*source.Reader).Bool)
		if said == "" {
			said = fmt.Sprint(got)
		}
		if said != want {
			t.Errorf("%q: got %s, want %s", value, said, want)
		}
	}
}

func TestTexts(t *testing.T) {
	for value, want := range map[string]string{
		"x": "x", "[x, 12, True, '']": "x 12 True", "": "", "[]": "", "'  '": "", "[~, x]": "x",
	} {
		values, said := read(t, value, (*source.Reader).Texts)
		var got []string
		for _, v := range values {
			got = append(got, v.Text)
		}
		if strings.Join(got, " ") != want || said != "" {
			t.Errorf("%q: %v %s", value, got, said)
		}
	}
	if values, said := read(t, "{a: b}", (*source.Reader).Texts); len(values) > 0 || !strings.Contains(said, "this should be one text") {
		t.Errorf("%v %s", values, said)
	}
}
