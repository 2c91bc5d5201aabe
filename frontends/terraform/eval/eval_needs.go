package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
)

// needs is what an expression takes from outside: found once, used for every
// instance.
type needs struct {
	demands []demand
	// functions are those of providers that it calls.
	functions map[string]function.Function
	// slots are its parts that are metered.
	slots []lang.Slot
}

// demand is one name that an expression uses, with the way below it as far as it is
// written: kubernetes_namespace.x.metadata[0].name.
type demand struct {
	root  string
	steps []demandStep
	at    hcl.Range
}

// demandStep is an attribute, an index, or all elements (a splat, a for, an index
// that is computed).
type demandStep struct {
	name string
	key  cty.Value // NilVal for a name and for all elements
}

// name is the attribute at a step; an index by a text is one too.
func (d demand) name(i int) (string, bool) {
	if i >= len(d.steps) {
		return "", false
	}
	return d.steps[i].attribute()
}

func (s demandStep) attribute() (string, bool) {
	if s.name != "" {
		return s.name, true
	}
	if s.key != cty.NilVal && s.key.Type() == cty.String && !s.key.IsNull() && s.key.IsKnown() {
		return s.key.AsString(), true
	}
	return "", false
}

// needsOf finds what an expression needs.
func (e *evaluator) needsOf(expr hcl.Expression) *needs {
	if n, ok := e.needs[expr]; ok {
		return n
	}
	n := &needs{}
	if node, ok := expr.(hclsyntax.Node); ok {
		w := &needsWalker{needs: n}
		_ = hclsyntax.Walk(node, w)
		n.functions = lang.ProviderFunctions(node, &e.meter)
		n.slots = lang.SlotsOf(node)
	} else {
		for _, t := range expr.Variables() {
			n.demands = append(n.demands, traversalDemand(t))
		}
	}
	e.needs[expr] = n
	return n
}

// needsWalker collects the demands of an expression. Names that a for expression
// binds stand for the elements of its collection.
type needsWalker struct {
	needs  *needs
	loops  []*hclsyntax.ForExpr
	scopes []map[string]*demand // bound names; nil demand where the collection is computed
	splats map[*hclsyntax.AnonSymbolExpr]*demand
}

// Enter implements hclsyntax.Walker.
func (w *needsWalker) Enter(n hclsyntax.Node) hcl.Diagnostics {
	switch n := n.(type) {
	case *hclsyntax.ForExpr:
		w.loops = append(w.loops, n)
	case hclsyntax.ChildScope:
		bound := map[string]*demand{}
		loop := w.loops[len(w.loops)-1]
		for name := range n.LocalNames {
			bound[name] = nil
		}
		if d, ok := w.demand(loop.CollExpr); ok {
			d.steps = append(d.steps[:len(d.steps):len(d.steps)], demandStep{})
			bound[loop.ValVar] = &d
		}
		w.scopes = append(w.scopes, bound)
	case *hclsyntax.ScopeTraversalExpr, *hclsyntax.RelativeTraversalExpr, *hclsyntax.IndexExpr, *hclsyntax.SplatExpr:
		if d, ok := w.demand(n.(hclsyntax.Expression)); ok {
			w.needs.demands = append(w.needs.demands, d)
		}
		if splat, is := n.(*hclsyntax.SplatExpr); is {
			if d, ok := w.demand(splat.Source); ok {
				d.steps = append(d.steps[:len(d.steps):len(d.steps)], demandStep{})
				if w.splats == nil {
					w.splats = map[*hclsyntax.AnonSymbolExpr]*demand{}
				}
				w.splats[splat.Item] = &d
			}
		}
	}
	return nil
}

// Exit implements hclsyntax.Walker.
func (w *needsWalker) Exit(n hclsyntax.Node) hcl.Diagnostics {
	switch n.(type) {
	case *hclsyntax.ForExpr:
		w.loops = w.loops[:len(w.loops)-1]
	case hclsyntax.ChildScope:
		w.scopes = w.scopes[:len(w.scopes)-1]
	}
	return nil
}

// demand is the way that an expression goes from a name; ok is false where it does
// not start at one that comes from outside.
func (w *needsWalker) demand(expr hclsyntax.Expression) (d demand, ok bool) {
	switch x := expr.(type) {
	case *hclsyntax.ParenthesesExpr:
		return w.demand(x.Expression)
	case *hclsyntax.AnonSymbolExpr:
		if at := w.splats[x]; at != nil {
			return *at, true
		}
		return demand{}, false
	case *hclsyntax.ScopeTraversalExpr:
		d := traversalDemand(x.Traversal)
		for i := len(w.scopes) - 1; i >= 0; i-- {
			if bound, is := w.scopes[i][d.root]; is {
				if bound == nil {
					return demand{}, false
				}
				return bound.with(d.steps...), true
			}
		}
		return d, true
	case *hclsyntax.RelativeTraversalExpr:
		if d, ok = w.demand(x.Source); !ok {
			return d, false
		}
		return d.with(traversalSteps(x.Traversal)...), true
	case *hclsyntax.IndexExpr:
		if d, ok = w.demand(x.Collection); !ok {
			return d, false
		}
		step := demandStep{}
		if literal, is := x.Key.(*hclsyntax.LiteralValueExpr); is {
			step.key = literal.Val
		} else if v, diags := lang.Constant(x.Key); !diags.HasErrors() && v.IsKnown() && !v.IsNull() {
			step.key = v
		}
		return d.with(step), true
	case *hclsyntax.SplatExpr:
		if d, ok = w.demand(x.Source); !ok {
			return d, false
		}
		return d.with(demandStep{}), true
	}
	return demand{}, false
}

// with is the way with more steps.
func (d demand) with(steps ...demandStep) demand {
	d.steps = append(d.steps[:len(d.steps):len(d.steps)], steps...)
	return d
}

func traversalDemand(t hcl.Traversal) demand {
	return demand{root: t.RootName(), steps: traversalSteps(t[1:]), at: t.SourceRange()}
}

func traversalSteps(t hcl.Traversal) []demandStep {
	steps := make([]demandStep, 0, len(t))
	for _, step := range t {
		switch step := step.(type) {
		case hcl.TraverseAttr:
			steps = append(steps, demandStep{name: step.Name})
		case hcl.TraverseIndex:
			steps = append(steps, demandStep{key: step.Key})
		default:
			steps = append(steps, demandStep{})
		}
	}
	return steps
}
