package chart

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/render/source"
)

// renderedBelow are the folders of a chart of which every file is rendered or installed,
// and renderedFiles the files that every rendering reads.
var (
	renderedBelow = []string{"templates/", "crds/"}
	renderedFiles = []string{"values.yaml", "Chart.yaml"}
)

// Files are the files that a rendering reads whatever the values are, of the chart and its
// sub-charts, sorted by their names.
func (c *Chart) Files() []*source.File {
	var files []*source.File
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		folder, rest := "", name
		for _, f := range c.folder {
			if inside, ok := strings.CutPrefix(name, f); ok && len(f) > len(folder) {
				folder, rest = f, inside
			}
		}
		below := slices.ContainsFunc(renderedBelow, func(dir string) bool { return strings.HasPrefix(rest, dir) })
		if below || slices.Contains(renderedFiles, rest) {
			files = append(files, c.files[name])
		}
	}
	return files
}

// FilesIn are the files that lie in a folder of the chart itself, sorted by their names; those that .helmignore
// leaves out of a directory are not among them.
func (c *Chart) FilesIn(folder string) (files []*source.File) {
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		if path.Dir(name) == folder {
			files = append(files, c.files[name])
		}
	}
	return files
}
