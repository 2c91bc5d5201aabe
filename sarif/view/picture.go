package view

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/sarif"
	"github.com/mesh-check/mesh-check/sarif/graph"
	"github.com/mesh-check/mesh-check/sarif/view/page"
)

// The bounds of the pictures of a page.
const (
	// maxOpen is how many boxes the pictures have that are open when the page is, and frameOf how many a picture counts for by
	// itself: below more of them nobody finds the findings.
	maxOpen = 80
	frameOf = 8
	// maxBoxes is how many boxes the page has; a picture that does not fit is left out, but not the first one of an input.
	maxBoxes = 6000
)

// pictures adds the pictures of all inputs. The first is open, and the next ones as far as there is room.
func (h *htmlWriter) pictures(l *sarif.Log) {
	all := faultsOf(l)
	inputs := graph.ByInput(l.Graphs())
	shared := pictured(l, inputs) != ""
	boxes, open := 0, 0
	for _, sets := range inputs {
		boxes += len(sets[0].Nodes)
	}
	for _, sets := range inputs {
		one := page.Picture{Title: titleOf(l, sets, shared, h.o), Input: h.o.path(sets[0].Input)}
		if shared {
			one.Input = ""
		}
		found := map[int]*indexedResult{}
		left := sets[0].OtherSets
		for i, g := range sets {
			if boxes += len(g.Nodes); i == 0 {
				boxes -= len(g.Nodes)
			} else if boxes > maxBoxes {
				boxes -= len(g.Nodes)
				left += max(1, len(g.Sets))
				continue
			}
			drawn := h.graph(g, all)
			drawn.Name = setName(i, len(sets), g)
			drawn.Told, _ = told(g, all, found)
			one.Graphs = append(one.Graphs, drawn)
		}
		one.Told, one.Level = told(sets[0], all, map[int]*indexedResult{})
		if _, one.Choice = setsIn(sets); len(one.Graphs) > 1 {
			one.Told = plural(len(one.Graphs), "picture")
			list := slices.Collect(maps.Values(found))
			one.Told, one.Level = one.Told+counted(list), worst(list)
		}
		if left > 0 {
			_, word := setsIn(sets)
			one.Left = plural(left, "more "+word) + " without a picture here"
		}
		open += frameOf + len(sets[0].Nodes)
		one.Open = len(h.page.Pictures) == 0 || open <= maxOpen
		h.page.Pictures = append(h.page.Pictures, one)
	}
}

// setName names the values sets of a graph, behind the environments that they are of; what is of neither is one of several.
func setName(i, of int, g graph.Graph) string {
	var parts []string
	for _, list := range [][]string{g.Environments, g.Sets} {
		if len(list) > 0 {
			parts = append(parts, someOf(list))
		}
	}
	if len(parts) == 0 {
		return fmt.Sprintf("%d of %d", i+1, of)
	}
	return strings.Join(parts, ": ")
}

// someOf names as many of a list as fit, and counts the others.
func someOf(list []string) string {
	text := list[0]
	for i, s := range list[1:] {
		if len(text)+len(s) > maxSetsWidth {
			return fmt.Sprintf("%s and %d more", text, len(list)-i-1)
		}
		text += ", " + s
	}
	return text
}

// told counts what is in a picture, and what is found there, which is added to all that is found; level is the worst of that.
func told(g graph.Graph, all faults, found map[int]*indexedResult) (text, level string) {
	own := map[int]*indexedResult{}
	for _, n := range g.Nodes {
		for _, r := range all.of(g, n) {
			own[r.at], found[r.at] = r, r
		}
	}
	list := slices.Collect(maps.Values(own))
	return plural(len(g.Nodes), "object") + counted(list), worst(list)
}

// counted counts findings by their levels, behind a comma each.
func counted(list []*indexedResult) (text string) {
	counts := map[string]int{}
	for _, r := range list {
		counts[severity(r.Level)]++
	}
	for _, level := range []string{"error", "warning", "note"} {
		if counts[level] > 0 {
			text += ", " + plural(counts[level], level)
		}
	}
	return text
}

// laneOf are the places of lanes from left to right.
var laneOf = map[string]int{"gateway": 0, "route": 1, "service": 2, "workload": 3}

func (h *htmlWriter) graph(g graph.Graph, all faults) page.Graph {
	one := page.Graph{Environments: g.Environments, LeftOut: g.LeftOut, LostEdges: g.LostEdges}
	at := map[string]int{}
	found := map[string][]*indexedResult{}
	for i, n := range g.Nodes {
		at[n.ID], found[n.ID] = i, all.of(g, n)
		node := page.Node{
			Lane: laneOf[n.Lane], Namespace: n.Object.Namespace, Kind: n.Object.Kind, Name: orWord(n.Object.Name, "without a name"),
			Facts: nodeFacts(n, maxFacts), Missing: n.Missing || n.Unknown, Level: worst(found[n.ID]), Findings: len(found[n.ID]),
		}
		node.Finding = firstOf(found[n.ID])
		node.Title = slices.Concat([]string{n.Object.String()}, nodeFacts(n, len(n.Ports)), briefly(found[n.ID]))
		one.Nodes = append(one.Nodes, node)
	}
	for _, e := range g.Edges {
		edge := page.Edge{From: at[e.From], To: at[e.To], Unsure: e.Unsure}
		var own []*indexedResult
		says := e.From
		if g.Nodes[edge.To].Lane == "route" { // which names its Gateway
			says = e.To
		}
		for _, r := range found[says] {
			if e.Has(r.Path) {
				own = append(own, r)
			}
		}
		if g.Nodes[edge.To].Lane == "workload" {
			_, edge.Note, _ = strings.Cut(e.Label, ", ") // the subsets that it is in
		}
		edge.Level, edge.Finding = worst(own), firstOf(own)
		lines := []string{g.Nodes[edge.From].Object.String(), e.Label, g.Nodes[edge.To].Object.String()}
		if e.Unsure {
			lines = append(lines, "depends on a value that is not known")
		}
		edge.Title = slices.Concat(lines, briefly(own))
		one.Edges = append(one.Edges, edge)
	}
	return one
}

// maxTold is how many findings the hint of a box or an arrow has.
const maxTold = 5

// briefly tells findings, a line each.
func briefly(list []*indexedResult) (lines []string) {
	for i, r := range list {
		if i == maxTold {
			return append(lines, fmt.Sprintf("and %d more", len(list)-i))
		}
		lines = append(lines, severity(r.Level)+" "+r.ID+": "+findingMessage(r.Result))
	}
	return lines
}

// firstOf is the id on the page of the first of the worst findings; 0: there is none.
func firstOf(list []*indexedResult) int {
	level := worst(list)
	for _, r := range list {
		if severity(r.Level) == level {
			return r.at + 1
		}
	}
	return 0
}

// maxFacts is how many ports a box shows.
const maxFacts = 5

// nodeFacts is what there is to say of a node, a line each, with no more than some ports.
func nodeFacts(n graph.Node, ports int) (lines []string) {
	switch {
	case n.Missing:
		lines = append(lines, "not in the input")
	case n.Mesh == "out":
		lines = append(lines, "not in the mesh")
	case n.Mesh != "" && n.MTLS != "":
		lines = append(lines, n.Mesh+", mTLS "+n.MTLS)
	case n.Mesh != "":
		lines = append(lines, n.Mesh)
	}
	for i, p := range n.Ports {
		if i == ports {
			return append(lines, fmt.Sprintf("and %s", plural(len(n.Ports)-i, "more port")))
		}
		line := strings.TrimSpace(p.Name + " " + p.Protocol)
		if p.Protocol == "" {
			line = "port " + p.Name
		}
		if p.MTLS != "" {
			line += ", mTLS " + p.MTLS
		}
		lines = append(lines, line)
	}
	return lines
}
