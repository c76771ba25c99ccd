// Package devserver serves the latest tree of a site from memory, for authors
// who look at it while they write.
//
// [Server.Publish] hands over the outcome of each build; browsers are told over
// a stream of events and show what is wrong on top of the page. All history is
// kept here: while an error keeps a page from being made, the server goes on
// answering with the last bytes that were good, and says so.
//
// # What is answered
//
//	/.plumb/preview.js, .css   the script that shows the panel, and its style
//	/.plumb/events?page=P      server-sent events: one “state” after each Publish
//	/.plumb/inspect?page=P     what Plumb understood of the source of a page
//	/sw.js                     a service worker that removes itself
//	anything else              a file of the tree, by its exact path
//
// Every HTML page gets the script while it is served; the tree is not changed.
// A path is unescaped once and then looked up in the tree, a map: there is no
// file system behind it, nothing is cleaned, nothing is redirected.
//
// # Who is answered
//
// The pages are confidential and the browser that shows them visits other sites
// too. So each request is held against these rules, in this order:
//
//   - It names the server by a name of its own and by the port it listens on,
//     or gets 421: a foreign name that was made to resolve to this machine (DNS
//     rebinding) reads nothing. Own names are localhost, 127.0.0.1, [::1],
//     those of [Options.Hosts], and the very address that the connection was
//     made to, since rebinding takes a name. A trailing dot is refused. In an
//     absolute request target the host of the target counts (RFC 9112, 3.2.2).
//   - Its method is GET or HEAD, or it gets 405; it has no body and its target
//     is a path or an http address, or it gets 400.
//   - Its Origin, if there is one, is the origin it asks, or it gets 403.
//     Browsers send none with a GET of the same origin, an event stream included,
//     and always one with a cross-origin request whose answer could be read.
//   - Sec-Fetch-Site, if there is one, says same-origin or none (an address typed
//     in), or it gets 403. A page of another port of localhost is “same-site”
//     and refused. The one exception: a link from elsewhere may be followed to a
//     page in a tab of its own, but not to the events or the inspection. Browsers
//     send this header to loopback and over TLS only; everywhere
//     Cross-Origin-Resource-Policy forbids other origins to use an answer.
//
// No answer ever has a CORS header, and forwarded headers are not read.
package devserver

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"sync"
	"sync/atomic"

	"plumb/generator/diag"
	"plumb/generator/output"
)

// Options say how a site is served; the zero value works.
type Options struct {
	// Hosts are names and addresses, without a port, that the server answers to
	// besides those of loopback. An unspecified address (0.0.0.0, ::) is no name
	// and has no effect.
	Hosts []string
	// Editor is the template of an address that opens an editor, such as
	// vscode://file/{path}:{line}:{column}; empty for none. It is told to
	// browsers of this machine only, as is Root.
	Editor string
	// Root is the absolute path of the site's folder.
	Root string
	// Navigate makes browsers follow the edited file; of several that are edited at
	// once the first that has a page.
	Navigate bool
	// Inspect returns as JSON what Plumb understood of a source file. It may be
	// slow; the context ends with the request. At most two run at a time. Nil for
	// none.
	Inspect func(ctx context.Context, source string) ([]byte, error)
}

// State is the outcome of one build. It must not be changed once published.
type State struct {
	// Tree is the site of the healthy files.
	Tree *output.Tree
	// Diagnostics are sorted.
	Diagnostics []diag.Diagnostic
	// Sources leads from the path of a page to that of its source; lists have
	// none.
	Sources map[string]string
	// Missing leads from the path of a page that is not in the tree because of an
	// error to its source, "" for a list: where the page would stand, as far as that
	// is known. Pages that Sources has and Tree lacks need not be in it.
	Missing map[string]string
	// Settings is the path of the settings: an error there concerns every page.
	Settings string
	// Degraded says that no site could be built at all: its folder is gone, the
	// disk fails. Tree and Sources are then ignored, and the last good tree goes on
	// being served whole.
	Degraded bool
	// Edited are the paths of files that changed since the state before, sorted.
	Edited []string
	// Line says for people what changed, what was made of it and what is wrong.
	Line string
	// Drafts holds the pages that are drafts.
	Drafts map[string]bool
}

// Server serves the site published last. Its methods may be called from several
// goroutines.
type Server struct {
	options Options
	limits  limits
	names   names
	run     string // tells a restarted server from this one
	own     map[string]answer
	streams streams
	slots   chan struct{} // for inspections

	publishing sync.Mutex
	now        atomic.Pointer[moment]
}

// New returns a server that has nothing to show until the first Publish.
func New(o Options) *Server {
	var run [8]byte
	rand.Read(run[:])
	s := &Server{
		options: o,
		limits:  usual,
		names:   namesOf(o.Hosts),
		run:     hex.EncodeToString(run[:]),
		own:     ownAnswers(),
		slots:   make(chan struct{}, 2),
	}
	s.now.Store(&moment{over: make(chan struct{}), styles: noStyles})
	return s
}

// Publish makes a state the one that is served and tells the browsers. It does
// not wait for them: one that is slow misses the states between.
func (s *Server) Publish(st State) {
	s.publishing.Lock()
	defer s.publishing.Unlock()
	before := s.now.Load()
	s.now.Store(before.next(st))
	close(before.over)
}

// Hurry shows some pages ahead of the next Publish, whose tree holds them too: on
// a large site the page that was edited is made long before all others are known
// to be as they were. While an error stands nothing is shown ahead.
func (s *Server) Hurry(pages []output.File) {
	s.publishing.Lock()
	defer s.publishing.Unlock()
	before := s.now.Load()
	if before.Tree == nil || before.failed() {
		return
	}
	s.now.Store(before.with(pages))
	close(before.over)
}

// Handler answers requests. It learns the server's own address from
// [http.LocalAddrContextKey], which any [http.Server] sets, and refuses every
// request without it.
func (s *Server) Handler() http.Handler { return http.HandlerFunc(s.handle) }

func (s *Server) handle(w http.ResponseWriter, r *http.Request) {
	protect(w.Header())
	if no := s.refusal(r); no.status != 0 {
		w.Header().Set("Connection", "close") // nor is a body waited for
		no.send(w, r)
		return
	}
	switch address := r.URL.Path; {
	case address == "/sw.js", r.Header.Get("Service-Worker") != "":
		farewell(w, r)
	case address == eventsAddress:
		s.events(w, r)
	case address == inspectAddress:
		s.inspect(w, r)
	default:
		s.find(address).send(w, r)
	}
}

// find returns what the address of a file answers.
func (s *Server) find(address string) answer {
	if a, ok := s.own[address]; ok {
		return a
	}
	return s.now.Load().answer(pageOf(address))
}
