package search

import (
	"strings"
	"unicode/utf8"
)

// A passage has about sixty words; sizes are in bytes, which suits scripts
// without spaces as well.
const (
	shortestPassage = 240
	longestPassage  = 480
	// wholePassage is up to what size a text is not parted.
	wholePassage = 540
)

// passage returns the length of a text's first passage: to the end of a line, of a
// sentence or of a word, whichever comes best.
func passage(text string) int {
	if len(text) <= wholePassage {
		return len(text)
	}
	window := text[:longestPassage]
	if i := strings.LastIndexByte(window, '\n'); i >= shortestPassage {
		return i + 1
	}
	if i := lastSentence(window); i >= shortestPassage {
		return i
	}
	if i := strings.LastIndexByte(window, ' '); i >= shortestPassage {
		return i + 1
	}
	return gap(text, longestPassage)
}

// lastSentence returns where the last sentence of a text ends, 0 where none
// does.
func lastSentence(text string) int {
	end := 0
	for i := shortestPassage / 2; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		switch r {
		case '。', '！', '？':
			end = i
		case '.', '!', '?':
			if i < len(text) && text[i] == ' ' {
				end = i
			}
		}
	}
	return end
}

// gap returns the first place behind an index where no word is cut apart: in a
// script without spaces any character's end, since there is no better one.
func gap(text string, from int) int {
	for !utf8.RuneStart(text[from]) {
		from++
	}
	for at := from; at < len(text); {
		_, n, c := classes.at(text, at)
		if c == classNone || c == classPair {
			return at
		}
		at += n
	}
	return len(text)
}
