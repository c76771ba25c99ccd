package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// adapt writes the texts of a site as one would write them for Hugo. What Plumb
// understands by itself stands in the front matter, where it costs Hugo least: the
// roles and the part of the line. Links lead to pages.
func adapt(from, to, theme string, n int) error {
	if err := os.CopyFS(to, os.DirFS(theme)); err != nil {
		return err
	}
	settings, err := os.ReadFile(filepath.Join(from, "plumb.yaml"))
	if err != nil {
		return err
	}
	a := &adapter{from: filepath.Join(from, "playbooks"), to: to, roles: map[string]string{}, segments: map[string]string{}, lists: n > 150}
	for _, write := range []func() error{func() error { return a.registers(string(settings)) }, a.letters, a.stretches} {
		if err := write(); err != nil {
			return err
		}
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
	segments map[string]string // front matter by ids
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
			a.segments[id] = fmt.Sprintf("title:%s\n", rest)
		case folder == "segments" && key == "criteria":
			a.segments[id] += fmt.Sprintf("criteria:%s\n", rest)
		}
	}
	for id, front := range a.segments {
		if err := a.write("content/segments/"+id+"/_index.md", "---\n"+front+"---\n"); err != nil {
			return err
		}
	}
	return nil
}

// letters writes the pages of the list from A to Z, which Hugo fills.
func (a *adapter) letters() error {
	for id := range strings.SplitSeq("a b c d e f g h i j k l m n o p q r s t u v w x y z kana han", " ") {
		title := strings.ToUpper(id)
		switch id {
		case "kana":
			title = "かな"
		case "han":
			title = "漢字"
		}
		if err := a.write("content/a-z/"+id+"/_index.md", fmt.Sprintf("---\ntitle: \"A to Z: %s\"\nlayout: letter\nletter: %s\n---\n", title, id)); err != nil {
			return err
		}
	}
	return nil
}

// stretches writes the pages of the parts of the line, where the site has them.
func (a *adapter) stretches() error {
	for from := 0; a.lists && from < 100; from += 5 {
		part := fmt.Sprintf("%d to %d", from, from+4)
		if from == 95 {
			part = "95 to 100"
		}
		if err := a.write(fmt.Sprintf("content/line/%d/_index.md", from), fmt.Sprintf("---\ntitle: \"%d\"\nweight: %d\nfrom: %d\nrange: %s\n---\n", from, from+1, from, part)); err != nil {
			return err
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
		return a.write("content/"+strings.TrimSuffix(name, ".md")+"/_index.md", page(src, "layout: register"))
	case base == "":
		return a.write("content/"+name, page(src))
	case folder == "roles":
		return a.write("content/roles/"+stem+"/_index.md", page(src))
	case folder == "segments":
		_, criteria, _ := strings.Cut(a.segments[stem], "\n")
		return a.write("content/segments/"+stem+"/_index.md", page(src, criteria))
	}
	return a.write("content/playbooks/"+name, a.playbook(src))
}

// page turns the heading of a page into its title, beside what else is known of it.
func page(src string, more ...string) string {
	title, text, _ := strings.Cut(strings.TrimPrefix(src, "# "), "\n")
	front := strings.Join(append([]string{"title: " + title}, more...), "\n")
	return fmt.Sprintf("---\n%s\n---\n%s", front, text)
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
	text = strings.NewReplacer("](../processes.md", "](../../processes/", ".md)", ".html)").Replace(text)
	line := ""
	if a.lists {
		at, _ := strconv.Atoi(position)
		line = fmt.Sprintf("line: \"%d\"\n", min(at/5*5, 95))
	}
	return fmt.Sprintf("---\n%s\n"+line+"weight: %s\nroles: [%s]\n---\n%s", front, "1"+strings.Repeat("0", max(0, 3-len(position)))+position, strings.Join(roles, ", "), text)
}

func (a *adapter) write(name, text string) error {
	at := filepath.Join(a.to, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		return err
	}
	return os.WriteFile(at, []byte(text), 0o644)
}
