package helm

import (
	"path"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// maxExamples is how many values files of a chart are read to see of which values they speak.
const maxExamples = 100

// examplesOf are the values files of a chart's directory that show how its values are set: many charts have
// .helmignore leave them out.
func examplesOf(t source.Tree, root string) (all [][]byte) {
	if root == "" {
		return nil
	}
	dir, err := source.Or(t).Sub(root)
	if err != nil {
		return nil
	}
	defer dir.Close()
	for _, folder := range []string{".", "ci", "example", "examples"} {
		entries, err := dir.ReadDir(folder)
		if err != nil {
			continue
		}
		for _, e := range entries {
			name := path.Join(folder, e.Name())
			if e.IsDir() || !chart.IsExample(name) || len(all) >= maxExamples {
				continue
			}
			if data, err := readRegular(dir, name); err == nil {
				all = append(all, data)
			}
		}
	}
	return all
}
