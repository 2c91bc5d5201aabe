package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Sizes that a person can still take in: lines of a file, lines and files of a room.
const (
	maxFileLines = 300
	maxRoomLines = 4000
	maxRoomFiles = 30
)

// TestRoomSizes holds the sizes of files and rooms. A room that is larger stands in the
// table of sizes in ARCHITECTURE.md with the reason, and no other room does.
func TestRoomSizes(t *testing.T) {
	excused := map[string]bool{}
	for _, row := range table(t, "sizes") {
		excused[row[0][0]] = true
	}
	for room := range packages(t) {
		files, err := filepath.Glob(filepath.Join("../..", room, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		files = slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, "_test.go") })
		lines := 0
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			n := bytes.Count(text, []byte("\n"))
			lines += n
			if n > maxFileLines {
				t.Errorf("%s has %d lines; split it", file, n)
			}
		}
		large := lines > maxRoomLines || len(files) > maxRoomFiles
		if large && !excused[room] {
			t.Errorf("%s has %d lines in %d files: split it, or give the reason in the table of sizes in ARCHITECTURE.md", room, lines, len(files))
		}
		if !large && excused[room] {
			t.Errorf("%s has %d lines in %d files and needs no excuse in the table of sizes", room, lines, len(files))
		}
	}
}

// maxMedianCheck is how many lines of code the file of half of all checks has at most: a check is short, and what several ask
// is a view or a fact.
const maxMedianCheck = 80

// TestCheckSizes holds that most checks are short, and names the longest. Code is what is neither blank nor a comment.
func TestCheckSizes(t *testing.T) {
	files, err := filepath.Glob("../../checks/*/mesh[0-9]*.go")
	if err != nil {
		t.Fatal(err)
	}
	type size struct {
		lines int
		file  string
	}
	var sizes []size
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
				n++
			}
		}
		sizes = append(sizes, size{n, filepath.Base(file)})
	}
	slices.SortFunc(sizes, func(a, b size) int { return a.lines - b.lines })
	if len(sizes) < 140 {
		t.Fatalf("only %d checks", len(sizes))
	}
	median, longest := sizes[len(sizes)/2], sizes[len(sizes)-5:]
	if median.lines > maxMedianCheck {
		t.Errorf("half of the checks have more than %d lines of code (%s has %d)", maxMedianCheck, median.file, median.lines)
	}
	t.Logf("%d checks; the median has %d lines of code; the longest: %v", len(sizes), median.lines, longest)
}

// TestDecisions holds the table "Where is it decided" of ARCHITECTURE.md: each sentence
// names a file and what is declared there.
func TestDecisions(t *testing.T) {
	rows := table(t, "decisions")
	if len(rows) < 10 {
		t.Fatalf("the table of decisions has %d rows", len(rows))
	}
	for _, row := range rows {
		file, names := row[1][0], row[1][1:]
		declared := declarations(t, filepath.Join("../..", file))
		if len(names) == 0 {
			t.Errorf("the row of %s names nothing in it", file)
		}
		for _, name := range names {
			if !slices.Contains(declared, name) {
				t.Errorf("%s does not declare %s", file, name)
			}
		}
	}
}

// declarations returns the names that a file declares at its top, methods as Type.Method.
func declarations(t *testing.T, file string) []string {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range tree.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			names = append(names, receiver(d)+d.Name.Name)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					names = append(names, spec.Name.Name)
				case *ast.ValueSpec:
					for _, n := range spec.Names {
						names = append(names, n.Name)
					}
				}
			}
		}
	}
	return names
}

// receiver returns the type of a method with a dot behind it.
func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return ""
	}
	typ := d.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if name, ok := typ.(*ast.Ident); ok {
		return name.Name + "."
	}
	return ""
}

// TestPaths holds that checks leave the paths of fields to views: one that spells a path
// stands in the table of ARCHITECTURE.md, and no other does.
func TestPaths(t *testing.T) {
	excused := map[string]bool{}
	for _, row := range table(t, "paths") {
		excused[row[0][0]] = false
	}
	for room := range packages(t) {
		if room != "checks" && !strings.HasPrefix(room, "checks/") || strings.HasPrefix(room, "checks/checktest") {
			continue
		}
		files, err := filepath.Glob(filepath.Join("../..", room, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			name := filepath.ToSlash(strings.TrimPrefix(file, filepath.Join("../..")+string(filepath.Separator)))
			if strings.HasSuffix(file, "_test.go") || !spellsPath(t, file) {
				continue
			}
			if _, ok := excused[name]; !ok {
				t.Errorf("%s reads a field by its path: give the view a method, or the reason in the table of paths in ARCHITECTURE.md", name)
			}
			excused[name] = true
		}
	}
	for name, spells := range excused {
		if !spells {
			t.Errorf("%s spells no path and needs no excuse in the table of paths", name)
		}
	}
}

// spellsPath says whether a file calls Get with a key that stands there.
func spellsPath(t *testing.T, file string) bool {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	ast.Inspect(parsed, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Get" {
			for _, arg := range call.Args {
				lit, ok := arg.(*ast.BasicLit)
				found = found || ok && lit.Kind == token.STRING
			}
		}
		return true
	})
	return found
}
