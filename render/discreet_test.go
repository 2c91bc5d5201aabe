package render

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

// TestDiscreet holds that a message of a template loses the values in it and nothing
// that the template says itself.
func TestDiscreet(t *testing.T) {
	values := map[string]any{
		"password": "s3cr3t-word", "mode": "cluster", "list": []any{"first one", float64(48151623)},
		"long": strings.Repeat("abc def ", 200), "text": "{{ upper 'x1y2' | }}", "short": "abc",
	}
	for _, c := range []struct {
		message string
		prose   bool
		want    string
	}{
		{"the password s3cr3t-word is weak", true, "the password … is weak"},
		{"map[a:s3cr3t-word b:first one c:4.8151623e+07 d:48151623]", true, "map[a:… b:… c:… d:…]"},
		{"the mode cluster is unknown", true, "the mode … is unknown"},
		{"cluster is no function", false, "cluster is no function"},
		{`cannot parse "cluster" as "2006"`, false, `cannot parse "…" as "2006"`},
		{`unexpected "upper" in operand`, false, `unexpected "…" in operand`},
		{`parsing "s3cr3t-word and more"`, false, `parsing "…"`},
		{"missing closing ]: `x1y2`", false, "missing closing ]: `…`"},
		{`stands in the template: "in-code" s3cr3t`, true, `stands in the template: "in-code" s3cr3t`},
		{"abc is too short to be one", true, "abc is too short to be one"},
		{"cut: " + strings.Repeat("abc def ", 36) + "abc d …", true, "cut: … …"},
	} {
		s := secrets{code: source.NewFile("", "a.yaml", []byte("{{ fail \"in-code s3cr3t\" }}"))}
		s.collect(values)
		s.sort()
		if got := s.hide(c.message, c.prose); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.message, got, c.want)
		}
	}
}

func TestDiscreetYAML(t *testing.T) {
	for message, want := range map[string]string{
		"unknown anchor 'secret' referenced":                         "unknown anchor … referenced",
		"cannot decode !!str `secret` as a !!int":                    "cannot decode !!str `…` as a !!int",
		`invalid map key: map[interface {}]interface {}{"a":"b: c"}`: "invalid map key …",
		"did not find expected ',' or ']'":                           "did not find expected ',' or ']'",
		"did not find expected key":                                  "did not find expected key",
	} {
		if got := discreetYAML(message); got != want {
			t.Errorf("%q becomes %q, want %q", message, got, want)
		}
	}
}
