package themes_test

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"plumb/generator/source"
	"plumb/themes"
)

func languages(t *testing.T) []string {
	names, err := fs.Glob(themes.FS(), "default/i18n/*.yaml")
	if err != nil || len(names) < 6 {
		t.Fatal(names, err)
	}
	return names
}

func words(t *testing.T, name string) map[string]string {
	data, err := fs.ReadFile(themes.FS(), name)
	if err != nil {
		t.Fatal(err)
	}
	f, _ := source.Decode(name, data)
	root, list := source.YAML(f, source.Span{End: len(f.Data)})
	if len(list) > 0 {
		t.Fatal(list)
	}
	out := map[string]string{}
	for _, field := range root.Fields {
		out[field.Key] = field.Value.Value
	}
	return out
}

// TestLanguagesAreComplete compares every language's keys with English's; the
// placeholders are compared when a theme is loaded.
func TestLanguagesAreComplete(t *testing.T) {
	english := words(t, "default/i18n/en.yaml")
	for _, name := range languages(t) {
		own := words(t, name)
		for key := range english {
			if strings.TrimSpace(own[key]) == "" {
				t.Errorf("%s has no text “%s”", name, key)
			}
		}
		for key := range own {
			if english[key] == "" {
				t.Errorf("%s has the text “%s”, English has not", name, key)
			}
		}
		load(t, strings.TrimSuffix(name[strings.LastIndexByte(name, '/')+1:], ".yaml"))
	}
}

var called = regexp.MustCompile(`\{\{-?\s*(?:if |with )?t "([^"]+)"`)

// TestTemplatesKnowTheirWords finds the keys that the templates use.
func TestTemplatesKnowTheirWords(t *testing.T) {
	english := words(t, "default/i18n/en.yaml")
	known := slices.Collect(maps.Keys(english))
	err := fs.WalkDir(themes.FS(), "default/layouts", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(themes.FS(), p)
		for _, m := range called.FindAllStringSubmatch(string(data), -1) {
			if !slices.Contains(known, m[1]) && !slices.Contains(known, m[1]+".other") {
				t.Errorf("%s uses the text “%s”", p, m[1])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
