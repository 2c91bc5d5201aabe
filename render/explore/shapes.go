package explore

import (
	"text/template/parse"
)

// shapes are values that the body of a condition could use, guessed from how it does.
func shapes(n need, has string) []any {
	u := uses{}
	last := ""
	if len(n.path) > 0 {
		last, _ = n.path[len(n.path)-1].(string)
	}
	if n.body != nil {
		u.list(n.body, last)
	}
	element := any("example")
	if len(u.fields) > 0 {
		m := map[string]any{}
		for field := range u.fields {
			m[field] = "example"
		}
		element = m
	}
	asMap := map[string]any{"example": "example"}
	if m, ok := element.(map[string]any); ok {
		asMap = m
	}
	keyed := map[string]any{"example": element}
	switch {
	case has == "map" && n.ranges:
		return []any{keyed}
	case has == "map":
		return []any{asMap}
	case has == "list":
		return []any{[]any{element}}
	case n.ranges:
		return []any{[]any{element}, keyed}
	case len(u.fields) > 0:
		return []any{asMap, "example"}
	}
	return []any{"example", asMap, []any{"example"}}
}

// uses are the fields that templates read of a value: of the dot, or behind its own name.
type uses struct{ fields map[string]bool }

// roots are what the dot of a whole template has.
var roots = map[string]bool{"Values": true, "Release": true, "Chart": true, "Capabilities": true, "Files": true, "Template": true, "Subcharts": true}

func (u *uses) list(list *parse.ListNode, name string) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			u.pipe(n.Pipe, name)
		case *parse.TemplateNode:
			u.pipe(n.Pipe, name)
		case *parse.IfNode:
			u.branch(&n.BranchNode, name)
		case *parse.WithNode: // another dot within
			u.pipe(n.Pipe, name)
		case *parse.RangeNode:
			u.pipe(n.Pipe, name)
		}
	}
}

func (u *uses) branch(n *parse.BranchNode, name string) {
	u.pipe(n.Pipe, name)
	u.list(n.List, name)
	u.list(n.ElseList, name)
}

func (u *uses) pipe(p *parse.PipeNode, name string) {
	if p == nil {
		return
	}
	for _, cmd := range p.Cmds {
		for _, arg := range cmd.Args {
			u.node(arg, name)
		}
	}
}

func (u *uses) node(n parse.Node, name string) {
	switch n := n.(type) {
	case *parse.PipeNode:
		u.pipe(n, name)
	case *parse.ChainNode:
		u.node(n.Node, name)
	case *parse.FieldNode:
		if !roots[n.Ident[0]] {
			u.field(n.Ident[0])
			return
		}
		u.behind(n.Ident, name)
	case *parse.VariableNode:
		if n.Ident[0] != "$" && len(n.Ident) > 1 {
			u.field(n.Ident[1])
			return
		}
		u.behind(n.Ident, name)
	}
}

// behind notes the field that is read behind a name.
func (u *uses) behind(idents []string, name string) {
	for i := 0; i+1 < len(idents); i++ {
		if idents[i] == name && name != "" {
			u.field(idents[i+1])
		}
	}
}

func (u *uses) field(name string) {
	if u.fields == nil {
		u.fields = map[string]bool{}
	}
	u.fields[name] = true
}
