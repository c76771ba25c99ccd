package devserver

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// gate is a listener that holds a number of connections at most. One more takes
// the place of the one that has been without a request for longest; only if all
// are being answered, of the one being answered for longest. So any number of
// sockets that say nothing, or little, leave room for a browser that asks.
type gate struct {
	net.Listener
	most     int
	patience time.Duration

	serving sync.WaitGroup
	mu      sync.Mutex
	turn    uint64
	open    map[*conn]bool
}

// conn is a connection whose every write must make progress in time.
type conn struct {
	net.Conn
	gate *gate

	busy  bool   // these two are the gate's: is a request being answered,
	since uint64 // and since which turn
}

// Accept waits for the next connection, and makes room for it.
func (g *gate) Accept() (net.Conn, error) {
	inner, err := g.Listener.Accept()
	if err != nil {
		return nil, err
	}
	g.serving.Add(1)
	c := &conn{Conn: inner, gate: g}
	if out := g.enter(c); out != nil {
		out.Close()
	}
	return c, nil
}

// enter counts a connection in and returns the one that has to go for it.
func (g *gate) enter(c *conn) (out *conn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.open) >= g.most {
		for other := range g.open {
			if out == nil || other.goesBefore(out) {
				out = other
			}
		}
		delete(g.open, out)
	}
	g.turn++
	c.since = g.turn
	g.open[c] = true
	return out
}

func (c *conn) goesBefore(other *conn) bool {
	if c.busy != other.busy {
		return !c.busy
	}
	return c.since < other.since
}

// mark notes that the connection is being answered, or no longer.
func (c *conn) mark(busy bool) {
	c.gate.mu.Lock()
	defer c.gate.mu.Unlock()
	c.gate.turn++
	c.busy, c.since = busy, c.gate.turn
}

// Write fails where nothing of it gets through for too long.
func (c *conn) Write(p []byte) (int, error) {
	c.SetWriteDeadline(time.Now().Add(c.gate.patience))
	return c.Conn.Write(p)
}

// Close counts the connection out.
func (c *conn) Close() error {
	c.gate.mu.Lock()
	delete(c.gate.open, c)
	c.gate.mu.Unlock()
	return c.Conn.Close()
}

type connKey struct{}

func withConn(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, c)
}

// count marks a connection while a request of it is answered.
func (g *gate) count(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := r.Context().Value(connKey{}).(*conn)
		c.mark(true)
		defer c.mark(false)
		h.ServeHTTP(w, r)
	})
}

// follow learns from the server that it is done with a connection.
func (g *gate) follow(_ net.Conn, state http.ConnState) {
	if state == http.StateClosed {
		g.serving.Done()
	}
}

// drain waits until no connection is served any more, but not for ever: a
// handler may be in a function that does not notice.
func (g *gate) drain(most time.Duration) {
	done := make(chan struct{})
	go func() { g.serving.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(most):
	}
}
