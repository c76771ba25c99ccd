package generator

import (
	"iter"
	"slices"
	"strings"

	"plumb/generator/site"
)

// Sources leads from the path of each page that is made of a text to the path
// of the text.
func (r *Report) Sources() map[string]string {
	out := make(map[string]string, len(r.Site.Playbooks)+len(r.Site.Pages))
	for p := range texts(r.Site) {
		if !p.Homeless {
			out[p.URL] = p.File.Path
		}
	}
	return out
}

// Unpublished are the paths of pages that only a build with drafts has: drafts,
// pages not yet published and expired ones.
func (r *Report) Unpublished() map[string]bool {
	out := map[string]bool{}
	for p := range texts(r.Site) {
		if site.Hidden(p.Meta, r.Site.AsOf) {
			out[p.URL] = true
		}
	}
	return out
}

// Missing leads from the paths of pages that an error keeps from being made to
// the paths of their texts, or to nothing for a list. Of a text whose front matter
// cannot be read nobody knows whether it is a playbook, so both paths it could have
// are there.
func (r *Report) Missing() map[string]string {
	out := map[string]string{}
	if len(r.Failed) > 0 {
		sources := r.Sources()
		for _, page := range r.Failed {
			out[page] = sources[page]
		}
	}
	for _, text := range r.Broken {
		playbook := strings.TrimSuffix(text, ".md") + ".html"
		out[playbook], out[strings.TrimPrefix(playbook, site.ContentDir+"/")] = text, text
	}
	return out
}

// texts are all pages of a site that are made of a text.
func texts(s *site.Site) iter.Seq[*site.Page] {
	return func(yield func(*site.Page) bool) {
		for _, list := range [][]*site.Playbook{s.Playbooks, s.Retired} {
			for _, p := range list {
				if !yield(&p.Page) {
					return
				}
			}
		}
		others := slices.Concat(s.Pages, []*site.Page{s.Home, s.Processes.House, s.Metrics.House})
		for _, r := range s.Roles {
			others = append(others, r.Prose)
		}
		for _, g := range s.Segments {
			others = append(others, g.Prose)
		}
		for _, p := range others {
			if p != nil && !yield(p) {
				return
			}
		}
	}
}
