package explore

import (
	"strings"
	"text/template/parse"
)

// shapes are values that the body of a condition could use, guessed from how it does. A field that
// Kubernetes has an example of gets that one, by its name and the keys above it.
func shapes(n need, has string, example func(path []string, has string) (any, bool)) []any {
	last := ""
	if len(n.path) > 0 {
		last, _ = n.path[len(n.path)-1].(string)
	}
	s, text := shaper{above: keysOf(n.path), example: example}, textOf(last)
	element, u := s.element(n.body, last, n.dots, maxRanged)
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
	case n.ranges && n.pairs:
		return []any{keyed, []any{element}}
	case n.ranges:
		return []any{[]any{element}, keyed}
	case len(u.fields) > 0:
		return []any{asMap, text}
	case u.yaml:
		return []any{asMap, text, []any{"example"}}
	}
	return []any{text, asMap, []any{"example"}}
}

// textOf is a text for a value of a name: an address to listen at has a port, which templates take out of it.
func textOf(name string) string {
	if lower := strings.ToLower(name); strings.HasSuffix(lower, "listenaddr") || strings.HasSuffix(lower, "listenaddress") || strings.HasSuffix(lower, "bindaddress") {
		return "0.0.0.0:12345"
	}
	return "example"
}

// shaper makes elements of a value.
type shaper struct {
	above   []string // the keys of the value
	example func(path []string, has string) (any, bool)
}

// maxRanged is how many ranges within each other an element is made for.
const maxRanged = 3

// element is what a body could use as one element, or as the value itself, which is its dot or is read by
// its name.
func (s shaper) element(body *parse.ListNode, name string, dots bool, left int) (element any, u uses) {
	u.dots = dots
	if body != nil {
		u.list(body, name)
	}
	switch {
	case len(u.fields) > 0:
		m := map[string]any{}
		for field := range u.fields {
			m[field] = s.field(field)
		}
		return m, u
	case u.ranged != nil && left > 0:
		inner, _ := s.element(u.ranged, "", true, left-1)
		return map[string]any{"example": inner}, u
	}
	return "example", u
}

// field is an example of a field of an element.
func (s shaper) field(name string) any {
	if s.above != nil && s.example != nil {
		if value, ok := s.example(append(s.above[:len(s.above):len(s.above)], name), ""); ok {
			return value
		}
	}
	return "example"
}

// uses are the fields that templates read of a value: of the dot, or behind its own name.
type uses struct {
	dots   bool // the dot is the value
	fields map[string]bool
	yaml   bool            // something is rendered by toYaml, as values with keys are
	ranged *parse.ListNode // the body of a range over an element itself
}

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
			if u.ranged == nil && isElement(n.Pipe) {
				u.ranged = n.List
			}
		}
	}
}

// isElement reports whether a pipeline is the dot or a variable, as elements of a range are.
func isElement(p *parse.PipeNode) bool {
	if p == nil || len(p.Cmds) != 1 || len(p.Cmds[0].Args) != 1 {
		return false
	}
	switch n := p.Cmds[0].Args[0].(type) {
	case *parse.DotNode:
		return true
	case *parse.VariableNode:
		return len(n.Ident) == 1 && n.Ident[0] != "$"
	}
	return false
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
			if f, is := arg.(*parse.IdentifierNode); is && f.Ident == "toYaml" {
				u.yaml = true
			}
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
		if u.dots && !roots[n.Ident[0]] {
			u.field(n.Ident[0])
			return
		}
		u.behind(n.Ident, name)
	case *parse.VariableNode:
		if u.dots && n.Ident[0] != "$" && len(n.Ident) > 1 && !roots[n.Ident[1]] { // $root is the dot of a whole template
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
