package search

import (
	"bytes"
	"sync"

	"plumb/generator/site"
)

// MostPostings is how many postings a group of words has at most: a word that
// so many entries hold tells little, and its list would be long to load.
const MostPostings = 10000

// RootName is the name of the one file that has a fixed one.
const RootName = "root"

// Dir is the folder of the index in the output.
const Dir = "search"

// Input is what an index is made of.
type Input struct {
	Site *site.Site
	// Place returns the words for a place on the line.
	Place func(position int) string
	// Engine is the script that reads the index in a browser, minified.
	Engine []byte
}

// File is a file of the index.
type File struct {
	// Name is that of the shard, or [RootName]; the file is <Name>.js.
	Name string
	Data []byte
}

// Files makes the files of the index in memory and returns their data by name.
func Files(in Input) (map[string][]byte, error) {
	var mu sync.Mutex
	files := map[string][]byte{}
	err := Build(in, func(f File) error {
		mu.Lock()
		defer mu.Unlock()
		files[f.Name] = bytes.Clone(f.Data)
		return nil
	})
	return files, err
}
