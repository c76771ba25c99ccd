package devserver

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"
)

// limits keep one client from taking the server from the others.
type limits struct {
	header time.Duration // for a request to arrive
	idle   time.Duration // a connection without a request
	write  time.Duration // one write without progress; there is none for a whole answer
	alive  time.Duration // between two comments on a stream that has nothing to say
	retry  time.Duration // until a browser comes back to a stream that broke
	close  time.Duration // for handlers to notice that the server ends

	bytes   int // of a request's header
	clients int // connections at a time
	streams int // event streams at a time
}

var usual = limits{
	header: 5 * time.Second, idle: time.Minute, write: 10 * time.Second,
	alive: 20 * time.Second, retry: time.Second, close: 2 * time.Second,
	bytes: 16 << 10, clients: 256, streams: 64,
}

// Serve answers until the context is done, then ends all connections and
// returns nil. Any other end is an error. It closes the listener.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	g := &gate{Listener: l, most: s.limits.clients, patience: s.limits.write, open: map[*conn]bool{}}
	server := &http.Server{
		Handler:           g.count(s.Handler()),
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ConnContext:       withConn,
		ConnState:         g.follow,
		ReadHeaderTimeout: s.limits.header,
		ReadTimeout:       s.limits.header,
		IdleTimeout:       s.limits.idle,
		MaxHeaderBytes:    s.limits.bytes,
		// OPTIONS * gets the answer of any other OPTIONS.
		DisableGeneralOptionsHandler: true,
	}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	err := server.Serve(g)
	server.Close()
	g.drain(s.limits.close)
	if ctx.Err() != nil || errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// triedPorts is how many ports after a taken one are tried before any will do.
const triedPorts = 50

// Listen opens a port of a host, or where it is taken the next free one, and
// reports whether it had to look for another. Port 0 is any free port; an empty
// host is 127.0.0.1.
func Listen(host string, port int) (l net.Listener, moved bool, err error) {
	if host == "" {
		host = "127.0.0.1"
	}
	at := func(p int) (net.Listener, error) {
		return net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(p)))
	}
	l, err = at(port)
	for p := port + 1; taken(err) && p <= min(port+triedPorts, 65535); p++ {
		l, err = at(p)
		moved = true
	}
	if taken(err) {
		l, err = at(0)
		moved = true
	}
	return l, moved && err == nil, err
}

// taken reports whether a port is in use, or kept from use by Windows.
func taken(err error) bool {
	const (
		windowsAccess = syscall.Errno(10013)
		windowsInUse  = syscall.Errno(10048)
	)
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, windowsInUse) || errors.Is(err, windowsAccess)
}
