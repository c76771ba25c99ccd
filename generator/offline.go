package generator

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"plumb/generator/output"
	"plumb/generator/search"
	"plumb/generator/theme"
)

// workerPath is the service worker's place: at the root, for it keeps what is in
// its folder.
const workerPath = "sw.js"

// A reader's device is asked for no more than a phone on a bad line can load
// beside what is being read: a site of up to wholeBytes bytes and wholeFiles files,
// those of the search aside, is kept whole, of a larger one coreBytes at most are kept from the start. A
// download above downloadBytes is kept only once it was opened.
const (
	wholeFiles    = 400
	wholeBytes    = 6 << 20
	coreBytes     = 2 << 20
	downloadBytes = 1 << 20
)

// shelf hands files on to a sink and notes what each is.
type shelf struct {
	output.Sink
	mu    sync.Mutex
	files []shelved
	// all stands for these files, whatever the order they came in: each adds a
	// digest of its path and content.
	all output.Sum
}

type shelved struct {
	path string
	sum  output.Sum
	size int
}

// Put notes the file and hands it on with its digest. What no reader's device keeps
// is only handed on.
func (s *shelf) Put(f output.File) error {
	if forPrograms(f.Path) {
		return s.Sink.Put(f)
	}
	if f.Sum == (output.Sum{}) {
		f.Sum = output.SumOf(f.Data)
	}
	sum := output.SumOf(append(append(make([]byte, 0, 128), f.Sum[:]...), f.Path...))
	s.mu.Lock()
	s.files = append(s.files, shelved{f.Path, f.Sum, len(f.Data)})
	for i := range sum {
		s.all[i] ^= sum[i]
	}
	s.mu.Unlock()
	return s.Sink.Put(f)
}

// worker hands over the service worker, last of all: it names files that must be
// there when a browser comes upon it. Its turn in a commit is that of the home
// page, behind which its name puts it.
func (b *build) worker(look *theme.Theme, s *shelf) error {
	script := look.Script(theme.Worker)
	if script == nil {
		return nil
	}
	data, err := json.Marshal(s.offline(script))
	if err != nil {
		return err
	}
	b.report.Files++
	data = slices.Concat([]byte("const plumb="), data, []byte(";\n"), script)
	return s.Sink.Put(output.File{Path: workerPath, Class: output.Home, Data: data, Shared: true})
}

// offline is what the service worker knows of the site.
type offline struct {
	// Version stands for all files and the worker itself.
	Version string `json:"version"`
	// Own are the first parts of the addresses that the worker answers for.
	Own []string `json:"own"`
	// Files are the digests of what is kept from the start, Later those of what
	// is kept once it was opened, by address.
	Files map[string]string `json:"files"`
	Later map[string]string `json:"later"`
}

func (s *shelf) offline(script []byte) *offline {
	d := &offline{Version: short(output.SumOf(append(s.all[:], script...))), Files: map[string]string{}, Later: map[string]string{}}
	own := map[string]bool{}
	count, size := 0, 0
	for _, f := range s.files {
		first, _, _ := strings.Cut(f.path, "/")
		own[first] = true
		if f.early() {
			size += f.size
			if !searching(f.path) { // these are many, and small
				count++
			}
		}
	}
	for _, first := range slices.Sorted(maps.Keys(own)) {
		d.Own = append(d.Own, address(first))
	}
	if count <= wholeFiles && size <= wholeBytes {
		d.whole(s.files)
	} else {
		d.core(s.files)
	}
	return d
}

// forPrograms reports whether no page of the site leads a reader to a file.
func forPrograms(p string) bool {
	return !strings.HasPrefix(p, "playbooks/") && slices.Contains([]string{".xml", ".json", ".txt", ".webmanifest"}, path.Ext(p))
}

// early reports whether a small site keeps the file before it was opened.
func (f shelved) early() bool {
	return f.size <= downloadBytes || !strings.HasPrefix(f.path, "playbooks/") || path.Ext(f.path) == ".html"
}

func (d *offline) whole(files []shelved) {
	for _, f := range files {
		switch {
		case f.early():
			d.Files[address(f.path)] = short(f.sum)
		default:
			d.Later[address(f.path)] = short(f.sum)
		}
	}
}

// core keeps, of a large site, what every reader needs, and then what there is
// room for: roles' pages, the index, and the list of playbooks to compare.
func (d *offline) core(files []shelved) {
	size := 0
	index := func(p string) bool { return strings.HasPrefix(p, search.Dir+"/") }
	if count, size := sizeOf(files, index); size > coreBytes/2 || count > wholeFiles {
		index = func(string) bool { return false } // half an index answers nothing
	}
	for _, wanted := range []func(string) bool{frame, firstOfRole, index, choices} {
		var some []shelved
		for _, f := range files {
			if wanted(f.path) {
				some = append(some, f)
			}
		}
		slices.SortFunc(some, func(a, b shelved) int { return strings.Compare(a.path, b.path) })
		for _, f := range some {
			address := address(f.path)
			if _, known := d.Files[address]; !known && size+f.size <= coreBytes {
				size += f.size
				d.Files[address] = short(f.sum)
			}
		}
	}
}

// sizeOf is how many some of the files are, and how many bytes they have.
func sizeOf(files []shelved, which func(string) bool) (count, size int) {
	for _, f := range files {
		if which(f.path) {
			count, size = count+1, size+f.size
		}
	}
	return count, size
}

// frame reports whether a file is of use to every reader.
func frame(p string) bool {
	switch p {
	case "index.html", "404.html", "offline.html", "search.html", "compare.html", "roles.html", "segments.html", "site.js", "search/root.js":
		return true
	}
	return strings.HasPrefix(p, "theme/")
}

// firstOfRole reports whether a file is the first page of a role: the further ones
// have a number behind the role's id.
func firstOfRole(p string) bool {
	id, ok := strings.CutPrefix(p, "roles/")
	return ok && strings.Count(id, ".") == 1
}

// choices reports whether a file is what one chooses from on compare.html.
func choices(p string) bool { return p == "data/playbooks.js" }

// address is a path as links to it have it.
func address(p string) string {
	return strings.ReplaceAll((&url.URL{Path: p}).EscapedPath(), "+", "%2B")
}

// short is enough of a digest to tell versions of one file apart, as the worker
// reckons it.
func short(sum output.Sum) string { return base64.StdEncoding.EncodeToString(sum[:6]) }
