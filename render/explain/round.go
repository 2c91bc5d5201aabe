package explain

import (
	"reflect"
	"text/template/parse"

	"helm.sh/helm/v3/pkg/chartutil"

	"github.com/mesh-check/mesh-check/render/coverage"
)

// round is one round of a range, in which something was written.
type round struct {
	outer   *round // the round that the range was begun in, by a call or not
	element any    // what the round is for; nil before the first one
}

// roundCost is the bytes that a round takes, about.
const roundCost = 32

// ranged puts marks around a range, and into it what identifies each round: a mark, which
// counts it, and a look at the element.
func (r *rewriter) ranged(n *parse.RangeNode, in *runs) []parse.Node {
	begin, tick, end := r.site(n.Pipe), r.site(n.Pipe), r.site(n.Pipe)
	begin.kind, tick.kind, end.kind = siteRange, siteTick, siteRangeEnd
	in.has(begin)
	r.decides(begin, coverage.Range, &n.BranchNode)
	counting := counts(n.Pipe)
	r.within(&n.BranchNode, tick)
	if counting || len(n.List.Nodes) == 0 {
		n.List.Nodes = append([]parse.Node{r.mark(tick)}, n.List.Nodes...)
		return []parse.Node{r.mark(begin), n, r.mark(end)}
	}
	look := r.call(n.Pos, "__round")
	look.Args = append(look.Args, &parse.DotNode{NodeType: parse.NodeDot, Pos: n.Pos})
	// As a variable, since what has one prints nothing.
	variable := &parse.VariableNode{NodeType: parse.NodeVariable, Pos: n.Pos, Ident: []string{"$__round"}}
	each := &parse.ActionNode{NodeType: parse.NodeAction, Pos: n.Pos, Line: n.Line, Pipe: &parse.PipeNode{
		NodeType: parse.NodePipe, Pos: n.Pos, Line: n.Line,
		Decl: []*parse.VariableNode{variable}, Cmds: []*parse.CommandNode{look},
	}}
	n.List.Nodes = append([]parse.Node{r.mark(tick), each}, n.List.Nodes...)
	return []parse.Node{r.mark(begin), n, r.mark(end)}
}

// counts reports whether a range is over numbers that count: none of them is a value, and a
// look at each would take longer than many of the rounds.
func counts(p *parse.PipeNode) bool {
	switch first := p.Cmds[len(p.Cmds)-1].Args[0].(type) {
	case *parse.NumberNode:
		return true
	case *parse.IdentifierNode:
		return first.Ident == "until" || first.Ident == "untilStep"
	}
	return false
}

// beginRange notes that a range begins, of which there may be no round.
func (e *tracer) beginRange() { e.inRound = &round{outer: e.inRound} }

// beginRound notes the element of the round that begins.
func (e *tracer) beginRound(element any) bool {
	e.keep(roundCost)
	e.inRound = &round{outer: e.inRound.outer, element: element}
	return true
}

// endRange notes that a range has ended.
func (e *tracer) endRange() { e.inRound = e.inRound.outer }

// position is where in the values some data is that templates were given, or a copy of
// it; nil where it is nowhere, or at several places.
func (e *tracer) position(data any) *valueAt {
	switch data := data.(type) {
	case nil:
		return nil
	case string:
		return e.wholeAt(func(r *resolver) { r.str(data, where{}) })
	case chartutil.Values:
		return e.position(map[string]any(data))
	case map[string]any:
		if at := e.maps[reflect.ValueOf(data).Pointer()]; at != nil {
			return at
		}
		return e.copiedFrom(data)
	}
	if boxable(data) {
		return e.wholeAt(func(r *resolver) { r.box(data, 1, where{}) })
	}
	return nil
}

// wholeAt is the one value that something was taken from.
func (e *tracer) wholeAt(follow func(r *resolver)) (at *valueAt) {
	r := resolver{e: e, left: maxLeaves}
	follow(&r)
	for _, l := range r.out {
		if l.kind != leafValue || at != nil && at != l.at {
			return nil
		}
		at = l.at
	}
	return at
}

// copiedFrom is the dictionary of the values whose keys a dictionary has, beside those that
// a template has written.
func (e *tracer) copiedFrom(data map[string]any) (at *valueAt) {
	for key := range data {
		r := resolver{e: e, left: maxLeaves}
		r.str(key, where{})
		for _, l := range r.out {
			if l.kind != leafValue || !l.key {
				continue
			}
			if at != nil && at != l.at.parent {
				return nil
			}
			at = l.at.parent
		}
	}
	return at
}
