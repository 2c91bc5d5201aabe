package eval

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// given follows steps into the value of a variable: to what gives the value, or to the
// default in its type, optional(TYPE, DEFAULT), where that does not have the attribute.
func (m *module) given(b *binding, steps []cty.Value) (to site, rest []cty.Value, ok bool) {
	if b.from != nil {
		to, ok = *b.from, true
	}
	rest = steps
	a := b.variable.block.Body.Attributes["type"]
	if a == nil || b.variable.defaults == nil {
		return to, rest, ok
	}
	value, known := m.raw(b)
	typ, defaults := a.Expr, b.variable.defaults
	for i, step := range steps {
		if !known || defaults == nil || typ == nil {
			break
		}
		name, _ := lang.KeyText(step)
		_, optional := defaults.DefaultValues[name]
		inner, byDefault := optionalOf(typ, name)
		if optional && lacks(value, step) {
			if byDefault == nil {
				break
			}
			to = site{scope: m.scope, expr: byDefault, in: container{role: source.Default, name: "var." + b.variable.name}}
			rest, ok = steps[i+1:], true
			v, diags := lang.Constant(byDefault)
			value, known = v, !diags.HasErrors()
		} else {
			value, known = stepOf(value, step)
		}
		typ = inner
		if defaults.Type.IsObjectType() || defaults.Type.IsTupleType() {
			defaults = defaults.Children[name]
		} else {
			defaults = defaults.Children[""]
		}
	}
	return to, rest, ok
}

// raw is the value that a variable is given, before its type adds defaults.
func (m *module) raw(b *binding) (cty.Value, bool) {
	var v cty.Value
	switch {
	case b.raw != nil:
		v = *b.raw
	case b.from != nil && b.from.expr != nil:
		v, _ = m.evaluator.eval(b.from.scope, b.from.expr)
	default:
		return v, false
	}
	v, _ = v.Unmark()
	if v.IsKnown() && v.IsNull() && !b.variable.nullable && b.variable.byDefault != nil {
		return v, false
	}
	return v, v.IsKnown()
}

// lacks reports whether a value surely has no attribute of a name, or null.
func lacks(v, name cty.Value) bool {
	has, sure := lang.HasKey(v, name)
	if !sure {
		return false
	}
	if !has {
		return !v.IsNull()
	}
	inner, known := stepOf(v, name)
	return known && inner.IsNull()
}

// stepOf is what a value has at a step, where that is known.
func stepOf(v, step cty.Value) (inner cty.Value, known bool) {
	v, _ = v.Unmark()
	if !v.IsKnown() || v.IsNull() || !v.CanIterateElements() {
		return v, false
	}
	for it := v.ElementIterator(); it.Next(); {
		key, item := it.Element()
		if sameStep(key, step) {
			item, _ = item.Unmark()
			return item, item.IsKnown()
		}
	}
	return v, false
}

// bare is an expression without the parentheses around it.
func bare(e hclsyntax.Expression) hclsyntax.Expression {
	for {
		p, ok := e.(*hclsyntax.ParenthesesExpr)
		if !ok {
			return e
		}
		e = p.Expression
	}
}

// optionalOf is the type that a type expression has at a step, and the default in it.
func optionalOf(typ hclsyntax.Expression, name string) (inner, byDefault hclsyntax.Expression) {
	call, ok := bare(typ).(*hclsyntax.FunctionCallExpr)
	if ok && call.Name == "optional" && len(call.Args) > 0 {
		call, ok = bare(call.Args[0]).(*hclsyntax.FunctionCallExpr)
	}
	if !ok || len(call.Args) != 1 {
		return nil, nil
	}
	switch call.Name {
	case "list", "set", "map":
		return call.Args[0], nil
	case "object":
		members, ok := bare(call.Args[0]).(*hclsyntax.ObjectConsExpr)
		if !ok {
			return nil, nil
		}
		for _, item := range slices.Backward(members.Items) {
			if hcl.ExprAsKeyword(item.KeyExpr) != name {
				continue
			}
			if o, ok := item.ValueExpr.(*hclsyntax.FunctionCallExpr); ok && o.Name == "optional" && len(o.Args) == 2 {
				byDefault = o.Args[1]
			}
			return item.ValueExpr, byDefault
		}
	}
	return nil, nil
}
