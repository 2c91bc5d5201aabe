package eval

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// encoders are the functions that make a text of an object.
var encoders = map[string]bool{"yamlencode": true, "jsonencode": true, lang.ManifestEncode: true}

// Encoded is an object that yamlencode() or jsonencode() has made a text of, with the
// places where it is written: those are followed like any other value of the
// configuration.
type Encoded struct {
	tree *object.Node
	// handed is the step from where the text is used to where it was encoded; nil where
	// that is one expression.
	handed []source.Step
}

// NewEncoded returns nil where the text of an attribute is not an object encoded as a
// whole. name is that of the attribute, with the address.
func NewEncoded(value *object.Node, name string) *Encoded {
	p, ok := value.Ref.By.(*places)
	if !ok || value.Kind != object.String {
		return nil
	}
	return p.encodedAt(value.Ref.Token, value.Text, name)
}

func (p *places) encodedAt(token int, text, name string) *Encoded {
	if token < 0 || token >= len(p.refs) || p.refs[token].base.expr == nil || p.refs[token].key {
		return nil
	}
	e := p.module.evaluator
	e.mu.Lock()
	defer e.mu.Unlock()
	r := p.refs[token]
	arg, used, crossed := e.encodedOf(r.base, r.path.steps(), text)
	if arg.expr == nil {
		return nil
	}
	v, _ := e.eval(arg.scope, arg.expr)
	inner := &places{module: p.module, address: p.address, manifest: name}
	out := &Encoded{tree: inner.value(v, valueAt{base: arg, look: arg}, "")}
	if crossed {
		out.handed = []source.Step{{Role: source.Argument, Name: name[strings.LastIndexByte(name, '.')+1:], Span: used}}
	}
	return out
}

// encodedOf is the argument of the call that encodes a text, where the text is all that
// the call gives; used is the expression that uses the text, from which the way crossed
// to that of the call or not.
func (e *evaluator) encodedOf(at site, path []cty.Value, text string) (arg site, used source.Span, crossed bool) {
	t, shift := e.traceCopy(at, path)
	call, ok := t.site.expr.(*hclsyntax.FunctionCallExpr)
	if !ok || shift != 0 || len(t.rest) > 0 || !encoders[strings.TrimPrefix(call.Name, "core::")] || len(call.Args) != 1 || call.ExpandFinal {
		return arg, used, false
	}
	if whole, known := e.text(t.site); !known || strings.TrimSpace(whole) != strings.TrimSpace(text) {
		return arg, used, false
	}
	return site{scope: t.site.scope, expr: call.Args[0], in: t.site.in}, t.primary, t.crossed
}

// recoded goes on from a function that reads a text to the object that the text was
// encoded of.
func (w *tracer) recoded(x *hclsyntax.FunctionCallExpr) bool {
	t := w.trail
	text, known := w.e.text(site{scope: t.site.scope, expr: x.Args[0]})
	if !known {
		return false
	}
	arg, _, crossed := w.e.encodedOf(site{scope: t.site.scope, expr: x.Args[0], in: t.site.in}, nil, text)
	if arg.expr == nil {
		return false
	}
	v, _ := w.e.eval(arg.scope, arg.expr)
	rest := stepsInto(v, t.rest)
	if crossed {
		return w.cross(arg, rest)
	}
	return w.into(arg.expr, rest)
}

// stepsInto are steps into what was decoded as steps into what was encoded: there a list
// may have been a set, whose elements are their own keys.
func stepsInto(v cty.Value, steps []cty.Value) []cty.Value {
	steps = slices.Clone(steps)
	for i, step := range steps {
		if v, _ = v.Unmark(); !v.IsKnown() || v.IsNull() || !v.CanIterateElements() {
			break
		}
		at, isIndex := indexOf([]cty.Value{step})
		isSet := isIndex && v.Type().IsSetType()
		found := false
		for it := v.ElementIterator(); it.Next() && !found; at-- {
			key, item := it.Element()
			if found = isSet && at == 0 || !isSet && sameStep(key, step); found {
				steps[i], v = key, item
			}
		}
		if !found {
			break
		}
	}
	return steps
}

// Placed copies a tree that was decoded of the whole text, with the places of what was
// encoded.
func (p *Encoded) Placed(n *object.Node) *object.Node { return p.placedBy(n, p.tree) }

// placedBy copies a tree that was decoded, with the places of what was encoded.
func (p *Encoded) placedBy(n, from *object.Node) *object.Node {
	if from == nil {
		return n
	}
	out := *n
	out.Ref = p.place(from.Ref)
	if n.Entries != nil {
		out.Entries = slices.Clone(n.Entries)
		for i, entry := range n.Entries {
			for _, member := range from.Entries {
				if member.Key == entry.Key {
					out.Entries[i].Ref, out.Entries[i].Value = p.place(member.Ref), p.placedBy(entry.Value, member.Value)
				}
			}
		}
	}
	if n.Items != nil && len(n.Items) == len(from.Items) {
		out.Items = make([]*object.Node, len(n.Items))
		for i, item := range n.Items {
			out.Items[i] = p.placedBy(item, from.Items[i])
		}
	}
	return &out
}

// Find is the origin of the value at a path, or of the nearest one around it.
func (p *Encoded) Find(path []string) source.Origin {
	n := p.tree
	for _, key := range path {
		inner := n.Get(key)
		if i, err := strconv.Atoi(key); err == nil && n.Kind == object.List && i >= 0 && i < len(n.Items) {
			inner = n.Items[i]
		}
		if inner == nil {
			break
		}
		n = inner
	}
	return p.place(n.Ref).Origin()
}

func (p *Encoded) place(inner object.Ref) object.Ref {
	if len(p.handed) == 0 || !inner.Known() {
		return inner
	}
	return object.Ref{By: handedPlaces{inner.By, p.handed}, Token: inner.Token}
}

// handedPlaces are places of a text that was encoded elsewhere.
type handedPlaces struct {
	object.Locator
	handed []source.Step
}

// Locate implements object.Locator.
func (p handedPlaces) Locate(token int) source.Origin {
	return p.handedOn(p.Locator.Locate(token))
}

// LocatePart finds the bytes of a text as the places do that lie behind it.
func (p handedPlaces) LocatePart(token int, text string, start, end int) (source.Origin, bool) {
	o, ok := object.Ref{By: p.Locator, Token: token}.Part(text, start, end)
	return p.handedOn(o), ok
}

// Given is what gives the value, as the places have it that lie behind it.
func (p handedPlaces) Given(token int) string {
	if by, gives := p.Locator.(interface{ Given(int) string }); gives {
		return by.Given(token)
	}
	return ""
}

// handedOn puts the step to where the text is used behind those to where its value is
// written.
func (p handedPlaces) handedOn(o source.Origin) source.Origin {
	at := slices.IndexFunc(o.Trace, func(s source.Step) bool { return s.Role == source.Module })
	if at < 0 {
		at = len(o.Trace)
	}
	o.Trace = slices.Insert(slices.Clone(o.Trace), at, p.handed...)
	return o
}
