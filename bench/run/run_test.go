package main

import (
	"strings"
	"testing"
	"time"
)

func TestMedianIsOfEachFigure(t *testing.T) {
	got := median([]usage{{3 * time.Second, 1, 7}, {time.Second, 2, 9}, {2 * time.Second, 3, 8}})
	if want := (usage{2 * time.Second, 2, 8}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestHugoIsToldWhatPlumbUnderstands(t *testing.T) {
	a := &adapter{roles: map[string]string{"Tender desk": "tender-desk"}, lists: true}
	got := a.playbook("---\ntitle: Fleet\nposition: 48\nsegment: yards\nlang: de\n---\n\n## Selling tasks\n\n### Tender desk\n\n1. Ask the [pool](../processes.md#pool), see [it](../../playbooks/b/p.md).\n")
	for _, want := range []string{"\nsegments: yards\n", "\nlanguage: de\n", "\nline: \"45\"\n", "\nweight: 1048\n", "\nroles: [tender-desk]\n", "](../../processes/#pool)", "b/p.html)"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}
