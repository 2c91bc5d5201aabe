package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const suiteBefore = `package checks

// Suite is every check.
var Suite = []*Check{
	first,
	third,
}
`

func project(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "checks"), 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(root, "checks", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("suite.go", suiteBefore)
	write("mesh101_first.go", "package checks\n\nvar first = &Check{\n\tID: \"MESH101\", Name: \"first\",\n}\n")
	write("mesh301_third.go", "package checks\n\nvar third = &Check{\n\tID: \"MESH301\", Name: \"third\",\n}\n")
	return root
}

func TestNewCheck(t *testing.T) {
	root := project(t)
	written, err := run(root, []string{"ID=MESH205", "NAME=second-of-them"})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"checks/mesh205_second_of_them.go", "checks/mesh205_second_of_them.md",
		"testdata/checks/MESH205/chart/Chart.yaml", "testdata/checks/MESH205/chart/templates/deployment.yaml",
		"testdata/checks/MESH205/chart/values.yaml", "testdata/checks/MESH205/terraform/main.tf", "checks/suite.go",
	}
	if diff := cmp.Diff(want, written); diff != "" {
		t.Error(diff)
	}
	suite, _ := os.ReadFile(filepath.Join(root, "checks", "suite.go"))
	if diff := cmp.Diff(strings.Replace(suiteBefore, "\tthird", "\tsecondOfThem,\n\tthird", 1), string(suite)); diff != "" {
		t.Errorf("the suite's line is not in its place:\n%s", diff)
	}
	code, _ := os.ReadFile(filepath.Join(root, "checks", "mesh205_second_of_them.go"))
	if !strings.Contains(string(code), `var secondOfThem = &Check{`) || strings.Contains(string(code), "<<") {
		t.Errorf("the code is\n%s", code)
	}
	chart, _ := os.ReadFile(filepath.Join(root, "testdata/checks/MESH205/chart/templates/deployment.yaml"))
	if !strings.Contains(string(chart), "{{ .Release.Name }}") {
		t.Errorf("the chart's own actions are gone:\n%s", chart)
	}
}

func TestNewCheckRefuses(t *testing.T) {
	tests := map[string][]string{
		"an id is":        {"ID=305", "NAME=a"},
		"a name is":       {"ID=MESH305", "NAME=A B"},
		"write ID=":       {"ID=MESH305", "NAMED=a"},
		"is in the suite": {"ID=MESH301", "NAME=other"},
	}
	for want, args := range tests {
		root := project(t)
		if _, err := run(root, args); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", args, err, want)
		}
		if suite, _ := os.ReadFile(filepath.Join(root, "checks", "suite.go")); string(suite) != suiteBefore {
			t.Errorf("%q: changed the suite", args)
		}
	}
}
