package sarif

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/meshgraph"
)

// drawn are n inputs with a picture each, which has some ports of 1000 bytes and hostile texts.
func drawn(n, ports int) *checks.Report {
	r := &checks.Report{}
	for i := range n {
		in := fmt.Sprintf("in%03d", i)
		r.Inputs = append(r.Inputs, checks.Input{Path: in, Kind: "chart"})
		svc, pods := meshgraph.Ref{Kind: "Service", Namespace: "a", Name: in}, meshgraph.Ref{Kind: "Pod", Name: hostile}
		r.Graphs = append(r.Graphs, meshgraph.Input{Input: in, Graph: meshgraph.Graph{
			LeftOut: i, LostEdges: 2 * i,
			Nodes: []meshgraph.Node{
				{Object: svc, Lane: meshgraph.ServiceLane, Ports: slices.Repeat([]meshgraph.Port{{Name: strings.Repeat("x", 1000), Protocol: "HTTP"}}, ports)},
				{Object: pods, Lane: meshgraph.WorkloadLane, Mesh: "sidecar", MTLS: "STRICT"},
			},
			Edges: []meshgraph.Edge{{From: svc, To: pods, Label: "[selects](1)", Path: "spec.selector", Unsure: true}},
		}})
	}
	return r
}

// shardsOf are the logs of the shards of a report of pictures.
func shardsOf(t *testing.T, r *checks.Report, parts int) []*Log {
	t.Helper()
	var logs []*Log
	for part := range parts {
		own := &checks.Report{}
		for i := part; i < len(r.Inputs); i += parts {
			own.Inputs, own.Graphs = append(own.Inputs, r.Inputs[i]), append(own.Graphs, r.Graphs[i])
		}
		l := Build(own, options())
		l.MarkShard(part+1, parts)
		logs = append(logs, readAgain(t, l))
	}
	return logs
}

func readAgain(t *testing.T, l *Log) *Log {
	t.Helper()
	again, err := Read(bytes.NewReader(bytesOf(t, l)))
	if err != nil {
		t.Fatal(err)
	}
	return again
}

// TestGraphsOfShards holds that pictures of shards are those of one run, where all have room and where not all have.
func TestGraphsOfShards(t *testing.T) {
	for _, c := range []struct{ n, ports, kept int }{{7, 1, 7}, {9, 1000, 5}, {3, 5000, 1}} {
		r := drawn(c.n, c.ports)
		whole := Build(r, options())
		want := bytesOf(t, whole)
		if got := len(readAgain(t, whole).Graphs()); got != c.kept {
			t.Errorf("%d of %d ports: %d are kept", c.n, c.ports, got)
		}
		if more := c.n - c.kept; strings.Contains(string(want), "pictures of the mesh are left out") != (more > 1) {
			t.Errorf("%d of %d ports: no note of %d that are left out", c.n, c.ports, more)
		}
		for _, parts := range []int{2, 3} {
			logs := shardsOf(t, r, parts)
			m := NewMerger(MergeOptions{})
			for i := len(logs) - 1; i >= 0; i-- { // in any order
				if err := m.Add(i, logs[i]); err != nil {
					t.Fatal(err)
				}
			}
			merged, err := m.Log()
			if err != nil {
				t.Fatal(err)
			}
			if got := bytesOf(t, merged); !bytes.Equal(got, want) {
				t.Errorf("%d of %d ports in %d shards: merged they are not one run: %d and %d bytes", c.n, c.ports, parts, len(got), len(want))
			}
		}
	}
}

// TestGraphIsReadAsWritten holds that a picture in a log says what it said before, and that no text of it is a link.
func TestGraphIsReadAsWritten(t *testing.T) {
	l := Build(drawn(2, 3), options())
	written := bytesOf(t, l)
	g := readAgain(t, l).Graphs()[1]
	if !strings.HasSuffix(g.Input, "in001") || g.LeftOut != 1 || g.LostEdges != 2 || len(g.Nodes) != 2 || len(g.Edges) != 1 {
		t.Fatalf("it is %+v", g)
	}
	if e := g.Edges[0]; e.Label != "[selects](1)" || !e.Unsure || !e.Has("spec.selector.app") || e.Has("spec.selectors") {
		t.Errorf("the edge is %+v", e)
	}
	if n := g.Nodes[1]; n.Mesh != "sidecar" || n.MTLS != "STRICT" || n.Object.Name != clean(hostile) {
		t.Errorf("the node is %+v", n)
	}
	if bytes.Contains(written, []byte("[selects](1)")) {
		t.Error("a label is a link")
	}
}
