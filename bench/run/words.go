package main

import (
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// kindPages is the pages of one kind: how many, what they weigh, and their words
// with how often each is shown.
type kindPages struct {
	pages int
	bytes int64
	words map[string]int
}

// words is read from the pages of a site, by kinds.
func words(dir string) (map[string]*kindPages, error) {
	kinds := map[string]*kindPages{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".html") {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		info, err := file.Stat()
		if err != nil {
			return err
		}
		name = kindOf(filepath.ToSlash(name))
		if kinds[name] == nil {
			kinds[name] = &kindPages{words: map[string]int{}}
		}
		k := kinds[name]
		k.pages++
		k.bytes += info.Size()
		return k.read(file)
	})
	return kinds, err
}

// kindOf is the folder that a page stands in, for a register or a list of all the page itself.
func kindOf(name string) string {
	name = strings.TrimSuffix(name, "/index.html")
	kind, rest, _ := strings.Cut(name, "/")
	switch kind, _, _ := strings.Cut(kind, "."); {
	case kind == "processes", kind == "metrics", kind == "assets":
		return kind
	case rest != "", kind == "a-z":
		return kind + "/…"
	}
	kind, _, _ = strings.Cut(kind, ".")
	return kind
}

// read adds the words of a page's main part.
func (k *kindPages) read(r io.Reader) error {
	tokens, main := html.NewTokenizer(r), false
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if err := tokens.Err(); err != io.EOF {
				return err
			}
			return nil
		case html.StartTagToken:
			if name, _ := tokens.TagName(); string(name) == "main" {
				main = true
			}
		case html.EndTagToken:
			if name, _ := tokens.TagName(); string(name) == "main" {
				return nil
			}
		case html.TextToken:
			if !main {
				continue
			}
			for _, word := range strings.FieldsFunc(string(tokens.Text()), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
				k.words[word]++
			}
		}
	}
}

// compare prints what the pages of two sites show, kind by kind: how many words
// each has, and how many of them the other lacks.
func compare(w io.Writer, ours, theirs map[string]*kindPages) {
	fmt.Fprintln(w, "\n| pages | Plumb's | Hugo's | KB | KB | words | words | only Plumb's | only Hugo's |")
	fmt.Fprintln(w, "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
	names := map[string]bool{}
	for _, kinds := range []map[string]*kindPages{ours, theirs} {
		for name := range kinds {
			names[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		a, b := or(ours[name]), or(theirs[name])
		fmt.Fprintf(w, "| %s | %d | %d | %.0f | %.0f | %d | %d | %d | %d |\n", name, a.pages, b.pages, float64(a.bytes)/1e3, float64(b.bytes)/1e3,
			a.count(), b.count(), a.without(b), b.without(a))
	}
}

func or(k *kindPages) *kindPages {
	if k == nil {
		return &kindPages{}
	}
	return k
}

func (k *kindPages) count() (n int) {
	for _, times := range k.words {
		n += times
	}
	return n
}

// without is how many of the words the other does not show as often.
func (k *kindPages) without(other *kindPages) (n int) {
	for word, times := range k.words {
		n += max(0, times-other.words[word])
	}
	return n
}
