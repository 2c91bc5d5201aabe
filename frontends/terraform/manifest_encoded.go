package terraform

import (
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// encodedPlaces are the places of a text that yamlencode() or jsonencode() has made
// of an object that is written in the configuration: those of the object.
type encodedPlaces struct {
	file  *source.File
	expr  hclsyntax.Expression
	road  []source.Step
	spans []source.Span // by token
}

// encoders are the functions that make a text of an object.
var encoders = map[string]bool{"yamlencode": true, "jsonencode": true, manifestEncode: true}

// newEncodedPlaces returns nil where the value is not encoded of something written.
func newEncodedPlaces(value *object.Node) *encodedPlaces {
	whole := value.Place.Origin()
	spans := []source.Span{whole.Span}
	var modules []source.Step
	for _, s := range whole.Road {
		if s.Role == source.Module {
			modules = append(modules, s)
		} else {
			spans = append(spans, s.Span)
		}
	}
	for i, s := range spans {
		if !s.Valid() {
			continue
		}
		start := hcl.Pos{Line: 1, Column: 1, Byte: s.Start}
		expr, diags := hclsyntax.ParseExpression(s.File.Data[s.Start:s.End], s.File.Path, start)
		if diags.HasErrors() {
			continue
		}
		call, ok := bare(expr).(*hclsyntax.FunctionCallExpr)
		if !ok || !encoders[call.Name] || len(call.Args) != 1 {
			continue
		}
		p := &encodedPlaces{file: s.File, expr: call.Args[0], road: modules}
		if i > 0 {
			p.road = append([]source.Step{{Role: source.Argument, Name: "yaml_body", Span: whole.Span}}, modules...)
		}
		return p
	}
	return nil
}

// bare is an expression without the parentheses around it.
func bare(e hclsyntax.Expression) hclsyntax.Expression {
	for {
		p, ok := e.(*hclsyntax.ParenthesesExpr)
		if !ok {
			return e
		}
		e = p.Expression
	}
}

// stepInto follows a key, or an index of a list, into an expression; key is the range of
// the key.
func stepInto(e hclsyntax.Expression, key string) (at hcl.Range, value hclsyntax.Expression, ok bool) {
	switch e := bare(e).(type) {
	case *hclsyntax.ObjectConsExpr:
		for i := len(e.Items) - 1; i >= 0; i-- { // the last one wins
			k, diags := constant(e.Items[i].KeyExpr)
			if diags.HasErrors() || k.IsNull() || !k.IsKnown() || k.Type() != cty.String {
				continue
			}
			if k.AsString() == key {
				return e.Items[i].KeyExpr.Range(), e.Items[i].ValueExpr, true
			}
		}
	case *hclsyntax.TupleConsExpr:
		if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(e.Exprs) {
			return e.Exprs[i].Range(), e.Exprs[i], true
		}
	}
	return hcl.Range{}, nil, false
}

// tree copies a tree, with the places of what is written in the expression.
func (p *encodedPlaces) tree(n *object.Node, e hclsyntax.Expression) *object.Node {
	out := *n
	if e != nil {
		out.Place = p.place(e.Range())
	}
	if n.Entries != nil {
		out.Entries = make([]object.Entry, len(n.Entries))
		for i, entry := range n.Entries {
			if key, value, ok := into(e, entry.Key); ok {
				entry.Place, entry.Value = p.place(key), p.tree(entry.Value, value)
			}
			out.Entries[i] = entry
		}
	}
	if n.Items != nil {
		out.Items = make([]*object.Node, len(n.Items))
		for i, item := range n.Items {
			out.Items[i] = item
			if _, value, ok := into(e, strconv.Itoa(i)); ok {
				out.Items[i] = p.tree(item, value)
			}
		}
	}
	return &out
}

func into(e hclsyntax.Expression, key string) (at hcl.Range, value hclsyntax.Expression, ok bool) {
	if e == nil {
		return hcl.Range{}, nil, false
	}
	return stepInto(e, key)
}

// find is the place of the value at a path: the nearest one that is written.
func (p *encodedPlaces) find(path []string) source.Span {
	e := p.expr
	for _, key := range path {
		_, value, ok := stepInto(e, key)
		if !ok {
			break
		}
		e = value
	}
	return p.span(e.Range())
}

func (p *encodedPlaces) span(r hcl.Range) source.Span {
	return source.Span{File: p.file, Start: r.Start.Byte, End: r.End.Byte}
}

func (p *encodedPlaces) place(r hcl.Range) object.Place {
	p.spans = append(p.spans, p.span(r))
	return object.Place{By: p, Token: len(p.spans) - 1}
}

// Locate implements object.Locator.
func (p *encodedPlaces) Locate(token int) source.Origin {
	if token < 0 || token >= len(p.spans) {
		return source.Origin{Reason: "the expression has no such place"}
	}
	return source.Origin{Span: p.spans[token], Kind: source.Text, Exact: true, Road: p.road}
}
