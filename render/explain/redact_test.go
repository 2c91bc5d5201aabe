package explain

import (
	"strings"
	"testing"
)

// TestRedact holds that a message of a template loses the values in it and nothing
// that the template says itself.
func TestRedact(t *testing.T) {
	values := map[string]any{
		"password": "s3cr3t-word", "mode": "cluster", "list": []any{"first one", float64(48151623)},
		"long": strings.Repeat("abc def ", 200), "text": "{{ upper 'x1y2' | }}", "short": "abc",
	}
	for message, want := range map[string]string{
		"improper constraint: s3cr3t-word":                     "improper constraint: …",
		"improper constraint: given":                           "improper constraint: …",
		"map[a:s3cr3t-word b:first one d:48151623]":            "map[a:… b:… d:…]",
		"cluster is no function":                               "cluster is no function",
		`cannot parse "cluster" as "2006"`:                     `cannot parse "…" as "…"`,
		`unexpected "upper" in operand`:                        `unexpected "…" in operand`,
		`parsing "s3cr3t-word and more"`:                       `parsing "…"`,
		`parsing "neither value nor code"`:                     `parsing "…"`,
		"missing closing ]: `x1y2`":                            "missing closing ]: `…`",
		`a quote that is "cut …`:                               `a quote that is "…"`,
		`stands in the template: "in-code" "in - code s3cr3t"`: `stands in the template: "in-code" "in - code s3cr3t"`,
		"abc is too short to be one":                           "abc is too short to be one",
		"error calling index: index out of range: 48151624":    "error calling index: index out of range: …",
		"x (rendering web/templates/a.yaml:12345)":             "x (rendering web/templates/a.yaml:12345)",
		"nil pointer evaluating interface {}.canary":           "nil pointer evaluating interface {}.…",
		"can't evaluate field canary in type string":           "can't evaluate field … in type string",
		"can't evaluate field code in type string":             "can't evaluate field code in type string",
		"malformed character constant: 'canary'":               "malformed character constant: …",
		`no template "web.labels"`:                             `no template "web.…"`,
		"cut: " + strings.Repeat("abc def ", 36) + "abc d …":   "cut: … …",
	} {
		s := secrets{public: func(text string) bool {
			return strings.Contains("{{fail\"in-codes3cr3t\"}}", strings.ReplaceAll(text, " ", ""))
		}, named: "web.labels", spelled: "web.…"}
		s.collect(values, true)
		s.collect([]any{[]string{"given"}}, false)
		s.sort()
		if got := s.hide(message); got != want {
			t.Errorf("%q becomes %q, want %q", message, got, want)
		}
	}
}
