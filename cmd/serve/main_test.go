package main

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

// TestEveryAddressIsAFile has the server answer as an object store does.
func TestEveryAddressIsAFile(t *testing.T) {
	files := fstest.MapFS{
		"index.html":        {Data: []byte("<!doctype html>home")},
		"404.html":          {Data: []byte("<!doctype html>lost")},
		"roles/closer.html": {Data: []byte("<!doctype html>closer")},
	}
	for _, c := range []struct {
		prefix, method, address string
		status                  int
		body                    string
	}{
		{"/", "GET", "/", 200, "home"},
		{"/", "GET", "/index.html", 200, "home"},
		{"/", "GET", "/roles/closer.html?q=1", 200, "closer"},
		{"/", "GET", "/roles/", 404, "lost"},
		{"/", "GET", "/roles", 404, "lost"},
		{"/", "GET", "/roles/../index.html", 404, "lost"},
		{"/", "POST", "/", 405, "only GET"},
		{"/sales/playbooks", "GET", "/sales/playbooks/", 200, "home"},
		{"/sales/playbooks", "GET", "/sales/playbooks/roles/closer.html", 200, "closer"},
		{"/sales/playbooks", "GET", "/sales/playbooks", 404, "lost"},
		{"/sales/playbooks", "GET", "/roles/closer.html", 404, "lost"},
	} {
		w := httptest.NewRecorder()
		site(files, c.prefix).ServeHTTP(w, httptest.NewRequest(c.method, c.address, nil))
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.body) {
			t.Errorf("%s %s below %s: %d %q, wants %d %q", c.method, c.address, c.prefix, w.Code, w.Body, c.status, c.body)
		}
		if got := w.Header().Get("Content-Security-Policy"); got != policy {
			t.Errorf("%s: the policy is %q", c.address, got)
		}
	}
}

// TestLoopbackOnly refuses an address that other machines reach, and takes a
// free port where the wanted one is taken.
func TestLoopbackOnly(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:80", "nonsense"} {
		if l, err := listen(addr); err == nil {
			l.Close()
			t.Errorf("listens on %s", addr)
		}
	}
	first, err := listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := listen(first.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	second.Close()
}

// TestServeEnds returns without an error once it is told to end.
func TestServeEnds(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := serve(ctx, t.TempDir(), "127.0.0.1:0", ""); err != nil {
		t.Fatal(err)
	}
	if err := serve(ctx, t.TempDir()+"/none", "127.0.0.1:0", ""); err == nil {
		t.Error("serves a folder that is not there")
	}
}
