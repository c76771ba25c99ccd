package site_test

import (
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/site"
)

// variety returns a site in which every playbook links, rightly or not, to
// others, to the house and to files, and gives rise to roles and groups.
func variety(tb testing.TB, n int) site.Input {
	texts := []text{{"metrics.md", "# Metrics\n\n- **Bids.** How many.\n"}}
	texts = append(texts, books(n, numbered("segment-%d"), func(i int) string {
		return fmt.Sprintf(tasks+"### Region %[1]d manager\n\n- call ([bids](metrics.md#bids), [own](#own-%[2]d), [file](a.pdf))\n\n### Week %[3]d\n\n"+
			"- write to [him](p%05[2]d.md#own-%[2]d) and [her](p%05[2]d.md#none)\n\n"+
			"## Metrics\n\n### Own %[1]d\n\n**Role:** Region %[2]d manager.\n\n### Bids\n\nOf [%[1]d](no-%[1]d.md).\n", i%7, (i*5+1)%n, i%3)
	})...)
	in := decoded(tb, texts, config.New())
	in.Assets = []string{"playbooks/a.pdf"}
	return in
}

// TestOrder links on one processor and on several: how the work is divided must
// not be seen in the site nor in what is said about it.
func TestOrder(t *testing.T) {
	in := variety(t, 900)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	want, said := site.Link(in)
	if len(said) < 900 || len(want.Roles) == 0 || want.Metrics.Find("bids") == nil {
		t.Fatalf("the site shows too little: %d messages, %d roles", len(said), len(want.Roles))
	}
	for range 5 {
		runtime.GOMAXPROCS(8)
		got, list := site.Link(in)
		if !slices.EqualFunc(list, said, func(a, b diag.Diagnostic) bool { return reflect.DeepEqual(a, b) }) {
			t.Error("the messages differ")
		}
		if !reflect.DeepEqual(got, want) {
			t.Error("the sites differ")
		}
	}
}

// TestReferences ties tasks to what they link to: an entry of the house, one of
// the playbook's own, a file that is one of its assets.
func TestReferences(t *testing.T) {
	in := decoded(t, []text{
		{"a.md", playbookText(0, "one", tasks+"- [x](#audit) [x](b.md#audit) [x](sheet.xlsx) [x](metrics.md#bids) [x](#audit) [x](other.pdf)\n- plain\n\n"+
			"## Support processes\n\n### Audit\n\nTwo days.\n\n## Assets\n\n- [Sheet](sheet.xlsx)\n")},
		{"b.md", playbookText(1, "one", "## Support processes\n\n### Audit\n\nOne day.\n")},
		{"metrics.md", "# Metrics\n\n## Bids\n\nHow many.\n"},
	}, config.New())
	in.Assets = []string{"playbooks/other.pdf", "playbooks/sheet.xlsx"}
	linked, list := site.Link(in)
	if len(list) > 0 {
		t.Fatal(list)
	}
	got := fmt.Sprint(linked.Playbook("playbooks/a.md").Tasks[0].Refs, linked.Playbook("playbooks/a.md").Tasks[1].Refs)
	if want := "[{support-processes audit} {assets sheet} {metrics bids}] []"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
