// Package meshgraph has the structures of a picture of the mesh: objects, and who leads traffic to whom. It knows neither how
// the facts are found nor how they are drawn.
//
// In: graphs of values sets. Out: bounded graphs, of each input those that differ.
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
	// Path is the field that says so: of a route that is taken, else of From.
	Path string
	// Unsure says that a value that decides it is not known.
	Unsure bool
}

// The bounds of a graph: what is larger nobody reads as a picture.
const (
	MaxNodes = 300
	MaxEdges = 600
)

// Within is a graph without what it has no room for, which it counts. It keeps nodes together with those that they lead to. Edges that
// say the same are one.
func (g *Graph) Within() *Graph {
	kept := &Graph{}
	has, left := g.first(), map[Ref]bool{}
	for _, n := range g.Nodes {
		if at, in := has[n.Object]; in && !at {
			has[n.Object] = true
			kept.Nodes = append(kept.Nodes, n)
		} else if !in {
			left[n.Object] = true
		}
	}
	kept.LeftOut = len(left)
	type ends struct {
		from, to Ref
		label    string
	}
	known := map[ends]int{}
	for _, e := range g.Edges {
		key := ends{e.From, e.To, e.Label}
		if i, twice := known[key]; twice {
			kept.Edges[i].Unsure = kept.Edges[i].Unsure && e.Unsure
		} else if has[e.From] && has[e.To] {
			if len(kept.Edges) == MaxEdges {
				kept.LostEdges++
				continue
			}
			known[key] = len(kept.Edges)
			kept.Edges = append(kept.Edges, e)
		}
	}
	return kept
}

// first are the nodes that there is room for, each false: those that are nearest to the first ones along the edges.
func (g *Graph) first() map[Ref]bool {
	next := make(map[Ref][]Ref, len(g.Nodes))
	for _, n := range g.Nodes {
		next[n.Object] = nil
	}
	for _, e := range g.Edges {
		if _, is := next[e.To]; is {
			next[e.From] = append(next[e.From], e.To)
		}
	}
	in := map[Ref]bool{}
	for _, n := range g.Nodes {
		for queue := []Ref{n.Object}; len(queue) > 0; queue = queue[1:] {
			if _, known := in[queue[0]]; known {
				continue
			}
			if len(in) == MaxNodes {
				return in
			}
			in[queue[0]] = false
			queue = append(queue, next[queue[0]]...)
		}
	}
	return in
}

func (g *Graph) equal(h *Graph) bool {
	return g.LeftOut == h.LeftOut && g.LostEdges == h.LostEdges && slices.Equal(g.Edges, h.Edges) &&
		slices.EqualFunc(g.Nodes, h.Nodes, func(a, b Node) bool {
			return slices.Equal(a.Ports, b.Ports) && a.Object == b.Object && a.Lane == b.Lane && a.Mesh == b.Mesh && a.MTLS == b.MTLS &&
				a.Missing == b.Missing && a.Unknown == b.Unknown
		})
}

// maxGraphs is how many graphs there are of one input: nobody compares more.
const maxGraphs = 30

// Inputs are the graphs of inputs, those of one input in the order of its values sets.
type Inputs []Input

// Input is the graph of an input with some values sets, which give the same one.
type Input struct {
	Input string
	// Sets are these values sets; empty where the graph is of none in particular.
	Sets []string
	// Environments are those that the sets belong to, each once.
	Environments []string
	// Others is, of the first graph of an input, how many values sets have one for which there is no room.
	Others int
	// Together says that it is of all inputs, which are one cluster.
	Together bool
	Graph
}

// Add takes the graph of one values set of an input, which may belong to an environment; nil is none. What is of no values set has
// an empty one.
func (all *Inputs) Add(input, set, environment string, g *Graph) {
	if g == nil || len(g.Nodes) == 0 {
		return
	}
	first, n, at := -1, 0, -1
	for i := range *all {
		if have := &(*all)[i]; have.Input == input {
			if n++; first < 0 {
				first = i
			}
			if at < 0 && have.equal(g) {
				at = i
			}
		}
	}
	switch {
	case at >= 0:
	case n == maxGraphs:
		(*all)[first].Others++
		return
	default:
		at = len(*all)
		*all = append(*all, Input{Input: input, Graph: *g})
	}
	one := &(*all)[at]
	one.Sets, one.Environments = with(one.Sets, set), with(one.Environments, environment)
}

// AddTogether takes the graph of all inputs as one cluster, as one of the first input.
func (all *Inputs) AddTogether(first, environment string, g *Graph) {
	all.Add(first, "", environment, g)
	for i := range *all {
		(*all)[i].Together = true
	}
}

// with is a list with a text that is not empty, once.
func with(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
