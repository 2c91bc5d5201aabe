package main

import (
	"fmt"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart/loader"
)

// TestExploredPlants holds which branches there are in a template, what is planted in each, and on which line the
// fault then is.
func TestExploredPlants(t *testing.T) {
	const text = `{{- if .Values.service.enabled }}
apiVersion: v1
kind: Service
metadata:
  name: web
  {{- with .Values.service.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  ports:
    - name: http
      port: 80
    {{- if .Values.metrics }}
    - name: metrics
      port: 9102
    {{- else }}
    # nothing
    {{- end }}
    {{- range .Values.more }}
    - name: {{ . }}
    {{- end }}
  {{- if .Values.selector -}}
  selector: {}
  {{- end }}
{{- end }}
{{- if .Capabilities.APIVersions.Has "x/v1" }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      {{- if .Values.pull }}
      imagePullSecrets: []
      {{- end }}
      containers:
        - name: web
          {{- if .Values.args }}
          args: []
          {{- else }}
          command: []
          {{- end }}
          env:
          {{- with .Values.env }}
          - name: A
            value: {{ . }}
          {{- end }}
          ports:
            {{- if .Values.port }}
            - containerPort: 1
            {{- end }}
{{- end }}
`
	var got []string
	for i, b := range branchesOf("templates/a.yaml", text) {
		p := plantIn(b, text, i)
		if p == nil {
			got = append(got, b.sort+" nothing")
			continue
		}
		lines := linesOf(p.planted(text))
		if n := strings.Count(p.planted(text), p.mark()); n != 1 || !strings.Contains(lines[p.line-1], p.mark()) {
			t.Errorf("%s: the mark stands %d times, on line %d %q", p.kind, n, p.line, lines[p.line-1])
		}
		fault, _, _ := strings.Cut(lines[p.line-1], " #")
		got = append(got, fmt.Sprintf("%s %s %d %s", b.sort, p.kind, p.line, strings.TrimSpace(fault)))
	}
	want := []string{
		"if document 9 name: planted",
		`nested annotation 8 sidecar.istio.io/planted-1: "x"`,
		"nested port of a Service 15 - {name: planted-2, port: 10002}",
		"else nothing",
		"range port of a Service 21 - {name: planted-4, port: 10004}",
		"nested nothing", // its text is not at the start of a line
		"capabilities document 35 mode: STRONG",
		"nested pod 37 hostNetwork: true",
		"nested container 42 securityContext: {runAsUser: 1337}",
		"else container 44 securityContext: {runAsUser: 1337}",
		`nested variable 49 value: "15001"`,
		"nested port of a container 53 - {containerPort: 15001}",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("planted:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for file, want := range map[string]bool{
		"templates/a.yaml": true, "templates/sub/b.yml": true, "charts/a/templates/a.yaml": true, "charts/a/charts/b/templates/a.yaml": true,
		"templates/_a.yaml": false, "templates/NOTES.txt": false, "templates/tests/a.yaml": false, "values.yaml": false, "charts/a/values.yaml": false, "crds/a.yaml": false,
	} {
		if got := renderedFile(file); got != want {
			t.Errorf("%s is rendered: %t", file, got)
		}
	}
}

// TestExploredMissed holds that a fault counts as found only with the settings that Helm needs to render it.
func TestExploredMissed(t *testing.T) {
	const file, text = "templates/a.yaml", "{{ if and .Values.a .Values.b }}\napiVersion: v1\nkind: ConfigMap\n{{ end }}\n"
	c := &helmChart{files: []*loader.BufferedFile{
		{Name: "Chart.yaml", Data: []byte(chartYAML)}, {Name: "values.yaml", Data: []byte("a: false\nb: false\nc: false\n")}, {Name: file, Data: []byte(text)},
	}}
	p := plantIn(branchesOf(file, text)[0], text, 0)
	changed := c.with(map[string]string{file: p.planted(text)})
	found := func(edit func(*exploredFinding)) *exploredReport {
		f := exploredFinding{Settings: []string{"a=true", "b=true"}}
		f.ID, f.Severity, f.Location = p.check, "note", place{File: file, Line: p.line}
		edit(&f)
		return &exploredReport{Findings: []exploredFinding{f}}
	}
	for name, is := range map[string]*exploredReport{
		"":                   found(func(*exploredFinding) {}),
		"nothing":            found(func(f *exploredFinding) { f.Location.Line++ }),
		"nothing is":         found(func(f *exploredFinding) { f.Location.File = "templates/b.yaml" }),
		"another check":      found(func(f *exploredFinding) { f.ID = "MESH999" }),
		"wrong: without":     found(func(f *exploredFinding) { f.Settings = nil }),
		"wrong: of level":    found(func(f *exploredFinding) { f.Severity = "error" }),
		"wrong: 5 settings":  found(func(f *exploredFinding) { f.Settings = []string{"a=1", "b=1", "c=1", "d=1", "e=1"} }),
		`wrong: ["a=true"]:`: found(func(f *exploredFinding) { f.Settings = []string{"a=true"} }),
		`wrong: ["a=true" "b=true" "c=true"]: "c=true" is not`: found(func(f *exploredFinding) { f.Settings = append(f.Settings, "c=true") }),
		`wrong: ["a"]: Helm refuses`:                           found(func(f *exploredFinding) { f.Settings = []string{"a"} }),
		"an error":                                             {Errors: []struct{ Input, Message string }{{".", "x"}}},
	} {
		if missed := p.missed(changed, is, func([]string) bool { return true }); !strings.HasPrefix(missed, name) || name == "" && missed != "" {
			t.Errorf("%s: %s", name, missed)
		}
	}
}
