package main

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// linkedPackage is what `go list -deps -json` says of a package that is linked into the
// program.
type linkedPackage struct {
	ImportPath, Dir  string
	Standard         bool
	Imports, GoFiles []string
	Module           *struct{ Path string }
}

// linked lists everything that the program is made of.
func linked(t *testing.T) []linkedPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Dir,Standard,Imports,GoFiles,Module", "./cmd/mesh-check")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []linkedPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p linkedPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// door is a package or call that leads out of the program, and the rooms that may use
// it.
type door struct {
	name  string
	call  bool
	rooms []string
}

// leads says whether a door is, or lies around, an import path. Of net, the packages
// that only read texts are no doors.
func (d door) leads(path string) bool {
	switch path {
	case "net/netip", "net/url", "net/mail":
		return false
	}
	return !d.call && (path == d.name || d.name != "net" && within(path, d.name))
}

func doors(t *testing.T) []door {
	t.Helper()
	var all []door
	call := regexp.MustCompile(`^\w+\.[A-Z]\w*$`)
	for _, row := range table(t, "doors") {
		for _, name := range row[0] {
			all = append(all, door{name, call.MatchString(name), row[1]})
		}
	}
	return all
}

// TestDoors holds that our own rooms use none of what leads out of the program, but the
// few that must.
func TestDoors(t *testing.T) {
	all := doors(t)
	allowed, used := map[string][]string{}, map[string]bool{}
	for _, d := range all {
		allowed[d.name] = append(allowed[d.name], d.rooms...)
	}
	check := func(room, name, where string) {
		used[name+" "+room] = true
		if !slices.Contains(allowed[name], room) {
			t.Errorf("%s: %s is a door that %s must not use", where, name, room)
		}
	}
	for _, p := range linked(t) {
		if p.Module == nil || p.Module.Path != module {
			continue
		}
		room := roomOf(p.ImportPath)
		for _, path := range p.Imports {
			for _, d := range all {
				if d.leads(path) {
					check(room, d.name, p.ImportPath)
				}
			}
		}
		for _, file := range p.GoFiles {
			for _, call := range calls(t, filepath.Join(p.Dir, file)) {
				if _, is := allowed[call]; is {
					check(room, call, filepath.Join(room, file))
				}
			}
		}
	}
	for _, d := range all {
		for _, room := range d.rooms {
			// The files of other systems are not listed on this one.
			if !used[d.name+" "+room] && d.name != "syscall" && d.name != "golang.org/x/sys/unix" && d.name != "os.StartProcess" {
				t.Errorf("the table says that %s needs %s, but it does not use it", room, d.name)
			}
		}
	}
}

// calls are the names that a file takes from other packages, as os.Open.
func calls(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	imported := map[string]string{}
	for _, spec := range parsed.Imports {
		path := strings.Trim(spec.Path.Value, `"`)
		name := path[strings.LastIndex(path, "/")+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		imported[name] = path[strings.LastIndex(path, "/")+1:]
	}
	var names []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && imported[x.Name] != "" {
				names = append(names, imported[x.Name]+"."+sel.Sel.Name)
			}
		}
		return true
	})
	return names
}

// TestLinkedDoors holds that no library brings one of Helm's doors into the program, and
// none that the table does not explain: a new dependency that can run or load something is
// seen here. One that opens sockets is seen by TestNoSockets.
func TestLinkedDoors(t *testing.T) {
	explained, used := map[string][]string{}, map[string]bool{}
	for _, row := range table(t, "linked") {
		explained[row[0][0]] = append(explained[row[0][0]], row[1]...)
	}
	never := doors(t)
	for _, p := range linked(t) {
		for _, d := range never {
			if strings.HasPrefix(d.name, "helm.sh/") && d.leads(p.ImportPath) {
				t.Errorf("%s is linked into the program", p.ImportPath)
			}
		}
		if p.Standard || p.Module == nil || p.Module.Path == module {
			continue
		}
		for _, path := range p.Imports {
			modules, is := explained[path]
			if !is {
				continue
			}
			i := slices.IndexFunc(modules, func(m string) bool { return within(p.Module.Path, m) })
			if i < 0 {
				t.Errorf("%s of %s imports %s, and nobody says why", p.ImportPath, p.Module.Path, path)
				continue
			}
			used[path+" "+modules[i]] = true
		}
	}
	for path, modules := range explained {
		for _, m := range modules {
			if !used[path+" "+m] {
				t.Errorf("the table says that %s imports %s, but it does not", m, path)
			}
		}
	}
}
