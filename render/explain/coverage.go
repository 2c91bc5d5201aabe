package explain

import (
	"strings"
	"text/template/parse"

	"github.com/mesh-check/mesh-check/render/coverage"
)

// runs tells, node by node, in which run of its file a list is. A run needs no marks of its
// own where an action is in it: when execution has come to one of its actions, it has come
// to all of it.
type runs struct {
	r     *rewriter
	at    int  // the run; -1 where none is known
	ended bool // by the node before, which may leave the range around it
	first *site
}

// beginRuns is called with a list that has nodes; first is a site that is executed as
// often as its first run, nil where there is none.
func (r *rewriter) beginRuns(first *site) runs { return runs{r: r, at: -1, ended: true, first: first} }

// next is called with each node of the list before it is rewritten. It returns the mark of
// the run that has ended, where it needs one.
func (s *runs) next(node parse.Node) (mark parse.Node) {
	if s.ended {
		if run := s.r.text.run(node); run >= 0 && run != s.at {
			mark = s.end()
			if s.at = run; s.first != nil {
				s.has(s.first)
				s.first = nil
			}
		}
	}
	switch node.(type) {
	case *parse.BreakNode, *parse.ContinueNode:
		if mark == nil { // behind the node it would not be reached
			mark = s.end()
		}
		s.ended = true
	case *parse.IfNode, *parse.WithNode, *parse.RangeNode:
		s.ended = true
	default:
		s.ended = false
	}
	return mark
}

// has is called with a site of the run.
func (s *runs) has(one *site) {
	if s.at >= 0 && s.r.text.sites[s.at] == nil {
		s.r.text.sites[s.at] = one
	}
}

// end is called behind the list. A run without actions gets a mark, where it has lines.
func (s *runs) end() parse.Node {
	t := s.r.text
	if s.at < 0 || t.sites[s.at] != nil || !t.table.Runs[s.at].Writes {
		return nil
	}
	one := s.r.e.newSite(site{text: t, pos: int(t.table.Runs[s.at].Pos), kind: siteRun})
	s.has(one)
	return s.r.mark(one)
}

// run is the index of the run that begins with a node; -1 where none does.
func (t *templateText) run(node parse.Node) int {
	if t.table == nil {
		return -1
	}
	return t.table.RunAt(int(node.Position()))
}

// cover notes what there is to cover in a template file.
func (e *tracer) cover(t *templateText, table *coverage.Template) {
	t.table = table
	t.sites = make([]*site, len(t.table.Runs))
	e.keep(t.table.Memory() + 8*len(t.sites))
}

// covered is what the render has come to.
func (e *tracer) covered() coverage.Coverage {
	all := make(coverage.Coverage, len(e.texts))
	for _, t := range e.texts {
		if t.table == nil {
			continue
		}
		r := &coverage.Reached{File: t.file, Template: t.table, Runs: make([]bool, len(t.sites)), Live: make([]bool, len(t.sites))}
		for i, s := range t.sites {
			r.Runs[i], r.Live[i] = s != nil && s.reached, s != nil
		}
		if all[t.file.Path] == nil { // else it is of a dependency with several aliases
			all[t.file.Path] = r
			continue
		}
		all.Add(coverage.Coverage{t.file.Path: r})
	}
	return all
}

// agreed reports whether both engines have rendered the same, but for what Helm renders
// differently each time: what the tracing engine has come to, Helm has too.
func agreed(r *Result, own map[string]*traced) bool {
	for _, m := range r.Manifests {
		if !m.CRD && !m.Exact && m.Reason != differing {
			return false
		}
	}
	for _, name := range r.Empty {
		if own[name] == nil || strings.TrimSpace(own[name].text) != "" {
			return false
		}
	}
	return true
}
