package output

import (
	"path"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// names are the paths of one build. Two paths that a file system may take for
// one are refused on every file system: a site built on Linux is unpacked on
// laptops.
type names struct {
	mu      sync.Mutex
	files   map[string]string // folded path → path
	folders map[string]string // folded path → path, of each folder a file is in
}

// newNames has room for n paths.
func newNames(n int) *names {
	return &names{files: make(map[string]string, n), folders: map[string]string{}}
}

// add records a path or says why it cannot be taken.
func (n *names) add(p string) error {
	if err := checkPath(p); err != nil {
		return err
	}
	key := fold(p)
	n.mu.Lock()
	defer n.mu.Unlock()
	if other, ok := n.files[key]; ok {
		return clash(p, other)
	}
	if folder, ok := n.folders[key]; ok {
		return refuse("rename one of them", "%s cannot be both a file and a folder (%s)", p, folder)
	}
	if err := n.addFolders(p, key); err != nil {
		return err
	}
	n.files[key] = p
	return nil
}

// addFolders records the folders p is in, from the innermost up to the first
// that is known; where one of them is a file, it records none.
func (n *names) addFolders(p, key string) error {
	p, key = path.Dir(p), path.Dir(key)
	if _, known := n.folders[key]; known || p == "." {
		return nil
	}
	if file, ok := n.files[key]; ok {
		return refuse("rename one of them", "%s cannot be both a file and a folder (%s)", file, p)
	}
	if err := n.addFolders(p, key); err != nil {
		return err
	}
	n.folders[key] = p
	return nil
}

func clash(p, other string) error {
	if p == other {
		return refuse("", "two files of the site want the path %s", p)
	}
	return refuse("rename one of them: not every file system tells them apart",
		"the paths %s and %s differ by case or accents only", other, p)
}

// fold maps the spellings that a case-insensitive or normalising file system
// takes for one name to one of them.
func fold(p string) string {
	if isASCII(p) {
		return strings.ToLower(p)
	}
	return norm.NFC.String(strings.ToLower(strings.ToUpper(norm.NFC.String(p))))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
