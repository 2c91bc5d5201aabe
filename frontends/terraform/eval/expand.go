package eval

import (
	"math/big"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// instance is one instance of a resource, data or module block.
type instance struct {
	// key is the index or key of the instance; NilVal without count and for_each, and
	// where they are not known.
	key   cty.Value
	scope *scope
}

// suffix is the key as addresses write it.
func (i instance) suffix() string {
	switch {
	case i.key == cty.NilVal:
		return ""
	case i.key.Type() == cty.Number:
		return "[" + i.key.AsBigFloat().Text('f', -1) + "]"
	}
	return "[" + addressKey(i.key.AsString()) + "]"
}

// addressKey is a key as Terraform writes it in addresses: quoted, and with templates
// escaped.
func addressKey(key string) string {
	out := make([]byte, 0, len(key)+2)
	for i := 0; i < len(key); i++ {
		if (key[i] == '$' || key[i] == '%') && i+1 < len(key) && key[i+1] == '{' {
			out = append(out, key[i])
		}
		out = append(out, key[i])
	}
	return quoted(string(out))
}

// repetition is how often a block exists.
type repetition struct {
	// single says that neither count nor for_each is set.
	single bool
	// keyed says that instances have keys (for_each) and not indexes.
	keyed bool
	// uncertain says why count or for_each is not known; there is one instance then,
	// which stands for any number.
	uncertain  string
	instances  []instance
	incomplete bool
}

// repeat works out count and for_each of a block.
func (e *evaluator) repeat(s *scope, b *hclsyntax.Block, address string) repetition {
	count, each := b.Body.Attributes["count"], b.Body.Attributes["for_each"]
	switch {
	case (count != nil || each != nil) && (e.total > maxTotal || e.modules > maxModules): // which is reported
		return e.unsure(s, "the root has too many resources and modules", "count", cty.Number)
	case count != nil && each != nil:
		e.faultAt(e.files.span(each.NameRange), "keep one of them", "%s has both count and for_each", address)
		return e.unsure(s, "it has both count and for_each", "count", cty.Number)
	case count != nil:
		return e.counted(s, count, address)
	case each != nil:
		return e.forEach(s, each, address)
	}
	return repetition{single: true, instances: []instance{{scope: s}}}
}

// unsure is the one instance that stands for an unknown number of them.
func (e *evaluator) unsure(s *scope, reason, name string, t cty.Type) repetition {
	v := lang.UnknownBecause(cty.DynamicPseudoType, reason)
	names := map[string]cty.Value{"count": cty.ObjectVal(map[string]cty.Value{"index": lang.UnknownBecause(cty.Number, reason)})}
	if name == "for_each" {
		names = map[string]cty.Value{"each": cty.ObjectVal(map[string]cty.Value{"key": lang.UnknownBecause(t, reason), "value": v})}
	}
	return repetition{
		uncertain: reason, keyed: name == "for_each", incomplete: true,
		instances: []instance{{scope: s.child(names, true)}},
	}
}

func (e *evaluator) counted(s *scope, a *hclsyntax.Attribute, address string) repetition {
	v, incomplete := e.eval(s, a.Expr)
	at := e.files.span(a.Expr.Range())
	unmarked, _ := v.Unmark()
	if !unmarked.IsKnown() || lang.IsSensitive(v) {
		return e.unsure(s, lang.ReasonOf(v), "count", cty.Number)
	}
	number, err := convert.Convert(unmarked, cty.Number)
	if err != nil || number.IsNull() || !number.AsBigFloat().IsInt() || number.AsBigFloat().Sign() < 0 {
		e.faultAt(at, "", "the count of %s must be a whole number", address)
		return e.unsure(s, "its count is not a whole number", "count", cty.Number)
	}
	n := e.limited(number.AsBigFloat(), address, at)
	r := repetition{incomplete: incomplete}
	for i := range n {
		key := cty.NumberIntVal(int64(i))
		r.instances = append(r.instances, instance{key, s.child(map[string]cty.Value{
			"count": cty.ObjectVal(map[string]cty.Value{"index": key}),
		}, false)})
	}
	return r
}

// limited cuts a number of instances at what is analyzed, and says so.
func (e *evaluator) limited(n *big.Float, address string, at source.Span) int {
	if n.Cmp(big.NewFloat(maxInstances)) > 0 {
		e.faultAt(at, "split the block", "%s has more than %d instances; only the first %d are analyzed", address, maxInstances, maxInstances)
		return maxInstances
	}
	i, _ := n.Int64()
	return int(i)
}

func (e *evaluator) forEach(s *scope, a *hclsyntax.Attribute, address string) repetition {
	v, incomplete := e.eval(s, a.Expr)
	at := e.files.span(a.Expr.Range())
	unmarked, marks := v.Unmark()
	_, secret := marks[lang.SensitiveMark{}]
	if !unmarked.IsKnown() || secret {
		return e.unsure(s, lang.ReasonOf(v), "for_each", cty.String)
	}
	t := unmarked.Type()
	if unmarked.IsNull() || !(t.IsMapType() || t.IsObjectType() || t.IsSetType()) {
		e.faultAt(at, "use toset() for a list", "the for_each of %s must be a map or a set of strings", address)
		return e.unsure(s, "its for_each is neither a map nor a set", "for_each", cty.String)
	}
	if t.IsSetType() {
		if !unmarked.IsWhollyKnown() {
			return e.unsure(s, lang.ReasonOf(v), "for_each", cty.String)
		}
		strings, err := convert.Convert(unmarked, cty.Set(cty.String))
		if err != nil {
			e.faultAt(at, "", "the for_each of %s must be a map or a set of strings", address)
			return e.unsure(s, "its for_each is neither a map nor a set of strings", "for_each", cty.String)
		}
		unmarked = strings
	}
	n := e.limited(big.NewFloat(float64(unmarked.LengthInt())), address, at)
	r := repetition{keyed: true, incomplete: incomplete}
	for it := unmarked.ElementIterator(); it.Next() && len(r.instances) < n; {
		key, value := it.Element()
		if t.IsSetType() {
			key = value
		}
		if key.IsNull() {
			e.faultAt(at, "", "the for_each of %s has a key that is null", address)
			continue
		}
		child := s.child(map[string]cty.Value{"each": cty.ObjectVal(map[string]cty.Value{"key": key, "value": value.WithMarks(marks)})}, incomplete)
		child.elements = map[string]element{"each": {
			collection: site{scope: s, expr: a.Expr, in: container{role: source.LiteralStep, name: "for_each"}}, key: key, fields: true,
		}}
		r.instances = append(r.instances, instance{key, child})
	}
	return r
}

// block is a body with its dynamic blocks expanded.
type block struct {
	scope      *scope
	header     source.Span
	attributes []*hclsyntax.Attribute
	nested     []*nested // in the order in which their types first occur
	byType     map[string]*nested
	made       *element // that a dynamic block made it of; nil for a block that is written
}

// nested are the blocks of one type in a body.
type nested struct {
	name   string
	header source.Span // of the first
	blocks []*block
	// unknown says why it is not known whether there are more blocks; empty when
	// there are no more.
	unknown string
	// at is the dynamic block that is not known.
	at source.Span
}

// metaAttributes and metaBlocks are Terraform's own, and say nothing of the resource.
var metaAttributes = map[string]bool{"count": true, "for_each": true, "provider": true, "depends_on": true}

var metaBlocks = map[string]bool{"lifecycle": true, "provisioner": true, "connection": true}

// expandBody expands the dynamic blocks of a body.
func (e *evaluator) expandBody(s *scope, body *hclsyntax.Body, header source.Span, top bool) *block {
	b := &block{scope: s, header: header, byType: map[string]*nested{}}
	if e.expanded++; e.expanded > maxBlocks {
		if e.expanded == maxBlocks+1 {
			e.faultAt(header, "check its parts one by one", "the root has more than %d nested blocks; the rest is not analyzed", maxBlocks)
		}
		return b
	}
	for _, a := range attributesOf(body) {
		if !top || !metaAttributes[a.Name] {
			b.attributes = append(b.attributes, a)
		}
	}
	for _, inner := range body.Blocks {
		switch {
		case top && metaBlocks[inner.Type]:
		case inner.Type == "dynamic" && len(inner.Labels) == 1:
			e.expandDynamic(b, inner)
		default:
			at := e.header(inner)
			n := b.of(inner.Type, at)
			n.blocks = append(n.blocks, e.expandBody(s, inner.Body, at, false))
		}
	}
	return b
}

// of returns the blocks of a type, which may be the first.
func (b *block) of(name string, header source.Span) *nested {
	n := b.byType[name]
	if n == nil {
		n = &nested{name: name, header: header}
		b.byType[name], b.nested = n, append(b.nested, n)
	}
	return n
}

func (b *block) attribute(name string) *hclsyntax.Attribute {
	for _, a := range b.attributes {
		if a.Name == name {
			return a
		}
	}
	return nil
}
