package eval

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// name follows a reference to where its value is written.
func (w *tracer) name(d reference) bool {
	t := w.trail
	steps := stepValues(d.steps)
	if len(steps) < len(d.steps) {
		return false
	}
	s := t.site.scope
	if _, at := s.lookup(d.root); at != nil {
		return w.element(at.elements[d.root], steps)
	}
	if len(steps) == 0 {
		return false
	}
	first, ok := lang.KeyText(steps[0])
	if !ok {
		return false
	}
	rest := slices.Concat(steps[1:], t.rest)
	switch d.root {
	case "var":
		b := s.module.bindings[first]
		if b == nil {
			return false
		}
		to, rest, ok := s.module.given(b, rest)
		return ok && w.cross(to, rest)
	case "local":
		a := s.module.source.locals[first]
		if a == nil {
			return false
		}
		return w.cross(site{scope: s.module.scope, expr: a.Expr, in: container{role: source.Local, name: "local." + first}}, rest)
	case "module":
		return w.moduleOutput(first, rest)
	case "path", "terraform", "each", "count", "self":
		return false
	case "data":
		second, ok := "", false
		if len(steps) > 1 {
			second, ok = lang.KeyText(steps[1])
		}
		if !ok {
			return false
		}
		return w.resource("data."+first+"."+second, rest[1:])
	}
	return w.resource(d.root+"."+first, rest)
}

// element follows a name that stands for an element of a collection.
func (w *tracer) element(el element, steps []cty.Value) bool {
	if el.collection.expr == nil {
		return false
	}
	isKey := el.isKey
	if el.fields {
		if len(steps) == 0 {
			return false
		}
		field, _ := lang.KeyText(steps[0])
		isKey, steps = field == "key", steps[1:]
	}
	to := el.collection
	if to.in == (container{}) || to.in.role == source.LiteralStep && w.trail.site.in.role != "" {
		to.in = container{role: source.LiteralStep, name: "for_each"}
	}
	rest := []cty.Value{el.key}
	if isKey {
		w.key = true
		w.trail.rest = nil
		return w.cross(to, rest)
	}
	return w.cross(to, append(append(rest, steps...), w.trail.rest...))
}

// moduleOutput follows module.NAME to the value of an output in the called module.
func (w *tracer) moduleOutput(name string, rest []cty.Value) bool {
	m := w.trail.site.scope.module
	st := m.called(name)
	if st == nil || st.missing != "" || st.uncertain != "" {
		return false
	}
	i := 0
	if !st.single {
		if len(rest) == 0 {
			return false
		}
		if i = st.index(rest[0]); i < 0 {
			return false
		}
		rest = rest[1:]
	}
	if len(rest) == 0 || i >= len(st.modules) {
		return false
	}
	output, ok := lang.KeyText(rest[0])
	child := st.modules[i]
	b := child.source.outputs[output]
	if !ok || b == nil || b.Body.Attributes["value"] == nil {
		return false
	}
	return w.cross(site{
		scope: child.scope, expr: b.Body.Attributes["value"].Expr,
		in: container{role: source.Local, name: "module." + name + "." + output},
	}, rest[1:])
}

// index is the instance with a key; -1 where there is none.
func (r *repetition) index(key cty.Value) int {
	for i, inst := range r.instances {
		if inst.key != cty.NilVal && sameStep(inst.key, key) {
			return i
		}
	}
	return -1
}

// resource follows a reference to the attribute in the configuration of another
// resource.
func (w *tracer) resource(name string, rest []cty.Value) bool {
	m := w.trail.site.scope.module
	st := m.state(name)
	if st == nil {
		return false
	}
	r := m.repetition(st)
	if r.uncertain != "" || st.repeated == nil {
		return false
	}
	i := 0
	if !r.single {
		if len(rest) == 0 {
			return false
		}
		if i = r.index(rest[0]); i < 0 {
			return false
		}
		rest = rest[1:]
	} else if len(rest) > 0 && rest[0].Type() == cty.Number {
		rest = rest[1:] // a splat over one resource
	}
	if i >= len(r.instances) {
		return false
	}
	if first, ok := lang.KeyText(firstStep(rest)); ok && first == "id" && strings.HasPrefix(st.syntax.Labels[0], "kubernetes_") {
		rest = []cty.Value{cty.StringVal("metadata"), cty.Zero, cty.StringVal("name")}
	}
	b, label := m.block(st, i), name
	for len(rest) > 0 {
		step, ok := lang.KeyText(rest[0])
		if !ok {
			return false
		}
		label += "." + step
		if a := b.attribute(step); a != nil {
			return w.cross(site{scope: b.scope, expr: a.Expr, in: container{role: source.Argument, name: label}}, rest[1:])
		}
		n := b.byType[step]
		if n == nil || len(rest) < 2 || rest[1].Type() != cty.Number {
			return false
		}
		at, accuracy := rest[1].AsBigFloat().Int64()
		if accuracy != 0 || at < 0 || at >= int64(len(n.blocks)) {
			return false
		}
		index, _ := lang.KeyText(rest[1])
		b, label, rest = n.blocks[at], label+"["+index+"]", rest[2:]
	}
	return false
}

func firstStep(steps []cty.Value) cty.Value {
	if len(steps) == 0 {
		return cty.NullVal(cty.String)
	}
	return steps[0]
}

// loop follows an element of a for expression to the expression that made it, with its
// variables bound to the element that it was made of.
func (w *tracer) loop(x *hclsyntax.ForExpr) bool {
	t := w.trail
	s := t.site.scope
	collection, incomplete := w.e.eval(s, x.CollExpr)
	collection, _ = collection.Unmark()
	if len(t.rest) == 0 || !collection.IsKnown() || collection.IsNull() || !collection.CanIterateElements() || collection.LengthInt() > maxInstances {
		return false
	}
	at := int64(0)
	for it := collection.ElementIterator(); it.Next(); {
		key, v := it.Element()
		names := map[string]cty.Value{x.ValVar: v}
		elements := map[string]element{x.ValVar: {collection: site{scope: s, expr: x.CollExpr, in: t.site.in}, key: key}}
		if x.KeyVar != "" {
			names[x.KeyVar] = key
			elements[x.KeyVar] = element{collection: elements[x.ValVar].collection, key: key, isKey: true}
		}
		child := s.child(names, incomplete)
		child.elements = elements
		if x.CondExpr != nil {
			c, _ := w.e.eval(child, x.CondExpr)
			if text, ok := lang.KeyText(c); !ok {
				return false
			} else if text != "true" {
				continue
			}
		}
		made := cty.NumberIntVal(at)
		if x.KeyExpr != nil {
			made, _ = w.e.eval(child, x.KeyExpr)
		}
		at++
		if !sameStep(made, t.rest[0]) {
			continue
		}
		t.site.scope = child
		if w.key && len(t.rest) == 1 && x.KeyExpr != nil {
			t.rest = nil
			return w.into(x.KeyExpr, nil)
		}
		rest := t.rest[1:]
		if x.Group {
			rest = nil
		}
		return w.into(x.ValExpr, rest)
	}
	return false
}
