package sarif

import (
	"slices"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/sarif/graph"
)

// graphs makes the graphs of a report that its log holds.
func (b *builder) graphs(r *checks.Report, left omitted) []*sarif.Graph {
	all := make([]placedGraph, len(r.Graphs))
	for i, g := range r.Graphs {
		all[i] = placedGraph{spot{index: i}, graph.Make(&g, b.inputName(g.Input))}
	}
	return graphsOf(truncateGraphs(all, left))
}

// placedGraph is a graph and where its input is.
type placedGraph struct {
	spot
	graph *sarif.Graph
}

// truncateGraphs returns the graphs that a log holds, in their order.
func truncateGraphs(all []placedGraph, left omitted) []placedGraph {
	slices.SortStableFunc(all, func(a, b placedGraph) int { return a.compare(b.spot) })
	kept, more := graph.Within(graphsOf(all))
	if more > 0 {
		left[graphsWord] += more
	}
	held := make(map[*sarif.Graph]bool, len(kept))
	for _, g := range kept {
		held[g] = true
	}
	return slices.Clip(slices.DeleteFunc(all, func(g placedGraph) bool { return !held[g.graph] }))
}

func graphsOf(all []placedGraph) []*sarif.Graph {
	list := make([]*sarif.Graph, len(all))
	for i, g := range all {
		list[i] = g.graph
	}
	return list
}

// Graphs returns the graphs of a log of ours, whose texts are clean; empty for those of other tools.
func (l *Log) Graphs() (all []graph.Graph) {
	for _, run := range l.runs() {
		for _, g := range run.Graphs {
			if g != nil && writtenByUs(run) {
				all = append(all, graph.Of(g))
			}
		}
	}
	return all
}
