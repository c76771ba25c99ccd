package render

import (
	"bytes"
	"html/template"
	"strings"

	"plumb/generator/desk"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

// deskKeysDir is the folder of the scripts that hold what playbooks are compared
// by and their models do not say, deskKeysEach of how many one holds on average.
const (
	deskKeysDir  = desk.Dir + "/keys/"
	deskKeysEach = 64
)

// deskComparison is the two ends of the line side by side, as compare.html shows
// them, and what both have.
func (r *Renderer) deskComparison(at string, x *desk.Beside) (*Compare, template.HTML) {
	v := &Compare{Words: r.compareWords()}
	ends := r.ends()
	if ends == nil {
		return v, ""
	}
	c := &comparison{body: r.newBody(at, nil, 1), a: r.comparand(ends[0]), b: r.comparand(ends[1])}
	c.write()
	v.Body = c.html()
	c.same(x.Copies(ends[0], ends[1]))
	return v, c.html()
}

// same writes what two playbooks both have. The page's script writes the same of
// other pairs.
func (c *comparison) same(list []desk.Copy) {
	if len(list) == 0 {
		c.raw(`<p class="empty">`)
		c.text(c.word("desk.none.same"))
		c.raw("</p>")
		return
	}
	c.raw("<ul>")
	for _, s := range list {
		c.copied(s)
	}
	c.raw("</ul>")
}

func (c *comparison) copied(s desk.Copy) {
	c.raw(`<li`)
	if s.Copied {
		c.raw(` class="odd"`)
	}
	c.raw(`><strong>`)
	c.text(c.word("section." + s.Kind.String()))
	if s.Kind == playbook.SellingTasks {
		c.raw(" · ")
		c.text(c.whose(s.Role))
	}
	c.raw(`</strong> <span class="count">`)
	c.text(c.word("desk.same", len(s.Names), s.Of))
	if s.House > 0 {
		c.raw(" ")
		c.text(c.word("desk.house", s.House))
	}
	c.raw("</span>")
	if s.Copied {
		c.raw(` <strong class="bad">`)
		c.text(c.word("desk.copied"))
		c.raw("</strong>")
	}
	c.raw(`<span class="names"`)
	c.foreign(c.a)
	c.raw(">")
	c.text(strings.Join(s.Names, " · "))
	c.raw("</span></li>")
}

func (c *comparison) whose(r *site.Role) string {
	if r == nil {
		return c.word("desk.everyone")
	}
	return r.Title
}

// deskWords are those that the script shows.
func (r *Renderer) deskWords(x *desk.Beside) string {
	words := map[string]string{}
	for _, key := range []string{"same", "copied", "house", "none.same", "everyone"} {
		words[key] = r.theme.Text("desk." + key)
	}
	for _, l := range x.Limits() {
		words[l.Kind.String()] = r.theme.Text("section." + l.Kind.String())
	}
	return jsonText(words)
}

// deskRule is a [desk.Limit] for the script.
type deskRule struct {
	Kind  string              `json:"kind"`
	Apart int                 `json:"apart"`
	Items int                 `json:"items"`
	Same  int                 `json:"same"`
	House map[string][]string `json:"house,omitempty"`
}

// deskRules are by what the script compares, and in how many files the rest of it
// stands.
func (r *Renderer) deskRules(x *desk.Beside) string {
	var out struct {
		Kinds  []deskRule `json:"kinds"`
		Shared []string   `json:"shared"`
		Files  int        `json:"files"`
	}
	for _, l := range x.Limits() {
		out.Kinds = append(out.Kinds, deskRule{l.Kind.String(), l.Apart, l.Items, l.Same, l.House})
	}
	out.Shared = []string{}
	for _, role := range r.site.Roles {
		if role.Shared {
			out.Shared = append(out.Shared, role.ID)
		}
	}
	out.Files = r.deskKeyFiles()
	return jsonText(out)
}

func jsonText(v any) string {
	var b bytes.Buffer
	appendJSON(&b, v)
	return b.String()
}

func (r *Renderer) deskKeyFiles() int {
	return (len(r.site.Playbooks) + deskKeysEach - 1) / deskKeysEach
}

// deskKeys are the scripts; a playbook's is known by the digest of its path.
func (r *Renderer) deskKeys() (pages []Page) {
	parts := make([][]*site.Playbook, r.deskKeyFiles())
	for _, p := range r.site.Playbooks {
		if !p.Homeless {
			n := spread(p.URL, len(parts))
			parts[n] = append(parts[n], p)
		}
	}
	for n, list := range parts {
		pages = append(pages, Page{Path: deskKeysDir + itoa(n) + ".js", data: func(dst *bytes.Buffer) { deskKeysOf(dst, n, list) }})
	}
	return pages
}

// deskKeysOf hands the things of playbooks to whoever asked for them:
//
//	plumb.desk(0, {"playbooks/a.html": {"buyers": [["key", "name"], …], "people": …}, …});
func deskKeysOf(dst *bytes.Buffer, n int, list []*site.Playbook) {
	all := make(map[string]map[string][][2]string, len(list))
	for _, p := range list {
		of := map[string][][2]string{}
		for _, kind := range []playbook.Kind{playbook.Buyers, playbook.People} {
			for _, t := range desk.Things(p, kind) {
				of[kind.String()] = append(of[kind.String()], [2]string{t.Key, t.Text})
			}
		}
		all[p.URL] = of
	}
	dst.WriteString("plumb.desk(" + itoa(n) + ",")
	appendJSON(dst, all)
	dst.WriteString(");\n")
}

// spread spreads paths over so many files (FNV-1a, 32 bits, of the UTF-8).
func spread(path string, files int) int {
	h := uint32(2166136261)
	for i := range len(path) {
		h = (h ^ uint32(path[i])) * 16777619
	}
	return int(h % uint32(files))
}
