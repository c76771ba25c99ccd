package devserver

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"plumb/generator/diag"
	"plumb/generator/output"
)

// files is a tree: path → content.
type files map[string]string

func (f files) tree(t testing.TB) *output.Tree {
	t.Helper()
	tree := &output.Tree{}
	for p, data := range f {
		if err := tree.Put(output.File{Path: p, Data: []byte(data)}); err != nil {
			t.Fatal(err)
		}
	}
	return tree
}

// page is a small page with a text in it.
func page(text string) string {
	return "<!doctype html><html><head><title>t</title></head><body>" + text + "</body></html>"
}

// shown is page(text) as it is served.
func shown(text string) string {
	return strings.Replace(page(text), "</head>", scriptTag+"</head>", 1)
}

// wrong is an error in a source.
func wrong(source string) diag.Diagnostic {
	return diag.New(diag.Error, "test", diag.File(source), source+" is wrong", "")
}

// get asks the handler as a browser on this machine does.
func get(s *Server, target string, edit ...func(*http.Request)) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, request(target, edit...))
	return w
}

func request(target string, edit ...func(*http.Request)) *http.Request {
	r := httptest.NewRequest("GET", target, nil)
	r.Host, r.RemoteAddr = "localhost:8080", "127.0.0.1:50000"
	within(r.Context())(r)
	for _, e := range edit {
		e(r)
	}
	return r
}

// within has a request end with a context.
func within(ctx context.Context) func(*http.Request) {
	local := net.Addr(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080})
	return func(r *http.Request) {
		*r = *r.WithContext(context.WithValue(ctx, http.LocalAddrContextKey, local))
	}
}

func with(key, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(key, value) }
}

// stand serves over TCP until the test ends, or stop is called.
func stand(t *testing.T, s *Server) (address string, stop func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Serve returned %v", err)
		}
	}
	t.Cleanup(stop)
	return l.Addr().String(), stop
}

// dial opens a connection that fails rather than hangs.
func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	c.SetDeadline(time.Now().Add(20 * time.Second))
	t.Cleanup(func() { c.Close() })
	return c
}

// speak writes a request as it is and reads the answer.
func speak(t *testing.T, address, text string) (*http.Response, string) {
	t.Helper()
	c := dial(t, address)
	io.WriteString(c, text) // the server may answer before it has read all
	method, _, _ := strings.Cut(text, " ")
	res, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("no answer to %.60q: %v", text, err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil && res.StatusCode != 431 { // the rest of the request is not read, so the answer may be cut
		t.Fatalf("half an answer to %.60q: %v", text, err)
	}
	return res, string(body)
}

// listener reads an event stream.
type listener struct {
	t    *testing.T
	in   *bufio.Reader
	conn net.Conn
}

// listen opens the stream of a page.
func listen(t *testing.T, address, query string) *listener {
	t.Helper()
	c := dial(t, address)
	io.WriteString(c, "GET /.plumb/events"+query+" HTTP/1.1\r\nHost: "+address+"\r\n\r\n")
	in := bufio.NewReader(c)
	res, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := res.Header.Get("Content-Type"); res.StatusCode != 200 || got != "text/event-stream" {
		t.Fatalf("the stream answers %s, %s", res.Status, got)
	}
	return &listener{t, bufio.NewReader(res.Body), c}
}

// line returns the next line that is not empty.
func (l *listener) line() (string, error) {
	for {
		s, err := l.in.ReadString('\n')
		if s = strings.TrimSuffix(s, "\n"); s != "" || err != nil {
			return s, err
		}
	}
}

// next returns the next state.
func (l *listener) next() report {
	l.t.Helper()
	for {
		s, err := l.line()
		if err != nil {
			l.t.Fatalf("the stream broke: %v", err)
		}
		if data, ok := strings.CutPrefix(s, "data: "); ok {
			return decode(l.t, data)
		}
	}
}

// decode reads a report; findings become no more than their messages.
func decode(t *testing.T, data string) report {
	t.Helper()
	type plainFinding struct{ Message, Path, Source string }
	var r struct {
		report
		Findings []plainFinding `json:"findings"`
	}
	if err := json.Unmarshal([]byte(data), &r); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	for _, f := range r.Findings {
		d := diag.Diagnostic{Message: f.Message, Place: diag.File(f.Path)}
		d.Source = f.Source
		r.report.Findings = append(r.report.Findings, d)
	}
	return r.report
}

// told returns the state that a browser showing a page is sent first.
func told(t *testing.T, s *Server, page string) report {
	t.Helper()
	event, _ := s.event(page, true, true)
	_, data, ok := strings.Cut(string(event), "\ndata: ")
	if !ok || !strings.HasSuffix(data, "\n\n") || strings.Count(data, "\n") != 2 {
		t.Fatalf("not one line of data: %q", event)
	}
	return decode(t, data)
}
