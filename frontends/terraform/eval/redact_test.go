package eval

import (
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// TestDiscreet holds that a message keeps names and loses values.
func TestDiscreet(t *testing.T) {
	ctx := &hcl.EvalContext{Variables: map[string]cty.Value{
		"local": cty.ObjectVal(map[string]cty.Value{"a": cty.StringVal("s3cr3t word"), "b": cty.StringVal("number"), "c": cty.UnknownVal(cty.String)}),
	}}
	for message, want := range map[string]string{
		`Invalid value for "prefix" parameter: "10.0.0" is no address prefix.`:                         `Invalid value for "prefix" parameter: "…" is no address prefix.`,
		`There is no function named "upper".`:                                                          `There is no function named "upper".`,
		`Call to function "timeadd" failed: not a valid RFC3339 timestamp: cannot use "x1y2" as year.`: `Call to function "timeadd" failed: not a valid RFC3339 timestamp: cannot use "…" as year.`,
		`there is no file "certs/a.pem"`:                                                               `there is no file "certs/a.pem"`,
		`"certs/a.pem" cannot be read: permission denied`:                                              `"certs/a.pem" cannot be read: permission denied`,
		`unsupported value for "%d" at 0: a number is required`:                                        `unsupported value for "%d" at 0: a number is required`,
		"error parsing regexp: missing closing ]: `[secret`":                                           "error parsing regexp: missing closing ]: `…`",
		`the value s3cr3t word is no number`:                                                           `the value … is no number`,
		`line 2: unknown anchor 'secret' referenced`:                                                   `line 2: unknown anchor … referenced`,
	} {
		if got := redact(message, ctx); got != want {
			t.Errorf("%q becomes %q, want %q", message, got, want)
		}
	}
}
