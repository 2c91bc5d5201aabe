package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
)

// references is what an expression takes from outside: found once, used for every
// instance.
type references struct {
	names []reference
	// functions are those of providers that it calls.
	functions map[string]function.Function
	// slots are its parts that are metered.
	slots []lang.Slot
}

// reference is one name that an expression uses, with the way below it as far as it is
// written: kubernetes_namespace.x.metadata[0].name.
type reference struct {
	root  string
	steps []referenceStep
	at    hcl.Range
}

// referenceStep is an attribute, an index, or all elements (a splat, a for, an index
// that is computed).
type referenceStep struct {
	name string
	key  cty.Value // NilVal for a name and for all elements
}

// name is the attribute at a step; an index by a text is one too.
func (d reference) name(i int) (string, bool) {
	if i >= len(d.steps) {
		return "", false
	}
	return d.steps[i].attribute()
}

func (s referenceStep) attribute() (string, bool) {
	if s.name != "" {
		return s.name, true
	}
	if s.key != cty.NilVal && s.key.Type() == cty.String && !s.key.IsNull() && s.key.IsKnown() {
		return s.key.AsString(), true
	}
	return "", false
}

// needsOf finds what an expression needs.
func (e *evaluator) needsOf(expr hcl.Expression) *references {
	if n, ok := e.needs[expr]; ok {
		return n
	}
	n := &references{}
	if node, ok := expr.(hclsyntax.Node); ok {
		w := &referencesWalker{needs: n}
		_ = hclsyntax.Walk(node, w)
		n.functions = lang.ProviderFunctions(node, &e.meter)
		n.slots = lang.SlotsOf(node)
	} else {
		for _, t := range expr.Variables() {
			n.names = append(n.names, traversalDemand(t))
		}
	}
	e.needs[expr] = n
	return n
}

// referencesWalker collects the demands of an expression. Names that a for expression
// binds stand for the elements of its collection.
type referencesWalker struct {
	needs  *references
	loops  []*hclsyntax.ForExpr
	scopes []map[string]*reference // bound names; nil demand where the collection is computed
	splats map[*hclsyntax.AnonSymbolExpr]*reference
}

// Enter implements hclsyntax.Walker.
func (w *referencesWalker) Enter(n hclsyntax.Node) hcl.Diagnostics {
	switch n := n.(type) {
	case *hclsyntax.ForExpr:
		w.loops = append(w.loops, n)
	case hclsyntax.ChildScope:
		bound := map[string]*reference{}
		loop := w.loops[len(w.loops)-1]
		for name := range n.LocalNames {
			bound[name] = nil
		}
		if d, ok := w.reference(loop.CollExpr); ok {
			d.steps = append(d.steps[:len(d.steps):len(d.steps)], referenceStep{})
			bound[loop.ValVar] = &d
		}
		w.scopes = append(w.scopes, bound)
	case *hclsyntax.ScopeTraversalExpr, *hclsyntax.RelativeTraversalExpr, *hclsyntax.IndexExpr, *hclsyntax.SplatExpr:
		if d, ok := w.reference(n.(hclsyntax.Expression)); ok {
			w.needs.names = append(w.needs.names, d)
		}
		if splat, is := n.(*hclsyntax.SplatExpr); is {
			if d, ok := w.reference(splat.Source); ok {
				d.steps = append(d.steps[:len(d.steps):len(d.steps)], referenceStep{})
				if w.splats == nil {
					w.splats = map[*hclsyntax.AnonSymbolExpr]*reference{}
				}
				w.splats[splat.Item] = &d
			}
		}
	}
	return nil
}

// Exit implements hclsyntax.Walker.
func (w *referencesWalker) Exit(n hclsyntax.Node) hcl.Diagnostics {
	switch n.(type) {
	case *hclsyntax.ForExpr:
		w.loops = w.loops[:len(w.loops)-1]
	case hclsyntax.ChildScope:
		w.scopes = w.scopes[:len(w.scopes)-1]
	}
	return nil
}

// reference is the way that an expression goes from a name; ok is false where it does
// not start at one that comes from outside.
func (w *referencesWalker) reference(expr hclsyntax.Expression) (d reference, ok bool) {
	switch x := expr.(type) {
	case *hclsyntax.ParenthesesExpr:
		return w.reference(x.Expression)
	case *hclsyntax.AnonSymbolExpr:
		if at := w.splats[x]; at != nil {
			return *at, true
		}
		return reference{}, false
	case *hclsyntax.ScopeTraversalExpr:
		d := traversalDemand(x.Traversal)
		for i := len(w.scopes) - 1; i >= 0; i-- {
			if bound, is := w.scopes[i][d.root]; is {
				if bound == nil {
					return reference{}, false
				}
				return bound.with(d.steps...), true
			}
		}
		return d, true
	case *hclsyntax.RelativeTraversalExpr:
		if d, ok = w.reference(x.Source); !ok {
			return d, false
		}
		return d.with(traversalSteps(x.Traversal)...), true
	case *hclsyntax.IndexExpr:
		if d, ok = w.reference(x.Collection); !ok {
			return d, false
		}
		step := referenceStep{}
		if literal, is := x.Key.(*hclsyntax.LiteralValueExpr); is {
			step.key = literal.Val
		} else if v, diags := lang.Constant(x.Key); !diags.HasErrors() && v.IsKnown() && !v.IsNull() {
			step.key = v
		}
		return d.with(step), true
	case *hclsyntax.SplatExpr:
		if d, ok = w.reference(x.Source); !ok {
			return d, false
		}
		return d.with(referenceStep{}), true
	}
	return reference{}, false
}

// with is the way with more steps.
func (d reference) with(steps ...referenceStep) reference {
	d.steps = append(d.steps[:len(d.steps):len(d.steps)], steps...)
	return d
}

func traversalDemand(t hcl.Traversal) reference {
	return reference{root: t.RootName(), steps: traversalSteps(t[1:]), at: t.SourceRange()}
}

func traversalSteps(t hcl.Traversal) []referenceStep {
	steps := make([]referenceStep, 0, len(t))
	for _, step := range t {
		switch step := step.(type) {
		case hcl.TraverseAttr:
			steps = append(steps, referenceStep{name: step.Name})
		case hcl.TraverseIndex:
			steps = append(steps, referenceStep{key: step.Key})
		default:
			steps = append(steps, referenceStep{})
		}
	}
	return steps
}
