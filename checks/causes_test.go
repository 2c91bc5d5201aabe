package checks

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/render/source"
)

// TestCauses says that what hangs on one value is told once: of one input, of all checks
// and objects, with what one can give.
func TestCauses(t *testing.T) {
	file := source.NewFile("root", "main.tf", []byte("0123456789"))
	appLabel, versionLabel := &Check{ID: "MESH301"}, &Check{ID: "MESH302"}
	question := func(input string, c *Check, name, reason string, at int) *Undecided {
		return &Undecided{
			Check: c, Input: input, Object: ObjectRef{Kind: "Pod", Name: name}, Path: "spec." + name, Reason: reason,
			Origin: source.Origin{Span: source.Span{File: file, Start: at, End: at + 1}},
		}
	}
	instances := question("infra", appLabel, "a", "var.ns has no value", 5)
	instances.Addresses = []string{`p["x"]`, `p["y"]`}
	const secret = "its value is marked sensitive"
	const two = "namespace of the release: var.ns has no value; image.tag of the chart: var.tag has no value"
	r := &Report{Undecided: []*Undecided{
		question("infra", versionLabel, "b", secret, 9),
		question("infra", versionLabel, "a", "var.ns has no value", 1),
		question("infra", appLabel, "a", "var.ns has no value", 1),
		question("infra", appLabel, "b", "var.ns has no value", 2),
		instances,
		question("other", appLabel, "a", "var.ns has no value", 1),
		question("infra", appLabel, "a", secret, 3),
		question("infra", versionLabel, "a", secret, 3),
		question("infra", appLabel, "c", "module.m.var.ns has no value", 4),
		question("infra", appLabel, "d", two, 4),
	}}
	r.Finish()
	var got []string
	for _, c := range r.Causes() {
		got = append(got, fmt.Sprintf("%s: %s %s: %s: %v, %d questions, %d objects: %s", c.Input, c.Check.ID, c.Path, c.Reason, c.Checks, c.Questions, c.Objects, c.Hint))
	}
	want := []string{
		"infra: MESH301 spec.a: var.ns has no value: [MESH301 MESH302], 4 questions, 4 objects: --var ns=...",
		"other: MESH301 spec.a: var.ns has no value: [MESH301], 1 questions, 1 objects: --var ns=...",
		"infra: MESH301 spec.a: " + secret + ": [MESH301 MESH302], 2 questions, 1 objects: ",
		"infra: MESH301 spec.c: module.m.var.ns has no value: [MESH301], 1 questions, 1 objects: ",
		"infra: MESH301 spec.d: " + two + ": [MESH301], 1 questions, 1 objects: --var ns=... --var tag=...",
		"infra: MESH302 spec.b: " + secret + ": [MESH302], 1 questions, 1 objects: ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
