package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// expandDynamic adds the blocks that a dynamic block stands for.
func (e *evaluator) expandDynamic(b *block, d *hclsyntax.Block) {
	name, at := d.Labels[0], e.header(d)
	each := d.Body.Attributes["for_each"]
	var content *hclsyntax.Block
	for _, inner := range d.Body.Blocks {
		if inner.Type == "content" {
			content = inner
		}
	}
	if each == nil || content == nil {
		e.faultAt(at, "add for_each and content", "the dynamic block %s is not complete", quoted(name))
		return
	}
	iterator := name
	if a := d.Body.Attributes["iterator"]; a != nil {
		if keyword := hcl.ExprAsKeyword(a.Expr); keyword != "" {
			iterator = keyword
		}
	}
	v, incomplete := e.eval(b.scope, each.Expr)
	unmarked, marks := v.Unmark()
	unknown := ""
	switch {
	case !unmarked.IsKnown():
		unknown = lang.ReasonOf(v)
	case unmarked.IsNull() || !unmarked.CanIterateElements():
		e.faultAt(e.files.span(each.Expr.Range()), "", "the for_each of the dynamic block %s must be a collection", quoted(name))
		unknown = "its for_each is not a collection"
	case unmarked.LengthInt() > maxInstances:
		e.faultAt(at, "", "the dynamic block %s creates more than %d blocks", quoted(name), maxInstances)
		unknown = "it creates too many blocks"
	case unmarked.Type().IsSetType() && !unmarked.IsWhollyKnown():
		unknown = lang.ReasonOf(v)
	}
	if unknown != "" {
		n := b.of(name, at)
		n.unknown, n.at = unknown, at
		return
	}
	isSet := unmarked.Type().IsSetType()
	for it := unmarked.ElementIterator(); it.Next(); {
		key, value := it.Element()
		if isSet {
			key = value
		}
		s := b.scope.child(map[string]cty.Value{
			iterator: cty.ObjectVal(map[string]cty.Value{"key": key.WithMarks(marks), "value": value.WithMarks(marks)}),
		}, incomplete)
		s.elements = map[string]element{iterator: {
			collection: site{scope: b.scope, expr: each.Expr, in: container{role: source.LiteralStep, name: "for_each"}}, key: key, fields: true,
		}}
		made := e.expandBody(s, content.Body, at, false)
		made.madeOf(s.elements[iterator])
		n := b.of(name, at)
		n.blocks = append(n.blocks, made)
	}
}

// madeOf notes the element that a dynamic block made the block of, and what is in it; what
// a dynamic block within has made is made of its own element.
func (b *block) madeOf(el element) {
	if b.made == nil {
		b.made = &el
	}
	for _, n := range b.nested {
		for _, inner := range n.blocks {
			if inner.made == nil {
				inner.madeOf(el)
			}
		}
	}
}
