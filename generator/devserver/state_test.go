package devserver

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"plumb/generator/diag"
	"plumb/generator/output"
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
	gone.Sources = map[string]string{"index.html": "index.md"}
	s.Publish(gone)
	see(t, s, "x.html", 404, "lost", false, false)
	see(t, s, "y.html", 404, "lost", false, false)
}

// TestDeletedAmongErrors: an error elsewhere does not bring back a page whose
// source was deleted or renamed; the last good bytes of those with errors stay,
// and lists and assets, of which nobody knows why they went.
func TestDeletedAmongErrors(t *testing.T) {
	s := New(Options{})
	tree := files{"404.html": page("lost"), "y.html": page("y1")}
	for _, name := range []string{"x.html", "old.html", "list.html", "am.html", "a.csv"} {
		tree[name] = page(name)
	}
	s.Publish(State{Tree: tree.tree(t), Sources: map[string]string{"x.html": "x.md", "y.html": "y.md", "old.html": "old.md", "am.html": "am.md"}})
	bad := State{
		Tree:        files{"404.html": page("lost"), "new.html": page("new")}.tree(t),
		Sources:     map[string]string{"new.html": "new.md"},
		Missing:     map[string]string{"x.html": "x.md", "y.html": "y.md", "playbooks/y.html": "y.md", "am.html": ""},
		Diagnostics: []diag.Diagnostic{wrong("x.md"), wrong("y.md")},
	}
	for range 2 {
		s.Publish(bad)
		see(t, s, "old.html", 404, "lost", false, false)
		see(t, s, "x.html", 200, "x.html", true, true)
		see(t, s, "y.html", 200, "y1", true, true)
		see(t, s, "list.html", 200, "list.html", true, true)
		see(t, s, "am.html", 200, "am.html", true, true)
		if r := told(t, s, "am.html"); r.Source != "" {
			t.Errorf("a list that had a text has the source %q", r.Source)
		}
		if _, ok := s.now.Load().kept["a.csv"]; !ok {
			t.Error("an asset went")
		}
	}
	bad.Missing = map[string]string{"y.html": "y.md"}
	bad.Diagnostics = []diag.Diagnostic{wrong("y.md")}
	s.Publish(bad) // x.md, which had an error, is deleted
	see(t, s, "x.html", 404, "lost", false, false)
	see(t, s, "y.html", 200, "y1", true, true)
}

// TestFailedLayout: a page that has a source, or is a list that is missing, and
// has no file is one that an error keeps from being made.
func TestFailedLayout(t *testing.T) {
	failed := diag.New(diag.Error, "test", diag.File("themes/a/layouts/playbook.html"), "no such field", "")
	sources := map[string]string{"x.html": "x.md", "y.html": "y.md"}
	broken := State{
		Tree: files{"y.html": page("y"), "404.html": page("lost")}.tree(t), Sources: sources,
		Missing: map[string]string{"roles.html": ""}, Diagnostics: []diag.Diagnostic{failed},
	}
	s := New(Options{})
	s.Publish(broken)
	see(t, s, "x.html", 200, "not built yet", false, true)
	see(t, s, "roles.html", 200, "not built yet", false, true)
	see(t, s, "y.html", 200, "y", false, false)
	see(t, s, "none.html", 404, "lost", false, false)
	if len(broken.Missing) != 1 {
		t.Errorf("the published state was changed: %v", broken.Missing)
	}
	whole := files{"x.html": page("x1"), "y.html": page("y"), "roles.html": page("roles1"), "404.html": page("lost")}
	s.Publish(State{Tree: whole.tree(t), Sources: sources})
	for range 2 {
		s.Publish(broken)
		see(t, s, "x.html", 200, "x1", true, true)
		see(t, s, "roles.html", 200, "roles1", true, true)
		see(t, s, "y.html", 200, "y", false, false)
	}
	for address, want := range map[string]string{"x.html": "x.md", "roles.html": ""} {
		if r := told(t, s, address); r.Source != want || len(r.Findings) != 1 {
			t.Errorf("%s is told %+v", address, r)
		}
	}
	if w := get(s, inspectAddress+"?page=roles.html"); w.Code != 404 {
		t.Errorf("what was understood of a list: %d %s", w.Code, w.Body)
	}
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

// TestHurry: a page comes ahead of its tree, which takes its place; not while an
// error stands.
func TestHurry(t *testing.T) {
	s := New(Options{})
	ahead := []output.File{output.File{Path: "x.html", Data: []byte(page("ahead"))}.Share()}
	s.Hurry(ahead)
	see(t, s, "x.html", 404, "is being built", false, false)
	s.Publish(State{Tree: files{"x.html": page("first"), "y.html": page("y")}.tree(t), Edited: []string{"x.md"}})
	s.Hurry(ahead)
	see(t, s, "x.html", 200, "ahead", false, false)
	see(t, s, "y.html", 200, "y", false, false)
	if r := told(t, s, "x.html"); r.Build != 2 {
		t.Errorf("build %d", r.Build)
	}
	s.Publish(State{Tree: files{"x.html": page("second")}.tree(t), Diagnostics: []diag.Diagnostic{wrong("y.md")}, Missing: map[string]string{"y.html": "y.md"}})
	see(t, s, "x.html", 200, "second", false, false)
	s.Hurry(ahead)
	see(t, s, "x.html", 200, "second", false, false)
}

// TestSettings: a mistake in the settings concerns a page without a source too,
// which is shown as it is.
func TestSettings(t *testing.T) {
	s := New(Options{})
	s.Publish(State{Tree: files{"roles.html": page("roles")}.tree(t), Diagnostics: []diag.Diagnostic{wrong("site.yaml")}, Settings: "site.yaml"})
	see(t, s, "roles.html", 200, "roles", false, true)
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

// leads returns where an event leads a browser that shows a page.
func leads(t *testing.T, s *Server, page string, first bool) string {
	event, _ := s.event(page, true, first)
	_, data, _ := strings.Cut(string(event), "data: ")
	return decode(t, data).Navigate
}

// TestNavigate: the browser follows the file that is edited, not what was edited
// before it came.
func TestNavigate(t *testing.T) {
	st := State{
		Tree:    files{"x.html": page("x"), "y.html": page("y"), "y2.html": page("y"), "list.html": page("")}.tree(t),
		Sources: map[string]string{"x.html": "x.md", "y.html": "y.md", "y2.html": "y.md"}, Missing: map[string]string{"m.html": "m.md", "roles.html": ""},
	}
	for _, c := range []struct {
		edited      []string
		shown, want string
	}{
		{[]string{"x.md"}, "list.html", "x.html"},
		{[]string{"y.md"}, "x.html", "y.html"},
		{[]string{"y.md"}, "y2.html", ""},
		{[]string{"m.md"}, "x.html", "m.html"},
		{[]string{"m.md"}, "m.html", ""},
		{[]string{"gone.md"}, "x.html", ""},
		{[]string{"plumb.yaml", "x.md", "y.md"}, "list.html", "x.html"},
		{[]string{"m.md", "x.md"}, "list.html", "m.html"},
		{[]string{"x.md", "y.md"}, "y2.html", ""},
		{nil, "x.html", ""},
	} {
		st.Edited = c.edited
		for _, on := range []bool{true, false} {
			s := New(Options{Navigate: on})
			s.Publish(st)
			if got, want := leads(t, s, c.shown, false), map[bool]string{true: c.want}[on]; got != want {
				t.Errorf("%v edited, navigate %v: %s leads to %q, want %q", c.edited, on, c.shown, got, want)
			}
			if leads(t, s, c.shown, true) != "" {
				t.Errorf("%v edited: the first event leads away", c.edited)
			}
		}
	}
}

// TestNavigateToMistake: of a text that cannot be read both pages that it could
// be are missing; the one to look at is the last good one, else a playbook.
func TestNavigateToMistake(t *testing.T) {
	for name, c := range map[string]struct{ good, want string }{
		"first start": {"", "playbooks/a/x.html"},
		"a playbook":  {"playbooks/a/x.html", "playbooks/a/x.html"},
		"a page":      {"a/x.html", "a/x.html"},
	} {
		s := New(Options{Navigate: true})
		if c.good != "" {
			s.Publish(State{Tree: files{c.good: page("x")}.tree(t), Sources: map[string]string{c.good: "playbooks/a/x.md"}})
		}
		st := State{
			Tree:        files{"index.html": page("")}.tree(t),
			Missing:     map[string]string{"playbooks/a/x.html": "playbooks/a/x.md", "a/x.html": "playbooks/a/x.md"},
			Diagnostics: []diag.Diagnostic{wrong("playbooks/a/x.md")}, Edited: []string{"playbooks/a/x.md"},
		}
		s.Publish(st)
		if got := leads(t, s, home, false); got != c.want {
			t.Errorf("%s: leads to %q, want %q", name, got, c.want)
		}
		// a role's page is there without its text
		st.Tree = files{"a/x.html": page("")}.tree(t)
		s.Publish(st)
		if got := leads(t, s, home, false); got != "a/x.html" {
			t.Errorf("%s: leads to %q, not to the page that is there", name, got)
		}
	}
}
