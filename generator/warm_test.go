package generator_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"plumb/generator"
	"plumb/generator/diag"
	"plumb/generator/output"
	"plumb/themes"
)

// TestWarmIsCold edits random sites at random: after each edit the build of a
// Builder that knows all builds before gives the same files and the same
// messages as a build that knows nothing.
func TestWarmIsCold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &edited{t: t, files: fstest.MapFS{}, versions: map[string]uint64{}}
		m.options = generator.Options{Root: m, Themes: dump(), AsOf: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Drafts: rapid.Bool().Draw(t, "drafts"), Desk: rapid.IntRange(0, 3).Draw(t, "desk") == 3}
		m.warm = generator.NewBuilder(m.options)
		for range rapid.IntRange(2, 6).Draw(t, "playbooks") {
			m.create(t)
		}
		if rapid.IntRange(0, 24).Draw(t, "large") == 24 {
			m.fill()
		}
		m.Check(t)
		t.Repeat(rapid.StateMachineActions(m))
	})
}

// fill makes so many playbooks that every list goes on on further pages, the
// home page has bins instead of dots, and each letter pages of its own.
func (m *edited) fill() {
	for i := range 155 {
		m.write(fmt.Sprintf("playbooks/many/p%03d.md", i), fmt.Sprintf("---\nposition: %d\nsegment: clinics\n---\n## Buyers\n\n- **Buyer %[1]d**\n\n## Selling tasks\n\n### Account manager\n\n- Call\n- Ask %[2]d\n- Bring %[2]d\n\n## Support processes\n\n- **Loan pool**\n\n## Metrics\n\n- **Calls** Role: account manager\n", i%60, i))
	}
}

// dump is a theme that shows everything that it is given, so that a page's
// bytes are its whole view.
func dump() fs.FS {
	files := fstest.MapFS{
		"default/layouts/base.html":   {Data: []byte(`<!doctype html><html lang="en"><head><title>{{.Title}}</title></head><body><script type="application/json">{{.}}</script></body></html>`)},
		"default/i18n/en.yaml":        {Data: []byte("date: \"{d} {month} {y}\"\n")},
		"default/assets/plumb.css":    {Data: []byte("p { color: red }\n")},
		"default/scripts/worker/w.js": {Data: []byte("addEventListener('fetch', () => plumb)\n")},
	}
	for _, layout := range strings.Fields("home 404 offline playbook page role roles segment segments line processes metrics assets compare search desk") {
		files["default/layouts/"+layout+".html"] = &fstest.MapFile{Data: []byte(`{{define "nothing"}}{{end}}`)}
	}
	return files
}

// edited is a site under random edits. It is the file system that the builder
// reads.
type edited struct {
	t        *rapid.T
	files    fstest.MapFS
	versions map[string]uint64
	last     uint64
	options  generator.Options
	warm     *generator.Builder
}

func (m *edited) Open(name string) (fs.File, error) { return m.files.Open(name) }

func (m *edited) Version(name string) uint64 { return m.versions[name] }

func (m *edited) write(name, text string) {
	if f := m.files[name]; f != nil && string(f.Data) == text {
		return
	}
	m.last++
	m.files[name], m.versions[name] = &fstest.MapFile{Data: []byte(text)}, m.last
}

func (m *edited) remove(name string) {
	delete(m.files, name)
	delete(m.versions, name)
}

// Check compares a warm build with a cold one.
func (m *edited) Check(t *rapid.T) {
	var cold, warm output.Tree
	want, wantErr := generator.Build(context.Background(), m.options, &cold)
	m.warm.Options = m.options
	var early []output.File
	m.warm.Early = func(pages []output.File) { early = append(early, pages...) }
	got, err := m.warm.Build(context.Background(), &warm)
	if err != nil || wantErr != nil {
		if !errors.Is(err, generator.ErrNoContent) || !errors.Is(wantErr, generator.ErrNoContent) {
			t.Fatal(wantErr, err)
		}
		return
	}
	if diff := cold.Diff(&warm); len(diff) > 0 {
		p := diff[0][2:]
		a, _ := cold.Get(p)
		b, _ := warm.Get(p)
		t.Fatalf("%v\ncold: %s\nwarm: %s", diff, a.Data, b.Data)
	}
	if !reflect.DeepEqual(want.Diagnostics, got.Diagnostics) {
		t.Fatalf("cold: %v\nwarm: %v", want.Diagnostics, got.Diagnostics)
	}
	for _, f := range early {
		if in, ok := warm.Get(f.Path); !ok || in.Sum != f.Sum {
			t.Fatalf("%s was early and is another in the end", f.Path)
		}
	}
	if want.Pages != got.Pages || want.Files != got.Files || got.Made > got.Pages {
		t.Fatal(want, got)
	}
}

// texts returns the paths of the content's texts in order.
func (m *edited) texts() (out []string) {
	for _, p := range slices.Sorted(maps.Keys(m.files)) {
		if strings.HasSuffix(p, ".md") {
			out = append(out, p)
		}
	}
	return out
}

func (m *edited) pick(t *rapid.T) string {
	if len(m.texts()) == 0 {
		m.create(t)
	}
	list := m.texts()
	return rapid.SampledFrom(list).Draw(t, "file")
}

var folders = []string{"playbooks", "playbooks/north", "playbooks/north/deep", "playbooks/South"}
var stems = []string{"alpha", "beta", "gamma", "Alpha"}

func (m *edited) create(t *rapid.T) {
	name := path.Join(rapid.SampledFrom(folders).Draw(t, "folder"), rapid.SampledFrom(stems).Draw(t, "stem")+".md")
	m.write(name, playbookText(t))
}

// Create makes or replaces a playbook.
func (m *edited) Create(t *rapid.T) { m.create(t) }

// House makes or replaces a page with a meaning of its own.
func (m *edited) House(t *rapid.T) {
	name := rapid.SampledFrom([]string{"index", "processes", "metrics", "about", "roles/account-manager", "roles/sales-engineer", "segments/hospitals", "north/notes"}).Draw(t, "page")
	m.write("playbooks/"+name+".md", rapid.SampledFrom(houseTexts).Draw(t, "text")+sentence(t))
}

// Line changes one line of a text: the smallest edit there is.
func (m *edited) Line(t *rapid.T) {
	name := m.pick(t)
	lines := strings.Split(string(m.files[name].Data), "\n")
	i := rapid.IntRange(0, len(lines)-1).Draw(t, "line")
	switch rapid.IntRange(0, 3).Draw(t, "edit") {
	case 0:
		lines[i] += " " + sentence(t)
	case 1:
		lines = slices.Delete(lines, i, i+1)
	case 2:
		lines = slices.Insert(lines, i, rapid.SampledFrom(section).Draw(t, "piece"))
	case 3:
		lines[i] = rapid.SampledFrom(front).Draw(t, "front")
	}
	m.write(name, strings.Join(lines, "\n"))
}

// Tag changes one key of a playbook's front matter.
func (m *edited) Tag(t *rapid.T) {
	name := m.pick(t)
	lines := strings.Split(string(m.files[name].Data), "\n")
	for i, line := range lines {
		switch {
		case strings.HasPrefix(line, "position: ") && rapid.Bool().Draw(t, "this"):
			lines[i] = fmt.Sprintf("position: %d", rapid.IntRange(0, 100).Draw(t, "position"))
		case strings.HasPrefix(line, "segment: ") && rapid.Bool().Draw(t, "this"):
			lines[i] = "segment: " + rapid.SampledFrom([]string{"hospitals", "clinics", "[clinics, hospitals]"}).Draw(t, "segment")
		}
	}
	m.write(name, strings.Join(lines, "\n"))
}

// Kind makes a playbook an ordinary page, which has another address, and an
// ordinary page a playbook.
func (m *edited) Kind(t *rapid.T) {
	name := m.pick(t)
	text := string(m.files[name].Data)
	if rest, ok := strings.CutPrefix(text, "---\nposition: "); ok {
		_, rest, _ = strings.Cut(rest, "\n")
		_, rest, _ = strings.Cut(rest, "\n")
		m.write(name, "---\n"+rest)
	} else if rest, ok := strings.CutPrefix(text, "---\n"); ok {
		m.write(name, "---\nposition: 50\nsegment: clinics\n"+rest)
	}
}

// Section replaces a playbook's text but for its front matter.
func (m *edited) Section(t *rapid.T) {
	name := m.pick(t)
	if head, _, ok := strings.Cut(string(m.files[name].Data), "\n---\n"); ok {
		m.write(name, head+"\n---\n"+bodyText(t))
	}
}

// Break makes a file one that cannot be read.
func (m *edited) Break(t *rapid.T) {
	m.write(m.pick(t), rapid.SampledFrom([]string{"---\ntitle: [\n---\n", "---\nposition: 20\n---\n", "\xff\xfe", "", "---\ntitle: open\n", "---\npositon: 20\nsegment: hospitals\n---\n# X\n"}).Draw(t, "fault"))
}

// Delete removes a file.
func (m *edited) Delete(t *rapid.T) { m.remove(m.pick(t)) }

// Rename moves a file, perhaps to a name that differs by case only.
func (m *edited) Rename(t *rapid.T) {
	from := m.pick(t)
	to := path.Join(rapid.SampledFrom(folders).Draw(t, "folder"), rapid.SampledFrom(stems).Draw(t, "stem")+".md")
	text := string(m.files[from].Data)
	m.remove(from)
	m.write(to, text)
}

// RenameFolder moves all files of a folder.
func (m *edited) RenameFolder(t *rapid.T) {
	from := rapid.SampledFrom(folders[1:]).Draw(t, "from")
	to := rapid.SampledFrom([]string{"playbooks/moved", "playbooks/north", "playbooks/NORTH"}).Draw(t, "to")
	for _, p := range slices.Sorted(maps.Keys(m.files)) {
		if rest, ok := strings.CutPrefix(p, from+"/"); ok && from != to {
			text := string(m.files[p].Data)
			m.remove(p)
			m.write(to+"/"+rest, text)
		}
	}
}

// Touch changes nothing but what a file system knows of a file.
func (m *edited) Touch(t *rapid.T) {
	f := m.files[m.pick(t)]
	f.ModTime = f.ModTime.Add(time.Second)
}

// Asset makes, changes or removes an asset.
func (m *edited) Asset(t *rapid.T) {
	name := rapid.SampledFrom([]string{"playbooks/sheet.pdf", "playbooks/north/picture.png", "logo.svg"}).Draw(t, "asset")
	if rapid.IntRange(0, 3).Draw(t, "what") == 0 {
		m.remove(name)
		return
	}
	m.write(name, rapid.SampledFrom([]string{`<svg width="20" height="10"/>`, `<svg width="30" height="10"/>`, `<svg viewBox="0 0 30 20"/>`, "<svg/>", "No picture."}).Draw(t, "content"))
}

// Config changes plumb.yaml or takes it away.
func (m *edited) Config(t *rapid.T) {
	text := rapid.SampledFrom(configs).Draw(t, "plumb.yaml")
	if text == "" {
		m.remove("plumb.yaml")
		return
	}
	m.write("plumb.yaml", text)
}

// Theme changes a file of the theme, or takes it away.
func (m *edited) Theme(t *rapid.T) {
	name := rapid.SampledFrom([]string{"themes/default/layouts/role.html", "themes/default/layouts/base.html", "themes/default/i18n/en.yaml", "themes/default/assets/plumb.css", "themes/acme/layouts/page.html"}).Draw(t, "file")
	text := rapid.SampledFrom([]string{"", "<p>{{.Title}}</p>", "{{.Nothing}}", "{{if}}", "home: Home again\n", "p { color: green }", ":root { --paper: #000; --more: #0aa }"}).Draw(t, "text")
	if text == "" {
		m.remove(name)
		return
	}
	m.write(name, text)
}

// Drafts switches between a build with drafts and one without; Day goes to
// another day.
func (m *edited) Drafts(*rapid.T) { m.options.Drafts = !m.options.Drafts }

// Day builds for another day.
func (m *edited) Day(t *rapid.T) {
	m.options.AsOf = time.Date(2026, time.Month(rapid.IntRange(1, 12).Draw(t, "month")), 1, 0, 0, 0, 0, time.UTC)
}

func sentence(t *rapid.T) string {
	return rapid.SampledFrom([]string{
		"Plain words.", "More *words* here.", "See [the pool](processes.md#loan-pool).", "See [beta](beta.md).", "See [alpha](../alpha.md#ask).",
		"[Sheet](sheet.pdf)", "![Picture](north/picture.png)", "A [broken](nowhere.md) link.", "A note.[^1]\n\n[^1]: Below.", "Say [it](https://example.com/?a=1).", "[Role](roles/account-manager.md)",
	}).Draw(t, "sentence")
}

func playbookText(t *rapid.T) string {
	head := fmt.Sprintf("---\nposition: %d\nsegment: %s\n", rapid.IntRange(0, 10).Draw(t, "position")*10, rapid.SampledFrom([]string{"hospitals", "clinics", "[clinics, hospitals]"}).Draw(t, "segment"))
	for _, line := range rapid.SliceOfNDistinct(rapid.SampledFrom(front), 0, 3, func(s string) string { k, _, _ := strings.Cut(s, ":"); return k }).Draw(t, "front") {
		head += line + "\n"
	}
	return head + "---\n" + bodyText(t)
}

func bodyText(t *rapid.T) string {
	pieces := rapid.SliceOfN(rapid.SampledFrom(section), 1, 5).Draw(t, "sections")
	return "# " + rapid.SampledFrom([]string{"Uptime", "Cost", "Risk"}).Draw(t, "title") + "\n\n" + sentence(t) + "\n\n" + strings.Join(pieces, "\n\n") + "\n\n" + sentence(t) + "\n"
}

var front = []string{
	"title: Named", "title: Another", "status: draft", "status: retired", "lang: de", "illustrative: true", "reviewed: 2026-03-02", "reviewed: 2026-05-06", "changed: 2026-05-06",
	"review_every: 6 months", "owner: Dana", "aliases: [/old/one.html]", "aliases: [/old/two.html]", "publish_from: 2026-06-01", "expires: 2026-09-01", "extra: {a: b}", "position_reason: So it is.",
}

var section = []string{
	"## Value proposition\n\nFor hospitals that never stop.\n\nProof: [sheet](sheet.pdf)",
	"## Buyers\n\n| Buyer | Buys on |\n|---|---|\n| Head of [care](beta.md) | uptime |\n| Buyer | price |",
	"## Buyers\n\n### Head nurse\n\nListen for: noise",
	"## Selling tasks\n\n### Account manager\n\n- Ask for the list {#ask}\n- Offer the [pool](processes.md#loan-pool)\n\n### Discovery\n\n- Everyone asks",
	"## Selling tasks\n\n### Before the call\n\n#### Sales engineer\n\n1. Read the [sheet](sheet.pdf)\n   - twice\n2. Call\n\n#### Account manager\n\n1. Write",
	"## Selling tasks\n\n- Nobody's in particular\n- Another with ![a picture](north/picture.png)",
	"## Objections\n\n- **Too dear**: It lasts. See [metrics](metrics.md#uptime).",
	"## Support processes\n\n### Loan pool\n\nOwner: service\nAnswer within: 4 hours\n\n### Night desk\n\nSee [beta](beta.md).",
	"## Metrics\n\n| Metric | Role | Target |\n|---|---|---|\n| Uptime | Account manager | 99 |\n| Visits | Sales engineer | 4 |",
	"## Metrics\n\n- **Uptime**: leading (financial)\n- **Calls** Owner: account manager",
	"## Assets\n\n- [Sheet](sheet.pdf) (customer)\n- [Other sheet](sheet.pdf) us only",
	"## History\n\nSome words that are in no section, and a [link](#history).",
	"### Account manager\n\n- One more task",
}

var houseTexts = []string{
	"# About\n\nWords.\n\n", "# Processes\n\n## Loan pool\n\nOwner: service\n\n## Night desk {#night}\n\nWhat it does: answers\n\n", "---\ntitle: The house\nlang: fr\n---\n\n## Uptime\n\nTarget: 99\n\n",
	"- **Loan pool**: for a week\n- **Uptime**: always\n\n", "---\nstatus: draft\n---\n# Draft\n\n", "",
}

var configs = []string{
	"", "title: A site\n", "title: B site\nbase_url: https://example.com/x/\n", "language: de\n",
	"segments:\n  hospitals: {title: Hospitals}\n  clinics: {title: Clinics, criteria: [price]}\n",
	"roles:\n  account-manager: {title: Account manager, aliases: [AM]}\n  sales-engineer: {}\nstance: {more: Not cheap.}\n",
	"roles:\n  account-manager: {title: Key account manager, aliases: [Account manager], team: North}\n  sales-engineer: {title: Sales engineer, shared: true}\n",
	"theme: {name: acme}\n", "theme:\n  logo: logo.svg\n", "theme:\n  accent: gold\n  less: teal\n", "theme:\n  logo: logo.svg\n  more: \"#a50\"\n", "titel: X\n", "segments: [\n", "review_every: 3 months\n",
}

// TestOneEdit counts the pages that are made after an edit of the sample: those
// that the edit changed, and no others.
func TestOneEdit(t *testing.T) {
	site := sampleSite(t)
	b := generator.NewBuilder(generator.Options{Root: site, Themes: themes.FS(), AsOf: sampleDay})
	var early []string
	b.Early = func(pages []output.File) {
		for _, f := range pages {
			early = append(early, f.Path)
		}
	}
	before := &output.Tree{}
	build := func() (made, changed int) {
		t.Helper()
		after := &output.Tree{}
		report, err := b.Build(context.Background(), after)
		if err != nil || diag.HasErrors(report.Diagnostics) {
			t.Fatal(err, report.Diagnostics)
		}
		for _, line := range before.Diff(after) {
			if strings.HasSuffix(line, ".html") && !strings.HasPrefix(line, "- ") {
				changed++
			}
		}
		before = after
		return report.Made, changed
	}
	if made, changed := build(); made != changed || made == 0 {
		t.Fatalf("%d pages made at first, not %d", made, changed)
	}
	if made, _ := build(); made != 0 {
		t.Fatalf("%d pages made without an edit", made)
	}
	for _, e := range []struct {
		what, old, new string
		least, most    int
	}{
		{"prose", "Read their log together.", "Read their log in one room.", 7, 7},
		{"a line above everything", "\n# Hospital uptime\n", "\n# Hospital uptime\n\nA line more.\n", 7, 7},
		{"a link in prose", "A line more.", "A [line](starter-kits.md) more.", 7, 7},
		{"a task", "Walk a night shift", "Walk two night shifts", 15, 15},
		{"a process", "A locked cabinet", "A sealed cabinet", 8, 8},
		{"a buyer", "who touched it", "who used it", 7, 7},
		{"a metric", "surveys in the quarter", "surveys in the month", 8, 8},
		{"the owner", "owner: Ines Marlow", "owner: Ina Marlow", 1, 1},
		{"the title", "title: Hospital uptime", "title: Uptime of hospitals", 8, 30},
		{"the position", "position: 92", "position: 12", 8, 30},
	} {
		early = nil
		site.replace(t, "playbooks/northline/hospital-uptime.md", e.old, e.new)
		if made, changed := build(); made != changed || made < e.least || made > e.most {
			t.Errorf("%s: %d pages made, %d changed, %d to %d expected", e.what, made, changed, e.least, e.most)
		}
		if !slices.Equal(early, []string{"playbooks/northline/hospital-uptime.html"}) {
			t.Errorf("%s: %v came early", e.what, early)
		}
	}
}

// sampleSite is the sample of this repository, for edits in memory.
func sampleSite(t *testing.T) *edited {
	m := &edited{files: fstest.MapFS{}, versions: map[string]uint64{}}
	root := os.DirFS("..")
	for _, from := range []string{"playbooks", "plumb.yaml"} {
		err := fs.WalkDir(root, from, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(root, p)
			m.write(p, string(data))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return m
}

func (m *edited) replace(t *testing.T, path, old, new string) {
	t.Helper()
	text := string(m.files[path].Data)
	if strings.Count(text, old) != 1 {
		t.Fatalf("%s holds %q %d times", path, old, strings.Count(text, old))
	}
	m.write(path, strings.Replace(text, old, new, 1))
}

// TestOneAddress builds two files that would be one page: an error says so, and
// the build goes on.
func TestOneAddress(t *testing.T) {
	site := fstest.MapFS{"playbooks/a.md": {Data: []byte("# A\n")}, "playbooks/A.md": {Data: []byte("# A\n")}, "playbooks/b.md": {Data: []byte("# B\n")}}
	tree := &output.Tree{}
	report, err := generator.Build(context.Background(), generator.Options{Root: site, Themes: themes.FS()}, tree)
	if err != nil || diag.Count(report.Diagnostics, diag.Error) != 1 {
		t.Fatal(err, report)
	}
	if _, ok := tree.Get("b.html"); !ok {
		t.Fatal(tree.Paths())
	}
}
