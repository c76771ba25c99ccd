package generator

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// parallel calls f for every item, on as many goroutines as there are
// processors, and returns the results in the items' order. The first error
// ends it.
func parallel[In, Out any](ctx context.Context, items []In, f func(In) (Out, error)) ([]Out, error) {
	out := make([]Out, len(items))
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(items)) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(items) {
					return
				}
				var err error
				if out[i], err = f(items[i]); err != nil {
					cancel(err)
				}
			}
		})
	}
	wg.Wait()
	return out, context.Cause(ctx)
}
