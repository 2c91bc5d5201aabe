package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestWrittenChecksPass starts a check of each kind in a copy of the project, writes a few words
// wherever "write me" stands, and holds that the tests of the suite then pass: what newcheck
// writes is a whole check. The last one is the first of its family.
func TestWrittenChecksPass(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds a copy of the project")
	}
	root := t.TempDir()
	copyProject(t, root)
	ids := []string{"MESH198", "MESH298", "MESH498", "MESH798"}
	for i, kind := range []string{"service", "workload", "namespace", "istio"} {
		written, err := run(root, []string{"ID=" + ids[i], "NAME=written-" + kind, "KIND=" + kind})
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range written {
			if text := read(t, root, name); strings.Contains(text, "write me") {
				write(t, filepath.Join(root, name), strings.ReplaceAll(text, "write me", "some words"))
			}
		}
	}
	cmd := exec.Command("go", "test", "./checks/suite", "-v", "-run",
		"^(TestSuite|TestSuiteIsWhole|TestFixtureFolders)$|^(TestPages|TestExamples|TestFixtures)$/^("+strings.Join(ids, "|")+")$")
	cmd.Dir = root
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, id := range ids {
		for _, test := range []string{"TestPages", "TestExamples", "TestFixtures"} {
			if !strings.Contains(string(out), "--- PASS: "+test+"/"+id) {
				t.Errorf("%s/%s did not run:\n%s", test, id, out)
			}
		}
	}
}

// copyProject copies what the suite's tests are made of.
func copyProject(t *testing.T, to string) {
	t.Helper()
	from, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"checks", "frontends", "render", "testdata/checks"} {
		if err := os.CopyFS(filepath.Join(to, part), os.DirFS(filepath.Join(from, part))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"go.mod", "go.sum", "plugin.yaml"} {
		write(t, filepath.Join(to, name), read(t, from, name))
	}
}
