package devserver

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"plumb/generator/diag"
)

// TestSlowSockets: whoever says nothing, or next to nothing, keeps nobody away.
func TestSlowSockets(t *testing.T) {
	s := New(Options{})
	s.Publish(only(t, "a"))
	address, _ := stand(t, s)
	var slow []net.Conn
	for i := range 500 {
		c := dial(t, address)
		io.WriteString(c, "GET / HTTP/1.1\r\nHost: "[:i%22])
		slow = append(slow, c)
	}
	begin := time.Now()
	if _, body := speak(t, address, "GET / HTTP/1.1\r\nHost: "+address+"\r\n\r\n"); body != shown("a") {
		t.Errorf("got %s", body)
	}
	if took := time.Since(begin); took > 2*time.Second {
		t.Errorf("the page took %v", took)
	}
	if n, err := slow[0].Read(make([]byte, 1)); n != 0 || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the oldest connection is still open: %d, %v", n, err)
	}
}

// TestBusyConnections: streams alone cannot take all places.
func TestBusyConnections(t *testing.T) {
	s := New(Options{})
	s.limits.clients = 4
	s.Publish(only(t, "a"))
	address, _ := stand(t, s)
	var all []*listener
	for range 4 {
		in := listen(t, address, "")
		in.next()
		all = append(all, in)
	}
	// The first finds a stream in its place, the second the first, which is idle.
	for range 2 {
		c := dial(t, address)
		io.WriteString(c, "GET / HTTP/1.1\r\nHost: "+address+"\r\n\r\n")
		if res, err := http.ReadResponse(bufio.NewReader(c), nil); err != nil || res.StatusCode != 200 {
			t.Fatalf("no page: %v", err)
		}
	}
	if line, err := all[0].line(); err == nil {
		t.Errorf("the oldest stream goes on: %q", line)
	}
	s.Publish(only(t, "b"))
	for _, in := range all[1:] {
		in.next()
	}
}

// TestSilentAndSlowReaders: who says nothing is dropped in time, who reads
// slowly is not.
func TestSilentAndSlowReaders(t *testing.T) {
	s := New(Options{})
	s.limits.header = 50 * time.Millisecond
	film := strings.Repeat("film", 8<<20)
	s.Publish(State{Tree: files{"film.mp4": film}.tree(t)})
	address, _ := stand(t, s)
	slow := dial(t, address)
	io.WriteString(slow, "GET /film.mp4 HTTP/1.1\r\nHost: "+address+"\r\n\r\n")
	silent := dial(t, address)
	if n, err := silent.Read(make([]byte, 1)); n != 0 || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("a silent connection is still open: %d, %v", n, err)
	}
	res, err := http.ReadResponse(bufio.NewReader(slow), nil)
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(res.Body); err != nil || string(body) != film {
		t.Errorf("%d bytes, %v", len(body), err)
	}
}

// TestWriteMustMakeProgress: nobody reads at the other end.
func TestWriteMustMakeProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := net.Pipe()
		defer far.Close()
		g := &gate{patience: usual.write, open: map[*conn]bool{}}
		c := &conn{Conn: near, gate: g}
		g.enter(c)
		begin := time.Now()
		if _, err := c.Write([]byte("a")); !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(begin) != usual.write {
			t.Errorf("%v after %v", err, time.Since(begin))
		}
		if c.Close(); len(g.open) != 0 {
			t.Error("a closed connection keeps its place")
		}
	})
}

// TestSmuggling: what follows a request with a body is not taken for another.
func TestSmuggling(t *testing.T) {
	address, _ := stand(t, guarded(t))
	hidden := "GET /theme/plumb.css HTTP/1.1\r\nHost: " + address + "\r\n\r\n"
	for _, lengths := range []string{
		fmt.Sprintf("Content-Length: %d\r\n\r\n", len(hidden)),
		"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
		"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
	} {
		c := dial(t, address)
		io.WriteString(c, "GET / HTTP/1.1\r\nHost: "+address+"\r\n"+lengths+hidden)
		all, _ := io.ReadAll(c) // a reset is as good as an end
		if n := strings.Count(string(all), "HTTP/1.1 "); n != 1 || strings.Contains(string(all), secret) {
			t.Errorf("%q: %d answers: %s", lengths, n, all)
		}
	}
}

func TestInspect(t *testing.T) {
	s := New(Options{Inspect: func(_ context.Context, source string) ([]byte, error) {
		if source == "bad.md" {
			return nil, errors.New("<cannot>")
		}
		return []byte(`{"path":"` + source + `"}`), nil
	}})
	s.Publish(State{
		Tree:    files{"index.html": page(""), "x.html": page(""), "list.html": page("")}.tree(t),
		Sources: map[string]string{"index.html": "index.md", "x.html": "x.md", "bad.html": "bad.md"}, Missing: map[string]string{"m.html": "m.md"},
	})
	for query, want := range map[string]string{
		"":                      `200 {"path":"index.md"}`,
		"?page=":                `200 {"path":"index.md"}`,
		"?page=x.html":          `200 {"path":"x.md"}`,
		"?page=m.html":          `200 {"path":"m.md"}`,
		"?page=list.html":       `404 {"error":"This page has no source file of its own."}`,
		"?page=../../etc/hosts": `404 {"error":"This page has no source file of its own."}`,
		"?page=x.md":            `404 {"error":"This page has no source file of its own."}`,
		"?page=bad.html":        `500 {"error":"\u003ccannot\u003e"}`,
	} {
		w := get(s, inspectAddress+query)
		if got := fmt.Sprintf("%d %s", w.Code, w.Body); got != want || w.Header().Get("Content-Type") != "application/json" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%q answers %s, want %s (%v)", query, got, want, w.Header())
		}
	}
	if w := get(New(Options{}), inspectAddress); w.Code != 404 {
		t.Errorf("without a function: %d", w.Code)
	}
}

// TestInspectIsRationed: at most two at a time, and none for who has left.
func TestInspectIsRationed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var running, most atomic.Int32
		s := New(Options{Inspect: func(ctx context.Context, _ string) ([]byte, error) {
			most.Store(max(most.Load(), running.Add(1)))
			defer running.Add(-1)
			<-ctx.Done()
			return nil, ctx.Err()
		}})
		s.Publish(State{Sources: map[string]string{"index.html": "index.md"}})
		ctx, cancel := context.WithCancel(context.Background())
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() { get(s, inspectAddress, within(ctx)) })
		}
		synctest.Wait()
		if most.Load() != 2 {
			t.Errorf("%d at a time", most.Load())
		}
		cancel()
		all.Wait()
	})
}

// TestPanicStaysInside: the fault of one answer is neither shown nor the end.
func TestPanicStaysInside(t *testing.T) {
	s := New(Options{Inspect: func(context.Context, string) ([]byte, error) { panic(secret) }})
	st := only(t, "a")
	st.Sources = map[string]string{"index.html": "index.md"}
	s.Publish(st)
	address, _ := stand(t, s)
	for range 3 { // more than there are slots
		c := dial(t, address)
		io.WriteString(c, "GET "+inspectAddress+" HTTP/1.1\r\nHost: "+address+"\r\n\r\n")
		if all, err := io.ReadAll(c); strings.Contains(string(all), secret) || strings.Contains(string(all), "goroutine") || err != nil {
			t.Errorf("got %s, %v", all, err)
		}
	}
	if _, body := speak(t, address, "GET / HTTP/1.1\r\nHost: "+address+"\r\n\r\n"); body != shown("a") {
		t.Errorf("got %s", body)
	}
}

// TestNothingIsLeft after Serve: no goroutine, no connection, no listener.
func TestNothingIsLeft(t *testing.T) {
	before := runtime.NumGoroutine()
	inside := make(chan bool)
	var left atomic.Bool
	s := New(Options{Inspect: func(ctx context.Context, _ string) ([]byte, error) {
		inside <- true
		<-ctx.Done()
		for range 10_000 {
			runtime.Gosched() // dawdles
		}
		left.Store(true)
		return nil, ctx.Err()
	}})
	s.Publish(State{Sources: map[string]string{"index.html": "index.md"}})
	address, stop := stand(t, s)
	var all []*listener
	for range 5 {
		dial(t, address)
		in := listen(t, address, "")
		in.next()
		all = append(all, in)
	}
	io.WriteString(dial(t, address), "GET "+inspectAddress+" HTTP/1.1\r\nHost: "+address+"\r\n\r\n")
	<-inside
	stop()
	if !left.Load() {
		t.Error("Serve did not wait for a handler")
	}
	for _, in := range all {
		if line, err := in.line(); err == nil {
			t.Errorf("a stream goes on: %q", line)
		}
	}
	if c, err := net.Dial("tcp", address); err == nil {
		c.Close()
		t.Error("the port is still open")
	}
	for end := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Now().After(end) {
			pprof.Lookup("goroutine").WriteTo(os.Stderr, 1)
			t.Fatalf("%d goroutines are left, there were %d", runtime.NumGoroutine(), before)
		}
	}
}

// TestServeFails where its listener does.
func TestServeFails(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := New(Options{}).Serve(context.Background(), l); err == nil {
		t.Error("no error from a closed listener")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if l, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	if err := New(Options{}).Serve(ctx, l); err != nil {
		t.Errorf("after its end: %v", err)
	}
}

func TestListen(t *testing.T) {
	open := func(host string, port int) (string, int, bool) {
		l, moved, err := Listen(host, port)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		a := l.Addr().(*net.TCPAddr)
		return a.IP.String(), a.Port, moved
	}
	ip, first, moved := open("", 0)
	if ip != "127.0.0.1" || first == 0 || moved {
		t.Errorf("any port: %s, %d, %v", ip, first, moved)
	}
	if _, second, moved := open("127.0.0.1", first); second == first || !moved {
		t.Errorf("a taken port: %d, %v", second, moved)
	}
	l, _, err := Listen("", 0)
	if err != nil {
		t.Fatal(err)
	}
	free := l.Addr().(*net.TCPAddr).Port
	l.Close()
	if ip, port, moved := open("localhost", free); !net.ParseIP(ip).IsLoopback() || port != free || moved {
		t.Errorf("a free port: %s, %d, %v", ip, port, moved)
	}
	for _, c := range []struct {
		host string
		port int
	}{{"192.0.2.1", 0}, {"127.0.0.1", 70000}, {"127.0.0.1", -1}} {
		if l, moved, err := Listen(c.host, c.port); err == nil || l != nil || moved {
			t.Errorf("%v: %v, %v, %v", c, l, moved, err)
		}
	}
}

// TestMemoryIsFlat over many builds, some of them broken, while browsers look on.
func TestMemoryIsFlat(t *testing.T) {
	s := New(Options{})
	address, _ := stand(t, s)
	in := listen(t, address, "?page=p1.html")
	in.next()
	publish := func(i int) {
		site := files{"index.html": page("home"), "theme/plumb.css": "a{}"}
		for n := range 6 {
			site[fmt.Sprintf("p%d.html", n)] = page(strings.Repeat(fmt.Sprint(i, " "), 500))
		}
		st := State{Sources: map[string]string{"p1.html": "p1.md"}}
		switch i % 5 {
		case 1, 2:
			delete(site, fmt.Sprintf("p%d.html", i%6))
			st.Diagnostics = []diag.Diagnostic{wrong("p1.md")}
		case 3:
			st.Degraded, st.Diagnostics = true, []diag.Diagnostic{wrong("plumb.yaml")}
		}
		st.Tree = site.tree(t)
		s.Publish(st)
		get(s, "/p1.html")
		if i%100 == 0 {
			for in.next().Build != i {
			}
		}
	}
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	var early uint64
	for i := 1; i <= 10_000; i++ {
		if publish(i); i == 1000 {
			early = heap()
		}
	}
	if late := heap(); late > early+early/10 {
		t.Errorf("%d bytes after 1,000 builds, %d after 10,000", early, late)
	}
}

// TestPublishWhileServing is for the race detector.
func TestPublishWhileServing(t *testing.T) {
	s := New(Options{Navigate: true})
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 200 {
				get(s, "/")
				told(t, s, "x.html")
			}
		})
	}
	for i := range 200 {
		st := only(t, fmt.Sprint(i))
		st.Edited, st.Sources = []string{"x.md"}, map[string]string{"x.html": "x.md"}
		if i%3 == 0 {
			st.Tree, st.Diagnostics = files{}.tree(t), []diag.Diagnostic{wrong("index.md")}
		}
		s.Publish(st)
	}
	all.Wait()
	if n := s.now.Load().build; n != 200 {
		t.Errorf("build %d", n)
	}
}
