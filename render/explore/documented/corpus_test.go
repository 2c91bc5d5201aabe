package documented

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// eachEntry calls a function with every path about which a values.yaml says something.
func eachEntry(e *entry, path []string, do func(path []string, e *entry)) {
	do(path, e)
	for _, name := range slices.Sorted(maps.Keys(e.children)) {
		eachEntry(e.children[name], append(slices.Clone(path), name), do)
	}
}

// TestCorpus counts what the files of the public charts say. With DUMP it writes the
// candidates of comments to a file: what a person reads to know how many belong to their
// setting.
func TestCorpus(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the values of all charts")
	}
	count := map[string]int{}
	perKind := map[string]map[string]bool{}
	var lines []string
	for _, chart := range sourcetest.Charts(t) {
		err := filepath.WalkDir(chart.Dir, func(path string, file fs.DirEntry, err error) error {
			if err != nil || file.Name() != "values.yaml" && file.Name() != "values.schema.json" {
				return err
			}
			values, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "values.yaml"))
			schema, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "values.schema.json"))
			if file.Name() == "values.schema.json" {
				if values != nil {
					return nil
				}
				values = []byte{}
			}
			name, _ := filepath.Rel(sourcetest.Path(t, "data/charts"), filepath.Dir(path))
			count["files"]++
			d := Read(values, schema)
			rows := strings.Split(string(values), "\n")
			if !d.root.exists {
				count["files of which nothing could be read"]++
				t.Logf("nothing of %s", name)
			}
			if schema != nil {
				count["schemas"]++
			}
			eachEntry(d.root, nil, func(path []string, e *entry) {
				if e.exists {
					count["settings"]++
				}
				if e.exists && e.empty() {
					count["empty settings"]++
				}
				kinds := map[Kind]bool{}
				for _, v := range d.At(path...) {
					kinds[v.Kind] = true
					if !fits(v.Value, e) {
						t.Errorf("%s: %q has another type than %v", name, path, v)
					}
					if v.Kind == Comment && !strings.Contains(rows[v.Line-1], "#") {
						t.Errorf("%s: %q is not from line %d", name, path, v.Line)
					}
					if v.Kind == Comment {
						text, _ := json.Marshal(v.Value)
						lines = append(lines, fmt.Sprintf("%s:%d  %s  (%v) = %s", name, v.Line, strings.Join(path, "."), e.exists, text))
					}
				}
				for kind := range kinds {
					label := []string{"comment", "schema"}[kind]
					count["paths with candidates of a "+label]++
					if e.exists && e.empty() {
						count["empty settings with candidates of a "+label]++
					}
					if perKind[label] == nil {
						perKind[label] = map[string]bool{}
					}
					perKind[label][chart.Name] = true
				}
				count["documented keys that are not there"] += len(d.Below(path...))
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, what := range slices.Sorted(maps.Keys(count)) {
		t.Logf("%6d %s", count[what], what)
	}
	for label, charts := range perKind {
		t.Logf("%6d charts with candidates of a %s", len(charts), label)
	}
	if to := os.Getenv("DUMP"); to != "" {
		_ = os.WriteFile(to, []byte(strings.Join(lines, "\n")), 0o600)
	}
	if count["files of which nothing could be read"] > 0 || count["paths with candidates of a comment"] < 5000 || count["paths with candidates of a schema"] < 30 {
		t.Error("the files of public charts are not read")
	}
}
