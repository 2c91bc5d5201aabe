package example_test

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

	"sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/frontends/object/example"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// emptySetting is a setting of a real chart that has no value.
type emptySetting struct {
	path []string
	has  string
}

// emptySettings are those of the values.yaml files of the shared charts, sub-charts among
// them.
func emptySettings(t *testing.T) (all []emptySetting) {
	t.Helper()
	root := sourcetest.Shared(t, "data/charts")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Name() != "values.yaml" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var values map[string]any
		if yaml.Unmarshal(data, &values) != nil {
			return nil
		}
		collect(values, nil, &all)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func collect(v any, path []string, all *[]emptySetting) {
	add := func(has string) { *all = append(*all, emptySetting{slices.Clone(path), has}) }
	switch v := v.(type) {
	case nil:
		add("")
	case string:
		if v == "" {
			add("string")
		}
	case map[string]any:
		if len(v) == 0 && len(path) > 0 {
			add("map")
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			collect(v[key], append(path, key), all)
		}
	case []any:
		if len(v) == 0 {
			add("list")
		}
		for i, x := range v {
			collect(x, append(path, fmt.Sprint(i)), all)
		}
	}
}

// TestShared prints how many of the empty settings of the shared charts have an example.
func TestShared(t *testing.T) {
	count, with := map[string]int{}, map[string]int{}
	missing := map[string]int{}
	for _, s := range emptySettings(t) {
		count[s.has]++
		if v, ok := example.Value(s.path, s.has); ok {
			with[s.has]++
			if os.Getenv("DBG") == "yes" {
				j, _ := json.Marshal(v)
				fmt.Println("YES", strings.Join(s.path, "."), s.has, string(j))
			}
		} else {
			missing[s.path[len(s.path)-1]+" "+s.has]++
			if os.Getenv("DBG") == "no" {
				fmt.Println("NO", s.path[len(s.path)-1], s.has, strings.Join(s.path, "."))
			}
		}
	}
	for has := range count {
		t.Logf("%q: %d of %d", has, with[has], count[has])
	}
}
