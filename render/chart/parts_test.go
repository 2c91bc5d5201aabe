package chart

import (
	"fmt"
	"strings"
	"testing"
)

// TestParts holds what is told of a chart and its dependencies, of each under all of its names.
func TestParts(t *testing.T) {
	c := mustLoad(t, map[string]string{
		"Chart.yaml": web(`dependencies:
- {name: sub, version: 1.2.3, alias: one, condition: "one.enabled, global.one", tags: [x, w]}
- {name: sub, version: 1.2.3, alias: two}
- {name: lib, version: 1.2.3}
`),
		"values.yaml": "a: 1\n", "values.schema.json": "{}", "templates/a.yaml": "a: 1\nb: 2\n", "templates/NOTES.txt": "x\n", "templates/_h.tpl": "{{ define \"h\" }}\n{{ end }}\n",
		"charts/sub/Chart.yaml": named("sub") + "dependencies:\n- {name: deep, version: 1.2.3, condition: deep.on}\n", "charts/sub/templates/s.yaml": "s: 1\n", "charts/sub/values.yaml": "b: 2\n",
		"charts/sub/charts/deep/Chart.yaml": named("deep"), "charts/sub/charts/deep/templates/d.yaml": "d: 1\n",
		"charts/lib/Chart.yaml": named("lib") + "type: library\n", "charts/lib/templates/l.yaml": "l: 1\n",
		"charts/extra/Chart.yaml": named("extra"), "charts/extra/templates/e.yaml": "e: 1\n",
	})
	got := map[string]string{}
	before := ""
	for _, p := range c.Parts() {
		path := strings.Join(p.Path, ".")
		got[path] = fmt.Sprintf("%q %q %v %q %d %d", p.Values, p.Schema, p.Conditions, p.Tags, len(p.Files), p.Lines)
		if path == "" && before != "" || strings.HasSuffix(path, ".deep") && got[strings.TrimSuffix(path, ".deep")] == "" {
			t.Errorf("%s comes before what it is of", path)
		}
		before = path
	}
	want := map[string]string{
		"":         `"a: 1\n" "{}" [] [] 2 4`,
		"one":      `"b: 2\n" "" [one.enabled global.one] ["x" "w"] 1 1`,
		"two":      `"b: 2\n" "" [] [] 1 1`,
		"one.deep": `"" "" [one.deep.on] [] 1 1`,
		"two.deep": `"" "" [two.deep.on] [] 1 1`,
		"lib":      `"" "" [] [] 0 0`,
		"extra":    `"" "" [] [] 1 1`,
	}
	for path, text := range want {
		if got[path] != text {
			t.Errorf("%s: %s, want %s", path, got[path], text)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d parts, want %d: %v", len(got), len(want), got)
	}
	if is, ok := Lookup(map[string]any{"a": map[string]any{"b": 1}}, Path{"a", "b"}); !ok || is != 1 {
		t.Error(is, ok)
	}
	if is, ok := Lookup(nil, Path{"a"}); ok {
		t.Error(is)
	}
}
