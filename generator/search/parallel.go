package search

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// inParallel calls f for every index below n, on as many goroutines as there
// are processors. What f does for one must not depend on the others.
func inParallel(n int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}
