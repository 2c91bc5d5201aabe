package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const listBefore = `package labels

// Checks are the checks of the family.
var Checks = []*checks.Check{
	first,
	third,
}
`

const suiteBefore = `package suite

import (
	"embed"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/labels"
)

var folders = []folder{
	{"labels", labels.Checks, labels.Pages},
}
`

func project(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	write(t, filepath.Join(root, "plugin.yaml"), "name: mesh-check\nversion: 0.7.2\n")
	for name, text := range map[string]string{
		"suite/suite.go":           suiteBefore,
		"labels/labels.go":         listBefore,
		"labels/mesh301_first.go":  "package labels\n\nvar first = &checks.Check{\n\tID: \"MESH301\", Name: \"first\",\n}\n",
		"labels/mesh303_third.go":  "package labels\n\nvar third = &checks.Check{\n\tID: \"MESH303\", Name: \"third\",\n}\n",
		"labels/mesh303_third.md":  "# MESH303 third\n",
		"labels/identities.go":     "package labels\n",
		"labels/identity_test.go":  "package labels\n",
		"labels/mesh301_first.md":  "# MESH301 first\n",
		"checktest/newcheck/no.go": "package main\n",
	} {
		write(t, filepath.Join(root, "checks", filepath.FromSlash(name)), text)
	}
	return root
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, elem ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(elem...))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestNewCheck(t *testing.T) {
	root := project(t)
	written, err := run(root, []string{"ID=MESH302", "NAME=second-of-them"})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"checks/labels/mesh302_second_of_them.go", "checks/labels/mesh302_second_of_them.md",
		"testdata/checks/MESH302/chart/Chart.yaml", "testdata/checks/MESH302/chart/templates/workload.yaml",
		"testdata/checks/MESH302/chart/values.yaml", "testdata/checks/MESH302/terraform/main.tf", "checks/labels/labels.go",
	}
	if diff := cmp.Diff(want, written); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(strings.Replace(listBefore, "\tthird", "\tsecondOfThem,\n\tthird", 1), read(t, root, "checks", "labels", "labels.go")); diff != "" {
		t.Errorf("the line in the list is not in its place:\n%s", diff)
	}
	code := read(t, root, "checks", "labels", "mesh302_second_of_them.go")
	if !strings.Contains(code, `var secondOfThem = &checks.Check{`) || strings.Contains(code, "<<") {
		t.Errorf("the code is\n%s", code)
	}
	if chart := read(t, root, "testdata/checks/MESH302/chart/templates/workload.yaml"); !strings.Contains(chart, "{{ .Release.Name }}") {
		t.Errorf("the chart's own actions are gone:\n%s", chart)
	}
}

// TestFirstOfFamily says that the first check of a family brings the family with it.
func TestFirstOfFamily(t *testing.T) {
	root := project(t)
	if _, err := run(root, []string{"ID=MESH701", "NAME=unknown-host", "KIND=istio"}); err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer(
		"checks/labels\"\n", "checks/labels\"\n\t\"github.com/mesh-check/mesh-check/checks/routing\"\n",
		"labels.Pages},\n", "labels.Pages},\n\t{\"routing\", routing.Checks, routing.Pages},\n",
	).Replace(suiteBefore)
	if diff := cmp.Diff(want, read(t, root, "checks", "suite", "suite.go")); diff != "" {
		t.Error(diff)
	}
	if list := read(t, root, "checks", "routing", "routing.go"); !strings.Contains(list, "package routing\n") || !strings.Contains(list, "\tunknownHost,\n") {
		t.Errorf("the list of the family is\n%s", list)
	}
}

func TestNewCheckRefuses(t *testing.T) {
	tests := map[string][]string{
		"an id is":             {"ID=305", "NAME=a"},
		"a name is":            {"ID=MESH305", "NAME=A B"},
		"write ID=":            {"ID=MESH305", "NAMED=a"},
		"is in the suite":      {"ID=MESH301", "NAME=other"},
		"the kind of the":      {"ID=MESH305", "NAME=other", "KIND=pod"},
		"no family has":        {"ID=MESH999", "NAME=other"},
		"already exists":       {"ID=MESH303", "NAME=third"},
		"no family before":     {"ID=MESH101", "NAME=early"},
		"first is in the suit": {"ID=MESH305", "NAME=first"},
	}
	for want, args := range tests {
		root := project(t)
		if want == "already exists" {
			write(t, filepath.Join(root, "checks", "labels", "labels.go"), strings.Replace(listBefore, "\tthird,\n", "", 1))
		}
		before := read(t, root, "checks", "labels", "labels.go")
		if _, err := run(root, args); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", args, err, want)
		}
		if read(t, root, "checks", "labels", "labels.go") != before || read(t, root, "checks", "suite", "suite.go") != suiteBefore {
			t.Errorf("%q: changed a list", args)
		}
		if _, err := os.Stat(filepath.Join(root, "testdata")); err == nil {
			t.Errorf("%q: wrote a fixture", args)
		}
	}
}
