// Package graph writes pictures of the mesh as graphs of a SARIF run, and reads them from one.
//
// In: graphs of facts, or those of a log of ours. Out: SARIF's graphs, or the same facts with clean texts.
package graph

import (
	"slices"
	"strconv"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks/meshgraph"
	"github.com/mesh-check/mesh-check/sarif/property"
	"github.com/mesh-check/mesh-check/sarif/safetext"
)

// maxBytes bounds the graphs that a log of ours holds, in bytes by property.Size: it holds those before which there are less.
const maxBytes = 4 << 20

// Within are those graphs that a log holds, and how many it does not: the first one of each input before the second ones, and so
// on. What is cut twice, as by a shard and by the log of all shards, is what one cut leaves.
func Within(all []*sarif.Graph) (kept []*sarif.Graph, left int) {
	ranks, inputs := make([]int, len(all)), map[string]int{}
	byRank := make([]int, len(all))
	for i, g := range all {
		input := property.Read(g.Properties, property.Graph{}).Input
		ranks[i], byRank[i] = inputs[input], i
		inputs[input]++
	}
	slices.SortStableFunc(byRank, func(a, b int) int { return ranks[a] - ranks[b] })
	bytes, n := 0, 0
	for n < len(all) && bytes < maxBytes {
		bytes += property.Size(all[byRank[n]])
		n++
	}
	in := byRank[:n]
	slices.Sort(in)
	kept = []*sarif.Graph{}
	for _, i := range in {
		kept = append(kept, all[i])
	}
	return kept, len(all) - n
}

// Graph is a picture of what an input makes of the mesh.
type Graph struct {
	Input string
	// Sets are the values sets that give it, and Environments those that these belong to.
	Sets, Environments []string
	// OtherSets is, of the first graph of an input, how many more values sets have one that the log does not have.
	OtherSets int
	// Together says that it is of all inputs.
	Together bool
	Nodes    []Node
	Edges    []Edge
	// LeftOut is how many nodes it has no room for, LostEdges how many edges.
	LeftOut, LostEdges int
}

// Node is an object of a graph.
type Node struct {
	ID     string
	Object meshgraph.Ref
	// Lane is gateway, route, service or workload.
	Lane  string
	Ports []Port
	// Mesh is the data plane of a workload: sidecar, ambient, out or unknown; MTLS is how it accepts traffic.
	Mesh, MTLS string
	Missing    bool // nothing in the input is what it stands for
	Unknown    bool // the value that names it is not known; the name of Object says why
}

// Port is a port with the protocol that Istio takes it for, and its own mTLS mode where it has one.
type Port struct{ Name, Protocol, MTLS string }

// Edge leads from a node to another, by their ids.
type Edge struct {
	From, To    string
	Label, Path string
	Unsure      bool
}

// Make is a graph as SARIF has it, of an input as the log names it.
func Make(g *meshgraph.Input, input string) *sarif.Graph {
	one := sarif.NewGraph().WithProperties(property.Bag(&property.Graph{
		Input: input, LeftOut: g.LeftOut, LostEdges: g.LostEdges, OtherSets: g.Others, Together: g.Together, ValuesSets: g.Sets, Environments: g.Environments,
	}))
	ids := map[meshgraph.Ref]string{}
	for i, n := range g.Nodes {
		ids[n.Object] = "n" + strconv.Itoa(i)
		p := &property.Node{Lane: string(n.Lane), Mesh: n.Mesh, Missing: n.Missing, Unknown: n.Unknown, MTLS: n.MTLS, Object: property.Object{APIVersion: n.Object.APIVersion, Kind: n.Object.Kind, Namespace: n.Object.Namespace, Name: n.Object.Name}}
		for _, port := range n.Ports {
			p.Ports = append(p.Ports, property.Port{Name: port.Name, Protocol: port.Protocol, MTLS: port.MTLS})
		}
		one.AddNode(sarif.NewNode().WithID(ids[n.Object]).WithLabel(message(n.Object.String())).WithProperties(property.Bag(p)))
	}
	for i, e := range g.Edges {
		one.AddEdge(sarif.NewEdge().WithID("e" + strconv.Itoa(i)).WithLabel(message(e.Label)).
			WithSourceNodeID(ids[e.From]).WithTargetNodeID(ids[e.To]).
			WithProperties(property.Bag(&property.Edge{Path: e.Path, Unsure: e.Unsure})))
	}
	return one
}

// message is a text that is not read as one of SARIF's embedded links, which have the form [text](target).
func message(s string) *sarif.Message {
	return sarif.NewMessage().WithText(strings.ReplaceAll(safetext.Clean(s), "](", `\](`))
}

// Of is what a graph of a log of ours says, of which it takes no more than we write.
func Of(g *sarif.Graph) Graph {
	p := property.Read(g.Properties, property.Graph{})
	one := Graph{
		Input: p.Input, Sets: p.ValuesSets, Environments: p.Environments,
		LeftOut: max(0, p.LeftOut), LostEdges: max(0, p.LostEdges), OtherSets: max(0, p.OtherSets), Together: p.Together,
	}
	known := map[string]bool{}
	for _, n := range g.Nodes {
		if n == nil {
			continue
		}
		id := cleaned(n.ID)
		if known[id] {
			continue
		}
		if len(one.Nodes) == meshgraph.MaxNodes {
			one.LeftOut++
			continue
		}
		known[id] = true
		p := property.Read(n.Properties, property.Node{})
		node := Node{ID: id, Object: meshgraph.Ref{APIVersion: p.Object.APIVersion, Kind: p.Object.Kind, Namespace: p.Object.Namespace, Name: p.Object.Name}, Lane: p.Lane, Mesh: p.Mesh, MTLS: p.MTLS, Missing: p.Missing, Unknown: p.Unknown}
		for _, port := range p.Ports {
			node.Ports = append(node.Ports, Port{port.Name, port.Protocol, port.MTLS})
		}
		one.Nodes = append(one.Nodes, node)
	}
	for _, e := range g.Edges {
		if e == nil {
			continue
		}
		p, label := property.Read(e.Properties, property.Edge{}), ""
		if e.Label != nil {
			label = strings.ReplaceAll(cleaned(e.Label.Text), `\](`, "](")
		}
		edge := Edge{cleaned(e.SourceNodeID), cleaned(e.TargetNodeID), label, p.Path, p.Unsure}
		switch {
		case !known[edge.From] || !known[edge.To]:
		case len(one.Edges) == meshgraph.MaxEdges:
			one.LostEdges++
		default:
			one.Edges = append(one.Edges, edge)
		}
	}
	return one
}

// Has reports whether a path of the object that says what an edge is, a route or where the edge starts, is that of the field which makes it, or lies in it.
func (e Edge) Has(path string) bool {
	rest, in := strings.CutPrefix(path, e.Path)
	return e.Path != "" && in && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

func cleaned(s *string) string {
	if s == nil {
		return ""
	}
	return safetext.Clean(*s)
}
