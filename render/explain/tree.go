package explain

import (
	"slices"
	"text/template/parse"

	"github.com/mesh-check/mesh-check/render/coverage"
)

// rewriter prepares the parse tree of one template for explaining. The output of
// the template stays the same, byte for byte: marks are text nodes that buffers
// recognise by their memory and do not write, and the functions that are put in
// return what they are given.
type rewriter struct {
	e    *tracer
	text *templateText
	name string // the template
	// nesting is how many blocks are around the node.
	nesting int
	block   *block // the innermost with or range around it; nil for none
	around  []arm  // the decisions around it, while these are watched
}

// list rewrites the nodes of a list, with a mark before each action; first is a site that is
// executed as often as the list, nil for none.
func (r *rewriter) list(list *parse.ListNode, first *site) {
	if list == nil {
		return
	}
	nodes := make([]parse.Node, 0, 2*len(list.Nodes)+1)
	runs := r.beginRuns(first)
	for _, node := range list.Nodes {
		if mark := runs.next(node); mark != nil {
			nodes = append(nodes, mark)
		}
		switch n := node.(type) {
		case *parse.TextNode:
			r.textNode(n)
		case *parse.ActionNode:
			s := r.site(n.Pipe)
			if len(n.Pipe.Decl) == 0 {
				s.kind = sitePrint
			}
			r.watched(s, n.Pipe)
			r.declares(n.Pipe)
			r.pipe(n.Pipe)
			if s.kind == sitePrint && !r.explains(n.Pipe) {
				n.Pipe.Cmds = append(n.Pipe.Cmds, r.call(n.Pos, "__emit"))
			}
			runs.has(s)
			nodes = append(nodes, r.mark(s))
		case *parse.IfNode:
			s := r.site(n.Pipe)
			runs.has(s)
			r.decides(s, coverage.If, &n.BranchNode)
			nodes = append(nodes, r.mark(s))
			r.branch(&n.BranchNode)
		case *parse.WithNode:
			s := r.site(n.Pipe)
			runs.has(s)
			r.decides(s, coverage.With, &n.BranchNode)
			nodes = append(nodes, r.mark(s))
			r.within(&n.BranchNode, nil)
		case *parse.RangeNode:
			nodes = append(nodes, r.ranged(n, &runs)...)
			continue
		case *parse.TemplateNode:
			nodes = append(nodes, r.template(n, &runs)...)
			continue
		}
		nodes = append(nodes, node)
	}
	if mark := runs.end(); mark != nil {
		nodes = append(nodes, mark)
	}
	list.Nodes = nodes
}

func (r *rewriter) branch(n *parse.BranchNode) {
	r.pipe(n.Pipe)
	r.nesting++
	outer := r.around
	r.around = r.inside(n, outer, false)
	r.list(n.List, nil)
	r.around = r.inside(n, outer, true)
	r.list(n.ElseList, nil)
	r.around = outer
	r.nesting--
}

// within is branch for with and range, in which the dot is another one; round is the site
// of each round of a range, nil for with.
func (r *rewriter) within(n *parse.BranchNode, round *site) {
	loop := round != nil
	r.pipe(n.Pipe)
	r.nesting++
	outer := r.block
	r.block = &block{outer: outer, pipe: n.Pipe, loop: loop}
	around := r.around
	r.around = r.inside(n, around, false)
	r.list(n.List, round)
	r.around = r.inside(n, around, true)
	if r.block = outer; loop {
		r.block = &block{outer: outer, pipe: n.Pipe, loop: true, none: true}
	}
	r.list(n.ElseList, nil)
	r.block, r.around = outer, around
	r.nesting--
}

// template puts marks around {{ template }}: its own action, then the call.
func (r *rewriter) template(n *parse.TemplateNode, in *runs) []parse.Node {
	push := r.e.newSite(site{text: r.text, pos: int(n.Pos), kind: sitePush, name: n.Name, nesting: r.nesting, block: r.block, given: n.Pipe})
	in.has(push)
	r.pipe(n.Pipe)
	pop := r.e.newSite(site{text: r.text, pos: int(n.Pos), kind: sitePop, nesting: r.nesting})
	return []parse.Node{r.mark(push), n, r.mark(pop)}
}

// textNode lets the node hold the bytes of the source itself, so that what is
// written from it can be found.
func (r *rewriter) textNode(n *parse.TextNode) {
	start, end := int(n.Pos), int(n.Pos)+len(n.Text)
	if end <= len(r.text.src) && r.text.src[start:end] == string(n.Text) {
		n.Text = viewBytes(r.text.src[start:end])
	}
}

// site returns the site of a pipeline, which is taken to print nothing.
func (r *rewriter) site(p *parse.PipeNode) *site {
	s := site{text: r.text, pos: int(p.Pos), kind: siteEnter, pipe: p, nesting: r.nesting + parentheses(p), block: r.block, around: r.around}
	if len(p.Cmds) > 0 {
		s.pos = int(p.Cmds[0].Pos)
		s.random = callsRandom(p)
	}
	return r.e.newSite(s)
}

// parentheses is how deeply parentheses are nested in a pipeline.
func parentheses(p *parse.PipeNode) int {
	deepest := 0
	for _, cmd := range p.Cmds {
		for _, arg := range cmd.Args {
			if chain, ok := arg.(*parse.ChainNode); ok {
				arg = chain.Node
			}
			if inner, ok := arg.(*parse.PipeNode); ok {
				deepest = max(deepest, 1+parentheses(inner))
			}
		}
	}
	return deepest
}

// mark returns a text node that tells a buffer of s.
func (r *rewriter) mark(s *site) parse.Node {
	return r.e.markNodes.put(parse.TextNode{NodeType: parse.NodeText, Pos: parse.Pos(s.pos), Text: s.mark})
}

// pipe rewrites the constants of a pipeline.
func (r *rewriter) pipe(p *parse.PipeNode) {
	if p == nil {
		return
	}
	r.comparisons(p)
	sortedKeyLists(p)
	for k, cmd := range p.Cmds {
		r.listMethod(cmd, k > 0)
		for i, arg := range cmd.Args {
			switch n := arg.(type) {
			case *parse.StringNode:
				r.stringNode(n)
			case *parse.PipeNode:
				r.pipe(n)
			case *parse.ChainNode:
				if inner, ok := n.Node.(*parse.PipeNode); ok {
					r.pipe(inner)
				}
			case *parse.NumberNode, *parse.BoolNode:
				r.constant(cmd, i)
			}
			if call := r.fileMethod(arg); call != nil {
				cmd.Args[i] = call
			}
		}
	}
}

// comparisons puts a look at what is compared into eq and ne, but where a constant
// is: a list or dictionary is not printed then.
func (r *rewriter) comparisons(p *parse.PipeNode) {
	for k := 0; k < len(p.Cmds); k++ {
		cmd := p.Cmds[k]
		name, ok := cmd.Args[0].(*parse.IdentifierNode)
		if !ok || name.Ident != "eq" && name.Ident != "ne" || slices.ContainsFunc(cmd.Args[1:], isConstant) {
			continue
		}
		for i, arg := range cmd.Args[1:] {
			call := r.call(arg.Position(), "__compared")
			call.Args = append(call.Args, arg)
			cmd.Args[i+1] = &parse.PipeNode{NodeType: parse.NodePipe, Pos: arg.Position(), Cmds: []*parse.CommandNode{call}}
		}
		if k > 0 {
			p.Cmds = slices.Insert(p.Cmds, k, r.call(cmd.Pos, "__compared"))
			k++
		}
	}
}

// sortedKeyLists tells keys that are sorted right away, as most are, from those whose
// order can be seen.
func sortedKeyLists(p *parse.PipeNode) {
	named := func(cmd *parse.CommandNode, name string) *parse.IdentifierNode {
		if n, ok := cmd.Args[0].(*parse.IdentifierNode); ok && n.Ident == name {
			return n
		}
		return nil
	}
	for k, cmd := range p.Cmds {
		if named(cmd, "sortAlpha") == nil {
			continue
		}
		before := p.Cmds[:k]
		if len(cmd.Args) == 2 {
			if inner, ok := cmd.Args[1].(*parse.PipeNode); ok {
				before = inner.Cmds
			}
		}
		if n := len(before); n > 0 {
			if keys := named(before[n-1], "keys"); keys != nil {
				keys.Ident = "__keys"
			}
		}
	}
}

// call returns a call of one of the engine's own functions.
func (r *rewriter) call(pos parse.Pos, name string) *parse.CommandNode {
	return &parse.CommandNode{NodeType: parse.NodeCommand, Pos: pos,
		Args: []parse.Node{parse.NewIdentifier(name).SetPos(pos)}}
}

// explains reports whether the last function of a pipeline tells the buffer by
// itself what it returns.
func (r *rewriter) explains(p *parse.PipeNode) bool {
	last := p.Cmds[len(p.Cmds)-1]
	name, ok := last.Args[0].(*parse.IdentifierNode)
	return ok && r.e.explained[name.Ident]
}

// callsRandom reports whether a pipeline calls a function whose result is random.
func callsRandom(p *parse.PipeNode) bool {
	for _, cmd := range p.Cmds {
		for _, arg := range cmd.Args {
			switch n := arg.(type) {
			case *parse.IdentifierNode:
				if randomFuncs[n.Ident] {
					return true
				}
			case *parse.PipeNode:
				if callsRandom(n) {
					return true
				}
			case *parse.ChainNode:
				if inner, ok := n.Node.(*parse.PipeNode); ok && callsRandom(inner) {
					return true
				}
			}
		}
	}
	return false
}
