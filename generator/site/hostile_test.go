package site_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"plumb/generator/config"
	"plumb/generator/site"
)

// playbookText returns a playbook with a position and a segment.
func playbookText(i int, segment, body string) string {
	return fmt.Sprintf("---\ntitle: Playbook %d\nposition: %d\nsegment: %s\n---\n%s", i, i%101, segment, body)
}

// books returns n playbooks, the body of each made by its number.
func books(n int, segment func(i int) string, body func(i int) string) []text {
	out := make([]text, n)
	for i := range out {
		out[i] = text{fmt.Sprintf("p%05d.md", i), playbookText(i, segment(i), body(i))}
	}
	return out
}

func one(int) string { return "one" }

func numbered(format string) func(int) string {
	return func(i int) string { return fmt.Sprintf(format, i) }
}

// repeated joins n texts of a format with the number of each.
func repeated(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// declared returns settings with n roles and segments.
func declared(n int) *config.Config {
	c := config.New()
	for i := range n {
		c.Roles = append(c.Roles, config.Role{ID: fmt.Sprintf("role-%05d", i), Title: fmt.Sprintf("Role %05d", i)})
		c.Segments = append(c.Segments, config.Segment{ID: fmt.Sprintf("segment-%05d", i), Title: fmt.Sprintf("Segment %05d", i)})
	}
	return c
}

const tasks = "## Selling tasks\n\n"

// hostile are sites that keep a careless linker busy: what grows with the
// square of the size takes minutes.
func hostile() map[string]func(n int) ([]text, *config.Config) {
	plain := func(texts []text) ([]text, *config.Config) { return texts, config.New() }
	return map[string]func(n int) ([]text, *config.Config){
		"links to each other's anchors": func(n int) ([]text, *config.Config) {
			return plain(books(n, one, func(i int) string {
				return fmt.Sprintf("## Part %d\n\n[next](p%05d.md#part-%d), [nearly](p%05d.md#part-%d)\n", i, (i+1)%n, (i+1)%n, (i+7)%n, i)
			}))
		},
		"broken links": func(n int) ([]text, *config.Config) {
			return plain(books(n, one, numbered("[a](nowhere-%d.md) [b](#nothing) [c](no.pdf) [d](roles/none.md) [e](/x/y) [f](../../out.md)\n")))
		},
		"segments": func(n int) ([]text, *config.Config) { return plain(books(n, numbered("segment-%d"), numbered("%d"))) },
		"unknown segments": func(n int) ([]text, *config.Config) {
			return books(n, numbered("segmnt-%05d"), numbered("%d")), declared(n)
		},
		"roles": func(n int) ([]text, *config.Config) {
			return plain(books(n, one, numbered(tasks+"### Manager of region %d manager\n\n- call\n")))
		},
		"roles in one playbook": func(n int) ([]text, *config.Config) {
			return plain(books(1, one, func(int) string { return tasks + repeated(n, "### Region %d manager\n\n- call\n\n") }))
		},
		"headings that are no roles": func(n int) ([]text, *config.Config) {
			return books(n, numbered("segment-%05d"), numbered(tasks+"### Something %d else\n\n- call\n")), declared(n)
		},
		"links on one page": func(n int) ([]text, *config.Config) {
			return plain(books(2, one, func(int) string { return repeated(n, "[a](p00001.md#no-%[1]d)\n") }))
		},
		"links in one line": func(n int) ([]text, *config.Config) {
			return plain(books(1, one, func(int) string { return repeated(n, "[a](#no-%d) ") }))
		},
		"links of one task": func(n int) ([]text, *config.Config) {
			return plain(books(1, one, func(int) string {
				return tasks + "- do " + repeated(n, "[a](#e-%d) ") + "\n\n## Metrics\n\n" + repeated(n, "### e %d\n\nWhy.\n\n")
			}))
		},
		"metrics": func(n int) ([]text, *config.Config) {
			return plain(books(n, one, numbered("## Metrics\n\n### Metric %[1]d\n\nWhy.\n\n[it](/metrics.html#metric-%[1]d)\n")))
		},
		"metrics that are not there": func(n int) ([]text, *config.Config) {
			return plain(books(n, one, numbered("## Metrics\n\n### Metric %[1]d\n\nWhy.\n\n[it](/metrics.html#metrik-%[1]d)\n")))
		},
		"drafts": func(n int) ([]text, *config.Config) {
			texts := books(n, numbered("segment-%d"), numbered("[a](segments/segment-%d.md) [b](segments/none.md)\n"))
			for i := range texts {
				if i%2 == 0 {
					texts[i].data = strings.Replace(texts[i].data, "---\n", "---\nstatus: draft\n", 1)
				}
			}
			return plain(texts)
		},
		"aliases": func(n int) ([]text, *config.Config) {
			return plain([]text{{"p.md", strings.Replace(playbookText(0, "one", ""), "---\n", "---\naliases:\n"+repeated(n/5, "  - /old/x%d\n  - ../y\n"), 1)}})
		},
		"folders": func(n int) ([]text, *config.Config) {
			texts := books(n, one, numbered("%d"))
			for i := range texts {
				texts[i].path = fmt.Sprintf("f%05d/g/h/i.md", i)
			}
			return plain(texts)
		},
	}
}

// TestHostile links sites of shapes that nobody means. Each takes a fraction of a
// second to be linked on an idle machine; the limit is there for what would take
// minutes, with the race detector and on a busy machine too.
func TestHostile(t *testing.T) {
	const n, most = 2500, 30 * time.Second
	for name, shape := range hostile() {
		t.Run(name, func(t *testing.T) {
			texts, c := shape(n)
			in := decoded(t, texts, c)
			begun := time.Now()
			linked, _ := site.Link(in)
			if took := time.Since(begun); took > most {
				t.Errorf("linking took %s", took)
			}
			if got := len(linked.Playbooks); got == 0 {
				t.Error("nothing was linked")
			}
		})
	}
}
