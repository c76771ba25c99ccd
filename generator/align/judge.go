package align

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// exception is one of plumb.yaml or of a text.
type exception struct {
	code   diag.Code
	role   string
	path   string // a file, a folder, or a pattern of [path.Match], clean; empty for all
	lines  *playbook.Allow
	reason string
	until  string
	file   *source.File
	span   source.Span
	fault  bool // it silences nothing
	used   bool
}

// judge takes out what is allowed and gives what is left the severity that the
// site wants. What keeps a page from being made, an error of another stage, can
// be neither allowed nor turned off.
func judge(in Input, s *settings, found []*finding) Result {
	j := &judgement{in: in, settings: s, byCode: map[diag.Code][]*exception{}, byPath: map[string][]*exception{}, barred: map[diag.Code]bool{}}
	j.collect()
	out := Result{Findings: make([]diag.Diagnostic, 0, len(found))}
	for _, f := range sorted(found) {
		if f.Severity == diag.Error && s.byCode[f.Code] == nil {
			j.bar(f)
			out.Findings = append(out.Findings, f.Diagnostic)
			continue
		}
		if s.off(f.Code) {
			continue
		}
		f.Severity = s.severity(f.Code, f.Severity)
		if list := j.allowed(f); len(list) > 0 {
			e := list[0]
			for _, e := range list {
				e.used = true
			}
			out.Silenced = append(out.Silenced, Silenced{f.Diagnostic, e.reason, e.file.Place(e.span), e.until})
			continue
		}
		out.Findings = append(out.Findings, f.Diagnostic)
	}
	j.unused()
	for _, f := range j.found {
		if f.Severity = s.severity(f.Code, f.Severity); !s.off(f.Code) {
			out.Findings = append(out.Findings, f.Diagnostic)
		}
	}
	out.Findings = diag.Sort(out.Findings)
	return out
}

// bar notes what is said of an error that nothing can take out: exceptions from
// it, and a severity in plumb.yaml.
func (j *judgement) bar(f *finding) {
	for _, e := range j.allowed(f) {
		if !e.used {
			e.used = true
			j.say(e, AllowUnused, fmt.Sprintf("the error %s keeps a page from being made, so no exception takes it out", f.Code), "mend the error, and take the exception out")
		}
	}
	if set, ok := j.settings.rules[f.Code]; ok && set.Severity != "" && !j.barred[f.Code] {
		j.barred[f.Code] = true
		j.say(&exception{file: j.settings.config.File, span: set.Code.Span}, AllowUnused,
			fmt.Sprintf("the error %s keeps a page from being made, so its severity stays what it is", f.Code), "mend the error, and take the line out")
	}
}

// cleanPath returns a path as those of findings are written: “./playbooks/” is
// playbooks. The site's own folder is all of it.
func cleanPath(p string) string {
	if p = strings.TrimPrefix(path.Clean("/"+p), "/"); p == "." {
		return ""
	}
	return p
}

type judgement struct {
	in       Input
	settings *settings
	// global are the exceptions of plumb.yaml, also by code, byPath those of the
	// texts.
	global []*exception
	byCode map[diag.Code][]*exception
	byPath map[string][]*exception
	found  []finding // about exceptions
	// barred are the errors whose severity plumb.yaml tries to set.
	barred map[diag.Code]bool
}

// collect gathers the exceptions, and reports those that silence nothing.
func (j *judgement) collect() {
	c := j.in.Site.Config
	for _, a := range c.Checks.Allow {
		e := &exception{code: diag.Code(a.Code.Text), role: a.Role.Text, path: cleanPath(a.Path.Text), reason: a.Reason.Text, until: a.Until, file: c.File, span: a.Code.Span}
		if e.span == (source.Span{}) {
			e.span = a.Span
		}
		j.examine(e, a)
		j.global = append(j.global, e)
		j.byCode[e.code] = append(j.byCode[e.code], e)
	}
	for p := range j.in.Site.Sources() {
		for i := range p.Allows {
			a := &p.Allows[i]
			e := &exception{code: diag.Code(a.Code), lines: a, reason: a.Reason, file: p.File, span: a.Span}
			j.examine(e, config.Allow{})
			j.byPath[p.File.Path] = append(j.byPath[p.File.Path], e)
		}
	}
}

// examine says what is wrong with an exception.
func (j *judgement) examine(e *exception, a config.Allow) {
	e.fault = true
	switch {
	case e.code == "":
		j.say(e, UnknownAllow, "this exception names no rule", `write “plumb: allow CODE reason”, or “code: CODE” in plumb.yaml; “plumb explain” lists all codes`)
	case !j.settings.known(e.code):
		j.say(e, UnknownAllow, fmt.Sprintf("there is no rule “%s”", e.code), codeHint(e.code))
		j.mend(e.codeSpan(), e, string(e.code), codes())
	case strings.TrimSpace(e.reason) == "":
		j.say(e, AllowWithoutReason, "this exception gives no reason, so it silences nothing", "say why the finding may stand: the next author will ask")
	case e.until != "" && e.until < j.in.Site.AsOf.Format(time.DateOnly):
		j.say(e, AllowExpired, "this exception ended on "+e.until, "mend what it silenced, or give it a new end and reason")
	case e.role != "" && !j.hasRole(e.role):
		e.span = a.Role.Span
		j.say(e, UnknownAllow, fmt.Sprintf("there is no role “%s”", e.role), diag.DidYouMean(e.role, roleIDs(j.in.Site)))
		j.mend(e.span, e, e.role, roleIDs(j.in.Site))
	case !isPattern(e.path):
		e.span = a.Path.Span
		j.say(e, UnknownAllow, fmt.Sprintf("“%s” is no pattern of paths", a.Path.Text), "name a file, a folder, or a pattern such as playbooks/basix/*.md")
	default:
		e.fault = false
	}
}

// hasRole reports whether a role has an id. Where roles are taken as they come, a
// text that was dropped may hold it.
func (j *judgement) hasRole(id string) bool {
	if j.in.Site.Config.Roles == nil && j.in.Partial {
		return true
	}
	return slices.ContainsFunc(j.in.Site.Roles, func(r *site.Role) bool { return r.ID == id })
}

func roleIDs(s *site.Site) (out []string) {
	for _, r := range s.Roles {
		out = append(out, r.ID)
	}
	return out
}

func isPattern(p string) bool {
	_, err := path.Match(p, "")
	return err == nil
}

func (j *judgement) say(e *exception, c diag.Code, message, hint string) {
	rule := j.settings.byCode[c]
	j.found = append(j.found, finding{Diagnostic: diag.New(rule.Severity, c, e.file.Place(e.span), message, hint)})
}

// allowed returns all exceptions that take a finding out; the one at its first
// place comes first, those of plumb.yaml last.
func (j *judgement) allowed(f *finding) (out []*exception) {
	at := func(p diag.Pos) {
		for _, e := range j.byPath[p.Path] {
			if !e.fault && e.code == f.Code && e.lines.Covers(p.Line) && !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
	}
	at(f.Pos)
	for _, r := range f.Related {
		at(r.Pos)
	}
	for _, e := range j.byCode[f.Code] {
		if !e.fault && (e.role == "" || slices.Contains(f.roles, e.role)) && e.hasPath(f) {
			out = append(out, e)
		}
	}
	return out
}

// hasPath reports whether one of the places of a finding is where the exception
// holds.
func (e *exception) hasPath(f *finding) bool {
	if e.path == "" || e.in(f.Path) {
		return true
	}
	return slices.ContainsFunc(f.Related, func(r diag.Related) bool { return e.in(r.Path) })
}

// in reports whether a file, or a folder that it stands in, is the one of the
// exception or matches its pattern.
func (e *exception) in(file string) bool {
	for ; file != "." && file != "/"; file = path.Dir(file) {
		if match, _ := path.Match(e.path, file); match || file == e.path {
			return true
		}
	}
	return e.path == ""
}

// unused reports the exceptions without effect. Where texts were dropped, or the
// rule is off, nobody can say.
func (j *judgement) unused() {
	if j.in.Partial {
		return
	}
	list := slices.Clone(j.global)
	for p := range j.in.Site.Sources() {
		if p.Meta.Status == playbook.Live && !site.Hidden(p.Meta, j.in.Site.AsOf) {
			list = append(list, j.byPath[p.File.Path]...)
		}
	}
	for _, e := range list {
		if !e.used && !e.fault && !j.settings.off(e.code) {
			j.say(e, AllowUnused, fmt.Sprintf("nothing is found here that the exception from %s would silence", e.code), "take it out")
		}
	}
}
