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
	"sync"
	"unicode/utf8"

	"plumb/generator/diag"
	"plumb/generator/source"
)

// failure returns where and why a page could not be made. The places in err
// are of the minified text, so the plain one is run for them.
func (t *Theme) failure(l *layout, data any, err error) diag.Diagnostic {
	if plain, fault := l.plain(); fault == nil {
		err = cmp.Or(plain.Execute(io.Discard, data), err)
	}
	return translate(t.files, err, data)
}

func (l *loader) place(err error) diag.Diagnostic { return translate(l.files, err, nil) }

// An error of a template as text: where it stands (its name, its line and,
// once it runs, its column), the part of it that failed, the reason.
var errorText = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?s)^(html/)?template: ?([^:]*)(?::(\d+))?(?::(\d+))?:? (?:executing ".*?" at <(.*?)>: )?(.*)$`)
})

// translate makes a diagnostic of a template's error, of parsing as of
// executing. Parsing knows no column; that of executing counts bytes from 0.
func translate(files map[string]*file, err error, data any) diag.Diagnostic {
	m := errorText().FindStringSubmatch(err.Error())
	if m == nil {
		return diag.New(diag.Error, diag.TemplateFailed, diag.Place{}, firstLine(err.Error()), "")
	}
	escaper, name, failed, message := m[1] != "", folder+m[2], m[5], firstLine(m[6])
	line, _ := strconv.Atoi(m[3])
	f := files[name]
	if f == nil {
		f = &file{File: &source.File{Path: name}}
	}
	if escaper || m[4] == "" {
		message, hint := reword(syntaxRules(), message, files, nil)
		return diag.New(diag.Error, diag.TemplateSyntax, named(whole(f.File, line), message), message, hint)
	}
	column, _ := strconv.Atoi(m[4])
	at := lineStart(f.Data, line) + column
	message, hint := reword(failureRules(), message, files, data)
	return diag.New(diag.Error, diag.TemplateFailed, f.Place(source.Span{Start: at, End: at + width(f.Data, at, failed)}), message, hint)
}

// whole is a line without a column, or the whole file.
func whole(f *source.File, line int) diag.Place {
	if line == 0 {
		return diag.File(f.Path)
	}
	at := lineStart(f.Data, line)
	p := f.Place(source.Span{Start: at, End: at})
	p.Column, p.Width = 0, 0
	return p
}

// part is what a message names: in quotes, or an action.
var part = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`“([^”]+)”|(\{\{end\}\})`)
})

// named narrows a line to the part of it that a message names, where that
// stands there once.
func named(p diag.Place, message string) diag.Place {
	m := part().FindStringSubmatch(message)
	if m == nil || strings.Count(p.Source, m[1]+m[2]) != 1 {
		return p
	}
	before, _, _ := strings.Cut(p.Source, m[1]+m[2])
	p.Column, p.Width = utf8.RuneCountInString(before)+1, utf8.RuneCountInString(m[1]+m[2])
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

// rule rewords an error of text/template or html/template. In the message $1 …
// are the groups of the pattern; the hint may depend on the first one.
type rule struct {
	pattern       *regexp.Regexp
	message, hint string
	near          func(word string, files map[string]*file, m []string, data any) string
}

var syntaxRules = sync.OnceValue(func() []rule {
	return []rule{
		{pattern: regexp.MustCompile(`^function "(.*)" not defined$`), message: "there is no function “$1”", near: nearFunction},
		{pattern: regexp.MustCompile(`^undefined variable "(.*)"$`), message: "there is no variable “$1”", hint: "declare it before it is used, with :="},
		{pattern: regexp.MustCompile(`^unexpected EOF$`), message: "an {{if}}, {{range}}, {{with}}, {{define}} or {{block}} is not closed", hint: "add {{end}}"},
		{pattern: regexp.MustCompile(`^unexpected \{\{end\}\}$`), message: "this {{end}} closes nothing", hint: "remove it"},
		{pattern: regexp.MustCompile(`^unclosed action|^unexpected "\{" in operand`), message: "an action before this place is not closed", hint: "write }} at its end"},
		{pattern: regexp.MustCompile(`^no such template "(.*)"$`), message: "there is no template “$1”", near: nearTemplate},
		{pattern: regexp.MustCompile(`^(\{\{.*\}\}) branches end in different contexts`), message: "the branches of $1 leave the HTML in different states", hint: "close in each branch the tags and quotes that it opens"},
		{pattern: regexp.MustCompile(`^ends in a non-text context`), message: "the page ends within a tag, an attribute or a script", hint: "close the tag and its quotes"},
		{pattern: regexp.MustCompile(`^(\{\{.*\}\}) appears in an ambiguous context within a URL`), message: "it is not clear which part of the address $1 is", hint: "give the whole address by one action"},
		{pattern: regexp.MustCompile(`^(.*) in unquoted attr`), message: "$1 in an attribute without quotes", hint: "put quotes around the attribute's value"},
	}
})

var failureRules = sync.OnceValue(func() []rule {
	return []rule{
		{pattern: regexp.MustCompile(`^can't evaluate field (\w+) in type [*\[\]]*((?:\w+\.)?(\S+))$`), message: "there is no field “$1” in $3", near: nearField},
		{pattern: regexp.MustCompile(`^error calling t: no text “(.*)”$`), message: "there is no text for the key “$1”", near: nearText},
		{pattern: regexp.MustCompile(`^nil pointer evaluating \S+?\.(\w+)$`), message: "this is empty on the page, so it has no “$1”", hint: "put {{with …}} or {{if …}} around it"},
		{pattern: regexp.MustCompile(`^template "(.*)" not defined$`), message: "there is no template “$1”", near: nearTemplate},
		{pattern: regexp.MustCompile(`^no such template "(.*)"$`), message: "there is no template “$1”", near: nearTemplate},
		{pattern: regexp.MustCompile(`^range can't iterate over (.*)$`), message: "this is no list: $1"},
		{pattern: regexp.MustCompile(`^wrong number of args for (\w+): want (.*) got (\d+)$`), message: "the function “$1” takes $2 arguments, not $3"},
		{pattern: regexp.MustCompile(`^error calling (\w+): (.*)$`), message: "the function “$1” fails: $2"},
	}
})

// reword says what an error means to the author of a theme, and what to do.
func reword(rules []rule, message string, files map[string]*file, data any) (string, string) {
	for _, r := range rules {
		at := r.pattern.FindStringSubmatchIndex(message)
		if at == nil {
			continue
		}
		plain := string(r.pattern.ExpandString(nil, r.message, message, at))
		if r.near == nil {
			return plain, r.hint
		}
		m := r.pattern.FindStringSubmatch(message)
		return plain, r.near(m[1], files, m, data)
	}
	return message, ""
}

// nearFunction names the function that was probably meant.
func nearFunction(word string, _ map[string]*file, _ []string, _ any) string {
	names := []string{"and", "or", "not", "len", "index", "slice", "print", "printf", "eq", "ne", "lt", "le", "gt", "ge"}
	names = append(names, slices.Sorted(maps.Keys(functions(&words{})))...)
	if near := diag.Nearest(word, names); near != "" {
		return "did you mean “" + near + "”?"
	}
	return "themes may use Go's functions, t, date and last"
}

func nearTemplate(word string, files map[string]*file, _ []string, _ any) string {
	var names []string
	for p := range files {
		if strings.HasPrefix(p, partials) {
			names = append(names, strings.TrimPrefix(p, folder))
		}
	}
	return diag.DidYouMean(word, sorted(names))
}

func nearField(word string, _ map[string]*file, m []string, data any) string {
	return diag.DidYouMean(word, fieldsOf(reflect.TypeOf(data), m[2]))
}

// nearText names the nearest key of the English words, or where to add one.
func nearText(key string, files map[string]*file, _ []string, _ any) string {
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
