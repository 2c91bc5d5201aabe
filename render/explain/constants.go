package explain

import (
	"strings"
	"text/template/parse"
)

func isConstant(n parse.Node) bool {
	switch n.(type) {
	case *parse.StringNode, *parse.NumberNode, *parse.BoolNode, *parse.NilNode:
		return true
	}
	return false
}

// stringNode lets a string constant have registered memory.
func (r *rewriter) stringNode(n *parse.StringNode) {
	lit := &literal{text: r.text, start: int(n.Pos) + 1, end: int(n.Pos) + len(n.Quoted) - 1, in: r.name}
	lit.exact = lit.end <= len(r.text.src) && r.text.src[lit.start:lit.end] == n.Text
	n.Text = r.e.put(n.Text, lit)
}

// constant lets a number or boolean constant have memory of its own where its
// value is passed on as it is: to a function that takes any value, or as the
// head of a pipeline.
func (r *rewriter) constant(cmd *parse.CommandNode, i int) {
	value, ok := constantValue(cmd.Args[i])
	if !ok {
		return
	}
	if i > 0 {
		name, ok := cmd.Args[0].(*parse.IdentifierNode)
		if !ok || !r.e.takesAny(name.Ident, i-1) {
			return
		}
	} else if len(cmd.Args) > 1 {
		return
	}
	pos := cmd.Args[i].Position()
	lit := &literal{text: r.text, start: int(pos), end: int(pos) + len(cmd.Args[i].String()), exact: true, in: r.name}
	r.e.constants = append(r.e.constants, r.e.box(value, lit))
	call := r.call(pos, "__constant")
	number := &parse.NumberNode{NodeType: parse.NodeNumber, Pos: pos, IsInt: true, Int64: int64(len(r.e.constants) - 1), Text: "0"}
	call.Args = append(call.Args, number)
	if i == 0 {
		cmd.Args = call.Args
		return
	}
	cmd.Args[i] = &parse.PipeNode{NodeType: parse.NodePipe, Pos: pos, Cmds: []*parse.CommandNode{call}}
}

// constantValue is what text/template makes of a constant that is passed as any
// value; only plain decimal numbers and booleans are reported.
func constantValue(n parse.Node) (any, bool) {
	switch n := n.(type) {
	case *parse.BoolNode:
		return n.True, true
	case *parse.NumberNode:
		digits := strings.TrimLeft(n.Text, "+-")
		if digits == "" || strings.Trim(digits, "0123456789.") != "" {
			return nil, false
		}
		if strings.Contains(digits, ".") {
			return n.Float64, n.IsFloat
		}
		return int(n.Int64), n.IsInt && (digits == "0" || digits[0] != '0')
	}
	return nil, false
}
