package source

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Nearly all front matter is lines of a key and a word, a date, a number or a
// few words in brackets. To read those needs no parser of YAML, which costs more
// than all the text below it. What is not surely read the same by the library is
// left to it, all faults among that; a test holds the two against each other.

// simple reads a block that is nothing but such lines; it is nil for any other.
func simple(f *File, part Span) *Node {
	m := &Node{Kind: Map}
	for at := part.Start; at < part.End; {
		line, next := lineBytes(f.Data[:part.End], at)
		field, ok := simpleLine(string(line), at)
		if !ok || len(m.Fields) == maxSimple || m.Get(field.Key) != nil {
			return nil
		}
		m.Fields, at = append(m.Fields, field), next
	}
	if len(m.Fields) == 0 {
		return nil
	}
	m.Span = m.Fields[0].Span
	return m
}

// maxSimple is how many keys and items are read here: more would be compared
// one by one for too long.
const maxSimple = 50

func simpleLine(line string, at int) (Field, bool) {
	key, value, ok := strings.Cut(line, ": ")
	if !ok || !isSimpleKey(key) {
		return Field{}, false
	}
	field := Field{Key: key, Span: Span{at, at + len(key)}}
	at += len(line) - len(value)
	if inner, ok := strings.CutPrefix(value, "["); ok {
		field.Value = simpleList(inner, at)
	} else {
		field.Value = simpleScalar(value, at)
	}
	return field, field.Value != nil
}

func isSimpleKey(key string) bool {
	for i := range len(key) {
		if c := key[i]; (c < 'a' || c > 'z') && (c != '_' || i == 0) {
			return false
		}
	}
	return key != "" && !isReserved(key)
}

// simpleList reads the items of a list behind its bracket; nil where that is
// for the library.
func simpleList(s string, at int) *Node {
	inner, ok := strings.CutSuffix(s, "]")
	if !ok {
		return nil
	}
	list := &Node{Kind: List, Span: Span{at, at + 1}}
	at++
	for more := true; more; {
		var word string
		word, inner, more = strings.Cut(inner, ", ")
		item := simpleScalar(word, at)
		if item == nil || strings.IndexByte(word, ',') >= 0 || len(list.Items) == maxSimple {
			return nil
		}
		list.Items = append(list.Items, item)
		at += len(word) + len(", ")
	}
	return list
}

// simpleScalar reads a text, a date or a number; nil where that is for the
// library.
func simpleScalar(s string, at int) *Node {
	n := &Node{Kind: Text, Value: s, Span: Span{at, at + len(s)}}
	switch {
	case isWholeNumber(s):
		n.Kind = Number
	case !isDate(s) && (!isSimpleText(s) || isReserved(s)):
		return nil
	}
	return n
}

// isSimpleText reports whether a text begins with a letter and ends with a
// letter or a digit, and holds no character that may mean something to YAML.
func isSimpleText(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	for _, r := range s {
		if !isWord(r) && (r < utf8.RuneSelf && strings.IndexByte(" -_.,/()", byte(r)) < 0 || !unicode.IsGraphic(r) || unicode.IsSpace(r) && r != ' ') {
			return false
		}
	}
	return unicode.IsLetter(first) && isWord(last)
}

func isWord(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r >= utf8.RuneSelf && unicode.IsLetter(r)
}

// isReserved reports whether a word may be no text in YAML.
func isReserved(s string) bool {
	return len(s) <= len("false") && slices.ContainsFunc(reserved, func(word string) bool { return strings.EqualFold(word, s) })
}

var reserved = []string{"null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"}

// isWholeNumber reports whether a text is a number that is not octal.
func isWholeNumber(s string) bool {
	return s != "" && len(s) <= 9 && strings.Trim(s, "0123456789") == "" && (s == "0" || s[0] != '0')
}

// isDate reports whether a text has the form 2026-03-02.
func isDate(s string) bool {
	return len(s) == 10 && s[4] == '-' && s[7] == '-' && strings.Trim(s[:4]+s[5:7]+s[8:], "0123456789") == ""
}
