package explain

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
)

// wantedAndReached compares the lines that a render has reached with what they say: those with
// "hit" are to be reached, those with "miss" are not, and others do not count.
func wantedAndReached(t *testing.T, c *chart.Chart, covered coverage.Coverage) {
	t.Helper()
	for _, template := range c.Templates() {
		lines := coverage.Lines(string(template.Source))
		var reached coverage.Bits
		if r := covered[template.File.Path]; r != nil {
			lines, reached = r.Template.Lines, r.Lines()
		}
		for line := 1; line <= template.File.Lines(); line++ {
			text := template.File.Line(line)
			want, counts := strings.Contains(text, "hit"), strings.Contains(text, "hit") || strings.Contains(text, "miss")
			if lines.Has(line) != counts {
				t.Errorf("%s:%d %q counts: %t", template.File.Path, line, text, !counts)
			}
			if reached.Has(line) != want {
				t.Errorf("%s:%d %q is reached: %t", template.File.Path, line, text, !want)
			}
		}
	}
}

// branches says of each line whether it is hit or missed.
const branches = `a: hit
{{- if .Values.unset }}
b: miss
{{- else if .Values.set }}
b: hit
{{- else }}
b: miss
{{- end }}
{{- with .Values.empty }}
c: miss
{{- else }}
c: hit
{{- end }}
{{- with .Values.set }}
c2: hit
{{- else with .Values.unset }}
c2: miss
{{- end }}
{{- range .Values.empty }}
d: miss
{{- else }}
d: hit
{{- end }}
{{- range .Values.list }}
e{{ . }}: hit
{{- end }}
{{- range until 2 }}
# text alone
{{- end }}
{{- range $i, $x := .Values.list }}
{{- if eq $i 0 }}
f: hit
{{- continue }}
f: miss
{{- end }}
{{- if $.Values.unset }}
f: miss
{{- continue }}
{{- end }}
f{{ $i }}: hit
{{- break }}
{{- end }}
{{- range .Values.list }}
{{- if true }}{{ continue }}{{ end }}
g: miss
{{- end }}
{{- range .Values.numbers }}
{{- if eq . 1.0 }}
{{- continue }}
{{- end }}
h: hit
{{- end }}
i: {{ if .Values.unset }}miss, but not the line: hit{{ end }}
{{- if .Values.unset }}{{ fail "never" }}{{ end }}
{{- include "one" . }}
{{- template "two" . }}
{{- block "three" . }}
j: hit
{{- end }}
{{ tpl "{{ include \"four\" . }}" . }}
{{- if false }}{{ include "five" . }}{{ end }}
`

const definitions = `{{ define "one" }}
one: hit
{{- if .Values.unset }}
one1: miss
{{- end }}
{{- end }}
{{ define "two" }}
two: hit
{{ end }}
{{ define "four" }}
four: hit
{{ end }}
{{ define "five" }}
five: miss
{{ end }}
{{ define "never" }}
never: miss
{{ end }}
{{ define "sub" }}
again: hit
{{ end }}
`

// wantGaps are the outermost branches of it that are missed: lines, how many count, what it
// is, whether it is shadowed, behind a continue, or a refusal.
const wantGaps = `
templates/_definitions.tpl:4-4 1 2 .Values.unset false false false
templates/_definitions.tpl:14-14 1 1 five false false false
templates/_definitions.tpl:17-17 1 1 never false false false
templates/branches.yaml:3-3 1 2 .Values.unset false false false
templates/branches.yaml:7-7 1 3 .Values.set false false false
templates/branches.yaml:10-10 1 4 .Values.empty false false false
templates/branches.yaml:17-17 1 5 .Values.set false false false
templates/branches.yaml:20-20 1 6 .Values.empty false false false
templates/branches.yaml:34-34 1 2 eq $i 0 false true false
templates/branches.yaml:37-37 1 2 $.Values.unset false false false
templates/branches.yaml:45-45 1 6 .Values.list false true false
templates/branches.yaml:54-54 0 2 .Values.unset false false true never
charts/extra/templates/a.yaml is not rendered: extra.enabled
charts/lib/templates/_lib.tpl:2-2 1 1 lib false false false
charts/lib/templates/never.yaml is not rendered:
charts/sub/templates/_sub.tpl:2-2 1 1 sub true false false
`

func TestCoverage(t *testing.T) {
	c := chartOf(t, map[string]string{
		"Chart.yaml": webChart(`type: application
dependencies:
- {name: sub, version: 1.2.3, alias: first}
- {name: sub, version: 1.2.3, alias: second}
- {name: extra, version: 1.2.3, condition: extra.enabled}
- {name: lib, version: 1.2.3}
`),
		"values.yaml":                     "set: true\nunset: false\nempty: []\nlist: [x, y]\nnumbers: [1, 2]\nsecond: {more: true}\nextra: {enabled: false}\n",
		"templates/branches.yaml":         branches,
		"templates/_definitions.tpl":      definitions,
		"templates/NOTES.txt":             "{{ if true }}text that does not count{{ end }}",
		"charts/sub/Chart.yaml":           chartNamed("sub"),
		"charts/sub/templates/a.yaml":     "a: hit\n{{ if .Values.more }}\nb: hit\n{{ else }}\nb: hit\n{{ end }}{{ include \"sub\" . }}",
		"charts/sub/templates/_sub.tpl":   "{{ define \"sub\" }}\nshadowed: miss\n{{ end }}",
		"charts/extra/Chart.yaml":         chartNamed("extra"),
		"charts/extra/templates/a.yaml":   "a: miss\n",
		"charts/lib/Chart.yaml":           chartNamed("lib") + "type: library\n",
		"charts/lib/templates/_lib.tpl":   "{{ define \"lib\" }}\nlib: miss\n{{ end }}",
		"charts/lib/templates/never.yaml": "a: miss\n",
	})
	result, err := rendered(c, chart.Options{})
	if err != nil {
		t.Fatal(err)
	}
	wantedAndReached(t, c, result.Coverage)

	var gaps []string
	for _, template := range c.Templates() {
		r := result.Coverage[template.File.Path]
		if r == nil {
			gaps = append(gaps, strings.TrimRight(template.File.Path+" is not rendered: "+template.Condition, " "))
			continue
		}
		for _, g := range r.Gaps() {
			gaps = append(gaps, strings.TrimRight(fmt.Sprintf("%s:%d-%d %d %d %s%s %t %t %t %s", template.File.Path, g.First, g.Last, g.Lines, g.Kind,
				g.Condition, g.Name, g.Shadowed, g.Left, g.Refuses, g.Refusal), " "))
		}
	}
	if got := strings.Join(gaps, "\n"); got != strings.TrimSpace(wantGaps) {
		t.Errorf("gaps:\n%s", got)
	}
}

// TestCoverageAdds holds that what several renders reach adds up, and that one that fails says
// nothing of lines.
func TestCoverageAdds(t *testing.T) {
	c := chartOf(t, map[string]string{
		"templates/a.yaml": "{{ if .Values.a }}\na: hit\n{{ else }}\nb: hit\n{{ end }}\n{{ if .Values.b }}\nc: miss\n{{ fail \"no\" }}{{ end }}",
	})
	all := coverage.Coverage{}
	for _, set := range []string{"a=1", "a=", "a=2,b=1"} {
		result, err := rendered(c, chart.Options{Layers: []chart.Layer{{Kind: chart.Set, Text: set}}})
		if err != nil {
			continue
		}
		all.Add(result.Coverage)
	}
	wantedAndReached(t, c, all)
}
