package render

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// webChart is a Chart.yaml with more lines behind it.
func webChart(more string) string { return "apiVersion: v2\nname: web\nversion: 1.0.0\n" + more }

func chartNamed(name string) string { return "apiVersion: v2\nname: " + name + "\nversion: 1.2.3\n" }

// chartOf is a chart of files in memory, called web if they do not say otherwise.
func chartOf(t testing.TB, files map[string]string) *Chart {
	t.Helper()
	all := map[string][]byte{"Chart.yaml": []byte(webChart(""))}
	for name, text := range files {
		all[name] = []byte(text)
	}
	c, err := LoadFiles("web", all)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func prepared(t testing.TB, c *Chart, o Options) *inputs {
	t.Helper()
	in, err := c.prepare(o)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// rendered is a chart as it is loaded, rendered.
func rendered(c *Chart, o Options) (*Result, error) {
	in, err := c.prepare(o)
	if err != nil {
		return nil, err
	}
	return explain(in, o)
}

// setsOf are the options of a chart's value sets: the default ones and the ci ones.
func setsOf(t testing.TB, c sourcetest.Chart) map[string]Options {
	t.Helper()
	sets := map[string]Options{"default": {}}
	for _, ci := range c.CI {
		data, err := os.ReadFile(filepath.Join(c.Dir, filepath.FromSlash(ci)))
		if err != nil {
			t.Fatal(err)
		}
		sets[ci] = Options{Layers: []Layer{{Kind: ValuesFile, File: source.NewFile(c.Dir, ci, data)}}}
	}
	return sets
}
