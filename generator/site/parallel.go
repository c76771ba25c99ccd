package site

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// chunk is how many pages or groups one goroutine takes at a time:
// enough that handing them out costs nothing.
const chunk = 256

// inParallel calls f for every index below n, on as many goroutines as there
// are processors. What f does for one must not depend on the others.
func inParallel(n int, f func(i int)) {
	var next atomic.Int64
	work := func() {
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			f(i)
		}
	}
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) - 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
}

// chunked calls f for the chunks of n things in parallel and returns the
// results in the chunks' order.
func chunked[T any](n int, f func(from, to int) T) []T {
	out := make([]T, (n+chunk-1)/chunk)
	inParallel(len(out), func(i int) { out[i] = f(i*chunk, min(n, (i+1)*chunk)) })
	return out
}

// room is space for many short slices, which would cost more than what they
// hold were each made alone.
type room[T any] struct{ free []T }

// take returns n zero values with room for no more.
func (r *room[T]) take(n int) []T {
	if n > len(r.free) {
		r.free = make([]T, max(n, roomSize))
	}
	out := r.free[:n:n]
	r.free = r.free[n:]
	return out
}

// roomSize is how many values are made at once.
const roomSize = 512
