package generator

import "sync"

// recall remembers what a leaf step made of each of its inputs: by the input's
// name, as long as its key stays the same. The key must say everything that
// the result depends on. A nil recall remembers nothing.
type recall[K comparable, V any] struct {
	mu    sync.RWMutex
	made  map[string]*known[K, V]
	build int
	// used is how many entries the build under way has asked for.
	used int
}

// known is a result with the last build that asked for it.
type known[K comparable, V any] struct {
	key   K
	value V
	build int
}

// begin starts a build.
func (r *recall[K, V]) begin() {
	r.build++
	r.used = 0
}

// end forgets what the build did not ask for.
func (r *recall[K, V]) end() {
	if r.used == len(r.made) {
		return
	}
	for name, k := range r.made {
		if k.build != r.build {
			delete(r.made, name)
		}
	}
}

// get returns the result for a name and a key if it is known.
func (r *recall[K, V]) get(name string, key K) (value V, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	k := r.made[name]
	if k == nil || k.key != key {
		return value, false
	}
	if k.build != r.build {
		k.build = r.build
		r.used++
	}
	return k.value, true
}

func (r *recall[K, V]) put(name string, key K, value V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.made == nil {
		r.made = map[string]*known[K, V]{}
	}
	if k := r.made[name]; k == nil || k.build != r.build {
		r.used++
	}
	r.made[name] = &known[K, V]{key, value, r.build}
}

// once returns what a step makes of an item: known or, if it is not, made now.
// An error is not remembered.
func once[T any, K comparable, V any](r *recall[K, V], item T, key func(T) (string, K), step func(T) (V, error)) (V, error) {
	if r == nil {
		return step(item)
	}
	name, k := key(item)
	if value, ok := r.get(name, k); ok {
		return value, nil
	}
	value, err := step(item)
	if err == nil {
		r.put(name, k, value)
	}
	return value, err
}
