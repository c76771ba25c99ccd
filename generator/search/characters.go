package search

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// class is what a character is to a text that is cut into words.
type class uint8

const (
	classNone       class = iota // parts words
	classWord                    // a letter, a number, a mark
	classPair                    // the same, of a script that does not part words
	classSilent                  // goes on with the word it stands in, and is dropped
	classApostrophe              // ' ‘ ’ ʼ ＇
)

// The characters of words, those of them whose runs are cut into pairs, and
// those that are dropped. Numbers in base 36, in turn: how far behind the last
// range the next begins, and how long it is beyond its first character. The
// engine has the same three texts. Punctuation of scripts that are seldom met is
// among the first, which saves half of its length; the test says which.
const (
	wordCharacters   = "1c 9 8 p 7 p 1c 0 8 1 2 0 4 1 2 2 2 m 2 u 2 cp 5 b f 4 8 0 2 0 i 38 2 7 2 0 7 0 2 31 2 3u 2 5y 7 14 9 18 2 0 2 1 2 1 2 17 u a 6 21 5 2t 2 7 3 9 2 i 3 0 h 6d 5 3 3 19 j r 5 13 2 5 a 21 2 3k 3 9 2 3k 3 5 3 0 2 u4 6 e 2 9 14 3j o 1 7 j 2 0 2 0 2 0 5 1y 2 1i a 0 1m 21 7 25 3 jj a lf 3 g 2 9e 4 0 5 t i 2 2 1kd 38 9 6 a 7 c 1g w i 0 5 0 3 9 2 0 4 4 7 0 2 0 2 0 2 3 2 a 3 3 6 4 5 0 2 1l k7 1n 27 l hj t vh e7 1c 0 d2 2 q e 2 4 3 4 5 2h 3 2 2 2h 2 42 4 3 b v 1d f x 9 v 7 2 e x 9 14 e 8x 533 1t r97 6it zf 39 3w k 9 8 p 7 p c 1l 1 1o 10 1533 sh sf 1dt 35r 2k1 9 sn 2t4v"
	pairCharacters   = "2rl 72 75 4f 2p 73 135 3j 4qu ax 2q f e9 533 1t g73 1up v 2p v 2p v ap 8or 6it e7 vb 3a ysk a7 fip 2t4v"
	silentCharacters = "4t 0 gj 33 f6 18 2 0 2 1 2 1 2 0 21 a 2 0 10 0 b k h 0 2u 6 3 9 2 3 3dq 4 1ks 4 r 4 1e f 2p w 17o0 f h f 5s 0 i9kx dr"
)

// characters tells the class of each character: those of the first planes that
// texts consist of by a table, the others by the ranges.
type characters struct {
	table  [0x3400]class
	ranges []characterRange // in order of from, the later winning
}

type characterRange struct {
	from, to rune
	class    class
}

var classes = readCharacters()

func readCharacters() *characters {
	c := &characters{}
	c.add(wordCharacters, classWord)
	c.add(pairCharacters, classPair)
	c.add(silentCharacters, classSilent)
	for _, r := range "'‘’ʼ" {
		c.table[r] = classApostrophe
	}
	c.ranges = append(c.ranges, characterRange{'＇', '＇', classApostrophe})
	return c
}

// add reads one of the three texts. Only what is a character of words is cut
// into pairs.
func (c *characters) add(list string, as class) {
	at := rune(0)
	numbers := strings.Fields(list)
	for i := 0; i+1 < len(numbers); i += 2 {
		gap, _ := strconv.ParseInt(numbers[i], 36, 32)
		length, _ := strconv.ParseInt(numbers[i+1], 36, 32)
		from := at + rune(gap)
		at = from + rune(length)
		for r := from; r <= at && int(r) < len(c.table); r++ {
			if as != classPair || c.table[r] == classWord {
				c.table[r] = as
			}
		}
		if int(at) >= len(c.table) {
			c.ranges = append(c.ranges, characterRange{from, at, as})
		}
	}
}

// of returns the class of a character.
func (c *characters) of(r rune) class {
	if int(r) < len(c.table) {
		return c.table[r]
	}
	found := classNone
	for i := range c.ranges {
		in := &c.ranges[i]
		if in.from <= r && r <= in.to && (in.class != classPair || found == classWord) {
			found = in.class
		}
	}
	return found
}

// at returns the character that begins at an index of a text, how many bytes
// it has, and its class.
func (c *characters) at(text string, i int) (rune, int, class) {
	if b := text[i]; b < utf8.RuneSelf {
		return rune(b), 1, c.table[b]
	}
	r, n := utf8.DecodeRuneInString(text[i:])
	return r, n, c.of(r)
}

// isFolded reports whether a folded word may have a character. Those of
// U+E000–U+FFFF may not stand in one: they would part the order of bytes from
// that of UTF-16.
func isFolded(r rune) bool {
	if r >= 0xe000 && r <= 0xffff {
		return false
	}
	c := classes.of(r)
	return c == classWord || c == classPair
}
