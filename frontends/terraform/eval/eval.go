package eval

import (
	"maps"
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// scope is the names that an expression sees besides those of its module: each, count,
// the iterators of dynamic blocks, the variables of for expressions.
type scope struct {
	module *module
	parent *scope
	names  map[string]cty.Value
	// elements are names that stand for an element of a collection where that
	// collection is written.
	elements map[string]element
	// incomplete says that a name holds what a resource, data source or missing module
	// gives, of which not all attributes are known here.
	incomplete bool
}

// element is one element of a collection, for its places.
type element struct {
	collection site
	key        cty.Value
	// fields says that the name has the fields key and value, as each has; else it is
	// the value itself, or the key where isKey says so.
	fields, isKey bool
}

// site is an expression where it is.
type site struct {
	scope *scope
	expr  hcl.Expression
	in    container
}

// container is what contains an expression, as the trace to it names it: a local
// value, a default, an argument. The zero container is the resource itself.
type container struct {
	role source.Role
	name string
	flag string // of the command line, where there is not a valid expression
}

func (s *scope) lookup(name string) (cty.Value, *scope) {
	for ; s != nil; s = s.parent {
		if v, ok := s.names[name]; ok {
			return v, s
		}
	}
	return cty.NilVal, nil
}

// child is a scope with more names.
func (s *scope) child(names map[string]cty.Value, incomplete bool) *scope {
	return &scope{module: s.module, parent: s, names: names, incomplete: incomplete}
}

// memo is a value that is worked out once.
type memo struct {
	state      state
	value      cty.Value
	incomplete bool
}

type state uint8

const (
	untouched state = iota
	running
	done
)

// memoize works a value out when it is first asked for. A value that needs itself is an
// error at its place, reported once, and unknown.
func (e *evaluator) memoize(m *memo, name string, at source.Span, work func() (cty.Value, bool)) (cty.Value, bool) {
	switch m.state {
	case done:
		return m.value, m.incomplete
	case running:
		reason := name + " refers to itself"
		e.faultAt(at, "break the cycle", "%s", reason)
		return lang.UnknownBecause(cty.DynamicPseudoType, reason), true
	}
	m.state = running
	v, incomplete := work()
	units, tooLarge := tooLargeValue(v, min(maxValueSize, maxKept-e.kept))
	if e.kept += min(units, maxValueSize); tooLarge {
		reason := "the value of " + name + " is too large"
		e.faultAt(at, "make it smaller", "%s", reason)
		v = lang.UnknownBecause(cty.DynamicPseudoType, reason)
	}
	m.value, m.incomplete, m.state = v, incomplete, done
	return v, incomplete
}

// eval works an expression out. What is wrong with it is reported, and its value is then
// unknown. incomplete says that the value comes from what a resource, a data source or a
// missing module gives.
func (e *evaluator) eval(s *scope, expr hcl.Expression) (v cty.Value, incomplete bool) {
	if literal, ok := expr.(*hclsyntax.LiteralValueExpr); ok {
		return literal.Val, false
	}
	e.evaluations++
	if e.evaluations > maxEvaluations {
		e.fault(&source.Error{What: "the configuration takes too long to evaluate", Path: e.root})
		return lang.UnknownBecause(cty.DynamicPseudoType, "the configuration takes too long to evaluate"), true
	}
	if e.depth >= maxDepth {
		reason := "the chain of references is too long"
		e.faultAt(e.files.span(expr.Range()), "shorten the chain", "%s", reason)
		return lang.UnknownBecause(cty.DynamicPseudoType, reason), true
	}
	e.depth++
	defer func() {
		e.depth--
		if r := recover(); r != nil {
			fault := &source.Error{What: "the expression cannot be evaluated: " + lang.PanicWords(r)}
			if bug, ours := source.Caught(r); ours {
				fault = bug.Fault(e.root)
			}
			fault.At = e.files.span(expr.Range())
			e.fault(fault)
			v, incomplete = lang.UnknownBecause(cty.DynamicPseudoType, "its expression cannot be evaluated"), true
		}
	}()
	ctx, incomplete := e.context(s, expr)
	v, diags := e.value(expr, ctx)
	if !diags.HasErrors() {
		return withReason(v, expr, ctx), incomplete
	}
	failed := e.failed(expr, ctx, diags, incomplete)
	if parts, ok := e.parts(s, expr, ctx); ok {
		return parts, true
	}
	return failed, true
}

// value evaluates an expression whose names have values. Where that costs too much, it
// is reported at the expression, once in a root; so is a bug in one of our functions.
func (e *evaluator) value(expr hcl.Expression, ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	going := e.meter.Over == ""
	v, diags := e.meter.Value(expr, e.needsOf(expr).slots, ctx)
	if going && e.meter.Over != "" {
		e.faultAt(e.files.span(expr.Range()), "make it smaller; what follows is not evaluated", "the expression exceeds the evaluation limit: %s", e.meter.Over)
	}
	if bug := e.meter.Bug; bug != nil {
		e.meter.Bug = nil
		fault := bug.Fault(e.root)
		fault.At = e.files.span(expr.Range())
		e.fault(fault)
	}
	return v, diags
}

// context gives an expression the values of the names in it, and of nothing else.
func (e *evaluator) context(s *scope, expr hcl.Expression) (ctx *hcl.EvalContext, incomplete bool) {
	needs := e.needsOf(expr)
	ctx = &hcl.EvalContext{Variables: map[string]cty.Value{}, Functions: s.module.functions()}
	if needs.functions != nil {
		all := maps.Clone(ctx.Functions)
		maps.Copy(all, needs.functions)
		ctx.Functions = all
	}
	roots := map[string]map[string]cty.Value{}
	give := func(root, name string, v cty.Value, l bool) {
		if roots[root] == nil {
			roots[root] = map[string]cty.Value{}
		}
		roots[root][name] = v
		incomplete = incomplete || l
	}
	for _, d := range needs.names {
		if v, at := s.lookup(d.root); at != nil {
			ctx.Variables[d.root] = v
			incomplete = incomplete || at.incomplete
			continue
		}
		switch d.root {
		case "path":
			ctx.Variables["path"] = s.module.paths()
			continue
		case "terraform":
			ctx.Variables["terraform"] = cty.ObjectVal(map[string]cty.Value{
				"workspace": cty.StringVal(e.options.Workspace),
				"applying":  lang.UnknownBecause(cty.Bool, "terraform.applying is known at apply"),
			})
			continue
		case "each", "count", "self":
			v := lang.UnknownBecause(cty.DynamicPseudoType, d.root+" has no value here")
			if d.root != "self" {
				e.faultAt(e.files.span(d.at), "set count or for_each", "%s has no value here", d.root)
			}
			ctx.Variables[d.root] = v
			continue
		}
		name, ok := d.name(0)
		if !ok {
			continue // HCL tells what is wrong
		}
		switch d.root {
		case "var":
			v, l := s.module.variable(name, d.at)
			give(d.root, name, v, l)
		case "local":
			v, l := s.module.local(name, d.at)
			give(d.root, name, v, l)
		case "module":
			v, l := s.module.outputsOf(name, needs.names, d.at)
			give(d.root, name, v, l)
		case "data":
			second, ok := d.name(1)
			if !ok {
				give(d.root, name, lang.UnknownBecause(cty.DynamicPseudoType, "data."+name+" is read at apply"), true)
				continue
			}
			v := s.module.resourceValue("data."+name+"."+second, d.steps[2:], d.at)
			give("data."+name, second, v, true)
		default:
			v := s.module.resourceValue(d.root+"."+name, d.steps[1:], d.at)
			give(d.root, name, v, true)
		}
	}
	for root, values := range roots {
		if kind, isData := cutData(root); isData {
			if roots["data"] == nil {
				roots["data"] = map[string]cty.Value{}
			}
			roots["data"][kind] = cty.ObjectVal(values)
		}
	}
	for root, values := range roots {
		if _, isData := cutData(root); !isData {
			ctx.Variables[root] = cty.ObjectVal(values)
		}
	}
	return ctx, incomplete
}

func cutData(root string) (kind string, ok bool) {
	const prefix = "data."
	if len(root) > len(prefix) && root[:len(prefix)] == prefix {
		return root[len(prefix):], true
	}
	return "", false
}

// quoted is a text as messages show it.
func quoted(s string) string { return strconv.Quote(s) }

// tooLargeValue counts the parts of a value, in units of elements and 64 bytes of text:
// values share their parts, so that a small text can have more of them than can be looked
// at. left is how many there may be.
func tooLargeValue(v cty.Value, left int) (units int, tooLarge bool) {
	before := left
	var walk func(cty.Value) bool
	walk = func(v cty.Value) bool {
		left--
		if left < 0 {
			return true
		}
		v, _ = v.Unmark()
		if !v.IsKnown() || v.IsNull() {
			return false
		}
		switch t := v.Type(); {
		case t == cty.String:
			left -= len(v.AsString()) / lang.ElementSize
		case t == cty.Number:
			exponent := v.AsBigFloat().MantExp(nil)
			return exponent > 10_000 || exponent < -10_000
		case v.CanIterateElements():
			for it := v.ElementIterator(); it.Next(); {
				if _, element := it.Element(); walk(element) {
					return true
				}
			}
		}
		return left < 0
	}
	tooLarge = walk(v)
	return before - left, tooLarge
}
