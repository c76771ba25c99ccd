package config

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"plumb/generator/diag"
	"plumb/generator/source"
)

// AliasFix returns the fix that gives a role of the register one more name: an
// insertion into plumb.yaml that leaves the rest of it as it is. It is nil where
// the name is taken, or where the register is written in a form that has no
// plain place for it.
func (c *Config) AliasFix(id, alias string) *diag.Fix {
	if c.File == nil || !c.isFree(alias) {
		return nil
	}
	root, _ := source.YAML(c.File, source.Span{End: len(c.File.Data)})
	roles := root.Get("roles")
	if roles == nil {
		return nil
	}
	i := slices.IndexFunc(roles.Fields, func(f source.Field) bool { return Compose(f.Key) == id })
	if i < 0 {
		return nil
	}
	r := register{c.File}
	at, ok := r.slot(roles.Fields[i], flow(alias))
	if !ok {
		return nil
	}
	place := c.File.Place(source.Span{Start: at.start, End: at.start})
	return &diag.Fix{Title: "add “" + alias + "” to the aliases of " + id, Edits: []diag.Edit{{Pos: place.Pos, Old: at.old, New: at.text}}}
}

// isFree reports whether no role has a name.
func (c *Config) isFree(name string) bool {
	key := Slug(name)
	return key != "" && !slices.ContainsFunc(c.Roles, func(r Role) bool {
		return slices.ContainsFunc(append([]string{r.ID, r.Title}, r.Aliases...), func(n string) bool { return Slug(n) == key })
	})
}

// register is a YAML file in which a role gets an alias.
type register struct{ *source.File }

// slot is a text that replaces what stands at an offset.
type slot struct {
	start     int
	old, text string
}

// slot finds where an alias goes.
func (r register) slot(role source.Field, alias string) (slot, bool) {
	if source.Absent(role.Value) {
		return r.behindKey(role, " {aliases: ["+alias+"]}")
	}
	if role.Value.Kind != source.Map {
		return slot{}, false
	}
	for _, f := range role.Value.Fields {
		if f.Key == "aliases" {
			return r.more(f, alias)
		}
	}
	return r.first(role.Value, "aliases: ["+alias+"]")
}

// more adds to the aliases that a role has.
func (r register) more(f source.Field, alias string) (slot, bool) {
	n := f.Value
	switch {
	case source.Absent(n):
		return r.behindKey(f, " ["+alias+"]")
	case n.Kind != source.List:
		if !r.isPlain(n) {
			return slot{}, false
		}
		one := r.text(n.Span)
		if strings.ContainsAny(one, ",[]{}") && one[0] != '"' && one[0] != '\'' {
			one = flow(n.Value)
		}
		return slot{n.Span.Start, r.text(n.Span), "[" + one + ", " + alias + "]"}, true
	case r.Data[n.Span.Start] == '[' && len(n.Items) == 0:
		return slot{start: n.Span.Start + 1, text: alias}, true
	case len(n.Items) == 0 || !r.isPlain(n.Items[len(n.Items)-1]):
		return slot{}, false
	}
	last := n.Items[len(n.Items)-1].Span
	if r.Data[n.Span.Start] == '[' {
		return slot{start: last.End, text: ", " + alias}, true
	}
	before, end := r.around(last)
	if strings.Trim(before, " ") != "-" {
		return slot{}, false
	}
	return slot{start: end, text: "\n" + before + alias}, true
}

// first adds the aliases to a role that has none, behind its title as a rule.
func (r register) first(m *source.Node, text string) (slot, bool) {
	isFlow := r.Data[m.Span.Start] == '{'
	if len(m.Fields) == 0 {
		return slot{start: m.Span.Start + 1, text: text}, isFlow
	}
	key, value := m.Fields[0].Span, m.Fields[0].Value
	before, end := r.around(key)
	behind := r.isPlain(value) && !strings.Contains(r.text(source.Span{Start: key.End, End: value.Span.End}), "\n")
	switch {
	case isFlow && behind:
		return slot{start: value.Span.End, text: ", " + text}, true
	case isFlow:
		return slot{start: m.Span.Start + 1, text: text + ", "}, true
	case strings.Trim(before, " ") != "":
		return slot{}, false
	case behind && r.endsLine(value.Span.End):
		return slot{start: end, text: "\n" + before + text}, true
	}
	return slot{start: key.Start, text: text + "\n" + before}, true
}

// behindKey writes the value of a key that has none.
func (r register) behindKey(f source.Field, text string) (slot, bool) {
	at := f.Span.End + 1
	ok := at <= len(r.Data) && r.Data[at-1] == ':' && r.endsLine(at)
	return slot{start: at, text: text}, ok
}

func (r register) text(s source.Span) string { return string(r.Data[s.Start:s.End]) }

// isPlain reports whether a scalar stands within its line, as it is or in
// quotes.
func (r register) isPlain(n *source.Node) bool {
	if source.Absent(n) || n.Kind == source.List || n.Kind == source.Map {
		return false
	}
	text := r.text(n.Span)
	if text == n.Value {
		return true
	}
	return len(text) > 1 && (text[0] == '"' || text[0] == '\'') && text[len(text)-1] == text[0] && !strings.Contains(text, "\n")
}

// endsLine reports whether nothing but a comment follows in the line.
func (r register) endsLine(at int) bool {
	_, end := r.around(source.Span{Start: at})
	rest := strings.TrimSpace(r.text(source.Span{Start: at, End: end}))
	return rest == "" || rest[0] == '#'
}

// around returns what stands before a span in its line, and where the line
// ends.
func (r register) around(s source.Span) (before string, end int) {
	data := string(r.Data)
	end = len(data)
	if i := strings.IndexByte(data[s.Start:], '\n'); i >= 0 {
		end = s.Start + i
	}
	return data[strings.LastIndexByte(data[:s.Start], '\n')+1 : s.Start], end
}

var bare = regexp.MustCompile(`^\pL[\pL\pM\pN ()/&.'’+-]*[\pL\pM\pN)]$`)

// reserved are words that YAML does not take for text.
var reserved = []string{"true", "false", "null", "yes", "no", "on", "off"}

// flow writes a text as an item of a list in brackets.
func flow(text string) string {
	if bare.MatchString(text) && !slices.Contains(reserved, strings.ToLower(text)) {
		return text
	}
	quoted, _ := json.Marshal(text) // a string is always written
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(quoted))
}
