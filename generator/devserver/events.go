package devserver

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"plumb/generator/diag"
)

// report is the data of an event, for one page.
type report struct {
	Build     int               `json:"build"`
	Run       string            `json:"run"`
	Page      string            `json:"page"`
	Source    string            `json:"source"`
	Sum       string            `json:"sum"` // of what a GET answers; "" if there is no such page
	Stale     bool              `json:"stale"`
	Assets    map[string]string `json:"assets"`
	Errors    int               `json:"errors"` // this and the next two: of the whole site
	Warnings  int               `json:"warnings"`
	Notes     int               `json:"notes"`
	Concerned bool              `json:"concerned"` // an error has to do with this page
	Findings  []diag.Diagnostic `json:"findings"`
	More      int               `json:"more"` // errors that Findings leaves out
	Line      string            `json:"line"`
	Navigate  string            `json:"navigate"`
	Draft     bool              `json:"draft"`
	Editor    string            `json:"editor"`
	Root      string            `json:"root,omitempty"`
}

// report returns what a browser that shows a page is told.
func (s *Server) report(m *moment, page string, sameMachine bool) report {
	a, source := m.answer(page), m.source(page)
	r := report{
		Build: m.build, Run: s.run, Page: page, Source: source, Stale: a.stale, Assets: m.styles(),
		Errors: m.counts[diag.Error], Warnings: m.counts[diag.Warning], Notes: m.counts[diag.Note],
		Concerned: m.Degraded || a.stale || a.bare && a.status == found && m.failed(),
		Line:      m.Line, Draft: m.Drafts[page] || m.kept[page].draft,
	}
	if a.status == found {
		r.Sum = a.sum.String()
	}
	r.Findings, r.More = m.findings(source)
	for _, d := range r.Findings {
		r.Concerned = r.Concerned || d.Severity == diag.Error && (d.Path == source || d.Path == m.Settings)
	}
	if sameMachine && s.options.Editor != "" {
		r.Editor, r.Root = s.options.Editor, s.options.Root
	}
	return r
}

// mostFindings is the number of findings that a report lists; longestSource the
// number of bytes of a source line that goes with one.
const (
	mostFindings  = 100
	longestSource = 4 << 10
)

// findings returns what a page of a source lists: errors of the source itself,
// errors of other files, then what else was found in the source. It also returns
// the number of errors left out.
func (m *moment) findings(source string) ([]diag.Diagnostic, int) {
	list, errors := make([]diag.Diagnostic, 0, min(len(m.Diagnostics), mostFindings)), 0
	for _, want := range [...]struct{ error, here bool }{{true, true}, {true, false}, {false, true}} {
		for _, d := range m.Diagnostics {
			if want.error != (d.Severity == diag.Error) || want.here != (d.Path == source) {
				continue
			}
			if len(list) == mostFindings {
				break
			}
			if list = append(list, short(d)); want.error {
				errors++
			}
		}
	}
	return list, m.counts[diag.Error] - errors
}

// short drops source lines that are too long to be sent around.
func short(d diag.Diagnostic) diag.Diagnostic {
	if len(d.Source) > longestSource {
		d.Source = ""
	}
	for _, r := range d.Related {
		if len(r.Source) > longestSource {
			d.Related = nil
			break
		}
	}
	return d
}

// events streams a report at once and after each Publish until the browser
// leaves.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
	ctx, leave := s.streams.join(r.Context(), s.limits.streams)
	defer leave()
	c := http.NewResponseController(w)
	tick := time.NewTicker(s.limits.alive)
	defer tick.Stop()

	page, sameMachine := pageOf(r.URL.Query().Get("page")), near(r)
	fmt.Fprintf(w, "retry: %d\n\n", s.limits.retry.Milliseconds())
	for first := true; ; first = false {
		event, over := s.event(page, sameMachine, first)
		_, err := w.Write(event)
		if err == nil {
			err = c.Flush()
		}
		if err != nil || !idle(ctx, over, tick.C, w, c) {
			return
		}
	}
}

// event returns the newest state as an event, and what is closed when there is
// a newer one. Only those that come while the page is looked at lead elsewhere:
// the first says what happened before, and would take away a page that was just
// asked for.
func (s *Server) event(page string, sameMachine, first bool) ([]byte, <-chan struct{}) {
	m := s.now.Load()
	rep := s.report(m, page, sameMachine)
	if s.options.Navigate && !first {
		rep.Navigate = m.latest(page)
	}
	data, _ := json.Marshal(rep) // strings, numbers and maps of strings cannot fail
	return fmt.Appendf(nil, "event: state\nid: %d\ndata: %s\n\n", m.build, data), m.over
}

// idle keeps a stream alive until there is a newer state (true) or it has ended
// (false).
func idle(ctx context.Context, over <-chan struct{}, tick <-chan time.Time, w http.ResponseWriter, c *http.ResponseController) bool {
	for {
		select {
		case <-ctx.Done():
			return false
		case <-over:
			return ctx.Err() == nil // both may have come to pass
		case <-tick:
			fmt.Fprint(w, ": \n\n")
			if c.Flush() != nil {
				return false
			}
		}
	}
}

// streams are those that are open, the oldest first.
type streams struct {
	mu   sync.Mutex
	open []*stream
}

type stream struct{ end context.CancelFunc }

// join opens a stream that ends with its context, or when it is the oldest and
// there are too many. The caller calls leave.
func (s *streams) join(ctx context.Context, most int) (_ context.Context, leave func()) {
	ctx, end := context.WithCancel(ctx)
	st := &stream{end}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.open) >= most {
		s.open[0].end()
		s.open = s.open[1:]
	}
	s.open = append(s.open, st)
	return ctx, func() { s.leave(st) }
}

func (s *streams) leave(st *stream) {
	st.end()
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, other := range s.open {
		if other == st {
			s.open = append(s.open[:i:i], s.open[i+1:]...)
			return
		}
	}
}
