package eval

import (
	"math/big"
	"strconv"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
)

// expandResource makes the instances of one resource or data block.
func (m *module) expandResource(st *resourceState) {
	e := m.evaluator
	r := m.repetition(st)
	e.seen(st.syntax, m.join(st.name), len(r.instances))
	if st.repeated == nil {
		return
	}
	for i, inst := range r.instances {
		if !e.within(m.evaluator.header(st.syntax)) {
			return
		}
		p := &places{module: m, address: m.join(st.name) + inst.suffix()}
		header := e.header(st.syntax)
		resource := &Resource{
			Address: p.address, Type: st.syntax.Labels[0], Name: st.syntax.Labels[1],
			Data: st.data(), Block: header, Place: p.at(header), Uncertain: r.uncertain, Dir: m.dir(),
		}
		if resource.Uncertain == "" {
			resource.Uncertain = m.uncertain
		}
		if resource.Type == "kubernetes_manifest" {
			p.manifest = resource.Address + ".manifest"
		}
		resource.Values = p.body(m.block(st, i))
		e.out.Resources = append(e.out.Resources, resource)
	}
}

// seen counts the instances of a block over all instances of its module.
func (e *evaluator) seen(b *hclsyntax.Block, address string, instances int) {
	if b.Type == "data" {
		return
	}
	address = BlockAddress(address)
	known := e.blocks[address]
	if known == nil {
		known = &blockCount{empty: Empty{Address: address, Type: b.Labels[0], Block: e.header(b)}}
		e.blocks[address] = known
		e.blockOrder = append(e.blockOrder, known)
	}
	known.instances += instances
}

// blockCount is a block with the number of its instances.
type blockCount struct {
	empty     Empty
	instances int
}

// valueAt is the way to a value: from the attribute in the resource, for its place, and
// from the expression to look into when the value is not known as a whole.
type valueAt struct {
	base     site
	path     *way
	look     site
	lookPath *way
}

// way is the steps inside a value, the last one first. A step is an index, a key, or
// for a set the element itself.
type way struct {
	up   *way
	step cty.Value
}

func (w *way) steps() []cty.Value {
	n := 0
	for s := w; s != nil; s = s.up {
		n++
	}
	steps := make([]cty.Value, n)
	for s := w; s != nil; s = s.up {
		n--
		steps[n] = s.step
	}
	return steps
}

func (w valueAt) child(step cty.Value) valueAt {
	w.path, w.lookPath = &way{w.path, step}, &way{w.lookPath, step}
	return w
}

// body makes the tree of a block. Attributes that are null are not set.
func (p *places) body(b *block) *object.Node {
	e := p.module.evaluator
	n := &object.Node{Kind: object.Map, Ref: p.block(b)}
	n.Entries = make([]object.Entry, 0, len(b.attributes)+len(b.nested))
	for _, a := range b.attributes {
		v, _ := e.eval(b.scope, a.Expr)
		at := site{scope: b.scope, expr: a.Expr}
		value := p.value(v, valueAt{base: at, look: at}, "")
		name := ref{span: e.files.span(a.NameRange)}
		switch value.Kind {
		case object.Null:
			continue
		case object.Map, object.List:
			name.base = at // what is said of the whole, or is missing in it, has a trace too
		}
		n.Entries = append(n.Entries, object.Entry{Key: a.Name, Ref: p.add(name), Value: value})
	}
	for _, inner := range b.nested {
		place := p.at(inner.header)
		if len(inner.blocks) == 1 {
			place = p.block(inner.blocks[0])
		}
		n.Entries = append(n.Entries, object.Entry{Key: inner.name, Ref: place, Value: p.nested(inner)})
	}
	return n
}

// block is the place of a block: its header, and the element that it was made of, where
// what is missing in it may be added.
func (p *places) block(b *block) object.Ref {
	if b.made == nil {
		return p.at(b.header)
	}
	return p.add(ref{span: b.header, base: b.made.collection, path: &way{step: b.made.key}, element: true})
}

// nested makes the list of the blocks of one type. Where it is not known whether
// there are more of them, an unknown item stands for those.
func (p *places) nested(inner *nested) *object.Node {
	if inner.unknown != "" && len(inner.blocks) == 0 {
		return &object.Node{Kind: object.Unknown, Text: inner.unknown, Ref: p.at(inner.at)}
	}
	list := &object.Node{Kind: object.List, Ref: p.at(inner.header), Items: make([]*object.Node, 0, len(inner.blocks))}
	for _, b := range inner.blocks {
		list.Items = append(list.Items, p.body(b))
	}
	if inner.unknown != "" {
		list.Items = append(list.Items, &object.Node{Kind: object.Unknown, Text: inner.unknown, Ref: p.at(inner.at)})
	}
	return list
}

// value makes the tree of an attribute's value. above is the reason of a value that
// this one is in: functions keep reasons at the outermost value.
func (p *places) value(v cty.Value, w valueAt, above string) *object.Node {
	v, marks := v.Unmark()
	place := p.add(ref{base: w.base, path: w.path})
	if _, secret := marks[lang.SensitiveMark{}]; secret {
		return &object.Node{Kind: object.Unknown, Text: lang.SensitiveReason, Ref: place}
	}
	if reason := lang.MarkedReason(marks); reason != "" {
		above = reason
	}
	switch t := v.Type(); {
	case !v.IsKnown():
		if n := p.rescue(w, place); n != nil {
			return n
		}
		if above == "" {
			above = lang.ReasonOf(v)
		}
		return &object.Node{Kind: object.Unknown, Text: above, Ref: place}
	case v.IsNull():
		return &object.Node{Kind: object.Null, Ref: place}
	case t == cty.String:
		return &object.Node{Kind: object.String, Text: v.AsString(), Ref: place}
	case t == cty.Bool:
		n := &object.Node{Kind: object.Bool, Text: "false", Ref: place}
		if v.True() {
			n.Text = "true"
		}
		return n
	case t == cty.Number:
		return numberNode(v.AsBigFloat(), place)
	case t.IsMapType() || t.IsObjectType():
		n := &object.Node{Kind: object.Map, Ref: place, Entries: make([]object.Entry, 0, v.LengthInt())}
		for it := v.ElementIterator(); it.Next(); {
			key, item := it.Element()
			inner := w.child(key)
			n.Entries = append(n.Entries, object.Entry{
				Key: key.AsString(), Ref: p.add(ref{base: w.base, path: inner.path, key: true}), Value: p.value(item, inner, above),
			})
		}
		return n
	case v.CanIterateElements():
		n := &object.Node{Kind: object.List, Ref: place, Items: make([]*object.Node, 0, v.LengthInt())}
		for it := v.ElementIterator(); it.Next(); {
			key, item := it.Element()
			n.Items = append(n.Items, p.value(item, w.child(key), above))
		}
		return n
	}
	return &object.Node{Kind: object.Unknown, Text: "its type is not known here", Ref: place}
}

// numberNode is a number as text; one with absurdly many digits is unknown.
func numberNode(f *big.Float, place object.Ref) *object.Node {
	if exponent := f.MantExp(nil); exponent > 4096 || exponent < -4096 || f.IsInf() {
		return &object.Node{Kind: object.Unknown, Text: "the number is too large", Ref: place}
	}
	if i, accuracy := f.Int64(); accuracy == big.Exact {
		return &object.Node{Kind: object.Int, Text: strconv.FormatInt(i, 10), Ref: place}
	}
	n := &object.Node{Kind: object.Float, Text: f.Text('f', -1), Ref: place}
	if f.IsInt() {
		n.Kind = object.Int
	}
	return n
}
