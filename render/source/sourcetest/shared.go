// Package sourcetest is for tests: it finds the shared data, which is not part of the
// project (public charts, Terraform, plans, Istio's cases, hostile inputs), and takes
// seeds for fuzzing from it; and it packs charts.
//
// In: MESHCHECK_SHARED, the folder of that data; else it lies beside the project. Out:
// paths and texts. A test without the data is skipped by name; seeds are left out.
package sourcetest

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Shared is the path of a file or folder of the shared data, such as "data/charts",
// absolute. The test is skipped where it is absent.
func Shared(t testing.TB, name string) string {
	t.Helper()
	path := Path(t, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the shared data is not here: no %s (set MESHCHECK_SHARED)", path)
	}
	return path
}

// Path is where a file or folder of the shared data lies, if it does, absolute.
func Path(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("MESHCHECK_SHARED")
	if root == "" {
		project, err := filepath.Abs(".")
		for ; err == nil; project = filepath.Dir(project) {
			if _, missing := os.Stat(filepath.Join(project, "go.mod")); missing == nil || project == filepath.Dir(project) {
				break
			}
		}
		root = filepath.Join(project, "..", "shared")
	}
	path, err := filepath.Abs(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// Seeds are at most count different texts of at most size bytes, of the files below a
// folder of the shared data that pass wanted, spread evenly over them; none where the
// folder is absent, and a fault where it has none. wanted gets a path and may be nil.
func Seeds(t testing.TB, folder string, size int64, count int, wanted func(path string) bool) []string {
	t.Helper()
	var all []string
	known := map[string]bool{}
	_ = filepath.WalkDir(Path(t, folder), func(path string, entry fs.DirEntry, err error) error { // an absent folder has no seeds
		if err != nil || !entry.Type().IsRegular() || wanted != nil && !wanted(path) {
			return nil
		}
		if info, err := entry.Info(); err != nil || info.Size() > size {
			return nil
		}
		data, err := os.ReadFile(path)
		if text := string(data); err == nil && strings.TrimSpace(text) != "" && !known[text] {
			known[text] = true
			all = append(all, text)
		}
		return nil
	})
	if _, err := os.Stat(Path(t, folder)); err == nil && len(all) == 0 {
		t.Fatalf("%s has no seeds", Path(t, folder))
	}
	if len(all) <= count {
		return all
	}
	some := make([]string, count)
	for i := range some {
		some[i] = all[i*len(all)/count]
	}
	return some
}

// Ending is a wanted of Seeds: the files whose names end so.
func Ending(suffix string) func(path string) bool {
	return func(path string) bool { return strings.HasSuffix(path, suffix) }
}

// JSON reads a JSON file of the shared data. The test is skipped where that is absent.
func JSON(t testing.TB, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(Shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
