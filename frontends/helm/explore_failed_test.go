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

// TestFailingSpokenOf holds which texts speak of a value that is not there, and which only seem to.
func TestFailingSpokenOf(t *testing.T) {
	on := func(text string) string {
		return configMap("{{- if .Values.a.enabled }}\n  c: {{ " + text + " }}\n{{- end }}\n")
	}
	bucket := on(".Values.a.bucket.name")
	for name, c := range map[string]struct {
		files   map[string]string
		excused bool
	}{
		"nothing": {map[string]string{}, false},

		"another values file":            {map[string]string{"values-production.yaml": "a:\n  enabled: true\n  bucket: {name: x}\n"}, true},
		"another one, by its end":        {map[string]string{"prod-values.yaml": "a: {enabled: true, bucket: {name: x}}\n"}, true},
		"a values file of another value": {map[string]string{"values-production.yaml": "b:\n  bucket: {name: x}\n"}, false},
		"an example":                     {map[string]string{"examples/deep/ex.yaml": "spec:\n  values:\n    a:\n      enabled: true\n      bucket:\n        name: x\n"}, true},
		"ci":                             {map[string]string{"ci/a.yaml": "a:\n  bucket: {name: x}\n"}, true},
		"ignored by Helm":                {map[string]string{".helmignore": "ci/\n", "ci/a.yaml": "a:\n  bucket: {name: x}\n"}, true},
		"an object, not an example":      {map[string]string{"crds/a.yaml": "a:\n  bucket: {name: x}\n"}, false},
		"a comment of a template":        {map[string]string{"templates/b.yaml": "{{- /* a.bucket.name must be given with a.enabled */ -}}\n"}, true},
		"a comment of its output":        {map[string]string{"templates/b.yaml": "# a.bucket must be given\n"}, true},
		"the template itself":            {map[string]string{"templates/b.yaml": "{{- if false }}{{ .Values.a.bucket }}{{ end }}\n"}, false},
		"README, nested":                 {map[string]string{"README.md": "```yaml\na:\n  enabled: true\n  bucket:\n    name: x\n```\n"}, true},
		"README, another word":           {map[string]string{"README.md": "The databucket.name of data.buckets.\n"}, false},
		"a sentence in the block":        {map[string]string{"values.yaml": "a:\n  # needs a bucket\n  enabled: false\nb: 1\n"}, true},
		"a sentence above the block":     {map[string]string{"values.yaml": "b: 1\n# needs a bucket\n\na: {enabled: false}\n"}, true},
		"a sentence below the block":     {map[string]string{"values.yaml": "a:\n  enabled: false\n# bucket: none\nb: 1\n"}, true},
		"a sentence elsewhere":           {map[string]string{"values.yaml": "a:\n  enabled: false\nc: 1\n# The bucket of the application\nb: 1\n"}, false},
		"the schema":                     {map[string]string{"values.schema.json": `{"properties": {"a": {"properties": {"bucket": {"type": "object"}}}}}`}, true},

		"a value named after a type": {map[string]string{"templates/c.yaml": on(".Values.boolOptions.value")}, false},
		"the type":                   {map[string]string{"values.yaml": "a: {enabled: false, x: true}\n", "templates/c.yaml": on(".Values.a.x | trunc 3")}, true},
		"a top value in README":      {map[string]string{"README.md": "Set `other` too.\n", "templates/c.yaml": on(".Values.other.value")}, true},
		"a word of README":           {map[string]string{"README.md": "This is another chart, and no other.\n", "templates/c.yaml": on(".Values.other.value")}, false},

		"lookup in a comment":        {map[string]string{"templates/c.yaml": "# the resolver does a lookup here\n" + bucket}, false},
		"lookup in another branch":   {map[string]string{"templates/c.yaml": bucket + "{{- if .Values.b }}\n  d: {{ lookup \"v1\" \"Secret\" \"x\" \"y\" }}\n{{- end }}\n"}, false},
		"lookup in a helper":         {map[string]string{"templates/c.yaml": on(`(include "asks" . | fromYaml).data.x`), "templates/_h.tpl": "{{ define \"asks\" }}{{ lookup \"v1\" \"Secret\" \"x\" \"y\" | toYaml }}{{ end }}"}, true},
		"lookup put into a variable": {map[string]string{"templates/c.yaml": on("set $d \"x\" (lookup \"v1\" \"Secret\" \"x\" \"y\").data | len }}{{ $d.x.y.z"), "templates/_h.tpl": ""}, true},
		"lookup, through a variable": {map[string]string{"templates/c.yaml": on("$s := lookup \"v1\" \"Secret\" \"x\" \"y\" }}{{ $d := $s }}{{ $d.x.y")}, true},
		"lookup in a condition":      {map[string]string{"templates/c.yaml": configMap("{{- if .Values.a.enabled }}\n{{- if not (lookup \"v1\" \"Secret\" \"x\" \"y\") }}\n  c: {{ .Values.a.b.c }}\n{{- end }}\n{{- end }}\n")}, true},
	} {
		files := map[string]string{"values.yaml": "a: {enabled: false}\n", "templates/c.yaml": bucket}
		for name, text := range c.files {
			files[name] = text
		}
		if name == "lookup put into a variable" {
			files["templates/c.yaml"] = "{{- $d := dict }}\n" + files["templates/c.yaml"]
		}
		_, e := exploredChart(t, files, ExploreOptions{})
		if broken, excused := len(e.Broken), len(e.Failed); broken+excused != 1 || (excused == 1) != c.excused {
			t.Errorf("%s: %v %v", name, e.Broken, e.Failed)
		}
	}
}

// TestFailingMany holds that it is said where more switches make a template fail than are tried alone.
func TestFailingMany(t *testing.T) {
	for n, stopped := range map[int]string{20: "", 80: stoppedFailing} {
		values, template := "", ""
		for i := range n {
			values += fmt.Sprintf("a%d: {enabled: false}\n", i)
			template += fmt.Sprintf("{{- if .Values.a%d.enabled }}\n  c%d: {{ .Values.x%d.y }}\n{{- end }}\n", i, i, i)
		}
		_, e := exploredChart(t, map[string]string{"values.yaml": values, "templates/c.yaml": configMap(template)}, ExploreOptions{Budget: 200})
		if e.Stopped != stopped || len(e.Broken) != min(n, maxFailing) {
			t.Errorf("%d switches: %d broken branches in %d renders, stopped by %q", n, len(e.Broken), e.Renders, e.Stopped)
		}
	}
}
