package search

import (
	"iter"
	"unicode/utf8"
)

// Word is a word of a text, or a pair of characters of a script that does not
// part words.
type Word struct {
	Text     string // folded
	From, To int    // bytes of the text it was cut from
	Pair     bool
	// Run is the number of the run of characters the word was cut from. The
	// pairs of one run have one number. A run may give several words with the same
	// place (“½” is 1 and 2), or none.
	Run int
}

// Words cuts a text.
//
// A run is the longest sequence of characters of words of one class, with the
// silent ones between and behind them. An apostrophe goes on with a run of
// letters if a letter or digit follows at once, unless it parts: that is where at
// least three follow, silent ones not counted, and the first is a Latin letter
// (above “9” and below U+0370, or U+1Exx). So “supplier’s” and “п'ять” are one word, “l’offre” is two.
//
// A run of letters is folded as a whole, and cut again at characters that the
// folded form of a word cannot have. In a run of a script that does not part
// words each character is folded for itself, together with voicing marks and
// the vowels and finals of Hangul behind it; each two neighbours of what comes of
// that are a pair. One that is alone is a “pair” of one character.
func Words(text string) iter.Seq[Word] {
	return func(yield func(Word) bool) {
		at := 0
		for n := 0; ; n++ {
			r, ok := nextRun(text, at)
			if !ok {
				return
			}
			cut := cutLetters
			if r.pairs {
				cut = cutPairs
			}
			if !cut(text, r, n, yield) {
				return
			}
			at = r.to
		}
	}
}

// run is a run of characters of one class.
type run struct {
	from, to int
	pairs    bool
}

// nextRun returns the first run of a text behind an index; ok is false where
// there is none.
func nextRun(text string, at int) (r run, ok bool) {
	for at < len(text) {
		_, n, c := classes.at(text, at)
		if c == classWord || c == classPair {
			return run{at, runEnd(text, at+n, c), c == classPair}, true
		}
		at += n
	}
	return run{}, false
}

func runEnd(text string, at int, of class) int {
	for at < len(text) {
		if b := text[at]; b < utf8.RuneSelf && classes.table[b] == of {
			at++ // as most characters of most words
			continue
		}
		_, n, c := classes.at(text, at)
		if c != of && c != classSilent && (c != classApostrophe || of != classWord || !joins(text, at+n)) {
			break
		}
		at += n
	}
	return at
}

// joins reports whether an apostrophe goes on with the word before it, by what
// stands behind it.
func joins(text string, at int) bool {
	letters, first := 0, rune(0)
	for at < len(text) && letters < 3 {
		r, n, c := classes.at(text, at)
		if c != classWord && c != classSilent {
			break
		}
		if c == classWord {
			if letters == 0 {
				first = r
			}
			letters++
		}
		at += n
	}
	return letters > 0 && (letters < 3 || first <= '9' || first >= 0x370 && first>>8 != 0x1e)
}

func cutLetters(text string, r run, number int, yield func(Word) bool) bool {
	for piece := range pieces(Fold(text[r.from:r.to])) {
		if !yield(Word{Text: piece, From: r.from, To: r.to, Run: number}) {
			return false
		}
	}
	return true
}

// pieces cuts a folded run of letters: “1⁄2” is what ½ folds to.
func pieces(folded string) iter.Seq[string] {
	return func(yield func(string) bool) {
		from := 0
		for i, r := range folded {
			if isFolded(r) {
				continue
			}
			if i > from && !yield(folded[from:i]) {
				return
			}
			from = i + utf8.RuneLen(r)
		}
		if from < len(folded) {
			yield(folded[from:])
		}
	}
}

func cutPairs(text string, r run, number int, yield func(Word) bool) bool {
	folded, letters := foldPairs(text, r)
	for i := range max(len(letters)-1, min(len(letters), 1)) {
		j := min(i+1, len(letters)-1)
		w := Word{Text: folded[letters[i].at:letters[j].end], From: letters[i].from, To: letters[j].to, Pair: true, Run: number}
		if !yield(w) {
			return false
		}
	}
	return true
}

// letter is one character of a folded run: its bytes there, and those of what
// it was in the text.
type letter struct{ at, end, from, to int }

// foldPairs folds a run of a script that does not part words.
func foldPairs(text string, r run) (folded string, letters []letter) {
	out := make([]byte, 0, r.to-r.from)
	letters = make([]letter, 0, utf8.RuneCountInString(text[r.from:r.to]))
	for from := r.from; from < r.to; {
		to := cellEnd(text, from, r.to)
		for _, c := range Fold(text[from:to]) {
			if isFolded(c) {
				at := len(out)
				out = utf8.AppendRune(out, c)
				letters = append(letters, letter{at, len(out), from, to})
			}
		}
		from = to
	}
	return string(out), letters
}

// cellEnd returns the end of the characters that are folded together with the
// one at an index.
func cellEnd(text string, from, limit int) int {
	_, n := utf8.DecodeRuneInString(text[from:])
	at := from + n
	for at < limit {
		r, n, c := classes.at(text, at)
		if c != classSilent && !follows(r) {
			break
		}
		at += n
	}
	return at
}

// follows reports whether a character is written apart from the one before it
// only by how the text was encoded.
func follows(r rune) bool {
	return r == 0x3099 || r == 0x309a || r == 0xff9e || r == 0xff9f || r >= 0x1160 && r <= 0x11ff || r >= 0xd7b0 && r <= 0xd7fb
}
