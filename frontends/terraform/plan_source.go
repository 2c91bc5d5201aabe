package terraform

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// blockAddress is the address of the block behind the address of an instance: without the
// keys of count and for_each.
func blockAddress(address string) string {
	var b strings.Builder
	for i := 0; i < len(address); i++ {
		if address[i] != '[' {
			b.WriteByte(address[i])
			continue
		}
		quoted := false
		for ; i < len(address); i++ {
			switch c := address[i]; {
			case c == '"':
				quoted = !quoted
			case c == '\\' && quoted:
				i++
				continue
			case c == ']' && !quoted:
			default:
				continue
			}
			if address[i] == ']' && !quoted {
				break
			}
		}
	}
	return b.String()
}

// moduleOf takes the address of a block apart: the names of the modules, outermost
// first, and the address within the last one.
func moduleOf(block string) (modules []string, rest string) {
	for {
		call, found := strings.CutPrefix(block, "module.")
		if !found {
			return modules, block
		}
		name, rest, more := strings.Cut(call, ".")
		if !more {
			return modules, block
		}
		modules, block = append(modules, name), rest
	}
}

// expressions are what the configuration in the plan says about a resource, in the
// shape of a resource's values and without values: constants as they are, expressions
// as unknown values. It lacks dynamic blocks. Nil where there is nothing.
func (p *plan) expressions(address string) *object.Node {
	modules, rest := moduleOf(blockAddress(address))
	module := p.configuration
	for _, name := range modules {
		module = module.Get("module_calls").Get(name).Get("module")
	}
	list := module.Get("resources")
	if list == nil || list.Kind != object.List {
		return nil
	}
	for _, r := range list.Items {
		if a := r.Get("address"); a != nil && a.Text == rest {
			if e := r.Get("expressions"); e != nil && e.Kind == object.Map {
				return expressionBlock(e)
			}
		}
	}
	return nil
}

func expressionBlock(n *object.Node) *object.Node {
	out := &object.Node{Kind: object.Map}
	for _, e := range n.Entries {
		out.Entries = append(out.Entries, object.Entry{Key: e.Key, Value: expressionValue(e.Value)})
	}
	return out
}

func expressionValue(n *object.Node) *object.Node {
	if n.Kind == object.List {
		out := &object.Node{Kind: object.List}
		for _, item := range n.Items {
			if item.Kind == object.Map {
				out.Items = append(out.Items, expressionBlock(item))
			}
		}
		return out
	}
	if n.Get("constant_value") != nil {
		return n.Get("constant_value")
	}
	reason := reasonApply
	if refs := n.Get("references"); refs != nil && len(refs.Items) > 0 {
		reason = refs.Items[0].Text + " is known after the apply"
	}
	return &object.Node{Kind: object.Unknown, Text: reason}
}
