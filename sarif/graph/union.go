package graph

import (
	"strconv"

	"github.com/mesh-check/mesh-check/checks/meshgraph"
)

// ByInput are graphs by their inputs, in the order of the first of each.
func ByInput(all []Graph) (inputs [][]Graph) {
	at := map[string]int{}
	for _, g := range all {
		i, known := at[g.Input]
		if !known {
			i = len(inputs)
			at[g.Input] = i
			inputs = append(inputs, nil)
		}
		inputs[i] = append(inputs[i], g)
	}
	return inputs
}

// Union is one graph of all values sets of an input: the objects and the edges that any of the graphs has, as the first has them, as far
// as one graph has room. An edge is unsure where it is so in all of them.
func Union(of []Graph) Graph {
	if len(of) == 1 {
		return of[0]
	}
	one, more, lost := Graph{}, 0, 0
	ids := map[meshgraph.Ref]string{}
	edges := map[Edge]int{}
	for i, g := range of {
		if i == 0 {
			one.Input, one.OtherSets, one.Together = g.Input, g.OtherSets, g.Together
		}
		one.LeftOut, one.LostEdges = max(one.LeftOut, g.LeftOut), max(one.LostEdges, g.LostEdges)
		own := map[string]string{}
		for _, n := range g.Nodes {
			id, known := ids[n.Object]
			if !known {
				if len(one.Nodes) < meshgraph.MaxNodes {
					id = "n" + strconv.Itoa(len(ids))
				}
				ids[n.Object] = id
			}
			own[n.ID] = id
			switch {
			case known:
			case id == "":
				more++
			default:
				n.ID = id
				one.Nodes = append(one.Nodes, n)
			}
		}
		for _, e := range g.Edges {
			if own[e.From] == "" || own[e.To] == "" {
				continue
			}
			key := Edge{From: own[e.From], To: own[e.To], Label: e.Label}
			if at, twice := edges[key]; twice {
				one.Edges[at].Unsure = one.Edges[at].Unsure && e.Unsure
				continue
			}
			if len(one.Edges) == meshgraph.MaxEdges {
				lost++
				continue
			}
			edges[key] = len(one.Edges)
			e.From, e.To = key.From, key.To
			one.Edges = append(one.Edges, e)
		}
	}
	one.LeftOut, one.LostEdges = one.LeftOut+more, one.LostEdges+lost
	return one
}
