package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
)

// TestFewEnough holds that a worker lists no more inputs than the parent can hold, and says
// so where there are more.
func TestFewEnough(t *testing.T) {
	list := func(n, length int) (all []input) {
		for i := range n {
			all = append(all, input{Path: fmt.Sprintf("%0*d", length, i), Kind: kindChart})
		}
		return all
	}
	for _, tc := range []struct{ n, length, want int }{
		{1, 5, 1}, {maxFound, 5, maxFound}, {3 * maxFound, 5, maxFound + 1},
		{2000, 4 << 10, maxFoundText/(4<<10) + 1},
	} {
		got := fewEnough("charts", list(tc.n, tc.length))
		if len(got) != tc.want {
			t.Fatalf("%d inputs with names of %d bytes: %d are listed, want %d", tc.n, tc.length, len(got), tc.want)
		}
		last := got[len(got)-1]
		if cut := tc.want != tc.n; cut != (last.Fault != nil) || cut && !strings.Contains(last.Fault.What, fmt.Sprint(tc.n)) {
			t.Errorf("%d inputs: the last one is %+v", tc.n, last)
		}
	}
}

// TestFoundIsBounded holds that it is the list of a worker that is bounded.
func TestFoundIsBounded(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for i := range maxFound + 1 {
		name := fmt.Sprintf("c%05d", i)
		if err := os.Mkdir(name, 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(name, "Chart.yaml"), "name: c\n")
	}
	j := job{Task: taskFind, Inputs: []input{{Path: "."}}, Settings: settings{Mesh: &checks.Mesh{}}}
	a := j.do(nil)
	if n := len(a.Found); n != maxFound+1 || a.Found[n-1].Fault == nil || a.Found[0].Kind != kindChart {
		t.Errorf("%d inputs are listed", n)
	}
}
