package eval

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// call follows the functions that hand on what they are given.
func (w *tracer) call(x *hclsyntax.FunctionCallExpr) bool {
	t := w.trail
	name := strings.TrimPrefix(x.Name, "core::")
	if x.ExpandFinal || len(x.Args) == 0 {
		return w.derive(x)
	}
	if d, decodes := decoders[name]; decodes && len(x.Args) == 1 && !d.many && w.recoded(x) {
		return true
	}
	if w.decoded(x) {
		return false
	}
	if w.plain && w.part(x, name) {
		return true
	}
	value := func(arg hclsyntax.Expression) (cty.Value, bool) {
		v, _ := w.e.eval(t.site.scope, arg)
		v, _ = v.Unmark()
		return v, v.IsKnown()
	}
	switch name {
	case "tomap", "tolist", "toset", "tostring", "tonumber", "tobool", "sensitive", "nonsensitive", "one":
		return w.into(x.Args[0], t.rest)
	case "try":
		return w.try(x)
	case "merge":
		if len(t.rest) == 0 {
			return false
		}
		for i := len(x.Args) - 1; i >= 0; i-- {
			v, known := value(x.Args[i])
			switch has, sure := lang.HasKey(v, t.rest[0]); {
			case !known || !sure:
				if w.rescued(x.Args[i], t.rest[0]) {
					return w.into(x.Args[i], t.rest)
				}
				return false
			case has:
				return w.into(x.Args[i], t.rest)
			}
		}
		return false
	case "coalesce":
		for _, arg := range x.Args {
			v, known := value(arg)
			if !known {
				return false
			}
			if text, ok := lang.KeyText(v); !v.IsNull() && (!ok || text != "") {
				return w.into(arg, t.rest)
			}
		}
	case "lookup":
		if len(x.Args) < 2 {
			return false
		}
		m, known := value(x.Args[0])
		k, keyKnown := value(x.Args[1])
		if !known || !keyKnown {
			return false
		}
		if has, sure := lang.HasKey(m, k); sure && has {
			return w.into(x.Args[0], append([]cty.Value{k}, t.rest...))
		} else if sure && len(x.Args) > 2 {
			return w.into(x.Args[2], t.rest)
		}
		return false
	case "concat":
		return w.concat(x, value)
	case "file", "templatefile":
		return false
	}
	return w.derive(x)
}

// rescued reports whether an argument that is not known as a whole has a key all the
// same.
func (w *tracer) rescued(arg hclsyntax.Expression, key cty.Value) bool {
	p := &places{module: w.trail.site.scope.module}
	at := site{scope: w.trail.site.scope, expr: arg}
	n := p.rescue(valueAt{base: at, look: at}, p.at(source.Span{}))
	text, ok := lang.KeyText(key)
	return ok && n != nil && n.Get(text) != nil
}

// try follows the first argument that has a value.
func (w *tracer) try(x *hclsyntax.FunctionCallExpr) bool {
	t := w.trail
	for _, arg := range x.Args {
		ctx, _ := w.e.context(t.site.scope, arg)
		v, diags := w.e.value(arg, ctx)
		if diags.HasErrors() {
			continue
		}
		if !v.IsWhollyKnown() {
			return false
		}
		return w.into(arg, t.rest)
	}
	return false
}

// concat follows an index to the list that it comes from.
func (w *tracer) concat(x *hclsyntax.FunctionCallExpr, value func(hclsyntax.Expression) (cty.Value, bool)) bool {
	t := w.trail
	if len(t.rest) == 0 || t.rest[0].Type() != cty.Number {
		return false
	}
	i, _ := t.rest[0].AsBigFloat().Int64()
	for _, arg := range x.Args {
		v, known := value(arg)
		if !known || v.IsNull() || !v.CanIterateElements() {
			return false
		}
		if n := int64(v.LengthInt()); i >= n {
			i -= n
			continue
		}
		return w.into(arg, append([]cty.Value{cty.NumberIntVal(i)}, t.rest[1:]...))
	}
	return false
}

// derive goes on to the only thing that a computed value is made of.
func (w *tracer) derive(expr hclsyntax.Expression) bool {
	if w.plain || w.exactly {
		return false
	}
	var only *reference
	needs := w.e.needsOf(expr)
	for i := range needs.names {
		d := &needs.names[i]
		if d.root == "path" || d.root == "terraform" || d.root == "count" {
			continue
		}
		if only != nil && only.at != d.at {
			return false
		}
		if only == nil || len(d.steps) > len(only.steps) {
			only = d
		}
	}
	if only == nil {
		return false
	}
	before := *w.trail
	w.trail.rest, w.key = nil, false
	if !w.name(*only) && !w.trail.crossed {
		*w.trail = before
		return false
	}
	w.trail.derived = true
	return w.trail.site.expr != nil
}
