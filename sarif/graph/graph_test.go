package graph

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks/meshgraph"
	"github.com/mesh-check/mesh-check/sarif/property"
)

var (
	svc  = meshgraph.Ref{APIVersion: "v1", Kind: "Service", Namespace: "a", Name: "web"}
	pods = meshgraph.Ref{APIVersion: "apps/v1", Kind: "Deployment", Namespace: "a", Name: "web"}
)

func input(name string, sets ...string) *meshgraph.Input {
	return &meshgraph.Input{Input: name, Sets: sets, Environments: []string{"dev"}, Others: 2, Together: true, Graph: meshgraph.Graph{
		LeftOut: 3, LostEdges: 4,
		Nodes: []meshgraph.Node{
			{Object: svc, Lane: meshgraph.ServiceLane, Ports: []meshgraph.Port{{Name: "http:80", Protocol: "HTTP", MTLS: "mixed"}}},
			{Object: pods, Lane: meshgraph.WorkloadLane, Mesh: "sidecar", MTLS: "STRICT", Ports: []meshgraph.Port{{Name: "9090", MTLS: "DISABLE"}}},
		},
		Edges: []meshgraph.Edge{{From: svc, To: pods, Label: "selects [x](y)", Path: "spec.selector", Unsure: true}},
	}}
}

// again is a graph that was written and read.
func again(t *testing.T, g *sarif.Graph) *sarif.Graph {
	t.Helper()
	var b bytes.Buffer
	if err := property.Encode(&b, g); err != nil {
		t.Fatal(err)
	}
	read := &sarif.Graph{}
	if err := json.Unmarshal(b.Bytes(), read); err != nil {
		t.Fatal(err)
	}
	return read
}

// TestMade holds that a graph says in a log what it said before, before and after it is read.
func TestMade(t *testing.T) {
	want := Graph{
		Input: "in", Sets: []string{"default", "ci/a.yaml"}, Environments: []string{"dev"}, OtherSets: 2, Together: true, LeftOut: 3, LostEdges: 4,
		Nodes: []Node{
			{ID: "n0", Object: svc, Lane: "service", Ports: []Port{{"http:80", "HTTP", "mixed"}}},
			{ID: "n1", Object: pods, Lane: "workload", Mesh: "sidecar", MTLS: "STRICT", Ports: []Port{{"9090", "", "DISABLE"}}},
		},
		Edges: []Edge{{From: "n0", To: "n1", Label: "selects [x](y)", Path: "spec.selector", Unsure: true}},
	}
	made := Make(input("in", "default", "ci/a.yaml"), "in")
	for _, g := range []*sarif.Graph{made, again(t, made)} {
		if diff := cmp.Diff(want, Of(g)); diff != "" {
			t.Error(diff)
		}
	}
	if text := *made.Edges[0].Label.Text; strings.Contains(text, "[x](y)") {
		t.Errorf("the label %q is a link", text)
	}
}

// TestOdd holds that a graph of a log that somebody wrote costs nothing but what is wrong in it: what is there twice, leads nowhere or
// is more than we write.
func TestOdd(t *testing.T) {
	node := func(id string) *sarif.Node { return sarif.NewNode().WithID(id) }
	edge := func(from, to string) *sarif.Edge { return sarif.NewEdge().WithSourceNodeID(from).WithTargetNodeID(to) }
	g := sarif.NewGraph().WithProperties(property.Bag(&property.Graph{Input: "in", LeftOut: -5, LostEdges: -5, OtherSets: -5}))
	g.Nodes = []*sarif.Node{nil, node("a"), node("a"), node("b\x1b[0m"), sarif.NewNode()}
	g.Edges = []*sarif.Edge{nil, edge("a", "nowhere"), edge("a", "b\x1b[0m"), sarif.NewEdge()}
	got := Of(g)
	if len(got.Nodes) != 3 || len(got.Edges) != 2 || got.LeftOut != 0 || got.LostEdges != 0 || got.OtherSets != 0 {
		t.Errorf("it is %+v", got)
	}
	if strings.Contains(got.Nodes[1].ID, "\x1b") || got.Edges[0].To != got.Nodes[1].ID {
		t.Errorf("an id is %q", got.Nodes[1].ID)
	}
	for i := range 2 * meshgraph.MaxEdges {
		g.Nodes = append(g.Nodes, node(fmt.Sprint(i)))
		g.Edges = append(g.Edges, edge("a", "a"))
	}
	if got := Of(g); len(got.Nodes) != meshgraph.MaxNodes || got.LeftOut != 2*meshgraph.MaxEdges+3-meshgraph.MaxNodes || len(got.Edges) != meshgraph.MaxEdges || got.LostEdges == 0 {
		t.Errorf("there are %d nodes and %d edges; %d and %d are left out", len(got.Nodes), len(got.Edges), got.LeftOut, got.LostEdges)
	}
}

// large is a graph of about a size in bytes.
func large(name string, bytes int) *sarif.Graph {
	return Make(&meshgraph.Input{Graph: meshgraph.Graph{Nodes: []meshgraph.Node{{Object: meshgraph.Ref{Name: "n"}, Ports: slices.Repeat([]meshgraph.Port{{Name: strings.Repeat("p", 1000)}}, bytes/1000)}}}}, name)
}

// TestWithin holds that the first graphs of all inputs go before the second ones, and that the order of those that are kept is
// that of all.
func TestWithin(t *testing.T) {
	const third = maxBytes / 3
	all := []*sarif.Graph{large("a", third), large("a", third), large("a", third), large("b", third), large("b", third)}
	kept, left := Within(all)
	if want := []*sarif.Graph{all[0], all[1], all[3]}; !slices.Equal(kept, want) || left != 2 {
		t.Errorf("%d are kept, %d are left: not the first ones", len(kept), left)
	}
	again, left := Within(kept)
	if !slices.Equal(again, kept) || left != 0 {
		t.Error("what is cut twice is less")
	}
	if none, left := Within(nil); none == nil || left != 0 {
		t.Error("no list of none")
	}
}

func TestUnion(t *testing.T) {
	first := Graph{
		Input: "a", OtherSets: 1, LeftOut: 1, Nodes: []Node{{ID: "n0", Object: svc, Mesh: "first"}, {ID: "n1", Object: pods}},
		Edges: []Edge{{From: "n0", To: "n1", Label: "selects", Unsure: true}},
	}
	other := meshgraph.Ref{Kind: "Pod", Name: "other"}
	second := Graph{
		Input: "a", LostEdges: 2, Nodes: []Node{{ID: "n0", Object: other}, {ID: "n1", Object: pods}, {ID: "n2", Object: svc, Mesh: "second"}},
		Edges: []Edge{{From: "n2", To: "n1", Label: "selects"}, {From: "n2", To: "n0", Label: "selects", Unsure: true}},
	}
	b := Graph{Input: "b"}
	want := Graph{
		Input: "a", OtherSets: 1, LeftOut: 1, LostEdges: 2, Nodes: []Node{{ID: "n0", Object: svc, Mesh: "first"}, {ID: "n1", Object: pods}, {ID: "n2", Object: other}},
		Edges: []Edge{{From: "n0", To: "n1", Label: "selects"}, {From: "n0", To: "n2", Label: "selects", Unsure: true}},
	}
	inputs := ByInput([]Graph{first, b, second})
	if len(inputs) != 2 || len(inputs[0]) != 2 || inputs[1][0].Input != "b" {
		t.Fatalf("the inputs are %+v", inputs)
	}
	if diff := cmp.Diff(want, Union(inputs[0])); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(b, Union(inputs[1])); diff != "" {
		t.Error(diff)
	}
	var many []Graph
	for i := range 2 * meshgraph.MaxNodes {
		many = append(many, Graph{Nodes: []Node{{ID: "n0", Object: meshgraph.Ref{Name: fmt.Sprint(i)}}}, Edges: []Edge{{From: "n0", To: "n0"}}})
	}
	if got := Union(many); len(got.Nodes) != meshgraph.MaxNodes || got.LeftOut != meshgraph.MaxNodes || len(got.Edges) != meshgraph.MaxNodes {
		t.Errorf("it has %d nodes, %d edges and leaves %d out", len(got.Nodes), len(got.Edges), got.LeftOut)
	}
}

func TestHas(t *testing.T) {
	e := Edge{Path: "spec.http[0]"}
	for path, want := range map[string]bool{"spec.http[0]": true, "spec.http[0].route": true, "spec.http[0][1]": true, "spec.http[01]": false, "spec.http[0]x": false, "spec": false, "": false} {
		if e.Has(path) != want {
			t.Errorf("%q: %v", path, !want)
		}
	}
	if (Edge{}).Has("spec") {
		t.Error("an edge of no field has one")
	}
}
