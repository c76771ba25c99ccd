package devserver

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"plumb/generator/diag"
)

// see checks what an address answers and what a browser that shows it is told.
func see(t *testing.T, s *Server, address string, code int, text string, stale, concerned bool) {
	t.Helper()
	w, r := get(s, "/"+address), told(t, s, address)
	if w.Code != code || !strings.Contains(w.Body.String(), text) || !strings.Contains(w.Body.String(), scriptTag) {
		t.Errorf("%s answers %d %s\nwant %d %s", address, w.Code, w.Body, code, text)
	}
	if r.Stale != stale || r.Concerned != concerned {
		t.Errorf("%s is stale %v, concerned %v; want %v, %v", address, r.Stale, r.Concerned, stale, concerned)
	}
	if (r.Sum != "") != (code == 200) {
		t.Errorf("%s answers %d and has the digest %q", address, w.Code, r.Sum)
	}
}

// TestLastGood breaks and mends a page among others.
func TestLastGood(t *testing.T) {
	s := New(Options{})
	whole := func(x, y string) State {
		return State{
			Tree:    files{"index.html": page("home"), "x.html": page(x), "y.html": page(y), "roles/am.html": page("only x"), "404.html": page("lost")}.tree(t),
			Sources: map[string]string{"index.html": "index.md", "x.html": "x.md", "y.html": "y.md"},
			Drafts:  map[string]bool{"x.html": true},
		}
	}
	s.Publish(whole("x1", "y1"))
	see(t, s, "x.html", 200, "x1", false, false)

	broken := func(y string) State {
		return State{
			Tree:        files{"index.html": page("less"), "y.html": page(y), "404.html": page("lost")}.tree(t),
			Sources:     map[string]string{"index.html": "index.md", "y.html": "y.md"},
			Missing:     map[string]string{"x.html": "x.md", "new.html": "new.md"},
			Diagnostics: []diag.Diagnostic{wrong("new.md"), wrong("x.md")},
		}
	}
	for _, y := range []string{"y2", "y3"} { // an error may stand for many builds
		s.Publish(broken(y))
		see(t, s, "x.html", 200, "x1", true, true)
		see(t, s, "roles/am.html", 200, "only x", true, true)
		see(t, s, "y.html", 200, y, false, false)
		see(t, s, "index.html", 200, "less", false, false)
		see(t, s, "new.html", 200, "An error keeps it from being made", false, true)
		see(t, s, "none.html", 404, "lost", false, false)
		if r := told(t, s, "x.html"); r.Source != "x.md" || !r.Draft {
			t.Errorf("of the old page is known %+v", r)
		}
		if r := told(t, s, "new.html"); r.Source != "new.md" {
			t.Errorf("of the missing page is known %+v", r)
		}
	}

	s.Publish(whole("x2", "y4"))
	see(t, s, "x.html", 200, "x2", false, false)
	see(t, s, "new.html", 404, "lost", false, false)
	if n := len(s.now.Load().kept); n != 0 {
		t.Errorf("%d old files are kept for a healthy site", n)
	}

	gone := whole("", "")
	gone.Tree = files{"index.html": page("home"), "404.html": page("lost")}.tree(t)
	s.Publish(gone)
	see(t, s, "x.html", 404, "lost", false, false)
	see(t, s, "y.html", 404, "lost", false, false)
}

// TestHealedAmongErrors: a page that is made again is not old, whatever else is wrong.
func TestHealedAmongErrors(t *testing.T) {
	s := New(Options{})
	s.Publish(State{Tree: files{"x.html": page("x1"), "y.html": page("y1")}.tree(t)})
	s.Publish(State{Tree: files{}.tree(t), Missing: map[string]string{"x.html": "x.md", "y.html": "y.md"}, Diagnostics: []diag.Diagnostic{wrong("x.md"), wrong("y.md")}})
	s.Publish(State{Tree: files{"x.html": page("x2")}.tree(t), Missing: map[string]string{"y.html": "y.md"}, Diagnostics: []diag.Diagnostic{wrong("y.md")}})
	see(t, s, "x.html", 200, "x2", false, false)
	see(t, s, "y.html", 200, "y1", true, true)
	if got := slices.Sorted(maps.Keys(s.now.Load().kept)); !slices.Equal(got, []string{"y.html"}) {
		t.Errorf("kept are %v", got)
	}
	s.Publish(State{Tree: files{}.tree(t), Missing: map[string]string{"x.html": "x.md", "y.html": "y.md"}, Diagnostics: []diag.Diagnostic{wrong("x.md"), wrong("y.md")}})
	see(t, s, "x.html", 200, "x2", true, true)
	if got := slices.Sorted(maps.Keys(s.now.Load().kept)); !slices.Equal(got, []string{"x.html", "y.html"}) {
		t.Errorf("kept are %v", got)
	}
}

// TestDegraded: with broken settings the last good site stands, whole.
func TestDegraded(t *testing.T) {
	s := New(Options{})
	sources := map[string]string{"index.html": "index.md", "x.html": "x.md"}
	s.Publish(State{Tree: files{"index.html": page("home"), "x.html": page("x1"), "theme/plumb.css": "a{}"}.tree(t), Sources: sources})
	sum := told(t, s, "x.html").Sum
	for range 2 {
		s.Publish(State{Tree: files{"index.html": page("ruin")}.tree(t), Degraded: true, Diagnostics: []diag.Diagnostic{wrong("plumb.yaml")}, Line: "plumb.yaml changed"})
		see(t, s, "index.html", 200, "home", true, true)
		see(t, s, "x.html", 200, "x1", true, true)
		see(t, s, "none.html", 404, "There is no page", false, true)
	}
	r := told(t, s, "x.html")
	if r.Sum != sum || r.Source != "x.md" || r.Line != "plumb.yaml changed" || r.Assets["theme/plumb.css"] == "" || len(r.Findings) != 1 {
		t.Errorf("the page is told %+v", r)
	}
	s.Publish(State{Tree: files{"index.html": page("home2")}.tree(t), Missing: map[string]string{"x.html": "x.md"}, Diagnostics: []diag.Diagnostic{wrong("x.md")}})
	see(t, s, "index.html", 200, "home2", false, false)
	see(t, s, "x.html", 200, "x1", true, true)
	s.Publish(State{Tree: files{"index.html": page("home3")}.tree(t), Degraded: true, Diagnostics: []diag.Diagnostic{wrong("plumb.yaml")}})
	see(t, s, "index.html", 200, "home2", true, true)
	see(t, s, "x.html", 200, "x1", true, true)
}

// TestFirstStartWithErrors: there is nothing to show but what is wrong.
func TestFirstStartWithErrors(t *testing.T) {
	bad := wrong("x.md")
	bad.Message = "</pre><script>alert(1)</script>"
	for name, st := range map[string]State{
		"degraded": {Tree: files{"index.html": page("ruin")}.tree(t), Degraded: true, Missing: map[string]string{"x.html": "x.md"}, Diagnostics: []diag.Diagnostic{bad}},
		"no tree":  {Missing: map[string]string{"x.html": "x.md"}, Diagnostics: []diag.Diagnostic{bad}},
	} {
		t.Run(name, func(t *testing.T) {
			s := New(Options{})
			see(t, s, "index.html", 200, "being built", false, false)
			s.Publish(st)
			for _, address := range []string{"index.html", "x.html"} {
				see(t, s, address, 200, "x.md: error: &lt;/pre&gt;&lt;script&gt;alert(1)", false, true)
				if body := get(s, "/"+address).Body.String(); strings.Contains(body, "<script>") || strings.Contains(body, "ruin") {
					t.Errorf("%s shows %s", address, body)
				}
			}
			see(t, s, "none.html", 404, "There is no page", false, st.Degraded)
			s.Publish(State{Tree: files{"index.html": page("home")}.tree(t)})
			see(t, s, "index.html", 200, "home", false, false)
			see(t, s, "x.html", 404, "There is no page", false, false)
		})
	}
}

// TestReport checks every field of a state once.
func TestReport(t *testing.T) {
	list := []diag.Diagnostic{
		wrong("a.md"), wrong("x.md"), diag.New(diag.Warning, "test", diag.File("x.md"), "x </script>\u2028 warns\n", ""),
		diag.New(diag.Note, "test", diag.File("x.md"), "x notes", ""), diag.New(diag.Warning, "test", diag.File("y.md"), "y warns", ""),
	}
	s := New(Options{Editor: "e://{path}:{line}", Root: "/r"})
	s.Publish(State{
		Tree:    files{"x.html": page("x"), "y.html": page("y"), "z.html": page("z"), "theme/a.css": "a", "theme/deep/b.js": "b", "theme/c.svg": "c", "d.css": "d"}.tree(t),
		Sources: map[string]string{"x.html": "x.md", "y.html": "y.md"}, Diagnostics: list, Line: "a line", Drafts: map[string]bool{"x.html": true},
	})
	r := told(t, s, "x.html")
	var said []string
	for _, d := range r.Findings {
		said = append(said, d.Message)
	}
	if want := []string{"x.md is wrong", "a.md is wrong", "x </script>\u2028 warns\n", "x notes"}; !slices.Equal(said, want) {
		t.Errorf("findings are %q", said)
	}
	if got := slices.Sorted(maps.Keys(r.Assets)); !slices.Equal(got, []string{"theme/a.css", "theme/deep/b.js"}) {
		t.Errorf("assets are %v", got)
	}
	r.Findings, r.Assets, r.Sum = nil, nil, ""
	want := fmt.Sprintf("%+v", report{Build: 1, Run: s.run, Page: "x.html", Source: "x.md", Errors: 2, Warnings: 2, Notes: 1, Concerned: true, Line: "a line", Draft: true, Editor: "e://{path}:{line}", Root: "/r"})
	if got := fmt.Sprintf("%+v", r); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	event, _ := s.event("x.html", true, true)
	if strings.Contains(string(event), "</script>") || strings.Contains(string(event), "\u2028") {
		t.Errorf("not escaped: %s", event)
	}
	if r := told(t, s, "z.html"); r.Source != "" || r.Concerned || len(r.Findings) != 2 || r.Draft {
		t.Errorf("a list is told %+v", r)
	}
	if !strings.Contains(string(event), `"findings":[{`) {
		t.Errorf("no findings in %s", event)
	}
	s.Publish(State{Tree: files{}.tree(t)})
	if event, _ = s.event("x.html", false, true); !strings.Contains(string(event), `"findings":[],"more":0`) || !strings.Contains(string(event), `"assets":{}`) || strings.Contains(string(event), "root") {
		t.Errorf("nothing is %s", event)
	}
}

// TestReportIsCapped: neither many findings nor long lines make a large state.
func TestReportIsCapped(t *testing.T) {
	var list []diag.Diagnostic
	for i := range 500 {
		d := wrong(fmt.Sprintf("p%03d.md", i))
		d.Source = strings.Repeat("a", 1<<20)
		d.Related = []diag.Related{{Place: d.Place, Message: "there"}}
		list = append(list, d)
	}
	s := New(Options{})
	s.Publish(State{Tree: files{"p499.html": page("")}.tree(t), Sources: map[string]string{"p499.html": "p499.md"}, Diagnostics: list})
	event, _ := s.event("p499.html", true, true)
	r := told(t, s, "p499.html")
	if len(event) > 100<<10 || len(r.Findings) != 100 || r.More != 400 || r.Errors != 500 {
		t.Errorf("%d bytes, %d findings, %d more of %d", len(event), len(r.Findings), r.More, r.Errors)
	}
	if r.Findings[0].Path != "p499.md" || !r.Concerned {
		t.Errorf("the page's own error is left out: %+v", r.Findings[0])
	}
	if body := get(s, "/").Body; body.Len() > 100<<10 {
		t.Errorf("a bare page of %d bytes", body.Len())
	}
}

// TestNavigate: the browser follows the file edited last, not what was edited
// before it came.
func TestNavigate(t *testing.T) {
	for _, on := range []bool{true, false} {
		s := New(Options{Navigate: on})
		s.Publish(State{
			Tree:    files{"x.html": page("x"), "y.html": page("y")}.tree(t),
			Sources: map[string]string{"x.html": "x.md", "y.html": "y.md", "y2.html": "y.md"}, Missing: map[string]string{"m.html": "m.md"},
			Edited: []string{"x.md", "y.md"},
		})
		to := func(page string, first bool) string {
			event, _ := s.event(page, true, first)
			_, data, _ := strings.Cut(string(event), "data: ")
			return decode(t, data).Navigate
		}
		want := map[bool]string{true: "y.html"}[on]
		if got := to("x.html", false); got != want {
			t.Errorf("with navigate %v: leads to %q, want %q", on, got, want)
		}
		if to("x.html", true) != "" || to("y.html", false) != "" || to("y2.html", false) != "" {
			t.Error("leads where it should not")
		}
		s.Publish(State{Missing: map[string]string{"m.html": "m.md"}, Edited: []string{"m.md"}})
		if got, want := to("x.html", false), map[bool]string{true: "m.html"}[on]; got != want {
			t.Errorf("with navigate %v: leads to %q, want %q", on, got, want)
		}
		s.Publish(State{Edited: []string{"gone.md"}})
		if to("x.html", false) != "" {
			t.Error("leads to a page that is gone")
		}
	}
}
