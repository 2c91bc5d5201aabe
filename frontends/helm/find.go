package helm

import (
	"errors"
	"path/filepath"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// skipped are folders in which no chart of a project lies: what tools have fetched.
var skipped = map[string]bool{".git": true, ".terraform": true, "node_modules": true}

// inChart are folders of a chart whose charts are its dependencies or its texts.
var inChart = map[string]bool{"charts": true, "templates": true, "crds": true}

// IsChart reports whether a path of a tree is a chart: a directory with a Chart.yaml, or an
// archive.
func IsChart(t source.Tree, path string) bool { return chart.IsChart(t, path) }

// LacksChartYAML reports whether a directory has the templates and the values of a chart, but
// no Chart.yaml: its templates are no manifests.
func LacksChartYAML(t source.Tree, dir string) bool {
	if chart.IsChart(t, dir) {
		return false
	}
	templates, err := t.Stat(filepath.Join(dir, "templates"))
	if err != nil || !templates.IsDir() {
		return false
	}
	values, err := t.Stat(filepath.Join(dir, "values.yaml"))
	return err == nil && values.Mode().IsRegular()
}

// Find returns the charts at path, in the order of their names: path itself where
// it is a chart (a directory or an archive), else the chart directories below it.
// The dependencies of a chart are part of it; symbolic links are not followed. The
// error names the directories that cannot be read; the charts elsewhere are there.
func Find(t source.Tree, path string) ([]string, error) {
	if chart.IsChart(t, path) {
		return []string{path}, nil
	}
	info, err := t.Stat(path)
	if err != nil || !info.IsDir() {
		return nil, err
	}
	return below(t, path, false)
}

func below(t source.Tree, dir string, loaded bool) (charts []string, err error) {
	entries, err := t.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var errs []error
	for _, e := range entries {
		if !e.IsDir() || skipped[e.Name()] || loaded && inChart[e.Name()] {
			continue
		}
		sub := filepath.Join(dir, e.Name())
		is := chart.IsChart(t, sub)
		if is {
			charts = append(charts, sub)
		}
		more, err := below(t, sub, is)
		charts = append(charts, more...)
		errs = append(errs, err)
	}
	return charts, errors.Join(errs...)
}
