package view

import (
	"fmt"

	"github.com/mesh-check/mesh-check/sarif"
)

// folded is how many notes a vendored sub-chart has.
type folded struct {
	dependency string
	n          int
}

// fold takes away the notes of vendored sub-charts, which nobody edits here, and counts
// them. Errors and warnings stay, and so does everything where dependencies are asked for.
func (w *textWriter) fold(list []sarif.Result) (kept []sarif.Result, away []*folded) {
	byName := map[string]*folded{}
	for _, r := range list {
		if r.Dependency == "" || severity(r.Level) != "note" || r.Suppressed != "" || w.o.Dependencies {
			kept = append(kept, r)
			continue
		}
		f := byName[r.Dependency]
		if f == nil {
			f = &folded{dependency: r.Dependency}
			byName[r.Dependency] = f
			away = append(away, f)
		}
		f.n++
	}
	return kept, away
}

// folded writes a line for each sub-chart with notes that are not shown.
func (w *textWriter) folded(list []*folded) {
	for _, f := range list {
		w.head("note", "", fmt.Sprintf("%s in the dependency %s; --dependencies shows %s", plural(f.n, "note"), f.dependency, themOrIt(f.n)), plainly)
	}
	if len(list) > 0 {
		fmt.Fprintln(w.b)
	}
}

func themOrIt(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}
