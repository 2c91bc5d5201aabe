package input

import (
	"path/filepath"

	"github.com/mesh-check/mesh-check/render/source"
)

// repository is the directory in which releases of a chart may be declared that was found at
// or below a path: see Input.Repository.
func repository(t source.Tree, named, chart string) string {
	dir := chart
	if info, err := t.Stat(chart); err != nil || !info.IsDir() {
		dir = filepath.Dir(chart)
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	if root, is := source.Repository(t, abs); is {
		return source.Shown(t, root)
	}
	if named = source.Shown(t, named); named == chart {
		return "" // nothing else was named
	}
	return named
}
