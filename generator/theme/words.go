package theme

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"plumb/generator/diag"
	"plumb/generator/source"
)

// words are the texts of one language over those of English.
type words struct {
	lang  string
	tag   language.Tag
	texts map[string]string
}

// fallback is the language whose words every theme must have.
const fallback = "en"

// language merges the words of a language, of its parents (de for de-AT) and
// of English; within one language the first layer wins.
func (l *loader) language(lang string) *words {
	w := &words{lang: lang, tag: language.Make(lang), texts: map[string]string{}}
	english := l.read(fallback)
	found := false
	for tag := w.tag; tag != language.Und; tag = tag.Parent() {
		own := english
		if tag.String() != fallback {
			own = l.read(tag.String())
		}
		for key, v := range own {
			found = true
			l.check(v, english[key])
			w.add(key, v)
		}
	}
	for key, v := range english {
		w.add(key, v)
	}
	if !found && len(l.words) > 0 {
		l.list = append(l.list, l.untranslated(lang))
	}
	return w
}

func (l *loader) untranslated(lang string) diag.Diagnostic {
	first := l.words[0].Path
	at := first[:strings.LastIndex(first, "i18n/")] + "i18n/" + lang + ".yaml"
	at = strings.Replace(at, "built-in:", "themes/", 1) // where a site may put it
	return diag.New(diag.Note, diag.ThemeFile, diag.File(at), "the theme has no words for the language “"+lang+"”; its own words are in English",
		"write them into this file, “key: text” a line, after themes/default/i18n/en.yaml of Plumb's own sources")
}

func (w *words) add(key string, v wording) {
	if _, known := w.texts[key]; !known {
		w.texts[key] = v.text
	}
}

// wording is a text with the place it is written at.
type wording struct {
	text string
	at   diag.Place
}

// read returns the words of exactly one language.
func (l *loader) read(lang string) map[string]wording {
	out := map[string]wording{}
	for _, f := range l.words {
		if !strings.HasSuffix(f.Path, "i18n/"+lang+".yaml") {
			continue
		}
		root, list := source.YAML(f.File, source.Span{Start: 0, End: len(f.Data)})
		r := &source.Reader{File: f.File, List: list}
		r.Map(root, "words by their keys", "home: Home", func(field source.Field) {
			v := r.Text(field.Value)
			if _, known := out[field.Key]; !known {
				out[field.Key] = wording{v.Text, r.Place(field.Span)}
			}
		})
		for _, d := range r.List {
			d.Code = diag.ThemeFile
			l.list = append(l.list, d)
		}
	}
	return out
}

var placeholder = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`%(?:\[\d+\])?[ds]`) })

// placeholders returns a text's placeholders without their order.
func placeholders(s string) []string {
	list := placeholder().FindAllString(s, -1)
	for i, p := range list {
		list[i] = "%" + p[len(p)-1:]
	}
	return sorted(list)
}

// check compares a text's placeholders with those of the English one.
func (l *loader) check(v, english wording) {
	want := placeholders(english.text)
	if english.text == "" || slices.Equal(placeholders(v.text), want) {
		return
	}
	must := "it must have none"
	if len(want) > 0 {
		must = "it must have " + strings.Join(want, " and ")
	}
	l.fail(diag.ThemeFile, v.at, "the placeholders of this text are not those of the English one", must)
}

// text returns a text with its placeholders filled.
func (w *words) text(key string, args ...any) (string, error) {
	s, ok := w.texts[key]
	if !ok && len(args) > 0 {
		s, ok = w.plural(key, args[0])
	}
	if !ok {
		return "", fmt.Errorf("no text “%s”", key)
	}
	if len(args) == 0 {
		return s, nil
	}
	return fmt.Sprintf(s, args[:min(verbs(s), len(args))]...), nil
}

// verbs counts a text's placeholders, without an expression: pages ask for a great
// many texts.
func verbs(s string) (n int) {
	for {
		at := strings.IndexByte(s, '%')
		if at < 0 {
			return n
		}
		s = s[at+1:]
		if rest, indexed := strings.CutPrefix(s, "["); indexed {
			_, s, _ = strings.Cut(rest, "]")
		}
		if strings.HasPrefix(s, "d") || strings.HasPrefix(s, "s") {
			n++
		}
	}
}

// forms are the names of the forms of a plural.
var forms = [...]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}

// plural returns the form of a text that goes with a number; a language whose
// form the words do not have uses the form “other”.
func (w *words) plural(key string, count any) (string, bool) {
	n, isInt := count.(int)
	if !isInt {
		return "", false
	}
	form := plural.Cardinal.MatchPlural(w.tag, max(n, -n), 0, 0, 0, 0)
	if s, ok := w.texts[key+"."+forms[form]]; ok {
		return s, true
	}
	s, ok := w.texts[key+".other"]
	return s, ok
}

// date writes an ISO date out by the language's pattern: {d}, {month}, {m}
// and {y}.
func (w *words) date(iso string) string {
	day, err := time.Parse(time.DateOnly, iso)
	pattern := w.texts["date"]
	if err != nil || pattern == "" {
		return iso
	}
	m := strconv.Itoa(int(day.Month()))
	// Not by a Replacer: to make one takes longer than all of them.
	pattern = strings.ReplaceAll(pattern, "{d}", strconv.Itoa(day.Day()))
	pattern = strings.ReplaceAll(pattern, "{m}", m)
	pattern = strings.ReplaceAll(pattern, "{y}", strconv.Itoa(day.Year()))
	return strings.ReplaceAll(pattern, "{month}", w.texts["month."+m])
}

// timeElement is the template function date.
func (w *words) timeElement(iso string) template.HTML {
	shown := template.HTMLEscapeString(w.date(iso))
	if shown == iso {
		return template.HTML(shown)
	}
	return template.HTML(`<time datetime="` + template.HTMLEscapeString(iso) + `">` + shown + `</time>`)
}
