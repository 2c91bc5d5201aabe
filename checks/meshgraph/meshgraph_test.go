package meshgraph

import (
	"fmt"
	"slices"
	"testing"
)

func one(name string) *Graph {
	return &Graph{Nodes: []Node{{Object: Ref{Name: name}, Ports: []Port{{Name: name}}}}}
}

// TestAdd holds that equal graphs of an input are one with all their sets, that others are not, and that there are not too many.
func TestAdd(t *testing.T) {
	var all Inputs
	all.Add("a", "none", "", nil)
	all.Add("a", "empty", "", &Graph{})
	all.Add("a", "default", "", one("x"))
	all.Add("b", "default", "", one("x"))
	all.Add("a", "dev", "dev", one("y"))
	all.Add("a", "ci", "", one("x"))
	all.Add("a", "prod", "prod", one("y"))
	all.Add("a", "prod", "prod", one("y"))
	want := "[{a [default ci] [] 0} {b [default] [] 0} {a [dev prod] [dev prod] 0}]"
	if got := listed(all); got != want {
		t.Errorf("it is %s, not %s", got, want)
	}
	unsure := one("y")
	unsure.Edges = []Edge{{Unsure: true}}
	for _, g := range []*Graph{unsure, {Nodes: one("y").Nodes, LeftOut: 1}, {Nodes: []Node{{Object: Ref{Name: "y"}}}}} {
		n := len(all)
		if all.Add("a", "more", "", g); len(all) != n+1 {
			t.Errorf("%+v is another one", g)
		}
	}
	for i := range 2 * maxGraphs {
		all.Add("a", "many", "", one(fmt.Sprint(i)))
	}
	if all[0].Others != 2*maxGraphs-(maxGraphs-5) || len(all) != maxGraphs+1 {
		t.Errorf("there are %d, without %d", len(all), all[0].Others)
	}
}

func listed(all Inputs) string {
	var list []string
	for _, in := range all {
		list = append(list, fmt.Sprintf("{%s %v %v %d}", in.Input, in.Sets, in.Environments, in.Others))
	}
	return fmt.Sprint(slices.Clip(list))
}

// TestWithin holds that what has no room is counted, and that an edge that is sure once is sure.
func TestWithin(t *testing.T) {
	g := &Graph{}
	for i := range MaxNodes + 5 {
		g.Nodes = append(g.Nodes, Node{Object: Ref{Name: fmt.Sprint(i % (MaxNodes + 3))}})
	}
	for i := range MaxEdges + 7 {
		g.Edges = append(g.Edges, Edge{Label: fmt.Sprint(i), From: Ref{Name: "0"}, To: Ref{Name: "1"}, Unsure: i == 0})
	}
	g.Edges = append(g.Edges, Edge{Label: "0", From: Ref{Name: "0"}, To: Ref{Name: "1"}}, Edge{From: Ref{Name: "0"}, To: Ref{Name: "nowhere"}})
	kept := g.Within()
	if len(kept.Nodes) != MaxNodes || kept.LeftOut != 3 || len(kept.Edges) != MaxEdges || kept.LostEdges != 7 || kept.Edges[0].Unsure {
		t.Errorf("it has %d nodes and %d edges, without %d and %d", len(kept.Nodes), len(kept.Edges), kept.LeftOut, kept.LostEdges)
	}
}

// TestWithinPaths holds that of many nodes those are kept that lead to one another.
func TestWithinPaths(t *testing.T) {
	g := &Graph{}
	for _, lane := range []Lane{RouteLane, ServiceLane, WorkloadLane} {
		for i := range MaxNodes {
			g.Nodes = append(g.Nodes, Node{Object: Ref{Kind: string(lane), Name: fmt.Sprint(i)}, Lane: lane})
		}
	}
	for i := range MaxNodes {
		name := fmt.Sprint(i)
		g.Edges = append(g.Edges, Edge{From: Ref{Kind: string(RouteLane), Name: name}, To: Ref{Kind: string(ServiceLane), Name: name}},
			Edge{From: Ref{Kind: string(ServiceLane), Name: name}, To: Ref{Kind: string(WorkloadLane), Name: name}})
	}
	kept := g.Within()
	if len(kept.Nodes) != MaxNodes || kept.LeftOut != 2*MaxNodes || len(kept.Edges) != MaxNodes/3*2 || kept.Nodes[0].Lane != RouteLane || kept.Nodes[MaxNodes-1].Lane != WorkloadLane {
		t.Errorf("it has %d nodes and %d edges, without %d", len(kept.Nodes), len(kept.Edges), kept.LeftOut)
	}
}
