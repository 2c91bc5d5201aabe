package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The fewest literals, texts and numbers, that make a variable of a package a table, and a list or mapping inside a
// function one: what a function lists is mostly its own business.
const (
	leastOfTable  = 3
	leastInFuncs  = 12
	leastOfTables = 110 // how many there are at least; fewer mean that the test does not see them
)

// notFacts are the tables that say nothing about the world, and why: nobody could look them up anywhere.
var notFacts = map[string]string{
	"checks/reported_traces.go releaseWords":                                 "the words of frontends/release, which TestIsRelease compares",
	"checks/commands/shell.go nesting":                                       "a bound of ours: what opens a level in a script, counted generously",
	"checks/topology/topology.go lanes":                                      "the order of our own picture",
	"checks/topology/topology.go meshWords":                                  "words of our picture",
	"checks/pages/pages.go Headings":                                         "the form of our own pages",
	"checks/pages/pages.go marks":                                            "what our own pages are written with",
	"checks/injection/known_table.go misspelt":                               "slips of the pen",
	"checks/reported.go sensitivePaths":                                      "what our outputs leave out",
	"checks/routing/mesh712_virtual_service_protocol_mismatch.go declaredAs": "words of our messages",
	"checks/services/mesh117_peer_port_not_in_headless_service.go peerWords": "words that authors of charts choose; what they mean is our guess",
	"checks/wire/wire.go otherWords":                                         "words that authors of charts choose; what they mean is our guess",
	"checks/suite/suite.go families":                                         "our own checks",
	"checks/lifecycle/mesh642_quit_endpoint_wrong.go quitURLs":               "a regular expression, made of names that have their source",
	"checks/capture/listening.go hostWords":                                  "words that authors of charts choose; what they mean is our guess",
	"checks/capture/listening.go ofOthers":                                   "words that authors of charts choose; what they mean is our guess",
	"checks/capture/uncaptured.go outsiders":                                 "words that authors of charts choose; what they mean is our guess",
	"checks/labels/mesh305_meaningless_identity_label.go placeholders":       "words that authors of charts choose; what they mean is our guess",
	"checks/services/mesh108_port_name_near_miss.go misspelt":                "slips of the pen",
	"checks/validity/judge.go owners":                                        "our own checks",
	"frontends/object/example/places.go places":                              "where in an object our types are found; the tests ask the types of Kubernetes",
	"frontends/object/example/places.go sectionTypes":                        "words that authors of charts choose; what they mean is our guess",
	"frontends/object/example/places.go ofMetadata":                          "which fields get an example is our choice",
	"frontends/object/example/places.go never":                               "which fields get no example is our choice",
	"frontends/object/example/places.go generic":                             "words that authors of charts choose; what they mean is our guess",
	"frontends/object/example/places.go endings":                             "words that authors of charts choose; what they mean is our guess",
	"frontends/object/example/values.go fieldValues":                         "examples of ours",
	"frontends/object/example/vocabulary.go vocabulary":                      "words that authors of charts choose; what they mean is our guess",
	"frontends/object/schema/scalar.go typeNames":                            "words of our messages",
	"frontends/object/object_group.go kubernetesGroups":                      "made of the table kinds",
}

// sourced finds what says where a table is from, in a comment.
var sourced = regexp.MustCompile(`\bSources?:\s+\S`)

// TestFactSources holds that facts are tables with their source. A table is a variable of a package of the checks or the
// object model with three literals or more in it, or a list or mapping inside a function with twelve. Its source stands
// behind "Source:" in its comment (that of its group, or of the function), or every row has a field called source. What
// is no fact about the world stands in notFacts with the reason.
func TestFactSources(t *testing.T) {
	told := maps.Clone(notFacts)
	tables := 0
	for _, file := range factFiles(t) {
		for _, table := range tablesOf(t, file) {
			tables++
			key := file + " " + table.name
			_, excused := notFacts[key]
			delete(told, key)
			switch has := sourced.MatchString(table.comment) || table.rowsHaveSource(); {
			case !has && !excused:
				t.Errorf("%s is a table without a source: write \"Source: …\" into its comment, or a field source into each row", key)
			case has && excused:
				t.Errorf("%s has a source, and stands in notFacts", key)
			}
		}
	}
	for key := range told {
		t.Errorf("notFacts has %s, which is not a table", key)
	}
	if tables < leastOfTables {
		t.Errorf("only %d tables: the test does not see them", tables)
	}
	t.Logf("%d tables have their source, %d say nothing about the world", tables-len(notFacts), len(notFacts))
}

// factFiles are the files that may have facts, as paths from the root of the module.
func factFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, room := range []string{"checks", "frontends/object"} {
		err := filepath.WalkDir(filepath.Join("../..", room), func(path string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if e.IsDir() && slices.Contains([]string{"testdata", "checktest", "generate", "differential"}, e.Name()) {
				return fs.SkipDir // tests, and modules of their own
			}
			if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
				name, err := filepath.Rel("../..", path)
				files = append(files, filepath.ToSlash(name))
				return err
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// factTable is a table of a file: its name (of the variable, or of the function that it is in), and all comments that may
// say where it is from.
type factTable struct {
	name, comment string
	value         ast.Expr
}

// tablesOf finds the tables of a file.
func tablesOf(t *testing.T, file string) []factTable {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join("../..", file), nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var tables []factTable
	for _, d := range parsed.Decls {
		switch d := d.(type) {
		case *ast.GenDecl:
			if d.Tok != token.VAR {
				continue
			}
			for _, spec := range d.Specs {
				spec := spec.(*ast.ValueSpec)
				for i, value := range spec.Values {
					if isCheck(value) {
						tables = append(tables, inlineTables(spec.Names[i].Name, spec.Doc.Text()+d.Doc.Text(), value)...)
					} else if literals(value) >= leastOfTable {
						tables = append(tables, factTable{spec.Names[i].Name, spec.Doc.Text() + spec.Comment.Text() + d.Doc.Text(), value})
					}
				}
			}
		case *ast.FuncDecl:
			if d.Body != nil {
				tables = append(tables, inlineTables(d.Name.Name, d.Doc.Text(), d.Body)...)
			}
		}
	}
	return tables
}

// isCheck recognizes the value of a check: &checks.Check{…}.
func isCheck(value ast.Expr) bool {
	if ref, ok := value.(*ast.UnaryExpr); ok {
		value = ref.X
	}
	lit, ok := value.(*ast.CompositeLit)
	if !ok {
		return false
	}
	sel, ok := lit.Type.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Check"
}

// inlineTables finds the lists and mappings inside of code.
func inlineTables(name, comment string, in ast.Node) []factTable {
	var tables []factTable
	ast.Inspect(in, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		switch lit.Type.(type) {
		case *ast.ArrayType, *ast.MapType:
			if literals(lit) >= leastInFuncs {
				tables = append(tables, factTable{name, comment, lit})
			}
			return false
		}
		return true
	})
	return tables
}

// literals counts the texts and numbers in an expression.
func literals(value ast.Expr) int {
	n := 0
	ast.Inspect(value, func(x ast.Node) bool {
		if lit, ok := x.(*ast.BasicLit); ok && (lit.Kind == token.STRING || lit.Kind == token.INT) {
			n++
		}
		return true
	})
	return n
}

// rowsHaveSource reports whether every row of a table has a field called source that is not empty.
func (f factTable) rowsHaveSource() bool {
	lit, ok := f.value.(*ast.CompositeLit)
	if !ok || len(lit.Elts) == 0 {
		return false
	}
	for _, row := range lit.Elts {
		if pair, ok := row.(*ast.KeyValueExpr); ok {
			row = pair.Value
		}
		fields, ok := row.(*ast.CompositeLit)
		if !ok || !slices.ContainsFunc(fields.Elts, isSource) {
			return false
		}
	}
	return true
}

func isSource(field ast.Expr) bool {
	pair, ok := field.(*ast.KeyValueExpr)
	if !ok {
		return false
	}
	key, ok := pair.Key.(*ast.Ident)
	value, isText := pair.Value.(*ast.BasicLit)
	return ok && strings.EqualFold(key.Name, "source") && !(isText && value.Value == `""`)
}
