package eval

import (
	"sort"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// validate works out the validation blocks of a module's variables. A condition that is
// false is what Terraform would stop at; one that is not known is for the plan to tell.
func (m *module) validate() {
	if m.uncertain != "" {
		return
	}
	variables := make([]*variable, 0, len(m.source.variables))
	for _, v := range m.source.variables {
		variables = append(variables, v)
	}
	sort.Slice(variables, func(i, j int) bool { return before(variables[i].block, variables[j].block) })
	for _, v := range variables {
		for _, b := range v.block.Body.Blocks {
			if b.Type == "validation" && b.Body.Attributes["condition"] != nil {
				m.validateOne(v, b.Body)
			}
		}
	}
}

func before(a, b *hclsyntax.Block) bool {
	if a.TypeRange.Filename != b.TypeRange.Filename {
		return a.TypeRange.Filename < b.TypeRange.Filename
	}
	return a.TypeRange.Start.Byte < b.TypeRange.Start.Byte
}

// validateOne works out one validation block.
func (m *module) validateOne(v *variable, body *hclsyntax.Body) {
	e, condition := m.evaluator, body.Attributes["condition"].Expr
	holds, _ := e.eval(m.scope, condition)
	holds, _ = holds.Unmark()
	if !holds.IsKnown() {
		return
	}
	at := e.files.span(condition.Range())
	holds, err := convert.Convert(holds, cty.Bool)
	switch {
	case err != nil || holds.IsNull():
		e.faultAt(at, "make it true or false", "the condition of a validation of %s is neither true nor false", m.join("var."+v.name))
	case holds.False():
		what := "the value of " + m.join("var."+v.name) + " is not valid"
		if why := m.errorMessage(body.Attributes["error_message"]); why != "" {
			what += ": " + why
		}
		e.fault(&source.Error{What: what, At: at, Do: "give it a value for which the condition is true"})
	}
}

// errorMessage is what a validation says of a value that it does not take, in one line;
// empty where it cannot be determined. Texts that it repeats may be secrets.
func (m *module) errorMessage(a *hclsyntax.Attribute) string {
	if a == nil {
		return ""
	}
	v, _ := m.evaluator.eval(m.scope, a.Expr)
	if lang.IsSensitive(v) || !v.IsKnown() || lang.Text(v) == "" {
		return ""
	}
	message := strings.Join(strings.Fields(lang.Text(v)), " ")
	ctx, _ := m.evaluator.context(m.scope, a.Expr)
	for _, value := range textsOf(ctx) {
		message = strings.ReplaceAll(message, value, hiddenValue)
	}
	return strings.TrimRight(message, ".")
}
