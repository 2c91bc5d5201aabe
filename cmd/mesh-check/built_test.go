package main

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// built is the program, built once for all tests that run it as users do.
func built(t *testing.T) string {
	t.Helper()
	builtOnce.Do(func() {
		dir, err := os.MkdirTemp("", "mesh-check-built-") //nolint:usetesting // t.TempDir ends with the first test
		if err != nil {
			t.Fatal(err)
		}
		builtDir = dir
		build(t, filepath.Join(dir, "mesh-check"))
	})
	program := filepath.Join(builtDir, "mesh-check")
	if _, err := os.Stat(program); err != nil {
		t.Fatalf("the program was not built: %v", err)
	}
	return program
}

var (
	builtOnce sync.Once
	builtDir  string
)

// cleaning runs the tests and removes what built has made.
type cleaning struct{ *testing.M }

func (c cleaning) Run() int {
	defer func() { os.RemoveAll(builtDir) }() // nothing, where nothing was built
	return c.M.Run()
}

// thorough says whether everything is tried, which takes minutes: `make bad`. Else
// there is a part of it.
func thorough() bool { return os.Getenv("MESHCHECK_BAD") != "" }
