package diag

import (
	"embed"
	"strings"
)

//go:embed explain/*.txt
var explanations embed.FS

// Explanation is the long text of a code.
type Explanation struct {
	// Title is one line.
	Title string
	// Body says what is meant, why it matters and how to mend it, with an
	// example; it ends with a line feed.
	Body string
}

// Codes returns all codes that have an explanation, sorted.
func Codes() []Code {
	files, err := explanations.ReadDir("explain")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	var out []Code
	for _, f := range files {
		out = append(out, Code(strings.TrimSuffix(f.Name(), ".txt")))
	}
	return out
}

// Explain returns the long text of a code; false where there is no such code.
func Explain(c Code) (Explanation, bool) {
	raw, err := explanations.ReadFile("explain/" + string(c) + ".txt")
	if err != nil {
		return Explanation{}, false
	}
	title, body, _ := strings.Cut(string(raw), "\n")
	return Explanation{title, strings.TrimLeft(body, "\n")}, true
}
