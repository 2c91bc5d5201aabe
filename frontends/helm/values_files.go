package helm

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// beside are the patterns of values files that people lay beside values.yaml.
var beside = []string{`values[\-_.]*.y*ml`, `*[\-_.]values.y*ml`, "values.yml"}

// ValuesFiles are the names of the values files beside the values.yaml of a chart's
// directory, sorted; links are not among them.
func ValuesFiles(t source.Tree, dir string) (names []string) {
	entries, _ := t.ReadDir(dir) // what cannot be read has no names, and the chart tells
	for _, e := range entries {
		if e.Type().IsRegular() && e.Name() != "values.yaml" && isValuesFile(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names
}

func isValuesFile(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return (ext == ".yaml" || ext == ".yml") && slices.ContainsFunc(beside, func(pattern string) bool {
		match, _ := path.Match(pattern, strings.ToLower(name))
		return match
	})
}

// SetName is the name of the values set of such a file: prod for values-prod.yaml.
func SetName(file string) string {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	short := strings.Trim(strings.TrimSuffix(strings.TrimPrefix(name, "values"), "values"), "-_.")
	if short == "" || short == DefaultSet || short == CustomSet {
		return name
	}
	return short
}

// Unused are the values files beside values.yaml that no values set has; none where flags
// say which values count.
func (c *Chart) Unused() (names []string) {
	if c.chart.Root == "" || len(c.options.Layers) > 0 {
		return nil
	}
	if info, err := c.options.Tree.Stat(c.chart.Root); err != nil || info.Mode()&fs.ModeDir == 0 {
		return nil
	}
	used := map[string]bool{}
	for _, given := range c.options.ValuesSets {
		for _, name := range given.Files {
			used[filepath.Clean(name)] = true
		}
	}
	for _, s := range c.sets {
		for _, l := range s.layers {
			if l.Kind == chart.ValuesFile && l.File != nil {
				used[filepath.Clean(filepath.FromSlash(l.File.Name()))] = true
			}
		}
	}
	for _, name := range ValuesFiles(c.options.Tree, c.chart.Root) {
		if !used[filepath.Join(c.chart.Root, name)] {
			names = append(names, name)
		}
	}
	return names
}
