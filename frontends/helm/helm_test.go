package helm

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// write makes a directory of files.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const chartYAML = "apiVersion: v2\nname: web\nversion: 1.0.0\n"

func TestFind(t *testing.T) {
	dir := write(t, map[string]string{
		"a/Chart.yaml":                      chartYAML,
		"a/charts/sub/Chart.yaml":           chartYAML,
		"a/templates/x/Chart.yaml":          chartYAML,
		"a/examples/b/Chart.yaml":           chartYAML,
		"charts/c/Chart.yaml":               chartYAML,
		"charts/c/.git/d/Chart.yaml":        chartYAML,
		"infra/.terraform/m/e/Chart.yaml":   chartYAML,
		"site/node_modules/f/Chart.yaml":    chartYAML,
		"not-a-chart/Chart.yaml/values.yml": "",
		"z/values.yaml":                     "",
	})
	if err := os.Symlink(filepath.Join(dir, "a"), filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path string
		want []string
	}{
		{"", []string{"a", "a/examples/b", "charts/c"}},
		{"a", []string{"a"}}, {"link", []string{"link"}}, {"z", nil},
	} {
		got, err := Find(source.Disk, filepath.Join(dir, c.path))
		if err != nil {
			t.Errorf("%s: %v", c.path, err)
		}
		var names []string
		for _, path := range got {
			rel, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(rel))
		}
		if diff := cmp.Diff(c.want, names); diff != "" {
			t.Errorf("%s: %s", c.path, diff)
		}
	}
	if _, err := Find(source.Disk, filepath.Join(dir, "absent")); err == nil {
		t.Error("a path that does not exist is no error")
	}
}

// web is a chart with a bit of everything that this room does itself.
var web = map[string]string{
	"Chart.yaml":               chartYAML,
	"values.yaml":              "port: 80\nrole: front\n",
	"ci/a-values.yaml":         "port: 81\n",
	"ci/same-values.yaml":      "# other: true\n",
	"ci/notes.txt":             "",
	"crds/crd.yaml":            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a.b}\n",
	"templates/_helpers.tpl":   "{{- define \"web.labels\" }}\napp: web\nrole: {{ .Values.role }}\n{{- end }}\n",
	"templates/b-service.yaml": "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n  labels: {{- include \"web.labels\" . | nindent 4 }}\nspec:\n  ports:\n  - port: {{ .Values.port }}\n    name: 'http'\n    \"protocol\":\n",
	"templates/a-hook.yaml":    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: h\n  annotations:\n    helm.sh/hook: pre-install, post-upgrade\n---\nkind: List\napiVersion: v1\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: \"1\", a: \"2\"}}\n",
}

func load(t *testing.T, files map[string]string, o Options) *Chart {
	t.Helper()
	c, err := Load(write(t, files), o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// relative cuts the chart's directory out of a text.
func relative(c *Chart, text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, c.path+"/", ""), c.path, "CHART")
}

// outline is what a render gives, in one line each.
func outline(c *Chart, set string) []string {
	r, errs := c.Render(set)
	var lines []string
	if r != nil {
		for _, o := range r.Objects {
			line := o.String()
			if len(o.Hooks) > 0 {
				line += " hook " + strings.Join(o.Hooks, "+")
			}
			lines = append(lines, line+" at "+relative(c, o.Root().Origin().Span.String()))
		}
		if r.Same != "" {
			lines = append(lines, "same as "+r.Same)
		}
		for _, n := range r.Notes {
			lines = append(lines, "note "+relative(c, n))
		}
	}
	for _, e := range errs {
		lines = append(lines, "error "+relative(c, e.Error()))
	}
	return lines
}

func TestRender(t *testing.T) {
	c := load(t, web, Options{ReleaseName: "r"})
	if diff := cmp.Diff([]string{"default", "ci/a-values.yaml", "ci/same-values.yaml"}, c.Sets()); diff != "" {
		t.Error(diff)
	}
	objects := []string{
		"CustomResourceDefinition a.b at crds/crd.yaml:1:1",
		"Pod h hook pre-install+post-upgrade at templates/a-hook.yaml:1:1",
		"ConfigMap c at templates/a-hook.yaml:11:3",
		"Service r at templates/b-service.yaml:1:1",
	}
	note := `note templates/a-hook.yaml:11:73: the key "a" is defined twice in one mapping; the last one, here, counts`
	for _, s := range []struct {
		set  string
		more []string
	}{
		{"default", []string{note}},
		{"ci/a-values.yaml", nil}, // a note is told once
		{"ci/same-values.yaml", []string{"same as default"}},
	} {
		if diff := cmp.Diff(append(objects[:4:4], s.more...), outline(c, s.set)); diff != "" {
			t.Errorf("%s: %s", s.set, diff)
		}
	}
	r, _ := c.Render("ci/a-values.yaml")
	port := r.Objects[3].Get("spec", "ports").Items()[0].Get("port")
	step, _ := port.Origin().ValueStep()
	if got := relative(c, step.Span.String()); port.Num().V != 81 || got != "ci/a-values.yaml:1:7" {
		t.Errorf("port %d written at %s", port.Num().V, got)
	}
	if in := r.Objects[3].Input; in != c.path {
		t.Errorf("input %q, want %q", in, c.path)
	}
}

func TestSets(t *testing.T) {
	given := filepath.Join(write(t, map[string]string{"v.yaml": "port: 90\n"}), "v.yaml")
	layers := []chart.Layer{{Kind: chart.Set, Text: "port=99"}}
	one := []ValuesSet{{Name: "one", Files: []string{given}}}
	for _, s := range []struct {
		o    Options
		want []string
	}{
		{Options{NoCI: true}, []string{"default"}},
		{Options{NoCI: true, ValuesSets: one}, []string{"default", "one"}},
		{Options{Layers: layers}, []string{"custom"}},
		{Options{Layers: layers, ValuesSets: one}, []string{"custom", "one"}},
	} {
		if diff := cmp.Diff(s.want, load(t, web, s.o).Sets()); diff != "" {
			t.Error(diff)
		}
	}
	c := load(t, web, Options{Layers: layers, ValuesSets: one})
	for set, want := range map[string]int64{"custom": 99, "one": 90} {
		r, errs := c.Render(set)
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		if got := r.Objects[3].Get("spec", "ports").Items()[0].Get("port").Num().V; got != want {
			t.Errorf("%s: port %d, want %d", set, got, want)
		}
	}
	if _, err := Load(write(t, web), Options{ValuesSets: []ValuesSet{{Name: "default"}}}); err == nil || !strings.Contains(err.Error(), "two values sets named default") {
		t.Errorf("a name that is taken: %v", err)
	}
	absent := load(t, web, Options{ValuesSets: []ValuesSet{{Name: "x", Files: []string{"absent.yaml"}}}})
	if diff := cmp.Diff([]string{"error absent.yaml: the values file cannot be read: there is no such file or directory"}, outline(absent, "x")); diff != "" {
		t.Error(diff)
	}
}

// TestErrors are errors of one set or document; the rest goes on.
func TestErrors(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		set   string
		want  []string
	}{
		{"a document is no YAML", map[string]string{
			"templates/a.yaml": "kind: A\napiVersion: v1\n---\nkind: B\n{{ .Values.bad }}\n---\nkind: C\napiVersion: v1\n", "values.yaml": "bad: \"a: b: c\"\n",
		}, "default", []string{
			"A  at templates/a.yaml:1:1", "C  at templates/a.yaml:7:1",
			"error templates/a.yaml:5:4: invalid YAML: mapping values are not allowed in this context",
		}},
		{"a field of a wrong type", map[string]string{
			"templates/a.yaml": "kind: Service\napiVersion: v1\nspec:\n  ports:\n  - port: {{ .Values.port | quote }}\n", "values.yaml": "port: 80\n",
		}, "default", []string{
			"Service  at templates/a.yaml:1:1",
			"error templates/a.yaml:5:14: Service: spec.ports[0].port must be a whole number, not a string; remove the quotes",
		}},
		{"nothing", map[string]string{"ci/x-values.yaml": ""}, "default", []string{"note the chart renders no objects with its default values"}},
		{"nothing with a set", map[string]string{"ci/x-values.yaml": ""}, "ci/x-values.yaml", []string{"note the chart renders no objects with the values set ci/x-values.yaml"}},
		{"a library", map[string]string{"Chart.yaml": chartYAML + "type: library\n"}, "default", []string{"note a library chart renders nothing itself: check the charts that use it"}},
		{"no such set", nil, "x", []string{`error CHART: there is no values set "x"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{"Chart.yaml": chartYAML}
			for name, text := range c.files {
				files[name] = text
			}
			chart := load(t, files, Options{})
			if diff := cmp.Diff(c.want, outline(chart, c.set)); diff != "" {
				t.Error(diff)
			}
		})
	}
	chart := load(t, map[string]string{"Chart.yaml": chartYAML, "templates/a.yaml": "a: {{ .Values.x.y }}\n"}, Options{})
	if r, errs := chart.Render("default"); r != nil || len(errs) != 1 || !strings.Contains(errs[0].Error(), "templates/a.yaml:1:") {
		t.Errorf("a template that fails: %v, errors %v", r, errs)
	}
}

// TestLinkOutOfChart holds that the values of ci/ are files of the chart.
func TestLinkOutOfChart(t *testing.T) {
	dir := write(t, web)
	secret := filepath.Join(write(t, map[string]string{"s": "port: 7\n"}), "s")
	if err := os.Symlink(secret, filepath.Join(dir, "ci", "z-values.yaml")); err != nil {
		t.Fatal(err)
	}
	c, err := Load(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, errs := c.Render("ci/z-values.yaml")
	if r != nil || len(errs) != 1 || !strings.Contains(errs[0].Error(), "cannot be read") {
		t.Errorf("%v, errors %v", r, errs)
	}
}
