package source

import (
	"bytes"
	"errors"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"

	"plumb/generator/diag"
)

// yamlFault rewords what the library says; the place may be moved to what an
// author would call the cause.
type yamlFault struct {
	// has is part of the library's message.
	has           string
	message, hint string
	move          func(y *yamlReader, at int) int
	// special, where set, reports the fault itself.
	special func(y *yamlReader, at int)
}

// The order matters: the first that fits counts.
var yamlFaults = []yamlFault{
	{has: "mapping value is not allowed", special: (*yamlReader).secondColon},
	{has: "tab character", message: "a tab, where YAML wants spaces", hint: "indent with spaces", move: (*yamlReader).tab},
	{has: "found character '\t'", message: "a tab, where YAML wants spaces", hint: "indent with spaces", move: (*yamlReader).tab},
	{has: "could not find end character", message: "this quote is not closed", hint: "close it, or leave both quotes out"},
	{has: "non-map value", special: (*yamlReader).noColon},
	{has: "',' or ']'", message: "this list is not closed", hint: "close it with ]", move: opened('[', ']')},
	{has: "',' or '}'", message: "this { is not closed", hint: "close it with }, or put the text in quotes", move: opened('{', '}')},
	{has: "sequence end token", message: "this list is not closed", hint: "close it with ]"},
	{has: "flow map", message: "this { is not closed", hint: "close it with }, or put the text in quotes", move: opened('{', '}')},
	{has: "expected sequence element", message: "a comma with nothing before it", hint: "take it out"},
	{has: "document separator", message: "a line of dashes in the middle of a text", hint: "take it out, or write *** for a rule"},
	{has: "implicit line break", message: "a key over two lines", hint: "write “key: value” on one line"},
	{has: "could not find '['", message: "this ] closes nothing", hint: quoteIt},
	{has: "could not find '{'", message: "this } closes nothing", hint: quoteIt},
	{has: "reserved character", message: "a value cannot begin with this character", hint: "put the value in quotes"},
	{has: "unexpected directive value", message: "a line or a value cannot begin with %", hint: "put the value in quotes, or take the line out"},
	{has: "undefined anchor", message: "a value cannot begin with & alone", hint: "put the value in quotes"},
	{has: "undefined alias", message: "a value cannot begin with * alone", hint: "put the value in quotes"},
	{has: "unknown escape character", message: "a backslash in double quotes begins a special character, and this is none", hint: "use single quotes, or write the backslash twice"},
	{has: "block sequence entries are not allowed", message: "a list cannot begin behind its key", hint: "write each “- item” on a line of its own below the key, or [item, item]"},
	{has: "invalid header option", message: "behind | or > nothing may follow in its line", hint: "begin the text in the next line, indented, or put it in quotes"},
	{has: "could not find multi-line content", message: "behind | or > an indented text has to follow", hint: "write the text on lines of its own below, indented, or in quotes"},
	{has: "anchor", message: "the & makes this a YAML anchor, which is not read here", hint: quoteIt},
	{has: "alias", message: "the * makes this a YAML alias, which is not read here", hint: quoteIt},
	{has: " tag", message: "the ! makes this a YAML tag, which is not read here", hint: quoteIt},
	{has: "surrogate", message: "this \\u names half a character", hint: "write the character itself"},
	{has: "invalid key for this map", message: "this cannot be a key", hint: quoteIt},
	{has: "unexpected key name", message: "a key is missing before this colon", hint: "write “key: value”"},
	{has: "value is not allowed in this context", special: (*yamlReader).surplus},
	{has: "could not find map value", special: (*yamlReader).noValue},
}

var placeInText = regexp.MustCompile(`\s*\(?(at )?\[\d+:\d+\]\)?`)

func (y *yamlReader) syntax(err error) {
	var se *yaml.SyntaxError
	if !errors.As(err, &se) {
		y.add(diag.YAMLSyntax, Span{0, 1}, clip(err.Error()), "")
		return
	}
	at := 0
	if se.Token != nil && se.Token.Position != nil {
		at = y.offset(se.Token.Position.Line, se.Token.Position.Column)
	}
	for _, f := range yamlFaults {
		if !strings.Contains(se.Message, f.has) {
			continue
		}
		if f.special != nil {
			f.special(y, at)
			return
		}
		if f.move != nil {
			at = f.move(y, at)
		}
		y.add(diag.YAMLSyntax, Span{at, at + 1}, f.message, f.hint)
		return
	}
	y.add(diag.YAMLSyntax, Span{at, at + 1}, "this is no YAML: "+clip(placeInText.ReplaceAllString(se.Message, "")), "")
}

// clip shortens a message that quotes the text.
func clip(s string) string {
	if runes := []rune(s); len(runes) > 120 {
		return string(runes[:120]) + "…"
	}
	return s
}

// secondColon finds why a value cannot be: a colon in its text, or a line
// below it that is indented.
func (y *yamlReader) secondColon(at int) {
	line, next := lineAt(y.data, at)
	if i := strings.Index(line+" ", ": "); i >= 0 {
		begin := bytes.LastIndexByte(y.data[:at], '\n') + 1
		y.add(diag.YAMLSyntax, Span{at + i, at + i + 1}, "a second colon: the text before it would become a key",
			"put the whole text in quotes: "+quoted(strings.TrimSpace(string(y.data[begin:at])), line))
		return
	}
	below, _ := lineAt(y.data, next)
	text := strings.TrimLeft(below, " ")
	next += len(below) - len(text)
	y.add(diag.YAMLSyntax, Span{next, next + len(text)}, "this line is indented, so it would continue the text above it",
		"begin it where the keys above begin, or put the text in quotes")
}

// quoted returns a key with its text in quotes.
func quoted(key, text string) string {
	mark := `"`
	if text = strings.TrimSpace(text); strings.ContainsAny(text, `"\`) {
		mark, text = "'", strings.ReplaceAll(text, "'", "''")
	}
	return clip(key + " " + mark + text + mark)
}

// noColon reports a line without a colon, or without a space behind it.
func (y *yamlReader) noColon(at int) {
	line, _ := lineAt(y.data, at)
	hint := "write “key: value”, or indent the line to continue the text above it"
	if key, value, ok := strings.Cut(line, ":"); ok && !strings.Contains(key, " ") {
		hint = "put a space behind the colon: " + clip(key+": "+value)
	}
	y.add(diag.YAMLSyntax, Span{at, at + len(line)}, "this line is no “key: value”", hint)
}

// surplus reports a text behind one that has ended.
func (y *yamlReader) surplus(at int) {
	before := bytes.TrimRight(y.data[:at], " ")
	message, hint := "this does not belong here", "check the indentation and the quotes of this line and the one above"
	switch {
	case bytes.HasSuffix(before, []byte("'")):
		message, hint = "the text ends at the quote before this, and more follows", "put it in double quotes, or write '' for the quote within it"
	case bytes.HasSuffix(before, []byte(`"`)):
		message, hint = "the text ends at the quote before this, and more follows", `put it in single quotes, or write \" for the quote within it`
	}
	y.add(diag.YAMLSyntax, Span{at, at + 1}, message, hint)
}

// tab returns the place of the first tab in the white space that a line
// begins with, else of the first in the line.
func (y *yamlReader) tab(at int) int {
	begin := bytes.LastIndexByte(y.data[:min(at, len(y.data))], '\n') + 1
	line, _ := lineAt(y.data, begin)
	if i := strings.IndexByte(line, '\t'); i >= 0 {
		return begin + i
	}
	return at
}

// noValue reports a key within braces whose value is missing or, more often, is
// taken for a comment.
func (y *yamlReader) noValue(at int) {
	line, _ := lineAt(y.data, at)
	if i := strings.Index(line, " #"); i >= 0 {
		y.add(diag.YAMLSyntax, Span{at + i + 1, at + len(line)}, "a # behind a space begins a comment: the rest of this line does not count", "put the text with the # in quotes")
		return
	}
	y.add(diag.YAMLSyntax, Span{at, at + 1}, "behind this colon a value is missing", "write one, or take the key out")
}

// opened returns what finds the bracket that is open at a place.
func opened(open, end byte) func(*yamlReader, int) int {
	return func(y *yamlReader, at int) int {
		depth := 0
		for i := min(at, len(y.data)) - 1; i >= 0; i-- {
			switch y.data[i] {
			case end:
				depth++
			case open:
				if depth--; depth < 0 {
					return i
				}
			}
		}
		return at
	}
}
