package devserver

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// only is a state with one page.
func only(t testing.TB, text string) State {
	return State{Tree: files{"index.html": page(text)}.tree(t), Line: text}
}

func TestStatesComeInOrder(t *testing.T) {
	s := New(Options{})
	address, _ := stand(t, s)
	in := listen(t, address, "?page=")
	if r := in.next(); r.Build != 0 || r.Page != home {
		t.Errorf("before anything is built: %+v", r)
	}
	for build, text := range []string{1: "a", "b", "a"} {
		if build == 0 {
			continue
		}
		s.Publish(only(t, text))
		r := in.next()
		if _, body := speak(t, address, "GET / HTTP/1.1\r\nHost: "+address+"\r\n\r\n"); body != shown(text) {
			t.Errorf("the page of build %d is %s", build, body)
		}
		if r.Build != build || r.Line != text || r.Sum == "" || r.Run != s.run {
			t.Errorf("build %d is told as %+v", build, r)
		}
	}
	if r := listen(t, address, "?page=no%2Fthing.html").next(); r.Build != 3 || r.Page != "no/thing.html" || r.Sum != "" {
		t.Errorf("a page that is not there: %+v", r)
	}
}

// slowWriter is an answer whose reader takes one write at a time.
type slowWriter struct {
	*httptest.ResponseRecorder
	taken chan string
}

func (w slowWriter) Write(p []byte) (int, error) {
	w.taken <- string(p)
	return len(p), nil
}

// browse answers a request for events until end is called.
func browse(s *Server, w http.ResponseWriter) (end func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() { s.Handler().ServeHTTP(w, request(eventsAddress, within(ctx))) })
	return func() { cancel(); done.Wait() }
}

// TestNewestWins: a browser that is slow misses what is no longer true, and
// keeps nobody waiting.
func TestNewestWins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{})
		w := slowWriter{httptest.NewRecorder(), make(chan string)}
		end := browse(s, w)
		s.Publish(only(t, "1"))
		if got := <-w.taken; !strings.HasPrefix(got, "retry: 1000\n\n") {
			t.Errorf("begins with %q", got)
		}
		synctest.Wait() // the first state is on its way
		for _, text := range []string{"2", "3", "4"} {
			s.Publish(only(t, text))
		}
		for _, id := range []string{"1", "4"} {
			if got := <-w.taken; !strings.HasPrefix(got, "event: state\nid: "+id+"\ndata: {\"build\":"+id+",") {
				t.Errorf("got %q, want build %s", got, id)
			}
		}
		synctest.Wait()
		select {
		case got := <-w.taken:
			t.Errorf("and then %q", got)
		default:
		}
		end()
	})
}

// TestKeepAlive: a stream with nothing to say shows that it is there, and ends
// with its browser.
func TestKeepAlive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{})
		w := httptest.NewRecorder()
		end := browse(s, w)
		time.Sleep(61 * time.Second) // of the bubble's clock
		synctest.Wait()
		if got := w.Body.String(); strings.Count(got, ": \n\n") != 3 || strings.Count(got, "event:") != 1 {
			t.Errorf("a minute of %q", got)
		}
		if w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("may be stored: %v", w.Header())
		}
		end()
		if n := len(s.streams.open); n != 0 {
			t.Errorf("%d streams are left", n)
		}
	})
}

// TestBrowserLeaves: nothing is left of a stream whose connection is gone.
func TestBrowserLeaves(t *testing.T) {
	s := New(Options{})
	ended := make(chan bool)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() { ended <- true }()
		s.Handler().ServeHTTP(w, r)
	}))
	defer server.Close()
	for range 3 {
		in := listen(t, server.Listener.Addr().String(), "")
		in.next()
		in.conn.Close()
		<-ended
	}
	if n := len(s.streams.open); n != 0 {
		t.Errorf("%d streams are left", n)
	}
}

// TestOldestStreamGoes when there are too many.
func TestOldestStreamGoes(t *testing.T) {
	s := New(Options{})
	s.limits.streams = 3
	address, _ := stand(t, s)
	var all []*listener
	for range 5 {
		in := listen(t, address, "")
		in.next()
		all = append(all, in)
	}
	s.Publish(only(t, "a"))
	for i, in := range all {
		if i < 2 {
			if line, err := in.line(); err != io.EOF {
				t.Errorf("stream %d goes on with %q, %v", i, line, err)
			}
		} else if r := in.next(); r.Build != 1 {
			t.Errorf("stream %d is told %+v", i, r)
		}
	}
}

func TestHeadOfTheStreamEnds(t *testing.T) {
	s := New(Options{})
	address, _ := stand(t, s)
	res, body := speak(t, address, "HEAD /.plumb/events HTTP/1.1\r\nHost: "+address+"\r\n\r\n")
	if res.StatusCode != 200 || body != "" || res.Header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("%s %v %q", res.Status, res.Header, body)
	}
}

// TestStreamOutlivesTheHeaderLimit: the time for a request to arrive is not the
// time for which it is answered.
func TestStreamOutlivesTheHeaderLimit(t *testing.T) {
	s := New(Options{})
	s.limits.header, s.limits.alive = 50*time.Millisecond, 40*time.Millisecond
	address, _ := stand(t, s)
	in := listen(t, address, "")
	in.next()
	for range 5 {
		if line, err := in.line(); line != ": " || err != nil {
			t.Fatalf("the stream says %q, %v", line, err)
		}
	}
}
