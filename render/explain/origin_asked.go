package explain

import (
	"slices"
	"text/template/parse"

	"github.com/mesh-check/mesh-check/render/source"
)

// passesOn are functions that give back the value that they are given, or nearly so: what
// is empty behind them was empty before. Source: the documentation of sprig v3.3.0 and Helm.
var passesOn = map[string]bool{
	"__emit": true, "default": true, "coalesce": true, "required": true, "print": true,
	"quote": true, "squote": true, "toString": true, "trim": true,
}

// asked are the values that an action asks for: where they are empty, so is what it prints.
func (e *tracer) asked(at *emission) (steps []source.Step) {
	if at == nil || at.site == nil || at.site.pipe == nil || at.frame == nil {
		return nil
	}
	s := scene{e, at.frame, at.site.block, at.round}
	derived := false
	var walk func(p *parse.PipeNode)
	walk = func(p *parse.PipeNode) {
		for _, cmd := range p.Cmds {
			for _, arg := range cmd.Args {
				switch n := arg.(type) {
				case *parse.IdentifierNode:
					derived = derived || !passesOn[n.Ident]
				case *parse.PipeNode:
					walk(n)
				case *parse.FieldNode, *parse.VariableNode, *parse.ChainNode:
					if h := s.node(n); inValues(h.at) {
						step := e.valueStep(leaf{kind: leafValue, at: h.at})
						if !slices.ContainsFunc(steps, func(known source.Step) bool { return known.Name == step.Name }) {
							steps = append(steps, step)
						}
					}
				}
			}
		}
	}
	walk(at.site.pipe)
	for i := range steps {
		steps[i].Derived = derived
	}
	return steps
}

// emptied reports whether bytes hold nothing but what functions have put around nothing.
func emptied(leaves []leaf) bool {
	return !slices.ContainsFunc(leaves, func(l leaf) bool { return l.kind != leafMade && (l.kind != leafUnknown || l.n > 0) })
}
