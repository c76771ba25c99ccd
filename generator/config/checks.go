package config

import (
	"fmt"
	"slices"
	"time"

	"plumb/generator/diag"
	"plumb/generator/source"
)

var severities = []string{"off", "note", "warning", "error"}

func (p *parser) checks(n *source.Node) {
	p.Map(n, "rules by their codes", "copied-across-the-line: {severity: note}", func(f source.Field) {
		if f.Key == "allow" {
			p.allow(f.Value)
			return
		}
		p.rule(f)
	})
}

func (p *parser) rule(f source.Field) {
	r := Rule{Code: source.Value{Text: f.Key, Span: f.Span}, Limits: map[string]source.Value{}}
	p.Map(f.Value, "the settings of a rule", "severity: note", func(f source.Field) {
		v := p.Text(f.Value)
		if f.Key != "severity" {
			r.Limits[f.Key] = v
			return
		}
		if !slices.Contains(severities, v.Text) {
			p.Fail(diag.WrongType, v.Span, fmt.Sprintf("“%s” is no severity", v.Text), diag.DidYouMean(v.Text, severities))
			p.Mend(v.Text, diag.Meant(v.Text, severities))
		}
		r.Severity = v.Text
	})
	p.c.Checks.Rules = append(p.c.Checks.Rules, r)
}

func (p *parser) allow(n *source.Node) {
	if source.Absent(n) {
		return
	}
	if n.Kind != source.List {
		p.Fail(diag.WrongType, n.Span, "this should be a list of exceptions, not "+n.Kind.String(), "begin each with “- code: …”")
		return
	}
	for _, item := range n.Items {
		a := Allow{Span: item.Span}
		text := func(v *source.Value) func(*source.Node) {
			return func(n *source.Node) { *v = p.Text(n) }
		}
		p.Keys(item, "an exception", []source.Key{
			{Name: "code", Read: text(&a.Code)},
			{Name: "role", Read: text(&a.Role)},
			{Name: "path", Read: text(&a.Path)},
			{Name: "reason", Read: text(&a.Reason)},
			{Name: "until", Read: func(n *source.Node) {
				if day := p.Date(n); !day.IsZero() {
					a.Until = day.Format(time.DateOnly)
				}
			}},
		})
		p.c.Checks.Allow = append(p.c.Checks.Allow, a)
	}
}
