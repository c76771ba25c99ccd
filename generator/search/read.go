package search

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Index answers questions from the files that [Build] made. It remembers what
// it has read and is not for several goroutines at once.
type Index struct {
	load      func(name string) ([]byte, error)
	entries   int
	columns   []column
	roles     []title
	segments  []title
	pages     int
	positions []int   // of each playbook
	ofName    string  // the shard of the playbooks' segments
	of        [][]int // of each playbook, its segments; nil until they are read
	terms     ranges
	words     ranges
	texts     []string // the shard of each page's text, or none
	dirs      []string // the shards of such lists
	synonyms  [][]member
	endings   map[string]bool
	little    map[string]bool

	shards map[string]string   // shards of one text
	groups map[string][]*group // shards of terms, read
	lists  map[string][]form   // shards of words, read
	read   map[string]*pageText
}

// column is a kind with a role.
type column struct {
	kind Kind
	role string
}

// title is the title of a role or segment, with the words that it is made of.
type title struct {
	id    string
	words []string
}

// member is one of several names for the same, cut into words.
type member struct {
	text  string
	words []string
}

// ranges are shards in the order of what they hold.
type ranges struct{ firsts, names []string }

// rootFile is what search/root.js hands over.
type rootFile struct {
	Format   int         `json:"format"`
	Entries  int         `json:"entries"`
	Columns  [][2]string `json:"columns"`
	Roles    [][2]string `json:"roles"`
	Segments [][2]string `json:"segments"`
	Pages    int         `json:"pages"`
	Line     []int       `json:"line"`
	Of       string      `json:"of"`
	Terms    string      `json:"terms"`
	Words    string      `json:"words"`
	Texts    string      `json:"texts"`
	Dirs     string      `json:"dirs"`
	Synonyms [][]string  `json:"synonyms"`
	Endings  string      `json:"endings"`
	Little   string      `json:"little"`
}

// dirSize is how many pages a list of shards of texts has.
const dirSize = 32

// maxPlace bounds the places of a page's entries of one column, so that page,
// column and place make one number that a browser can hold.
const maxPlace = 1 << 16

// Open reads the root of an index. load returns the bytes of a file by its name
// without “.js”; it is called for shards as questions need them.
func Open(load func(name string) ([]byte, error)) (*Index, error) {
	data, err := load(RootName)
	if err != nil {
		return nil, err
	}
	var root rootFile
	if err := json.Unmarshal(argument(data), &root); err != nil {
		return nil, fmt.Errorf("search index: %s.js: %w", RootName, err)
	}
	if root.Format != 1 {
		return nil, fmt.Errorf("search index: format %d is not known", root.Format)
	}
	x := &Index{load: load, entries: root.Entries, pages: root.Pages}
	x.forget()
	if err := x.take(&root); err != nil {
		return nil, fmt.Errorf("search index: %s.js: %w", RootName, err)
	}
	return x, nil
}

// argument cuts the argument out of the root's last statement.
func argument(data []byte) []byte {
	const call = "plumb.search.open("
	if i := bytes.LastIndex(data, []byte("\n"+call)); i >= 0 {
		data = data[i+1:]
	}
	data = bytes.TrimPrefix(bytes.TrimSpace(data), []byte(call))
	return bytes.TrimSuffix(data, []byte(");"))
}

// forget empties what was read. A long-running reader would otherwise come to
// hold the whole index.
func (x *Index) forget() {
	x.shards = map[string]string{}
	x.groups = map[string][]*group{}
	x.lists = map[string][]form{}
	x.read = map[string]*pageText{}
}

// mostPages bounds what a broken root can make a reader ask for.
const mostPages = 1 << 26

func (x *Index) take(root *rootFile) error {
	if x.pages < 0 || x.pages > mostPages || x.entries < 0 || x.entries > mostPages*maxPlace {
		return fmt.Errorf("%d pages with %d entries", x.pages, x.entries)
	}
	for _, c := range root.Columns {
		kind, ok := KindNamed(c[0])
		if !ok {
			return fmt.Errorf("a column of the unknown kind %q", c[0])
		}
		x.columns = append(x.columns, column{kind, c[1]})
	}
	x.roles, x.segments = titles(root.Roles), titles(root.Segments)
	x.texts, x.dirs = strings.Fields(root.Texts), strings.Fields(root.Dirs)
	if len(x.texts) != x.pages && (len(x.texts) != 0 || len(x.dirs) != (x.pages+dirSize-1)/dirSize) {
		return fmt.Errorf("%d pages have %d texts", x.pages, len(x.texts))
	}
	x.synonyms = synonyms(root.Synonyms)
	x.little = map[string]bool{}
	for _, word := range strings.Fields(root.Little) {
		x.little[word] = true
	}
	x.endings = map[string]bool{"": true}
	for _, e := range strings.Fields(root.Endings) {
		x.endings[e] = true
	}
	return errors.Join(x.terms.take(root.Terms), x.words.take(root.Words), x.takeLine(root))
}

func titles(of [][2]string) []title {
	all := make([]title, len(of))
	for i, t := range of {
		all[i] = title{t[0], cut(t[1])}
	}
	return all
}

func synonyms(of [][]string) [][]member {
	all := make([][]member, len(of))
	for i, set := range of {
		for _, text := range set {
			if words := cut(text); len(words) > 0 {
				all[i] = append(all[i], member{text, words})
			}
		}
	}
	return all
}

// cut returns the words of a text.
func cut(text string) []string {
	var all []string
	for w := range Words(text) {
		all = append(all, w.Text)
	}
	return all
}

// takeLine reads the positions and segments of the playbooks.
func (x *Index) takeLine(root *rootFile) error {
	for i := 0; i+1 < len(root.Line); i += 2 {
		at, count := root.Line[i], root.Line[i+1]
		if count < 0 || count > x.pages-len(x.positions) || at < 0 || at > 100 {
			return errors.New("playbooks beyond the line")
		}
		x.positions = append(x.positions, slices.Repeat([]int{at}, count)...)
	}
	x.ofName = root.Of
	return nil
}

// takeSegments reads the segments of the playbooks, once.
func (x *Index) takeSegments() error {
	if x.of != nil || x.ofName == "" {
		return nil
	}
	list, err := x.text(x.ofName)
	if err != nil {
		return err
	}
	of := make([][]int, len(x.positions))
	for i := range of {
		for more := true; more; {
			n, rest, ok := number(list)
			if !ok || int(n/2) >= len(x.segments) {
				return broken(x.ofName, errors.New("a playbook without its segments"))
			}
			of[i] = append(of[i], int(n/2))
			list, more = rest, n%2 == 1
		}
	}
	x.of = of
	return nil
}

func (r *ranges) take(list string) error {
	words := strings.Fields(list)
	if len(words)%2 != 0 {
		return errors.New("a shard without a name")
	}
	for i := 0; i < len(words); i += 2 {
		r.firsts = append(r.firsts, words[i])
		r.names = append(r.names, words[i+1])
	}
	if !slices.IsSorted(r.firsts) {
		return errors.New("shards out of order")
	}
	return nil
}

// between returns the names of the shards that may hold words from one to
// another.
func (r *ranges) between(from, to string) []string {
	low, found := slices.BinarySearch(r.firsts, from)
	if !found && low > 0 {
		low--
	}
	high, _ := slices.BinarySearch(r.firsts, to)
	if high < len(r.firsts) && r.firsts[high] == to {
		high++
	}
	return r.names[low:max(low, high)]
}

// shard returns what a shard holds: JSON.
func (x *Index) shard(name string) ([]byte, error) {
	data, err := x.load(name)
	if err != nil {
		return nil, err
	}
	return shardValue(data), nil
}

// shardValue cuts the second argument out of a shard's statement.
func shardValue(data []byte) []byte {
	data = bytes.TrimSpace(data)
	if i := bytes.IndexByte(data, ','); i >= 0 {
		data = data[i+1:]
	}
	return bytes.TrimSuffix(data, []byte(");"))
}

// text returns a shard that is one text.
func (x *Index) text(name string) (string, error) {
	if text, ok := x.shards[name]; ok {
		return text, nil
	}
	data, err := x.shard(name)
	if err != nil {
		return "", err
	}
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return "", broken(name, err)
	}
	x.shards[name] = text
	return text, nil
}

func broken(name string, err error) error {
	return fmt.Errorf("search index: %s.js: %w", name, err)
}
