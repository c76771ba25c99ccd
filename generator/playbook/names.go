package playbook

import (
	"sync"

	"golang.org/x/text/language"

	"plumb/generator/config"
	"plumb/generator/source"
)

// SectionNames returns the names by which a language, a BCP 47 tag, knows a kind
// of section, as its word list writes them, the usual one first; the English
// ones where it has no list.
func SectionNames(lang string, k Kind) (out []string) {
	words, ok := writtenWords[BaseLanguage(lang)]
	if !ok {
		words = writtenWords["en"]
	}
	for _, item := range words().Get("sections").Get(k.String()).Items {
		out = append(out, item.Value)
	}
	return out
}

// writtenWords are the words of each language by its name, as written.
var writtenWords = func() map[string]func() *source.Node {
	tables := map[string]func() *source.Node{}
	for _, lang := range Languages() {
		tables[lang] = sync.OnceValue(func() *source.Node { return wordFile(lang) })
	}
	return tables
}()

// BaseLanguage returns the language of a BCP 47 tag without script and region:
// “pt” of “pt-BR”; empty where it is no tag.
func BaseLanguage(tag string) string {
	if len(tag) == 2 {
		return tag
	}
	t, err := language.Parse(tag)
	if err != nil {
		return ""
	}
	base, _ := t.Base()
	return base.String()
}

// plainVocabulary is that of a site without words of its own.
var plainVocabulary = sync.OnceValue(func() *Vocabulary {
	v, _ := NewVocabulary(config.New())
	return v
})

// IsMissing reports whether a text in a language, a BCP 47 tag, only says that
// something is still to come: “TBD”, “?”, nothing at all.
func IsMissing(lang, text string) bool {
	return len(text) <= maxMissing && plainVocabulary().For(lang).isMissing(text)
}
