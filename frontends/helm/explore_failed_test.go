package helm

import (
	"fmt"
	"strings"
	"testing"
)

// TestFailing holds which switches make a template fail, and which of them are the chart's fault.
func TestFailing(t *testing.T) {
	on := func(text string) string { return "{{- if .Values.a.enabled }}\n  c: {{ " + text + " }}\n{{- end }}\n" }
	for _, c := range []struct {
		name, values, template string
		want                   string // the setting, the line, and whether that is excused
	}{
		{"a value that nobody speaks of", "a: {enabled: false}\n", on(".Values.a.b.c"), "--set a.enabled=true at 8"},
		{"off", "a: {enabled: true}\n", "{{- if not .Values.a.enabled }}\n  c: {{ .Values.a.b.c }}\n{{- end }}\n", "--set a.enabled=false at 8"},
		{"in a helper", "a: {enabled: false}\n", on(`include "deep" .`) + "{{- define \"deep\" }}{{ .Values.a.b.c }}{{ end }}", "--set a.enabled=true at 10"},
		{"the wrong dot", "a: {enabled: false}\nlist: [{x: 1}]\n", "{{- if .Values.a.enabled }}\n{{- range .Values.list }}\n  c: {{ .Values.a.enabled }}\n{{- end }}\n{{- end }}\n", "--set a.enabled=true at 9"},
		{"no such template", "a: {enabled: false}\n", on(`include "missing" .`), "--set a.enabled=true at 8"},
		{"the type of a default", "a: {enabled: false, port: 80}\n", on("tpl .Values.a.port ."), "--set a.enabled=true at 8"},
		{"beside another switch", "a: {enabled: false}\nb: false\n", on(".Values.a.b.c") + "{{- if .Values.b }}\n  d: e\n{{- end }}\n", "--set a.enabled=true at 8"},
		{"two", "a: {enabled: false}\nb: false\n", on(".Values.a.b.c") + "{{- if .Values.b }}\n  d: {{ .Values.x.y }}\n{{- end }}\n", "--set a.enabled=true at 8\n--set b=true at 11"},

		{"the chart refuses it", "a: {enabled: false}\n", on(`required "set a.b" .Values.a.b`), ""},
		{"the chart refuses it in a text", "a: {enabled: false, text: '{{ fail \"no\" }}'}\n", on("tpl .Values.a.text ."), ""},
		{"only with another one", "a: {enabled: false}\nb: false\n", "{{- if .Values.b }}" + on(".Values.a.b.c") + "{{- end }}", ""},
		{"a value that has a place", "a: {enabled: false, b: }\n", on(".Values.a.b.c"), "--set a.enabled=true at 8, excused"},
		{"an empty list", "a: {enabled: false, hosts: []}\n", on("index .Values.a.hosts 0"), "--set a.enabled=true at 8, excused"},
		{"a value in a comment", "a:\n  enabled: false\n  # b:\n  #   c: text\n", on(".Values.a.b.c"), "--set a.enabled=true at 8, excused"},
		{"a value without an example", "a:\n  enabled: false\n  # existingSecret:\n", on(".Values.a.existingSecret.name"), "--set a.enabled=true at 8, excused"},
		{"a value that a sentence names", "a:\n  enabled: false # needs the account of b\n", on(".Values.a.b.c"), "--set a.enabled=true at 8, excused"},
		{"the value of the switch", "a: {enabled: false}\n", "{{- if .Values.a.enabled }}\n{{- range .Values.a.enabled }}\n  c: d\n{{- end }}\n{{- end }}\n", "--set a.enabled=true at 8, excused"},
		{"the value of the switch, in a range", "a: {enabled: false}\n", "{{- if .Values.a.enabled }}\n{{- range $k, $v := .Values.a }}\n  c: {{ $v.name }}\n{{- end }}\n{{- end }}\n", "--set a.enabled=true at 9, excused"},
		{"a text that is a template", "a: {enabled: false, text: '{{ template \"other\" . }}'}\n", on("tpl .Values.a.text ."), "--set a.enabled=true at 8, excused"},
		{"what a cluster has", "a: {enabled: false}\n", on(`(lookup "v1" "Secret" "a" "b").data.key`), "--set a.enabled=true at 8, excused"},
		{"what a cluster has, in a variable", "a: {enabled: false}\n", "{{- if .Values.a.enabled }}\n{{- $s := lookup \"v1\" \"Secret\" \"a\" \"b\" }}\n  c: {{ $s.data.key }}\n{{- end }}\n", "--set a.enabled=true at 9, excused"},
		{"without an API", "a: {enabled: false}\n", "{{- if .Values.a.enabled }}\n{{- if not (.Capabilities.APIVersions.Has \"x/v1\") }}\n  c: {{ .Values.a.b.c }}\n{{- end }}\n{{- end }}\n", "--set a.enabled=true at 9, excused"},
		{"a guessed value", "a: {enabled: false, b: }\n", "{{- if .Values.a.b }}\n  c: {{ .Values.a.b.c.d }}\n{{- end }}\n", ""},
	} {
		_, e := exploredChart(t, map[string]string{"values.yaml": c.values, "templates/c.yaml": configMap(c.template)}, ExploreOptions{All: true})
		var got []string
		for _, b := range e.Broken {
			if !b.Fails {
				t.Errorf("%s: broken: %v", c.name, b.Error)
			}
			got = append(got, fmt.Sprintf("%s at %d", textOf(b.Settings), b.Error.At.Begin().Line))
		}
		for _, f := range e.Failed {
			got = append(got, fmt.Sprintf("%s at %d, excused", textOf(f.Settings), f.Error.At.Begin().Line))
		}
		if text := strings.Join(got, "\n"); text != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, text, c.want)
		}
	}
}

// TestFailingInReadme holds that what README.md names is left to users.
func TestFailingInReadme(t *testing.T) {
	_, e := exploredChart(t, map[string]string{
		"values.yaml": "a: {enabled: false}\n", "README.md": "| `a.b.c` | its name |\n",
		"templates/c.yaml": configMap("{{- if .Values.a.enabled }}\n  c: {{ .Values.a.b.c }}\n{{- end }}\n"),
	}, ExploreOptions{})
	if len(e.Broken) != 0 || len(e.Failed) != 1 {
		t.Errorf("%v %v", e.Broken, e.Failed)
	}
}
