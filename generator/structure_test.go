package generator_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// goFiles returns the program's Go files without tests, relative to the
// repository's root.
func goFiles(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, dir := range []string{"cmd", "generator", "themes"} {
		err := filepath.WalkDir(filepath.Join("..", dir), func(p string, d fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(p, ".go") && !strings.HasSuffix(p, "_test.go") {
				out = append(out, p)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func parse(t *testing.T, file string) (*token.FileSet, *ast.File) {
	t.Helper()
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, file, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return set, f
}

var row = regexp.MustCompile("(?m)^\\| `([a-z/]+)` \\|(.*)\\|$")
var quoted = regexp.MustCompile("`([a-z/]+)`")

// TestImports compares the imports with the table in ARCHITECTURE.md.
func TestImports(t *testing.T) {
	page, err := os.ReadFile("../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	allowed := map[string][]string{}
	for _, m := range row.FindAllStringSubmatch(string(page), -1) {
		if strings.Contains(m[1], "/") || m[1] == "generator" || m[1] == "themes" {
			allowed[m[1]] = []string{}
			for _, q := range quoted.FindAllStringSubmatch(m[2], -1) {
				allowed[m[1]] = append(allowed[m[1]], q[1])
			}
		}
	}
	doors := map[string]string{
		"github.com/yuin/goldmark": "generator/markdown", "github.com/adrg/frontmatter": "generator/source",
		"github.com/goccy/go-yaml": "generator/source", "github.com/tdewolff/minify": "generator/theme", "github.com/fsnotify/fsnotify": "generator/watch",
		"golang.org/x/image":                  "generator/picture",
		"github.com/blevesearch/snowballstem": "generator/search",
	}
	seen := map[string]bool{}
	for _, file := range goFiles(t) {
		pkg := path.Dir(filepath.ToSlash(strings.TrimPrefix(file, ".."+string(filepath.Separator))))
		may, known := allowed[pkg]
		if !known {
			t.Errorf("%s stands in no table of ARCHITECTURE.md", pkg)
		}
		seen[pkg] = true
		_, f := parse(t, file)
		for _, spec := range f.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			if own, ok := strings.CutPrefix(name, "plumb/"); ok {
				if short := strings.TrimPrefix(own, "generator/"); !slices.Contains(may, short) {
					t.Errorf("%s imports %s, which the table does not allow", file, own)
				}
			}
			for lib, door := range doors {
				if strings.HasPrefix(name, lib) && pkg != door {
					t.Errorf("%s imports %s; the only door is %s", file, name, door)
				}
			}
		}
	}
	for _, pkg := range slices.Sorted(maps.Keys(allowed)) {
		if !seen[pkg] {
			t.Errorf("ARCHITECTURE.md lists %s, which does not exist", pkg)
		}
	}
}

// TestHouseRules holds the code to the sizes that keep it readable.
func TestHouseRules(t *testing.T) {
	var lengths []int
	for _, file := range goFiles(t) {
		set, f := parse(t, file)
		if n := set.Position(f.FileEnd).Line; n > 600 {
			t.Errorf("%s has %d lines; 600 are the most", file, n)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			if fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init function", file)
			}
			n := set.Position(fn.End()).Line - set.Position(fn.Pos()).Line + 1
			if lengths = append(lengths, n); n > 90 {
				t.Errorf("%s: %s has %d lines; 90 are the most", file, fn.Name.Name, n)
			}
			if fn.Name.IsExported() && fn.Doc == nil && !isMarker(fn) {
				t.Errorf("%s: %s has no comment", file, fn.Name.Name)
			}
		}
	}
	slices.Sort(lengths)
	if median := lengths[len(lengths)/2]; median > 12 {
		t.Errorf("the median function has %d lines; 12 are the most", median)
	}
}

// isMarker reports whether a method needs no comment: it only says what its
// type is, or its type is not exported.
func isMarker(fn *ast.FuncDecl) bool {
	if fn.Recv == nil {
		return false
	}
	typ := fn.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	name, ok := typ.(*ast.Ident)
	return len(fn.Body.List) <= 1 || ok && !name.IsExported()
}
