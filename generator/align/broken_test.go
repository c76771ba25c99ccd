package align_test

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"testing"

	"golang.org/x/tools/txtar"

	"plumb/generator/align"
	"plumb/generator/diag"
)

// brokenSite is where each structural rule has its one finding in the second
// sample site.
var brokenSite = map[diag.Code]string{
	"duplicate-playbook":         "playbooks/chemical-plants-north.md:2",
	"review-in-future":           "playbooks/water-utilities.md:6",
	"unknown-metric":             "playbooks/pump-parts-online.md:63",
	"role-on-both-sides":         "playbooks/site-pump-hire.md:34",
	"copied-across-the-line":     "playbooks/site-pump-hire.md:23",
	"kit-copied-across-the-line": "playbooks/pump-parts-online.md:55",
	"one-segment-two-answers":    "playbooks/farm-irrigation.md:4",
	"section-missing":            "playbooks/farm-irrigation.md:3",
	"role-without-tasks":         "playbooks/site-pump-hire.md:38",
	"process-not-called":         "playbooks/irrigation-contract.md:43",
	"metric-without-definition":  "playbooks/chemical-plants.md:47",
	"metric-defined-twice":       "playbooks/site-pump-hire.md:52",
	"initiative-without-value":   "playbooks/chemical-plants.md:54",
	"initiative-without-metric":  "playbooks/chemical-plants.md:55",
	"initiative-ended":           "playbooks/water-utilities.md:57",
	"owner-missing":              "playbooks/farm-irrigation.md:3",
	"review-missing":             "playbooks/irrigation-contract.md:3",
	"review-overdue":             "playbooks/chemical-plants.md:6",
	"basis-against-position":     "playbooks/site-pump-hire.md:16",
}

// TestBrokenSite builds the second sample site: every structural rule finds one
// fault, at its place, and nothing else is found.
func TestBrokenSite(t *testing.T) {
	report := checked(t, folder(t, "testdata/broken"))
	left := map[diag.Code]string{}
	for _, code := range align.StructuralCodes() {
		left[code] = brokenSite[code]
	}
	for _, d := range report.Diagnostics {
		at := fmt.Sprintf("%s:%d", d.Path, d.Line)
		if want, ok := left[d.Code]; !ok || at != want {
			t.Errorf("%s at %s, want it at %q, once", d.Code, at, want)
		}
		delete(left, d.Code)
	}
	for code := range left {
		t.Errorf("%s is not found", code)
	}
}

// folder returns the files of a folder as those of an archive.
func folder(t *testing.T, dir string) []txtar.File {
	t.Helper()
	var out []txtar.File
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, path)
		out = append(out, txtar.File{Name: path, Data: data})
		return err
	})
	if err != nil || !slices.ContainsFunc(out, func(f txtar.File) bool { return f.Name == "plumb.yaml" }) {
		t.Fatalf("%s is no site: %v", dir, err)
	}
	return out
}
