package explain

import (
	"text/template/parse"

	"helm.sh/helm/v3/pkg/chartutil"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/source"
)

// Decision is an if, with or range that a render has come to.
type Decision struct {
	Kind coverage.Kind // If, With or Range
	// Pipe is what is decided upon, as it is written; its Pos is where it begins in the source
	// of its template, in bytes, and that of the coverage.Gap behind it.
	Pipe *parse.PipeNode
	// Body is what is executed where it holds, as the render has rewritten it: its fields are
	// those of the source.
	Body *parse.ListNode
	// Else is what is executed otherwise, rewritten too; nil for nothing.
	Else *parse.ListNode
	// Seen are some of the times that the render came to it, the last one behind the others.
	Seen []Seen
}

// Seen is one time that a render came to an action, with all that the action could see.
type Seen struct {
	scene
	site *site
}

// Same reports whether two are of one execution of a template.
func (s Seen) Same(other Seen) bool { return s.frame == other.frame }

// Inner is an action of a template that a pipeline has included.
type Inner struct {
	Pipe *parse.PipeNode // as it is written
	// Decides says that it is an if, with or range, and not printed.
	Decides bool
	Seen    Seen
}

// Held is what a way of a template, such as .Values.a.b, leads to.
type Held struct {
	Data any
	// Path is where it is or, where nothing is, would be: below the root's values where Role
	// is source.Value. It is nil where that is not known,
	// and empty for the root's values as a whole.
	Path chart.Path
	Role source.Role
}

const (
	maxSeen  = 4    // times that are kept of each action
	maxInner = 4096 // actions of included templates that are kept
)

// watch is what the tracing engine notes of decisions; nil where nobody asks.
type watch struct {
	decisions map[watchKey]*Decision
	inner     map[*site][]Inner // by the site that calls
	inners    int
	pipes     map[*site]*parse.PipeNode
	declared  map[variableName][]declaration
}

// watchKey names a decision: the pipeline's place in its text.
type watchKey struct {
	text *templateText
	pos  int
}

// declaration is a pipeline, as it is written, that gives a variable a value.
type declaration struct {
	pipe *parse.PipeNode
	site *site
}

// arm is a decision around an action, and whether the action is in its else.
type arm struct {
	decision *Decision
	els      bool
}

func newWatch() *watch {
	return &watch{
		decisions: map[watchKey]*Decision{}, inner: map[*site][]Inner{},
		pipes: map[*site]*parse.PipeNode{}, declared: map[variableName][]declaration{},
	}
}

// watched keeps a pipeline as it is written, before it is rewritten.
func (r *rewriter) watched(s *site, p *parse.PipeNode) {
	w := r.e.watch
	if w == nil {
		return
	}
	written := p.CopyPipe()
	w.pipes[s] = written
	for _, d := range p.Decl {
		if s.kind == siteEnter && len(p.Decl) == 1 {
			name := variableName{r.name, d.Ident[0]}
			w.declared[name] = append(w.declared[name], declaration{written, s})
		}
	}
}

// decides notes that a site is a decision.
func (r *rewriter) decides(s *site, kind coverage.Kind, n *parse.BranchNode) {
	w := r.e.watch
	if w == nil {
		return
	}
	if w.pipes[s] == nil {
		r.watched(s, n.Pipe)
	}
	s.decision = &Decision{Kind: kind, Pipe: w.pipes[s], Body: n.List, Else: n.ElseList}
	w.decisions[watchKey{r.text, int(n.Pipe.Pos)}] = s.decision
	r.e.keep(siteCost)
}

// inside are the decisions around the actions of an arm of a branch.
func (r *rewriter) inside(n *parse.BranchNode, around []arm, els bool) []arm {
	if r.e.watch == nil {
		return nil
	}
	d := r.e.watch.decisions[watchKey{r.text, int(n.Pipe.Pos)}]
	if d == nil {
		return around
	}
	return append(around[:len(around):len(around)], arm{d, els})
}

// sees notes that execution has come to an action.
func (e *tracer) sees(s *site) {
	seen := Seen{scene{e, e.frame, s.block, e.inRound}, s}
	if d := s.decision; d != nil {
		if len(d.Seen) < maxSeen {
			d.Seen = append(d.Seen, seen)
		} else {
			d.Seen[maxSeen-1] = seen
		}
	}
	w := e.watch
	if caller := e.frame.site; caller != nil && e.frame.watched && w.inners < maxInner && (s.kind == sitePrint || s.decision != nil) {
		w.inners++
		e.keep(recordCost)
		w.inner[caller] = append(w.inner[caller], Inner{w.pipes[s], s.decision != nil, seen})
	}
}

// Inner are the actions of the templates that the action has included, of this time.
func (s Seen) Inner() []Inner {
	var all []Inner
	for _, in := range s.e.watch.inner[s.site] {
		if in.Seen.frame.parent == s.frame {
			all = append(all, in)
		}
	}
	return all
}

// Declared are the pipelines, as they are written, that give a variable of the template its
// value, each seen as by this action; the last one is the nearest.
func (s Seen) Declared(name string) []Inner {
	if s.frame == nil {
		return nil
	}
	var all []Inner
	for _, d := range s.e.watch.declared[variableName{s.frame.name, name}] {
		for at := s.scene; ; at = at.out() {
			if at.block == d.site.block {
				all = append(all, Inner{Pipe: d.pipe, Seen: Seen{at, d.site}})
			}
			if at.block == nil {
				break
			}
		}
	}
	return all
}

// Way is what a node leads to that is a way to some data; nothing is known of others.
func (s Seen) Way(n parse.Node) Held {
	h, rest := s.way(n)
	if h.at == nil && isMap(h.data) { // such as all values
		h.at = s.e.position(h.data)
	}
	if h.at == nil {
		return Held{Data: h.data}
	}
	root := h.at.root()
	return Held{Data: h.data, Path: append(append(chart.Path{}, h.at.path()...), rest...), Role: root.role}
}

// way is node for places in nothing too: rest is the way on from there.
func (s Seen) way(n parse.Node) (h held, rest chart.Path) {
	var keys []string
	switch n := n.(type) {
	case *parse.FieldNode:
		h, keys = s.dot(), n.Ident
	case *parse.VariableNode:
		h, keys = s.variable(n.Ident[0]), n.Ident[1:]
	case *parse.ChainNode:
		h, rest = s.way(n.Node)
		keys = n.Field
	case *parse.PipeNode:
		if len(n.Cmds) == 1 && len(n.Cmds[0].Args) == 1 && len(n.Decl) == 0 {
			return s.way(n.Cmds[0].Args[0])
		}
		return held{}, nil
	default:
		return s.node(n), nil
	}
	return s.below(h, rest, keys)
}

// below follows keys, on beyond what is there.
func (s Seen) below(h held, rest chart.Path, keys []string) (held, chart.Path) {
	for _, key := range keys {
		if len(rest) == 0 {
			if next := h.below(s.e, []string{key}); next.at != nil || next.data != nil {
				h = next
				continue
			}
			if at := s.e.position(h.data); at != nil && isMap(h.data) {
				h = held{at: at}
			}
		}
		h.data = nil
		rest = append(rest, key)
	}
	return h, rest
}

func isMap(v any) bool {
	switch v.(type) {
	case map[string]any, chartutil.Values:
		return true
	}
	return false
}

// Key is what is below a key of a map, or would be.
func (h Held) Key(name string) Held {
	next := Held{Path: h.Path.With(name), Role: h.Role}
	switch data := h.Data.(type) {
	case map[string]any:
		next.Data = data[name]
	case chartutil.Values:
		next.Data = data[name]
	}
	return next
}
