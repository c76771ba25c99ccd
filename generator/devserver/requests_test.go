package devserver

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
)

const secret = "worth more than it costs"

// guarded is a server with something to hide.
func guarded(t *testing.T) *Server {
	s := New(Options{
		Hosts:   []string{"Desk.example", "0.0.0.0", "::"},
		Inspect: func(context.Context, string) ([]byte, error) { return []byte(`{"prose":"` + secret + `"}`), nil },
	})
	s.Publish(State{
		Tree: files{
			"index.html": page(secret), "playbooks/x.html": page(secret), "theme/plumb.css": "/*" + secret + "*/",
			"404.html": page("lost"),
		}.tree(t),
		Sources: map[string]string{"index.html": "playbooks/index.md", "playbooks/x.html": "playbooks/x.md"},
	})
	return s
}

// own stands for the address of the server in a request, port for its port.
const own, port = "127.0.0.1:PORT", "PORT"

// requests are written to the socket as they are. Where the answer is not 200
// or 206 it tells nothing of the site.
var requests = []struct {
	name, text string
	want       int
}{
	{"home", "GET / HTTP/1.1\r\nHost: " + own, 200},
	{"page", "GET /playbooks/x.html HTTP/1.1\r\nHost: " + own, 200},
	{"query", "GET /playbooks/x.html?role=am&x=%zz;y HTTP/1.1\r\nHost: " + own, 200},
	{"HEAD", "HEAD / HTTP/1.1\r\nHost: " + own, 200},
	{"HTTP/1.0 with Host", "GET / HTTP/1.0\r\nHost: " + own, 200},

	{"Host localhost", "GET / HTTP/1.1\r\nHost: localhost:" + port, 200},
	{"Host in capitals", "GET / HTTP/1.1\r\nHost: LocalHost:" + port, 200},
	{"Host [::1]", "GET / HTTP/1.1\r\nHost: [::1]:" + port, 200},
	{"Host given", "GET / HTTP/1.1\r\nHost: desk.EXAMPLE:" + port, 200},
	{"Host foreign", "GET / HTTP/1.1\r\nHost: evil.example:" + port, 421},
	{"Host foreign for style", "GET /theme/plumb.css HTTP/1.1\r\nHost: evil.example:" + port, 421},
	{"Host foreign for events", "GET /.plumb/events HTTP/1.1\r\nHost: evil.example:" + port, 421},
	{"Host foreign for inspect", "GET /.plumb/inspect?page= HTTP/1.1\r\nHost: evil.example:" + port, 421},
	{"Host foreign for the worker", "GET /sw.js HTTP/1.1\r\nHost: evil.example:" + port, 421},
	{"Host foreign for the script", "GET /.plumb/preview.js HTTP/1.1\r\nHost: evil.example:" + port, 421},
	{"Host foreign and POST", "POST / HTTP/1.1\r\nHost: evil.example:" + port + "\r\nContent-Length: 0", 421},
	{"Host with own name in front", "GET / HTTP/1.1\r\nHost: localhost.evil.example:" + port, 421},
	{"Host with own name behind", "GET / HTTP/1.1\r\nHost: evil-localhost:" + port, 421},
	{"Host with a dot behind", "GET / HTTP/1.1\r\nHost: localhost.:" + port, 421},
	{"Host without port", "GET / HTTP/1.1\r\nHost: localhost", 421},
	{"Host with empty port", "GET / HTTP/1.1\r\nHost: localhost:", 421},
	{"Host with another port", "GET / HTTP/1.1\r\nHost: localhost:1", 421},
	{"Host with zeros in its port", "GET / HTTP/1.1\r\nHost: localhost:0" + port, 421},
	{"Host with two ports", "GET / HTTP/1.1\r\nHost: localhost:" + port + ":" + port, 421},
	{"Host unspecified", "GET / HTTP/1.1\r\nHost: 0.0.0.0:" + port, 421},
	{"Host unspecified, IPv6", "GET / HTTP/1.1\r\nHost: [::]:" + port, 421},
	{"Host of another loopback address", "GET / HTTP/1.1\r\nHost: 127.0.0.2:" + port, 421},
	{"Host mapped", "GET / HTTP/1.1\r\nHost: [::ffff:127.0.0.1]:" + port, 421},
	{"Host as a number", "GET / HTTP/1.1\r\nHost: 2130706433:" + port, 421},
	{"Host without brackets", "GET / HTTP/1.1\r\nHost: ::1:" + port, 421},
	{"Host in needless brackets", "GET / HTTP/1.1\r\nHost: [localhost]:" + port, 421},
	{"Host with an open bracket", "GET / HTTP/1.1\r\nHost: [::1:" + port, 421},
	{"Host with a user", "GET / HTTP/1.1\r\nHost: localhost@evil.example:" + port, 400},
	{"Host list", "GET / HTTP/1.1\r\nHost: localhost:" + port + ", evil.example", 400},
	{"Host empty", "GET / HTTP/1.1\r\nHost: ", 421},
	{"Host missing", "GET / HTTP/1.1\r\nX-None: 1", 400},
	{"Host missing in HTTP/1.0", "GET / HTTP/1.0\r\nX-None: 1", 421},
	{"Host twice", "GET / HTTP/1.1\r\nHost: " + own + "\r\nHost: evil.example", 400},
	{"Host twice the same", "GET / HTTP/1.1\r\nHost: " + own + "\r\nHost: " + own, 400},
	{"Host with a line break", "GET / HTTP/1.1\r\nHost: localhost\r\n evil:" + port, 400},
	{"Host only forwarded", "GET / HTTP/1.1\r\nHost: evil.example:" + port + "\r\nX-Forwarded-Host: " + own + "\r\nForwarded: host=\"" + own + "\"", 421},
	{"forwarded headers of others", "GET / HTTP/1.1\r\nHost: " + own + "\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example", 200},

	{"absolute", "GET http://" + own + "/playbooks/x.html HTTP/1.1\r\nHost: " + own, 200},
	{"absolute, foreign", "GET http://evil.example:" + port + "/ HTTP/1.1\r\nHost: " + own, 421},
	{"absolute, foreign behind a user", "GET http://" + own + "@evil.example/ HTTP/1.1\r\nHost: " + own, 421},
	{"absolute, own against a foreign Host", "GET http://" + own + "/theme/none HTTP/1.1\r\nHost: evil.example", 404},
	{"absolute, no path", "GET http://" + own + " HTTP/1.1\r\nHost: " + own, 200},

	{"Origin own", "GET /playbooks/x.html HTTP/1.1\r\nHost: " + own + "\r\nOrigin: http://" + own, 200},
	{"Origin own for inspect", "GET /.plumb/inspect?page=index.html HTTP/1.1\r\nHost: " + own + "\r\nOrigin: http://" + own, 200},
	{"Origin missing for inspect", "GET /.plumb/inspect?page=index.html HTTP/1.1\r\nHost: " + own, 200},
	{"Origin foreign", "GET / HTTP/1.1\r\nHost: " + own + "\r\nOrigin: http://evil.example", 403},
	{"Origin foreign for events", "GET /.plumb/events HTTP/1.1\r\nHost: " + own + "\r\nOrigin: http://evil.example", 403},
	{"Origin foreign for inspect", "GET /.plumb/inspect?page= HTTP/1.1\r\nHost: " + own + "\r\nOrigin: http://evil.example", 403},
	{"Origin null for events", "GET /.plumb/events HTTP/1.1\r\nHost: " + own + "\r\nOrigin: null", 403},
	{"Origin null for inspect", "GET /.plumb/inspect?page= HTTP/1.1\r\nHost: " + own + "\r\nOrigin: null", 403},
	{"Origin empty", "GET / HTTP/1.1\r\nHost: " + own + "\r\nOrigin: ", 403},
	{"Origin of another port", "GET / HTTP/1.1\r\nHost: " + own + "\r\nOrigin: http://127.0.0.1:1", 403},
	{"Origin of another own name", "GET / HTTP/1.1\r\nHost: " + own + "\r\nOrigin: http://localhost:" + port, 403},
	{"Origin of another scheme", "GET / HTTP/1.1\r\nHost: " + own + "\r\nOrigin: https://" + own, 403},
	{"Origin twice", "GET / HTTP/1.1\r\nHost: " + own + "\r\nOrigin: http://" + own + "\r\nOrigin: http://evil.example", 403},

	{"fetched by itself", "GET /theme/plumb.css HTTP/1.1\r\nHost: " + own + "\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: no-cors", 200},
	{"typed in", "GET / HTTP/1.1\r\nHost: " + own + "\r\nSec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document", 200},
	{"followed from another site", "GET / HTTP/1.1\r\nHost: " + own + "\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document", 200},
	{"followed to inspect", "GET /.plumb/inspect?page= HTTP/1.1\r\nHost: " + own + "\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document", 403},
	{"framed by another site", "GET / HTTP/1.1\r\nHost: " + own + "\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe", 403},
	{"loaded by another site", "GET /theme/plumb.css HTTP/1.1\r\nHost: " + own + "\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: style", 403},
	{"script of another site", "GET /.plumb/preview.js HTTP/1.1\r\nHost: " + own + "\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors", 403},
	{"loaded by another port", "GET /.plumb/events HTTP/1.1\r\nHost: " + own + "\r\nSec-Fetch-Site: same-site\r\nSec-Fetch-Mode: no-cors", 403},
	{"Sec-Fetch-Site twice", "GET / HTTP/1.1\r\nHost: " + own + "\r\nSec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site", 403},

	{"..", "GET /../go.mod HTTP/1.1\r\nHost: " + own, 404},
	{".. to a page", "GET /playbooks/../index.html HTTP/1.1\r\nHost: " + own, 404},
	{"encoded", "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: " + own, 404},
	{"encoded to a page", "GET /playbooks/%2e%2e/index.html HTTP/1.1\r\nHost: " + own, 404},
	{"encoded slash", "GET /..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: " + own, 404},
	{"double-encoded", "GET /playbooks/%252e%252e/index.html HTTP/1.1\r\nHost: " + own, 404},
	{"double-encoded page", "GET /index%252ehtml HTTP/1.1\r\nHost: " + own, 404},
	{"backslash", "GET /playbooks\\x.html HTTP/1.1\r\nHost: " + own, 404},
	{"backslashes up", "GET /..\\..\\etc\\passwd HTTP/1.1\r\nHost: " + own, 404},
	{"encoded backslash", "GET /playbooks%5cx.html HTTP/1.1\r\nHost: " + own, 404},
	{"drive", "GET /C:/Windows/win.ini HTTP/1.1\r\nHost: " + own, 404},
	{"drive without slash", "GET C:/index.html HTTP/1.1\r\nHost: " + own, 400},
	{"drive without any slash", "GET C:index.html HTTP/1.1\r\nHost: " + own, 400},
	{"address without slashes", "GET http:index.html HTTP/1.1\r\nHost: " + own, 400},
	{"file address", "GET file:///index.html HTTP/1.1\r\nHost: " + own, 400},
	{"https address", "GET https://" + own + "/ HTTP/1.1\r\nHost: " + own, 400},
	{"share", "GET //server/share/index.html HTTP/1.1\r\nHost: " + own, 404},
	{"two slashes", "GET //index.html HTTP/1.1\r\nHost: " + own, 404},
	{"stream", "GET /index.html::$DATA HTTP/1.1\r\nHost: " + own, 404},
	{"name with a dot", "GET /index.html. HTTP/1.1\r\nHost: " + own, 404},
	{"name with a blank", "GET /index.html%20 HTTP/1.1\r\nHost: " + own, 404},
	{"name in capitals", "GET /INDEX.HTML HTTP/1.1\r\nHost: " + own, 404},
	{"device", "GET /CON HTTP/1.1\r\nHost: " + own, 404},
	{"NUL, encoded", "GET /index.html%00 HTTP/1.1\r\nHost: " + own, 404},
	{"NUL", "GET /index.html\x00 HTTP/1.1\r\nHost: " + own, 400},
	{"overlong UTF-8", "GET /%c0%ae%c0%ae/index.html HTTP/1.1\r\nHost: " + own, 404},
	{"overlong slash", "GET /playbooks%c0%afx.html HTTP/1.1\r\nHost: " + own, 404},
	{"bad escape", "GET /%zz HTTP/1.1\r\nHost: " + own, 400},
	{"line break in the path", "GET /x%0d%0aSet-Cookie:a=b HTTP/1.1\r\nHost: " + own, 404},
	{"folder", "GET /playbooks HTTP/1.1\r\nHost: " + own, 404},
	{"folder with a slash", "GET /playbooks/ HTTP/1.1\r\nHost: " + own, 404},
	{"manifest", "GET /.plumb/manifest.json HTTP/1.1\r\nHost: " + own, 404},
	{"own folder", "GET /.plumb/ HTTP/1.1\r\nHost: " + own, 404},
	{"no path", "GET index.html HTTP/1.1\r\nHost: " + own, 400},

	{"POST", "POST / HTTP/1.1\r\nHost: " + own + "\r\nContent-Length: 0", 405},
	{"POST to events", "POST /.plumb/events HTTP/1.1\r\nHost: " + own + "\r\nContent-Length: 0", 405},
	{"PUT", "PUT /x.html HTTP/1.1\r\nHost: " + own + "\r\nContent-Length: 0", 405},
	{"DELETE", "DELETE /index.html HTTP/1.1\r\nHost: " + own, 405},
	{"OPTIONS", "OPTIONS / HTTP/1.1\r\nHost: " + own + "\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: GET\r\nAccess-Control-Request-Private-Network: true", 405},
	{"OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: " + own, 405},
	{"GET *", "GET * HTTP/1.1\r\nHost: " + own, 404},
	{"TRACE", "TRACE / HTTP/1.1\r\nHost: " + own, 405},
	{"CONNECT to itself", "CONNECT " + own + " HTTP/1.1\r\nHost: " + own, 405},
	{"CONNECT elsewhere", "CONNECT evil.example:443 HTTP/1.1\r\nHost: " + own, 421},
	{"method in small letters", "get / HTTP/1.1\r\nHost: " + own, 405},
	{"method made up", "PROPFIND / HTTP/1.1\r\nHost: " + own, 405},
	{"HTTP/2 in clear", "PRI * HTTP/2.0\r\nHost: " + own, 405},
	{"upgrade to HTTP/2", "GET /none HTTP/1.1\r\nHost: " + own + "\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__", 404},
	{"HTTP/3.0", "GET / HTTP/3.0\r\nHost: " + own, 505},
	{"no HTTP at all", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400},

	{"GET with a body", "GET / HTTP/1.1\r\nHost: " + own + "\r\nContent-Length: 2", 400},
	{"length and chunks", "GET / HTTP/1.1\r\nHost: " + own + "\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /theme/plumb.css HTTP/1.1\r\nHost: " + own, 400},
	{"chunks", "GET / HTTP/1.1\r\nHost: " + own + "\r\nTransfer-Encoding: chunked\r\n\r\n0", 400},
	{"two lengths", "GET / HTTP/1.1\r\nHost: " + own + "\r\nContent-Length: 0\r\nContent-Length: 5", 400},
	{"odd encoding", "GET / HTTP/1.1\r\nHost: " + own + "\r\nTransfer-Encoding: xchunked", 501},
	{"negative length", "GET / HTTP/1.1\r\nHost: " + own + "\r\nContent-Length: -1", 400},
	{"blank before the colon", "GET / HTTP/1.1\r\nHost : " + own, 400},

	{"header as large as it may be", "GET / HTTP/1.1\r\nHost: " + own + "\r\nX-Long: " + strings.Repeat("a", 15<<10), 200},
	{"header too large", "GET / HTTP/1.1\r\nHost: " + own + "\r\nX-Long: " + strings.Repeat("a", 64<<10), 431},
	{"too many headers", "GET / HTTP/1.1\r\nHost: " + own + strings.Repeat("\r\nX-Many: 1", 8<<10), 431},
	{"address too large", "GET /" + strings.Repeat("a", 64<<10) + " HTTP/1.1\r\nHost: " + own, 431},
}

func TestRawRequests(t *testing.T) {
	address, _ := stand(t, guarded(t))
	_, number, _ := net.SplitHostPort(address)
	for _, c := range requests {
		t.Run(c.name, func(t *testing.T) {
			res, body := speak(t, address, strings.ReplaceAll(c.text, port, number)+"\r\n\r\n")
			if res.StatusCode != c.want {
				t.Fatalf("got %s, want %d: %s", res.Status, c.want, body)
			}
			if tells := strings.Contains(body, secret); tells && c.want != 200 {
				t.Errorf("the refusal tells: %s", body)
			} else if !tells && c.want == 200 && res.Request.Method != "HEAD" {
				t.Errorf("not the page that was asked for: %s", body)
			}
			checkHeader(t, res)
		})
	}
}

// checkHeader looks for what each answer must and must not say. What the HTTP
// library refuses by itself says next to nothing.
func checkHeader(t *testing.T, res *http.Response) {
	t.Helper()
	for key := range res.Header {
		if strings.HasPrefix(key, "Access-Control-") || key == "Set-Cookie" || key == "Location" {
			t.Errorf("%s: %s", key, res.Header.Get(key))
		}
	}
	if early := res.Header.Get("Content-Security-Policy") == "" && res.Close; early && res.StatusCode >= 400 {
		return
	}
	for key, want := range map[string]string{
		"Content-Security-Policy":      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		"X-Content-Type-Options":       "nosniff",
		"X-Frame-Options":              "DENY",
		"Referrer-Policy":              "no-referrer",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Cross-Origin-Opener-Policy":   "same-origin",
	} {
		if got := res.Header.Get(key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	if allow := res.Header.Get("Allow"); (res.StatusCode == 405) != (allow == "GET, HEAD") {
		t.Errorf("%s with Allow: %q", res.Status, allow)
	}
}

// TestNames tries Host headers that the socket of a test cannot have.
func TestNames(t *testing.T) {
	n := namesOf([]string{"desk", "[FD00::0:7]", "", "0.0.0.0"})
	for _, c := range []struct {
		host, local string
		want        bool
	}{
		{"localhost", "127.0.0.1:80", true},
		{"localhost:80", "127.0.0.1:80", true},
		{"[::1]", "[::1]:80", true},
		{"desk", "10.0.0.7:80", true},
		{"desk:8080", "10.0.0.7:8080", true},
		{"desk", "10.0.0.7:443", false},
		{"[fd00::7]:8080", "10.0.0.7:8080", true},
		{"10.0.0.7:8080", "10.0.0.7:8080", true}, // where the connection arrived
		{"10.0.0.8:8080", "10.0.0.7:8080", false},
		{"[fd00::9]:8080", "[fd00::9]:8080", true},
		{"fd00::9:8080", "[fd00::9]:8080", false},
		{"", "127.0.0.1:80", false},
		{":80", "127.0.0.1:80", false},
		{"[]", "127.0.0.1:80", false},
		{"[::1", "[::1]:80", false},
		{"::1]", "[::1]:80", false},
		{"[10.0.0.7]", "10.0.0.7:80", false},
		{"localhost:", "127.0.0.1:80", false},
		{"0.0.0.0", "127.0.0.1:80", false},
		{"evil", "127.0.0.1:80", false},
	} {
		if got := n.knows(c.host, netip.MustParseAddrPort(c.local)); got != c.want {
			t.Errorf("Host %q at %s: %v, want %v", c.host, c.local, got, c.want)
		}
	}
}

// TestHandlerWithoutAnAddress must not take every name for its own.
func TestHandlerWithoutAnAddress(t *testing.T) {
	s := guarded(t)
	w := get(s, "/", func(r *http.Request) { *r = *r.WithContext(context.Background()) })
	if w.Code != 421 {
		t.Errorf("got %d, want 421", w.Code)
	}
}

// TestDualStack: a socket for both families says IPv4 addresses in IPv6 form.
func TestDualStack(t *testing.T) {
	var local net.Addr = &net.TCPAddr{IP: net.ParseIP("::ffff:10.0.0.7"), Port: 8080}
	r := request("/", func(r *http.Request) {
		*r = *r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, local))
		r.Host, r.RemoteAddr = "10.0.0.7:8080", "[::ffff:10.0.0.7]:5"
	})
	if no := guarded(t).refusal(r); no.status != 0 || !near(r) {
		t.Errorf("refused with %d %s, near %v", no.status, no.body, near(r))
	}
}

// TestEditorIsForThisMachine: the folder of the site is nothing for others.
func TestEditorIsForThisMachine(t *testing.T) {
	s := New(Options{Editor: "vscode://file/{path}", Root: "/home/ann/site"})
	for remote, want := range map[string]bool{
		"127.0.0.1:5": true, "[::1]:5": true, "[::ffff:127.0.0.1]:5": true, "10.0.0.9:5": false, "[fd00::9]:5": false, "": false,
	} {
		got := near(request("/", func(r *http.Request) { r.RemoteAddr = remote }))
		if got != want {
			t.Errorf("%s is near: %v", remote, got)
		}
		event, _ := s.event(home, got, true)
		if has := strings.Contains(string(event), "/home/ann"); has != want {
			t.Errorf("%s is told of the folder: %v", remote, has)
		}
	}
}

// FuzzPath asks for anything and must get a file of the tree under its own name,
// or nothing of it.
func FuzzPath(f *testing.F) {
	for _, c := range requests {
		if _, path, ok := strings.Cut(c.text, " /"); ok {
			path, _, _ = strings.Cut(path, " ")
			f.Add("/" + path)
		}
	}
	content := files{"index.html": page("a"), "playbooks/x.html": page("b"), "a/index.html": page("c"), "theme/x.css": "d", "404.html": page("lost")}
	s := New(Options{})
	s.Publish(State{Tree: content.tree(f)})
	ended, cancel := context.WithCancel(context.Background())
	cancel() // or the stream of events would go on
	f.Fuzz(func(t *testing.T, path string) {
		w := get(s, "/", within(ended), func(r *http.Request) { r.URL.Path = path })
		name := pageOf(path)
		want, ok := content[name]
		switch _, own := s.own[path]; {
		case own, path == "/sw.js", strings.HasPrefix(path, "/.plumb/"):
			if w.Code != 404 && strings.Contains(w.Body.String(), "</body>") {
				t.Errorf("%q answers %s", path, w.Body)
			}
		case ok && (w.Code != 200 || strings.Replace(w.Body.String(), scriptTag, "", 1) != want):
			t.Errorf("%q answers %d %s", path, w.Code, w.Body)
		case !ok && (w.Code != 404 || w.Body.String() != shown("lost")):
			t.Errorf("%q answers %d %s", path, w.Code, w.Body)
		}
		if fmt.Sprint(w.Header()["Access-Control-Allow-Origin"]) != "[]" {
			t.Error("a CORS header")
		}
	})
}
