package playbook

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"plumb/generator/config"
	"plumb/generator/source"
)

const front = "---\nposition: 10\nsegment: s\n---\n\n"

// newDecoder returns the decoder of a site without settings.
func newDecoder() Decoder {
	c := config.New()
	words, _ := NewVocabulary(c)
	return Decoder{Config: c, Words: words}
}

// decode reads a text as a playbook; nil where it is refused.
func decode(d Decoder, text string) *Page {
	f, _ := source.Decode("playbooks/p.md", []byte(front+text))
	if f == nil {
		return nil
	}
	page, _ := d.Decode(f, NoKind)
	return page
}

// hostile are texts that grow with n and ask for work that must not grow with
// its square.
var hostile = map[string]func(n int) string{
	"rows": func(n int) string {
		return "## Objections\n\n| Objection | Answer |\n| --- | --- |\n" + strings.Repeat("| Dear | No. |\n", n)
	},
	"rows that continue one": func(n int) string {
		return "## Objections\n\n| Objection | Answer |\n| --- | --- |\n| Dear | a |\n" + strings.Repeat("| | and b |\n", n)
	},
	"entries of one name":  func(n int) string { return "## Objections\n\n" + strings.Repeat("- **Dear.** No.\n", n) },
	"headings of one name": func(n int) string { return "## Objections\n\n" + strings.Repeat("### Dear\n\nNo.\n\n", n) },
	"headings that nest": func(n int) string {
		return "## Objections\n\n" + strings.Repeat("### A\n\n#### B\n\n##### C\n\n###### D\n\n", n)
	},
	"groups with text": func(n int) string {
		return "## Support processes\n\n" + strings.Repeat("### A\n\nText.\n\n#### B\n\nText.\n\n", n)
	},
	"bold lines":      func(n int) string { return "## Objections\n\n" + strings.Repeat("**“Dear”**\n\nNo.\n\n", n) },
	"bold lines only": func(n int) string { return "## Objections\n\n" + strings.Repeat("**Dear**\n\n", n) },
	"answers": func(n int) string {
		return "## Objections\n\n### Price\n\n" + strings.Repeat("**“Dear”**\nNo.\n\n", n)
	},
	"labels": func(n int) string { return "## Support processes\n\n### Audit\n\n" + strings.Repeat("Owner: a. ", n) },
	"labels in bold": func(n int) string {
		return "## Support processes\n\n### Audit\n\n" + strings.Repeat("**Owner:** a. ", n/8)
	},
	"labelled lines": func(n int) string {
		return "## Objections\n\n" + strings.Repeat("Objection: a.\n\nResponse: b.\n\n", n)
	},
	"colons":         func(n int) string { return "## Support processes\n\n### Audit\n\n" + strings.Repeat(": ", n) },
	"signs":          func(n int) string { return "## Value proposition\n\n" + strings.Repeat("!:", n) },
	"one long word":  func(n int) string { return "## " + strings.Repeat("objections", n) + "\n\nText." },
	"one long label": func(n int) string { return "## Qualify\n\n**" + strings.Repeat("owner ", n) + "**: x" },
	"parentheses":    func(n int) string { return "## " + strings.Repeat("(", n) + strings.Repeat(")", n) + "\n\nText." },
	"groups and tasks": func(n int) string {
		return "## Selling tasks\n\n" + strings.Repeat("### Account manager\n\n**Stage**\n\n- Call.\n\n", n)
	},
	"items of roles": func(n int) string {
		return "## Selling tasks\n\n" + strings.Repeat("- **Account manager**\n  - Call.\n", n)
	},
	"sections":   func(n int) string { return strings.Repeat("## Objections\n\n- **Dear.** No.\n\n", n) },
	"statements": func(n int) string { return strings.Repeat("## Value proposition\n\nTBD\n\n", n) },
	"quotes":     func(n int) string { return "## Value proposition\n\n" + strings.Repeat("> **Customer:** a\n\n", n) },
	"footnotes":  func(n int) string { return "Text[^a].\n\n[^a]: " + strings.Repeat("note ", n) },
	"role names": func(n int) string {
		return "## Selling tasks\n\n" + strings.Repeat("### Manager of "+strings.Repeat("x", 50)+"\n\n- a\n\n", n)
	},
	"long cells": func(n int) string {
		return "## Objections\n\n| Objection | Answer |\n| --- | --- |\n| " + strings.Repeat("**a** ", n/8) + "| b |\n"
	},
	"field heads": func(n int) string {
		return "## Objections\n\n### Dear\n\n" + strings.Repeat("#### Response\n\nNo.\n\n", n)
	},
}

// TestHostile decodes texts of two sizes, one four times the other: the time
// must grow by about as much.
func TestHostile(t *testing.T) {
	const n = 600
	d := newDecoder()
	for name, text := range hostile {
		small, large := text(n), text(4*n)
		ratio := 0.0
		for range 5 { // a machine that is busy elsewhere makes one try worthless
			if ratio = float64(took(t, d, large)) / float64(took(t, d, small)); ratio < 10 {
				break
			}
		}
		if ratio >= 10 {
			t.Errorf("%s: four times the text takes %.0f times the time", name, ratio)
		}
	}
}

func took(t *testing.T, d Decoder, text string) time.Duration {
	best := time.Hour
	for range 3 {
		begun := time.Now()
		if decode(d, text) == nil {
			t.Fatalf("refused: %.60s", text)
		}
		best = min(best, time.Since(begun))
	}
	return max(best, time.Millisecond)
}

// FuzzDecode holds any text to what later stages rely on.
func FuzzDecode(f *testing.F) {
	for _, text := range hostile {
		f.Add(text(3))
	}
	f.Add("## Objections\n\n| A |\n| - |\n\n### \n\n- **\n- [](x)\n")
	f.Add("## Selling tasks\n\n- [ ]\n-\n1. > x\n\n**:**\n\n- ** **\n")
	d := newDecoder()
	f.Fuzz(func(t *testing.T, text string) {
		page := decode(d, text)
		if page == nil {
			return
		}
		ids := map[string]bool{}
		for _, s := range page.Sections {
			for _, e := range s.Entries() {
				if e.ID != "" && ids[e.ID] {
					t.Errorf("the anchor %s stands twice", e.ID)
				}
				ids[e.ID] = true
				if e.Link >= len(page.Links) {
					t.Errorf("link %d of %d", e.Link, len(page.Links))
				}
			}
			for _, task := range s.Tasks() {
				if task.Text == "" || task.ID == "" || ids[task.ID] {
					t.Errorf("the task %q, %q", task.Text, task.ID)
				}
				ids[task.ID] = true
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	var text strings.Builder
	for i := range 12 {
		fmt.Fprintf(&text, "## %s\n\nWhat it is about, in a sentence or two of text.\n\n| Name | Owner |\n| --- | --- |\n| a%d | b |\n\n### Deeper\n\n- **Owner:** c. Ask: d.\n- plain\n\n",
			[]string{"Value proposition", "Buyers", "Selling tasks", "Objections", "Support processes", "History"}[i%6], i)
	}
	f, _ := source.Decode("playbooks/p.md", []byte(front+text.String()))
	d := newDecoder()
	b.ReportAllocs()
	b.SetBytes(int64(len(f.Data)))
	for b.Loop() {
		d.Decode(f, NoKind)
	}
}
