package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"plumb/generator/site"
)

// Words are those that a calendar shows.
type Words struct {
	// Name is the calendar's, Review is “Review “%s”” with the title filled in.
	Name   string
	Review func(title string) string
	// Program is who wrote the calendar.
	Program string
}

// AppendCalendar appends the days on which reviews are due as an iCalendar file
// (RFC 5545). Nothing in it depends on the time of the build but for the day that is
// built for; an event keeps its identity as long as its text keeps its path.
func (d *Desk) AppendCalendar(dst []byte, w Words) []byte {
	dst = appendLine(dst, "BEGIN:VCALENDAR")
	dst = appendLine(dst, "VERSION:2.0")
	dst = appendLine(dst, "PRODID:-//Plumb//"+escaped(w.Program)+"//EN")
	dst = appendLine(dst, "CALSCALE:GREGORIAN")
	dst = appendLine(dst, "X-WR-CALNAME:"+escaped(w.Name))
	for _, p := range d.byDue() {
		if !p.Due.IsZero() {
			dst = d.appendEvent(dst, w, p)
		}
	}
	return appendLine(dst, "END:VCALENDAR")
}

// calendarDay is a day as iCalendar writes it.
const calendarDay = "20060102"

func (d *Desk) appendEvent(dst []byte, w Words, p *site.Playbook) []byte {
	c := d.Site.Config
	sum := sha256.Sum256([]byte(c.Title + "\x00" + c.BaseURL + "\x00" + p.File.Path))
	dst = appendLine(dst, "BEGIN:VEVENT")
	dst = appendLine(dst, "UID:"+hex.EncodeToString(sum[:12])+"@plumb.invalid")
	dst = appendLine(dst, "DTSTAMP:"+d.Site.AsOf.Format(calendarDay)+"T000000Z")
	dst = appendLine(dst, "DTSTART;VALUE=DATE:"+p.Due.Format(calendarDay))
	dst = appendLine(dst, "DTEND;VALUE=DATE:"+p.Due.AddDate(0, 0, 1).Format(calendarDay))
	dst = appendLine(dst, "SUMMARY:"+escaped(w.Review(p.Title)))
	about := p.File.Path
	if name := owner(&p.Page); name != "" {
		about = name + "\n" + about
	}
	dst = appendLine(dst, "DESCRIPTION:"+escaped(about))
	if c.BaseURL != "" && !p.Homeless {
		dst = appendLine(dst, "URL:"+c.BaseURL+escapeURL(p.URL))
	}
	dst = appendLine(dst, "TRANSP:TRANSPARENT")
	return appendLine(dst, "END:VEVENT")
}

// escaped is a text as a value of the type TEXT; other control characters are not
// allowed there.
func escaped(s string) string {
	s = strings.NewReplacer("\\", "\\\\", ";", "\\;", ",", "\\,", "\r\n", "\\n", "\n", "\\n", "\r", "\\n").Replace(s)
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// folded is how many octets a line has at most, its end aside.
const folded = 75

// appendLine appends a content line, folded between characters.
func appendLine(dst []byte, s string) []byte {
	room := folded
	for len(s) > room {
		cut := room
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		dst = append(append(dst, s[:cut]...), "\r\n "...)
		s, room = s[cut:], folded-1
	}
	return append(append(dst, s...), "\r\n"...)
}
