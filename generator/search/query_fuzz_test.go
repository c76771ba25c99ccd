package search_test

import (
	"bytes"
	"errors"
	"io/fs"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"plumb/generator/search"
)

// small is a site with a little of everything.
var small = fstest.MapFS{
	"plumb.yaml":      {Data: []byte("title: S\nsynonyms:\n  discount: [concession, price cut]\nroles:\n  am: {title: Account manager}\nsegments:\n  s: {title: Hospitals}\n")},
	"playbooks/a.md":  {Data: []byte("---\ntitle: Fleet contract\nposition: 70\nsegment: s\n---\n\n## Value proposition\n\nFor hospitals.\n\n## Selling tasks\n\n### Account manager\n\n1. Offer no discount, 値引きしない.\n2. Review hours lost.\n\n## Objections\n\n### “Too dear”\n\nAsk what an hour costs.\n")},
	"playbooks/of.md": {Data: []byte("---\ntitle: About\n---\n\nHow to read a price cut.\n")},
}

// FuzzAsk asks an index of which anything may be broken: an error is an answer,
// a panic is none.
func FuzzAsk(f *testing.F) {
	files := fine(f, filesOf(f, small), math.MaxInt)
	page := files[strings.Fields(string(search.ShardValue(files["d0"])))[0][1:]]
	for _, query := range []string{"discount fleet", `"hours lost" rev`, "値引き", "discuont", "cut price", "h"} {
		f.Add(files[search.RootName], files["t0"], files["w0"], files["d0"], page, query)
	}
	f.Fuzz(func(t *testing.T, root, terms, words, dir, page []byte, query string) {
		x, err := search.Open(func(name string) ([]byte, error) {
			switch {
			case name == search.RootName:
				return root, nil
			case strings.HasPrefix(name, "t"):
				return terms, nil
			case strings.HasPrefix(name, "w"):
				return words, nil
			case strings.HasPrefix(name, "d"):
				return dir, nil
			}
			return page, nil
		})
		if err != nil {
			return
		}
		if a, err := x.Ask(search.Query{Text: query, Kinds: []search.Kind{search.KindTask}, Role: "am", Within: &[2]int{0, 70}}); err == nil && len(a.Results) > a.Total {
			t.Fatalf("%d results of %d", len(a.Results), a.Total)
		}
	})
}

// TestABrokenIndexIsAnError breaks every file of an index in turn, in many ways.
func TestABrokenIndexIsAnError(t *testing.T) {
	whole := fine(t, filesOf(t, small), 4)
	r := rand.New(rand.NewPCG(1, 2))
	for name, data := range whole {
		for range 200 {
			files := map[string][]byte{}
			for n, d := range whole {
				files[n] = d
			}
			files[name] = spoiled(r, data)
			x, err := search.Open(loader(files))
			if err != nil {
				continue
			}
			for _, text := range []string{"discount fleet contr", `"hours lost"`, "値引き", "discuont hospitel"} {
				if _, err := x.Ask(search.Query{Text: text}); err != nil && !strings.HasPrefix(err.Error(), "search index: ") && !errors.Is(err, fs.ErrNotExist) {
					t.Fatalf("%s: %v", name, err)
				}
			}
		}
	}
}

func spoiled(r *rand.Rand, data []byte) []byte {
	data = slices.Clone(data)
	i, j := r.IntN(len(data)), r.IntN(len(data))
	switch r.IntN(4) {
	case 0:
		return data[:i]
	case 1:
		return slices.Delete(data, min(i, j), max(i, j))
	case 2:
		return bytes.Replace(data, []byte{data[i]}, []byte{data[j]}, 1)
	}
	data[i] = `A/b0,."[]{} 9-`[r.IntN(14)]
	return data
}

func TestAMissingShardIsSaid(t *testing.T) {
	files := filesOf(t, small)
	for name := range files {
		if name != search.RootName {
			delete(files, name)
		}
	}
	if _, err := open(t, files).Ask(search.Query{Text: "discount"}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without its shards the index says: %v", err)
	}
}
