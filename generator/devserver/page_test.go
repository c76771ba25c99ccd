package devserver

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"plumb/generator/output"
)

func TestInject(t *testing.T) {
	for in, want := range map[string]string{
		"<!doctype html><head><title>a</title></head><body>":      "<!doctype html><head><title>a</title>SCRIPT</head><body>",
		"<!DOCTYPE HTML><HEAD><TITLE>a</TITLE></HEAD\n><BODY>":    "<!DOCTYPE HTML><HEAD><TITLE>a</TITLE>SCRIPT</HEAD\n><BODY>",
		"<!doctype html><title>a</title><p>b":                     "<!doctype html>SCRIPT<title>a</title><p>b",
		"\ufeff <!-- > <p> -->\n<!DOCTYPE html SYSTEM 'x'><p>b":   "\ufeff <!-- > <p> -->\n<!DOCTYPE html SYSTEM 'x'>SCRIPT<p>b",
		"<p>no doctype <!doctype html>":                           "SCRIPT<p>no doctype <!doctype html>",
		"<!doctype html><header></header><p>b":                    "<!doctype html>SCRIPT<header></header><p>b",
		"<!doctype html><head></head><p>&lt;/head></head></head>": "<!doctype html><head>SCRIPT</head><p>&lt;/head></head></head>",
		"": "SCRIPT",
	} {
		if got := strings.ReplaceAll(string(inject([]byte(in))), scriptTag, "SCRIPT"); got != want {
			t.Errorf("%q\nbecomes %q\nwant    %q", in, got, want)
		}
	}
}

// TestTreeIsNotChanged: what is served differs from what is built, and only there.
func TestTreeIsNotChanged(t *testing.T) {
	tree := files{"index.html": page("a"), "theme/plumb.css": "b{}", "x.csv": "</head>"}.tree(t)
	before := tree.Digest()
	s := New(Options{})
	s.Publish(State{Tree: tree})
	w := get(s, "/")
	f, _ := tree.Get(home)
	if w.Body.String() != shown("a") || string(f.Data) != page("a") {
		t.Errorf("served %s\nbuilt %s", w.Body, f.Data)
	}
	etag := w.Header().Get("ETag")
	if want := `"` + output.SumOf([]byte(shown("a"))).String() + `"`; etag != want {
		t.Errorf("ETag is %s, want %s, the digest of what is served", etag, want)
	}
	if sum := told(t, s, home).Sum; `"`+sum+`"` != etag {
		t.Errorf("the state says %s, the page %s", sum, etag)
	}
	for _, name := range []string{"theme/plumb.css", "x.csv"} {
		w, f := get(s, "/"+name), mustFile(t, tree, name)
		if w.Body.String() != string(f.Data) || w.Header().Get("ETag") != `"`+f.Sum.String()+`"` {
			t.Errorf("%s is served as %s", name, w.Body)
		}
	}
	if tree.Digest() != before {
		t.Error("serving changed the tree")
	}
}

func mustFile(t *testing.T, tree *output.Tree, name string) output.File {
	t.Helper()
	f, ok := tree.Get(name)
	if !ok {
		t.Fatalf("no %s", name)
	}
	return f
}

func TestHeadAndConditionsAndRanges(t *testing.T) {
	s := New(Options{})
	s.Publish(State{Tree: files{"index.html": page("a"), "v.mp4": "0123456789", "404.html": page("lost")}.tree(t)})
	head := func(r *http.Request) { r.Method = "HEAD" }
	etag := get(s, "/").Header().Get("ETag")
	video := get(s, "/v.mp4").Header().Get("ETag")
	for _, c := range []struct {
		name, target string
		edit         []func(*http.Request)
		code         int
		body, length string
	}{
		{"HEAD", "/", []func(*http.Request){head}, 200, "", strconv.Itoa(len(shown("a")))},
		{"HEAD of nothing", "/no", []func(*http.Request){head}, 404, "", strconv.Itoa(len(shown("lost")))},
		{"HEAD of the worker", "/sw.js", []func(*http.Request){head}, 200, "", strconv.Itoa(len(lastWorker))},
		{"same", "/", []func(*http.Request){with("If-None-Match", etag)}, 304, "", ""},
		{"other", "/", []func(*http.Request){with("If-None-Match", video)}, 200, shown("a"), strconv.Itoa(len(shown("a")))},
		{"nothing, though the same", "/no", []func(*http.Request){with("If-None-Match", "*")}, 404, shown("lost"), strconv.Itoa(len(shown("lost")))},
		{"range", "/v.mp4", []func(*http.Request){with("Range", "bytes=2-4")}, 206, "234", "3"},
		{"rest", "/v.mp4", []func(*http.Request){with("Range", "bytes=-2")}, 206, "89", "2"},
		{"range of what it was", "/v.mp4", []func(*http.Request){with("Range", "bytes=2-4"), with("If-Range", etag)}, 200, "0123456789", "10"},
		{"range beyond", "/v.mp4", []func(*http.Request){with("Range", "bytes=20-")}, 416, "invalid range: failed to overlap\n", ""},
	} {
		address, _ := stand(t, s)
		w := get(s, c.target, c.edit...)
		if c.name[:4] == "HEAD" { // the library leaves out the body, not the handler
			res, body := speak(t, address, "HEAD "+c.target+" HTTP/1.1\r\nHost: "+address+"\r\nConnection: close\r\n\r\n")
			if res.StatusCode != c.code || body != "" || res.Header.Get("Content-Length") != c.length {
				t.Errorf("%s: %s, %d bytes, Content-Length %s", c.name, res.Status, len(body), res.Header.Get("Content-Length"))
			}
			continue
		}
		if w.Code != c.code || w.Body.String() != c.body || c.length != "" && w.Header().Get("Content-Length") != c.length {
			t.Errorf("%s: %d, %q, %v", c.name, w.Code, w.Body, w.Header())
		}
	}
}

func TestTypes(t *testing.T) {
	tree := files{"a.html": page(""), "b.css": "", "c.js": "", "d.SVG": "", "e.xlsx": "", "f.exe": "", "g": "<html>", "h.json": ""}
	s := New(Options{})
	s.Publish(State{Tree: tree.tree(t)})
	for name, want := range map[string]string{
		"a.html": "text/html; charset=utf-8", "b.css": "text/css; charset=utf-8", "c.js": "text/javascript; charset=utf-8",
		"d.SVG": "image/svg+xml", "e.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"f.exe": "application/octet-stream", "g": "application/octet-stream", "h.json": "application/json",
		".plumb/preview.js": "text/javascript; charset=utf-8", ".plumb/preview.css": "text/css; charset=utf-8",
	} {
		w := get(s, "/"+name)
		if got := w.Header().Get("Content-Type"); w.Code != 200 || got != want {
			t.Errorf("%s: %d, %s, want %s", name, w.Code, got, want)
		}
		if c := w.Header().Get("Cache-Control"); c != "no-cache" {
			t.Errorf("%s: Cache-Control %s", name, c)
		}
	}
}

func TestFolders(t *testing.T) {
	s := New(Options{})
	s.Publish(State{Tree: files{"index.html": page("home"), "a/index.html": page("a"), "b/x.html": page("x")}.tree(t)})
	for target, want := range map[string]string{"/": "home", "/a/": "a", "/a/index.html": "a", "/b/": "", "/a": "", "/b": ""} {
		w := get(s, target)
		if ok := w.Body.String() == shown(want); ok != (want != "") || (w.Code == 200) != ok || w.Header().Get("Location") != "" {
			t.Errorf("%s: %d, %s", target, w.Code, w.Body)
		}
	}
}

// TestWorkerGoes: whatever the tree holds, a worker that is asked for says good-bye.
func TestWorkerGoes(t *testing.T) {
	s := New(Options{})
	s.Publish(State{Tree: files{"index.html": page("home"), "sw.js": "stay()", "app/worker.js": "stay()"}.tree(t)})
	for target, edit := range map[string]func(*http.Request){
		"/sw.js":         with("Accept", "*/*"),
		"/app/worker.js": with("Service-Worker", "script"),
		"/none":          with("Service-Worker", "script"),
	} {
		w := get(s, target, edit)
		h := w.Header()
		if w.Code != 200 || !strings.Contains(w.Body.String(), "registration.unregister()") || strings.Contains(w.Body.String(), "fetch") {
			t.Errorf("%s: %d, %s", target, w.Code, w.Body)
		}
		if h.Get("Content-Type") != "text/javascript; charset=utf-8" || h.Get("Cache-Control") != "no-store" || h.Get("Service-Worker-Allowed") != "/" {
			t.Errorf("%s: %v", target, h)
		}
	}
	if w := get(s, "/app/worker.js"); w.Body.String() != "stay()" {
		t.Errorf("a script that is not asked for as a worker: %s", w.Body)
	}
}
