package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// trail is where a way through an expression ends.
type trail struct {
	// primary is the innermost expression (or key) on the way that still is in the
	// resource.
	primary source.Span
	// site is the expression in which the way ends, span what of it: the expression,
	// or a key in it. It is invalid for what a flag gave.
	site site
	span source.Span
	// rest are the steps that could not be followed.
	rest []cty.Value
	// crossed says that the way left the expression that it began in, for that of a
	// local, a variable, an argument.
	crossed bool
	// derived says that the value was computed from what is at the end.
	derived bool
	// read is where the value is written in a text that was read as YAML.
	read *source.Origin
}

// maxHops is how far a place is followed.
const maxHops = 200

// trace follows a way from an expression to where the value at its end is written. key
// asks for the key of the last step.
func (e *evaluator) trace(at site, path []cty.Value, key bool) (t trail) {
	return (&tracer{e: e, key: key}).follow(at, path)
}

// traceExactly is trace as far as the value is handed on as it is.
func (e *evaluator) traceExactly(at site, path []cty.Value) (t trail) {
	return (&tracer{e: e, exactly: true}).follow(at, path)
}

// traceCopy follows the way to a text as trace does, to the last expression of which the
// text is still a part as it is; shift counts the bytes in front of it.
func (e *evaluator) traceCopy(at site, path []cty.Value) (t trail, shift int) {
	w := &tracer{e: e, plain: true}
	t = w.follow(at, path)
	return t, w.shift
}

func (w *tracer) follow(at site, path []cty.Value) (t trail) {
	t = trail{site: at, rest: path}
	w.trail = &t
	w.mark(w.e.files.span(at.expr.Range()))
	defer func() {
		if r := recover(); r != nil { // what was found so far holds
			t = *w.trail
			if _, ours := source.Caught(r); ours {
				panic(r) // who asks for the place reports the bug
			}
		}
	}()
	for range maxHops {
		if !w.step() {
			break
		}
	}
	return t
}

type tracer struct {
	e     *evaluator
	trail *trail
	key   bool
	// plain asks for a text: the way goes on only as long as it is a part of what comes
	// next as it is, and shift counts the bytes in front of it.
	plain bool
	shift int
	// exactly ends the way where something is computed.
	exactly bool
	// within asks for a part of a text that is read as YAML; nil for the whole.
	within *wantedPart
}

// mark says that the way has come to a span.
func (w *tracer) mark(span source.Span) {
	w.trail.span = span
	if !w.trail.crossed {
		w.trail.primary = span
	}
}

// into goes on in an expression of the same container.
func (w *tracer) into(expr hcl.Expression, rest []cty.Value) bool {
	w.trail.site.expr, w.trail.rest = expr, rest
	w.mark(w.e.files.span(expr.Range()))
	return true
}

// cross goes on in an expression that is elsewhere.
func (w *tracer) cross(to site, rest []cty.Value) bool {
	w.trail.crossed = true
	w.trail.site, w.trail.rest = to, rest
	if to.expr == nil {
		w.trail.span = source.Span{}
		return false
	}
	w.mark(w.e.files.span(to.expr.Range()))
	return true
}

// step follows one expression; false at the end of the way.
func (w *tracer) step() bool {
	t := w.trail
	s := t.site.scope
	switch x := t.site.expr.(type) {
	case *hclsyntax.ParenthesesExpr:
		return w.into(x.Expression, t.rest)
	case *hclsyntax.TemplateWrapExpr:
		return w.into(x.Wrapped, t.rest)
	case *hclsyntax.ObjectConsExpr:
		return w.object(x)
	case *hclsyntax.TupleConsExpr:
		return w.tuple(x)
	case *hclsyntax.ConditionalExpr:
		v, _ := w.e.eval(s, x.Condition)
		v, _ = v.Unmark()
		if text, ok := lang.KeyText(v); ok {
			if text == "true" {
				return w.into(x.TrueResult, t.rest)
			}
			return w.into(x.FalseResult, t.rest)
		}
		return false
	case *hclsyntax.ScopeTraversalExpr:
		return w.name(traversalDemand(x.Traversal))
	case *hclsyntax.RelativeTraversalExpr:
		return w.into(x.Source, append(stepValues(traversalSteps(x.Traversal)), t.rest...))
	case *hclsyntax.IndexExpr:
		key, _ := w.e.eval(s, x.Key)
		if key, _ = key.Unmark(); !key.IsKnown() || key.IsNull() {
			return false
		}
		return w.into(x.Collection, append([]cty.Value{key}, t.rest...))
	case *hclsyntax.SplatExpr:
		return w.splat(x)
	case *hclsyntax.ForExpr:
		return w.loop(x)
	case *hclsyntax.FunctionCallExpr:
		return w.call(x)
	case *hclsyntax.TemplateExpr:
		return !t.crossed && w.derive(x)
	case *hclsyntax.BinaryOpExpr:
		return w.derive(x)
	case *hclsyntax.UnaryOpExpr:
		return w.derive(x)
	case *hclsyntax.LiteralValueExpr:
		return false
	}
	return w.static()
}

// static follows the constructors of JSON, which say so themselves.
func (w *tracer) static() bool {
	t := w.trail
	if len(t.rest) == 0 {
		return false
	}
	if pairs, diags := hcl.ExprMap(t.site.expr); !diags.HasErrors() {
		for _, pair := range pairs {
			v, diags := lang.Constant(pair.Key)
			if diags.HasErrors() || !sameStep(v, t.rest[0]) {
				continue
			}
			if w.key && len(t.rest) == 1 {
				w.mark(w.e.files.span(pair.Key.Range()))
				t.rest = nil
				return false
			}
			return w.into(pair.Value, t.rest[1:])
		}
		return false
	}
	if items, diags := hcl.ExprList(t.site.expr); !diags.HasErrors() {
		for i, item := range items {
			if sameStep(cty.NumberIntVal(int64(i)), t.rest[0]) {
				return w.into(item, t.rest[1:])
			}
		}
	}
	return false
}

// object follows the last member with the key that is asked for.
func (w *tracer) object(x *hclsyntax.ObjectConsExpr) bool {
	t := w.trail
	if len(t.rest) == 0 {
		return false
	}
	for i := len(x.Items) - 1; i >= 0; i-- {
		item := x.Items[i]
		v, _ := w.e.eval(t.site.scope, item.KeyExpr)
		if _, ok := lang.KeyText(v); !ok {
			return false // it may be this one
		}
		if !sameStep(v, t.rest[0]) {
			continue
		}
		if w.key && len(t.rest) == 1 {
			w.mark(w.e.files.span(item.KeyExpr.Range()))
			t.rest = nil
			return false
		}
		return w.into(item.ValueExpr, t.rest[1:])
	}
	return false
}

// tuple follows the element of an index, or the one that is the element of a set.
func (w *tracer) tuple(x *hclsyntax.TupleConsExpr) bool {
	t := w.trail
	if len(t.rest) == 0 {
		return false
	}
	step := t.rest[0]
	if step.Type() == cty.Number && step.IsKnown() {
		if i, accuracy := step.AsBigFloat().Int64(); accuracy == 0 && i >= 0 && i < int64(len(x.Exprs)) {
			return w.into(x.Exprs[i], t.rest[1:])
		}
	}
	for _, expr := range x.Exprs {
		if v, _ := w.e.eval(t.site.scope, expr); sameStep(v, step) {
			return w.into(expr, t.rest[1:])
		}
	}
	return false
}

// splat turns an index of the result into the same index of the source.
func (w *tracer) splat(x *hclsyntax.SplatExpr) bool {
	t := w.trail
	if len(t.rest) == 0 {
		return false
	}
	rest := []cty.Value{t.rest[0]}
	switch each := x.Each.(type) {
	case *hclsyntax.AnonSymbolExpr:
	case *hclsyntax.RelativeTraversalExpr:
		if _, plain := each.Source.(*hclsyntax.AnonSymbolExpr); !plain {
			return false
		}
		rest = append(rest, stepValues(traversalSteps(each.Traversal))...)
	default:
		return false
	}
	if v, _ := w.e.eval(t.site.scope, x.Source); v.IsKnown() && !v.Type().IsTupleType() && !v.Type().IsListType() && !v.Type().IsSetType() {
		rest = rest[1:] // one value that the splat made a list of
	}
	return w.into(x.Source, append(rest, t.rest[1:]...))
}

// stepValues are steps of a traversal as keys; it ends before one that is computed.
func stepValues(steps []referenceStep) []cty.Value {
	values := make([]cty.Value, 0, len(steps))
	for _, s := range steps {
		switch {
		case s.name != "":
			values = append(values, cty.StringVal(s.name))
		case s.key != cty.NilVal:
			values = append(values, s.key)
		default:
			return values
		}
	}
	return values
}

// sameStep compares a key with a step of a way.
func sameStep(key, step cty.Value) bool {
	key, _ = key.UnmarkDeep()
	step, _ = step.UnmarkDeep()
	if !key.IsWhollyKnown() || key.IsNull() {
		return false
	}
	if a, ok := lang.KeyText(key); ok {
		b, ok := lang.KeyText(step)
		return ok && a == b
	}
	return key.Type().Equals(step.Type()) && key.RawEquals(step)
}
