package align

import (
	"embed"
	"strings"

	"plumb/generator/source"
)

// wordFiles are the words by which prose is judged, a file a language.
//
//go:embed words/*.yaml
var wordFiles embed.FS

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
