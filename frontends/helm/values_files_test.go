package helm

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/render/source"
)

// TestValuesFiles holds which files beside values.yaml are values files, and what their
// sets are called.
func TestValuesFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{
		"values.yaml", "values-prod.yaml", "values.dev.yml", "stage-values.yaml", "qa.values.yaml", "values_eu.yaml", "values-default.yaml", "values.yml",
		"values.schema.json", "valuesets.yaml", "Chart.yaml", "myvalues.yaml", "values-prod.yaml.bak",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "values-x.yaml"), 0o700); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, name := range ValuesFiles(source.Disk, dir) {
		got[name] = SetName(name)
	}
	want := map[string]string{
		"values-prod.yaml": "prod", "values.dev.yml": "dev", "stage-values.yaml": "stage", "qa.values.yaml": "qa", "values_eu.yaml": "eu",
		"values-default.yaml": "values-default", "values.yml": "values",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
