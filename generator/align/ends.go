package align

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
)

// lastDay reads the last day of what a text names: a day (“2026-03-31”, “31
// March 2026”, “31.3.2026”), a month (“2026-03”, “end of March 2026”), a quarter
// or half of a year (“Q3 2026”), a year; of several the latest. It is false for
// all that could mean something else: “3/4/2026”, “FY26”, “not before 2026”.
func lastDay(text string) (last time.Time, ok bool) {
	if len(text) > maxDate || !strings.ContainsAny(text, "0123456789") {
		return last, false
	}
	rest := strings.ToLower(aside().ReplaceAllString(text, " "))
	for _, form := range dateForms() {
		rest = form.words.ReplaceAllStringFunc(rest, func(found string) string {
			day, ok := form.read(form.words.FindStringSubmatch(found))
			if !ok {
				return found
			}
			if day.After(last) {
				last = day
			}
			return " "
		})
	}
	words := strings.FieldsFunc(rest, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsNumber(c) })
	for _, w := range words {
		if !fillers[w] {
			return last, false
		}
	}
	return last, !last.IsZero()
}

// maxDate is how long, in bytes, a text is that is read as a date.
const maxDate = 80

// aside is what stands in parentheses.
var aside = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\([^()]*\)`) })

// dateForm is a way to write a date.
type dateForm struct {
	words *regexp.Regexp
	read  func(found []string) (time.Time, bool)
}

// dateForms are tried in turn, the most exact first.
var dateForms = sync.OnceValue(func() []dateForm {
	return []dateForm{
		{regexp.MustCompile(`\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b`), func(f []string) (time.Time, bool) { return dayOf(f[1], f[2], f[3]) }},
		{regexp.MustCompile(`(\d{4})年(\d{1,2})月(\d{1,2})日`), func(f []string) (time.Time, bool) { return dayOf(f[1], f[2], f[3]) }},
		{regexp.MustCompile(`(\d{4})年(\d{1,2})月末?`), func(f []string) (time.Time, bool) { return monthOf(f[1], f[2]) }},
		{regexp.MustCompile(`\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b`), func(f []string) (time.Time, bool) { return dayOf(f[3], f[2], f[1]) }},
		{regexp.MustCompile(`\b(\d{1,2})/(\d{1,2})/(\d{4})\b`), slashed},
		{regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+|of\s+)?(\pL+)\.?,?\s+(?:de\s+)?(\d{4})\b`), func(f []string) (time.Time, bool) { return dayOf(f[3], f[2], f[1]) }},
		{regexp.MustCompile(`(\pL+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b`), func(f []string) (time.Time, bool) { return dayOf(f[3], f[1], f[2]) }},
		{regexp.MustCompile(`\b[qt]([1-4])[\s/-]*(?:of\s+)?(\d{4})\b`), func(f []string) (time.Time, bool) { return partOf(f[2], f[1], 3) }},
		{regexp.MustCompile(`\b(\d{4})[\s/-]*[qt]([1-4])\b`), func(f []string) (time.Time, bool) { return partOf(f[1], f[2], 3) }},
		{regexp.MustCompile(`\bh([12])[\s/-]*(?:of\s+)?(\d{4})\b`), func(f []string) (time.Time, bool) { return partOf(f[2], f[1], 6) }},
		{regexp.MustCompile(`\b(\d{4})[\s/-]*h([12])\b`), func(f []string) (time.Time, bool) { return partOf(f[1], f[2], 6) }},
		{regexp.MustCompile(`\b(\d{4})-(\d{1,2})\b`), func(f []string) (time.Time, bool) { return monthOf(f[1], f[2]) }},
		{regexp.MustCompile(`\b(\d{1,2})/(\d{4})\b`), func(f []string) (time.Time, bool) { return monthOf(f[2], f[1]) }},
		{regexp.MustCompile(`(\pL+)\.?,?\s+(?:de\s+|of\s+)?(\d{4})\b`), func(f []string) (time.Time, bool) { return monthOf(f[2], f[1]) }},
		{regexp.MustCompile(`\b(\d{4})\s+(\pL+)`), func(f []string) (time.Time, bool) { return monthOf(f[1], f[2]) }},
		{regexp.MustCompile(`(\d{4})年末?`), func(f []string) (time.Time, bool) { return partOf(f[1], "1", 12) }},
		{regexp.MustCompile(`\b(\d{4})\b`), func(f []string) (time.Time, bool) { return partOf(f[1], "1", 12) }},
	}
})

// slashed reads “31/3/2026”; where both could be the month, nobody can.
func slashed(f []string) (time.Time, bool) {
	first, _ := strconv.Atoi(f[1])
	second, _ := strconv.Atoi(f[2])
	switch {
	case first > 12 || first == second:
		return dayOf(f[3], f[2], f[1])
	case second > 12:
		return dayOf(f[3], f[1], f[2])
	}
	return time.Time{}, false
}

// The years that an end may lie in.
const (
	firstYear = 1990
	lastYear  = 2199
)

// dayOf returns a day of the calendar; the month is a number or a name.
func dayOf(year, month, day string) (time.Time, bool) {
	y, _ := strconv.Atoi(year)
	d, _ := strconv.Atoi(day)
	m := monthNamed(month)
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return t, y >= firstYear && y <= lastYear && t.Month() == m && t.Day() == d
}

// monthOf returns the last day of a month.
func monthOf(year, month string) (time.Time, bool) {
	first, ok := dayOf(year, month, "1")
	return first.AddDate(0, 1, -1), ok
}

// partOf returns the last day of a part of a year, counted from 1, that is so
// many months long.
func partOf(year, part string, months int) (time.Time, bool) {
	n, _ := strconv.Atoi(part)
	return monthOf(year, strconv.Itoa(n*months))
}

func monthNamed(s string) time.Month {
	if n, err := strconv.Atoi(s); err == nil {
		return time.Month(n)
	}
	return monthNames[s]
}

// fillers may stand beside a date and say nothing else.
var fillers = wordsIn("the end of until till by on in to and from ende bis zum am fin du le au jusqu jusqu'à hasta el finales de até ao o fim final まで")

func wordsIn(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[w] = true
	}
	return out
}

// monthNames are the names of the months in the languages that have words, and
// their abbreviations.
var monthNames = func() map[string]time.Month {
	out := map[string]time.Month{}
	for i, line := range [...]string{
		"january jan januar januari janvier janv enero ene janeiro", "february feb februar février fevrier févr febrero fevereiro fev",
		"march mar märz maerz mrz mars marzo março marco", "april apr avril avr abril abr", "may mai mayo maio", "june jun juni juin junio junho",
		"july jul juli juillet juil julio julho", "august aug août aout agosto ago", "september sept sep septembre septiembre setembro set",
		"october oct oktober okt octobre octubre outubro out", "november nov novembre noviembre novembro", "december dec dezember dez décembre decembre déc diciembre dic dezembro",
	} {
		for w := range strings.FieldsSeq(line) {
			out[w] = time.Month(i + 1)
		}
	}
	return out
}()
