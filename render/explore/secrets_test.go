package explore

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// TestSecretsOfElements holds that a setting of a whole list repeats no secrets of the values, and opens the branch.
func TestSecretsOfElements(t *testing.T) {
	c := chartOf(t, map[string]string{
		"values.yaml": "users: []\nenv: []\ntokens: [s3cr3t-of-list]\n",
		"templates/c.yaml": "{{ range .Values.users }}\na: {{ .name }}\n{{ if .admin }}\nb: 1\n{{ end }}{{ end }}{{ range .Values.env }}{{ if .open }}\nc: {{ .value }}\n{{ end }}{{ end }}" +
			"{{ if has \"x\" .Values.tokens }}\nd: 1\n{{ end }}",
	})
	values := "users: [{name: bob, password: s3cr3t-1, admin: false, auth: {deep: [s3cr3t-2]}, plain: kept}]\nenv: [{name: A, value: s3cr3t-3, open: false}]\n"
	base := chart.Options{Layers: []chart.Layer{{Kind: chart.ValuesFile, File: source.NewFile("", "v.yaml", []byte(values))}}}
	e, err := Explore(c, base, Options{All: true, Prove: true})
	if err != nil {
		t.Fatal(err)
	}
	got := setsText(e)
	if strings.Contains(got, "s3cr3t") {
		t.Errorf("secrets in %s", got)
	}
	for _, part := range []string{`"admin":true`, `"plain":"kept"`, `"open":true`, `"password":"example"`, `tokens=["example","x"]`} {
		if !strings.Contains(got, part) {
			t.Errorf("no %s in %s", part, got)
		}
	}
}
