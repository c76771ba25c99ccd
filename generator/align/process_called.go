package align

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

// processNotCalled looks for support processes of a playbook that nothing else
// in it speaks of.
func processNotCalled(r *run, p *site.Playbook) {
	open := Uncalled(p)
	if len(open) == 0 {
		return
	}
	r.reportEntries(p, open, len(p.Section(playbook.SupportProcesses).Entries()), entryMessages{
		one:     "nothing in this playbook calls on “%s”",
		several: "nothing in this playbook calls on %d of its %d support processes",
		hint:    "link to it from the task that needs it, or take it out",
	})
}

// Uncalled returns the support processes of a playbook that nothing else in it
// speaks of, each once. Links of tasks are known; only for what none of them leads
// to is the text looked through.
func Uncalled(p *site.Playbook) []*playbook.Entry {
	open := uncalled(p)
	if len(open) == 0 {
		return nil
	}
	names := newNameSet()
	for _, e := range open {
		names.add(e.Name, e.ID)
	}
	text := p.File.Text()
	names.look(text, extents(p, text, open))
	return slices.DeleteFunc(open, func(e *playbook.Entry) bool { return names.found[names.index[e.Name]] })
}

// uncalled are the named processes of a playbook that no task links to.
func uncalled(p *site.Playbook) []*playbook.Entry {
	var out []*playbook.Entry
	for _, n := range p.Outline.Named {
		if n.Kind != playbook.SupportProcesses {
			break // they stand first
		}
		if n.Key != "" && !linked(p, n.Key) && !slices.ContainsFunc(out, func(e *playbook.Entry) bool { return e.Key == n.Key }) {
			out = append(out, n.Entry)
		}
	}
	return out
}

// linked reports whether a task of the playbook links to a process.
func linked(p *site.Playbook, key string) bool {
	return slices.ContainsFunc(p.Tasks, func(t site.Task) bool {
		return slices.ContainsFunc(t.Refs, func(ref site.Ref) bool { return ref.Kind == playbook.SupportProcesses && ref.Key == key })
	})
}

// houseProcessNotCalled looks for processes of the whole house that no playbook
// lists, links to or names.
func houseProcessNotCalled(r *run) {
	x := &r.Site.Processes
	if r.Partial || x.House == nil || len(r.Site.Playbooks) == 0 {
		return
	}
	var open []*site.Group
	for _, g := range x.Groups {
		if g.House != nil && g.Key != "" && len(g.Uses) == 0 && x.Find(g.Key) == g {
			open = append(open, g)
		}
	}
	if len(open) == 0 {
		return
	}
	found := named(r.Site.Playbooks, open)
	for i, g := range open {
		if !found[i] {
			r.report(x.House.File.Place(entryWords(x.House.Page, g.House)), fmt.Sprintf("no playbook calls on “%s”", g.Name),
				"link to it from the tasks that need it, or take it out")
		}
	}
}

// named reports which of the processes the text of a playbook names. It is read
// on all processors, until all are found.
func named(list []*site.Playbook, open []*site.Group) []bool {
	found := make([]atomic.Bool, len(open))
	var left atomic.Int64
	left.Store(int64(len(open)))
	var wg sync.WaitGroup
	for part := range slices.Chunk(list, max(chunk, len(list)/16+1)) {
		wg.Go(func() {
			names := newNameSet()
			for _, g := range open {
				names.add(g.Name, g.ID)
			}
			for _, p := range part {
				if left.Load() == 0 {
					return
				}
				names.look(p.File.Text(), nil)
				for i, g := range open {
					if names.found[names.index[g.Name]] && !found[i].Swap(true) {
						left.Add(-1)
					}
				}
			}
		})
	}
	wg.Wait()
	out := make([]bool, len(open))
	for i := range found {
		out[i] = found[i].Load()
	}
	return out
}
