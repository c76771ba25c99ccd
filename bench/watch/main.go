// Watch measures how long an author waits: from the end of a save to the moment
// the server answers with the new page. It runs plumb serve and hugo server on
// the same texts at the same time and edits one task by turns, so that whatever
// else the machine does meets both.
//
//	go run ./bench/watch -hugo "$(command -v hugo)"
//
// See README.md in this folder for what was measured.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	sizes := flag.String("n", "1000,10000", "how many playbooks, several by commas")
	edits := flag.Int("edits", 50, "how many edits each server gets")
	plumb := flag.String("plumb", "bin/plumb", "the plumb to measure")
	hugo := flag.String("hugo", "", "the hugo to compare with; empty for none")
	pace := flag.Duration("pace", 1500*time.Millisecond, "the pause before each edit: an author's, and time for the other server to come to rest")
	text := flag.String("playbook", "generator/testdata/playbook.md", "the playbook of which all are made")
	flag.Parse()
	fmt.Printf("%s, %d processors, %d edits of one task each, by turns, %s apart\n", runtime.GOOS+"/"+runtime.GOARCH, runtime.NumCPU(), *edits, *pace)
	for size := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(size)
		if err == nil {
			err = measure(n, *edits, *pace, *plumb, *hugo, *text)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "watch:", err)
			os.Exit(1)
		}
	}
}

// measure runs the servers on n playbooks and prints a row for each.
func measure(n, edits int, pace time.Duration, plumb, hugo, text string) error {
	body, err := body(text)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "plumb-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	servers := []*server{{name: "plumb serve", content: "playbooks", page: "/playbooks/p00042.html", command: []string{plumb, "serve", "--port", "0"}}}
	if hugo != "" {
		servers = append(servers, &server{name: "hugo server", content: "content", page: "/p00042/", command: []string{hugo, "server", "--renderToMemory", "--bind", "127.0.0.1", "--port", freePort()}})
	}
	for _, s := range servers {
		s.root, s.body = filepath.Join(dir, s.content+"-site"), body
		if err := s.start(ctx, n); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		defer s.end(cancel)
	}
	for i := range edits {
		for _, s := range servers {
			time.Sleep(pace)
			if err := s.edit(ctx, i); err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
		}
	}
	for _, s := range servers {
		s.print(n)
	}
	return nil
}

// freePort returns a port that nobody listens on: hugo does not tell the one that
// it finds itself.
func freePort() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "1313"
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// body returns the playbook without its front matter.
func body(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	_, body, ok := bytes.Cut(text, []byte("\n---\n"))
	if !ok || bytes.Count(body, []byte(task)) != 1 {
		return "", fmt.Errorf("%s has no front matter or not one task “%s”", path, task)
	}
	return string(body), nil
}

// task is the text that is edited.
const task = "Map tools, sites and repair spend"

// server is one of the programs that are compared.
type server struct {
	name, content, page string
	command             []string

	root, body, address string
	process             *exec.Cmd
	first               time.Duration
	waits               []time.Duration
}

var address = regexp.MustCompile(`http://(127\.0\.0\.1|localhost):\d+/`)

// start writes the content, starts the program and waits for its first page.
func (s *server) start(ctx context.Context, n int) error {
	if err := s.write(n); err != nil {
		return err
	}
	s.process = exec.CommandContext(ctx, absolute(s.command[0]), s.command[1:]...)
	s.process.Dir = s.root
	out, err := s.process.StdoutPipe()
	if err != nil {
		return err
	}
	s.process.Stderr = io.Discard
	begun := time.Now()
	if err := s.process.Start(); err != nil {
		return err
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if s.address = address.FindString(lines.Text()); s.address != "" {
			break
		}
	}
	if s.address == "" {
		return errors.New("it never said where the site is")
	}
	go io.Copy(io.Discard, out)
	if err := s.shows(ctx, task); err != nil {
		return err
	}
	s.first = time.Since(begun)
	return nil
}

func absolute(path string) string {
	if strings.Contains(path, "/") {
		if full, err := filepath.Abs(path); err == nil {
			return full
		}
	}
	return path
}

// write makes the site. Hugo gets the barest theme there is: one template for
// pages and one for lists.
func (s *server) write(n int) error {
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("%s/p%05d.md", s.content, i)] = s.text(i, "")
	}
	if s.content == "content" {
		files["hugo.toml"] = "baseURL = \"http://127.0.0.1/\"\ntitle = \"Bench\"\ndisableKinds = [\"taxonomy\", \"term\", \"rss\", \"sitemap\"]\n[markup.goldmark.parser.attribute]\nblock = false\n"
		files["layouts/_default/single.html"] = "<!doctype html><title>{{.Title}}</title><main>{{.Content}}</main>\n"
		files["layouts/_default/list.html"] = "<!doctype html><title>{{.Title}}</title><ul>{{range .Paginator.Pages}}<li><a href=\"{{.RelPermalink}}\">{{.Title}}</a>{{end}}</ul>\n"
		files["layouts/index.html"] = files["layouts/_default/list.html"]
	}
	for name, text := range files {
		at := filepath.Join(s.root, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// text is playbook i, its task with a mark in front of it.
func (s *server) text(i int, mark string) string {
	front := fmt.Sprintf("---\ntitle: Playbook %d\nposition: %d\nsegment: segment-%d\nowner: Dana Okafor\nreviewed: 2026-09-%02d\n---\n", i, i*37%101, i%max(8, i/100), i%28+1)
	return front + strings.Replace(s.body, task, mark+task, 1)
}

// edit saves a playbook and waits for its page.
func (s *server) edit(ctx context.Context, i int) error {
	mark := fmt.Sprintf("Edit%dx ", i)
	begun := time.Now()
	if err := os.WriteFile(filepath.Join(s.root, s.content, "p00042.md"), []byte(s.text(42, mark)), 0o644); err != nil {
		return err
	}
	if err := s.shows(ctx, mark+task); err != nil {
		return err
	}
	s.waits = append(s.waits, time.Since(begun))
	return nil
}

// poll is how often a page is asked for: not so often that the asking takes a
// processor from the server.
const poll = 4 * time.Millisecond

// shows asks for the page until it holds a text.
func (s *server) shows(ctx context.Context, text string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	for ; ctx.Err() == nil; time.Sleep(poll) {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(s.address, "/")+s.page, nil)
		if err != nil {
			return err
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			continue
		}
		page, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err == nil && bytes.Contains(page, []byte(text)) {
			return nil
		}
	}
	return fmt.Errorf("%s never showed “%s”", s.page, text)
}

func (s *server) end(cancel func()) {
	cancel()
	s.process.Wait()
}

func (s *server) print(n int) {
	slices.Sort(s.waits)
	at := func(share float64) time.Duration {
		return s.waits[min(int(share*float64(len(s.waits))), len(s.waits)-1)].Round(100 * time.Microsecond)
	}
	fmt.Printf("%6d playbooks  %-12s first page %8s   edit: median %8s   p95 %8s   worst %8s\n",
		n, s.name, s.first.Round(time.Millisecond), at(0.5), at(0.95), s.waits[len(s.waits)-1].Round(100*time.Microsecond))
}
