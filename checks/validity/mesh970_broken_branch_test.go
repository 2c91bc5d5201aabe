package validity

import "testing"

// TestRemedyOf holds what is advised about a template that fails.
func TestRemedyOf(t *testing.T) {
	const (
		give    = "give what is read here a value in values.yaml, or read it only where it is set"
		correct = "correct this action for the values that the chart has then"
	)
	for what, want := range map[string]string{
		"nil pointer: .Values.a has no value, so .Values.a.b cannot be read":                                            give,
		"index .Values.sizes 0: index of untyped nil":                                                                   give,
		"b64enc: invalid value; expected string":                                                                        give,
		"nil pointer: $cfg.b has no value, so $cfg.b.c cannot be read":                                                  "read this only where it has a value",
		"nil pointer: .Subcharts.a has no value, so .Subcharts.a.Values.b cannot be read":                               "read this only where it has a value",
		`include (printf "x.%s" .Values.kind) .: template: no template "x.%!s(<nil>)" associated with template "gotpl"`: give,
		`include "x" .: template: no template "x" associated with template "gotpl"`:                                     "define this template, or correct its name",
		". is not the chart's root here, so .Values.a cannot be read: can't evaluate field Values":                      "write $.Values.a",
		"index .Values.list 3: index out of range: 3":                                                                   correct,
		"div 10 .Values.zero: the function div fails on its arguments: integer divide by zero":                          correct,
		`eq .Values.count "3": incompatible types for comparison: float64 and string`:                                   correct,
		".Values.name: range can't iterate over what is not a list, dictionary or number":                               correct,
		"63: wrong type for value; expected string; got float64":                                                        correct,
	} {
		if got := remedyOf(what, "write $.Values.a"); got != want {
			t.Errorf("%s: %s", what, got)
		}
	}
}
