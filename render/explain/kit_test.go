package explain

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// webChart is a Chart.yaml with more lines behind it.
func webChart(more string) string { return "apiVersion: v2\nname: web\nversion: 1.0.0\n" + more }

func chartNamed(name string) string { return "apiVersion: v2\nname: " + name + "\nversion: 1.2.3\n" }

// chartOf is a chart of files in memory, called web if they do not say otherwise.
func chartOf(t testing.TB, files map[string]string) *chart.Chart {
	t.Helper()
	all := map[string][]byte{"Chart.yaml": []byte(webChart(""))}
	for name, text := range files {
		all[name] = []byte(text)
	}
	c, err := chart.LoadFiles("web", all)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func prepared(t testing.TB, c *chart.Chart, o chart.Options) *chart.Inputs {
	t.Helper()
	in, err := c.Prepare(o)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// rendered is a chart as it is loaded, rendered.
func rendered(c *chart.Chart, o chart.Options) (*Result, error) {
	in, err := c.Prepare(o)
	if err != nil {
		return nil, err
	}
	return Render(in, o)
}

// setsOf are the options of a chart's value sets: the default ones and the ci ones.
func setsOf(t testing.TB, c sourcetest.Chart) map[string]chart.Options {
	t.Helper()
	sets := map[string]chart.Options{"default": {}}
	for _, ci := range c.CI {
		data, err := os.ReadFile(filepath.Join(c.Dir, filepath.FromSlash(ci)))
		if err != nil {
			t.Fatal(err)
		}
		sets[ci] = chart.Options{Layers: []chart.Layer{{Kind: chart.ValuesFile, File: source.NewFile(c.Dir, ci, data)}}}
	}
	return sets
}
