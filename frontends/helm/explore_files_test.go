package helm

import (
	"fmt"
	"strings"
	"testing"
)

// TestFewestSettings holds with which settings the lines are named that only exploring reaches.
func TestFewestSettings(t *testing.T) {
	const values = "a: false\nb: false\nc: false\nmode: x\n"
	nested := configMap("{{- if .Values.a }}\n  c: 1\n{{- if .Values.b }}\n  d: 2\n{{- end }}\n{{- end }}\n")
	for _, c := range []struct {
		name, values string
		files        map[string]string
		want         string
	}{
		{"a setting that also opens another file", values, map[string]string{
			"templates/a.yaml": "{{- if .Values.a }}\n" + configMap("{{- if .Values.b }}\n  c: 1\n{{- end }}\n") + "{{- end }}\n",
			"templates/b.yaml": "{{- if .Values.b }}\n" + configMap("") + "{{- end }}\n",
		}, `templates/a.yaml:2-7 --set a=true
templates/a.yaml:9-9 --set a=true --set b=true
templates/b.yaml:2-7 --set b=true`},
		{"in a condition that a helper reads", values, map[string]string{
			"templates/_h.tpl": "{{- define \"on\" }}{{ if .Values.b }}yes{{ end }}{{ end }}",
			"templates/a.yaml": configMap("{{- if .Values.a }}\n  c: 1\n{{- if include \"on\" . }}\n  d: 2\n{{- end }}\n{{- end }}\n"),
			"templates/b.yaml": "{{- if .Values.b }}\n" + configMap("") + "{{- end }}\n",
		}, `templates/_h.tpl:1-1 --set b=true --set a=true
templates/a.yaml:8-8 --set a=true
templates/a.yaml:10-10 --set b=true --set a=true
templates/b.yaml:2-7 --set b=true`},
		{"what was added for a refusal", "a: true\nb: false\nc: false\n", map[string]string{
			"templates/a.yaml": "{{- if and .Values.b .Values.a }}{{ fail \"b needs a=false\" }}{{ end }}\n" + configMap("{{- if .Values.b }}\n  c: 1\n{{- end }}\n{{- if .Values.c }}\n  d: 1\n{{- end }}\n"),
		}, `templates/a.yaml:9-9 --set a=false --set b=true
templates/a.yaml:12-12 --set c=true`},
		{"a nested one alone", values, map[string]string{"templates/a.yaml": nested}, `templates/a.yaml:8-8 --set a=true
templates/a.yaml:10-10 --set a=true --set b=true`},
	} {
		c.files["values.yaml"] = c.values
		_, e := exploredChart(t, c.files, ExploreOptions{})
		e.FindFiles()
		var got []string
		for _, f := range e.Files {
			for _, r := range f.Ranges {
				got = append(got, fmt.Sprintf("%s:%d-%d %s", f.File.Path, r.First, r.Last, textOf(r.Settings)))
			}
		}
		if text := strings.Join(got, "\n"); text != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, text, c.want)
		}
	}
}
