// Package meshgraph has the structures of a picture of the mesh: objects, and who leads traffic to whom. It knows neither how
// the facts are found nor how they are drawn.
//
// In: graphs of values sets. Out: one bounded graph for each input.
package meshgraph

import (
	"slices"
	"strings"
)

// Ref names an object.
type Ref struct{ APIVersion, Kind, Namespace, Name string }

// String is Kind namespace/name.
func (r Ref) String() string {
	name := r.Name
	if r.Namespace != "" {
		name = r.Namespace + "/" + r.Name
	}
	return strings.TrimSpace(r.Kind + " " + name)
}

// Graph is a picture of what an input makes of the mesh: who leads traffic to whom. What is not known stays out of it or
// says so.
type Graph struct {
	Nodes []Node
	Edges []Edge
	// LeftOut is how many nodes it has no room for, LostEdges how many edges between those that it has.
	LeftOut, LostEdges int
}

// Lane is what a node is to the traffic.
type Lane string

// The lanes, in the order in which traffic passes them.
const (
	GatewayLane  Lane = "gateway"
	RouteLane    Lane = "route"
	ServiceLane  Lane = "service"
	WorkloadLane Lane = "workload"
)

// Node is an object, or a host that traffic is sent to and the input does not have.
type Node struct {
	Object Ref
	Lane   Lane
	Ports  []Port
	// Mesh is, of a workload, the data plane that its pods are in: sidecar, ambient, out, or unknown.
	Mesh string
	// MTLS is, of a workload in the mesh, how it accepts traffic; empty where that is not known.
	MTLS string
	// Missing says that nothing in the input has the host.
	Missing bool
	// Unknown says that the value which names it is not known; the name of Object says why.
	Unknown bool
}

// Port is a port with the protocol that Istio takes it for; auto where it detects that, unknown where a value is not
// known. Of a workload, it is a container port with an mTLS mode of its own.
type Port struct {
	Name, Protocol string
	// MTLS is how the port accepts traffic where that is not how the workload does on its others: a mode, unknown, or mixed where
	// the workloads of a Service differ.
	MTLS string
}

// Edge leads from one node to another.
type Edge struct {
	From, To Ref
	// Label says in a few words how.
	Label string
	// Path is the field that says so: of a route that is taken by a Gateway, else of From.
	Path string
	// Unsure says that a value that decides it is not known.
	Unsure bool
}

// The bounds of a graph: what is larger nobody reads as a picture.
const (
	maxNodes = 300
	maxEdges = 600
)

// Merge takes what another graph has besides, as that of another values set.
func (g *Graph) Merge(other *Graph) {
	has := map[Ref]bool{}
	for _, n := range g.Nodes {
		has[n.Object] = true
	}
	g.LeftOut, g.LostEdges = max(g.LeftOut, other.LeftOut), max(g.LostEdges, other.LostEdges)
	for _, n := range other.Nodes {
		switch {
		case has[n.Object]:
			continue
		case len(g.Nodes) == maxNodes:
			g.LeftOut++
			continue
		}
		has[n.Object] = true
		g.Nodes = append(g.Nodes, n)
	}
	type ends struct {
		from, to Ref
		label    string
	}
	known := map[ends]int{}
	for i, e := range g.Edges {
		known[ends{e.From, e.To, e.Label}] = i
	}
	for _, e := range other.Edges {
		key := ends{e.From, e.To, e.Label}
		if i, twice := known[key]; twice {
			g.Edges[i].Unsure = g.Edges[i].Unsure && e.Unsure
		} else if has[e.From] && has[e.To] {
			if len(g.Edges) == maxEdges {
				g.LostEdges++
				continue
			}
			known[key] = len(g.Edges)
			g.Edges = append(g.Edges, e)
		}
	}
}

// Inputs are the graphs of inputs, in their order.
type Inputs []Input

// Input is the graph of an input.
type Input struct {
	Input string
	Graph
}

// Add takes the graph of one values set of an input; nil is none.
func (all *Inputs) Add(input string, g *Graph) {
	if g == nil || len(g.Nodes) == 0 {
		return
	}
	at := slices.IndexFunc(*all, func(have Input) bool { return have.Input == input })
	if at < 0 {
		at = len(*all)
		*all = append(*all, Input{Input: input})
	}
	(*all)[at].Merge(g)
}
