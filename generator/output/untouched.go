package output

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// fewReads is how many files are read again at every look before their stamps
// are worth being written anew.
const fewReads = 100

// Inputs returns what the build that wrote the output was made of, as it gave it
// to [Publication.Made], and how many pages it made; zero where it gave nothing.
func (p *Publication) Inputs() (of Sum, pages int) {
	if p.before == nil {
		return Sum{}, 0
	}
	return p.before.Inputs, p.before.Pages
}

// Has reports whether the build before wrote a file of that path.
func (p *Publication) Has(path string) bool { return p.find(path) >= 0 }

// Made notes, before Commit, a digest of all that the build was made of and how
// many pages it made. It is kept in the manifest, so it must tell nothing.
func (p *Publication) Made(of Sum, pages int) { p.inputs, p.pages = of, pages }

// Untouched reports whether the output is as the build before left it, which it
// looks at as Put does. It is called before any Put, with nothing but Discard to
// follow where it returns true. Stamps that have become useless, as after the
// output was copied, are renewed.
func (p *Publication) Untouched() (bool, error) {
	if p.before == nil {
		return false, nil
	}
	list, read, ok := p.look()
	if !ok || read <= fewReads {
		return ok, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return true, p.disk.saveStamps(SumOf(p.encoded), list)
}

// look looks at every file of the build before, and returns the stamps of all and
// how many it had to read, or false at the first that is another.
func (p *Publication) look() (list []stamp, read int64, ok bool) {
	files := p.before.Files
	list = make([]stamp, len(files))
	var next, reads atomic.Int64
	var other atomic.Bool
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		wg.Go(func() {
			for !other.Load() {
				i := int(next.Add(1)) - 1
				if i >= len(files) {
					return
				}
				e := entry{listed: files[i], old: i}
				if !p.intact(&e) {
					other.Store(true)
				}
				if e.read {
					reads.Add(1)
				}
				list[i] = e.stamp
			}
		})
	}
	wg.Wait()
	return list, reads.Load(), !other.Load()
}
