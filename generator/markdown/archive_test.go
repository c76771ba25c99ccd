package markdown

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// archive is a txtar file: a comment and named sections.
type archive struct {
	comment  string
	sections []section
}

type section struct{ name, data string }

func readArchive(t *testing.T, path string) *archive {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	a := &archive{}
	into := &a.comment
	for line := range strings.Lines(string(data)) {
		name, ok := strings.CutPrefix(strings.TrimSpace(line), "-- ")
		if name, end := strings.CutSuffix(name, " --"); ok && end {
			a.sections = append(a.sections, section{name: name})
			into = &a.sections[len(a.sections)-1].data
			continue
		}
		*into += line
	}
	return a
}

func (a *archive) write(t *testing.T, path string) {
	t.Helper()
	var b bytes.Buffer
	b.WriteString(a.comment)
	for _, s := range a.sections {
		b.WriteString("-- " + s.name + " --\n" + s.data)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
