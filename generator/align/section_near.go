package align

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"plumb/generator/diag"
	"plumb/generator/playbook"
)

// nearestHeading returns the heading that is most likely meant as a kind of
// section: a slip of one of its names, else the one whose words and a name's have
// most in common, one within the other; empty where none is near.
func nearestHeading(headings []string, kind playbook.Kind, lang string) string {
	names := telling(lang, kind)
	best, most := "", minShare
	for _, h := range headings {
		if share := names.share(playbook.Normalize(h)); share > most {
			best, most = h, share
		}
	}
	return best
}

const (
	// minShare is of what share of the longer one, a heading or a name, the other
	// has to be more.
	minShare = 0.4
	// minTelling is how many letters a word has that tells something, minSlip one
	// that may be a slip.
	minTelling = 3
	minSlip    = 5
)

// tellsNothing are longer words that stand in headings of all kinds.
var tellsNothing = wordsIn("the and for our who how you your that this them they does with when from was wir uns wer wen wie und der die das den dem für bei mit wann womit wenn eine les des une qui que nos vos avec pour nous los las una con por para como quien nuestro com uma dos das quem")

// tellsLittle are words that are no evidence for a section by themselves: “target
// verticals” are no metrics, a “call to action” is no task.
var tellsLittle = wordsIn("target sale selling call action play what are key process processe team customer ziel verkauf vertrieb prozesse kunde vente cible appel processu client venta objetivo proceso llamada cliente venda processo alvo")

// tellingNames are the words of each name of a kind of section that tell
// something, and the names themselves, normalised.
type tellingNames struct {
	names []string
	words [][]string
}

// tellingTables are the telling names by language.
var tellingTables = func() map[string]func() map[playbook.Kind]tellingNames {
	tables := map[string]func() map[playbook.Kind]tellingNames{}
	for _, lang := range playbook.Languages() {
		tables[lang] = sync.OnceValue(func() map[playbook.Kind]tellingNames {
			out := map[playbook.Kind]tellingNames{}
			for _, kind := range coreSections {
				out[kind] = newTellingNames(playbook.SectionNames(lang, kind))
			}
			return out
		})
	}
	return tables
}()

func telling(lang string, kind playbook.Kind) tellingNames {
	table, ok := tellingTables[playbook.BaseLanguage(lang)]
	if !ok {
		table = tellingTables["en"]
	}
	return table()[kind]
}

func newTellingNames(names []string) (t tellingNames) {
	for _, name := range names {
		key := playbook.Normalize(name)
		t.names, t.words = append(t.names, key), append(t.words, tellingWords(key))
	}
	return t
}

// tellingWords returns the words of a normalised text that tell something,
// without the mark of the plural; of one word that.
func tellingWords(key string) (words []string) {
	for w := range strings.FieldsSeq(key) {
		if utf8.RuneCountInString(w) >= minTelling && !tellsNothing[w] || w == key {
			words = append(words, strings.TrimSuffix(w, "s"))
		}
	}
	return words
}

// share returns how much of a normalised heading a name is, or the reverse.
func (t tellingNames) share(heading string) (share float64) {
	if slices.Contains(t.names, heading) {
		return 0 // it stands where it opens no section: to map it would not help
	}
	if strings.ContainsFunc(heading, isUnspaced) {
		for _, name := range t.names {
			if strings.Contains(heading, name) {
				share = max(share, float64(len(name))/float64(len(heading)))
			}
		}
		return share
	}
	words := tellingWords(heading)
	for _, name := range t.words {
		share = max(share, likeName(words, name))
	}
	return share
}

// likeName returns how much of a name the words of a heading are, or the reverse,
// where the one is within the other, or but for a slip the same. One word of a name
// of several is not enough.
func likeName(heading, name []string) float64 {
	switch {
	case len(name) == 0 || len(heading) == 0:
		return 0
	case isSlip(heading, name):
		return 1
	case among(name, heading) && tells(name):
		return float64(len(name)) / float64(len(heading))
	case len(heading) > 1 && among(heading, name) && tells(heading):
		return float64(len(heading)) / float64(len(name))
	}
	return 0
}

// among reports whether all of some words are among others.
func among(words, others []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(others, w) })
}

// tells reports whether words are evidence.
func tells(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return !tellsLittle[w] })
}

// isSlip reports whether words are those of a name in their order, but for one
// that is mistyped.
func isSlip(words, name []string) bool {
	if len(words) != len(name) {
		return false
	}
	slips := 0
	for i, w := range words {
		if w == name[i] {
			continue
		}
		if slips++; slips > 1 || utf8.RuneCountInString(w) < minSlip || !strings.HasPrefix(name[i], w[:1]) || diag.Nearest(w, name[i:i+1]) == "" {
			return false
		}
	}
	return slips == 1
}
