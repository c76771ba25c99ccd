//go:build unix

package output

import (
	"os"
	"path/filepath"
	"testing"
)

// ground is the folder every row of the table starts in: a site with links to
// some of its parts.
func ground(t *testing.T) {
	t.Helper()
	inTemp(t)
	for _, dir := range []string{"site/playbooks/deep", "site/themes/house", "site/.git", "home/user", "full", "dotted", "far/playbooks"} {
		must(t, os.MkdirAll(dir, 0o755))
	}
	for _, file := range []string{"site/plumb.yaml", "full/thesis.odt", "dotted/.gitkeep", "dotted/.DS_Store", "file"} {
		write1(t, file, "theirs")
	}
	for name, target := range map[string]string{
		"to-content": "site/playbooks", "to-site": "site", "site/linked": "../far/playbooks", "to-root": "/",
	} {
		must(t, os.Symlink(target, name))
	}
	home, err := filepath.Abs("home/user")
	must(t, err)
	t.Setenv("HOME", home)
}

func TestRefusedOutputs(t *testing.T) {
	protected := []Protected{
		{"site/playbooks", "the content folder"},
		{"site/linked", "the second content folder"},
		{"site/themes/house", "the theme"},
		{"site/plumb.yaml", "the configuration file"},
		{"site/not-there", "the third content folder"},
		{"", "nothing"},
	}
	for _, row := range []struct{ dir, reason, hint string }{
		{"site/playbooks", "the output site/playbooks is the content folder", ownFolderHint},
		{"site/playbooks/deep", "the output site/playbooks/deep lies inside the content folder (site/playbooks)", ownFolderHint},
		{"site/playbooks/new/er", "the output site/playbooks/new/er lies inside the content folder (site/playbooks)", ownFolderHint},
		{"to-content", "the output to-content is the content folder", ownFolderHint},
		{"to-content/new", "the output to-content/new lies inside the content folder (site/playbooks)", ownFolderHint},
		{"far/playbooks", "the output far/playbooks is the second content folder", ownFolderHint},
		{"far", "the output far contains the second content folder (site/linked)", ownFolderHint},
		{"site/themes", "the output site/themes contains the theme (site/themes/house)", ownFolderHint},
		{"site/themes/house/public", "the output site/themes/house/public lies inside the theme (site/themes/house)", ownFolderHint},
		{"site/plumb.yaml", "the output site/plumb.yaml is a file", ownFolderHint},
		{"site/not-there", "the output site/not-there is the third content folder", ownFolderHint},
		{"site/not-there/in", "the output site/not-there/in lies inside the third content folder (site/not-there)", ownFolderHint},
		{"file", "the output file is a file", ownFolderHint},
		{"site", "the output site is the root of a repository", repositoryHint},
		{"to-site", "the output to-site is the root of a repository", repositoryHint},
		{"site/.git", "the output site/.git lies inside a repository's .git folder", ownFolderHint},
		{"to-site/.git/hooks", "the output to-site/.git/hooks lies inside a repository's .git folder", ownFolderHint},
		{".", "the output . contains the content folder (site/playbooks)", ownFolderHint},
		{"/", "the output / is the root of the file system", ownFolderHint},
		{"to-root", "the output to-root is the root of the file system", ownFolderHint},
		{"home/user", "the output home/user is the home directory", ownFolderHint},
		{"home", "the output home contains the home directory (HOME)", ownFolderHint},
		{"full", "the output full is not empty and Plumb did not write it (it holds thesis.odt)", "choose another folder, or empty this one first"},
	} {
		t.Run(row.dir, func(t *testing.T) {
			ground(t)
			before := snapshot(t, ".")
			_, err := Open(Options{Dir: row.dir, Protected: protected})
			if row.dir == "home" {
				row.reason = "the output home contains the home directory (" + os.Getenv("HOME") + ")"
			}
			wantRefused(t, err, row.reason, row.hint)
			untouched(t, before, snapshot(t, "."))
		})
	}
	for _, dir := range []string{"site/public", "dotted", "home/user/public", "new", "site/playbooks-public"} {
		t.Run("fine "+dir, func(t *testing.T) {
			ground(t)
			mustBuild(t, Options{Dir: dir, Protected: protected}, small)
		})
	}
}

// The order of the checks must not hide a repository above the working folder.
func TestOutputAboveTheRepositoryIsRefused(t *testing.T) {
	ground(t)
	must(t, os.MkdirAll("above/repo/.git", 0o755))
	must(t, os.MkdirAll("above/repo/inner", 0o755))
	above, err := filepath.EvalSymlinks("above")
	must(t, err)
	above, err = filepath.Abs(above)
	must(t, err)
	t.Chdir("above/repo/inner")
	_, err = Open(Options{Dir: "../.."})
	wantRefused(t, err, "the output ../.. contains a repository ("+filepath.Join(above, "repo")+")", ownFolderHint)
}

func TestAWorktreeIsARepository(t *testing.T) {
	ground(t)
	write1(t, "tree/.git", "gitdir: elsewhere")
	_, err := Open(Options{Dir: "tree"})
	wantRefused(t, err, "the output tree is the root of a repository", repositoryHint)
}

func TestOneAudienceAnOutput(t *testing.T) {
	inTemp(t)
	const hint = "give each audience an output of its own, or remove this one first"
	mustBuild(t, Options{Dir: "staff", Audience: "staff"}, small)
	mustBuild(t, Options{Dir: "plain"}, small)
	before := snapshot(t, ".")
	for _, row := range []struct{ dir, audience, reason string }{
		{"staff", "partners", `the output staff holds the site for the audience "staff", not the one for the audience "partners"`},
		{"staff", "", `the output staff holds the site for the audience "staff", not the one built without an audience`},
		{"plain", "staff", `the output plain holds the site built without an audience, not the one for the audience "staff"`},
	} {
		_, err := Open(Options{Dir: row.dir, Audience: row.audience})
		wantRefused(t, err, row.reason, hint)
	}
	untouched(t, before, snapshot(t, "."))
	mustBuild(t, Options{Dir: "staff", Audience: "staff"}, small)
}

func TestWhatStandsInTheWayIsRefused(t *testing.T) {
	const folderHint = "move it away, or rename the folder of the pages"
	for _, row := range []struct {
		name         string
		stand        func(t *testing.T)
		reason, hint string
	}{
		{"a file", func(t *testing.T) { write1(t, "public/new/page.html", "theirs") },
			"public/new/page.html was not written by Plumb and differs from the file to be written there", inTheWayHint},
		{"a folder", func(t *testing.T) { must(t, os.MkdirAll("public/new/page.html", 0o755)) },
			"public/new/page.html is a folder with something in it that Plumb did not write", inTheWayHint},
		{"a link", func(t *testing.T) {
			must(t, os.Mkdir("public/new", 0o755))
			must(t, os.Symlink("../about.html", "public/new/page.html"))
		}, "public/new/page.html is a symbolic link that Plumb did not make", inTheWayHint},
		{"a link to a folder outside", func(t *testing.T) {
			must(t, os.Mkdir("outside", 0o755))
			must(t, os.Symlink("../outside", "public/new"))
		}, "public/new is in the way of a folder: Plumb did not make it and follows no links", folderHint},
		{"a link to a folder inside", func(t *testing.T) { must(t, os.Symlink("playbooks", "public/new")) },
			"public/new is in the way of a folder: Plumb did not make it and follows no links", folderHint},
		{"a file for a folder", func(t *testing.T) { write1(t, "public/new", "theirs") },
			"public/new is in the way of a folder: Plumb did not make it and follows no links", folderHint},
		{"a folder for a page of ours", func(t *testing.T) {
			must(t, os.Remove("public/about.html"))
			must(t, os.Mkdir("public/about.html", 0o755))
		}, "public/about.html is a folder with something in it that Plumb did not write", inTheWayHint},
		{"our folder behind a link", func(t *testing.T) {
			must(t, os.Rename("public/playbooks", "elsewhere"))
			must(t, os.Symlink("../elsewhere", "public/playbooks"))
		}, "public/playbooks is in the way of a folder: Plumb did not make it and follows no links", folderHint},
	} {
		t.Run(row.name, func(t *testing.T) {
			dir := inTemp(t)
			o := Options{Dir: "public"}
			mustBuild(t, o, small)
			row.stand(t)
			before := snapshot(t, dir)
			_, err := build(o, small.with("new/page.html", "new").with("index.html", "changed"))
			wantRefused(t, err, row.reason, row.hint)
			untouched(t, before, snapshot(t, dir))
		})
	}
}

func TestBrokenRecordsAreRefused(t *testing.T) {
	const hint = "remove the output and build again"
	for _, row := range []struct{ name, file, data, reason string }{
		{"no JSON", "manifest.json", "{", "the output public has broken records: .plumb/manifest.json: unexpected end of JSON input"},
		{"another format", "manifest.json", `{"format":2}`, "the output public has broken records: .plumb/manifest.json: format 2 is not known to this version of Plumb"},
		{"a path outside", "manifest.json", `{"format":1,"files":[{"path":"../thesis.odt"}]}`,
			`the output public has broken records: .plumb/manifest.json: output: "../thesis.odt" is not a path of a file`},
		{"a folder outside", "manifest.json", `{"format":1,"folders":["/tmp"]}`,
			`the output public has broken records: .plumb/manifest.json: output: "/tmp" is not a path of a file`},
		{"a digest", "manifest.json", `{"format":1,"files":[{"path":"a","sha256":"00"}]}`,
			`the output public has broken records: .plumb/manifest.json: a SHA-256 has 64 hexadecimal digits, not 2`},
		{"a journal", "journal", `{"gone":[{"path":"a\\b"}]}`, `the output public has broken records: output: "a\\b" is not a path of a file`},
		{"a journal into .plumb", "journal", `{"writes":[{"path":".Plumb/manifest.json","staged":"1"}]}`,
			`the output public has broken records: output: ".Plumb/manifest.json" lies in the folder Plumb keeps for itself`},
		{"a journal that moves others' files", "journal", `{"writes":[{"path":"a","staged":"../manifest.json"}]}`,
			`the output public has broken records: output: "../manifest.json" is not the name of a staged file`},
	} {
		t.Run(row.name, func(t *testing.T) {
			inTemp(t)
			mustBuild(t, Options{Dir: "public"}, small)
			write1(t, "public/.plumb/"+row.file, row.data)
			before := snapshot(t, ".")
			_, err := Open(Options{Dir: "public"})
			wantRefused(t, err, row.reason, hint)
			untouched(t, before, snapshot(t, "."))
		})
	}
	inTemp(t)
	write1(t, "public/.plumb", "a file")
	_, err := Open(Options{Dir: "public"})
	wantRefused(t, err, "public/.plumb is not a folder", "remove it")
}
