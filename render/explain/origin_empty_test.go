package explain

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/chart"
)

// TestNothing asks who wrote nothing between < and >, and lets the action that is told
// print something: it must stand there.
func TestNothing(t *testing.T) {
	for _, c := range []struct{ template, want string }{
		{"a: {{ .Values.none }}<>\n", ".Values.none"},
		{"a: <>{{ .Values.none }}\n", ".Values.none"},
		{"a: \"{{ .Values.empty }}<>\"\n", ".Values.empty"},
		{"a: {{ include \"lib.empty\" . }}<>\n", "include \"lib.empty\" ."},
		{"a: {{ include \"lib.inner\" . }}\n", "print (.Values.none | default \"\")"},
		{"a:\n  {{- include \"lib.inner\" . | nindent 2 }}\n", "print (.Values.none | default \"\")"},
		{"a: {{ if .Values.none }}x{{ end }}<>\n", ""},
		{"a: {{ $x := 1 }}<>\n", ""},
		{"a: <>\nb: {{ .Values.none }}\n", ""},
		{"a: x<>y\n", ""},
		{"a: x{{ .Values.none }}<>y\n", ".Values.none"},
		{"<>{{ .Values.none }}a: x\n", ".Values.none"},
	} {
		files := map[string]string{
			"Chart.yaml": webChart(""), "values.yaml": "empty: ''\n",
			"templates/_lib.tpl": "{{ define \"lib.empty\" }}{{ end }}{{ define \"lib.inner\" }}b: {{ print (.Values.none | default \"\") }}<>\n{{ end }}",
			"templates/x.yaml":   c.template,
		}
		// The mark stands in the rendered text too, where the offset is taken; what is
		// asked for is then the text without it.
		marked := renderOne(t, files)
		at := strings.Index(marked.Text, "<>")
		for name := range files {
			files[name] = strings.ReplaceAll(files[name], "<>", "")
		}
		m := renderOne(t, files)
		o, ok := m.Nothing(at)
		if !ok {
			if c.want != "" {
				t.Errorf("%q: nobody wrote nothing at %d of %q", c.template, at, m.Text)
			}
			continue
		}
		if got := o.Span.Text(); got != c.want || !o.Exact {
			t.Errorf("%q: %q (exact %v)", c.template, got, o.Exact)
			continue
		}
		name := strings.TrimPrefix(o.Span.File.Path, "")
		files[name] = string(splice(o.Span, `print "zq"`))
		if now := renderOne(t, files); now.Text != m.Text[:at]+"zq"+m.Text[at:] {
			t.Errorf("%q: with another value it renders %q", c.template, now.Text)
		}
	}
}

func renderOne(t *testing.T, files map[string]string) *Manifest {
	t.Helper()
	result, err := rendered(chartOf(t, files), chart.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range result.Manifests {
		if strings.HasSuffix(m.Name, "x.yaml") {
			return m
		}
	}
	t.Fatal("no manifest")
	return nil
}
