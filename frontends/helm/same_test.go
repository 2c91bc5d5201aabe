package helm

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// branches writes the same Service in both branches.
var branches = map[string]string{
	"Chart.yaml":  chartYAML,
	"values.yaml": "a: false\nport: 80\nlist: [1]\nempty: {}\nname: x\n",
	"templates/a.yaml": `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  ports:
{{- if .Values.a }}
  - name: http
{{- else }}
  - name: http
{{- end }}
    port: {{ .Values.port }}
`,
	"ci/branch-values.yaml":  "a: true\n",
	"ci/empty-values.yaml":   "# nothing\n",
	"ci/equal-values.yaml":   "port: 80\nname: x\n",
	"ci/float-values.yaml":   "port: 80.0\n",
	"ci/gone-values.yaml":    "empty: null\n",
	"ci/text-values.yaml":    "port: \"80\"\n",
	"ci/unused-values.yaml":  "unused: 1\n",
	"ci/unused2-values.yaml": "unused: 1\n",
}

// TestSame holds that a values set is taken for another one where templates are given
// the same and all of it is written at the same places.
func TestSame(t *testing.T) {
	c := load(t, branches, Options{ReleaseName: "r"})
	same, lines := map[string]string{}, map[string]int{}
	for _, set := range c.Sets() {
		r, errs := c.Render(set)
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		same[set] = r.Same
		name := r.Objects[0].Get("spec", "ports").Items()[0].Get("name")
		if name.Str().V != "http" {
			t.Errorf("%s: name %q", set, name.Str().V)
		}
		lines[set] = name.Origin().Span.Begin().Line
	}
	wantSame := map[string]string{
		"default": "", "ci/branch-values.yaml": "", "ci/empty-values.yaml": "default",
		// The same values, in another file: they are edited there.
		"ci/equal-values.yaml": "", "ci/unused2-values.yaml": "",
		"ci/float-values.yaml": "",
		"ci/gone-values.yaml":  "", "ci/text-values.yaml": "", "ci/unused-values.yaml": "",
	}
	if diff := cmp.Diff(wantSame, same); diff != "" {
		t.Error(diff)
	}
	for set, line := range lines {
		want := 9
		if set == "ci/branch-values.yaml" {
			want = 7
		}
		if line != want {
			t.Errorf("%s: the name stands in line %d, want %d", set, line, want)
		}
	}
}
