package search

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"sync"
	"sync/atomic"
)

// shelf names shards and hands them over. The first error ends that.
type shelf struct {
	put   func(File) error
	mu    sync.Mutex
	taken map[string][sha256.Size]byte
	err   error
	// idle are the sheaves that were handed over, to be filled again.
	idle []*sheaf
}

// sheaf is some shards, one behind the other.
type sheaf struct {
	text   []byte
	shards []shard
}

// shard is a shard of a sheaf. Its name is settled when its turn has come: it is
// empty where another shard is the same.
type shard struct {
	from, to int
	digest   [sha256.Size]byte
	name     string
}

const (
	shardCall  = `plumb.search.shard("`
	nameLength = 7
	// shardHead is where the value begins in a shard with a name of the usual
	// length.
	shardHead = len(shardCall) + nameLength + len(`",`)
)

// begin begins a shard; its value is to be appended to the text.
func (s *sheaf) begin() {
	s.shards = append(s.shards, shard{from: len(s.text)})
	s.text = append(s.text, shardCall...)
	s.text = append(append(s.text, "-------"[:nameLength]...), `",`...)
}

// end ends the shard that was begun.
func (s *sheaf) end() {
	s.text = append(s.text, ");\n"...)
	last := &s.shards[len(s.shards)-1]
	last.to = len(s.text)
	last.digest = sha256.Sum256(s.text[last.from+shardHead : last.to])
}

// add adds a shard whose value is one text.
func (s *sheaf) add(text string) {
	s.begin()
	s.text = appendText(s.text, text)
	s.end()
}

// fill makes n sheaves, so many at a time, hands them over and returns the names
// of the shards. Names are given in the order of the sheaves, for one may depend
// on those before, whichever comes first.
func (s *shelf) fill(n, workers int, write func(worker, i int, to *sheaf)) []string {
	var next atomic.Int64
	var wg sync.WaitGroup
	q := queue{shelf: s, waiting: map[int]*sheaf{}}
	for worker := range min(workers, n) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				to := s.empty()
				write(worker, i, to)
				q.add(i, to)
			}
		})
	}
	wg.Wait()
	return q.names
}

// one makes a single shard of a text and returns its name.
func (s *shelf) one(text string) string {
	return s.fill(1, 1, func(_, _ int, to *sheaf) { to.add(text) })[0]
}

// empty returns a sheaf to be filled.
func (s *shelf) empty() *sheaf {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(s.idle)
	if n == 0 {
		return &sheaf{}
	}
	one := s.idle[n-1]
	s.idle = s.idle[:n-1]
	one.text, one.shards = one.text[:0], one.shards[:0]
	return one
}

// queue is the sheaves that wait for their turn to be named.
type queue struct {
	*shelf
	next    int
	waiting map[int]*sheaf
	names   []string
}

// add takes a sheaf and hands over those whose turn has come.
func (q *queue) add(i int, one *sheaf) {
	for _, one := range q.turn(i, one) {
		q.handOver(one)
	}
}

// turn names the sheaves whose turn has come with this one.
func (q *queue) turn(i int, one *sheaf) (ready []*sheaf) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting[i] = one
	for {
		one, ok := q.waiting[q.next]
		if !ok {
			return ready
		}
		delete(q.waiting, q.next)
		q.next++
		for i := range one.shards {
			name, fresh := q.name(one.shards[i].digest)
			q.names = append(q.names, name)
			if fresh {
				one.shards[i].name = name
			}
		}
		ready = append(ready, one)
	}
}

// name names a shard: by the first characters of its digest, by more where
// another shard has those. It is not fresh if a shard with that digest has one.
func (s *shelf) name(digest [sha256.Size]byte) (name string, fresh bool) {
	all := digestName(digest)
	for n := nameLength; ; n++ {
		name := all[:min(n, len(all))]
		known, taken := s.taken[name]
		if taken && digest == known {
			return name, false
		}
		if !taken || n >= len(all) {
			s.taken[name] = digest
			return name, true
		}
	}
}

// handOver hands over the shards of a sheaf and takes it back.
func (s *shelf) handOver(one *sheaf) {
	s.mu.Lock()
	err := s.err
	s.mu.Unlock()
	for _, shard := range one.shards {
		if err == nil && shard.name != "" {
			err = s.put(File{shard.name, withName(one.text[shard.from:shard.to], shard.name)})
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = err
	}
	s.idle = append(s.idle, one)
}

// withName puts the name into its place.
func withName(data []byte, name string) []byte {
	if len(name) == nameLength {
		copy(data[len(shardCall):], name)
		return data
	}
	return slices.Concat([]byte(shardCall), []byte(name), data[len(shardCall)+nameLength:])
}

// digestName writes the beginning of a digest in base 36, the least digit first.
func digestName(digest [sha256.Size]byte) string {
	const perPart = 12 // the digits of 64 bits that are not much rarer than others
	name := make([]byte, 0, len(digest)/8*perPart)
	for at := 0; at < len(digest); at += 8 {
		n := binary.BigEndian.Uint64(digest[at:])
		for range perPart {
			name = append(name, "0123456789abcdefghijklmnopqrstuvwxyz"[n%36])
			n /= 36
		}
	}
	return string(name)
}
