package render

import (
	"bytes"
	"encoding/json"

	"plumb/generator/source"
	"plumb/generator/theme"
)

// maxScriptRoles is how many roles the script that all pages load names; a
// reader of a site with more chooses on the role's page.
const maxScriptRoles = 200

// siteScript is what the scripts of all pages know of the site, and what they
// do before the page is painted:
//
//	plumb = {words: {key: text, …}, roles: [{id, title, url, count}, …], less, more, many}
func (r *Renderer) siteScript() Page {
	return Page{
		Path: r.chrome.Data,
		data: func(dst *bytes.Buffer) {
			dst.WriteString("plumb=")
			appendJSON(dst, r.siteData())
			dst.WriteString(";\n")
			dst.Write(r.theme.Script(theme.First))
		},
		needs: func(w *inputs) {
			w.digest(source.Sum(r.theme.Script(theme.First)))
			w.number(len(r.site.Roles))
			for _, role := range r.siteData().Roles {
				w.text(role.ID, role.Title, role.URL)
				w.number(role.Count)
			}
		},
	}
}

// searchScript is what those who search load: its own words, which are added to
// those of site.js, and the script. It is empty where the theme has none.
func (r *Renderer) searchScript() Page {
	script := r.theme.Script(theme.Search)
	return Page{
		Path: "theme/search.js",
		data: func(dst *bytes.Buffer) {
			words := map[string]string{}
			for key, text := range r.theme.Words("find.") {
				words["find."+key] = text
			}
			dst.WriteString("Object.assign(plumb.words,")
			appendJSON(dst, words)
			dst.WriteString(");\n")
			dst.Write(script)
		},
		needs: func(w *inputs) { w.digest(source.Sum(script)) },
	}
}

type siteData struct {
	Words map[string]string `json:"words"`
	Roles []roleData        `json:"roles"`
	Less  string            `json:"less"`
	More  string            `json:"more"`
	// Many says that there are too many roles to name.
	Many bool `json:"many,omitempty"`
}

// roleData is a role to choose; its address is relative to the root.
type roleData struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	URL   string `json:"url"`
	// Count is how many playbooks have tasks for the role.
	Count int `json:"count"`
}

func (r *Renderer) siteData() siteData {
	d := siteData{Words: r.theme.Words("js."), Roles: []roleData{}, Less: r.chrome.Less, More: r.chrome.More}
	if len(r.site.Roles) > maxScriptRoles {
		d.Many = true
		return d
	}
	for _, x := range r.site.Roles {
		d.Roles = append(d.Roles, roleData{x.ID, x.Title, escapePath(x.URL), len(x.Playbooks)})
	}
	return d
}

// appendJSON writes a value that JSON always has a form for. What could end a
// script or a line of one is escaped.
func appendJSON(dst *bytes.Buffer, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		panic("render: " + err.Error()) // a value of this package's own types
	}
	dst.Write(data)
}
