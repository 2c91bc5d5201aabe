package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// sharedCharts lists the directories of the public charts of the shared data; the
// test is skipped where they are not.
func sharedCharts(t *testing.T) []string {
	t.Helper()
	dir := os.Getenv("MESHCHECK_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	root, err := filepath.Abs(filepath.Join(dir, "data", "charts"))
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(root, "manifest.json"))
	if err != nil {
		t.Skipf("the shared charts are not here: %v (set MESHCHECK_SHARED)", err)
	}
	var manifest struct{ Charts map[string]json.RawMessage }
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	var charts []string
	for name := range manifest.Charts {
		charts = append(charts, filepath.Join(root, filepath.FromSlash(name)))
	}
	slices.Sort(charts)
	if len(charts) == 0 {
		t.Fatalf("%s names no charts", root)
	}
	return charts
}
