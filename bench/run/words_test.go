package main

import (
	"strings"
	"testing"
)

func TestPagesAreComparedByKind(t *testing.T) {
	for name, want := range map[string]string{
		"index.html": "index", "metrics.2.html": "metrics", "metrics/page/2/index.html": "metrics", "roles.html": "roles", "roles/index.html": "roles",
		"roles/pool.2.html": "roles/…", "roles/pool/page/2.html": "roles/…", "a-z/b/index.html": "a-z/…", "playbooks/yard/p00001.html": "playbooks/…",
	} {
		if got := kindOf(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestOnlyWordsOfTheMainPartCount(t *testing.T) {
	a, b := &kindPages{words: map[string]int{}}, &kindPages{words: map[string]int{}}
	for k, page := range map[*kindPages]string{
		a: `<header>Menu</header><main><p title="no">Ask the pool, the yard.</p></main><footer>Plumb</footer>`,
		b: `<main><b>Ask</b> the pool</main>`,
	} {
		if err := k.read(strings.NewReader(page)); err != nil {
			t.Fatal(err)
		}
	}
	if a.count() != 5 || a.without(b) != 2 || b.without(a) != 0 {
		t.Errorf("%d words, %d and %d of them alone: %v, %v", a.count(), a.without(b), b.without(a), a.words, b.words)
	}
}
