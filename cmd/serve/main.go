// Serve is a static file server for a look at a built site, as bare as the
// barest host: every address is a file, there is no index of a folder but the
// site's own home, and the answer to anything else is the site's 404 page. It
// listens on loopback only and sends the strictest content security policy
// that a built site needs.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path"
	"strings"
	"time"
)

func main() {
	dir := flag.String("dir", "public", "serve this folder")
	addr := flag.String("addr", "127.0.0.1:8080", "listen on this loopback address; if it is taken, on a free port")
	prefix := flag.String("prefix", "", "serve the folder below this path, such as /sales/playbooks")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := serve(ctx, *dir, *addr, *prefix); err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1)
	}
}

// serve answers until ctx is done.
func serve(ctx context.Context, dir, addr, prefix string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	l, err := listen(addr)
	if err != nil {
		return err
	}
	prefix = path.Join("/", prefix)
	fmt.Printf("http://%s%s (Ctrl-C ends it)\n", l.Addr(), path.Join(prefix, "index.html"))
	s := &http.Server{Handler: site(root.FS(), prefix), ReadHeaderTimeout: 5 * time.Second}
	context.AfterFunc(ctx, func() { s.Close() })
	if err = s.Serve(l); errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// listen opens addr, or a free port where addr is taken; never an address that
// other machines reach.
func listen(addr string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("%s is not a loopback address", addr)
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return net.Listen("tcp", net.JoinHostPort(host, "0"))
	}
	return l, nil
}

// policy is the strictest content security policy that a built site needs.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"

// site answers with the files of a built site that stands below prefix.
func site(files fs.FS, prefix string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-cache")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
			return
		}
		if name, ok := file(r.URL.Path, prefix); ok && send(w, r, files, name) {
			return
		}
		missing(w, files)
	})
}

// file returns the name of the file that stands at the address: the home for
// the address of the whole site.
func file(address, prefix string) (string, bool) {
	name, ok := strings.CutPrefix(address, strings.TrimSuffix(prefix, "/")+"/")
	if name == "" {
		name = "index.html"
	}
	return name, ok
}

// send answers with a file and says whether there is one.
func send(w http.ResponseWriter, r *http.Request, files fs.FS, name string) bool {
	f, err := files.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	content, seeks := f.(io.ReadSeeker)
	if err != nil || !seeks || !info.Mode().IsRegular() {
		return false
	}
	http.ServeContent(w, r, name, info.ModTime(), content)
	return true
}

// missing answers with the site's own 404 page.
func missing(w http.ResponseWriter, files fs.FS) {
	page, err := fs.ReadFile(files, "404.html")
	if err != nil {
		page = []byte("not found\n")
	}
	w.Header().Set("Content-Type", http.DetectContentType(page))
	w.WriteHeader(http.StatusNotFound)
	io.Copy(w, bytes.NewReader(page))
}
