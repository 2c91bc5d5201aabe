package chart

import "testing"

func TestRedactYAML(t *testing.T) {
	for message, want := range map[string]string{
		"unknown anchor 'secret' referenced":                         "unknown anchor … referenced",
		"cannot decode !!str `secret` as a !!int":                    "cannot decode !!str `…` as a !!int",
		`invalid map key: map[interface {}]interface {}{"a":"b: c"}`: "invalid map key …",
		"did not find expected ',' or ']'":                           "did not find expected ',' or ']'",
		"did not find expected key":                                  "did not find expected key",
	} {
		if got := redactYAML(message); got != want {
			t.Errorf("%q becomes %q, want %q", message, got, want)
		}
	}
}
