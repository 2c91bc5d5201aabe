package explain

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/render/chart"
)

// TestRepeated holds that of equal partials one is parsed, that it is the one whose
// definitions hold for Helm, and that a chart which calls them by their path is
// explained too.
func TestRepeated(t *testing.T) {
	library := "{{ define \"lib.name\" }}name: {{ .Release.Name }}{{ end }}\n{{ define \"lib.empty\" }}{{ end }}\n"
	files := map[string]string{
		"Chart.yaml":                    "apiVersion: v2\nname: top\nversion: 1.0.0\n",
		"values.yaml":                   "",
		"templates/x.yaml":              "kind: A\n{{ include \"lib.name\" . }}\nlast: {{ include \"lib.empty\" . }}\n",
		"charts/a/Chart.yaml":           "apiVersion: v2\nname: a\nversion: 1.0.0\n",
		"charts/a/templates/_lib.tpl":   library,
		"charts/a/templates/x.yaml":     "kind: B\n{{ include \"lib.name\" . }}\n",
		"charts/b/Chart.yaml":           "apiVersion: v2\nname: b\nversion: 1.0.0\n",
		"charts/b/templates/_lib.tpl":   library,
		"charts/b/templates/_other.tpl": "{{ define \"lib.empty\" }}not empty{{ end }}",
	}
	for _, c := range []struct {
		name, more string
		want       []string // what is not parsed
		explain    string
	}{
		{"two dependencies", "", []string{"top/charts/b/templates/_lib.tpl"}, ""},
		{"called by its path", `{{ include "top/charts/b/templates/_lib.tpl" . | trim }}`, nil, ""},
		{"called by a path that is put together", `{{ include (printf "top/charts/b/templates/_lib%stpl" ".") . | trim }}`,
			[]string{"top/charts/b/templates/_lib.tpl"}, `no template "top/charts/b/templates/_lib.tpl"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			files["templates/x.yaml"] = "kind: A\n{{ include \"lib.name\" . }}\nlast: {{ include \"lib.empty\" . }}\n" + c.more
			loaded := chartOf(t, files)
			in, err := loaded.Prepare(chart.Options{})
			if err != nil {
				t.Fatal(err)
			}
			e := newTracer(in, chart.Options{})
			if _, err := e.render(); c.explain == "" && err != nil || c.explain != "" && (err == nil || !strings.Contains(err.Error(), c.explain)) {
				t.Errorf("explained with %v, want %q", err, c.explain)
			}
			var left []string
			for _, name := range []string{"top/charts/a/templates/_lib.tpl", "top/charts/b/templates/_lib.tpl", "top/charts/b/templates/_other.tpl"} {
				if e.texts[name] == nil {
					left = append(left, name)
				}
			}
			if diff := cmp.Diff(c.want, left); diff != "" {
				t.Error(diff)
			}
			result, err := rendered(loaded, chart.Options{})
			if err != nil {
				t.Fatal(err) // Helm's engine knows the files by their paths too
			}
			for _, m := range result.Manifests {
				if m.Exact != (c.explain == "") {
					t.Errorf("%s: exact %v: %s", m.Name, m.Exact, m.Reason)
				}
				if at := strings.Index(m.Text, "name:"); m.Exact {
					if got := m.Origin(at, at+4).Span.File.Path; got != "charts/a/templates/_lib.tpl" {
						t.Errorf("%s: the name is written in %s", m.Name, got)
					}
				}
			}
		})
	}
}
