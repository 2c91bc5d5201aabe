package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/input"
)

// TestFoundIsBounded holds that it is the list of a worker that is bounded.
func TestFoundIsBounded(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for i := range 10_000 + 1 {
		name := fmt.Sprintf("c%05d", i)
		if err := os.Mkdir(name, 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(name, "Chart.yaml"), "name: c\n")
	}
	j := job{Task: taskFind, Inputs: []input.Input{{Path: "."}}, Settings: settings{Mesh: &checks.Mesh{}}}
	a := j.do(nil)
	if n := len(a.Found); n != 10_000+1 || a.Found[n-1].Fault == nil || a.Found[0].Kind != input.KindChart {
		t.Errorf("%d inputs are listed", n)
	}
}
