package helm

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// elementValues are the values of TestElements.
const elementValues = `name: web
ports:
  - number: 9000
    target: web
  - number: 9001
    target: admin
byName:
  http:
    number: 80
  admin:
    number: 81
numbers: [7000, 7001]
groups:
  - team: red
    ports:
      - number: 1
      - number: 2
  - team: blue
    ports:
      - number: 3
defaults: {target: all}
text: "80,81"
nested:
  - labels: {a: b}
    number: 1
labels: {x: "1"}
sorted:
  - port: 1
    appProtocol: tcp
`

// TestElements asks for the origin of the missing name of each port: the line in values of
// the element that a range made it for, or none.
func TestElements(t *testing.T) {
	for _, c := range []struct {
		name, ports string
		want        []string // of each port; empty for none
	}{
		{"range", "{{ range .Values.ports }}\n- port: {{ .number }}\n{{ end }}", []string{"ports[0] at 3", "ports[1] at 5"}},
		{"computed", "{{ range .Values.ports }}\n- port: {{ add .number 1 }}\n{{ end }}", []string{"ports[0] at 3", "ports[1] at 5"}},
		{"variable", "{{ range $i, $p := .Values.ports }}\n- port: {{ $p.number }}\n{{ end }}", []string{"ports[0] at 3", "ports[1] at 5"}},
		{"map", "{{ range $name, $p := .Values.byName }}\n- port: {{ $p.number }}\n{{ end }}", []string{"byName.admin at 10", "byName.http at 8"}},
		{"key of a map", "{{ range $name, $p := .Values.byName }}\n- targetPort: {{ $name }}\n{{ end }}", []string{"byName.admin at 10", "byName.http at 8"}},
		{"scalars", "{{ range .Values.numbers }}\n- port: {{ . }}\n{{ end }}", []string{"numbers[0] at 12", "numbers[1] at 12"}},
		{"include", "{{ range .Values.ports }}\n{{ include \"port\" . }}\n{{ end }}", []string{"ports[0] at 3", "ports[1] at 5"}},
		{"include of the range", "{{ include \"ports\" . }}", []string{"ports[0] at 3", "ports[1] at 5"}},
		{"template", "{{ range .Values.ports }}\n{{ template \"port\" . }}\n{{ end }}", []string{"ports[0] at 3", "ports[1] at 5"}},
		{"include behind the dash", "{{ range .Values.ports }}\n- {{ include \"fields\" . }}\n{{ end }}", []string{"ports[0] at 3", "ports[1] at 5"}},
		{"dict of the element", "{{ range .Values.ports }}\n{{ include \"inner\" (dict \"port\" . \"root\" $) }}\n{{ end }}", []string{"ports[0] at 3", "ports[1] at 5"}},
		{"toYaml of the element", "{{ range .Values.ports }}\n- {{ toYaml . | nindent 2 }}\n{{ end }}", []string{"ports[0].number at 3", "ports[1].number at 5"}},
		{"toYaml of a part", "{{ range .Values.groups }}\n{{ toYaml .ports }}\n{{ end }}", []string{"groups[0].ports[0].number at 16", "groups[0].ports[1].number at 17", "groups[1].ports[0].number at 20"}},
		{"nested", "{{ range .Values.groups }}{{ range .ports }}\n- port: {{ .number }}\n{{ end }}{{ end }}", []string{"groups[0].ports[0] at 16", "groups[0].ports[1] at 17", "groups[1].ports[0] at 20"}},
		{"nested in a count", "{{ range .Values.ports }}{{ $p := . }}{{ range until 1 }}\n- port: {{ $p.number }}\n{{ end }}{{ end }}", []string{"ports[0] at 3", "ports[1] at 5"}},
		{"outer of nested", "{{ range $g := .Values.groups }}{{ range .ports }}\n- port: 1\n  targetPort: {{ $g.team }}\n{{ end }}{{ end }}", []string{"groups[0] at 14", "groups[0] at 14", "groups[1] at 18"}},
		{"merged with defaults", "{{ range .Values.ports }}{{ $p := merge (dict) . $.Values.defaults }}\n- port: {{ $p.number }}\n{{ end }}", []string{"ports[0] at 3", "ports[1] at 5"}},
		{"defaults into it", "{{ range .Values.ports }}{{ $p := merge . $.Values.defaults }}\n- port: {{ $p.number }}\n{{ end }}", []string{"ports[0] at 3", "ports[1] at 5"}},
		{"copy", "{{ range (deepCopy .Values.ports) }}\n- port: {{ .number }}\n{{ end }}", []string{"ports[0] at 3", "ports[1] at 5"}},
		{"read once more", "{{ range (tpl (toYaml .Values.ports) . | fromYamlArray) }}\n- port: {{ .number }}\n{{ end }}", []string{"ports[0] at 3", "ports[1] at 5"}},
		{"parts of a text", "{{ range splitList \",\" .Values.text }}\n- port: {{ . }}\n{{ end }}", []string{"text at 22", "text at 22"}},
		{"list as it is", "{{ toYaml .Values.sorted }}", []string{"sorted[0] at 28"}},
		{"sorted by toYaml", "{{ range .Values.sorted }}\n- {{ toYaml . | nindent 2 }}\n{{ end }}", []string{"sorted[0] at 28"}},
		{"with in a round", "{{ range .Values.nested }}\n- port: {{ .number }}\n  {{- with .labels }}\n  extra: {{ .a }}\n  {{- end }}\n{{ end }}", []string{"nested[0] at 24"}},
		{"break", "{{ range .Values.ports }}\n- port: {{ .number }}\n{{ break }}{{ end }}\n- port: 80", []string{"ports[0] at 3", ""}},
		{"else", "{{ range .Values.none }}{{ else }}\n- port: 80\n{{ end }}", []string{""}},
		// Nothing of the element is in these.
		{"count", "{{ range until 2 }}\n- port: {{ add . 80 }}\n{{ end }}", []string{"", ""}},
		{"element unused", "{{ range .Values.ports }}\n- port: 80\n{{ end }}", []string{"", ""}},
		{"another value", "{{ range .Values.ports }}\n- port: {{ index $.Values.numbers 0 }}\n{{ end }}", []string{"", ""}},
		{"own list", "{{ range (list 1 2) }}\n- port: {{ . }}\n{{ end }}", []string{"", ""}},
		{"own dictionaries", "{{ range (list (dict \"n\" 1)) }}\n- port: {{ .n }}\n{{ end }}", []string{""}},
		{"no range", "- port: {{ (index .Values.ports 0).number }}", []string{""}},
		{"range within", "- protocol: TCP\n  {{- range $k, $v := .Values.labels }}\n  {{ $k }}: {{ $v }}\n  {{- end }}", []string{""}},
		{"range behind the dash", "- {{ range $k, $v := .Values.labels }}\n  {{ $k }}: {{ $v }}\n  {{- end }}", []string{"labels.x at 26"}}, // of its key
		{"behind a range", "{{ range .Values.ports }}{{ end }}\n- port: 80", []string{""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := renderedChart(t, map[string]string{
				"values.yaml": elementValues,
				"templates/_lib.tpl": `{{ define "port" }}- port: {{ .number }}{{ end }}{{ define "fields" }}port: {{ .number }}
  targetPort: {{ .target }}{{ end }}{{ define "inner" }}{{ template "port" .port }}{{ end }}
{{ define "ports" }}{{ range .Values.ports }}
- port: {{ .number }}
{{ end }}{{ end }}`,
				"templates/service.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nports:\n" + c.ports + "\n",
			})
			var got []string
			for _, port := range r.Objects[0].Get("ports").Items() {
				got = append(got, elementOf(port.Get("name")))
			}
			if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestElementsOfObjects asks for what is missing in objects that a range made as a whole.
func TestElementsOfObjects(t *testing.T) {
	r := renderedChart(t, map[string]string{
		"values.yaml": elementValues,
		"templates/all.yaml": `{{- range .Values.groups }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .team }}
spec:
  type: ClusterIP
  ports:
    {{- range .ports }}
    - {port: {{ .number }}}
    {{- end }}
{{- end }}
`,
	})
	for i, want := range []map[string]string{
		{"metadata.labels": "groups[0] at 14", "status": "groups[0] at 14", "spec.selector": "groups[0] at 14", "spec": "groups[0] at 14"},
		{"metadata.labels": "groups[1] at 18", "status": "groups[1] at 18", "spec.selector": "groups[1] at 18", "spec": "groups[1] at 18"},
	} {
		for path, element := range want {
			f := r.Objects[i].Get(object.SplitPath(path)...)
			if got := elementOf(f); got != element {
				t.Errorf("%s of %v: %q, want %q", path, r.Objects[i], got, element)
			}
		}
		// What is written has its own origin alone.
		if o := r.Objects[i].Get("spec", "type").Origin(); len(o.Trace) > 0 {
			t.Errorf("the type has a trace: %v", o.Trace)
		}
	}
}

// elementOf is the last step of a field's trace that is a value, and its line.
func elementOf(f object.Field) string {
	o := f.Origin()
	if !o.Exact || !o.Span.Valid() {
		return "no place: " + o.Reason
	}
	for i := len(o.Trace) - 1; i >= 0; i-- {
		if s := o.Trace[i]; s.Role == source.Value {
			return fmt.Sprintf("%s at %d", s.Name, s.Span.Begin().Line)
		}
	}
	return ""
}

// renderedChart renders a chart of these files with its default values.
func renderedChart(t *testing.T, files map[string]string) *Rendered {
	t.Helper()
	dir := t.TempDir()
	files["Chart.yaml"] = "apiVersion: v2\nname: web\nversion: 0.1.0\n"
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c, err := Load(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, errs := c.Render(DefaultSet)
	if len(errs) > 0 || len(r.Objects) == 0 {
		t.Fatalf("%v, %d objects", errs, len(r.Objects))
	}
	return r
}
