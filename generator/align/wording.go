package align

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"plumb/generator/playbook"
)

// wording is a text that is compared with others by what it says.
type wording struct {
	text, key string
	sentences []string // normalised
	words     []string // of the key
}

func newWording(text string) wording {
	w := wording{text: text, key: playbook.Normalize(text)}
	w.words = strings.Fields(w.key)
	for s := range strings.SplitAfterSeq(sentenceEnd(text), "\n") {
		if key := playbook.Normalize(s); key != "" {
			w.sentences = append(w.sentences, key)
		}
	}
	return w
}

// sentenceEnd returns a text with a line's end behind each sentence.
func sentenceEnd(text string) string {
	return strings.NewReplacer(". ", ".\n", "! ", "!\n", "? ", "?\n", "; ", ";\n", "。", "。\n").Replace(text)
}

// agrees reports whether two texts say the same: one says the other and more, in
// any order of the sentences, or nearly all of their words are the same.
func (w wording) agrees(v wording) bool {
	return strings.Contains(w.key, v.key) || strings.Contains(v.key, w.key) ||
		among(w.sentences, v.sentences) || among(v.sentences, w.sentences) || w.isRewording(v)
}

const (
	// sameWords is of how many in a hundred words two wordings of one definition
	// share. Of a short one a single word makes another definition (“net sales”,
	// “gross sales”), so that below so many words only the plural may differ.
	sameWords = 85
	fewWords  = 20
	// manyWords is from how many on words are not compared: it is quadratic.
	manyWords = 150
)

// isRewording reports whether two texts have nearly the same words in the same
// order, and the same numbers and negations.
func (w wording) isRewording(v wording) bool {
	most := max(len(w.words), len(v.words))
	if most > manyWords || min(len(w.words), len(v.words))*100 < sameWords*most || !slices.Equal(decisive(w.words), decisive(v.words)) {
		return false
	}
	if most < fewWords {
		return slices.EqualFunc(w.words, v.words, func(a, b string) bool { return strings.TrimSuffix(a, "s") == strings.TrimSuffix(b, "s") })
	}
	return inOrder(w.words, v.words)*100 >= sameWords*most
}

// negations turn what a definition says into its reverse.
var negations = wordsIn("not no non without except excluding before after nicht kein keine ohne außer vor nach pas sans sauf hors avant après sin salvo excepto antes después não sem exceto depois")

// decisive are the words of which each makes another definition: numbers and
// negations.
func decisive(words []string) (out []string) {
	for _, w := range words {
		if negations[w] || strings.ContainsFunc(w, unicode.IsDigit) {
			out = append(out, w)
		}
	}
	return out
}

// inOrder counts the words that two texts share in one order, forms of a word
// taken for one (the longest common subsequence).
func inOrder(a, b []string) int {
	row := make([]int, len(b)+1)
	for _, w := range a {
		diagonal := 0
		for j, v := range b {
			above := row[j+1]
			if sameWord(w, v) {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

// sameWord reports whether two normalised words are forms of one: “mature” and
// “maturity”, “grow” and “growth”.
func sameWord(a, b string) bool {
	if a == b {
		return true
	}
	a, b = stem(a), stem(b)
	return a == b || min(len(a), len(b)) >= stemLength-1 && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a))
}

const (
	// quoted is how many characters of a text a message quotes.
	quoted = 100
	// sameBefore is how many characters may be the same at the beginning of two
	// quotations, leadIn how many of them stand before where they part.
	sameBefore = 60
	leadIn     = 30
)

// apart quotes two texts from where they differ.
func apart(a, b string) (string, string) {
	a, b = strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " ")
	same := 0 // bytes
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	for same > 0 && same < len(a) && !utf8.RuneStart(a[same]) {
		same--
	}
	from := 0
	if utf8.RuneCountInString(a[:same]) > sameBefore {
		from = lead(a[:same])
	}
	return quotedFrom(a, from), quotedFrom(b, from)
}

// lead returns where the last few words of a text begin.
func lead(text string) int {
	from := len(text)
	for range leadIn {
		_, n := utf8.DecodeLastRuneInString(text[:from])
		from -= n
	}
	if i := strings.IndexByte(text[from:], ' '); i >= 0 {
		from += i + 1
	}
	return from
}

func quotedFrom(text string, from int) string {
	if from == 0 {
		return clip(text)
	}
	return "“…" + playbook.Shorten(text[from:], quoted-1) + "”"
}

// clip quotes the beginning of a text.
func clip(s string) string { return "“" + playbook.Shorten(s, quoted) + "”" }
