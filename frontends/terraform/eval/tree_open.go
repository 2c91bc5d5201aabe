package eval

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
)

// rescue makes of a mapping that is not known as a whole what of it is known: merge()
// of something known and something unknown, or a constructor with a key that is not
// known. nil where nothing is.
func (p *places) rescue(w valueAt, place object.Ref) *object.Node {
	e := p.module.evaluator
	t := e.trace(w.look, w.lookPath.steps(), false)
	if len(t.rest) > 0 || t.derived {
		return nil
	}
	open := &openMap{}
	switch x := t.site.expr.(type) {
	case *hclsyntax.FunctionCallExpr:
		if x.Name != "merge" && x.Name != "core::merge" || x.ExpandFinal {
			return nil
		}
		for _, arg := range x.Args {
			at := site{scope: t.site.scope, expr: arg, in: t.site.in}
			v, _ := e.eval(at.scope, arg)
			open.add(p.value(v, valueAt{base: w.base, path: w.path, look: at}, ""))
		}
	case *hclsyntax.ObjectConsExpr:
		for _, item := range x.Items {
			key, _ := e.eval(t.site.scope, item.KeyExpr)
			at := site{scope: t.site.scope, expr: item.ValueExpr, in: t.site.in}
			name, ok := lang.KeyText(key)
			if !ok {
				open.add(&object.Node{Kind: object.Unknown, Text: lang.ReasonOf(key)})
				continue
			}
			v, _ := e.eval(at.scope, item.ValueExpr)
			path := &way{w.path, cty.StringVal(name)}
			open.set(object.Entry{
				Key: name, Ref: p.add(ref{base: w.base, path: path, key: true}),
				Value: p.value(v, valueAt{base: w.base, path: path, look: at}, ""),
			})
		}
	default:
		return nil
	}
	if len(open.entries) == 0 {
		return nil
	}
	return &object.Node{Kind: object.Map, Entries: open.entries, Partial: open.reason, Ref: place}
}

// openMap is a mapping of which not all is known, while it is put together.
type openMap struct {
	entries []object.Entry
	reason  string // why there may be more keys; empty when there are none
}

// add merges one more mapping over what is there. One that is not known may replace
// every key.
func (o *openMap) add(n *object.Node) {
	reason := n.Partial
	if n.Kind == object.Unknown {
		reason = n.Text
	}
	if reason != "" {
		for i := range o.entries {
			o.entries[i].Value = &object.Node{Kind: object.Unknown, Text: reason, Ref: o.entries[i].Value.Ref}
		}
		if o.reason == "" {
			o.reason = reason
		}
	}
	for _, entry := range n.Entries {
		o.set(entry)
	}
}

func (o *openMap) set(entry object.Entry) {
	for i := range o.entries {
		if o.entries[i].Key == entry.Key {
			o.entries[i] = entry
			return
		}
	}
	o.entries = append(o.entries, entry)
}
