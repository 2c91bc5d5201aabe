package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/mesh-check/mesh-check"

// listedPackage is what `go list -json` says about a package.
type listedPackage struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

// table reads a table of ARCHITECTURE.md: the backquoted words of each row, cell by
// cell.
func table(t *testing.T, name string) [][][]string {
	t.Helper()
	data, err := os.ReadFile("../../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(data), "<!-- "+name+" -->\n")
	text, _, ok2 := strings.Cut(rest, "<!-- /"+name+" -->")
	if !ok || !ok2 {
		t.Fatalf("ARCHITECTURE.md has no table %s", name)
	}
	word := regexp.MustCompile("`([^`]+)`")
	var rows [][][]string
	for _, line := range strings.Split(strings.TrimSpace(text), "\n")[2:] {
		var row [][]string
		for _, cell := range strings.Split(strings.Trim(line, "|"), "|") {
			var words []string
			for _, m := range word.FindAllStringSubmatch(cell, -1) {
				words = append(words, m[1])
			}
			row = append(row, words)
		}
		rows = append(rows, row)
	}
	return rows
}

// packages lists our packages by room.
func packages(t *testing.T) map[string]listedPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Imports,Deps", module+"/...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	all := map[string]listedPackage{}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listedPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all[roomOf(p.ImportPath)] = p
	}
}

// roomOf is the room of an import path; the root package is the room `meshcheck`.
func roomOf(path string) string {
	if path == module {
		return "meshcheck"
	}
	return strings.TrimPrefix(path, module+"/")
}

// within says whether an import path lies in a module or package tree.
func within(path, tree string) bool { return path == tree || strings.HasPrefix(path, tree+"/") }

// TestArrows holds the arrows of ARCHITECTURE.md: who imports whom.
func TestArrows(t *testing.T) {
	all := packages(t)
	allowed := map[string][]string{}
	for _, row := range table(t, "arrows") {
		room := row[0][0]
		allowed[room] = row[1]
		if _, ok := all[room]; !ok {
			t.Errorf("the table has a room %s that does not exist", room)
		}
	}
	for room, p := range all {
		may, ok := allowed[room]
		if !ok {
			t.Errorf("the package %s is no room of ARCHITECTURE.md", room)
			continue
		}
		for _, imp := range p.Imports {
			if own := roomOf(imp); within(imp, module) && !slices.Contains(may, own) {
				t.Errorf("%s imports %s: no such arrow", room, own)
			}
		}
	}
}

// TestDependencies holds the table of modules: who imports what, and nothing idle.
func TestDependencies(t *testing.T) {
	rows := table(t, "dependencies")
	used := map[string]bool{}
	for room, p := range packages(t) {
		for _, imp := range p.Imports {
			if first, _, _ := strings.Cut(imp, "/"); !strings.Contains(first, ".") || within(imp, module) {
				continue
			}
			i := slices.IndexFunc(rows, func(row [][]string) bool { return within(imp, row[0][0]) })
			if i < 0 {
				t.Errorf("%s imports %s, which is not in the table of dependencies", room, imp)
				continue
			}
			used[rows[i][0][0]+" "+room] = true
			if !slices.Contains(rows[i][1], room) {
				t.Errorf("%s imports %s, which is not its business", room, imp)
			}
		}
	}
	for _, row := range rows {
		for _, room := range row[1] {
			if !used[row[0][0]+" "+room] {
				t.Errorf("the table says that %s needs %s, but it imports it nowhere", room, row[0][0])
			}
		}
	}
}

// TestUnreachable holds what a room must not reach through others either.
func TestUnreachable(t *testing.T) {
	all := packages(t)
	for _, row := range table(t, "unreachable") {
		room := row[0][0]
		for _, dep := range all[room].Deps {
			for _, far := range row[1] {
				if within(dep, far) {
					t.Errorf("%s reaches %s", room, dep)
				}
			}
		}
		if len(all[room].Deps) == 0 {
			t.Errorf("there is no room %s, or it needs nothing", room)
		}
	}
}
