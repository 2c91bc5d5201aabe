package argocd

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"
)

// marking is the name of the function that says which text of a template is written next.
const marking = "_at"

// copying are functions of which the result is made of what they are given, whatever that is: no other parameter,
// and none that they choose among.
var copying = []string{
	"quote", "squote", "lower", "upper", "title", "untitle", "trim", "trimAll", "trimPrefix", "trimSuffix", "trunc", "nospace", "indent", "nindent",
	"replace", "toString", "toYaml", "toJson", "toPrettyJson", "toRawJson", "int", "int64", "float64", "atoi", "b64enc", "b64dec", "camelcase",
	"kebabcase", "snakecase", "normalize", "printf", "print", "html", "js", "urlquery",
}

// rootAssigned is an assignment to $, after which it is not the parameters.
var rootAssigned = regexp.MustCompile(`\$\s*:?=`)

// marker has all that a parsed text writes say so first, and counts its turns.
type marker struct {
	templating
	text  string
	tree  *parse.Tree
	marks []*mark
	// root says that $ stands for the parameters, as it does but in templates that are called.
	root bool
}

// dot is what . stands for: the parameter with these keys.
type dot struct {
	known bool
	keys  []string
}

// list marks the nodes of a list. It has ranges count their turns: one over a large number takes for
// ever and writes nothing. And it has actions look at what they print.
func (m *marker) list(list *parse.ListNode, at dot) {
	if list == nil {
		return
	}
	var nodes []parse.Node
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			from := int(n.Pos)
			own := &mark{from: from, to: from + len(n.Text), literal: true, known: true}
			if from < 0 || own.to > len(m.text) || m.text[from:own.to] != string(n.Text) {
				own = nil
			}
			nodes = append(nodes, m.calls(marking, m.number(own)))
		case *parse.ActionNode:
			if len(n.Pipe.Decl) == 0 {
				names, known, computed := m.reads(n.Pipe, at)
				own := &mark{known: known, names: names, computed: computed}
				own.from, own.to = actionAt(m.text, int(n.Pos))
				if own.to <= own.from {
					own = nil
				}
				n.Pipe.Cmds = append(n.Pipe.Cmds, calling(m.tree, printing, m.number(own)))
			}
		case *parse.RangeNode:
			m.list(n.List, dot{})
			n.List.Nodes = append([]parse.Node{m.calls(turn)}, n.List.Nodes...)
			m.list(n.ElseList, at)
		case *parse.IfNode:
			m.list(n.List, at)
			m.list(n.ElseList, at)
		case *parse.WithNode:
			inner := dot{}
			if len(n.Pipe.Cmds) == 1 {
				inner.keys, inner.known = m.direct(n.Pipe.Cmds[0].Args, at)
			}
			m.list(n.List, inner)
			m.list(n.ElseList, at)
		}
		nodes = append(nodes, n)
	}
	list.Nodes = nodes
}

// number is the argument that stands for a mark.
func (m *marker) number(own *mark) parse.Node {
	m.marks = append(m.marks, own)
	i := len(m.marks) - 1
	return &parse.NumberNode{NodeType: parse.NodeNumber, IsInt: true, Int64: int64(i), Text: strconv.Itoa(i)}
}

// calls is an action that calls a function of ours.
func (m *marker) calls(name string, args ...parse.Node) parse.Node {
	return &parse.ActionNode{NodeType: parse.NodeAction, Pipe: &parse.PipeNode{NodeType: parse.NodePipe, Cmds: []*parse.CommandNode{calling(m.tree, name, args...)}}}
}

// reads are the names of the parameters that a pipeline writes; known is false where it is not certain that
// these are all, and that it writes each of them.
func (m *marker) reads(pipe *parse.PipeNode, at dot) (names []string, known, computed bool) {
	for i, c := range pipe.Cmds {
		if keys, ok := m.direct(c.Args, at); ok && i == 0 {
			names = append(names, m.nameOf(keys...))
			continue
		}
		args := c.Args
		if f, is := args[0].(*parse.IdentifierNode); is {
			if !slices.Contains(copying, f.Ident) {
				return nil, false, false
			}
			computed, args = true, args[1:]
		} else if i > 0 || len(args) > 1 {
			return nil, false, false
		}
		for _, a := range args {
			switch a := a.(type) {
			case *parse.StringNode, *parse.NumberNode, *parse.BoolNode:
			case *parse.PipeNode:
				inner, ok, _ := m.reads(a, at)
				if !ok {
					return nil, false, false
				}
				names = append(names, inner...)
			default:
				keys, ok := m.direct([]parse.Node{a}, at)
				if !ok {
					return nil, false, false
				}
				names = append(names, m.nameOf(keys...))
			}
		}
	}
	names = slices.Compact(names)
	return names, len(names) < 2, computed
}

// direct are the keys of the parameter that a command gives as it is: {{ .a.b }}, {{ index .a "b" }}.
func (m *marker) direct(args []parse.Node, at dot) (keys []string, ok bool) {
	if f, is := args[0].(*parse.IdentifierNode); is && f.Ident == "index" && len(args) > 2 {
		switch args[1].(type) {
		case *parse.DotNode, *parse.VariableNode, *parse.FieldNode:
		default:
			return nil, false
		}
		if keys, ok = m.keysOf(args[1], at); !ok {
			return nil, false
		}
		for _, a := range args[2:] {
			switch a := a.(type) {
			case *parse.StringNode:
				keys = append(keys, a.Text)
			case *parse.NumberNode:
				keys = append(keys, a.Text)
			default:
				return nil, false
			}
		}
		return keys, true
	}
	if len(args) != 1 {
		return nil, false
	}
	keys, ok = m.keysOf(args[0], at)
	return keys, ok && len(keys) > 0
}

// keysOf are the keys of what a node stands for.
func (m *marker) keysOf(n parse.Node, at dot) (keys []string, ok bool) {
	switch n := n.(type) {
	case *parse.DotNode:
		return slices.Clone(at.keys), at.known
	case *parse.FieldNode:
		return slices.Concat(at.keys, n.Ident), at.known
	case *parse.VariableNode:
		return slices.Clone(n.Ident[1:]), m.root && n.Ident[0] == "$"
	}
	return nil, false
}

// actionAt are the bytes of the action of which the pipeline begins at an offset, with its {{ }}.
func actionAt(text string, pos int) (from, to int) {
	if pos < 0 || pos > len(text) {
		return 0, 0
	}
	if from = strings.LastIndex(text[:pos], "{{"); from < 0 {
		return 0, 0
	}
	for i := pos; i < len(text); i++ {
		switch c := text[i]; {
		case strings.HasPrefix(text[i:], "}}"):
			return from, i + 2
		case c == '"', c == '`', c == '\'':
			for i++; i < len(text) && text[i] != c; i++ {
				if text[i] == '\\' && c != '`' {
					i++
				}
			}
		}
	}
	return 0, 0
}
