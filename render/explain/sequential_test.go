package explain

import (
	"slices"
	"testing"

	"github.com/mesh-check/mesh-check/render/chart"
)

// TestSequentialTellsSchemas holds that a sequential render tells the schema that it applies
// first, and nothing when Helm's engine begins: what kills a process is told from it.
func TestSequentialTellsSchemas(t *testing.T) {
	c := chartOf(t, map[string]string{"values.schema.json": "{}", "templates/x.yaml": "a: b\n"})
	var told []string
	if _, err := rendered(c, chart.Options{Sequential: true, Began: func(file string) { told = append(told, file) }}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"web/values.schema.json", "web/templates/x.yaml", "web/templates/x.yaml", ""}; !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
}
