package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// adapt writes the texts of a site as one would write them for Hugo. What Plumb
// understands by itself stands in the front matter, where it costs Hugo least: the
// roles, the letter of the list from A to Z, the part of the line. Links lead to pages.
func adapt(from, to, theme string, n int) error {
	if err := os.CopyFS(to, os.DirFS(theme)); err != nil {
		return err
	}
	settings, err := os.ReadFile(filepath.Join(from, "plumb.yaml"))
	if err != nil {
		return err
	}
	a := &adapter{from: filepath.Join(from, "playbooks"), to: to, roles: map[string]string{}, lists: n > 150}
	if err := a.registers(string(settings)); err != nil {
		return err
	}
	return filepath.WalkDir(a.from, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(a.from, path)
		if err != nil {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return a.file(filepath.ToSlash(name), string(src))
	})
}

type adapter struct {
	from, to string
	roles    map[string]string // ids by titles
	lists    bool              // the home page leads to lists, since it cannot hold all playbooks
}

// registers writes the page of every segment and role, until its prose comes.
func (a *adapter) registers(settings string) error {
	folder, id := "", ""
	for line := range strings.Lines(settings) {
		line = strings.TrimRight(line, "\n")
		key, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
		switch indent := len(line) - len(strings.TrimLeft(line, " ")); {
		case indent == 0:
			folder = key
		case folder == "roles":
			title, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(rest), "{title: "), ",")
			title = strings.TrimSuffix(title, "}")
			a.roles[title] = key
			if err := a.write("content/roles/"+key+"/_index.md", fmt.Sprintf("---\ntitle: %s\n---\n", title)); err != nil {
				return err
			}
		case folder == "segments" && indent == 2:
			id = key
		case folder == "segments" && key == "title":
			if err := a.write("content/segments/"+id+"/_index.md", fmt.Sprintf("---\ntitle:%s\n---\n", rest)); err != nil {
				return err
			}
		}
	}
	return nil
}

// file writes one file of the content folder where Hugo has its like.
func (a *adapter) file(name, src string) error {
	folder, base, _ := strings.Cut(name, "/")
	stem := strings.TrimSuffix(base, ".md")
	switch {
	case !strings.HasSuffix(name, ".md"):
		return a.write("static/playbooks/"+name, src)
	case name == "index.md":
		return a.write("content/_index.md", page(src))
	case name == "processes.md", name == "metrics.md":
		return a.write("content/"+strings.TrimSuffix(name, ".md")+"/_index.md", page(src))
	case base == "":
		return a.write("content/"+name, page(src))
	case folder == "roles", folder == "segments":
		return a.write("content/"+folder+"/"+stem+"/_index.md", page(src))
	}
	return a.write("content/playbooks/"+name, a.playbook(src))
}

// page turns the heading of a page into its title.
func page(src string) string {
	title, text, _ := strings.Cut(strings.TrimPrefix(src, "# "), "\n")
	return fmt.Sprintf("---\ntitle: %s\n---\n%s", title, text)
}

// playbook adds to the front matter of a playbook.
func (a *adapter) playbook(src string) string {
	front, text, _ := strings.Cut(strings.TrimPrefix(src, "---\n"), "\n---\n")
	var roles []string
	for line := range strings.Lines(text) {
		title, found := strings.CutPrefix(strings.TrimSpace(line), "### ")
		if id := a.roles[title]; found && id != "" && !slices.Contains(roles, id) {
			roles = append(roles, id)
		}
	}
	_, position, _ := strings.Cut(front, "\nposition: ")
	position, _, _ = strings.Cut(position, "\n")
	front = strings.Replace(front, "\nsegment: ", "\nsegments: ", 1)
	front = strings.Replace(front, "\nlang: ", "\nlanguage: ", 1)
	text = strings.NewReplacer("](../processes.md", "](../../processes.html", ".md)", ".html)").Replace(text)
	line := ""
	if a.lists {
		at, _ := strconv.Atoi(position)
		line = fmt.Sprintf("line: at-%d\n", at/5*5)
	}
	return fmt.Sprintf("---\n%s\n"+line+"weight: %s\nroles: [%s]\nletters: %s\n---\n%s", front, "1"+strings.Repeat("0", max(0, 3-len(position)))+position, strings.Join(roles, ", "), letter(front), text)
}

// letter is where the list from A to Z has a playbook.
func letter(front string) string {
	title := strings.TrimPrefix(front, "title: ")
	if r := unicode.ToLower([]rune(title)[0]); r >= 'a' && r <= 'z' {
		return string(r)
	}
	return "other"
}

func (a *adapter) write(name, text string) error {
	at := filepath.Join(a.to, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		return err
	}
	return os.WriteFile(at, []byte(text), 0o644)
}
