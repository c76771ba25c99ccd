package align

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"plumb/generator/playbook"
)

// nameSet looks texts through for names, generously: a name is found where all
// of its words stand in one paragraph, item or row, in any form and order; so is
// its abbreviation in capitals. A text is read once, however many names there
// are.
type nameSet struct {
	// index numbers the names, found says which were met, left counts the others.
	index map[string]int
	found []bool
	left  int

	variants []variant
	acronyms map[string][]int
	unspaced []unspacedName

	ready   bool
	stems   map[string]int32 // the words of interest
	waiting [][]int32        // by stem: the variants to look at where it stands
	starts  [1 << 10]bool    // by [start]: how the words of interest begin
	firsts  [1 << 5]bool     // by their first letter

	block  int32 // the number of the block that is read
	stamps []int32
	met    []int32 // stems that stand in the block
	checks int
}

// variant is a way to say a name: its words.
type variant struct {
	name  int
	stems []int32
}

// unspacedName is a name in a script that does not part words.
type unspacedName struct {
	name int
	key  string
}

// extent is a part of a text in which one of the names, by its index, says
// nothing: the place where it is explained.
type extent struct{ start, end, name int }

// maxChecks is how many comparisons a search costs at most; beyond, no name is
// called missing. No text comes near it that a person wrote.
const maxChecks = 1 << 22

func newNameSet() *nameSet {
	return &nameSet{index: map[string]int{}, acronyms: map[string][]int{}, stems: map[string]int32{}, block: 1}
}

// add adds a name, with the anchor by which links lead to it.
func (s *nameSet) add(name, id string) {
	if _, known := s.index[name]; known {
		return
	}
	n := len(s.found)
	s.index[name], s.found = n, append(s.found, false)
	s.left++
	if strings.ContainsFunc(name, isUnspaced) {
		s.unspaced = append(s.unspaced, unspacedName{n, playbook.Normalize(name)})
	}
	bare, inside := cutParenthesis(name)
	for _, part := range append(strings.Split(bare, "/"), id) {
		s.variant(n, strings.Fields(playbook.Normalize(part)))
	}
	s.acronym(n, inside)
	s.acronym(n, initials(bare))
}

// cutParenthesis parts what stands in a last parenthesis from a name.
func cutParenthesis(name string) (before, inside string) {
	before, inside, ok := strings.Cut(name, "(")
	if !ok || strings.TrimSpace(before) == "" {
		return name, ""
	}
	return before, strings.TrimRight(inside, ") ")
}

func initials(name string) string {
	var b strings.Builder
	for _, w := range strings.Fields(playbook.Normalize(name)) {
		if c := w[0]; c >= 'a' && c <= 'z' {
			b.WriteByte(c - 'a' + 'A')
		}
	}
	return b.String()
}

// minWord is how many letters a word of a name has at least that has to be met,
// unless all are shorter.
const minWord = 3

func (s *nameSet) variant(name int, words []string) {
	v := variant{name: name}
	long := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return utf8.RuneCountInString(w) < minWord })
	if len(long) == 0 {
		long = words
	}
	for _, w := range long {
		if id := s.stemID(stem(w)); !slices.Contains(v.stems, id) {
			v.stems = append(v.stems, id)
		}
	}
	if len(v.stems) > 0 {
		s.variants = append(s.variants, v)
	}
}

func (s *nameSet) stemID(w string) int32 {
	id, ok := s.stems[w]
	if !ok {
		id = int32(len(s.stems))
		s.stems[w] = id
		s.starts[start([]byte(w))], s.firsts[w[0]&31] = true, true
	}
	return id
}

// maxAcronym is how many letters an abbreviation has at most.
const maxAcronym = 6

func (s *nameSet) acronym(name int, letters string) {
	if isAcronym(letters) {
		s.acronyms[letters] = append(s.acronyms[letters], name)
	}
}

func isAcronym[T string | []byte](w T) bool {
	for i := range len(w) {
		if w[i] < 'A' || w[i] > 'Z' {
			return false
		}
	}
	return len(w) >= 2 && len(w) <= maxAcronym
}

func isUnspaced(c rune) bool {
	return c >= 0x0e00 && unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Hangul)
}

// prepare lets every variant wait for the word of it that the fewest others have.
func (s *nameSet) prepare() {
	if s.ready {
		return
	}
	s.ready = true
	s.stamps, s.waiting = make([]int32, len(s.stems)), make([][]int32, len(s.stems))
	often := make([]int, len(s.stems))
	for _, v := range s.variants {
		for _, id := range v.stems {
			often[id]++
		}
	}
	for i, v := range s.variants {
		rarest := slices.MinFunc(v.stems, func(a, b int32) int { return often[a] - often[b] })
		s.waiting[rarest] = append(s.waiting[rarest], int32(i))
	}
}

// look reads a text. The extents are sorted and do not overlap.
func (s *nameSet) look(text []byte, own []extent) {
	s.prepare()
	text = withoutComments(text)
	s.lookUnspaced(text, own)
	at := 0
	for _, e := range own {
		s.blocks(text[at:e.start], -1)
		s.blocks(text[e.start:e.end], e.name)
		at = e.end
	}
	s.blocks(text[at:], -1)
	if s.checks > maxChecks {
		for i := range s.found {
			s.found[i] = true
		}
	}
}

// withoutComments returns a text with its HTML comments blanked: the reason of
// an exception calls on nothing.
func withoutComments(text []byte) []byte {
	if !bytes.Contains(text, []byte("<!--")) {
		return text
	}
	text = bytes.Clone(text)
	for at := 0; ; {
		i := bytes.Index(text[at:], []byte("<!--"))
		if i < 0 {
			return text
		}
		n := bytes.Index(text[at+i:], []byte("-->"))
		if n < 0 {
			return text
		}
		for j := at + i; j < at+i+n+3; j++ {
			if text[j] != '\n' {
				text[j] = ' '
			}
		}
		at += i + n + 3
	}
}

// lookUnspaced looks for names as they are written.
func (s *nameSet) lookUnspaced(text []byte, own []extent) {
	for _, u := range s.unspaced {
		if s.checks += len(text) / 16; s.checks > maxChecks {
			return
		}
		at := 0
		for _, e := range own {
			if e.name == u.name {
				s.lookFor(u, text[at:e.start])
				at = e.end
			}
		}
		s.lookFor(u, text[at:])
	}
}

func (s *nameSet) lookFor(u unspacedName, text []byte) {
	if strings.Contains(playbook.Normalize(string(text)), u.key) {
		s.meetName(u.name)
	}
}

// meetName notes that a name was found.
func (s *nameSet) meetName(name int) {
	if !s.found[name] {
		s.found[name] = true
		s.left--
	}
}

// blocks reads a text paragraph by paragraph, item by item, row by row.
func (s *nameSet) blocks(text []byte, owner int) {
	for len(text) > 0 && s.left > 0 {
		line := text
		if i := bytes.IndexByte(text, '\n'); i >= 0 {
			line = text[:i+1]
		}
		text = text[len(line):]
		if beginsBlock(line) {
			s.settle(owner)
		}
		s.line(line, owner)
	}
	s.settle(owner)
}

// beginsBlock reports whether a line is empty or looks like an item, a row, a
// heading or a quote.
func beginsBlock(line []byte) bool {
	line = bytes.TrimLeft(line, " \t")
	if len(line) < 2 {
		return true
	}
	switch c := line[0]; c {
	case '|', '#', '>':
		return true
	case '-', '*', '+':
		return line[1] == ' '
	default:
		return c >= '0' && c <= '9'
	}
}

// line notes the words of interest in a line. All but the signs that texts use
// for quotation marks and dashes counts as letters beyond ASCII.
func (s *nameSet) line(line []byte, owner int) {
	for at := 0; at < len(line); {
		if c := line[at]; !isLetter[c] && c != 0xe2 {
			at++
			continue
		}
		from := at
		if at = wordEnd(line, from); at == from {
			at += 3
		} else if w := line[from:at]; s.mayInterest(w) {
			s.word(w, owner)
		}
	}
}

// wordEnd returns where the word ends that a place is in; the place where it is in
// none.
func wordEnd(b []byte, at int) int {
	for at < len(b) && (isLetter[b[at]] || b[at] == 0xe2 && !gapAt(b, at)) {
		at++
	}
	return at
}

// gapAt reports whether a sign of general punctuation stands at a place.
func gapAt(b []byte, at int) bool { return at+2 < len(b) && b[at+1] == 0x80 }

// isLetter are the ASCII letters and digits, and all bytes beyond ASCII but the
// one that general punctuation begins with.
var isLetter = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf && c != 0xe2
	}
	return t
}()

// start numbers the beginning of a word in ASCII: its first two letters, of any
// case.
func start(w []byte) int {
	if len(w) == 1 {
		return int(w[0]&31) << 5
	}
	return int(w[0]&31)<<5 | int(w[1]&31)
}

// mayInterest sorts out most words by their first two letters.
func (s *nameSet) mayInterest(w []byte) bool {
	return s.starts[start(w)] || w[0] >= utf8.RuneSelf || len(w) > 1 && (w[1] >= utf8.RuneSelf || w[0] < 'a' && w[1] < 'a')
}

func (s *nameSet) word(w []byte, owner int) {
	if len(s.acronyms) > 0 && isAcronym(w) {
		for _, name := range s.acronyms[string(w)] {
			if name != owner {
				s.meetName(name)
			}
		}
	}
	var room [stemLength]byte
	key := room[:0]
	n := len(w)
	if n > 3 && lower(w[n-1]) == 's' {
		n--
	}
	for i, c := range w {
		if c >= utf8.RuneSelf {
			s.foreign(w)
			return
		}
		if i < min(n, stemLength) {
			key = append(key, lower(c))
		}
	}
	if id, ok := s.stems[string(key)]; ok {
		s.meet(id)
	}
}

// foreign is word for one with letters beyond ASCII.
func (s *nameSet) foreign(w []byte) {
	if c := w[0] | 0x20; c >= 'a' && c <= 'z' && !s.firsts[c&31] {
		return
	}
	for _, part := range strings.Fields(playbook.Normalize(string(w))) {
		if id, ok := s.stems[stem(part)]; ok {
			s.meet(id)
		}
	}
}

func (s *nameSet) meet(id int32) {
	if s.stamps[id] != s.block {
		s.stamps[id] = s.block
		s.met = append(s.met, id)
	}
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// settle ends a block: the names all of whose words stand in it are found,
// unless it is where they are explained.
func (s *nameSet) settle(owner int) {
	for _, id := range s.met {
		for _, i := range s.waiting[id] {
			v := &s.variants[i]
			if s.found[v.name] || v.name == owner || s.checks > maxChecks {
				continue
			}
			s.checks += len(v.stems)
			if !slices.ContainsFunc(v.stems, func(id int32) bool { return s.stamps[id] != s.block }) {
				s.meetName(v.name)
			}
		}
	}
	if len(s.met) > 0 {
		s.met = s.met[:0]
		s.block++
	}
}

// stemLength is how many letters of a word tell it from others: “review”,
// “reviews” and “reviewing” are one.
const stemLength = 5

// stem returns the beginning of a normalised word that its forms share.
func stem(w string) string {
	if n := len(w) - 1; n >= 3 && w[n] == 's' {
		w = w[:n]
	}
	n := 0
	for i := range w {
		if n == stemLength {
			return w[:i]
		}
		n++
	}
	return w
}
