package explain

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

// TestAsked asks for the origin of what actions leave empty: the action, and behind it the
// value that it asks for, with its line where it is set.
func TestAsked(t *testing.T) {
	const values = `x: ""
image: {tag: "", pull:}
list:
  - name: ""
  - {}
byName:
  http: {port: ""}
`
	for _, c := range []struct{ template, want string }{
		{"a: {{ .Values.x }}", ".Values.x < x at 1"},
		{"a: '{{ .Values.x }}'", ".Values.x < x at 1"},
		{"a: {{ .Values.x | quote }}", ".Values.x | quote < x at 1"},
		{"a: {{ $.Values.x }}", "$.Values.x < x at 1"},
		{"a: {{ .Values.none }}", ".Values.none < none"},
		{"a: {{ .Values.none | quote }}", ".Values.none | quote < none"},
		{"a: {{ .Values.image.tag }}", ".Values.image.tag < image.tag at 2"},
		{"a: {{ .Values.image.pull }}", ".Values.image.pull < image.pull"},
		{"a: {{ .Values.image.none }}", ".Values.image.none < image.none"},
		{"a: {{ .Values.x | default .Values.none }}", ".Values.x | default .Values.none < x at 1 < none"},
		{"a: {{ .Values.x | default \"\" | trim }}", ".Values.x | default \"\" | trim < x at 1"},
		{"a: {{ .Values.x | b64enc }}", ".Values.x | b64enc < x* at 1"},
		{"a: {{ printf \"%s%s\" .Values.x .Values.image.tag }}", "printf \"%s%s\" .Values.x .Values.image.tag < x* at 1 < image.tag* at 2"},
		{"{{ with .Values.image }}a: {{ .tag }}{{ end }}", ".tag < image.tag at 2"},
		{"{{ with $i := .Values.image }}a: {{ $i.tag }}{{ end }}", "$i.tag < image.tag at 2"},
		{"{{ with .Values.none }}{{ else }}a: {{ .Values.x }}{{ end }}", ".Values.x < x at 1"},
		{"{{ $i := .Values.image }}a: {{ $i.tag }}", "$i.tag < image.tag at 2"},
		{"{{ $i := .Values.image }}{{ with .Values.list }}a: {{ $i.tag }}{{ end }}", "$i.tag < image.tag at 2"},
		{"{{ $i := .Values.image }}{{ $i = .Values.list }}a: {{ (first $i).name }}", "(first $i).name < computed*"},
		{"{{ range .Values.list }}a: {{ .name }}{{ break }}{{ end }}", ".name < list[0].name at 4"},
		{"{{ range $i, $e := .Values.list }}{{ if $i }}a: {{ $e.name }}{{ end }}{{ end }}", "$e.name < list[1].name"},
		{"{{ range $k, $e := .Values.byName }}a: {{ $e.port }}{{ end }}", "$e.port < byName.http.port at 7"},
		{"{{ range .Values.list }}{{ range $.Values.byName }}a: {{ .port }}{{ end }}{{ break }}{{ end }}", ".port < byName.http.port at 7"},
		{"{{ range .Values.list }}{{ range .none }}{{ else }}a: {{ .name }}{{ end }}{{ break }}{{ end }}", ".name < list[0].name at 4"},
		{"{{ range .Values.list }}{{ end }}a: {{ .Values.x }}", ".Values.x < x at 1"},
		{"{{ include \"tag\" .Values.image }}", ".tag < image.tag at 2"},
		{"{{ template \"tag\" .Values.image }}", ".tag < image.tag at 2"},
		{"{{ with .Values.image }}{{ template \"tag\" . }}{{ end }}", ".tag < image.tag at 2"},
		{"{{ range .Values.list }}{{ template \"name\" . }}{{ break }}{{ end }}", ".name < list[0].name at 4"},
		{"{{ include \"root\" (dict \"root\" $) }}", ".root.Values.x < x at 1"},
		{"{{ include \"tag\" (dict \"tag\" \"\") }}", ".tag < computed*"},
		{"a: {{ include \"nothing\" . }}", "include \"nothing\" . < computed*"},
		{"a: {{ dict | len | toString | trimAll \"0\" }}", "dict | len | toString | trimAll \"0\" < computed*"},
	} {
		m := renderOne(t, map[string]string{
			"Chart.yaml": webChart(""), "values.yaml": values, "templates/x.yaml": c.template + "\n",
			"templates/_lib.tpl": `{{ define "tag" }}a: {{ .tag }}{{ end }}{{ define "name" }}a: {{ .name }}{{ end }}` +
				`{{ define "root" }}a: {{ .root.Values.x }}{{ end }}{{ define "nothing" }}{{ end }}`,
		})
		at := strings.Index(m.Text, "a: ") + len("a: ")
		o, ok := m.Nothing(at)
		switch {
		case strings.HasPrefix(m.Text[at:], "\"\""):
			o, ok = m.Origin(at, at+2), true
		case strings.HasPrefix(m.Text[at:], "''"):
			o, ok = m.Nothing(at + 1)
		}
		if !ok || !o.Exact {
			t.Errorf("%s: nobody wrote nothing at %d of %q", c.template, at, m.Text)
			continue
		}
		got := o.Span.Text()
		for _, s := range o.Trace {
			if s.Call() {
				continue
			}
			name := s.Name
			if s.Role != source.Value {
				name = string(s.Role)
			}
			if got += " < " + name; s.Derived {
				got += "*"
			}
			if s.Span.Valid() {
				got += fmt.Sprintf(" at %d", s.Span.Begin().Line)
			}
		}
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.template, got, c.want)
		}
	}
}
