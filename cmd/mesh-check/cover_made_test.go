package main

import (
	"testing"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/source"
)

// TestRefusalIn holds of which parts that nothing reaches it is said that a setting leads there which the chart refuses.
func TestRefusalIn(t *testing.T) {
	file := source.NewFile("web", "templates/a.yaml", []byte("one\ntwo {{ .x }} and the rest of it\na text that is long enough\nfour\n"))
	other := source.NewFile("web", "templates/b.yaml", []byte("one\ntwo\n"))
	at := func(f *source.File, line int) source.Span {
		start := f.Offset(source.Position{Line: line, Column: 1})
		return source.Span{File: f, Start: start, End: start + 1}
	}
	refusal := func(what string, at source.Span, settings ...string) helm.Refusal {
		r := helm.Refusal{Error: &source.Error{What: what, At: at}}
		for _, s := range settings {
			r.Settings = append(r.Settings, helm.Setting{Flag: "set", Text: s})
		}
		return r
	}
	part := func(kind coverage.Kind, condition string) helm.Gap {
		return helm.Gap{Kind: kind, Condition: condition, First: 2, Last: 3, Lines: 2}
	}
	fails := part(coverage.If, ".Values.a")
	fails.Refuses, fails.Refusal, fails.RefusalLine = true, "no", 2
	for _, c := range []struct {
		name     string
		gap      helm.Gap
		refused  helm.Refusal
		is, says bool
	}{
		{"its own message", fails, refusal("no", at(file, 2), "a=true"), true, true},
		{"required beside it", fails, refusal("give it", at(file, 3), "a=true"), true, false},
		{"another line", part(coverage.If, ".Values.b"), refusal("no", at(file, 4), "a=true"), false, false},
		{"another file", part(coverage.If, ".Values.b"), refusal("no", at(other, 2), "a=true"), false, false},
		{"its text", part(coverage.If, ".Values.b"), refusal("VALIDATION: a text that is long enough", at(other, 1), "a=true"), true, true},
		{"a text with an action", part(coverage.If, ".Values.b"), refusal("and the rest of it", at(other, 1), "a=true"), false, false},
		{"its condition", part(coverage.If, ".Values.a.b"), refusal("no", at(other, 1), "a.b=true", "c=1"), true, false},
		{"its condition, off", part(coverage.If, ".Values.a"), refusal("no", at(other, 1), "a=false"), false, false},
		{"not its condition", part(coverage.If, "not $.Values.a"), refusal("no", at(other, 1), "a=false"), true, false},
		{"else", part(coverage.Else, ".Values.a"), refusal("no", at(other, 1), "a=false"), true, false},
		{"compared", part(coverage.If, `(eq .Values.a "x")`), refusal("no", at(other, 1), "a=x"), true, false},
		{"compared with another", part(coverage.If, `eq .Values.a "y"`), refusal("no", at(other, 1), "a=x"), false, false},
		{"no error", part(coverage.If, ".Values.a"), helm.Refusal{Settings: []helm.Setting{{Flag: "set", Text: "a=true"}}}, false, false},
	} {
		by, says := refusalIn(file, c.gap, []helm.Refusal{c.refused})
		if (by != nil) != c.is || says != c.says {
			t.Errorf("%s: %v, says %v; want %v, %v", c.name, by != nil, says, c.is, c.says)
		}
	}
}
