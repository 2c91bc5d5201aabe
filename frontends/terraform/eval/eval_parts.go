package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
)

// collecting are the functions that only put their arguments together: what is wrong
// with one of them leaves the others as they are.
var collecting = map[string]bool{"merge": true, "concat": true, "core::merge": true, "core::concat": true}

// parts works out an expression of which something is wrong, element by element, so
// that the fault costs its own element alone: one bad entry among the settings of a
// module must not hide that "enabled" is false. It tells the faults of the elements;
// ok is false where the expression has no elements, or is itself at fault.
func (e *evaluator) parts(s *scope, expr hcl.Expression, ctx *hcl.EvalContext) (v cty.Value, ok bool) {
	switch x := expr.(type) {
	case *hclsyntax.ParenthesesExpr:
		v, _ = e.eval(s, x.Expression)
		return v, true
	case *hclsyntax.TupleConsExpr:
		items := make([]cty.Value, len(x.Exprs))
		for i, item := range x.Exprs {
			items[i], _ = e.eval(s, item)
		}
		return cty.TupleVal(items), true
	case *hclsyntax.ObjectConsExpr:
		entries := make(map[string]cty.Value, len(x.Items))
		for _, item := range x.Items {
			key, diags := e.value(item.KeyExpr, ctx)
			name, known := lang.KeyText(key)
			if diags.HasErrors() || !known {
				return cty.NilVal, false
			}
			entries[name], _ = e.eval(s, item.ValueExpr)
		}
		return cty.ObjectVal(entries), true
	case *hclsyntax.FunctionCallExpr:
		f, known := ctx.Functions[x.Name]
		if !known || !collecting[x.Name] || x.ExpandFinal {
			return cty.NilVal, false
		}
		args := make([]cty.Value, len(x.Args))
		for i, a := range x.Args {
			args[i], _ = e.eval(s, a)
		}
		v, err := f.Call(args)
		return v, err == nil
	}
	return cty.NilVal, false
}
