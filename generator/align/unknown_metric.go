package align

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// unknownMetric looks at the metrics that initiatives name. While a text is
// dropped, metrics.md may be the one.
func unknownMetric(r *run, p *site.Playbook) {
	entries := p.Section(playbook.Initiatives).Entries()
	if len(entries) == 0 || r.Partial && r.Site.Metrics.House == nil {
		return
	}
	if own := p.Section(playbook.Metrics); own != nil && len(own.Entries()) == 0 {
		return // what stands there may name it, and was not understood
	}
	known := r.metricsFor(p)
	if len(known) == 0 {
		return
	}
	for _, e := range entries {
		f := e.Field(fieldMetric)
		if f == nil || f.Missing || f.Text == "" || holdsLink(p.Page.Page, f) {
			continue
		}
		for _, name := range strangers(f.Text, known) {
			r.sayUnknownMetric(p, within(p.File, f.Span, name), name, known)
		}
	}
}

// metricsFor are the metrics that a playbook may name: its own, the house's, and
// where there are such also those of its customers.
func (r *run) metricsFor(p *site.Playbook) []*playbook.Entry {
	list := p.Section(playbook.Metrics).Entries()
	if house := r.Site.Metrics.House; house != nil {
		list = slices.Concat(list, house.Section(playbook.Metrics).Entries())
	}
	if len(list) > 0 {
		list = slices.Concat(list, p.Section(playbook.CustomerMetrics).Entries())
	}
	return slices.DeleteFunc(list, func(e *playbook.Entry) bool { return e.Key == "" })
}

// holdsLink reports whether a field holds a link.
func holdsLink(p *playbook.Page, f *playbook.Field) bool {
	for i := range f.HTML.Links() {
		if t := &p.Links[i]; !t.Image && !t.Footnote {
			return true
		}
	}
	return false
}

// strangers are what a text calls metrics and are none. Beside a known name there
// may stand anything (“Audits done, up 20 %”), so that only what is nearly one is
// taken for a slip; without one, all of the text is meant as a name.
func strangers(text string, known []*playbook.Entry) (out []string) {
	any, said := false, false
	for _, part := range strings.FieldsFunc(text, partsNames) {
		key := playbook.Normalize(part)
		said = said || key != ""
		switch {
		case key == "":
		case slices.ContainsFunc(known, func(e *playbook.Entry) bool { return mentions(key, e.Key) || mentions(e.Key, key) }):
			any = true
		case nearest(key, known) != "":
			out = append(out, trimmed(part))
		}
	}
	if said && !any && len(out) == 0 {
		return []string{trimmed(strings.Join(strings.Fields(text), " "))}
	}
	return out
}

// trimmed is a name without what stands around it.
func trimmed(s string) string { return strings.Trim(s, " .:…。") }

// within is where a text stands in a field that begins at a span, on that line;
// the span itself where marks part its words.
func within(f *source.File, at source.Span, text string) source.Span {
	line, _, _ := bytes.Cut(f.Text()[at.Start:], []byte{'\n'})
	i := bytes.Index(line, []byte(text))
	if i < 0 {
		return at
	}
	return source.Span{Start: at.Start + i, End: at.Start + i + len(text)}
}

func partsNames(r rune) bool { return strings.ContainsRune(";,\n、；，", r) }

// nearest is the name of the metric that a normalised name is nearly.
func nearest(key string, known []*playbook.Entry) string {
	var keys []string
	for _, e := range known {
		keys = append(keys, e.Key)
	}
	if i := slices.Index(keys, diag.Nearest(key, keys)); i >= 0 {
		return known[i].Name
	}
	return ""
}

// mentions reports whether the words of a name stand among those of a text, both
// normalised; where a script does not part words, whether the name does.
func mentions(text, name string) bool {
	if strings.Contains(" "+text+" ", " "+name+" ") {
		return true
	}
	return strings.IndexFunc(name, isUnspaced) == 0 && strings.Contains(text, name)
}

func (r *run) sayUnknownMetric(p *site.Playbook, at source.Span, name string, known []*playbook.Entry) {
	hint := "define it in the section Metrics, or in metrics.md for the whole house"
	if g := r.Site.Metrics.Find(playbook.Normalize(name)); g != nil && len(g.Uses) > 0 {
		hint = fmt.Sprintf("“%s” defines it: link to it there, or move it to metrics.md for the whole house", g.Uses[0].Playbook.Title)
	} else if near := nearest(playbook.Normalize(name), known); near != "" {
		hint = "did you mean “" + near + "”?"
	} else if names := namesOf(known); len(names) <= 5 {
		hint += "; known: " + strings.Join(names, ", ")
	}
	r.report(p.File.Place(at), fmt.Sprintf("no metric is called “%s”", playbook.Shorten(name, 80)), hint)
}

// namesOf are the different names of entries.
func namesOf(list []*playbook.Entry) (out []string) {
	for _, e := range list {
		if !slices.Contains(out, e.Name) {
			out = append(out, e.Name)
		}
	}
	return out
}
