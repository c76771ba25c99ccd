package theme

import (
	"cmp"
	"io"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"plumb/generator/diag"
	"plumb/generator/source"
)

// failure returns where and why a page could not be made. The places in err
// are of the minified text, so the plain one is run for them.
func (t *Theme) failure(l *layout, data any, err error) diag.Diagnostic {
	if again := l.plain.Execute(io.Discard, data); again != nil {
		err = again
	}
	return translate(t.files, err, data)
}

func (l *loader) place(err error) diag.Diagnostic { return translate(l.files, err, nil) }

// An error of a template as text: its name, its line and, once it runs, its
// column, the template that is executed and the part of it that failed.
var errorText = regexp.MustCompile(`(?s)^(?:html/)?template: ?([^:]*):(\d+)(?::(\d+))?:? (?:executing "[^"]*" at <(.*?)>: )?(.*)$`)

// translate makes a diagnostic of a template's error, of parsing as of
// executing. Parsing knows no column; that of executing counts bytes from 0.
func translate(files map[string]*file, err error, data any) diag.Diagnostic {
	m := errorText.FindStringSubmatch(err.Error())
	if m == nil {
		return diag.New(diag.Error, diag.TemplateFailed, diag.Place{}, firstLine(err.Error()), "")
	}
	name, message := folder+m[1], firstLine(m[5])
	f := files[name]
	if f == nil {
		return diag.New(diag.Error, diag.TemplateFailed, diag.File(name), message, "")
	}
	line, _ := strconv.Atoi(m[2])
	if m[3] == "" {
		message, hint := plainSyntax(message, files)
		return diag.New(diag.Error, diag.TemplateSyntax, whole(f.File, line), message, hint)
	}
	column, _ := strconv.Atoi(m[3])
	at := lineStart(f.Data, line) + column
	message, hint := plainFailure(message, m[4], files, data)
	return diag.New(diag.Error, diag.TemplateFailed, f.Place(source.Span{Start: at, End: at + width(f.Data, at, m[4])}), message, hint)
}

// whole is a line without a column.
func whole(f *source.File, line int) diag.Place {
	at := lineStart(f.Data, line)
	p := f.Place(source.Span{Start: at, End: at})
	p.Column, p.Width = 0, 0
	return p
}

func lineStart(data []byte, line int) int {
	at := 0
	for i := 0; i < len(data) && line > 1; i++ {
		if data[i] == '\n' {
			line--
			at = i + 1
		}
	}
	return at
}

// width is that of the failed part where it stands in the source as the error
// quotes it.
func width(data []byte, at int, part string) int {
	if at <= len(data) && strings.HasPrefix(string(data[at:]), part) {
		return len(part)
	}
	return 1
}

// rule rewords an error of text/template or html/template; $1 … in the message
// are the groups of the pattern.
type rule struct {
	pattern       *regexp.Regexp
	message, hint string
}

var syntaxRules = []rule{
	{regexp.MustCompile(`^function "(.*)" not defined$`), "there is no function “$1”", ""},
	{regexp.MustCompile(`^undefined variable "(.*)"$`), "there is no variable “$1”", "declare it before: {{$$x := …}}"},
	{regexp.MustCompile(`^unexpected EOF$`), "an {{if}}, {{range}}, {{with}}, {{define}} or {{block}} is not closed", "add {{end}}"},
	{regexp.MustCompile(`^unexpected \{\{end\}\}$`), "an {{end}} that closes nothing", "remove it"},
	{regexp.MustCompile(`^unclosed action`), "an action is not closed", "write }} at its end"},
	{regexp.MustCompile(`^no such template "(.*)"$`), "there is no template “$1”", ""},
	{regexp.MustCompile(`^(?:html/template:)?.*\bambiguous context\b.*$`), "the branches of this {{if}}, {{with}} or {{range}} leave the HTML in different states", "close in each branch the tags and quotes that it opens"},
	{regexp.MustCompile(`^.*\bbranches end in different contexts\b.*$`), "the branches of this {{if}}, {{with}} or {{range}} leave the HTML in different states", "close in each branch the tags and quotes that it opens"},
	{regexp.MustCompile(`^.*ends in a non-text context.*$`), "the template ends within a tag, an attribute or a script", "close the tag and its quotes"},
}

func plainSyntax(message string, files map[string]*file) (string, string) {
	for _, r := range syntaxRules {
		m := r.pattern.FindStringSubmatchIndex(message)
		if m == nil {
			continue
		}
		plain := string(r.pattern.ExpandString(nil, r.message, message, m))
		hint := strings.ReplaceAll(r.hint, "$$", "$")
		switch word := r.pattern.FindStringSubmatch(message); {
		case strings.Contains(r.message, "function"):
			hint = diag.DidYouMean(word[1], functionNames())
		case strings.Contains(r.message, "no template"):
			hint = diag.DidYouMean(word[1], templateNames(files))
		}
		return plain, hint
	}
	return message, ""
}

// functionNames are those of templates that an author may have meant.
func functionNames() []string {
	names := []string{"and", "or", "not", "len", "index", "slice", "print", "printf", "eq", "ne", "lt", "le", "gt", "ge"}
	return append(names, slices.Sorted(maps.Keys(functions(&words{})))...)
}

func templateNames(files map[string]*file) []string {
	var names []string
	for p := range files {
		if strings.HasPrefix(p, partials) {
			names = append(names, strings.TrimPrefix(p, folder))
		}
	}
	return sorted(names)
}

var (
	noField = regexp.MustCompile(`^can't evaluate field (\w+) in type (\S+)$`)
	noText  = regexp.MustCompile(`^error calling t: no text “(.*)”$`)
	calling = regexp.MustCompile(`^error calling (\w+): (.*)$`)
	nilData = regexp.MustCompile(`^nil pointer evaluating (\S+)\.(\w+)$`)
)

// plainFailure rewords an error of execution.
func plainFailure(message, part string, files map[string]*file, data any) (string, string) {
	if m := noField.FindStringSubmatch(message); m != nil {
		fields := fieldsOf(reflect.TypeOf(data), strings.TrimLeft(m[2], "*[]"))
		return "there is no field “" + m[1] + "” in " + m[2], diag.DidYouMean(m[1], fields)
	}
	if m := noText.FindStringSubmatch(message); m != nil {
		return "there is no text for the key “" + m[1] + "”", textHint(m[1], files)
	}
	if m := nilData.FindStringSubmatch(message); m != nil {
		return "“" + part + "” is empty on this page, so it has no " + m[2], "put {{with …}} or {{if …}} around it"
	}
	if m := plainTemplate(message); m != "" {
		return m, diag.DidYouMean(strings.Trim(m[strings.Index(m, "“"):], "“”"), templateNames(files))
	}
	if m := calling.FindStringSubmatch(message); m != nil {
		return m[1] + ": " + m[2], ""
	}
	return message, ""
}

var noTemplate = regexp.MustCompile(`^(?:template "(.*)" not defined|no such template "(.*)")$`)

func plainTemplate(message string) string {
	if m := noTemplate.FindStringSubmatch(message); m != nil {
		return "there is no template “" + cmp.Or(m[1], m[2]) + "”"
	}
	return ""
}

// textHint names the nearest key of the English words, and where to add it.
func textHint(key string, files map[string]*file) string {
	var keys []string
	if f := files["i18n/"+fallback+".yaml"]; f != nil {
		root, _ := source.YAML(f.File, source.Span{Start: 0, End: len(f.Data)})
		if root != nil {
			for _, field := range root.Fields {
				keys = append(keys, field.Key)
			}
		}
	}
	if near := diag.Nearest(key, keys); near != "" {
		return "did you mean “" + near + "”?"
	}
	return "add it to i18n/" + fallback + ".yaml of the theme"
}

// fieldsOf returns the exported fields of the struct with a name, as an error
// writes it, among the types that data is made of.
func fieldsOf(t reflect.Type, name string) []string {
	seen := map[reflect.Type]bool{}
	var find func(reflect.Type) reflect.Type
	find = func(t reflect.Type) reflect.Type {
		for t != nil && (t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice) {
			t = t.Elem()
		}
		if t == nil || t.Kind() != reflect.Struct || seen[t] {
			return nil
		}
		seen[t] = true
		if t.String() == name {
			return t
		}
		for i := range t.NumField() {
			if f := find(t.Field(i).Type); f != nil {
				return f
			}
		}
		return nil
	}
	found := find(t)
	if found == nil {
		return nil
	}
	var names []string
	for _, f := range reflect.VisibleFields(found) {
		if f.IsExported() && !f.Anonymous {
			names = append(names, f.Name)
		}
	}
	return names
}
