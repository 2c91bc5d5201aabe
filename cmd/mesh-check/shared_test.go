package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// sharedChart is a public chart of the shared data.
type sharedChart struct {
	Default struct {
		Objects int // that the chart renders with its default values
	}
	CI map[string]json.RawMessage // values sets of ci/
}

// sharedCharts lists the directories of the public charts of the shared data; the
// test is skipped where they are not.
func sharedCharts(t *testing.T) []string {
	return slices.Sorted(maps.Keys(sharedManifest(t)))
}

// sharedManifest tells of each shared chart, by its directory.
func sharedManifest(t *testing.T) map[string]sharedChart {
	t.Helper()
	root := sourcetest.Shared(t, "data/charts")
	data, err := os.ReadFile(filepath.Join(root, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct{ Charts map[string]sharedChart }
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	if len(manifest.Charts) == 0 {
		t.Fatalf("%s names no charts", root)
	}
	charts := map[string]sharedChart{}
	for name, chart := range manifest.Charts {
		charts[filepath.Join(root, filepath.FromSlash(name))] = chart
	}
	return charts
}
