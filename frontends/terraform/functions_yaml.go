package terraform

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"go.yaml.in/yaml/v3"
)

// yamldecodeFunc reads one YAML document: mappings become objects, sequences tuples.
var yamldecodeFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "src", Type: cty.String}},
	Type: func(args []cty.Value) (cty.Type, error) {
		if !args[0].IsKnown() {
			return cty.DynamicPseudoType, nil
		}
		v, err := decodeYAML(args[0].AsString())
		if err != nil {
			return cty.NilType, function.NewArgError(0, err)
		}
		return v.Type(), nil
	},
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) { return decodeYAML(args[0].AsString()) },
})

// decodeYAML is the value of a text with one YAML document.
func decodeYAML(s string) (cty.Value, error) {
	if len(s) > maxText {
		return cty.NilVal, fmt.Errorf("YAML of more than %d bytes is not read", maxText)
	}
	in := yaml.NewDecoder(strings.NewReader(s))
	var doc, rest yaml.Node
	switch err := in.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return cty.NullVal(cty.DynamicPseudoType), nil
	case err != nil:
		return cty.NilVal, yamlFault(err)
	}
	if err := in.Decode(&rest); !errors.Is(err, io.EOF) {
		if err != nil {
			return cty.NilVal, yamlFault(err)
		}
		return cty.NilVal, errors.New("only one YAML document can be decoded")
	}
	d := yamlDecoder{open: map[*yaml.Node]bool{}}
	return d.value(&doc, 0)
}

// yamlFault is an error of the YAML library without its line ends.
func yamlFault(err error) error {
	return errors.New(strings.Join(strings.Fields(err.Error()), " "))
}

// yamlDecoder makes values of YAML nodes. Aliases may say much with little text: it
// counts what it makes.
type yamlDecoder struct {
	made int
	open map[*yaml.Node]bool // the nodes that are being decoded
}

func (d *yamlDecoder) value(n *yaml.Node, depth int) (cty.Value, error) {
	if d.made++; d.made > maxElements || depth > maxNesting {
		return cty.NilVal, fmt.Errorf("YAML with more than %d values, or more than %d levels, is not read", maxElements, maxNesting)
	}
	if d.open[n] {
		return cty.NilVal, fmt.Errorf("line %d refers to a value that it is part of", n.Line)
	}
	d.open[n] = true
	defer delete(d.open, n)
	switch n.Kind {
	case yaml.DocumentNode:
		return d.value(n.Content[0], depth)
	case yaml.AliasNode:
		return d.value(n.Alias, depth)
	case yaml.SequenceNode:
		if n.ShortTag() != "!!seq" {
			return cty.NilVal, unsupportedTag(n)
		}
		items := make([]cty.Value, len(n.Content))
		for i, c := range n.Content {
			var err error
			if items[i], err = d.value(c, depth+1); err != nil {
				return cty.NilVal, err
			}
		}
		return cty.TupleVal(items), nil
	case yaml.MappingNode:
		if n.ShortTag() != "!!map" {
			return cty.NilVal, unsupportedTag(n)
		}
		m := map[string]cty.Value{}
		if err := d.mapping(n, m, depth+1); err != nil {
			return cty.NilVal, err
		}
		return cty.ObjectVal(m), nil
	case yaml.ScalarNode:
		return yamlScalar(n)
	}
	return cty.NullVal(cty.DynamicPseudoType), nil
}

// mapping adds the members of a mapping; merged ones (<<) give way to those that are
// written.
func (d *yamlDecoder) mapping(n *yaml.Node, m map[string]cty.Value, depth int) error {
	written := map[string]cty.Value{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.ShortTag() == "!!merge" {
			if err := d.merge(value, m, depth); err != nil {
				return err
			}
			continue
		}
		if key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		if key.Kind != yaml.ScalarNode || key.ShortTag() == "!!null" {
			return fmt.Errorf("line %d: a key must be a text", key.Line)
		}
		v, err := d.value(value, depth)
		if err != nil {
			return err
		}
		if _, twice := written[key.Value]; twice {
			return fmt.Errorf("line %d: the key %q stands there twice", key.Line, key.Value)
		}
		written[key.Value] = v
	}
	for k, v := range written {
		m[k] = v
	}
	return nil
}

// merge adds the members of one mapping, or of each of a sequence of mappings, the
// first one winning.
func (d *yamlDecoder) merge(n *yaml.Node, m map[string]cty.Value, depth int) error {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	sources := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		sources = n.Content
	}
	for _, s := range sources {
		v, err := d.value(s, depth)
		if err != nil {
			return err
		}
		if !v.Type().IsObjectType() {
			return fmt.Errorf("line %d: only mappings can be merged", s.Line)
		}
		for k, e := range v.AsValueMap() {
			if _, has := m[k]; !has {
				m[k] = e
			}
		}
	}
	return nil
}

// yamlScalar is the value of a scalar by YAML 1.2: yes and on are texts.
func yamlScalar(n *yaml.Node) (cty.Value, error) {
	switch n.ShortTag() {
	case "!!null":
		return cty.NullVal(cty.DynamicPseudoType), nil
	case "!!bool":
		switch n.Value {
		case "true", "True", "TRUE":
			return cty.True, nil
		case "false", "False", "FALSE":
			return cty.False, nil
		}
		return cty.NilVal, fmt.Errorf("line %d: %q is no bool", n.Line, n.Value)
	case "!!int", "!!float":
		return yamlNumber(n)
	case "!!str", "!!timestamp":
		return cty.StringVal(n.Value), nil
	case "!!binary":
		if _, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(n.Value), "")); err != nil {
			return cty.NilVal, fmt.Errorf("line %d: the value is not base64", n.Line)
		}
		return cty.StringVal(n.Value), nil
	}
	return cty.NilVal, unsupportedTag(n)
}

func unsupportedTag(n *yaml.Node) error {
	return fmt.Errorf("line %d: the tag %q is not supported", n.Line, n.Tag)
}

func yamlNumber(n *yaml.Node) (cty.Value, error) {
	s := strings.ReplaceAll(n.Value, "_", "")
	switch strings.ToLower(strings.TrimLeft(s, "+")) {
	case ".inf":
		return cty.PositiveInfinity, nil
	case "-.inf":
		return cty.NegativeInfinity, nil
	}
	if i, err := strconv.ParseInt(s, 0, 64); err == nil {
		return cty.NumberIntVal(i), nil
	}
	if u, err := strconv.ParseUint(s, 0, 64); err == nil {
		return cty.NumberUIntVal(u), nil
	}
	if len(s) <= maxDigits {
		if f, _, err := big.ParseFloat(s, 10, 512, big.ToNearestEven); err == nil {
			return cty.NumberVal(f), nil
		}
	}
	return cty.NilVal, fmt.Errorf("line %d: %.40q is no number that can be used", n.Line, n.Value)
}

// yamlencodeFunc writes a value as Terraform does: texts quoted, several lines as a
// block, the elements of a list not indented.
var yamlencodeFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "value", Type: cty.DynamicPseudoType, AllowNull: true, AllowDynamicType: true}},
	Type:   function.StaticReturnType(cty.String),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		if !args[0].IsWhollyKnown() {
			return cty.UnknownVal(cty.String).RefineNotNull(), nil
		}
		n, err := yamlNode(args[0])
		if err != nil {
			return cty.NilVal, err
		}
		var buf bytes.Buffer
		out := yaml.NewEncoder(&buf)
		out.SetIndent(2)
		out.CompactSeqIndent()
		if err := out.Encode(n); err != nil {
			return cty.NilVal, yamlFault(err)
		}
		return cty.StringVal(buf.String()), nil
	},
})

// yamlNode is a known value as a YAML node.
func yamlNode(v cty.Value) (*yaml.Node, error) {
	t := v.Type()
	switch {
	case v.IsNull():
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}, nil
	case t == cty.String:
		return yamlText(v.AsString()), nil
	case t == cty.Number:
		return &yaml.Node{Kind: yaml.ScalarNode, Value: v.AsBigFloat().Text('f', -1)}, nil
	case t == cty.Bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Value: strconv.FormatBool(v.True())}, nil
	case t.IsMapType(), t.IsObjectType():
		n := &yaml.Node{Kind: yaml.MappingNode}
		for it := v.ElementIterator(); it.Next(); {
			k, e := it.Element()
			value, err := yamlNode(e)
			if err != nil {
				return nil, err
			}
			n.Content = append(n.Content, yamlText(k.AsString()), value)
		}
		n.Style = emptyStyle(n)
		return n, nil
	case t.IsListType(), t.IsSetType(), t.IsTupleType():
		n := &yaml.Node{Kind: yaml.SequenceNode}
		for it := v.ElementIterator(); it.Next(); {
			_, e := it.Element()
			value, err := yamlNode(e)
			if err != nil {
				return nil, err
			}
			n.Content = append(n.Content, value)
		}
		n.Style = emptyStyle(n)
		return n, nil
	}
	return nil, fmt.Errorf("%s cannot be written as YAML", t.FriendlyName())
}

func yamlText(s string) *yaml.Node {
	style := yaml.DoubleQuotedStyle
	if strings.Contains(s, "\n") {
		style = yaml.LiteralStyle
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s, Style: style}
}

func emptyStyle(n *yaml.Node) yaml.Style {
	if len(n.Content) == 0 {
		return yaml.FlowStyle
	}
	return 0
}
