package helm

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/explore"
	"github.com/mesh-check/mesh-check/render/source"
)

// exploredChart explores a chart whose values sets are rendered.
func exploredChart(t *testing.T, files map[string]string, o ExploreOptions) (*Chart, *Explored) {
	t.Helper()
	all := map[string]string{"Chart.yaml": chartYAML}
	for name, text := range files {
		all[name] = text
	}
	c := load(t, all, Options{})
	for _, set := range c.Sets() {
		c.Render(set)
	}
	o.Prove = true
	e, errs := c.Explore(o)
	if len(errs) > 0 {
		t.Fatal(errs[0])
	}
	return c, e
}

func textOf(settings []Setting) string {
	var all []string
	for _, s := range settings {
		all = append(all, s.String())
	}
	return strings.Join(all, " ")
}

// configMap is a template of one object, with more below its data.
func configMap(more string) string {
	return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  a: b\n" + more
}

// TestBroken holds which branches are the chart's fault.
func TestBroken(t *testing.T) {
	const pods = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: web:1\n"
	for _, c := range []struct {
		name, values, template string
		want                   string // the settings and the line
	}{
		{"nothing", "a: false\n", configMap("{{- if .Values.a }}\n  c: d\n{{- end }}\n"), ""},
		{"no YAML", "a: false\n", configMap("{{- if .Values.a }}\n c: d: e\n{{- end }}\n"), "--set a=true at 8"},
		{"no YAML when off", "a: true\n", configMap("{{- if not .Values.a }}\n c: d: e\n{{- end }}\n"), "--set a=false at 8"},
		{"beside another one", "a: false\nb: false\n", configMap("{{- if .Values.b }}\n  c: d\n{{- end }}{{- if .Values.a }}\n c: d: e\n{{- end }}\n"), "--set a=true at 10"},
		{"with two settings", "a: false\nb: false\n", configMap("{{- if and .Values.a .Values.b }}\n c: d: e\n{{- end }}\n"), ""},
		{"with two settings of one feature", "a: {enabled: false, deep: false}\n", configMap("{{- if .Values.a.enabled }}\n{{- if .Values.a.deep }}\n c: d: e\n{{- end }}\n{{- end }}\n"), "--set a.enabled=true --set a.deep=true at 9"},
		{"by default too", "a: false\n", configMap(" c: d: e\n{{- if .Values.a }}\n  f: g\n{{- end }}\n"), ""},
		{"by the value of the setting", "a: {}\n", configMap("{{- range $k, $v := .Values.a }}\n {{ $k }}: {{ $v }}: {{ $v }}\n{{- end }}\n"), ""},
		{"a refused type", "a: false\n", pods + "{{- if .Values.a }}\n  hostNetwork: 5\n{{- end }}\n", "--set a=true at 10"},
		{"a refused type of the setting's value", "# a: text # such as it\na: \"\"\n", pods + "{{- with .Values.a }}\n  hostNetwork: {{ . }}\n{{- end }}\n", ""},
		{"with a masked text in the list", "ports: [{name: web, value: \":80\", tls: false}]\n",
			"apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n{{- range .Values.ports }}\n  - name: {{ .name }}\n    port: {{ trimPrefix \":\" .value }}\n{{- if .tls }}\n    appProtocol: https\n{{- end }}\n{{- end }}\n", ""},
		{"worded otherwise beside a fine one", "a: false\nb: false\n", configMap("{{- if .Values.a }}\n  c: \"1\"\n{{- end }}\n{{- if .Values.b }}\n   d: \"1\"\n{{- end }}\n"), "--set b=true at 11"},
		{"two, in two files", "a: false\nb: false\n", configMap("{{- if .Values.a }}\n c: d: e\n{{- end }}\n{{- if .Values.b }}\n f: g: h\n{{- end }}\n"), "--set a=true at 8\n--set b=true at 11"},
	} {
		_, e := exploredChart(t, map[string]string{"values.yaml": c.values, "templates/c.yaml": c.template}, ExploreOptions{All: true})
		var got []string
		for _, b := range e.Broken {
			got = append(got, fmt.Sprintf("%s at %d", textOf(b.Settings), b.Error.At.Begin().Line))
			if b.Template != "templates/c.yaml" {
				t.Errorf("%s: in %s", c.name, b.Template)
			}
		}
		if text := strings.Join(got, "\n"); text != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, text, c.want)
		}
	}
}

// TestExploredFiles holds that the lines which only exploring reaches are reached with the settings
// that are named, and not without any of them.
func TestExploredFiles(t *testing.T) {
	files := map[string]string{
		"values.yaml": "a: false\nb: false\nc: false\nd: false\nmode: x\n",
		"templates/c.yaml": configMap("{{- if .Values.a }}\n  c: 1\n{{- if .Values.b }}\n  d: 2\n{{- end }}\n  e: 3\n{{- end }}\n" +
			"{{- if eq .Values.mode \"other\" }}\n  f: 4\n{{- end }}\n{{- if .Values.c }}\n  g: 5\n{{- end }}\n{{- if false }}\n  h: 6\n{{- end }}\n"),
		"templates/d.yaml": "{{- if .Values.d }}\n" + configMap("") + "{{- end }}\n",
		"ci/c-values.yaml": "c: true\n",
	}
	c, e := exploredChart(t, files, ExploreOptions{})
	e.FindFiles()
	var got []string
	for _, f := range e.Files {
		for _, r := range f.Ranges {
			got = append(got, fmt.Sprintf("%s:%d-%d %d %s", f.File.Path, r.First, r.Last, r.Lines, textOf(r.Settings)))
			reach := func(settings []Setting) bool {
				reached := explore.Reach(c.chart, e.base, settings)[f.File.Path]
				return reached != nil && reached.Lines().Has(r.First) && reached.Lines().Has(r.Last)
			}
			if !reach(r.Settings) {
				t.Errorf("%s does not reach %d to %d of %s", textOf(r.Settings), r.First, r.Last, f.File.Path)
			}
			for i := range r.Settings {
				if less := explore.Without(r.Settings, r.Settings[i:i+1]); reach(less) {
					t.Errorf("%q reaches %d to %d of %s too", textOf(less), r.First, r.Last, f.File.Path)
				}
			}
		}
		for _, g := range f.Gaps {
			got = append(got, fmt.Sprintf("%s: %d left", f.File.Path, g.Lines))
		}
	}
	want := `templates/c.yaml:8-8 1 --set a=true
templates/c.yaml:10-10 1 --set a=true --set b=true
templates/c.yaml:12-12 1 --set a=true
templates/c.yaml:15-15 1 --set mode=other
templates/c.yaml: 1 left
templates/d.yaml:2-7 6 --set d=true`
	if text := strings.Join(got, "\n"); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
	_, given := c.Coverage()
	if reached := given + 4 + 6; e.Lines != reached {
		t.Errorf("%d lines are reached, want %d", e.Lines, reached)
	}
}

// TestExploredBase holds that exploring goes on from the first values set that renders.
func TestExploredBase(t *testing.T) {
	files := map[string]string{
		"values.yaml":      "name: \"\"\na: false\n",
		"templates/c.yaml": "{{ if not .Values.name }}{{ fail \"set name\" }}{{ end }}" + configMap("{{- if .Values.a }}\n  c: {{ .Values.name }}\n{{- end }}\n"),
		"ci/b-values.yaml": "name: b\n", "ci/c-values.yaml": "name: c\n", "ci/a-values.yaml": "b: 1\n",
	}
	var rendered []string
	c, e := exploredChart(t, files, ExploreOptions{Found: func(set *ExploredSet, r *Rendered) {
		rendered = append(rendered, fmt.Sprintf("%s: %d objects", textOf(set.Settings), len(r.Objects)))
	}})
	if c.Base() != "ci/b-values.yaml" || c.Rendered() != 2 || len(e.Sets) != 1 || strings.Join(rendered, "\n") != "--set a=true: 1 objects" {
		t.Errorf("from %s, of %d rendered, %d sets: %s", c.Base(), c.Rendered(), len(e.Sets), rendered)
	}
	r, errs := e.Render(e.Sets[0].Settings)
	if len(errs) > 0 || !strings.HasPrefix(r.Objects[0].Root().Origin().Span.File.Path, "templates/") {
		t.Errorf("%v %v", r, errs)
	}
	if r, errs := e.Render([]Setting{{Flag: "set", Text: "a[0"}}); r != nil || len(errs) == 0 {
		t.Errorf("%v %v", r, errs)
	}
	var refused *source.Error
	if r, errs := e.Render([]Setting{{Flag: "set", Text: "name="}}); r != nil || len(errs) != 1 {
		t.Errorf("%v %v", r, errs)
	} else if refused = errs[0]; !strings.Contains(refused.What, "set name") {
		t.Error(refused)
	}
}

// TestNothingToExplore holds that a chart of which no values set renders says why.
func TestNothingToExplore(t *testing.T) {
	c := load(t, map[string]string{"Chart.yaml": chartYAML, "templates/c.yaml": "{{ fail \"no\" }}"}, Options{})
	c.Render("default")
	e, errs := c.Explore(ExploreOptions{})
	if c.Rendered() != 0 || len(errs) != 1 || e == nil || len(e.Sets) > 0 {
		t.Errorf("%+v %v", e, errs)
	}
}
