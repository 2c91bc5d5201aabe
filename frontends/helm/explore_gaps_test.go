package helm

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/source"
)

// TestPrevents holds of which parts that nothing reaches it is said that a setting leads there with which the chart does not render.
func TestPrevents(t *testing.T) {
	file := source.NewFile("web", "templates/a.yaml", []byte("one\ntwo {{ .x }} and the rest of it\na text that is long enough\nfour\n"))
	other := source.NewFile("web", "templates/b.yaml", []byte("one\ntwo\n"))
	at := func(f *source.File, line int) source.Span {
		start := f.Offset(source.Position{Line: line, Column: 1})
		return source.Span{File: f, Start: start, End: start + 1}
	}
	refusal := func(what string, at source.Span, settings ...string) Refusal {
		r := Refusal{Error: &source.Error{What: what, At: at}}
		for _, s := range settings {
			r.Settings = append(r.Settings, Setting{Flag: "set", Text: s})
		}
		return r
	}
	part := func(kind coverage.Kind, condition string) Gap {
		return Gap{Kind: kind, Condition: condition, First: 2, Last: 3, Lines: 2}
	}
	reaching := refusal("no", at(other, 1), "z=true")
	reaching.lines = map[string]coverage.Bits{"templates/a.yaml": {1 << 3}}
	for _, c := range []struct {
		name    string
		gap     Gap
		refused Refusal
		is      bool
	}{
		{"where it stops", part(coverage.If, ".Values.a"), refusal("no", at(file, 2), "a=true"), true},
		{"another line", part(coverage.If, ".Values.b"), refusal("no", at(file, 4), "a=true"), false},
		{"another file", part(coverage.If, ".Values.b"), refusal("no", at(other, 2), "a=true"), false},
		{"what the attempt has come to", part(coverage.If, ".Values.b"), reaching, true},
		{"its condition", part(coverage.If, ".Values.a.b"), refusal("no", at(other, 1), "a.b=true", "c=1"), true},
		{"its condition, off", part(coverage.If, ".Values.a"), refusal("no", at(other, 1), "a=false"), false},
		{"not its condition", part(coverage.If, "not $.Values.a"), refusal("no", at(other, 1), "a=false"), true},
		{"else", part(coverage.Else, ".Values.a"), refusal("no", at(other, 1), "a=false"), true},
		{"compared", part(coverage.If, `(eq .Values.a "x")`), refusal("no", at(other, 1), "a=x"), true},
		{"compared with another", part(coverage.If, `eq .Values.a "y"`), refusal("no", at(other, 1), "a=x"), false},
		{"no error", part(coverage.If, ".Values.a"), Refusal{Settings: []Setting{{Flag: "set", Text: "a=true"}}}, false},
	} {
		for _, e := range []*Explored{{Refused: []Refusal{c.refused}}, {attempts: []Refusal{c.refused}}} {
			if by := e.Prevents(file, c.gap); (by != nil) != c.is {
				t.Errorf("%s: %v, want %v", c.name, by != nil, c.is)
			}
		}
	}
}

// TestNotTried holds what is said of branches that exploring does not reach.
func TestNotTried(t *testing.T) {
	for _, c := range []struct {
		name, values, condition, body string
		o                             ExploreOptions
		want                          string
	}{
		{"a guess", "a: \"\"\n", ".Values.a", "d", ExploreOptions{}, "its value would have to be guessed, which --explore=all does"},
		{"nothing to set", "a: 1\n", "false", "d", ExploreOptions{}, "no setting was found that changes this"},
		{"no renders left", "a: false\n", ".Values.a", "d", ExploreOptions{Budget: 1}, "the budget of renders is used up"},
		{"refused", "a: false\n", ".Values.a", `{{ required "no" .Values.b }}`, ExploreOptions{}, ""},
		{"fails", "a: false\n", ".Values.a", "{{ .Values.b.c }}", ExploreOptions{}, ""},
	} {
		ch, e := exploredChart(t, map[string]string{"values.yaml": c.values, "templates/c.yaml": configMap("{{- if " + c.condition + " }}\n  c: " + c.body + "\n{{- end }}\n")}, c.o)
		covered := ch.Covered()[0]
		if len(covered.Gaps) != 1 {
			t.Fatalf("%s: %d gaps", c.name, len(covered.Gaps))
		}
		if got := e.NotTried(covered.File, covered.Gaps[0]); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if prevented := e.Prevents(covered.File, covered.Gaps[0]) != nil; prevented != (c.name == "refused" || c.name == "fails") {
			t.Errorf("%s: prevented: %v", c.name, prevented)
		}
	}
}

// TestPreventsHow holds what is said of a part that is not reached, since the chart does not render with what leads there.
func TestPreventsHow(t *testing.T) {
	const needs = "{{- if .Values.a.enabled }}\n{{- if not .Values.b.enabled }}{{ fail \"a needs b\" }}{{ end }}\n  x: {{ .Values.unsaid.thing }}\n{{- end }}\n"
	for _, c := range []struct {
		name, values, template, schema string
		o                              ExploreOptions
		fails                          bool
		settings, what                 string
	}{
		{"what the chart asks for fails", "a: {enabled: false}\nb: {enabled: false}\n", needs, "", ExploreOptions{}, true, "--set b.enabled=true --set a.enabled=true", "nil pointer"},
		{"and was tried before", "a: {enabled: false}\nb: {enabled: false}\n", needs + "{{- if .Values.b.enabled }}\n  b: y\n{{- end }}\n", "", ExploreOptions{}, false, "--set a.enabled=true", "a needs b"},
		{"a schema", "a: {enabled: false}\n", "{{- if .Values.a.enabled }}\n  x: y\n{{- end }}\n",
			`{"properties": {"a": {"if": {"properties": {"enabled": {"const": true}}}, "then": {"required": ["host"]}}}}`, ExploreOptions{}, false, "--set a.enabled=true", "a.host is required"},
		{"found with the others", "a: {enabled: false}\nb: false\nc: false\n",
			"{{- with .Values.a }}{{ if .enabled }}\n  x: {{ .Values.x.y }}\n{{- end }}{{ end }}\n{{- if .Values.b }}\n  y: {{ .Values.x.y }}\n{{- end }}\n{{- if .Values.c }}\n  z: {{ .Values.x.y }}\n{{- end }}\n",
			"", ExploreOptions{Budget: 2}, true, "--set a.enabled=true", "nil pointer"},
	} {
		files := map[string]string{"values.yaml": c.values, "templates/c.yaml": configMap(c.template)}
		if c.schema != "" {
			files["values.schema.json"] = c.schema
		}
		ch, e := exploredChart(t, files, c.o)
		covered := ch.Covered()[0]
		by := e.Prevents(covered.File, covered.Gaps[0])
		if by == nil {
			t.Errorf("%s: nothing prevents it", c.name)
			continue
		}
		if by.Fails != c.fails || textOf(by.Settings) != c.settings || !strings.Contains(by.Error.What, c.what) {
			t.Errorf("%s: %v with %s: %s", c.name, by.Fails, textOf(by.Settings), by.Error.What)
		}
	}
}

// TestOnlyFails holds of which parts it is said that each render failed, where it is not known which setting did.
func TestOnlyFails(t *testing.T) {
	const two = "{{- if .Values.a }}\n  x: {{ .Values.x.y }}\n{{- end }}\n{{- if .Values.b }}\n  y: {{ .Values.x.y }}\n{{- end }}\n"
	for template, want := range map[string]bool{two: true, "{{- if .Values.a }}\n{{- if not .Values.a }}\n  x: y\n{{- end }}\n{{- end }}\n": false} {
		ch, e := exploredChart(t, map[string]string{"values.yaml": "a: false\nb: false\n", "templates/c.yaml": configMap(template)}, ExploreOptions{Budget: 2})
		covered := ch.Covered()[0]
		last := covered.Gaps[len(covered.Gaps)-1]
		if got := e.OnlyFails(covered.File, last); got != want {
			t.Errorf("%s: %v", template, got)
		}
	}
}

// TestRefused holds that what the chart is said to refuse, it refuses with these settings and no others: an attempt has more.
func TestRefused(t *testing.T) {
	var values, switches strings.Builder
	for i := range 6 {
		fmt.Fprintf(&values, "s%d: {enabled: false}\n", i)
		fmt.Fprintf(&switches, "{{- if .Values.s%d.enabled }}\n  c%d: d\n{{- end }}\n", i, i)
	}
	for name, c := range map[string]struct {
		template string
		refused  int
	}{
		"each alone":   {"{{- $n := 0 }}{{- range .Values }}{{ if .enabled }}{{ $n = add1 $n }}{{ end }}{{ end }}{{ if gt (int $n) 1 }}{{ fail \"only one\" }}{{ end }}\n", 0},
		"not together": {"{{- if and .Values.s0.enabled .Values.s1.enabled }}{{ if not .Values.s2.enabled }}{{ fail \"s2 is needed\" }}{{ end }}{{ end }}\n", 0},
		"a secret":     {"{{- if .Values.s0.enabled }}\n  x: {{ required \"s0 needs a secret\" .Values.s0.secret }}\n{{- end }}\n", 1},
	} {
		chart, e := exploredChart(t, map[string]string{"values.yaml": values.String(), "templates/c.yaml": configMap(c.template + switches.String())}, ExploreOptions{Prove: true})
		if len(e.Refused) < c.refused {
			t.Errorf("%s: refused: %v", name, e.Refused)
		}
		for _, r := range e.Refused {
			if rendered, errs := e.Render(r.Settings); rendered != nil || len(errs) == 0 || faultKeyOf(errs[0]) != faultKeyOf(r.Error) {
				t.Errorf("%s: %s renders with %s, or fails otherwise: %v", name, chart.Name(), textOf(r.Settings), errs)
			}
		}
	}
}
