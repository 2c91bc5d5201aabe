package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
)

// withReason gives an unknown value that has no reason those of what it was made of:
// some functions lose marks.
func withReason(v cty.Value, expr hcl.Expression, ctx *hcl.EvalContext) cty.Value {
	if v.IsKnown() || lang.MarkedReason(v.Marks()) != "" || lang.IsSensitive(v) {
		return v
	}
	marks := cty.ValueMarks{}
	for _, t := range expr.Variables() {
		from, diags := t.TraverseAbs(ctx)
		if diags.HasErrors() || from.IsWhollyKnown() {
			continue
		}
		_, inside := from.UnmarkDeep()
		for m := range inside {
			marks[m] = struct{}{}
		}
	}
	return v.WithMarks(marks)
}

// incompleteFaults are errors that may be ours where not all attributes of a value are
// known: Terraform may know the attribute at apply.
var incompleteFaults = map[string]bool{
	"Unsupported attribute": true, "Invalid index": true, "Missing map element": true,
	"Attempt to get attribute from null value": true, "Iteration over null value": true,
}

// failed reports the errors of an evaluation.
func (e *evaluator) failed(expr hcl.Expression, ctx *hcl.EvalContext, diags hcl.Diagnostics, incomplete bool) cty.Value {
	secret := false
	for _, v := range ctx.Variables {
		secret = secret || lang.IsSensitive(v)
	}
	reason := ""
	for _, d := range diags {
		if d.Severity != hcl.DiagError {
			continue
		}
		if incomplete && incompleteFaults[d.Summary] {
			reason = "it is computed by the provider"
			continue
		}
		told := *d
		if told.Detail = redact(told.Detail, ctx); secret {
			told.Detail = ""
		}
		e.diagnose(hcl.Diagnostics{&told}, e.files.span(expr.Range()))
		if reason == "" {
			reason = "its expression has an error: " + lang.OneLine(d.Summary)
		}
	}
	return lang.UnknownBecause(cty.DynamicPseudoType, reason)
}
