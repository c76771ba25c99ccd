package render

import (
	"encoding/json"
	"strings"
	"testing"

	"plumb/generator/playbook"
)

// side makes a comparand of its tasks, a line each: "role key text / group".
// Everyone's have the role "-".
func side(title string, lines ...string) *comparand {
	c := &comparand{Title: title}
	roles := map[string]bool{"-": true}
	for _, line := range lines {
		words := strings.SplitN(line, " ", 3)
		text, group, _ := strings.Cut(words[2], " / ")
		if !roles[words[0]] {
			roles[words[0]] = true
			c.Roles = append(c.Roles, namedRole{words[0], strings.ToUpper(words[0])})
		}
		c.Tasks = append(c.Tasks, struct{ Key, Text, Role, Group string }{words[1], text, strings.Trim(words[0], "-"), group})
	}
	return c
}

// show writes items as "text (detail)".
func show(list []item) string {
	var out []string
	for _, x := range list {
		if x.detail != "" {
			x.name += " (" + x.detail + ")"
		}
		out = append(out, x.name)
	}
	return strings.Join(out, ", ")
}

// TestStopStartKeep is the rules of what a role stops, starts and keeps doing.
func TestStopStartKeep(t *testing.T) {
	a := side("A",
		"am k1 Call", "am k2 Visit / Before", "am k1 Call again", "fe k3 Train", "- k4 Smile", "am k5 Price", "am k6 Bill / After")
	b := side("B",
		"am k2 Visit! / After", "am k3 Train", "- k5 Price", "is k1 Call", "am k2 Visit twice", "am k6 Bill / After")
	for _, want := range []struct{ name, role, stop, start, keep string }{
		{"what stands twice counts once, in its first words", "am", "Call, Smile", "Train", "Visit! (Before → After), Price, Bill (After)"},
		{"another role's task is not one's own", "fe", "Train, Smile", "Price", ""},
		{"a role of one side has everyone's tasks of the other", "is", "Smile", "Price, Call", ""},
		{"everyone else has what is everyone's", "", "Smile", "Price", ""},
	} {
		stop, start, keep := split(a.tasksOf(want.role), b.tasksOf(want.role))
		if show(stop) != want.stop || show(start) != want.start || show(keep) != want.keep {
			t.Errorf("%s: stop %s; start %s; keep %s", want.name, show(stop), show(start), show(keep))
		}
	}
}

func TestRolesOfTwoPlaybooks(t *testing.T) {
	ids := func(a, b *comparand) string {
		var out []string
		for _, role := range rolesOf(a, b) {
			out = append(out, role.ID)
		}
		return strings.Join(out, " ")
	}
	a, b := side("A", "x 1 a", "am 2 b", "y 3 c"), side("B", "z 1 a", "am 2 b", "- 4 d")
	if got := ids(a, b); got != "am x y z " {
		t.Errorf("the roles of both, of the first, of the second, everyone else: %q", got)
	}
	if got := ids(a, a); got != "x am y" {
		t.Errorf("a playbook with itself: %q", got)
	}
	if got := ids(side("A"), side("B")); got != "" {
		t.Errorf("no tasks: %q", got)
	}
}

// TestSplitOfNothing: what has no key is nothing to compare.
func TestSplitOfNothing(t *testing.T) {
	a, b, both := split([]item{{key: "", name: "x"}}, []item{{key: "", name: "x"}, {key: "k", name: "y"}})
	if len(a) != 0 || show(b) != "y" || len(both) != 0 {
		t.Error(a, b, both)
	}
}

// TestThings: what two playbooks have of one kind is told apart by its key; what
// people are hired for, by its words.
func TestThings(t *testing.T) {
	read := func(text string) *comparand {
		c := &comparand{}
		if err := json.Unmarshal([]byte(text), c); err != nil {
			t.Fatal(err)
		}
		return c
	}
	a := read(`{"metrics":[{"key":"price","name":"Price","target":"94"},{"key":"calls","name":"Calls"}],
		"people":{"hire":"calm","pay":"profit","other":[{"label":"Never","text":"hurry"}]}}`)
	b := read(`{"metrics":[{"key":"price","name":"price","target":"90"}],"people":{"hire":"speed","pay":"profit","other":[{"label":"Never","text":"hurry"}]}}`)
	word := func(key string) string { return strings.TrimPrefix(key, "compare.") }
	for kind, want := range map[string][3]string{"metrics": {"Calls", "", "price (94 → 90)"}, "people": {"hire (calm)", "hire (speed)", "pay (profit), Never (hurry)"}} {
		k, _ := playbook.ParseKind(kind)
		onlyA, onlyB, both := split(a.things(k, word), b.things(k, word))
		if got := [3]string{show(onlyA), show(onlyB), show(both)}; got != want {
			t.Errorf("%s: %q", kind, got)
		}
	}
}
