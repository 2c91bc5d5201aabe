package render

import (
	"strings"
	"text/template/parse"

	"github.com/mesh-check/mesh-check/render/source"
)

// templateText is the source of one template file, or the text of a call of tpl.
type templateText struct {
	src  string       // in registered memory; offsets of the parse tree are offsets of src
	file *source.File // nil for tpl
	skip int          // bytes of the file before src: a byte order mark
}

// span returns the place in the file of a range of src; invalid for tpl.
func (t *templateText) span(start, end int) source.Span {
	if t.file == nil {
		return source.Span{}
	}
	return source.Span{File: t.file, Start: start + t.skip, End: end + t.skip}
}

// siteKind says what happens when execution comes to a site.
type siteKind uint8

const (
	siteEnter siteKind = iota // an action that prints nothing: if, with, range, $x := …
	sitePrint                 // an action whose value is printed
	sitePush                  // {{ template }}: the call begins
	sitePop                   // {{ template }}: the call has ended
)

// site is an action of a template.
type site struct {
	text   *templateText
	pos    int // where the pipeline begins in text.src
	kind   siteKind
	pipe   *parse.PipeNode
	random bool   // the pipeline calls a function whose result is random
	name   string // for sitePush: the called template
	mark   []byte // one byte whose memory stands for the site
}

// bounds are where the site's pipeline stands in its text: from its first token
// to its end, without the braces and the trim markers.
func (s *site) bounds() (start, end int) {
	start = s.pos
	if s.kind == sitePush {
		start = templateKeyword(s.text.src, s.pos)
	}
	return start, actionEnd(s.text.src, s.pos)
}

// span is the place of the site's pipeline in its file.
func (s *site) span() source.Span { return s.text.span(s.bounds()) }

// templateKeyword finds where {{ template "name" }} or {{ block "name" }} has its
// keyword, given where the name begins.
func templateKeyword(src string, name int) int {
	before := strings.TrimRight(src[:name], " \t\r\n")
	for _, keyword := range []string{"template", "block"} {
		if strings.HasSuffix(before, keyword) {
			return len(before) - len(keyword)
		}
	}
	return name
}

// actionEnd finds the end of an action's pipeline, given a place in it.
func actionEnd(src string, at int) int {
	end := expressionEnd(src, at, "}}")
	pipeline := src[at:end]
	if strings.HasPrefix(src[end:], "}}") {
		pipeline = strings.TrimSuffix(pipeline, "-")
	}
	return at + len(strings.TrimRight(pipeline, " \t\r\n"))
}

// expressionEnd finds where an expression ends: at a closing parenthesis that it
// has not opened, or at the closing braces.
func expressionEnd(src string, at int, closing string) int {
	depth := 0
	for i := at; i < len(src); i++ {
		switch c := src[i]; {
		case c == '"' || c == '\'':
			for i++; i < len(src) && src[i] != c; i++ {
				if src[i] == '\\' {
					i++
				}
			}
		case c == '`':
			for i++; i < len(src) && src[i] != '`'; i++ {
			}
		case depth == 0 && strings.HasPrefix(src[i:], closing):
			return i
		case c == '(':
			depth++
		case c == ')':
			depth--
		}
	}
	return len(src)
}

// callOf finds the parenthesis, or else the whole pipeline, in which the site
// calls a function; ok is false where it does so not exactly once.
func (s *site) callOf(name string) (start, end int, ok bool) {
	var found *parse.PipeNode
	n := 0
	var search func(p *parse.PipeNode)
	search = func(p *parse.PipeNode) {
		for _, cmd := range p.Cmds {
			for _, arg := range cmd.Args {
				switch a := arg.(type) {
				case *parse.IdentifierNode:
					if a.Ident == name {
						found = p
						n++
					}
				case *parse.PipeNode:
					search(a)
				case *parse.ChainNode:
					if inner, ok := a.Node.(*parse.PipeNode); ok {
						search(inner)
					}
				}
			}
		}
	}
	if s.pipe != nil {
		search(s.pipe)
	}
	switch {
	case n != 1:
		return 0, 0, false
	case found == s.pipe:
		return s.pos, actionEnd(s.text.src, s.pos), true
	}
	start = int(found.Cmds[0].Pos)
	return start, expressionEnd(s.text.src, start, ")"), true
}

// literal is a constant in an expression.
type literal struct {
	text       *templateText
	start, end int    // of its content in text.src, without quotes
	exact      bool   // the content is what it means, without escapes
	in         string // the template that it stands in
}

// rewriter prepares the parse tree of one template for explaining. The output of
// the template stays the same, byte for byte: marks are text nodes that buffers
// recognise by their memory and do not write, and the functions that are put in
// return what they are given.
type rewriter struct {
	e    *explainer
	text *templateText
	name string // the template
}

// list rewrites the nodes of a list, with a mark before each action.
func (r *rewriter) list(list *parse.ListNode) {
	if list == nil {
		return
	}
	nodes := make([]parse.Node, 0, 2*len(list.Nodes)+1)
	for _, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.TextNode:
			r.textNode(n)
		case *parse.ActionNode:
			s := r.site(n.Pipe, siteEnter)
			if len(n.Pipe.Decl) == 0 {
				s.kind = sitePrint
			}
			r.pipe(n.Pipe)
			if s.kind == sitePrint && !r.explains(n.Pipe) {
				n.Pipe.Cmds = append(n.Pipe.Cmds, r.call(n.Pos, "__emit"))
			}
			nodes = append(nodes, r.mark(s))
		case *parse.IfNode:
			nodes = append(nodes, r.mark(r.site(n.Pipe, siteEnter)))
			r.branch(&n.BranchNode)
		case *parse.WithNode:
			nodes = append(nodes, r.mark(r.site(n.Pipe, siteEnter)))
			r.branch(&n.BranchNode)
		case *parse.RangeNode:
			nodes = append(nodes, r.mark(r.site(n.Pipe, siteEnter)))
			r.branch(&n.BranchNode)
		case *parse.TemplateNode:
			nodes = append(nodes, r.template(n)...)
			continue
		}
		nodes = append(nodes, node)
	}
	list.Nodes = nodes
}

func (r *rewriter) branch(n *parse.BranchNode) {
	r.pipe(n.Pipe)
	r.list(n.List)
	r.list(n.ElseList)
}

// template puts marks around {{ template }}: its own action, then the call.
func (r *rewriter) template(n *parse.TemplateNode) []parse.Node {
	push := r.e.newSite(site{text: r.text, pos: int(n.Pos), kind: sitePush, name: n.Name})
	r.pipe(n.Pipe)
	pop := r.e.newSite(site{text: r.text, pos: int(n.Pos), kind: sitePop})
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

// site returns the site of a pipeline.
func (r *rewriter) site(p *parse.PipeNode, kind siteKind) *site {
	s := site{text: r.text, pos: int(p.Pos), kind: kind, pipe: p}
	if len(p.Cmds) > 0 {
		s.pos = int(p.Cmds[0].Pos)
		s.random = callsRandom(p)
	}
	return r.e.newSite(s)
}

// mark returns a text node that tells a buffer of s.
func (r *rewriter) mark(s *site) parse.Node {
	return &parse.TextNode{NodeType: parse.NodeText, Pos: parse.Pos(s.pos), Text: s.mark}
}

// pipe rewrites the constants of a pipeline.
func (r *rewriter) pipe(p *parse.PipeNode) {
	if p == nil {
		return
	}
	for _, cmd := range p.Cmds {
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
// value; only plain decimal numbers and booleans are told.
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

// call returns a call of one of the engine's own functions.
func (r *rewriter) call(pos parse.Pos, name string) *parse.CommandNode {
	return &parse.CommandNode{NodeType: parse.NodeCommand, Pos: pos,
		Args: []parse.Node{parse.NewIdentifier(name).SetPos(pos)}}
}

// explains says whether the last function of a pipeline tells the buffer by
// itself what it returns.
func (r *rewriter) explains(p *parse.PipeNode) bool {
	last := p.Cmds[len(p.Cmds)-1]
	name, ok := last.Args[0].(*parse.IdentifierNode)
	return ok && r.e.explained[name.Ident]
}

// callsRandom says whether a pipeline calls a function whose result is random.
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
