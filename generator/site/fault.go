package site

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"plumb/generator/diag"
	"plumb/generator/markdown"
	"plumb/generator/playbook"
)

// report says what is wrong with a link, and returns what it leads to: nothing,
// unless the address is kept as it is written.
func (l *linker) report(e event) Target {
	t := &e.page.Links[e.link]
	switch e.fault {
	case leadsOut:
		l.fail(e.page, t.Span, diag.LinkOutside, "the link leads out of the folder "+ContentDir, "move the file into it, or link to an address that begins with https://")
	case isActive:
		l.warn(e.page, t.Span, diag.ActiveAsset,
			fmt.Sprintf("%s could run in the reader's browser, so it is not published", path.Base(e.path)), "publish it elsewhere and link to its address, or as PDF or spreadsheet")
	case noPart:
		where := "on this page"
		if e.page != e.to {
			where = "on " + e.to.File.Path
		}
		l.noAnchor(e, where, len(e.to.Anchors), func() []string { return e.to.Anchors })
	case noEntry:
		l.noEntry(e, t)
	case isMissing:
		return l.missing(e, t)
	}
	return Target{}
}

// noEntry reports a link to an entry that an index does not have.
func (l *linker) noEntry(e event, t *markdown.Target) {
	if house := ContentDir + "/" + strings.TrimSuffix(e.index.URL, ".html") + ".md"; l.hidden[house] {
		l.linkToHidden(e.page, t, house)
		return
	}
	l.noAnchor(e, "on "+e.index.URL, len(e.index.Groups), func() (ids []string) {
		for _, g := range e.index.Groups {
			ids = append(ids, g.ID)
		}
		return ids
	})
}

// noAnchor reports a link to a part that a page does not have; the place is
// that of the part alone.
func (l *linker) noAnchor(e event, where string, n int, known func() []string) {
	at, anchor := e.page.Links[e.link].Span, e.page.Outline.Links[e.link].Anchor
	if i := bytes.IndexByte(e.page.File.Text()[at.Start:at.End], '#'); i >= 0 {
		at.Start += i
	}
	hint := l.nearHint(anchor, known, "#")
	if hint == "" && n > 0 && n <= 6 {
		hint = "headings there: #" + strings.Join(known(), ", #")
	}
	l.fail(e.page, at, diag.BrokenAnchor, fmt.Sprintf("there is no heading “#%s” %s", anchor, where), hint)
}

// missing reports a link to nothing, unless what it led to is left out of this
// build.
func (l *linker) missing(e event, t *markdown.Target) Target {
	if l.isLeftOut(e, t) {
		return Target{}
	}
	file, _, _ := playbook.SplitDest(t.Dest)
	ext := path.Ext(file)
	if strings.HasPrefix(t.Dest, "/") && ext != ".md" && !t.Image {
		l.warn(e.page, t.Span, diag.LinkOutside,
			"the link counts from the root of the server, where this site may not stand", "if it leads out of the site, write the whole address; if not, write it relative to this file")
		return Target{Kind: External, URL: t.Dest}
	}
	full := e.path
	if t.Image || ext != "" && ext != ".md" && ext != ".html" {
		l.fail(e.page, t.Span, diag.BrokenAsset, fmt.Sprintf("there is no file %s", full), l.nearFile(e.page, full, l.assetPaths))
		return Target{}
	}
	if strings.HasSuffix(full, "/") {
		full += "index.md"
	}
	l.fail(e.page, t.Span, diag.BrokenLink, fmt.Sprintf("there is no page %s", full), l.nearFile(e.page, full, l.pagePaths))
	return Target{}
}

// isLeftOut reports whether what a link leads to is left out of this build, and
// says so where nothing else does.
func (l *linker) isLeftOut(e event, t *markdown.Target) bool {
	for _, c := range candidates(e.path) {
		if c := l.actual(c); l.hidden[c] {
			l.linkToHidden(e.page, t, c)
			return true
		}
	}
	rel := relative(e.path)
	if l.perhapsRegister(rel) {
		return true
	}
	by := l.keptRegister(rel)
	if by != "" {
		l.linkToHidden(e.page, t, by)
	}
	return by != ""
}

// perhapsRegister reports whether a path may be that of a role or a segment
// that is not known only because plumb.yaml or the page that names it has an
// error, which says enough.
func (l *linker) perhapsRegister(rel string) bool {
	c := l.in.Config
	unknown := func(declared int) bool { return c.Broken || declared == 0 && len(l.in.Dropped) > 0 }
	return registerPage(rel, "roles/") && unknown(len(c.Roles)) || registerPage(rel, "segments/") && unknown(len(c.Segments))
}

// linkToHidden warns of a link to a draft; a link to a file that is dropped
// because of an error says nothing, for the error says it.
func (l *linker) linkToHidden(p *Page, t *markdown.Target, path string) {
	if !l.dropped[path] {
		l.warn(p, t.Span, diag.LinkToDraft,
			fmt.Sprintf("%s is not published, so this link is shown as text", path), "publish the page, or leave the link out")
	}
}

// nearFile names the file that was likely meant, relative to the page: the
// same name elsewhere, else a similar path.
func (l *linker) nearFile(p *Page, full string, among func() []string) string {
	if l.near++; l.near > maxNear {
		return ""
	}
	full = strings.ReplaceAll(full, `\`, "/")
	base := strings.TrimSuffix(path.Base(full), path.Ext(full))
	for _, a := range among() {
		if base != "index" && strings.EqualFold(strings.TrimSuffix(path.Base(a), path.Ext(a)), base) {
			return "did you mean “" + Relative(p.File.Path, a) + "”?"
		}
	}
	for _, c := range candidates(full) {
		if near := diag.Nearest(c, among()); near != "" {
			return "did you mean “" + Relative(p.File.Path, near) + "”?"
		}
	}
	return ""
}
