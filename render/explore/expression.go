package explore

import (
	"slices"
	"text/template/parse"

	"github.com/mesh-check/mesh-check/render/explain"
)

// expression is a pipeline of a template, taken apart.
type expression struct {
	// function is what is called with args; for a method, such as .Has, with a dot before it,
	// and node is then what it is called on. Empty for a constant or a way to some data.
	function string
	args     []expression
	node     parse.Node // the way
	constant bool
	value    any // of the constant
}

// expressionOf takes a node apart.
func expressionOf(n parse.Node) expression {
	switch n := n.(type) {
	case *parse.PipeNode:
		return pipeline(n)
	case *parse.StringNode:
		return expression{constant: true, value: n.Text}
	case *parse.BoolNode:
		return expression{constant: true, value: n.True}
	case *parse.NumberNode:
		if n.IsInt {
			return expression{constant: true, value: n.Int64}
		}
		return expression{constant: true, value: n.Float64}
	case *parse.NilNode:
		return expression{constant: true}
	case *parse.IdentifierNode:
		return expression{function: n.Ident}
	}
	return expression{node: n}
}

func pipeline(p *parse.PipeNode) (x expression) {
	for i, cmd := range p.Cmds {
		if len(cmd.Args) == 0 {
			return expression{}
		}
		var final []expression
		if i > 0 {
			final = []expression{x}
		}
		x = command(cmd, final)
	}
	return x
}

func command(cmd *parse.CommandNode, final []expression) expression {
	args := make([]expression, 0, len(cmd.Args))
	for _, arg := range cmd.Args[1:] {
		args = append(args, expressionOf(arg))
	}
	args = append(args, final...)
	x := expressionOf(cmd.Args[0])
	switch {
	case x.function != "" && x.args == nil && cmd.Args[0].Type() == parse.NodeIdentifier:
		x.args = args
		return x
	case len(args) == 0:
		return x
	}
	return method(cmd.Args[0], args)
}

// method is a call of the last name of a way.
func method(n parse.Node, args []expression) expression {
	switch n := n.(type) {
	case *parse.FieldNode:
		if last := len(n.Ident) - 1; last > 0 {
			of := &parse.FieldNode{NodeType: parse.NodeField, Pos: n.Pos, Ident: n.Ident[:last]}
			return expression{function: "." + n.Ident[last], args: args, node: of}
		}
	case *parse.VariableNode:
		if last := len(n.Ident) - 1; last > 0 {
			of := &parse.VariableNode{NodeType: parse.NodeVariable, Pos: n.Pos, Ident: n.Ident[:last]}
			return expression{function: "." + n.Ident[last], args: args, node: of}
		}
	}
	return expression{function: "?", args: args}
}

// through are the functions whose result is as true as one of their arguments, by its index;
// negative counts from the end.
var through = map[string]int{
	"int": 0, "int64": 0, "float64": 0, "toString": 0, "quote": 0, "squote": 0, "lower": 0, "upper": 0, "trim": 0, "title": 0, "untitle": 0,
	"toYaml": 0, "toJson": 0, "fromYaml": 0, "fromJson": 0, "tpl": 0, "required": -1, "default": -1, "len": 0, "deepCopy": 0, "mustDeepCopy": 0,
	"trimSuffix": -1, "trimPrefix": -1, "trunc": -1, "nindent": -1, "indent": -1, "b64enc": 0, "keys": 0, "values": 0, "uniq": 0, "compact": 0,
	"first": 0, "last": 0, "sortAlpha": 0, "join": -1, "print": 0, "trimAll": -1, "atoi": 0, "toStrings": 0, "ternary": -1, "mustToYaml": 0, "mustToJson": 0,
	"kebabcase": 0, "snakecase": 0, "camelcase": 0, "replace": -1, "nospace": 0, "merge": 0, "mergeOverwrite": -1, "omit": 0, "pick": 0,
	"splitList": -1, "regexReplaceAll": 1, "b64dec": 0, "html": 0, "reverse": 0, "cat": 0, "printf": -1, "without": 0,
}

// passed is the argument that decides whether a call is true, where one does.
func (x expression) passed() (arg expression, ok bool) {
	i, known := through[x.function]
	if i < 0 {
		i += len(x.args)
	}
	if !known || i < 0 || i >= len(x.args) {
		return arg, false
	}
	return x.args[i], true
}

// way is where an expression leads that is a way to some data, perhaps through functions that
// change nothing of its type.
func (x expression) way(seen explain.Seen) explain.Held { return x.wayWithin(seen, maxWay) }

// maxWay is how many variables and functions a way may lead through.
const maxWay = 8

func (x expression) wayWithin(seen explain.Seen, left int) explain.Held {
	if left--; left < 0 {
		return explain.Held{}
	}
	switch {
	case x.node != nil && x.function == "":
		return nodeWay(x.node, seen, left)
	case x.function == "index" || x.function == "get" || x.function == "dig":
		return x.indexed(seen, left)
	case x.function == "default" && len(x.args) == 2:
		if held := x.args[1].wayWithin(seen, left); held.Data != nil {
			return held
		} else if other := x.args[0].wayWithin(seen, left); held.Path == nil || other.Data != nil {
			return other
		}
	}
	if arg, ok := x.passed(); ok {
		return arg.wayWithin(seen, left)
	}
	return explain.Held{}
}

// nodeWay is where a node leads, through variables that hold more than a way too.
func nodeWay(n parse.Node, seen explain.Seen, left int) explain.Held {
	here := seen.Way(n)
	if here.Path != nil {
		return here
	}
	var held explain.Held
	var keys []string
	switch n := n.(type) {
	case *parse.VariableNode:
		keys = n.Ident[1:]
		for _, d := range slices.Backward(seen.Declared(n.Ident[0])) {
			if held = pipeline(d.Pipe).wayWithin(d.Seen, left); held.Path != nil {
				break
			}
		}
	case *parse.ChainNode:
		keys = n.Field
		held = expressionOf(n.Node).wayWithin(seen, left)
	}
	for _, key := range keys {
		if held.Path == nil {
			break
		}
		held = held.Key(key)
	}
	if held.Path == nil {
		return explain.Held{Data: here.Data} // such as the key of a range
	}
	return held
}

// indexed is where index, get and dig lead.
func (x expression) indexed(seen explain.Seen, left int) explain.Held {
	if len(x.args) == 0 {
		return explain.Held{}
	}
	of, keys := x.args[0], x.args[1:]
	if x.function == "dig" {
		if len(x.args) < 3 {
			return explain.Held{}
		}
		of, keys = x.args[len(x.args)-1], x.args[:len(x.args)-2]
	}
	held := of.wayWithin(seen, left)
	for _, key := range keys {
		name, ok := key.value.(string)
		if !ok {
			name, ok = key.wayWithin(seen, left).Data.(string)
		}
		if !ok || held.Path == nil {
			return explain.Held{}
		}
		held = held.Key(name)
	}
	return held
}
