package explain

import "text/template/parse"

// nodes copies nodes of parse trees. Its copies do not say which tree they are of;
// text/template, which asks when it words an error, then takes the tree that is executed. So
// files by different names may have the same nodes.
type nodes struct {
	all bool // else nodes that no rewriter changes stay the same

	lists       pool[parse.ListNode]
	texts       pool[parse.TextNode]
	actions     pool[parse.ActionNode]
	pipes       pool[parse.PipeNode]
	commands    pool[parse.CommandNode]
	identifiers pool[parse.IdentifierNode]
	strings     pool[parse.StringNode]
	chains      pool[parse.ChainNode]
	templates   pool[parse.TemplateNode]
	ifs         pool[parse.IfNode]
	withs       pool[parse.WithNode]
	ranges      pool[parse.RangeNode]

	inLists pool[parse.Node] // what lists and commands hold
	inPipes pool[*parse.CommandNode]
}

// pool hands out memory for values of one kind, which is asked for many at a time.
type pool[T any] struct{ left []T }

const poolSize = 32

// put returns where it has put a value.
func (p *pool[T]) put(v T) *T {
	at := &p.take(1)[0]
	*at = v
	return at
}

// take returns a list of n values, which cannot grow where it is.
func (p *pool[T]) take(n int) []T {
	if len(p.left) < n {
		p.left = make([]T, max(n, poolSize))
	}
	list := p.left[:n:n]
	p.left = p.left[n:]
	return list
}

// detached copies the nodes of a list, all of them.
func (c *nodes) detached(list *parse.ListNode) *parse.ListNode {
	c.all = true
	return c.list(list)
}

// own copies those nodes of a list that a rewriter may change: all but fields, variables, the
// dot and constants that are no strings.
func (c *nodes) own(list *parse.ListNode) *parse.ListNode {
	c.all = false
	return c.list(list)
}

func (c *nodes) list(n *parse.ListNode) *parse.ListNode {
	if n == nil {
		return nil
	}
	out := c.lists.put(parse.ListNode{NodeType: n.NodeType, Pos: n.Pos, Nodes: c.inLists.take(len(n.Nodes))})
	for i, node := range n.Nodes {
		out.Nodes[i] = c.node(node)
	}
	return out
}

func (c *nodes) node(n parse.Node) parse.Node {
	switch n := n.(type) {
	case *parse.TextNode:
		return c.texts.put(parse.TextNode{NodeType: n.NodeType, Pos: n.Pos, Text: n.Text})
	case *parse.ActionNode:
		return c.actions.put(parse.ActionNode{NodeType: n.NodeType, Pos: n.Pos, Line: n.Line, Pipe: c.pipe(n.Pipe)})
	case *parse.IfNode:
		return c.ifs.put(parse.IfNode{BranchNode: c.branch(&n.BranchNode)})
	case *parse.WithNode:
		return c.withs.put(parse.WithNode{BranchNode: c.branch(&n.BranchNode)})
	case *parse.RangeNode:
		return c.ranges.put(parse.RangeNode{BranchNode: c.branch(&n.BranchNode)})
	case *parse.TemplateNode:
		return c.templates.put(parse.TemplateNode{NodeType: n.NodeType, Pos: n.Pos, Line: n.Line, Name: n.Name, Pipe: c.pipe(n.Pipe)})
	case *parse.PipeNode:
		return c.pipe(n)
	case *parse.IdentifierNode:
		own := c.identifiers.put(*n)
		return own.SetTree(nil)
	case *parse.StringNode:
		return c.strings.put(parse.StringNode{NodeType: n.NodeType, Pos: n.Pos, Quoted: n.Quoted, Text: n.Text})
	case *parse.ChainNode:
		return c.chains.put(parse.ChainNode{NodeType: n.NodeType, Pos: n.Pos, Node: c.node(n.Node), Field: n.Field})
	}
	if c.all {
		return leafNode(n)
	}
	return n
}

func (c *nodes) branch(n *parse.BranchNode) parse.BranchNode {
	return parse.BranchNode{NodeType: n.NodeType, Pos: n.Pos, Line: n.Line,
		Pipe: c.pipe(n.Pipe), List: c.list(n.List), ElseList: c.list(n.ElseList)}
}

func (c *nodes) pipe(n *parse.PipeNode) *parse.PipeNode {
	if n == nil {
		return nil
	}
	out := c.pipes.put(parse.PipeNode{NodeType: n.NodeType, Pos: n.Pos, Line: n.Line, IsAssign: n.IsAssign,
		Decl: n.Decl, Cmds: c.inPipes.take(len(n.Cmds))})
	if c.all {
		out.Decl = make([]*parse.VariableNode, len(n.Decl))
		for i, v := range n.Decl {
			out.Decl[i] = leafNode(v).(*parse.VariableNode)
		}
	}
	for i, cmd := range n.Cmds {
		own := c.commands.put(parse.CommandNode{NodeType: cmd.NodeType, Pos: cmd.Pos, Args: c.inLists.take(len(cmd.Args))})
		for k, arg := range cmd.Args {
			own.Args[k] = c.node(arg)
		}
		out.Cmds[i] = own
	}
	return out
}

// leafNode copies a node that has no others below it.
func leafNode(n parse.Node) parse.Node {
	switch n := n.(type) {
	case *parse.FieldNode:
		return &parse.FieldNode{NodeType: n.NodeType, Pos: n.Pos, Ident: n.Ident}
	case *parse.VariableNode:
		return &parse.VariableNode{NodeType: n.NodeType, Pos: n.Pos, Ident: n.Ident}
	case *parse.DotNode:
		return &parse.DotNode{NodeType: n.NodeType, Pos: n.Pos}
	case *parse.NilNode:
		return &parse.NilNode{NodeType: n.NodeType, Pos: n.Pos}
	case *parse.BoolNode:
		return &parse.BoolNode{NodeType: n.NodeType, Pos: n.Pos, True: n.True}
	case *parse.NumberNode:
		return &parse.NumberNode{NodeType: n.NodeType, Pos: n.Pos, IsInt: n.IsInt, IsUint: n.IsUint, IsFloat: n.IsFloat, IsComplex: n.IsComplex,
			Int64: n.Int64, Uint64: n.Uint64, Float64: n.Float64, Complex128: n.Complex128, Text: n.Text}
	case *parse.BreakNode:
		return &parse.BreakNode{NodeType: n.NodeType, Pos: n.Pos, Line: n.Line}
	case *parse.ContinueNode:
		return &parse.ContinueNode{NodeType: n.NodeType, Pos: n.Pos, Line: n.Line}
	}
	return n.Copy()
}
