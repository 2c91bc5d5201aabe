package explain

import (
	"text/template/parse"

	"helm.sh/helm/v3/pkg/chartutil"

	"github.com/mesh-check/mesh-check/render/source"
)

// block is a with or a range of a template: within, the dot is another one.
type block struct {
	outer *block
	pipe  *parse.PipeNode
	loop  bool // a range
	none  bool // what stands for a range without rounds: the dot stays
}

// variable is where a template gives a variable its value.
type variable struct {
	pipe  *parse.PipeNode
	block *block
	again bool // at another place too, so that nothing is known
}

// scene is what an action sees: the execution that it belongs to, the blocks around it, and
// the rounds of those that are ranges.
type scene struct {
	e     *tracer
	frame *execution
	block *block
	round *round
}

// held is some data with its position in the values: that of a place where nothing is
// too, such as a key that is not set. at is nil where it is not known.
type held struct {
	data any
	at   *valueAt
}

// out is the scene outside the innermost block.
func (s scene) out() scene {
	if s.block.loop && s.round != nil {
		s.round = s.round.outer
	}
	s.block = s.block.outer
	return s
}

// dot is what the dot stands for.
func (s scene) dot() held {
	switch {
	case s.block == nil:
		return s.given()
	case s.block.none:
		return s.out().dot()
	case !s.block.loop:
		return s.out().pipe(s.block.pipe)
	case s.round == nil:
		return held{}
	}
	return held{s.round.element, s.e.position(s.round.element)}
}

// given is what the template was given: $.
func (s scene) given() held {
	f := s.frame
	if f.role == source.Template && f.site != nil && f.site.given != nil {
		return scene{s.e, f.parent, f.site.block, f.round}.pipe(f.site.given)
	}
	return held{f.data, s.e.position(f.data)}
}

// pipe is what a pipeline gives that is no more than a way to some data.
func (s scene) pipe(p *parse.PipeNode) held {
	if p == nil || len(p.Cmds) != 1 || len(p.Cmds[0].Args) != 1 {
		return held{}
	}
	return s.node(p.Cmds[0].Args[0])
}

// node is what a way to some data leads to.
func (s scene) node(n parse.Node) held {
	switch n := n.(type) {
	case *parse.DotNode:
		return s.dot()
	case *parse.FieldNode:
		return s.dot().below(s.e, n.Ident)
	case *parse.VariableNode:
		return s.variable(n.Ident[0]).below(s.e, n.Ident[1:])
	case *parse.ChainNode:
		return s.node(n.Node).below(s.e, n.Field)
	case *parse.PipeNode:
		return s.pipe(n)
	}
	return held{}
}

// below follows keys.
func (h held) below(e *tracer, keys []string) held {
	for _, key := range keys {
		var in map[string]any
		switch data := h.data.(type) {
		case map[string]any:
			in = data
		case chartutil.Values:
			in = data
		}
		if in == nil {
			return held{}
		}
		parent := e.position(in)
		if h = (held{data: in[key]}); parent != nil {
			h.at = &valueAt{parent: parent, key: key}
		}
	}
	return h
}

// variable is what a variable of the template stands for.
func (s scene) variable(name string) held {
	if name == "$" {
		return s.given()
	}
	for at := s; at.block != nil; at = at.out() {
		declared := at.block.pipe.Decl
		if n := len(declared); n == 0 || at.block.none || declared[n-1].Ident[0] != name {
			continue
		}
		return at.dot()
	}
	if s.frame == nil {
		return held{}
	}
	v := s.e.variables[variableName{s.frame.name, name}]
	if v == nil || v.again {
		return held{}
	}
	for at := s; ; at = at.out() {
		if at.block == v.block {
			return at.pipe(v.pipe)
		}
		if at.block == nil {
			return held{}
		}
	}
}

// variableName names a variable of a template.
type variableName struct{ template, variable string }

// declares notes where a template gives variables their values.
func (r *rewriter) declares(p *parse.PipeNode) {
	for _, d := range p.Decl {
		name := variableName{r.name, d.Ident[0]}
		if known := r.e.variables[name]; known != nil {
			known.again = true
			continue
		}
		r.e.variables[name] = &variable{pipe: p, block: r.block, again: len(p.Decl) > 1}
	}
}
