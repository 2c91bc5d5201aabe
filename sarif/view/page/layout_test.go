package page

import "testing"

// TestArrows holds that no arrow runs behind a box, where it would seem to start: one over several lanes goes above the boxes, one
// back apart from the one there.
func TestArrows(t *testing.T) {
	d := draw(Graph{
		Nodes: []Node{{Name: "gateway", Lane: 0}, {Name: "route", Lane: 1}, {Name: "service", Lane: 2}, {Name: "pods", Lane: 3}},
		Edges: []Edge{{From: 0, To: 1}, {From: 1, To: 2}, {From: 2, To: 1}, {From: 2, To: 3, Note: "subset v1"}, {From: 0, To: 3}, {From: 0, To: 3}},
	})
	for i, want := range []string{
		"M258 75C290 75 290 75 323 75", "M572 75C604 75 604 75 637 75", "M640 83C607 83 607 83 575 83", "M886 75C918 75 918 75 951 75",
		"M258 75H272V52H937V75H951", "M258 75H276V49H933V75H951",
	} {
		if got := d.Edges[i].Path; got != want {
			t.Errorf("arrow %d is %s, not %s", i, got, want)
		}
	}
	if top := d.Nodes[0].Y; top != 56 {
		t.Errorf("the boxes begin at %d", top)
	}
}
