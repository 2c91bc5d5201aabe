//go:build unix

package config

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// TestBudget holds that all configurations of a run together have a budget, that a file
// beyond it is a fault of each input that has it, and that usual ones have room.
func TestBudget(t *testing.T) {
	usual := "version: 1\nignore:\n" + strings.Repeat("- {path: 'charts/web/**', reason: nobody looks here}\n", 50)
	large := "version: 1\nmesh:\n  known-hosts: [" + strings.Repeat("a.example.com, ", 60_000) + "b.example.com]\n"
	for name, c := range map[string]struct {
		text     string
		n, least int
		beyond   bool
	}{
		"usual": {usual, 500, 500, false},
		"large": {large, 12, 1, true},
	} {
		files := map[string]string{}
		for i := range c.n {
			files[fmt.Sprintf("repo/%d/.mesh-check.yaml", i)] = c.text
		}
		root := tree(t, files)
		f := finder(root)
		read, beyond := 0, 0
		for i := range 2 * c.n {
			file, faults := f.For(filepath.Join(root, "repo", fmt.Sprint(i%c.n)))
			switch {
			case file != nil:
				read++
			case len(faults) == 1 && OfInput(faults[0]):
				beyond++
			default:
				t.Fatalf("%s %d: %v", name, i, faults)
			}
		}
		if read < 2*c.least || (beyond > 0) != c.beyond {
			t.Errorf("%s: %d are read, %d are beyond the budget", name, read, beyond)
		}
	}
}
