package align

import (
	"embed"
	"strings"
	"sync"

	"plumb/generator/source"
)

// wordFiles are the words by which prose is judged, a file a language.
//
//go:embed words/*.yaml
var wordFiles embed.FS

// lists are the words of a language, nil for a purpose for which it has none.
type lists struct {
	basis *basisWords
	prose *proseWords
}

// wordLists are the words of each language by its name, read when first asked for.
var wordLists = func() map[string]func() lists {
	out := map[string]func() lists{}
	for _, lang := range wordLanguages() {
		out[lang] = sync.OnceValue(func() lists {
			root := wordFile(lang)
			return lists{loadBasis(root), loadProse(root)}
		})
	}
	return out
}()

// wordLanguages returns the languages that have words.
func wordLanguages() (out []string) {
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	for _, f := range files {
		out = append(out, strings.TrimSuffix(f.Name(), ".yaml"))
	}
	return out
}

// wordFile reads the words of a language. The files are part of the program and
// read by its tests, so that a fault in one is a fault of the program.
func wordFile(lang string) *source.Node {
	path := "words/" + lang + ".yaml"
	raw, err := wordFiles.ReadFile(path)
	if err != nil {
		panic(err)
	}
	f, _ := source.Decode(path, raw)
	root, list := source.YAML(f, source.Span{Start: 0, End: len(f.Data)})
	if len(list) > 0 {
		panic(path + ": " + list[0].Message)
	}
	return root
}
