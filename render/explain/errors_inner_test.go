package explain

import (
	"errors"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// TestInnermost holds that an error of fail or required in a helper is told where
// the helper calls it.
func TestInnermost(t *testing.T) {
	helper := "{{ define \"h\" }}\n\n  {{ required \"the tag!\" .Values.image.tag }}{{ end }}"
	sub := map[string]string{"templates/x.yaml": "a: 1\nb: {{ include \"h\" . }}", "values.yaml": "image: {}\n",
		"charts/sub/Chart.yaml": chartNamed("sub") + "type: library\n", "charts/sub/templates/_h.tpl": helper}
	for name, test := range map[string]struct {
		files map[string]string
		want  string
	}{
		"required": {map[string]string{"templates/x.yaml": "a: 1\nb: {{ include \"h\" . }}", "templates/_h.tpl": helper, "values.yaml": "image: {}\n"},
			"web/templates/_h.tpl:3:6: the tag! (rendering templates/x.yaml:2); set image.tag with --set or -f"},
		"required in a library": {sub,
			"web/charts/sub/templates/_h.tpl:3:6: the tag! (rendering templates/x.yaml:2); set image.tag with --set or -f"},
		"fail in parentheses": {map[string]string{"templates/x.yaml": "{{ include \"h\" . }}", "templates/_h.tpl": "{{ define \"h\" }}{{ if 1 }}{{ print (fail \"no\") }}{{ end }}{{ end }}"},
			"web/templates/_h.tpl:1:37: no (rendering templates/x.yaml:1); give the chart what it asks for with --set or -f"},
		"fail by template": {map[string]string{"templates/x.yaml": "{{ template \"h\" . }}", "templates/_h.tpl": "{{ define \"h\" }}{{ fail \"no\" }}{{ end }}"},
			"web/templates/_h.tpl:1:20: no (rendering templates/_h.tpl:1); give the chart what it asks for with --set or -f"},
		"fail in tpl": {map[string]string{"templates/x.yaml": "{{ tpl .Values.t . }}", "values.yaml": "t: '{{ fail \"no\" }}'\n"},
			"web/templates/x.yaml:1:4: the chart stops with a message that may contain a secret; give the chart what it asks for with --set or -f"},
		"fail in the file itself": {map[string]string{"templates/x.yaml": "{{ fail \"no\" }}"},
			"web/templates/x.yaml:1:4: no; give the chart what it asks for with --set or -f"},
		"another failure": {map[string]string{"templates/x.yaml": "{{ include \"h\" . }}", "templates/_h.tpl": "{{ define \"h\" }}{{ .Values.a.b }}{{ end }}"},
			"web/templates/_h.tpl:1:20: nil pointer: .Values.a has no value, so .Values.a.b cannot be read (rendering templates/x.yaml:1); set a.b with --set or -f"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.files["Chart.yaml"] == "" {
				test.files["Chart.yaml"] = webChart("")
			}
			_, err := rendered(chartOf(t, test.files), chart.Options{})
			if err == nil || err.Error() != test.want {
				t.Errorf("error is %v\nwant     %s", err, test.want)
			}
		})
	}
}

// TestErrorsTellNoValues holds that what text/template prints of values stays out
// of messages.
func TestErrorsTellNoValues(t *testing.T) {
	for _, text := range []string{"{{ range .Values.a }}{{ end }}", "{{ eq .Values.d .Values.d }}", "{{ ne .Values.l .Values.l }}"} {
		c := chartOf(t, values("a: hunter2\nd: {k: hunter2}\nl: [hunter2]\n", text))
		_, err := rendered(c, chart.Options{})
		if e := (*source.Error)(nil); !errors.As(err, &e) || strings.Contains(e.Error(), "hunter2") || !e.At.Valid() {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestLongErrors holds that a message of any length is read in no time, and that
// the first and the last of the calls that it names are told.
func TestLongErrors(t *testing.T) {
	c := chartOf(t, map[string]string{"templates/x.yaml": "\n{{ include \"h\" . }}", "templates/_h.tpl": "\n\n{{ include \"h\" . }}"})
	text := "template: web/templates/x.yaml:2:3: executing \"web/templates/x.yaml\" at <include \"h\" .>: error calling include: " +
		strings.Repeat("template: web/templates/_h.tpl:3:3: executing \"h\" at <include \"h\" .>: error calling include: ", 100_000) + "the end"
	want := "web/templates/_h.tpl:3:4: include \"h\" .: the end (rendering templates/x.yaml:2)"
	if got := renderError(c, errors.New(text)).Error(); got != want {
		t.Errorf("error is %s\nwant     %s", got, want)
	}
}
