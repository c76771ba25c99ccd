package site

import (
	"maps"
	"slices"
	"strings"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/source"
)

// known are lists of what a site knows, made when a message first needs one.
type known struct {
	pages, assets, roles, segments list
	// keptRoles and keptSegments are the first playbooks that would bring a role
	// or a segment into the registers, were they not kept back, by its id.
	keptRoles, keptSegments map[string]string
}

// list is made once.
type list struct {
	made  bool
	items []string
}

func (l *list) get(items func() []string) []string {
	if !l.made {
		l.made, l.items = true, items()
	}
	return l.items
}

// pagePaths returns the paths of the pages that are built, sorted.
func (l *linker) pagePaths() []string {
	return l.known.pages.get(func() []string { return slices.Sorted(maps.Keys(l.pages)) })
}

// assetPaths returns the paths of the other files, sorted.
func (l *linker) assetPaths() []string {
	return l.known.assets.get(func() []string { return slices.Sorted(maps.Keys(l.assets)) })
}

// keptRegister returns the playbook that would bring the role or the segment
// with a path into the registers, were it not kept back; empty for none.
func (l *linker) keptRegister(rel string) string {
	rel = strings.TrimSuffix(strings.TrimSuffix(rel, ".md"), ".html")
	role, isRole := strings.CutPrefix(rel, "roles/")
	segment, isSegment := strings.CutPrefix(rel, "segments/")
	if !isRole && !isSegment {
		return ""
	}
	if l.known.keptRoles == nil {
		l.keep()
	}
	if isRole {
		return l.known.keptRoles[role]
	}
	return l.known.keptSegments[segment]
}

// keep notes what the pages that are kept back would bring.
func (l *linker) keep() {
	roles, segments := map[string]string{}, map[string]string{}
	first := func(by map[string]string, id, path string) {
		if _, known := by[id]; !known {
			by[id] = path
		}
	}
	for _, p := range l.kept {
		for _, v := range p.Meta.Segments {
			first(segments, v.Text, p.File.Path)
		}
		for _, h := range p.Outline.Heads {
			if h.RoleNoun {
				first(roles, config.Slug(h.Key), p.File.Path)
			}
		}
	}
	l.known.keptRoles, l.known.keptSegments = roles, segments
}

// maxNear is how many near misses are looked for in one build: each costs a
// walk over all names.
const maxNear = 50

// nearHint names the one of the known names that a word is nearly.
func (l *linker) nearHint(word string, among func() []string, prefix string) string {
	if l.near++; l.near > maxNear {
		return ""
	}
	if near := diag.Nearest(word, among()); near != "" {
		return "did you mean “" + prefix + near + "”?"
	}
	return ""
}

func (l *linker) fail(p *Page, at source.Span, c diag.Code, message, hint string) {
	l.add(diag.New(diag.Error, c, l.placing.place(p.File, at), message, hint))
}

func (l *linker) warn(p *Page, at source.Span, c diag.Code, message, hint string) {
	l.add(diag.New(diag.Warning, c, l.placing.place(p.File, at), message, hint))
}
